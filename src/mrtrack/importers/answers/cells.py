"""The cells of an answer: what a person typed, or what a spreadsheet made of it, as text and as dates; pure."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from mrtrack.importers.vocabulary.when import Order, proved_order, read_when
from mrtrack.model.dates import parse_date, quoted

FORMULA_ERROR = re.compile(
    r"#(?:REF!|DIV/0!|VALUE!|NAME\?|N/A|NULL!|NUM!|SPILL!|CALC!)|Err:[0-9]{3}", re.IGNORECASE
)

_GUARDED = re.compile("'(?=[=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r])")
_INVISIBLE_IN_SHEETS = re.compile("_x000[Dd]_|[\u200b\u2060\ufeff\u00ad]")
_SPACES = re.compile("[^\\S\n]+")
_SERIAL_ZERO = dt.date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_YEARS = range(1990, 2101)
_NUMBER = re.compile(r"[0-9]{4,6}(?:[.,][0-9]+)?")
_TIME = re.compile(r"(?<=[0-9])[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?$")
_FORMS = "as a date, as 31/07/2026, or as July 2026"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its name as a spreadsheet has it (G7), what it holds, and whether a formula there failed."""

    name: str
    value: str = ""
    broken: bool = False

    @property
    def text(self) -> str:
        """What it says, without what no person typed; empty for an empty cell."""
        text = _INVISIBLE_IN_SHEETS.sub("", self.value).replace("\r\n", "\n").replace("\r", "\n")
        lines = [_SPACES.sub(" ", line).strip() for line in _GUARDED.sub("", text).split("\n")]
        return "\n".join(lines).strip()

    @property
    def failed(self) -> bool:
        """Whether a formula of it failed, or shows that another did."""
        return self.broken or FORMULA_ERROR.fullmatch(self.text) is not None


def cell_name(row: int, column: int) -> str:
    """The name of a cell by its row and column, both from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def date_in(cell: Cell, order: Order | None) -> str:
    """The date that a cell holds, as record text: 2026, 2026-Q3, 2026-07 or 2026-07-31.

    Raises:
        ValueError: where it holds none, or one that can be read two ways; the message is for people.
    """
    text = _TIME.sub("", cell.text)
    if _NUMBER.fullmatch(text):
        number = int(re.split("[.,]", text)[0])
        if number in _YEARS:
            return str(number)
        if number in _SERIALS:
            return (_SERIAL_ZERO + dt.timedelta(number)).isoformat()
    try:
        return parse_date(text).text
    except ValueError:
        when = read_when(text, order)
    if when.due and when.start is None and when.timeline is None:
        return when.due
    if when.ambiguous:
        raise ValueError(f"{quoted(text)} can be read two ways: write it as 2026-07-31, or say --dates")
    raise ValueError(f"{quoted(text)} is no date that can be read: write it {_FORMS}")


def order_in(cells: Iterable[Cell], *, loose: bool) -> Order | None:
    """The order of day and month in dates that are text: proved by them, else in a workbook the day first.

    In CSV (`loose`) it stays open: there a spreadsheet program writes dates as its country does, whoever typed them.
    """
    return proved_order(cell.text for cell in cells) or (None if loose else "dmy")
