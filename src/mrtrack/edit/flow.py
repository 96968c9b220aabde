"""Splices inside brackets and braces: a key or an item comes, changes or goes within its line."""

from mrtrack.edit.sheet import Sheet
from mrtrack.source.tree import Mapping, Pair, Position, Scalar, Sequence

Span = tuple[Position, Position]


def add(sheet: Sheet, block: Mapping | Sequence, index: int, piece: str) -> str:
    """The text with a piece (`key: value`, or an item) put before the one that has this position now."""
    spans = _spans(block)
    if index == 0:
        return sheet.replace(spans[0][0], spans[0][0], f"{piece}, ")
    end = spans[index - 1][1]
    return sheet.replace(end, end, f", {piece}")


def remove(sheet: Sheet, block: Mapping | Sequence, index: int) -> str:
    """The text without the piece at this position, and without one comma beside it."""
    spans = _spans(block)
    if index == len(spans) - 1:
        return sheet.replace(spans[index - 1][1], spans[index][1], "")
    return sheet.replace(spans[index][0], spans[index + 1][0], "")


def set_value(sheet: Sheet, pair: Pair, text: str) -> str:
    """The text with the value of a key replaced; a key that stood alone is given its colon."""
    key, value = pair
    if isinstance(value, Scalar) and value.start == value.end:
        colon = sheet.colon(key)
        return sheet.replace(colon or key.end, colon or key.end, f" {text}" if colon else f": {text}")
    return sheet.replace(value.start, value.end, text)


def _spans(block: Mapping | Sequence) -> list[Span]:
    if isinstance(block, Mapping):
        return [(key.start, value.end) for key, value in block.pairs.values()]
    return [(item.start, item.end) for item in block.items]
