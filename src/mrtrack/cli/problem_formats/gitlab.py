"""Problems as a Code Quality report, which GitLab shows beside the lines of a merge request."""

from collections import Counter
from hashlib import sha256

from mrtrack.cli import formats, terminal
from mrtrack.cli.problem_formats.report import Report
from mrtrack.problems import Problem, Severity

_SEVERITIES = {Severity.ERROR: "blocker", Severity.WARNING: "minor", Severity.INFO: "info"}


def as_gitlab(report: Report) -> str:
    """Every problem as an item of a Code Quality report, the worst first."""
    seen: Counter[tuple[str, ...]] = Counter()
    items = []
    for problem in report.worst_first:
        same = (report.path(problem), problem.rule, problem.ref, problem.message)
        seen[same] += 1
        items.append(_item(report, problem, _fingerprint((*same, str(seen[same])))))
    return formats.json_text(items)


def _item(report: Report, problem: Problem, fingerprint: str) -> dict[str, object]:
    hint = f" → {problem.hint}" if problem.hint else ""
    return {
        "description": terminal.one_line(problem.message + hint),
        "check_name": problem.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[problem.severity],
        "location": {"path": report.path(problem), "lines": {"begin": max(1, problem.line)}},
    }


def _fingerprint(parts: tuple[str, ...]) -> str:
    """The name of a problem that stays when lines move: no position goes into it."""
    text = "\0".join(parts)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
