"""The files that lie beside a page of a site: its actions as a table, a workbook, a calendar, and JSON."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mrtrack.query.rows import ActionRow, EvaluationRow, columns
from mrtrack.query.selection import Selection
from mrtrack.query.whole import whole_record
from mrtrack.reports.exports.calendar import calendar_of
from mrtrack.reports.exports.columns import TABLES
from mrtrack.reports.exports.delimited import csv_text
from mrtrack.reports.exports.document import json_document
from mrtrack.reports.exports.workbook import Sheet, workbook
from mrtrack.reports.site.pieces import SHEET, Form, Pieces
from mrtrack.reports.site.subject import Subject

Rows = Sequence[ActionRow]
_ACTIONS = TABLES["actions"].columns
_NO_ITEMS = b'"items": []'


def of_actions(rows: Rows, name: str, pieces: Pieces) -> Mapping[str, Callable[[], bytes]]:
    """The downloads of a page about actions, by their endings; `name` is what a calendar is called."""
    return {
        "csv": lambda: _csv(rows, pieces),
        "xlsx": lambda: _xlsx(rows, pieces),
        "ics": lambda: calendar_of([pieces.joined(rows, Form.ICS).decode()], name),
        "json": lambda: _json(rows, pieces),
    }


def of_evaluation(evaluation: str, subject: Subject, pieces: Pieces) -> Mapping[str, Callable[[], bytes]]:
    """The downloads of an evaluation's page: its JSON is the record whole, as it may be published."""
    row = subject.evaluations[evaluation]
    rows = subject.actions_of.get(evaluation, [])
    name = row.title or evaluation
    return {
        **of_actions(rows, name, pieces),
        "json": lambda: _document("records", subject, [whole_record(row.of, _alone(row, rows, subject))]),
    }


def _csv(rows: Rows, pieces: Pieces) -> bytes:
    return csv_text([], columns(ActionRow)).encode() + pieces.joined(rows, Form.CSV)


def _xlsx(rows: Rows, pieces: Pieces) -> bytes:
    parts = pieces.sheet(rows)
    if parts is not None:
        return SHEET.book_of(parts, len(rows))
    values = ([getattr(row, column.name) for column in _ACTIONS] for row in rows)
    return workbook([Sheet(SHEET.name, SHEET.columns, values)])


def _json(rows: Rows, pieces: Pieces) -> bytes:
    empty = _document("actions", pieces.subject, [])
    if not rows:
        return empty
    before, _, after = empty.rpartition(_NO_ITEMS)
    items = pieces.joined(rows, Form.JSON, b",\n    ")
    return b'%s"items": [\n    %s\n  ]%s' % (before, items, after)


def _alone(row: EvaluationRow, rows: Rows, subject: Subject) -> Selection:
    return Selection(subject.as_of, (row,), (), tuple(rows))


def _document(kind: str, subject: Subject, items: list[dict[str, Any]]) -> bytes:
    return json_document(kind, subject.as_of, subject.unread, items).encode("utf-8")
