"""The rows of a sheet as text made once, and a workbook of such rows: for one row that stands in many workbooks.

How cells look is taken from a workbook that `workbook` makes, so that both ways give the same file.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mrtrack.reports.exports.delimited import FORMULA
from mrtrack.reports.exports.packed import Packed, package, packed
from mrtrack.reports.exports.workbook import Column, Sheet, cell_value, workbook

_DAY_ONE = dt.date(1899, 12, 30)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
_NUMBER = "\x01"
FIRST = 2
_SHEET = "xl/worksheets/sheet1.xml"
_BOOK = "xl/workbook.xml"
_ROWS = re.compile(r'<row r="[2-9]".*(?=</sheetData>)', re.DOTALL)
_LAST = re.compile(r'((?:sq)?ref="A1:[A-Z]+)5(?=")')


@dataclass(frozen=True)
class RowMarkup:
    """A kind of workbook with one sheet: its name and columns."""

    name: str
    columns: Sequence[Column]

    def row(self, values: Sequence[Any]) -> str | None:
        """A row to be handed to `book`; None where a text in it needs the long way of `workbook`."""
        parts = [self._opening]
        for value, (plain, number, day, formula) in zip(values, self._cells, strict=True):
            found = cell_value(value)
            if found is None:
                continue
            if isinstance(found, str):
                if _SPECIAL.search(found) or found[0].isspace() or found[-1].isspace():
                    return None
                head = formula if found.startswith(FORMULA) else plain
                parts.append(f"{head}{found.translate(_ESCAPES)}</t></is></c>")
            elif isinstance(found, dt.date):
                parts.append(f"{day}{(found - _DAY_ONE).days}</v></c>")
            else:
                parts.append(f"{number}{found:.16G}</v></c>")
        return "".join([*parts, "</row>"])

    def book(self, rows: Iterable[str]) -> bytes:
        """The workbook of these rows."""
        made = [row.encode() for row in rows]
        return self.book_of([self.packed(made, FIRST)], len(made))

    def packed(self, rows: Iterable[bytes], first: int) -> Packed:
        """Rows as a part of a workbook's sheet, to be handed to `book_of`; they are numbered from the first on."""
        mark = _NUMBER.encode()
        return packed(b"".join([row.replace(mark, b"%d" % place) for place, row in enumerate(rows, first)]))

    def book_of(self, parts: Iterable[Packed], count: int) -> bytes:
        """The workbook of so many rows, which were numbered and packed in parts."""
        last = str(count + 1)
        before, after = (part.replace(_NUMBER, last).encode() for part in self._around)
        sheet = [packed(before), *parts, packed(after, last=True)]
        files: list[tuple[zipfile.ZipInfo, bytes | list[Packed]]] = []
        for info, content in self._package:
            if info.filename == _SHEET:
                files.append((info, sheet))
            elif info.filename == _BOOK:
                files.append((info, content.replace(b"$5", b"$%s" % last.encode())))
            else:
                files.append((info, content))
        return package(files)

    @cached_property
    def _package(self) -> list[tuple[zipfile.ZipInfo, bytes]]:
        """A workbook with a row of texts, one of numbers, one of days, and one of what begins as formulas do."""
        shown = ("x", 1, dt.date(2000, 1, 1), "=x")
        made = workbook([Sheet(self.name, self.columns, ([one] * len(self.columns) for one in shown))])
        with zipfile.ZipFile(io.BytesIO(made)) as book:
            return [(info, book.read(info)) for info in book.infolist()]

    @cached_property
    def _sheet(self) -> str:
        return next(content.decode() for info, content in self._package if info.filename == _SHEET)

    @cached_property
    def _around(self) -> tuple[str, str]:
        """What stands before and after the rows, with a mark for the number of the last one."""
        before, after = (_LAST.sub(rf"\g<1>{_NUMBER}", part) for part in _ROWS.split(self._sheet))
        return before, after

    @cached_property
    def _opening(self) -> str:
        found = re.search(r'<row r="2"[^>]*>', self._sheet)
        return found[0].replace('"2"', f'"{_NUMBER}"', 1) if found else ""

    @cached_property
    def _cells(self) -> list[tuple[str, str, str, str]]:
        """How the cells of each column begin: of a text, a number, a day, a text that begins as formulas do."""
        ways = []
        for row, end in ((2, "<t>"), (3, "<v>"), (4, "<v>"), (5, "<t>")):
            found = re.findall(rf'<c r="([A-Z]+){row}"(.*?{end})', self._sheet)
            ways.append([f'<c r="{column}{_NUMBER}"{rest}' for column, rest in found])
        return list(zip(*ways, strict=True))
