"""Safe workbooks (.xlsx): every text stays a text, never a formula or a link; the same rows give the same bytes."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from mrtrack.edit.refusal import Refused
from mrtrack.model.dates import PartialDate
from mrtrack.model.harmless import clean, flowing
from mrtrack.reports.exports.delimited import FORMULA, in_words

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MOST_ROWS = 1_048_575
_LONGEST = 32_767
_CUT = " … (cut: a cell holds no more)"
_FIRST_DAY = dt.date(1900, 3, 1)
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the same in every workbook, so that bytes do not differ
_SMALL, _TALL = 15, 45
_LONG_TEXT = 40
_A4 = 9
_WIDEST_PRINT = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, and its width in letters; texts in wide ones are wrapped."""

    heading: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: a name of at most 31 letters, its columns, and its rows, of as many values as there are columns.

    A whole day becomes a date; a month, a quarter or a year stays the text that it is.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook; each sheet has its headings frozen on top, with a filter.

    Raises:
        Refused: where what writes workbooks is not installed.
    """
    held = io.BytesIO()
    write_workbook(sheets, held)
    return held.getvalue()


def write_workbook(sheets: Sequence[Sheet], target: "Path | IO[bytes]") -> None:
    """Write such a workbook to a file, a row at a time, however many there are.

    Raises:
        Refused: as `workbook` does.
    """
    book = safe_book(target, {"constant_memory": True})
    for sheet in sheets:
        page = Page(book, sheet.name, sheet.columns)
        for row in sheet.rows:
            page.add(row)
        page.finish()
    finish(book)


def finish(book: "Workbook") -> None:
    """Have a workbook written.

    Raises:
        Refused: where it cannot be.
    """
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

    try:
        book.close()
    except FileCreateError as error:
        raise Refused(
            f"the workbook cannot be written: {error}", "look at the disk and at the permissions"
        ) from None


def safe_book(target: "Path | IO[bytes]", options: dict[str, Any] | None = None) -> "Workbook":
    """An empty workbook of xlsxwriter in which texts stay texts; `finish` has it written.

    Raises:
        Refused: where xlsxwriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise Refused(
            "what writes workbooks is not installed", 'install it with: pip install "mrtrack[excel]"'
        ) from None
    safe = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
        "default_date_format": "yyyy-mm-dd",
    }
    book = xlsxwriter.Workbook(target, {**safe, **(options or {})})
    book.set_properties({"created": _CREATED})
    return book


class Page:
    """A sheet that is being written, its headings frozen on top; rows are added one by one.

    Rows are three lines high where a column is wide, so that many fit the screen; `low` makes them one line high.
    """

    def __init__(self, book: "Workbook", name: str, columns: Sequence[Column], *, low: bool = False) -> None:
        self._columns = columns
        self._rows = 0
        self._page = book.add_worksheet(name)
        top = {"valign": "top"}
        self._plain = (book.add_format(top), book.add_format({**top, "quote_prefix": True}))
        wrapped = {**top, "text_wrap": True}
        self._wrapped = (book.add_format(wrapped), book.add_format({**wrapped, "quote_prefix": True}))
        self._day = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})
        wrapping = any(column.width >= _LONG_TEXT for column in columns)
        self._height = _TALL if wrapping and not low else _SMALL
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        for place, column in enumerate(columns):
            wide = column.width >= _LONG_TEXT
            self._page.set_column(place, place, column.width, (self._wrapped if wide else self._plain)[0])
            self._page.write_string(0, place, clean(column.heading), head)

    def add(self, row: Sequence[Any]) -> None:
        """Add a row, with a value for each column.

        Raises:
            Refused: where a sheet can hold no more rows.
        """
        self._rows += 1
        if self._rows > MOST_ROWS:
            raise Refused(
                f"there are more than {MOST_ROWS:,} rows, and a sheet holds no more",
                "choose fewer with a filter, or export sqlite or parquet",
            )
        self._page.set_row(self._rows, self._height)
        for place, (value, column) in enumerate(zip(row, self._columns, strict=True)):
            looks = self._wrapped if column.width >= _LONG_TEXT else self._plain
            write_value(self._page, (self._rows, place), value, (*looks, self._day))

    def finish(self) -> None:
        """Put the filter over what was added; it prints across the page, with its headings on each."""
        self._page.set_landscape()
        self._page.set_paper(_A4)
        across = 1 + sum(column.width for column in self._columns) // _WIDEST_PRINT
        self._page.fit_to_pages(across, 0)
        self._page.repeat_rows(0)
        self._page.repeat_columns(0)
        self._page.set_footer("&L&A&RPage &P of &N")
        self._page.freeze_panes(1, 1)
        self._page.autofilter(0, 0, self._rows, len(self._columns) - 1)
        self._page.ignore_errors({"number_stored_as_text": f"A1:XFD{self._rows + 1}"})


def write_value(
    page: "Worksheet",
    place: tuple[int, int],
    value: Any,  # noqa: ANN401 - a value of any column
    looks: "tuple[Format, Format, Format]",
) -> None:
    """Write one value into a cell: numbers and whole days as what they are, all else as text.

    Lines of prose that were broken for the record flow again. `looks` are the formats of a text, of a text that
    begins as formulas do, and of a day.
    """
    found = cell_value(value)
    if isinstance(found, str):
        page.write_string(*place, found, looks[1] if found.startswith(FORMULA) else looks[0])
    elif isinstance(found, dt.date):
        page.write_datetime(*place, dt.datetime.combine(found, dt.time()), looks[2])
    elif found is not None:
        page.write_number(*place, found, looks[0])


def cell_value(value: Any) -> str | float | dt.date | None:  # noqa: ANN401 - a value of any column
    """What a cell holds of a value: a text, a number or a whole day; None where it stays empty."""
    if value is None or value in ((), [], ""):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, PartialDate):
        value = value.first if value.text == value.first.isoformat() else value
    if isinstance(value, dt.date) and value >= _FIRST_DAY:
        return value
    text = in_words(value)
    text = flowing(text) if "\n" in text else text
    return text[: _LONGEST - len(_CUT)] + _CUT if len(text) > _LONGEST else text
