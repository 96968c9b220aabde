"""Problems for GitHub Actions: annotations of the changed files, a log for people, and a job summary."""

from collections.abc import Iterator

from mrtrack.cli import problems, terminal
from mrtrack.cli.problem_formats.report import Report
from mrtrack.cli.problem_formats.text import as_text
from mrtrack.problems import Problem, Severity
from mrtrack.reports.markdown import inline

ANNOTATIONS = 10
"""The annotations of one severity that GitHub shows of one step; it drops those after."""

ROWS = 100
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_github(report: Report) -> str:
    """The worst problems as annotations, then all as text in which the runner finds no command."""
    annotations = [
        _annotation(report, problem)
        for severity in _COMMANDS
        for problem in report.of(severity)[:ANNOTATIONS]
    ]
    return "".join(f"{line}\n" for line in annotations) + terminal.no_command(as_text(report))


def job_summary(report: Report) -> str:
    """The counts and a table of the problems, the worst first, as Markdown for the page of the job."""
    told = f"## mrtrack check\n\n{inline(problems.summary(report.problems, report.records))}\n"
    if report.base:
        told += f"\nCompared with {inline(terminal.one_line(', '.join(report.base)))}.\n"
    worst = report.worst_first
    if worst:
        told += "\n| | Where | What | Rule |\n|---|---|---|---|\n"
        told += "".join(f"| {' | '.join(_cells(report, problem))} |\n" for problem in worst[:ROWS])
    if len(worst) > ROWS:
        told += f"\nand {len(worst) - ROWS:,} more, which the log lists.\n"
    return told


def _annotation(report: Report, problem: Problem) -> str:
    given = {"file": report.path(problem)}
    if problem.line:
        given |= {"line": str(problem.line), "col": str(problem.column)}
    given["title"] = f"{problem.code} {problem.rule}"
    properties = ",".join(f"{key}={_property(value)}" for key, value in given.items())
    hint = f"\n→ {terminal.one_line(problem.hint)}" if problem.hint else ""
    told = terminal.no_command(terminal.one_line(problem.message) + hint)
    return f"::{_COMMANDS[problem.severity]} {properties}::{_data(told)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(terminal.no_command(terminal.one_line(text))).replace(":", "%3A").replace(",", "%2C")


def _cells(report: Report, problem: Problem) -> Iterator[str]:
    place = f"{report.path(problem)}:{problem.line}" if problem.line else report.path(problem)
    hint = f" → {problem.hint}" if problem.hint else ""
    for text in (problem.severity.value, place, problem.message + hint, f"{problem.code} {problem.rule}"):
        yield inline(terminal.one_line(text))
