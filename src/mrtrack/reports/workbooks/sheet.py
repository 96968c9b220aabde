"""A form as an .xlsx workbook: the sheet to fill in, a page of help, and the hidden sheet with the keys.

The same form always gives the same bytes.
"""

import io
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from mrtrack.importers.answers.columns import ANSWERS, LOCKED, MARK, REASONS, Column
from mrtrack.importers.answers.keys import FORM_VERSION
from mrtrack.reports.exports.workbook import safe_book
from mrtrack.reports.workbooks.form import Form, Line
from mrtrack.reports.workbooks.help_page import help_lines
from mrtrack.reports.workbooks.looks import LOOKS, height_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

SHEET = "Actions"
HELP = "Help"
KEYS = "mrtrack keys"

_TITLE, _SUMMARY, _BANDS, _MARKS, _HEADINGS, _FIRST = range(6)
_LONGEST = 32_000
_UNPROTECTED = {
    "autofilter": True,
    "sort": True,
    "format_columns": True,
    "format_rows": True,
    "format_cells": True,
}


def workbook_bytes(form: Form, version: str) -> bytes:
    """The workbook of a form; `version` is that of the program that makes it.

    Raises:
        Refused: where what writes workbooks is not installed.
    """
    content = io.BytesIO()
    book = safe_book(content, {"in_memory": True})
    book.set_properties(
        {
            "title": _title(form),
            "comments": f"mrtrack {version}",
            "created": datetime.combine(form.day, time(), tzinfo=UTC).replace(tzinfo=None),
        }
    )
    looks = {name: book.add_format({"font_name": "Calibri", **look}) for name, look in LOOKS.items()}
    sheet = book.add_worksheet(SHEET)
    _lay_out(sheet, form, looks)
    _help(book.add_worksheet(HELP), form, looks)
    _keys(book.add_worksheet(KEYS), form, version)
    sheet.activate()
    book.close()
    return content.getvalue()


def _lay_out(sheet: "Worksheet", form: Form, looks: dict[str, "Format"]) -> None:
    reasons = (REASONS,) if form.refused else ()
    columns: tuple[Column, ...] = (*reasons, *LOCKED, *ANSWERS)
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.set_row(_TITLE, 30)
    sheet.write_string(_TITLE, 0, _title(form), looks["title"])
    sheet.set_row(_SUMMARY, 20)
    sheet.write_string(_SUMMARY, 0, _sentence(form), looks["summary"])
    _bands(sheet, columns, looks)
    sheet.set_row(_MARKS, None, None, {"hidden": True})
    sheet.set_row(_HEADINGS, 32)
    own = {column.key for column in ANSWERS}
    for place, column in enumerate(columns):
        kind = "answer" if column.key in own else "reasons" if column is REASONS else "context"
        sheet.write_string(_MARKS, place, MARK + column.key)
        sheet.write_string(_HEADINGS, place, column.heading, looks[f"{kind} heading"])
    for number, line in enumerate(form.lines, _FIRST):
        _line(sheet, number, line, columns, looks)
    last = max(_FIRST + len(form.lines) - 1, _FIRST)
    sheet.autofilter(_HEADINGS, 0, last, len(columns) - 1)
    sheet.freeze_panes(_FIRST, len(reasons) + 1)
    _choices(sheet, columns, last, form)
    sheet.protect("", _UNPROTECTED)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(_BANDS, _HEADINGS)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&9&F&R&9&P / &N")


def _title(form: Form) -> str:
    return f"Answers of {form.unit} that were not taken" if form.refused else f"Open actions of {form.unit}"


def _sentence(form: Form) -> str:
    day = f"{form.day.day} {form.day:%B %Y}"
    if form.refused:
        return f"As of {day}. The first column says why; mend the marked cells and send this back."
    how = "Fill in the yellow cells, leave blank what has not changed, and send the file back."
    return f"As of {day}: {form.summary}. {how} The sheet “{HELP}” tells more."


def _bands(sheet: "Worksheet", columns: tuple[Column, ...], looks: dict[str, "Format"]) -> None:
    sheet.set_row(_BANDS, 20)
    first = len(columns) - len(ANSWERS)
    for place in range(len(columns)):
        side = "answer" if place >= first else "context"
        text = {0: "What is recorded", first: "Your answer"}.get(place, "")
        sheet.write_string(_BANDS, place, text, looks[f"{side} band"])


def _line(
    sheet: "Worksheet", number: int, line: Line, columns: tuple[Column, ...], looks: dict[str, "Format"]
) -> None:
    texts = {**line.cells, REASONS.key: line.reasons}
    sheet.set_row(number, height_of({column: str(texts.get(column.key, "")) for column in columns}))
    own = {column.key for column in ANSWERS}
    for place, column in enumerate(columns):
        value: Any = texts.get(column.key, "")
        dated = column.key in ("on", "new_due")
        kind = "dated" if dated else "answer" if column.key in own else column.key
        if column.key == "due" and "overdue" in str(value):
            kind = "overdue"
        look = looks[
            f"{kind if kind in LOOKS else 'context'}{' marked' if column.key in line.marked else ''}"
        ]
        if isinstance(value, date):
            sheet.write_datetime(number, place, datetime.combine(value, time()), look)
        elif isinstance(value, (int, float)):
            sheet.write_number(number, place, value, look)
        elif value:
            sheet.write_string(number, place, value[:_LONGEST], look)
        else:
            sheet.write_blank(number, place, None, look)


def _choices(sheet: "Worksheet", columns: tuple[Column, ...], last: int, form: Form) -> None:
    place = {column.key: number for number, column in enumerate(columns)}
    top = len(form.statuses)
    sheet.data_validation(
        _FIRST,
        place["status"],
        last,
        place["status"],
        {
            "validate": "list",
            "source": f"='{KEYS}'!$D$1:$D${top}",
            "error_title": "Not a status",
            "error_message": "Choose one of the list, or leave the cell empty.",
        },
    )
    sheet.data_validation(
        _FIRST,
        place["on"],
        last,
        place["on"],
        {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1990, 1, 1),
            "maximum": "=TODAY()",
            "error_type": "warning",
            "error_title": "The day it happened",
            "error_message": "This should be a day up to today, as 31/07/2026.",
            "input_title": "The day it happened",
            "input_message": "Not the day you write this. As 31/07/2026.",
        },
    )
    sheet.data_validation(
        _FIRST,
        place["new_due"],
        last,
        place["new_due"],
        {
            "validate": "date",
            "criteria": ">",
            "value": "=TODAY()",
            "error_type": "warning",
            "error_title": "The new due date",
            "error_message": "This should be a day to come, as 31/03/2027. A month (March 2027) may stay too.",
            "input_title": "Only if the date moves",
            "input_message": "A day or a month to come. Say why in the next cell.",
        },
    )


def _help(sheet: "Worksheet", form: Form, looks: dict[str, "Format"]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 88)
    for number, (name, text) in enumerate(help_lines(form)):
        heading = not text
        sheet.write_string(number, 0, name, looks["help heading" if heading else "help name"])
        sheet.write_string(number, 1, text, looks["help"])
        sheet.set_row(number, 30 if heading else 15.5 * max(1, -(-len(text) // 92)) + 5)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _keys(sheet: "Worksheet", form: Form, version: str) -> None:
    head = (("form", FORM_VERSION), ("version", version), ("day", str(form.day)), ("unit", form.unit))
    keys = [(str(line.cells.get("ref", "")), line.key) for line in form.lines if line.key]
    for number, (name, text) in enumerate((*head, ("ref", "key"), *keys)):
        sheet.write_string(number, 0, name)
        sheet.write_string(number, 1, text)
    for number, word in enumerate(form.statuses):
        sheet.write_string(number, 3, word)
    sheet.protect("")
    sheet.very_hidden()
