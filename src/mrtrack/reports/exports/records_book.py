"""The records as one workbook: a read-me, and a sheet each for evaluations, recommendations, actions and history."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from mrtrack.reports.exports.columns import TABLES
from mrtrack.reports.exports.portions import About, Portion, values
from mrtrack.reports.exports.workbook import Column, Page, safe_book

_READ_ME = (Column("Sheet", 18), Column("Column", 24), Column("What it means", 110))
_PRECISION = (
    "A whole day is a date. A month, a quarter or a year is the text that the record has: 2021-07, 2021-Q3."
)
_EMPTY = "The source does not state it, or it is left out of what is published."


def write_book(portions: Iterable[Portion], about: About, target: Path) -> None:
    """Write the workbook to a file, a row at a time.

    Raises:
        Refused: where xlsxwriter is not installed, or a sheet cannot hold so many rows.
    """
    book = safe_book(target, {"constant_memory": True})
    read_me = Page(book, "Read me", _READ_ME, low=True)
    pages = {
        name: Page(book, name.capitalize(), [Column(one.heading, one.width) for one in table.columns])
        for name, table in TABLES.items()
    }
    for portion in portions:
        for name, page in pages.items():
            for row in portion.rows(name):
                page.add(values(row, name))
    for row in _read_me(about):
        read_me.add(row)
    for page in (read_me, *pages.values()):
        page.finish()
    book.close()


def _read_me(about: About) -> Iterator[tuple[str, str, str]]:
    for name, value in about.told():
        yield "all", name, value
    yield "all", "dates", _PRECISION
    yield "all", "an empty cell", _EMPTY
    for name, table in TABLES.items():
        yield name.capitalize(), "", f"one row is {table.row}"
        for column in table.columns:
            yield name.capitalize(), column.heading, column.meaning
