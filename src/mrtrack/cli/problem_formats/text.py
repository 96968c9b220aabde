"""Problems as a person reads them: errors with their lines, the rest one line a rule unless all are wanted."""

from collections.abc import Iterator, Sequence

from mrtrack.cli import problems, terminal
from mrtrack.cli.cells import clipped
from mrtrack.cli.problem_formats.report import Report
from mrtrack.config.kinds import SETTINGS_KINDS
from mrtrack.problems import Kind, Problem, Severity
from mrtrack.rules.catalogue import KINDS

_HEADINGS = {Severity.WARNING: "Worth a look:", Severity.INFO: "Worth knowing:"}


def as_text(report: Report) -> str:
    """Errors one by one, then warnings and infos summed up by rule; all one by one where that was asked."""
    if report.all or report.base:
        return "".join(f"{problems.shown(problem)}\n" for problem in report.problems)
    told = "".join(f"{problems.shown(problem)}\n" for problem in report.of(Severity.ERROR))
    groups = {severity: _by_rule(report.of(severity)) for severity in _HEADINGS}
    for severity, rules in groups.items():
        if rules:
            told += problems.styled(_HEADINGS[severity], severity) + "\n"
            told += "".join(f"{line}\n" for line in _lines(rules, report.columns)) + "\n"
    first = next((rules[0][0].code for rules in groups.values() if rules), None)
    if first is not None:
        told += f"mrtrack check --all lists each; mrtrack check --explain {first} explains one.\n"
    return told


def _by_rule(found: Sequence[Problem]) -> list[list[Problem]]:
    """The problems of each rule, those of the most frequent first."""
    rules: dict[str, list[Problem]] = {}
    for problem in found:
        rules.setdefault(problem.code, []).append(problem)
    return sorted(rules.values(), key=lambda one: (-len(one), one[0].code))


def _lines(rules: Sequence[Sequence[Problem]], columns: int) -> Iterator[str]:
    """A line a rule: its code, by which it can be explained, then what was found."""
    width = len(f"{len(rules[0]):,}")
    for found in rules:
        code = f"  {found[0].code}  "
        room = columns - len(code)
        yield code + (_several(found, width, room) if len(found) > 1 else _single(found[0], width, room))


def _single(problem: Problem, width: int, columns: int) -> str:
    what = f"{_places([problem])[0]}: {terminal.one_line(problem.message)}"
    return " " * (width + 1) + clipped(what, columns - width - 1)


def _several(found: Sequence[Problem], width: int, columns: int) -> str:
    """The number, what it counts, and as many of the places as the line holds."""
    number, _, what = _kind(found[0]).summed_up(len(found)).partition(" ")
    head = f"{number:>{width}} {what}"
    places = _places(found)
    shown = head
    for nth in range(1, len(places) + 1):
        left = len(places) - nth
        candidate = f"{head}:{_named(places[:nth])}{f' … +{left:,}' if left else ''}"
        if len(candidate) > columns:
            break
        shown = candidate
    return shown


def _places(found: Sequence[Problem]) -> list[str]:
    """What the problems are about, each once; the file where that is not known."""
    return list(
        dict.fromkeys(terminal.one_line(problem.ref) or terminal.one_line(problem.path) for problem in found)
    )


def _named(places: Sequence[str]) -> str:
    """References with each evaluation named once: ` water-2021 1.1 1.2, wells-2020 3`."""
    told, last = "", None
    for place in places:
        evaluation, _, item = place.partition(":")
        if evaluation != last or not item:
            told += f"{',' if told else ''} {evaluation}"
        told += f" {item}" if item else ""
        last = evaluation
    return told


def _kind(problem: Problem) -> Kind:
    known = (kind for kind in (*KINDS, *SETTINGS_KINDS) if kind.code == problem.code)
    return next(known, Kind(problem.code, terminal.one_line(problem.rule), problem.severity, ""))
