"""The files that lie beside a page of a site: its actions as a table, a workbook, a calendar, and JSON."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from mrtrack.query.rows import ActionRow, EvaluationRow, as_json, columns
from mrtrack.query.selection import Selection
from mrtrack.query.whole import whole_record
from mrtrack.reports.exports.calendar import calendar
from mrtrack.reports.exports.columns import TABLES
from mrtrack.reports.exports.delimited import csv_text
from mrtrack.reports.exports.document import json_document
from mrtrack.reports.exports.workbook import Column, Sheet, workbook
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.subject import Subject

Rows = Sequence[ActionRow]
_ACTIONS = TABLES["actions"].columns


def of_actions(
    rows: Rows, name: str, subject: Subject, language: Language
) -> Mapping[str, Callable[[], bytes]]:
    """The downloads of a page about actions, by their endings; `name` is what a calendar is called."""
    return {
        "csv": lambda: csv_text([as_json(row) for row in rows], columns(ActionRow)).encode("utf-8"),
        "xlsx": lambda: workbook([_sheet(rows)]),
        "ics": lambda: calendar(_open(rows, subject), subject.as_of, language.word, name),
        "json": lambda: _document("actions", subject, [as_json(row) for row in rows]),
    }


def of_evaluation(evaluation: str, subject: Subject, language: Language) -> Mapping[str, Callable[[], bytes]]:
    """The downloads of an evaluation's page: its JSON is the record whole, as it may be published."""
    row = subject.evaluations[evaluation]
    rows = subject.actions_of.get(evaluation, [])
    name = row.title or evaluation
    return {
        **of_actions(rows, name, subject, language),
        "json": lambda: _document("records", subject, [whole_record(row.of, _alone(row, rows, subject))]),
    }


def _alone(row: EvaluationRow, rows: Rows, subject: Subject) -> Selection:
    return Selection(subject.as_of, (row,), (), tuple(rows))


def _sheet(rows: Rows) -> Sheet:
    heads = [Column(column.heading, column.width) for column in _ACTIONS]
    return Sheet("Actions", heads, ([getattr(row, column.name) for column in _ACTIONS] for row in rows))


def _open(rows: Rows, subject: Subject) -> Iterable[ActionRow]:
    return (row for row in rows if subject.counted[row.ref].open)


def _document(kind: str, subject: Subject, items: list[dict[str, Any]]) -> bytes:
    return json_document(kind, subject.as_of, subject.unread, items).encode("utf-8")
