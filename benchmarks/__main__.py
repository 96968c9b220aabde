"""`python -m benchmarks`: measures mrtrack beside its peers, prints a table and writes RESULTS.md."""

import argparse
import compileall
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import mrtrack
from benchmarks import cold, floors, peers, warm
from benchmarks.bench import Bench, Measure
from benchmarks.results import page, sections_of, table

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
MEASURES: Mapping[str, Measure] = {
    "floors": floors.measure,
    "cold": cold.measure,
    "warm": warm.measure,
}


def main() -> None:
    """Measure what was asked for, else everything."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="*", help=f"{', '.join(MEASURES)}; all, if left out")
    parser.add_argument("--beside", type=int, default=1_000, help="records that the slower peers get")
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        default=[10, 1_000, 10_000],
        help="numbers of records; 100000 on request",
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where records and peers are kept for another run")
    asked = parser.parse_args()
    if not MEASURES.keys() >= set(asked.what):
        parser.error(f"there is nothing to measure but {', '.join(MEASURES)}")
    # An installed program has its byte code; one that compiles itself at every start would measure that.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(Path(mrtrack.__file__).parent, quiet=1)
    with tempfile.TemporaryDirectory() as passing:
        folder = (asked.folder or Path(passing)).resolve()
        programs = peers.installed(folder)
        bench = Bench(folder, programs, asked.beside, asked.sizes, asked.rounds)
        measured = {name: table(list(MEASURES[name](bench))) for name in asked.what or MEASURES}
        before = sections_of(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        told = {**before, **measured}
        sections = {name: told[name] for name in MEASURES if name in told}
        text = page(sections, peers.versions(programs), asked.rounds)
    sys.stdout.write("\n\n".join(measured.values()) + "\n")
    RESULTS.write_text(text, encoding="utf-8", newline="\n")


main()
