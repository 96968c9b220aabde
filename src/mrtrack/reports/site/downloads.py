"""The files that lie beside a page of a site: its actions as a table, a workbook, a calendar, and JSON."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mrtrack.query.rows import ActionRow, columns
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
_HEADINGS = csv_text([], columns(ActionRow)).encode()
_NO_ITEMS = b'"items": []'


def of_actions(rows: Rows, stem: str, name: str, pieces: Pieces) -> Mapping[str, Callable[[], bytes]]:
    """The downloads of a page about actions, by their endings: `stem` is its path without one.

    `name` is what a calendar is called.
    """
    return {
        "csv": lambda: pieces.file(f"{stem}.csv", rows, Form.CSV, (_HEADINGS, b"", b"")),
        "xlsx": lambda: _xlsx(rows, pieces),
        "ics": lambda: pieces.file(f"{stem}.ics", rows, Form.ICS, _calendar(name)),
        "json": lambda: pieces.file(f"{stem}.json", rows, Form.JSON, _items(rows, pieces.subject)),
    }


def of_evaluation(evaluation: str, subject: Subject, pieces: Pieces) -> Mapping[str, Callable[[], bytes]]:
    """The downloads of an evaluation's page: its JSON is the record whole, as it may be published."""
    row = subject.evaluations[evaluation]
    rows = subject.actions_of.get(evaluation, [])
    name = row.title or evaluation
    return {
        "csv": lambda: _HEADINGS + pieces.joined(rows, Form.CSV),
        "xlsx": lambda: _xlsx(rows, pieces),
        "ics": lambda: _within(_calendar(name), pieces.joined(rows, Form.ICS)),
        "json": lambda: _document("records", subject, [_whole_record(subject.full(evaluation))]),
    }


def _xlsx(rows: Rows, pieces: Pieces) -> bytes:
    parts = pieces.sheet(rows)
    if parts is not None:
        return SHEET.book_of(parts, len(rows))
    places, full = pieces.subject.places, pieces.subject.actions_in_full
    told = (full(row.evaluation)[places[row.ref]] for row in rows)
    values = ([getattr(row, column.name) for column in _ACTIONS] for row in told)
    return workbook([Sheet(SHEET.name, SHEET.columns, values)])


def _calendar(name: str) -> tuple[bytes, bytes, bytes]:
    before, end, after = calendar_of([], name).rpartition(b"END:")
    return before, b"", end + after


def _within(around: tuple[bytes, bytes, bytes], content: bytes) -> bytes:
    before, _, after = around
    return b"".join([before, content, after])


def _items(rows: Rows, subject: Subject) -> tuple[bytes, bytes, bytes]:
    empty = _document("actions", subject, [])
    if not rows:
        return empty, b"", b""
    before, _, after = empty.rpartition(_NO_ITEMS)
    return before + b'"items": [\n    ', b",\n    ", b"\n  ]" + after


def _whole_record(full: Selection) -> dict[str, Any]:
    return whole_record(full.evaluations[0].of, full)


def _document(kind: str, subject: Subject, items: list[dict[str, Any]]) -> bytes:
    return json_document(kind, subject.as_of, subject.unread, items).encode("utf-8")
