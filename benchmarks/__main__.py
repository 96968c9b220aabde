"""`python -m benchmarks check`: measures mrtrack beside its peers, prints a table and writes RESULTS.md."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.corpus import build
from benchmarks.results import Result, page, table
from benchmarks.timing import Timing, side_by_side

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"


def main() -> None:
    """Measure what was asked for."""
    told = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    told.add_argument("what", choices=["check"])
    told.add_argument("--records", type=int, default=1_000, help="records beside the peers")
    told.add_argument("--many", type=int, default=10_000, help="records for growth; 0 leaves it out")
    told.add_argument("--rounds", type=int, default=5)
    told.add_argument("--folder", type=Path, help="where records and peers are kept for another run")
    asked = told.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = (asked.folder or Path(passing)).resolve()
        programs = peers.installed(folder)
        results = list(check(folder, programs, asked.records, asked.many, asked.rounds))
        text = page(results, peers.versions(programs), asked.rounds)
    sys.stdout.write("\n".join(table(results)) + "\n")
    RESULTS.write_text(text, encoding="utf-8", newline="\n")


def check(folder: Path, programs: Path, size: int, many: int, rounds: int) -> Iterator[Result]:
    """A cold check beside check-jsonschema and yamllint, and of many records beside few."""
    for warned, least in ((False, 30), (True, 28)):
        records = _corpus(folder, size, warned=warned)
        found = side_by_side(
            [
                peers.mrtrack_check(records),
                peers.check_jsonschema(records, programs),
                *([] if warned else [peers.yamllint(records, programs)]),
            ],
            rounds,
        )
        what = f"cold check of {size:,} records, {'a warning in each' if warned else 'nothing to report'}"
        yield _against(what, found["mrtrack check"], "check-jsonschema", found["check-jsonschema"], least)
        if "yamllint" in found:
            yield _against(what, found["mrtrack check"], "yamllint", found["yamllint"], 40)
    if many:
        few = peers.mrtrack_check(_corpus(folder, size))
        all_of_them = peers.mrtrack_check(_corpus(folder, many))
        alone = side_by_side([few], rounds)[few.name]
        together = side_by_side([all_of_them], rounds)[all_of_them.name]
        yield from _growth(size, many, alone, together)


def _growth(size: int, many: int, few: Timing, more: Timing) -> Iterator[Result]:
    what = f"cold check, {many:,} against {size:,} records"
    told = f"{more.seconds:.2f} s against {few.seconds:.2f} s"
    yield Result(what, more.seconds / few.seconds, "times the time", "at most 11", told)
    told = f"{more.megabytes:.0f} MB against {few.megabytes:.0f} MB"
    yield Result(what, more.megabytes / few.megabytes, "times the memory", "at most 1.5, under 150 MB", told)


def _against(what: str, ours: Timing, name: str, theirs: Timing, least: int) -> Result:
    told = f"{ours.seconds:.2f} s against {theirs.seconds:.2f} s"
    return Result(
        f"{what}, against {name}", theirs.seconds / ours.seconds, "times faster", f"at least {least}", told
    )


def _corpus(folder: Path, size: int, *, warned: bool = False) -> Path:
    place = folder / f"{'warned' if warned else 'plain'}-{size}"
    if not place.exists():
        build(place / "records", size, warned=warned)
    return place


main()
