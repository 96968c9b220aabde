"""A text with its layout put right: quotes, spaces at line ends, the order of keys; what it says stays."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from mrtrack.edit.layout import on_one_line
from mrtrack.edit.sheet import Sheet
from mrtrack.model.shape import Keys, Path, shape_at
from mrtrack.source.reader import split_lines
from mrtrack.source.tree import Mapping, Node, Pair, Position, Scalar, find, walk

_COMMENT = re.compile(r"(?:^|\s)(#.*)$")
_BLOCKS = ("|", ">")


def quoted(text: str, tree: Node, paths: Iterable[Path]) -> str:
    """The text with the unquoted values at these paths put in quotes; each stands on one line."""
    lines = text.split("\n")
    nodes = [(path, find(tree, path)) for path in paths]
    for path, node in sorted(nodes, key=lambda one: one[1].start if one[1] else (0, 0), reverse=True):
        if isinstance(node, Scalar) and node.start[0] == node.end[0]:
            number, column = node.start
            inside = on_one_line(node.value, shape_at(path), '"')
            lines[number] = lines[number][:column] + inside + lines[number][node.end[1] :]
    return "\n".join(lines)


def trailing_spaces(text: str, tree: Node) -> list[int]:
    """The lines, counted from 0, that end in spaces or tabs which belong to no text of the record."""
    kept: set[int] = set()
    for scalar in _scalars(tree):
        kept.update(_lines_inside(scalar))
    lines = split_lines(text)
    return [number for number, line in enumerate(lines) if line != line.rstrip(" \t") and number not in kept]


def without_trailing_spaces(text: str, lines: Iterable[int]) -> str:
    """The text with the spaces and tabs at the ends of these lines taken away."""
    meant = set(lines)
    every = enumerate(text.split("\n"))
    return "\n".join(line.rstrip(" \t") if number in meant else line for number, line in every)


def in_order(text: str, tree: Node, paths: Iterable[Path]) -> str:
    """The text with the keys of the blocks at these paths in the order of the record's shape.

    Each key takes the lines with it that stand between it and the key above, such as its comments.
    """
    sheet = Sheet(text, tree)
    blocks = [(path, node) for path in paths if isinstance(node := find(tree, path), Mapping)]
    lines = text.split("\n")
    for path, block in sorted(blocks, key=lambda one: (one[1].start, len(one[0])), reverse=True):
        shape = shape_at(path)
        order = list(shape.keys) if isinstance(shape, Keys) else []
        if not set(block.pairs) <= set(order):
            continue
        names = sorted(block.pairs, key=order.index)
        if block.flow:
            _order_in_braces(lines, block, names)
        else:
            _order_lines(lines, sheet, block, names, nested=bool(path))
    return "\n".join(lines)


def comments(text: str, tree: Node) -> Counter[str]:
    """The comments of a text, each as often as it stands there."""
    lines = split_lines(text)
    for scalar in _scalars(tree):
        for number in _lines_inside(scalar):
            if number != scalar.start[0]:
                lines[number] = ""
        first, last = scalar.start, scalar.end
        if scalar.style in _BLOCKS:
            continue
        if first[0] == last[0]:
            lines[first[0]] = _blanked(lines[first[0]], first[1], last[1])
        else:
            lines[first[0]] = _blanked(lines[first[0]], first[1], len(lines[first[0]]))
            lines[last[0]] = _blanked(lines[last[0]], 0, last[1])
    return Counter(found[1].rstrip() for line in lines if (found := _COMMENT.search(line)))


def _blanked(line: str, start: int, end: int) -> str:
    return line[:start] + "x" * (end - start) + line[end:]


def _scalars(tree: Node) -> Iterator[Scalar]:
    for _, node in walk(tree):
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Mapping):
            yield from (pair.key for pair in node.pairs.values())


def _lines_inside(scalar: Scalar) -> range:
    """The lines whose ends are inside a text of several lines."""
    first, last = scalar.start[0], scalar.end[0]
    if scalar.style in _BLOCKS:
        return range(first + 1, last + 1 if scalar.end[1] else last)
    return range(first, last)


def _order_in_braces(lines: list[str], block: Mapping, names: list[str]) -> None:
    """Exchange the keys within braces; what stands between them, commas and comments, stays."""
    first, last = block.start[0], block.end[0]
    text = "\n".join(lines[first : last + 1])

    def offset(position: Position) -> int:
        return sum(len(line) + 1 for line in lines[first : position[0]]) + position[1]

    def span(pair: Pair) -> tuple[int, int]:
        return offset(pair.key.start), offset(max(pair.key.end, pair.value.end))

    spans = [span(pair) for pair in block.pairs.values()]
    changed = text[: spans[0][0]]
    for nth, (start, end) in enumerate(span(block.pairs[name]) for name in names):
        after = spans[nth + 1][0] if nth + 1 < len(spans) else len(text)
        changed += text[start:end] + text[spans[nth][1] : after]
    lines[first : last + 1] = changed.split("\n")


def _order_lines(lines: list[str], sheet: Sheet, block: Mapping, names: list[str], *, nested: bool) -> None:
    column = block.start[1]
    own_line = sheet.begins_its_line(block.start)
    first = _with_comments_above(sheet, block.start) if nested and own_line else block.start[0]
    start = first
    pieces: dict[str, list[str]] = {}
    at: dict[str, int] = {}
    for name, (key, value) in block.pairs.items():
        after = sheet.with_comments(max(key.end[0], sheet.last_line(value)), column) + 1
        pieces[name], at[name] = lines[start:after], key.start[0] - start
        start = after
    if not own_line:
        before, old, new = lines[first][:column], pieces[next(iter(pieces))], pieces[names[0]]
        old[0] = " " * column + old[0][column:]
        new[at[names[0]]] = before + new[at[names[0]]][column:]
    lines[first:start] = [line for name in names for line in pieces[name]]


def _with_comments_above(sheet: Sheet, start: Position) -> int:
    line, column = start
    while (
        line and sheet.lines[line - 1][:column].isspace() and sheet.lines[line - 1][column:].startswith("#")
    ):
        line -= 1
    return line
