"""What a unit does with a form before it sends it back: cells filled in, rows and columns moved, saved anew."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import python_calamine as calamine
import xlsxwriter  # type: ignore[import-untyped]

from mrtrack.importers.answers.columns import MARK

Edits = Mapping[tuple[str, str], Any]
Grid = list[list[Any]]


def grids(content: bytes) -> dict[str, Grid]:
    """Every sheet of a workbook with its cells, the hidden ones too."""
    book = calamine.load_workbook(io.BytesIO(content))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in book.sheet_names
    }


def columns_of(grid: Grid) -> tuple[int, dict[str, int]]:
    """The hidden row of keys, and the place of each column."""
    number = next(number for number, row in enumerate(grid) if str(row[0]).startswith(MARK))
    return number, {str(key).removeprefix(MARK): place for place, key in enumerate(grid[number])}


def filled(content: bytes, edits: Edits, reshape: Callable[[Grid, int], Grid] | None = None) -> bytes:
    """The workbook with these cells filled, by ref and column, saved by another program.

    `reshape` gets the rows and the number of the first with an action.
    """
    sheets = grids(content)
    grid = sheets["Actions"]
    head, places = columns_of(grid)
    rows = {row[places["ref"]]: row for row in grid[head + 2 :]}
    for (ref, column), value in edits.items():
        rows[ref][places[column]] = value
    if reshape:
        sheets["Actions"] = reshape(grid, head + 2)
    return saved(sheets)


def saved(sheets: Mapping[str, Grid]) -> bytes:
    """A workbook with these cells and no formats but those of dates."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    day = book.add_format({"num_format": "d mmm yy"})
    for name, grid in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(grid):
            for place, value in enumerate(row):
                if isinstance(value, (date, datetime)):
                    sheet.write_datetime(number, place, value, day)
                elif isinstance(value, Formula):
                    sheet.write_formula(number, place, value.text, None, value.shows)
                elif value != "":
                    sheet.write(number, place, value)
    book.close()
    return out.getvalue()


class Formula:
    """A formula that a person wrote, and what it shows."""

    def __init__(self, text: str, shows: str) -> None:
        self.text, self.shows = text, shows


def filled_csv(content: bytes, edits: Edits, headings: Mapping[str, str], separator: str = ",") -> bytes:
    """The same of CSV; `headings` are those of the columns that are named by their keys."""
    rows = [list(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    head = rows[0]
    by_ref = {row[0]: row for row in rows[1:]}
    for (ref, column), value in edits.items():
        by_ref[ref][head.index(headings[column])] = str(value)
    return as_csv(rows, separator)


def as_csv(rows: Sequence[Sequence[str]], separator: str = ",") -> bytes:
    """Rows as CSV, as a spreadsheet program saves it."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8")
