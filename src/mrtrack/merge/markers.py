"""Conflicts as a person finds them in the file: markers around just the lines of the item, each side's between them."""

from collections.abc import Iterable
from typing import NamedTuple

from mrtrack.edit.sheet import Sheet
from mrtrack.merge.lines import moved, sheet_of
from mrtrack.merge.values import Route, path_to
from mrtrack.model.shape import Path
from mrtrack.source.reader import Reading
from mrtrack.source.tree import Mapping, Sequence, find


class Span(NamedTuple):
    """The lines of a key or an item, up to, not including, `after`; and the column in which they begin."""

    first: int
    after: int
    column: int


class Half(NamedTuple):
    """One conflict in the merged text: the lines there, whether they are ours, and the lines of theirs."""

    span: Span
    is_ours: bool
    theirs: list[str]


def marked(merged: Reading, ours: Reading, theirs: Reading, routes: Iterable[Route], size: int) -> str:
    """The merged text with markers around each of these places, `size` signs long.

    A place that shares its lines with others is marked together with them.

    Raises:
        EditRefused: where the lines of the two sides do not fit together.
    """
    sheet, other = sheet_of(merged.text), sheet_of(theirs.text)
    halves: dict[Span, Half] = {}
    for route in routes:
        half = _half(sheet, other, (merged, ours, theirs), route)
        halves[half.span] = half
    spans = sorted(halves)
    outer = [
        span
        for span in spans
        if not any(one != span and one.first <= span.first and span.after <= one.after for one in spans)
    ]
    text = sheet.text
    for span in reversed(outer):
        here, there = sheet.lines[span.first : span.after], halves[span].theirs
        lines = [
            f"{'<' * size} ours",
            *(here if halves[span].is_ours else []),
            "=" * size,
            *there,
            f"{'>' * size} theirs",
        ]
        text = Sheet(text, sheet.tree).replace_lines(span.first, span.after, lines)
    return text


def _half(sheet: Sheet, other: Sheet, readings: tuple[Reading, Reading, Reading], route: Route) -> Half:
    merged, ours, theirs = readings
    while True:
        here, there = (path_to(one.data, route) for one in (merged, theirs))
        span = None if here is None else _span(sheet, here)
        opposite = None if there is None else _span(other, there)
        if span and (opposite or there is None):
            break
        route = route[:-1]
    lines = other.lines[opposite.first : opposite.after] if opposite else []
    column = span.column - opposite.column if opposite else 0
    return Half(span, path_to(ours.data, route) is not None, [moved(line, column) for line in lines])


def _span(sheet: Sheet, path: Path) -> Span | None:
    """The lines that hold a place and nothing else; None where there are none such."""
    if not path:
        return Span(0, len(sheet.lines) - (not sheet.lines[-1]), 0)
    block, step = find(sheet.tree, path[:-1]), path[-1]
    if isinstance(block, Mapping) and not block.flow:
        key, value = block.pairs[str(step)]
        start, last = key.start, max(key.end[0], sheet.last_line(value))
    elif isinstance(block, Sequence) and not block.flow:
        start, last = sheet.dash(block, int(step)), sheet.last_line(block.items[int(step)])
    else:
        return None
    return Span(start[0], last + 1, start[1]) if sheet.begins_its_line(start) else None
