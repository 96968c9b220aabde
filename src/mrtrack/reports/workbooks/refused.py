"""The copy of what was refused: the same form with the rows in question, the reasons, and the cells marked."""

import re
from collections.abc import Sequence
from datetime import date

from mrtrack import __version__
from mrtrack.edit.refusal import Refused
from mrtrack.importers.answers.columns import HEADINGS
from mrtrack.importers.answers.outcomes import Outcome
from mrtrack.model.settings import Settings
from mrtrack.reports.workbooks.delimited import csv_bytes
from mrtrack.reports.workbooks.form import Form, Line, Value, status_words
from mrtrack.reports.workbooks.sheet import workbook_bytes

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def refused_copy(outcomes: Sequence[Outcome], settings: Settings, today: date, *, csv: bool) -> bytes:
    """The workbook (or CSV) of the refused rows of one file; it can be mended and taken again.

    Raises:
        Refused: where what writes workbooks is not installed.
    """
    if not outcomes:
        raise Refused("nothing was refused", "there is nothing to copy")
    unit = next((one.row.unit for one in outcomes if one.row.unit), "")
    form = Form(unit, today, status_words(settings), tuple(map(_line, outcomes)))
    return csv_bytes(form) if csv else workbook_bytes(form, __version__)


def _line(outcome: Outcome) -> Line:
    cells = {
        column: _value(column, cell.text)
        for column, cell in outcome.row.cells.items()
        if column in HEADINGS and column != "reasons"
    }
    reasons = [f"• {one.beside}" for one in outcome.objections]
    reasons += [
        f"• {HEADINGS[one.column]}: here “{one.then or 'nothing'}”, in the record now “{one.now or 'nothing'}”"
        for one in outcome.compared
    ]
    marked = {one.column for one in outcome.objections} | {one.column for one in outcome.compared}
    return Line({**cells, "unit": outcome.row.unit}, outcome.row.key, frozenset(marked), "\n".join(reasons))


def _value(column: str, text: str) -> Value:
    if column in ("on", "new_due") and _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
