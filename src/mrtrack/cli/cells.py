"""How much room a text takes in columns of the terminal, in any script."""

import re

_ONE_COLUMN_EACH = re.compile(
    "[\x20-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2200-\u22ff\u2500-\u25a9]*"
)


def cell_len(text: str) -> int:
    """The columns that a text takes."""
    if _ONE_COLUMN_EACH.fullmatch(text):
        return len(text)
    from rich import cells

    return cells.cell_len(text)


def cut(text: str, width: int) -> str:
    """The longest beginning of a text that fits into so many columns."""
    if _ONE_COLUMN_EACH.fullmatch(text):
        return text[:width]
    some = text[:width]
    while cell_len(some) > width:
        some = some[:-1]
    for sign in text[len(some) :]:
        if cell_len(some + sign) > width:
            break
        some += sign
    return some


def clipped(text: str, width: int) -> str:
    """A text cut at a width in columns of the terminal, with … where something was cut."""
    return text if cell_len(text) <= width else cut(text, max(0, width - 1)).rstrip() + "…"
