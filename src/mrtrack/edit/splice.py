"""A change of a record as a splice of its text: only the lines that change are touched.

The places come from `mrtrack.edit.sheet`, the new lines from `mrtrack.edit.layout`.
"""

from collections.abc import Iterable
from typing import cast

from mrtrack.edit import flow
from mrtrack.edit.layout import (
    Indent,
    below,
    in_flow,
    lay_out,
    lay_out_item,
    lay_out_keys,
    on_one_line,
    stands_in_flow,
)
from mrtrack.edit.operations import Append, Data, EditRefused, Operation, Remove, ground, place
from mrtrack.edit.sheet import Sheet
from mrtrack.model.shape import Items, Path, Shape, shape_at
from mrtrack.problems import is_error
from mrtrack.source.reader import USUAL_LIMITS, Reading
from mrtrack.source.tree import Mapping, Node, Pair, Position, Scalar, Sequence, find, plain
from mrtrack.source.usual import read_usual
from mrtrack.source.usual_tree import usual_tree

_DEPTH = 200


def splice(reading: Reading, operations: Iterable[Operation]) -> str:
    """The text of a record after the operations, made one after the other.

    Raises:
        EditRefused: where a path leads nowhere, and where the text is written so that it cannot be spliced.
    """
    _demand_soundness(reading)
    text = reading.text
    for operation in operations:
        sheet = Sheet(text, _tree(text))
        text = _spliced(sheet, ground(plain(sheet.tree), operation))
    return text


def _demand_soundness(reading: Reading) -> None:
    """Refuse a text whose tree leaves something out; errors of shape (S…) leave the positions as they are."""
    for problem in reading.problems:
        if is_error(problem) and (reading.tree is None or not problem.code.startswith("S")):
            raise EditRefused(
                (), f"line {problem.line} needs repair before a change: {problem.message}", problem.hint
            )


def _tree(text: str) -> Node:
    if usual := read_usual(text, USUAL_LIMITS):
        return usual_tree(text, usual)
    from mrtrack.source.building import Unbuildable, build  # noqa: PLC0415 - few texts need libyaml

    try:
        tree = build(text, _ignore, _DEPTH)
    except Unbuildable:
        tree = None
    if tree is None:
        raise EditRefused((), "the changed text would be no YAML any more", "change the file in an editor")
    return tree


def _ignore(*_: object) -> None:
    """What is wrong with a text is found when the result is verified."""


def _spliced(sheet: Sheet, operation: Operation) -> str:
    path = operation.path
    if isinstance(operation, Append):
        return _append(sheet, path, operation.item)
    if not path:
        raise EditRefused(path, "a whole record is not replaced by a change of it", "write a new file")
    step = path[-1]
    # Grounded, an operation has a block above it, and the step is of the kind that the block has.
    block = cast("Mapping | Sequence", find(sheet.tree, path[:-1]))
    if isinstance(operation, Remove):
        return _remove(sheet, block, step)
    if isinstance(block, Sequence):
        return _set_item(sheet, path, block, int(step), operation.value)
    if step in block.pairs:
        return _set_value(sheet, path, block, operation.value)
    return _add_key(sheet, path, block, operation.value)


def _set_value(sheet: Sheet, path: Path, block: Mapping, value: Data) -> str:
    pair, shape = block.pairs[str(path[-1])], _shape(path)
    old = pair.value
    flows = block.flow or stands_in_flow(pair.key.value, shape)
    text = _in_place(sheet, old, value, shape, flows=flows, around=block)
    if text is not None:
        return sheet.replace(old.start, old.end, text)
    if block.flow:
        return flow.set_value(sheet, pair, in_flow(value, shape))
    colon, column = _colon(sheet, path, pair), pair.key.start[1]
    first, *others = [in_flow(value, shape)] if flows else lay_out(value, shape, column, sheet.indent)
    comment = sheet.comment_of(old, colon)
    if comment and not others and isinstance(value, str):
        first = on_one_line(value, shape, None, commented=True)
    head = sheet.lines[colon[0]][: colon[1]] + (f" {first}" if first else "")
    return _replace(sheet, old, colon[0], column, [head + comment, *others])


def _set_item(sheet: Sheet, path: Path, block: Sequence, index: int, value: Data) -> str:
    old, shape = block.items[index], _shape(path)
    text = _in_place(sheet, old, value, shape, flows=block.flow, around=block)
    if text is not None:
        return sheet.replace(old.start, old.end, text)
    if block.flow:
        return sheet.replace(old.start, old.end, in_flow(value, shape))
    line, column = sheet.dash(block, index)
    first, *others = lay_out_item(value, shape, column, _indent_of(sheet, block))
    first = sheet.lines[line][:column] + first[column:]
    return _replace(sheet, old, line, column, [first, *others])


def _add_key(sheet: Sheet, path: Path, block: Mapping, value: Data) -> str:
    key, shape, keys = str(path[-1]), shape_at(path[:-1]), list(block.pairs)
    index = place(keys, key, shape)
    if block.flow:
        piece = in_flow({key: value}, shape).removeprefix("{").removesuffix("}")
        return flow.add(sheet, block, index, piece)
    start = block.start
    lines = lay_out_keys({key: value}, shape, start[1], sheet.indent)
    if index == 0 and sheet.begins_its_line(start):
        return sheet.replace_lines(start[0], start[0], lines)
    index = max(index, 1)
    above = block.pairs[keys[index - 1]]
    around = start[1] if index < len(keys) else sheet.column_around(path[:-1])
    after = sheet.with_comments(max(above.key.end[0], sheet.last_line(above.value)), around) + 1
    return sheet.replace_lines(after, after, lines)


def _append(sheet: Sheet, path: Path, item: Data) -> str:
    block, shape = cast("Sequence", find(sheet.tree, path)), _shape((*path, 0))
    if block.flow:
        return flow.add(sheet, block, len(block.items), in_flow(item, shape))
    lines = lay_out_item(item, shape, block.start[1], _indent_of(sheet, block))
    after = sheet.with_comments(sheet.last_line(block), sheet.column_around(path)) + 1
    return sheet.replace_lines(after, after, lines)


def _remove(sheet: Sheet, block: Mapping | Sequence, step: str | int) -> str:
    if isinstance(block, Mapping):
        index = list(block.pairs).index(str(step))
        starts = [pair.key.start for pair in block.pairs.values()]
        value = block.pairs[str(step)].value
    else:
        index = int(step)
        starts = [] if block.flow else [sheet.dash(block, number) for number in range(len(block.items))]
        value = block.items[index]
    if block.flow:
        return flow.remove(sheet, block, index)
    start = starts[index]
    after = sheet.with_comments(max(start[0], sheet.last_line(value)), start[1]) + 1
    if sheet.begins_its_line(start):
        return sheet.replace_lines(start[0], after, [])
    following = starts[index + 1]
    if any(sheet.lines[after : following[0]]):
        return sheet.replace_lines(start[0], after, [sheet.lines[start[0]][: start[1]].rstrip()])
    return sheet.replace(start, following, "")


def _in_place(
    sheet: Sheet, old: Node, value: Data, shape: Shape | None, *, flows: bool, around: Mapping | Sequence
) -> str | None:
    """The new value as it replaces the old one within its line; None where it needs lines of its own."""
    if old.start == old.end or old.start[0] != old.end[0]:
        return None
    if not isinstance(old, Scalar):
        return in_flow(value, shape) if flows and old.flow else None
    if old.style in ("|", ">") or not (value is None or isinstance(value, str)):
        return None
    text = None if value is None else value.rstrip("\n")
    if text is not None and "\n" in text:
        return None
    commented = not around.flow and bool(sheet.comment_at(old.end))
    return on_one_line(text, shape, old.style, commented=commented, flow=around.flow)


def _replace(sheet: Sheet, old: Node, line: int, column: int, new: list[str]) -> str:
    """The text with the lines of an old value replaced; only comments inside a block go with it."""
    last = max(line, sheet.last_line(old))
    after = sheet.with_comments(last, column) + 1
    is_block = isinstance(old, (Mapping, Sequence)) and not old.flow
    below_it = [] if is_block else [text.strip() for text in sheet.lines[last + 1 : after]]
    kept = [" " * column + comment for comment in below_it if comment]
    return sheet.replace_lines(line, after, [*new, *kept])


def _colon(sheet: Sheet, path: Path, pair: Pair) -> Position:
    colon = sheet.colon(pair.key)
    if colon is None:
        raise EditRefused(
            path,
            f"line {pair.key.start[0] + 1} writes the key in a form that cannot be spliced",
            f"write “{pair.key.value}:” and its value",
        )
    return colon


def _indent_of(sheet: Sheet, block: Sequence) -> Indent:
    """How the items of a list stand behind their dashes, the last one deciding; the rest as elsewhere."""
    known = sheet.indent
    for index in reversed(range(len(block.items))):
        line, column = block.items[index].start
        if line == sheet.dash(block, index)[0]:
            return Indent(known.block, known.dash, column - block.start[1])
    return known


def _shape(path: Path) -> Shape | None:
    """The shape of what stands at a path."""
    above, last = shape_at(path[:-1]), path[-1]
    return below(above, last) if isinstance(last, str) else above.item if isinstance(above, Items) else None
