"""What one run of `check` found and was asked, as every format gets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mrtrack.problems import Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The problems in the order of files and lines, and what they were found in.

    `records` counts the records that were checked, `unread` holds the first problem of each that could not be
    read. `all` asks for every warning on its own; so does `base`, the names of what was compared with.
    `columns` is the width to lay text out for, and `folder` the path of the records' repository inside that
    of git, which annotations count from: empty where the two are one.
    """

    problems: Sequence[Problem]
    records: int
    today: date
    unread: Sequence[Problem] = ()
    all: bool = False
    base: Sequence[str] = ()
    columns: int = 80
    folder: str = ""

    def of(self, severity: Severity) -> list[Problem]:
        """The problems of one severity."""
        return [problem for problem in self.problems if problem.severity is severity]

    @property
    def worst_first(self) -> list[Problem]:
        """The errors, then the warnings, then what is worth knowing."""
        return [problem for severity in Severity for problem in self.of(severity)]

    def path(self, problem: Problem) -> str:
        """The path of a problem's file, counted from the root of git's repository."""
        above = self.folder.strip("/")
        return f"{above}/{problem.path}" if above else problem.path
