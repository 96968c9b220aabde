"""Page headers and footers: text that stands at the same place of several pages, outside the text itself."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Literal

from mrtrack.importers.formats.pdf_pages import Sheet
from mrtrack.importers.formats.pdf_print import Printed

Band = Literal["page header", "page footer"]
_BAND = 0.15
_DRIFT = 3.0
_LARGER = 1.15


def page_bands(sheets: Sequence[Sheet], body_size: float) -> dict[int, Band]:
    """The headers and footers among the lines of pages, by the line's `id`.

    `body_size` is the size of letters that most of the text has: larger ones are a heading.
    """
    places: dict[tuple[Band, str], list[tuple[Printed, float]]] = defaultdict(list)
    for sheet in sheets:
        for line in sheet.lines:
            band = _band(line, sheet)
            if band and line.size < body_size * _LARGER:
                words = re.sub(r"[0-9]+", "#", line.text)
                places[band, words].append((line, _from_edge(band, line.top, line.bottom, sheet)))
    repeated: dict[int, tuple[Band, set[int]]] = {}
    for (band, _), lines in places.items():
        for line, distance in lines:
            pages = {
                other.page for other, place in lines if abs(place - distance) < _DRIFT and _alike(line, other)
            }
            if len(pages) > 1:
                repeated[id(line)] = band, {page % 2 for page in pages}
    return _outside_the_text(repeated, sheets)


def _band(line: Printed, sheet: Sheet) -> Band | None:
    if line.bottom < sheet.height * _BAND:
        return "page header"
    return "page footer" if line.top > sheet.height * (1 - _BAND) else None


def _from_edge(band: Band, top: float, bottom: float, sheet: Sheet) -> float:
    """How far the far side of something stands from the edge of the page."""
    return bottom if band == "page header" else sheet.height - top


def _alike(line: Printed, other: Printed) -> bool:
    """Whether two texts are equal, or differ in the number of the page alone."""
    mine, theirs = re.findall(r"[0-9]+", line.text), re.findall(r"[0-9]+", other.text)
    shift = other.page - line.page
    return all(one == two or int(two) - int(one) == shift for one, two in zip(mine, theirs, strict=True))


def _outside_the_text(repeated: dict[int, tuple[Band, set[int]]], sheets: Sequence[Sheet]) -> dict[int, Band]:
    """Only what stands nearer to the edge than the text of any page; the first page may begin higher.

    Left and right pages may differ: what stands on one kind of pages is compared with those alone.
    """
    kept: dict[int, Band] = {}
    bands: tuple[Band, ...] = ("page header", "page footer")
    for band in bands:
        nearest = {0: float("inf"), 1: float("inf")}
        for sheet in sheets[1:]:
            text = _text_from_edge(band, repeated, sheet)
            nearest[sheet.number % 2] = min(nearest[sheet.number % 2], text)
        for sheet in sheets:
            for line in sheet.lines if band == "page header" else sheet.lines[::-1]:
                here, sides = repeated.get(id(line), ("", set()))
                if here != band:
                    break
                if _from_edge(band, line.top, line.bottom, sheet) <= min(nearest[side] for side in sides) + 1:
                    kept[id(line)] = band
    return kept


def _text_from_edge(band: Band, repeated: Collection[int], sheet: Sheet) -> float:
    """How far from the edge the text of a page begins."""
    top = band == "page header"
    lines = [
        line.top if top else sheet.height - line.bottom for line in sheet.lines if id(line) not in repeated
    ]
    tables = [table.box[1] if top else sheet.height - table.box[3] for table in sheet.tables]
    return min(lines + tables, default=float("inf"))
