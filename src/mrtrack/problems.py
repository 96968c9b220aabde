"""What can be wrong: a problem is a value with a place, a message and a remedy, never an exception."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: broken, deserves a look, worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: what `check --explain` tells, and what every finding of it shares.

    `explanation` is Markdown with a bad and a good example. `summary` goes on from a number of several such
    findings: “completed actions carry no document”.
    """

    code: str
    name: str
    severity: Severity
    explanation: str
    summary: str = ""

    def summed_up(self, count: int) -> str:
        """Several findings of this kind in a few words."""
        return f"{count:,} {self.summary or 'cases of ' + self.name.replace('-', ' ')}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place. Lines and columns count from 1; 0 means the file as a whole.

    `excerpt` is the line of the file and `width` the number of characters to underline in it; `ref` names
    the evaluation, recommendation or action that the place belongs to.
    """

    path: str
    line: int
    column: int
    code: str
    rule: str
    severity: Severity
    message: str
    hint: str
    ref: str = ""
    excerpt: str = ""
    width: int = 1

    @property
    def place(self) -> str:
        """The place as compilers write it: path, line and column."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


def is_error(problem: Problem) -> bool:
    """Whether the problem makes the record invalid."""
    return problem.severity is Severity.ERROR
