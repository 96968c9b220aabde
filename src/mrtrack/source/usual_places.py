"""Where things stand in a text that is laid out as usual, looked up in the text itself: building its tree takes longer.

What belongs to a block stands further in than the block, prose too; so between the beginning of a block and one of its
keys, no other line has that key in that column.
"""

import re
from typing import Any

from mrtrack.model.shape import Path
from mrtrack.source.tree import Position, data_at

_SPACE = re.compile(r"\s*")


def usual_place(text: str, data: Any, path: Path, *, at_key: bool) -> tuple[Position, int] | None:  # noqa: ANN401 - data of any form
    """The place and the width of the value (or the key) at a path, as `places.place_of` tells them.

    `data` is that of the text. None where nothing stands at the path, or where it stands within brackets.
    """
    if not path or data_at(data, path) is None:
        return None
    begun = column = here = width = 0
    written = ""
    for step in path:
        if written:
            return None
        here = _line_of(text, step, begun, column)
        width = len(str(step)) if isinstance(step, str) else 0
        colon = here + width
        written = text[colon + 1 : text.index("\n", colon)].strip()
        data = data[step]
        if isinstance(step, int) and isinstance(data, dict):
            written, begun, column = "", here + len("- "), column + len("- ")
        elif not written:
            begun = _after_space(text, colon + 1)
            column = _position(text, begun)[1]
    if at_key and width:
        return _position(text, here), width
    if written:
        return _position(text, colon + 2), 1 if written == "|" else len(written)
    return _position(text, begun), len(next(iter(data))) if isinstance(data, dict) else 1


def _line_of(text: str, step: str | int, begun: int, column: int) -> int:
    """Where a key, or the dash of an item, stands in the block that begins at `begun`, in a column."""
    margin = "\n" + " " * column
    if isinstance(step, str):
        key = f"{step}:"
        return begun if text.startswith(key, begun) else text.index(margin + key, begun) + len(margin)
    for _ in range(step):
        begun = text.index(f"{margin}- ", begun) + len(margin)
    return begun


def _after_space(text: str, begun: int) -> int:
    space = _SPACE.match(text, begun)
    return space.end() if space else begun


def _position(text: str, offset: int) -> Position:
    return text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset) - 1
