"""The rows of one sheet of a workbook (.xlsx, .xls, .ods), each cell as the text that people see there.

Formats that hide digits (a percentage, a rounded number) are not followed: the number itself is given.
"""

import datetime as dt
import io
import re
import zipfile
import zlib

from mrtrack.edit.refusal import Refused
from mrtrack.importers.tables.delimited import Rows

BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

_LARGEST = 300_000_000
_MOST_CELLS = 10_000_000
_FILLED_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\sr=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*(?<!/)>""")
_ONLY_CELLS = "delete what stands far below or far to the right of it, and save it again"
_SAVE_AGAIN = "open it in a spreadsheet and save it again as .xlsx, or save the sheet as CSV"

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def is_workbook(content: bytes) -> bool:
    """Whether a file begins as workbooks do."""
    return content.startswith(BEGINNINGS)


def read_workbook(content: bytes, name: str, sheet: str | None = None) -> Rows:
    """The rows of the sheet of this name, else of the first that is not hidden.

    Raises:
        Refused: where the workbook is damaged or protected by a password, is none, or has no such sheet.
    """
    try:
        import python_calamine as calamine  # noqa: PLC0415 - heavy, and only this format needs it
    except ImportError:
        hint = 'install it with: pip install "mrtrack[excel]"; or save the sheet as CSV'
        raise Refused(f"{name} is a workbook, and what reads workbooks is not installed", hint) from None
    _see_to_size(content, name)
    try:
        book = calamine.load_workbook(io.BytesIO(content))
        names = [one.name for one in book.sheets_metadata if one.typ is calamine.SheetTypeEnum.WorkSheet]
        hidden = {
            one.name for one in book.sheets_metadata if one.visible is not calamine.SheetVisibleEnum.Visible
        }
        chosen = _chosen(names, hidden, name, sheet)
        found = book.get_sheet_by_name(chosen)
        rows = found.to_python(skip_empty_area=False)
        merged = found.merged_cell_ranges or []
    except calamine.PasswordError:
        hint = "open it in a spreadsheet, take the password off, and save it again"
        raise Refused(f"{name} is protected by a password", hint) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise Refused(f"{name} is no workbook that can be read, or it is damaged", _SAVE_AGAIN) from None
    others = [f"“{one}”" + (" (hidden)" if one in hidden else "") for one in names if one != chosen]
    notes = [f"only the sheet “{chosen}” was read; there are also {', '.join(others)}"] if others else []
    covered = {
        (row, first[1]) for first, last in merged for row in range(first[0] + 1, min(last[0] + 1, len(rows)))
    }
    return Rows(tuple(tuple(map(shown, row)) for row in rows), tuple(notes), frozenset(covered))


def shown(value: Value) -> str:
    """A value as a spreadsheet shows it: 1.0 as 1, a day at midnight as the day."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return f"{value:.15g}"
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(" ", "seconds")
        case _:
            return str(value)


def _chosen(names: list[str], hidden: set[str], name: str, sheet: str | None) -> str:
    listed = ", ".join(f"“{one}”" for one in names)
    if not names:
        raise Refused(f"{name} has no sheet with cells", _SAVE_AGAIN)
    if sheet is None:
        return next((one for one in names if one not in hidden), names[0])
    if sheet not in names:
        raise Refused(f"{name} has no sheet “{sheet}”", f"there are: {listed}")
    return sheet


def _see_to_size(content: bytes, name: str) -> None:
    """Refuse what would not fit the memory, before it is unpacked: the reader ends the program there."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > _LARGEST:
                hint = "save the one sheet that is wanted as CSV, and import that"
                raise Refused(f"{name} unpacks to {size // 1_000_000} MB, more than a table needs", hint)
            sheets = [entry for entry in archive.namelist() if entry.startswith("xl/worksheets/")]
            if any(_area(archive.read(entry)) > _MOST_CELLS for entry in sheets):
                raise Refused(f"a sheet of {name} is too wide and too long for a table", _ONLY_CELLS)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
        raise Refused(f"{name} is a damaged workbook", _SAVE_AGAIN) from None


def _area(sheet: bytes) -> int:
    """How many cells lie between the first and the last that hold something."""
    columns = {found[1] for found in _FILLED_CELL.finditer(sheet)}
    rows = [int(found[2]) for found in _FILLED_CELL.finditer(sheet)]
    places = [_column(letters) for letters in columns]
    return (max(rows) - min(rows) + 1) * (max(places) - min(places) + 1) if rows else 0


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place
