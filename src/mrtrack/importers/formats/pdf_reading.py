"""From printed pages to reading order: paragraphs and headings as one line each, tables whole over pages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mrtrack.importers.formats.pdf_bands import page_bands
from mrtrack.importers.formats.pdf_flow import Edges, Habits, goes_on, joined, paragraphs
from mrtrack.importers.formats.pdf_pages import Sheet, Sheets
from mrtrack.importers.formats.pdf_print import Printed
from mrtrack.importers.formats.pdf_spread import Spread, same_columns, spread
from mrtrack.importers.formats.pdf_tables import Covered, Fragment

_HEADING = 1.15
_LONGEST_HEADING = 300
_NARROWEST = 0.6
_DEEPEST_MARGIN = 0.3
_LINES_LEFT_FREE = 4


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """A line as it is read, with the page and the height at which it begins."""

    text: str
    page: int
    top: float
    level: int = 0


Cells = list[list[list[Said] | Covered]]
Part = Sequence[Printed | Fragment]


def reading_order(sheets: Sheets) -> tuple[list[Said | Cells], list[tuple[Said, str]]]:
    """What the pages say in reading order, and what is set apart with the reason.

    A cell that another one covers is None.
    """
    body = _body_size(sheets)
    bands = page_bands(sheets, body)
    apart: list[tuple[Said, str]] = [
        (Said(line.text, line.page, line.top), why)
        for sheet in sheets
        for line in sheet.lines
        if (why := bands.get(id(line)))
    ]
    apart += [
        (Said(line.text, line.page, line.top), "printed at an angle, as a watermark is")
        for sheet in sheets
        for line in sheet.slanted
    ]
    kept = [[line for line in sheet.lines if id(line) not in bands] for sheet in sheets]
    by_width = {width: _edges(width, sheets, kept) for width in {round(sheet.width) for sheet in sheets}}
    edges = [by_width[round(sheet.width)] for sheet in sheets]
    habits, in_cells = Habits(), Habits()
    for sheet, lines, between in zip(sheets, kept, edges, strict=True):
        habits.learn(lines, between)
        for slot in (slot for table in sheet.tables for slot in table.slots):
            in_cells.learn(slot.lines, slot.edges)
    levels = _levels(kept, body)
    said: list[Said | Cells] = []
    last: Printed | None = None
    for part in _parts(sheets, kept, edges, habits):
        if isinstance(part[0], Fragment):
            table = spread([one for one in part if isinstance(one, Fragment)], in_cells)
            said.append(_cells(table, in_cells))
            apart += _heads(table, in_cells)
            last = None
            continue
        lines = [one for one in part if isinstance(one, Printed)]
        if last and (last.page != lines[0].page or habits.gap(last, lines[0])):
            said.append(Said("", last.page, last.bottom))
        last = lines[-1]
        said.append(_paragraph(lines, edges[lines[0].page - 1], habits, levels))
    return said, apart


def _body_size(sheets: Sheets) -> float:
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[round(line.size, 1)] += len(line.text)
    if not sizes:
        return 0.0
    return sizes.most_common(1)[0][0]


def _levels(pages: Iterable[Iterable[Printed]], body: float) -> dict[float, int]:
    """The level of headings by their size: the largest is 1."""
    sizes = sorted({round(line.size) for lines in pages for line in lines if line.size >= body * _HEADING})
    return {float(size): min(level, 3) for level, size in enumerate(reversed(sizes), start=1)}


def _edges(width: int, sheets: Sheets, kept: Sequence[Sequence[Printed]]) -> Edges:
    """The edges of the text on all pages of a width."""
    like = [(sheet, lines) for sheet, lines in zip(sheets, kept, strict=True) if round(sheet.width) == width]
    lines = [line for _, lines in like for line in lines]
    boxes = [table.box for sheet, _ in like for table in sheet.tables]
    if not lines and not boxes:
        return Edges(0, width)
    left = min([line.x0 for line in lines] + [box[0] for box in boxes])
    right = max([line.x1 for line in lines] + [box[2] for box in boxes])
    if right - left < _NARROWEST * width:
        margin = min(left, width - right)
        return Edges(margin, width - margin)
    return Edges(left, right)


def _parts(
    sheets: Sheets, kept: Sequence[Sequence[Printed]], edges: Sequence[Edges], habits: Habits
) -> list[Part]:
    """Paragraphs and tables in reading order, each whole over the pages it runs on."""
    parts: list[Part] = []
    free = [_free_below(sheet, lines) for sheet, lines in zip(sheets, kept, strict=True)]
    margin = min([_DEEPEST_MARGIN, *free])
    for sheet, lines, between in zip(sheets, kept, edges, strict=True):
        for fresh in _on_page(sheet, lines, between, habits):
            lowest = sheets[parts[-1][-1].page - 1].height * (1 - margin) if parts else 0
            if parts and _belongs(parts[-1], fresh, between, habits, lowest):
                parts[-1] = [*parts[-1], *fresh]
            else:
                parts.append(fresh)
    return parts


def _on_page(sheet: Sheet, lines: Sequence[Printed], edges: Edges, habits: Habits) -> list[Part]:
    parts: list[Part] = []
    tables = sorted(sheet.tables, key=lambda table: table.box[1])
    waiting = list(lines)
    for table in tables:
        above = [line for line in waiting if line.bottom <= table.box[1] + line.size]
        waiting = waiting[len(above) :]
        parts += paragraphs(above, edges, habits)
        parts.append([table])
    return parts + paragraphs(waiting, edges, habits)


def _free_below(sheet: Sheet, lines: Sequence[Printed]) -> float:
    """Which share of a page's height is free below its text."""
    lowest = max([line.bottom for line in lines] + [table.box[3] for table in sheet.tables], default=0)
    return 1 - lowest / sheet.height if sheet.height else 0.0


def _belongs(before: Part, fresh: Part, edges: Edges, habits: Habits, lowest: float) -> bool:
    """Whether what begins a page goes on with what ended the page before, where text may stand down to `lowest`."""
    last, first = before[-1], fresh[0]
    if isinstance(last, Fragment):
        return isinstance(first, Fragment) and first.page == last.page + 1 and bool(same_columns(last, first))
    if isinstance(first, Fragment) or first.page == last.page:
        return False
    at_end = last.bottom > lowest - _LINES_LEFT_FREE * habits.step(last)
    return at_end and goes_on(last, first, edges, habits)


def _paragraph(lines: Sequence[Printed], edges: Edges, habits: Habits, levels: dict[float, int]) -> Said:
    text = joined(lines, edges, habits)
    level = levels.get(float(round(lines[0].size)), 0) if len(text) <= _LONGEST_HEADING else 0
    return Said(text, lines[0].page, lines[0].top, level)


def _cells(table: Spread, habits: Habits) -> Cells:
    return [
        [
            slot
            if isinstance(slot, Covered)
            else [
                Said(joined(lines, slot.edges, habits), lines[0].page, lines[0].top)
                for lines in paragraphs(slot.lines, slot.edges, habits)
            ]
            for slot in row
        ]
        for row in table.own_slots
    ]


def _heads(table: Spread, habits: Habits) -> list[tuple[Said, str]]:
    return [
        (
            Said(joined(lines, slot.edges, habits), lines[0].page, slot.box[1]),
            f"the head of the table, printed again on page {page}",
        )
        for slot, page in table.heads
        for lines in paragraphs(slot.lines, slot.edges, habits)
    ]
