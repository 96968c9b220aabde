"""Cells of a table as they are written, laid out on the grid that a reader sees; no knowledge of any format."""

from collections.abc import Sequence
from dataclasses import dataclass

from mrtrack.importers.page import Cell, Line, Table

_WIDEST = 1_000
_MOST_FOR_EACH_CELL = 20
_FROM_LEFT = Cell(spanned=True)
_FROM_ABOVE = Cell(spanned=True, from_above=True)
_NONE = Cell()


@dataclass(frozen=True, slots=True)
class Written:
    """A cell as it is written: its lines, and over how many columns and rows it goes (0 rows: to the end)."""

    lines: tuple[Line, ...]
    columns: int = 1
    rows: int = 1


def ruled(rows: Sequence[Sequence[Written]]) -> Table | None:
    """The table that rows of cells make up; None where so few cells claim so much space that it is none."""
    most = _MOST_FOR_EACH_CELL * sum(map(len, rows)) + _MOST_FOR_EACH_CELL
    covered: dict[int, int] = {}
    grid: list[list[Cell]] = []
    size = 0
    for index, row in enumerate(rows):
        laid = _laid(row, covered, len(rows) - index, most - size)
        size += len(laid or ())
        if laid is None or size > most:
            return None
        grid.append(laid)
    width = max(map(len, grid), default=0)
    if width * len(grid) > most:
        return None
    return Table(tuple((*row, *[_NONE] * (width - len(row))) for row in grid))


def _laid(row: Sequence[Written], covered: dict[int, int], left: int, most: int) -> list[Cell] | None:
    """One row on the grid; `covered` says how many more rows each column is covered for, and is brought up."""
    laid: list[Cell] = []

    def cover() -> bool:
        """Whether the next place belongs to a cell of a row above."""
        more = covered.pop(len(laid), 0)
        if more > 1:
            covered[len(laid)] = more - 1
        return more > 0

    for cell in row:
        while cover():
            laid.append(_FROM_ABOVE)
        rows = min(cell.rows or left, left)
        for nth in range(min(max(cell.columns, 1), _WIDEST)):
            cover()
            if rows > 1:
                covered[len(laid)] = rows - 1
            laid.append(_FROM_LEFT if nth else Cell(cell.lines))
        if len(laid) > most:
            return None
    last = max(covered, default=-1)
    while len(laid) <= last:
        laid.append(_FROM_ABOVE if cover() else _NONE)
    return laid
