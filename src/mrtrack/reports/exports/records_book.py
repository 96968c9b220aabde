"""The records as one workbook: a read-me, and a sheet each for evaluations, recommendations, actions and history."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mrtrack.edit.refusal import Refused
from mrtrack.reports.exports.columns import TABLES
from mrtrack.reports.exports.portions import About, Portion, values
from mrtrack.reports.exports.workbook import Column, Page, finish, safe_book

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

_READ_ME = (Column("Sheet", 18), Column("Column", 24), Column("What it means", 110))
_PRECISION = (
    "A whole day is a date. A month, a quarter or a year is the text that the record has: 2021-07, 2021-Q3."
)
_EMPTY = "The source does not state it, or it is left out of what is published."


def write_book(portions: Iterable[Portion], about: About, target: Path) -> None:
    """Write the workbook to a file; of its rows, one at a time is in memory.

    Raises:
        Refused: where xlsxwriter is not installed, a sheet cannot hold so many rows, or it cannot be written.
    """
    content = io.BytesIO()
    with TemporaryDirectory(prefix="mrtrack-") as scratch:
        book = safe_book(content, {"constant_memory": True, "tmpdir": scratch})
        _fill(book, portions, about)
        finish(book)
    try:
        target.write_bytes(content.getbuffer())
    except OSError as error:
        raise Refused(
            f"the workbook cannot be written: {error.strerror}", "look at the disk and at the permissions"
        ) from None


def _fill(book: "Workbook", portions: Iterable[Portion], about: About) -> None:
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


def _read_me(about: About) -> Iterator[tuple[str, str, str]]:
    for name, value in about.told():
        yield "all", name, value
    yield "all", "dates", _PRECISION
    yield "all", "an empty cell", _EMPTY
    for name, table in TABLES.items():
        yield name.capitalize(), "", f"one row is {table.row}"
        for column in table.columns:
            yield name.capitalize(), column.heading, column.meaning
