"""Checking: what reading found and what the rules find, weighed by the settings and by acceptances."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mrtrack.problems import Kind, Problem, Severity, is_error
from mrtrack.rules.catalogue import RULE_KINDS, RULES, RULES_ACROSS
from mrtrack.rules.rule import Find, Finding, RecordUnderCheck, Rule
from mrtrack.rules.sketch import Sketch, sketch
from mrtrack.source.tree import Scalar, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from mrtrack.model.settings import Settings
    from mrtrack.source.reader import Reading

OFF = "off"
_USUAL_WEIGHTS: Mapping[str, Severity | None] = {kind.name: kind.severity for kind in RULE_KINDS}


def under_check(reading: Reading, settings: Settings, today: date | None = None) -> RecordUnderCheck:
    """A record as rules see it, with what each rule counts for by the settings."""
    return RecordUnderCheck(reading, settings, _weights(settings), today)


def counting(record: RecordUnderCheck, rule: Rule) -> Iterator[Finding]:
    """The findings of a rule in a record that count: the rule is not off, and nobody accepted them."""
    severity = record.weights[rule.kind.name]
    if severity:
        found = rule.find(record)
        yield from (
            one for one in found if severity is Severity.ERROR or not _accepted(record, rule.kind, one)
        )


def check(reading: Reading, settings: Settings, today: date | None = None) -> tuple[Problem, ...]:
    """Every problem of one record, those of reading and those of the rules, in the order of its lines.

    `today` is the day on the person's wall; without it, the rules that need the day are silent.
    """
    return check_record(under_check(reading, settings, today))


def errors(reading: Reading, settings: Settings) -> tuple[Problem, ...]:
    """The errors among the problems that `check` finds; the rules that only warn are not asked."""
    record = under_check(reading, settings)
    found = list(filter(is_error, reading.problems))
    for rule in RULES:
        if record.weights[rule.kind.name] is Severity.ERROR:
            found += _problems(record, rule.kind, Severity.ERROR, rule.find(record))
    return tuple(sorted(found, key=_place))


def check_record(record: RecordUnderCheck) -> tuple[Problem, ...]:
    """Every problem of one record, in the order of its lines."""
    found = list(record.reading.problems)
    for rule in RULES:
        severity = record.weights[rule.kind.name]
        if severity and (findings := tuple(rule.find(record))):
            found += _problems(record, rule.kind, severity, findings)
    return tuple(sorted(found, key=_place))


def check_together(
    readings: Iterable[Reading], settings: Settings, today: date | None = None
) -> tuple[Problem, ...]:
    """The problems of records beside each other, such as one id in two files; by path, then by line."""
    records = [under_check(reading, settings, today) for reading in readings]
    at = {record.reading.path: record for record in records}
    return check_sketches([sketch(record) for record in records], settings, lambda path: at[path])


def check_sketches(
    sketches: Sequence[Sketch], settings: Settings, record_at: Callable[[str], RecordUnderCheck]
) -> tuple[Problem, ...]:
    """The problems of records beside each other; `record_at` gives those that have one, each once."""
    weights = _weights(settings)
    findings: dict[str, list[tuple[Kind, Find]]] = {}
    for rule in RULES_ACROSS:
        if weights[rule.kind.name]:
            for one, find_there in rule.find(sketches):
                findings.setdefault(one.path, []).append((rule.kind, find_there))
    found: list[Problem] = []
    for path, told in findings.items():
        record = record_at(path)
        for kind, find_there in told:
            severity = weights[kind.name]
            if severity:
                found += _problems(record, kind, severity, find_there(record))
    return tuple(sorted(found, key=lambda problem: (problem.path, *_place(problem))))


def _weights(settings: Settings) -> Mapping[str, Severity | None]:
    weights = dict(_USUAL_WEIGHTS)
    for name, told in settings.severity.items():
        if name in weights:
            weights[name] = None if told == OFF else Severity(told)
    return weights


def _problems(
    record: RecordUnderCheck, kind: Kind, severity: Severity, findings: Iterable[Finding]
) -> Iterator[Problem]:
    for finding in findings:
        if severity is Severity.ERROR or not _accepted(record, kind, finding):
            yield replace(_problem(record.reading, kind, finding), severity=severity)


def _accepted(record: RecordUnderCheck, kind: Kind, finding: Finding) -> bool:
    above = (finding.path[:length] for length in range(len(finding.path) + 1))
    return bool(record.accepted) and any((kind.name, item) in record.accepted for item in above)


def _problem(reading: Reading, kind: Kind, finding: Finding) -> Problem:
    problem = reading.problem(kind, finding.path, finding.message, finding.hint, at_key=finding.at_key)
    node = find(reading.tree, finding.path) if finding.word else None
    if isinstance(node, Scalar):
        column = node.start[1]
        for line in range(node.start[0], min(node.end[0] + 1, len(reading.lines))):
            text = reading.lines[line]
            found = text.find(finding.word, column)
            if found >= 0:
                width = len(finding.word)
                return replace(problem, line=line + 1, column=found + 1, excerpt=text, width=width)
            column = 0
    return problem


def _place(problem: Problem) -> tuple[int, int, str]:
    return problem.line, problem.column, problem.code
