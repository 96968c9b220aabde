"""The workbooks that units are asked with, and the copies of what was refused of their answers."""

from collections.abc import Iterable
from datetime import date

from mrtrack import __version__
from mrtrack.model.settings import Settings
from mrtrack.query.rows import ActionRow
from mrtrack.reports.workbooks.delimited import csv_bytes
from mrtrack.reports.workbooks.form import Form, form_of
from mrtrack.reports.workbooks.sheet import workbook_bytes
from mrtrack.reports.workbooks.units import Asking, asking, askings

__all__ = [
    "Asking",
    "Form",
    "asking",
    "askings",
    "csv_bytes",
    "csv_for_unit",
    "form_of",
    "workbook_bytes",
    "workbook_for_unit",
]


def workbook_for_unit(unit: str, rows: Iterable[ActionRow], settings: Settings, day: date) -> bytes:
    """The .xlsx with the open actions of a unit among these rows, as of a day; those it supports are marked.

    Raises:
        Refused: where what writes workbooks is not installed.
    """
    return workbook_bytes(form_of(asking(unit, rows, settings), settings, day, loose=False), __version__)


def csv_for_unit(
    unit: str, rows: Iterable[ActionRow], settings: Settings, day: date, *, guard: bool = True
) -> bytes:
    """The same as CSV; with `guard` no cell can be taken for a formula."""
    return csv_bytes(form_of(asking(unit, rows, settings), settings, day, loose=True), guard=guard)
