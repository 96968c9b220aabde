"""Problems as a person reads them: the place, the line with a caret, what is wrong and what to write."""

from collections.abc import Sequence

from mrtrack.cli import terminal
from mrtrack.problems import Problem, Severity

_STYLE = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.INFO: "\x1b[1;36m"}
_EXCERPT = 100
_SPACES = str.maketrans("\t\n", "  ")


def shown(problem: Problem) -> str:
    """One problem: place and message, the line it is about, and the remedy."""
    severity = styled(problem.severity.value, problem.severity)
    what = f"{severity}: {terminal.one_line(problem.message)}  [{problem.code} {problem.rule}]"
    head = f"{terminal.one_line(problem.place)}: {what}\n"
    return head + _excerpt(problem) + (f"    → {terminal.one_line(problem.hint)}\n" if problem.hint else "")


def styled(text: str, severity: Severity) -> str:
    """A text in the colour of a severity, where colour is used."""
    return f"{_STYLE[severity]}{text}\x1b[0m" if terminal.colour() else text


def summary(problems: Sequence[Problem], files: int) -> str:
    """How many problems of each severity stand in how many files."""
    counted = {severity: sum(problem.severity is severity for problem in problems) for severity in Severity}
    told = [
        f"{number} {severity}{'s' if number != 1 and severity is not Severity.INFO else ''}"
        for severity, number in counted.items()
        if number
    ]
    checked = f"{files:,} record{'s' if files != 1 else ''} checked"
    return f"{checked}: {', '.join(told) if told else 'no problems'}"


def as_json(problem: Problem) -> dict[str, str | int]:
    """A problem as its JSON item."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "rule": problem.rule,
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        "ref": problem.ref,
    }


def _excerpt(problem: Problem) -> str:
    if not problem.excerpt.strip():
        return ""
    start = problem.column - 1
    skip = max(0, start - 60) if len(problem.excerpt) > _EXCERPT else 0
    line = terminal.clean(problem.excerpt[skip : skip + _EXCERPT]).translate(_SPACES)
    number = f"{problem.line:>6} | "
    before, meant = line[: start - skip], line[start - skip :][: problem.width]
    return f"{number}{line}\n{' ' * (len(number) + _cells(before))}{'^' * max(1, _cells(meant))}\n"


def _cells(text: str) -> int:
    from mrtrack.cli.cells import cell_len

    return cell_len(text)
