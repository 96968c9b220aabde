"""`python -m tests.mutation`: puts small faults into the program and counts how many its tests notice."""

import argparse
import sys
import tempfile
from pathlib import Path

from .covering import covering
from .drawing import PACKAGES, copies_of_the_tree, drawn, marked, read_lines, source
from .telling import argued, survivors, table
from .trying import Result, tried

ENOUGH = 85


def main() -> None:
    """Draw, try, tell; leave with 1 where too few are killed."""
    told = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    told.add_argument("--sample", type=int, default=400, help="how many faults")
    told.add_argument("--least", type=int, default=30, help="how many of each package at least")
    told.add_argument("--seed", type=int, default=8)
    told.add_argument(
        "--only", action="append", choices=PACKAGES, help="of the same draw, only this package's"
    )
    told.add_argument("--again", action="store_true", help="try those again that survived")
    told.add_argument("--first", type=int, help="of the same draw, only so many of each package")
    told.add_argument("--processes", type=int, default=2)
    told.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "mrtrack-mutants",
        help="what is kept for the next run, which goes on where this one stopped",
    )
    asked = told.parse_args()
    folder = asked.folder.resolve()
    copies = copies_of_the_tree(folder, asked.processes)
    packages = [name for name in PACKAGES if name in (asked.only or PACKAGES)]
    sample = drawn(folder, asked.seed, asked.sample, asked.least)
    of_package = {name: [mutant for mutant in sample if mutant.package == name] for name in packages}
    mutants = {one.id: one for several in of_package.values() for one in several[: asked.first]}
    kept = folder / "results.jsonl"
    known = {result["id"]: Result(**result) for result in read_lines(kept) if result["id"] in mutants}
    left = [
        one for one in mutants.values() if one.id not in known or (asked.again and known[one.id].survived)
    ]
    coverings = {
        name: covering(
            copies[0], folder / f"{name}-{marked(copies[0], name)}.json", source(name), f"tests/{name}"
        )
        for name in packages
        if any(one.package == name for one in left)
    }
    for nth, result in enumerate(tried(left, coverings, copies, kept), 1):
        known[result.id] = result
        took = f"{result.tests:4} tests {result.seconds:6.1f} s"
        sys.stdout.write(f"{nth:4} of {len(left)}  {result.outcome:11} {took}  {result.path}:{result.line}\n")
        sys.stdout.flush()
    answered = [mutants[name] for name, result in known.items() if result.survived]
    sys.stdout.write("\n".join([*survivors(answered, known, argued()), *table(packages, known.values()), ""]))
    killed = sum(not result.survived for result in known.values())
    sys.exit(100 * killed < ENOUGH * len(known))


main()
