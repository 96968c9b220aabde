"""A table as a sheet: named columns and rows of cells, whether the file is CSV or a workbook.

Which column is which field is said by a mapping (`mapping.py`), not here.
"""

import hashlib
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from mrtrack.edit.refusal import Refused
from mrtrack.importers.formats.decoding import decode_only
from mrtrack.importers.formats.mending import Mender, clean_text
from mrtrack.importers.page import Cell, Line, Page, Repair, Table
from mrtrack.importers.tables.delimited import Rows, read_delimited
from mrtrack.importers.tables.workbook import is_workbook, read_workbook
from mrtrack.model.spellings import folded

_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00(?::00(?:\.0+)?)?")
_GUARDED = re.compile("'(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])")
_SAVE_AS = "open it in a spreadsheet, and save the table as CSV (UTF-8) or as .xlsx"
_MOST_CELLS = 10_000_000
_NO_TABLE = "the first row names the columns, and each row below is a recommendation or an action"


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header: its number as the spreadsheet shows it, and a cell for each column."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """A table that was read: its columns by name, its rows, the page that holds all its lines, and notes.

    Names of columns are on one line and differ from each other; a column without one is called by its letter.
    """

    page: Page
    columns: tuple[str, ...]
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def position(self, column: str) -> int | None:
        """The position of the column of this name, whatever its case and white space; None without one."""
        wanted = folded(column)
        return next((place for place, name in enumerate(self.columns) if folded(name) == wanted), None)

    def values(self, column: int) -> Iterator[str]:
        """What the cells of a column say, each on one line, from the first row down; empty ones too."""
        return (row.cells[column].text for row in self.rows)


def read_sheet(content: bytes, name: str, *, sheet: str | None = None) -> Sheet:
    """The sheet that the bytes of a CSV file or a workbook hold; `sheet` names one of a workbook.

    Raises:
        Refused: where there is no table to read: an empty, damaged or protected file, or another kind of file.
    """
    if not content.strip():
        raise Refused(f"{name} is empty", _NO_TABLE)
    repairs: list[Repair] = []
    if is_workbook(content):
        read, form = read_workbook(content, name, sheet), "xlsx"
    elif sheet is not None:
        raise Refused(f"{name} is no workbook, and has no sheet “{sheet}”", "leave the name of the sheet out")
    else:
        try:
            text, repairs = decode_only(content)
        except Refused as refused:
            raise Refused(f"{name}: {refused.message}", _SAVE_AS) from None
        read, form = read_delimited(text, name), "csv"
    return _built(read, name, form, repairs, hashlib.sha256(content).hexdigest())


def _built(read: Rows, name: str, form: str, repairs: Sequence[Repair], sha256: str) -> Sheet:
    header = next((index for index, row in enumerate(read.rows) if sum(map(_filled, row)) > 1), None)
    if header is None:
        header = next((index for index, row in enumerate(read.rows) if any(map(_filled, row))), None)
    if header is None:
        raise Refused(f"{name} has no cell with words", _NO_TABLE)
    used = sorted({place for row in read.rows[header:] for place, value in enumerate(row) if _filled(value)})
    if len(used) * (len(read.rows) - header) > _MOST_CELLS:
        raise Refused(f"{name} is too wide and too long for a table", _SAVE_AS)
    columns, twice = _columns(dict(enumerate(read.rows[header])), used)
    writer = _Cells(read.covered)
    above = [
        line
        for number, row in enumerate(read.rows[:header], start=1)
        for place, value in enumerate(row)
        for line in writer.cell(value, number, f"column {_letter(place)}").lines
    ]
    rows = [
        Row(number, tuple(writer.row(row, number, dict(zip(used, columns, strict=True)))))
        for number, row in enumerate(read.rows[header:], start=header + 1)
        if number == header + 1 or any(map(_filled, row))
    ]
    if len(rows) < 2:
        raise Refused(f"{name} has no rows below the names of its columns", _NO_TABLE)
    page = Page(
        name=name,
        format=form,
        blocks=(*above, Table(tuple(row.cells for row in rows))),
        repairs=(*repairs, *writer.repairs),
        sha256=sha256,
    )
    return Sheet(page, columns, rows[0].cells, tuple(rows[1:]), (*read.notes, *twice))


class _Cells:
    """Makes cells of values, numbers their lines and remembers what was mended."""

    def __init__(self, covered: Container[tuple[int, int]]) -> None:
        self.covered = covered
        self.numbers = count(1)
        self.mender = Mender()
        self.midnights = 0
        self.guarded = 0

    @property
    def repairs(self) -> Iterator[Repair]:
        yield from self.mender.repairs
        if self.midnights:
            yield Repair(0, f"the time 00:00:00 left out where it follows a day; cells: {self.midnights}")
        if self.guarded:
            yield Repair(0, f"the ' that keeps a cell from being a formula taken off; cells: {self.guarded}")

    def row(self, values: Sequence[str], number: int, columns: Mapping[int, str]) -> Iterator[Cell]:
        for place, column in columns.items():
            value = values[place] if place < len(values) else ""
            if (number - 1, place) in self.covered and not _filled(value):
                yield Cell(spanned=True, from_above=True)
            else:
                yield self.cell(value, number, column)

    def cell(self, value: str, row: int, column: str) -> Cell:
        if not _filled(value):
            return Cell()
        if _GUARDED.match(value):
            value = value[1:]
            self.guarded += 1
        day = _MIDNIGHT.fullmatch(value.strip())
        if day:
            value = day[1]
            self.midnights += 1
        lines = []
        for text in self.mender.split(value):
            number = next(self.numbers)
            lines.append(Line(number, self.mender.mend(text, number), place=f"row {row}, {column}"))
        return Cell(tuple(lines))


def _filled(value: str) -> bool:
    return bool(value.strip())


def _columns(names: Mapping[int, str], used: Sequence[int]) -> tuple[tuple[str, ...], list[str]]:
    taken: dict[str, int] = {}
    found = []
    notes = []
    for place in used:
        plain = " ".join(clean_text(names.get(place, ""))[0].split()) or f"column {_letter(place)}"
        name = plain
        while folded(name) in taken:
            taken[folded(plain)] += 1
            name = f"{plain} ({taken[folded(plain)]})"
        if name != plain:
            notes.append(
                f"two columns are called “{plain}”; the one at {_letter(place)} is called “{name}” here"
            )
        taken[folded(name)] = 1
        found.append(name)
    return tuple(found), notes


def _letter(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
