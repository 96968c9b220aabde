"""A workbook or CSV that came back: its rows of answers, found by their keys; nothing is judged here.

Order of rows and columns, filters, other sheets and headings in other words make no difference.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape

from mrtrack.edit.refusal import Refused
from mrtrack.importers.answers.cells import Cell, cell_name
from mrtrack.importers.answers.columns import ANSWERED, FINGERPRINTED, headed, keyed
from mrtrack.importers.answers.keys import FORM_VERSION
from mrtrack.importers.formats.decoding import decode_only
from mrtrack.importers.tables.delimited import read_delimited
from mrtrack.importers.tables.workbook import is_workbook, read_workbook

_HEAD = 40
_FORM = "form"
_NO_FORM = "send the file that mrtrack ask made, filled in and saved as .xlsx or .csv"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')
_ERROR = re.compile(rb'\bt="e"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')

Grid = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row that came back: its cells by column, and the texts of its key and unit, empty where they are gone."""

    number: int
    cells: Mapping[str, Cell]
    key: str
    unit: str

    @property
    def ref(self) -> str:
        """The action that it is about."""
        return self.cells["ref"].text

    @property
    def answered(self) -> bool:
        """Whether any of its yellow cells says something."""
        return any(self.cells[key].text or self.cells[key].failed for key in ANSWERED if key in self.cells)

    @property
    def locked(self) -> dict[str, str]:
        """The texts of its locked cells."""
        return {key: self.cells[key].text for key in FINGERPRINTED if key in self.cells}


@dataclass(frozen=True, slots=True)
class Returned:
    """All rows of a file that came back; `loose` where it is CSV; `beside` says what else was written there."""

    name: str
    rows: tuple[Row, ...]
    loose: bool
    beside: tuple[str, ...] = ()


@dataclass(slots=True)
class _Keys:
    unit: str = ""
    of: dict[str, str] = field(default_factory=dict)


def read_returned(content: bytes, name: str) -> Returned:
    """The answers in a file.

    Raises:
        Refused: where it is no workbook or CSV, or none that `ask` made.
    """
    return _from_workbook(content, name) if is_workbook(content) else _from_csv(content, name)


def _from_workbook(content: bytes, name: str) -> Returned:
    sheets = _sheets(content, name)
    keys = _Keys()
    for grid in sheets.values():
        _read_keys(grid, keys, name)
    rows: list[Row] = []
    beside: list[str] = []
    forms = 0
    for title, grid in sheets.items():
        found = _columns(grid)
        if found is None or _is_keys(grid):
            continue
        forms += 1
        broken = _broken_cells(content, title)
        prefix = f"{title}!" if forms > 1 else ""
        rows += _rows(grid, found, keys, broken, prefix)
        beside += _beside(grid, found, prefix)
    if not forms:
        raise Refused(f"{name} holds no form to take answers from", _NO_FORM)
    if not keys.of:
        hint = "its hidden sheet is gone, as when a sheet is copied; fill in the workbook itself, or ask anew"
        raise Refused(f"{name} has lost the keys of its actions", hint)
    return Returned(name, tuple(rows), loose=False, beside=tuple(beside))


def _from_csv(content: bytes, name: str) -> Returned:
    text, _ = decode_only(content)
    grid = read_delimited(text, name).rows
    found = _columns(grid)
    if found is None:
        raise Refused(f"{name} holds no form to take answers from", _NO_FORM)
    if "key" not in found[1]:
        hint = "keep the column “Key (please leave)” when you save it, or ask anew"
        raise Refused(f"{name} has lost the keys of its actions", hint)
    rows = tuple(_rows(grid, found, _Keys(), frozenset(), ""))
    return Returned(name, rows, loose=True, beside=tuple(_beside(grid, found, "")))


def _sheets(content: bytes, name: str) -> dict[str, Grid]:
    """The rows of every sheet, the hidden ones too."""
    first = read_workbook(content, name).rows  # sees to size, passwords and damage
    import python_calamine as calamine  # noqa: PLC0415 - heavy, and only workbooks need it

    book = calamine.load_workbook(io.BytesIO(content))
    names = [one.name for one in book.sheets_metadata if one.typ is calamine.SheetTypeEnum.WorkSheet]
    if len(names) == 1:
        return {names[0]: first}
    return {sheet: read_workbook(content, name, sheet).rows for sheet in names}


def _is_keys(grid: Grid) -> bool:
    return bool(grid) and bool(grid[0]) and _text(grid[0], 0) == _FORM and _text(grid[0], 1).isdigit()


def _read_keys(grid: Grid, keys: _Keys, name: str) -> None:
    if not _is_keys(grid):
        return
    if _text(grid[0], 1) != FORM_VERSION:
        raise Refused(f"{name} was made by a newer mrtrack", "install a version of mrtrack that reads it")
    below = False
    for row in grid[1:]:
        head, text = _text(row, 0), _text(row, 1)
        if below and head:
            keys.of[head] = text
        elif head == "unit":
            keys.unit = text
        below = below or head == "ref"


def _columns(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row below which the answers stand, and the places of the columns."""
    head = grid[:_HEAD]
    for number, row in enumerate(head):
        if found := keyed(row):
            below = head[number + 1][found["ref"]] if number + 1 < len(head) else ""
            return number + (0 if ":" in below else 1), found
    for number, row in enumerate(head):
        if found := headed(row):
            return number, found
    return None


def _rows(
    grid: Grid,
    found: tuple[int, dict[str, int]],
    keys: _Keys,
    broken: frozenset[str],
    prefix: str,
) -> Iterator[Row]:
    head, places = found
    for number in range(head + 1, len(grid)):
        cells = {}
        for column, place in places.items():
            value = grid[number][place] if place < len(grid[number]) else ""
            name = cell_name(number, place)
            cells[column] = Cell(prefix + name, value, name in broken)
        row = Row(number + 1, cells, "", "")
        if not row.ref and not row.answered:
            continue
        key = cells["key"].text if "key" in cells else keys.of.get(row.ref, "")
        unit = cells["unit"].text if "unit" in cells else keys.unit
        yield Row(number + 1, cells, key, unit)


def _beside(grid: Grid, found: tuple[int, dict[str, int]], prefix: str) -> Iterator[str]:
    """What stands below the headings in columns that are not of the form, so that nobody thinks it was taken."""
    head, places = found
    width = max((len(row) for row in grid), default=0)
    for place in sorted(set(range(width)) - set(places.values())):
        filled = [number for number in range(head + 1, len(grid)) if _text(grid[number], place)]
        if filled:
            cells = "1 cell" if len(filled) == 1 else f"{len(filled)} cells"
            named = _text(grid[head], place) or "without a heading"
            first = prefix + cell_name(filled[0], place)
            yield f"{cells} in a column that is not of the form ({named}), from {first}: not taken"


def _text(row: Sequence[str], place: int) -> str:
    return Cell("", row[place]).text if place < len(row) else ""


def _broken_cells(content: bytes, sheet: str) -> frozenset[str]:
    """The cells of a sheet whose formula failed, or was never calculated: a reader of values finds them empty."""
    if not content.startswith(b"PK"):
        return frozenset()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        file = _sheet_file(archive, sheet)
        if file is None:
            return frozenset()
        cells = _CELL.findall(archive.read(file))
    broken = set()
    for attributes, inside in cells:
        place = _PLACE.search(attributes)
        unknown = _FORMULA.search(inside) and not _VALUE.search(inside)
        if place and (_ERROR.search(attributes) or unknown):
            broken.add(place[1].decode("ascii"))
    return frozenset(broken)


def _sheet_file(archive: zipfile.ZipFile, sheet: str) -> str | None:
    names = set(archive.namelist())
    book, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, relations} <= names:
        return None
    ids = {}
    for found in _SHEET.findall(archive.read(book).decode("utf-8", "replace")):
        attributes = {key.rpartition(":")[2]: unescape(text) for key, text in _ATTRIBUTE.findall(found)}
        ids[attributes.get("name")] = attributes.get("id")
    for found in _RELATION.findall(archive.read(relations).decode("utf-8", "replace")):
        attributes = dict(_ATTRIBUTE.findall(found))
        if attributes.get("Id") == ids.get(sheet):
            target = attributes.get("Target", "")
            file = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            return file if file in names else None
    return None
