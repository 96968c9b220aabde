"""How the cells of a workbook look: formats by name, and the height of a row for its texts."""

from collections.abc import Mapping
from typing import Any

from mrtrack.importers.answers.columns import Column

_INK = "#1F2A37"
_GREY = "#F3F4F6"
_LINE = "#C9CED6"
_YELLOW = "#FFF9DB"
_NAVY = "#23415F"
_AMBER = "#8A6100"
_RED = "#B42318"

_BASE: dict[str, Any] = {"font_size": 10, "font_color": _INK, "valign": "top"}
_CELL = {**_BASE, "text_wrap": True, "border": 1, "border_color": _LINE, "num_format": "@"}
_CONTEXT = {**_CELL, "bg_color": _GREY, "locked": True}
_ANSWER = {**_CELL, "bg_color": _YELLOW, "locked": False, "num_format": "General"}
_DATED = {**_ANSWER, "num_format": "dd/mm/yyyy", "align": "left"}
_HEADING = {
    **_BASE,
    "bold": True,
    "font_color": "#FFFFFF",
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": "#FFFFFF",
}
_BAND = {**_BASE, "bold": True, "valign": "vcenter"}
_MARKED = {"bg_color": "#FDE2DF", "border": 2, "border_color": _RED}

LOOKS: Mapping[str, dict[str, Any]] = {
    "title": {**_BASE, "font_size": 16, "bold": True, "font_color": _NAVY, "valign": "vcenter"},
    "summary": {**_BASE, "font_size": 11, "font_color": "#4B5563"},
    "context band": {**_BAND, "font_color": _NAVY, "bottom": 2, "bottom_color": _NAVY},
    "answer band": {**_BAND, "font_color": _AMBER, "bottom": 2, "bottom_color": _AMBER},
    "context heading": {**_HEADING, "bg_color": _NAVY},
    "answer heading": {**_HEADING, "bg_color": _AMBER},
    "reasons heading": {**_HEADING, "bg_color": _RED},
    "context": _CONTEXT,
    "context marked": {**_CONTEXT, **_MARKED},
    "ref": {**_CONTEXT, "bold": True},
    "ref marked": {**_CONTEXT, "bold": True, **_MARKED},
    "overdue": {**_CONTEXT, "font_color": _RED, "bold": True},
    "overdue marked": {**_CONTEXT, "font_color": _RED, "bold": True, **_MARKED},
    "answer": _ANSWER,
    "answer marked": {**_ANSWER, **_MARKED},
    "dated": _DATED,
    "dated marked": {**_DATED, **_MARKED},
    "reasons": {**_CONTEXT, "font_color": _RED},
    "help heading": {**_BASE, "font_size": 14, "bold": True, "font_color": _NAVY, "valign": "vcenter"},
    "help name": {**_BASE, "font_size": 11, "bold": True, "text_wrap": True},
    "help": {**_BASE, "font_size": 11, "text_wrap": True},
}

_LINE_POINTS = 13.4
_LEAST_LINES = 3
_MOST_POINTS = 400.0


def height_of(texts: Mapping[Column, str]) -> float:
    """The height in points at which a row shows all its texts, up to what a spreadsheet allows."""
    lines = max((_lines(text, column.width) for column, text in texts.items()), default=1)
    return min(_MOST_POINTS, max(_LEAST_LINES, lines) * _LINE_POINTS + 4)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, words kept whole."""
    total = 0
    for line in text.split("\n"):
        room, used = int(width * 1.15), 0
        total += 1
        for word in line.split(" "):
            if used and used + 1 + len(word) > room:
                total, used = total + 1, len(word)
            else:
                used += len(word) + (1 if used else 0)
            total, used = total + used // (room + 1), used % (room + 1)
    return total
