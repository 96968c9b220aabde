"""What all measurements share: the folder of the corpora, the peers, and how many rounds are run."""

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import build
from benchmarks.results import Result
from benchmarks.timing import Program, Timing, side_by_side


@dataclass(frozen=True, slots=True)
class Bench:
    """One run of measurements.

    `beside` is how many records the slower peers get; `sizes` are the numbers of records that mrtrack gets. The
    corpora and the peers are kept below `folder`; `programs` is the folder of the peers' programs.
    """

    folder: Path
    programs: Path
    beside: int
    sizes: Sequence[int]
    rounds: int

    def records(self, size: int, *, warned: bool = False) -> Path:
        """A repository of so many records, in git; built where it is not there yet."""
        place = self.folder / f"{'warned' if warned else 'plain'}-{size}"
        if not (place / ".git").exists():
            build(place / "records", size, warned=warned)
            commit(place)
        return place

    def run(self, *programs: Program) -> Mapping[str, Timing]:
        """The programs in turn, so many rounds; what each took, by its name."""
        return side_by_side(programs, self.rounds)

    def once(self, program: Program) -> Timing:
        """A program run once, as what comes before or is done once."""
        return side_by_side([program], 1)[program.name]


Measure = Callable[[Bench], Iterator[Result]]


def commit(folder: Path) -> None:
    """Make a folder a git repository with all its files committed."""
    as_nobody = ("-c", "user.name=Benchmark", "-c", "user.email=", "-c", "gc.auto=0")
    for step in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "All records")):
        subprocess.run(["git", "-C", folder, *as_nobody, *step], check=True)  # noqa: S603, S607 - fixed words
