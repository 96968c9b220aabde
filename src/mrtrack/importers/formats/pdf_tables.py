"""The ruled tables of one page of a PDF: what is printed in which cell; not how they go on over pages."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mrtrack.importers.formats.pdf_flow import Edges
from mrtrack.importers.formats.pdf_print import Char, Printed, printed_lines

if TYPE_CHECKING:
    from pdfplumber.page import Page as Sheet

Box = tuple[float, float, float, float]
_SAME = 3.0
_WIDEST_PADDING = 9.0


class Covered(Enum):
    """From where another cell covers a place."""

    FROM_ABOVE = "above"
    FROM_LEFT = "left"


@dataclass(slots=True)
class Slot:
    """A cell: where it is ruled, the lines printed in it, and whether another cell covers it."""

    box: Box
    lines: list[Printed] = field(default_factory=list)
    spanned: bool = False
    padding: float = 0.0

    @property
    def edges(self) -> Edges:
        """Between which edges the text of the cell is set."""
        return Edges(self.box[0] + self.padding, self.box[2] - self.padding)

    @property
    def text(self) -> str:
        """What is printed in the cell, for comparing."""
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Fragment:
    """A table as far as one page shows it; `columns` are the edges of its columns in points."""

    page: int
    box: Box
    slots: list[Slot]
    columns: list[float]

    def rows(self, columns: Sequence[float]) -> list[list[Slot]]:
        """The cells as rows over the given columns; the same covered cell stands wherever it covers."""
        heights = _distinct([edge for slot in self.slots for edge in (slot.box[1], slot.box[3])])
        return [
            [self._at((left + right) / 2, (top + bottom) / 2) for left, right in pairwise(columns)]
            for top, bottom in pairwise(heights)
        ]

    def _at(self, x: float, y: float) -> Slot:
        for slot in self.slots:
            if slot.box[0] <= x <= slot.box[2] and slot.box[1] <= y <= slot.box[3]:
                return slot
        return Slot((x, y, x, y))


def ruled_tables(
    sheet: "Sheet", chars: Sequence[Char], page: int, before: Box | None
) -> tuple[list[Fragment], list[Char]]:
    """The tables of a page from top to bottom, and the letters that stand in none.

    A box around text is no table: it needs two columns, or to be as wide as the table that ends the page
    before, whose box is given.
    """
    found: list[Any] = sheet.find_tables({"explicit_horizontal_lines": _open_ends(sheet)})
    fragments: list[Fragment] = []
    rest = list(chars)
    for table in sorted(found, key=lambda table: (table.bbox[1], table.bbox[0])):
        slots = [Slot(tuple(cell)) for cell in table.cells]
        columns = _distinct([edge for slot in slots for edge in (slot.box[0], slot.box[2])])
        goes_on = before and not fragments and _as_wide(before, table.bbox)
        if len(columns) < 3 and not goes_on:
            continue
        rest = _fill(slots, rest, page)
        if any(slot.lines for slot in slots):
            fragments.append(Fragment(page, table.bbox, slots, columns))
    return fragments, rest


def _as_wide(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) <= _SAME and abs(one[2] - other[2]) <= _SAME


def _fill(slots: Sequence[Slot], chars: Iterable[Char], page: int) -> list[Char]:
    """Put letters into the cells in which their middle lies; gives back the others."""
    tops = sorted(slots, key=lambda slot: slot.box[1])
    edges = [slot.box[1] for slot in tops]
    inside: dict[int, list[Char]] = defaultdict(list)
    rest = []
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        for slot in tops[: bisect_right(edges, y)]:
            if slot.box[0] <= x <= slot.box[2] and y <= slot.box[3]:
                inside[id(slot)].append(char)
                break
        else:
            rest.append(char)
    for slot in slots:
        slot.lines = printed_lines(inside[id(slot)], page)
    indents = [line.x0 - slot.box[0] for slot in slots for line in slot.lines]
    for slot in slots:
        slot.padding = max(0.0, min([*indents, _WIDEST_PADDING]))
    return rest


def _distinct(edges: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for edge in sorted(edges):
        if not kept or edge - kept[-1] > _SAME:
            kept.append(edge)
    return kept


def _open_ends(sheet: "Sheet") -> list[dict[str, Any]]:
    """Rules that close a table which the end of the page left open: upright rules end there, no level one."""
    upright = [edge for edge in sheet.edges if edge["orientation"] == "v" and edge["height"] > _SAME]
    level = [edge for edge in sheet.edges if edge["orientation"] == "h"]
    closing = []
    for side in ("top", "bottom"):
        ends: dict[int, list[Any]] = defaultdict(list)
        for edge in upright:
            ends[round(edge[side])].append(edge)
        for edges in ends.values():
            y = edges[0][side]
            left, right = min(edge["x0"] for edge in edges), max(edge["x0"] for edge in edges)
            if len(edges) > 2 and not any(
                abs(rule["top"] - y) <= _SAME and rule["x0"] < right and rule["x1"] > left for rule in level
            ):
                closing.append(_level_rule(left, right, y, sheet))
    return closing


def _level_rule(left: float, right: float, y: float, sheet: "Sheet") -> dict[str, Any]:
    return {
        "object_type": "line",
        "orientation": "h",
        "x0": left,
        "x1": right,
        "top": y,
        "bottom": y,
        "width": right - left,
        "height": 0,
        "doctop": y,
        "page_number": sheet.page_number,
    }
