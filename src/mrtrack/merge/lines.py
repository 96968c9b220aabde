"""From merged data to text: the text of one side with what the other brought spliced in, and nothing else changed.

New items of a list come with the lines that the other side wrote, its comments and quotes included.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from mrtrack.edit.layout import lay_out_item
from mrtrack.edit.operations import EditRefused, Operation, Remove, Set
from mrtrack.edit.sheet import Sheet
from mrtrack.edit.splice import splice
from mrtrack.edit.verify import encode, verify
from mrtrack.merge.values import BY_ID, Key, keys_of, same
from mrtrack.model.settings import Limits
from mrtrack.model.shape import Path, shape_at
from mrtrack.source.building import Unbuildable, build
from mrtrack.source.reader import Reading, read
from mrtrack.source.tree import Sequence, find

_DEPTH = 200


@dataclass(frozen=True, slots=True)
class Insert:
    """One item of the new list is put before the one at its position; the other side has it at `source`."""

    path: Path
    index: int
    whole: list[Any]
    source: Path


def rewritten(ours: Reading, theirs: Reading, data: Any, limits: Limits) -> Reading:  # noqa: ANN401
    """The reading of our text changed so that it says the merged data, verified.

    Raises:
        EditRefused: where our text is written so that it cannot be changed like this.
    """
    text, other = ours.text, sheet_of(theirs.text)
    for step in _steps(ours.data, data, theirs.data, (), ()):
        if isinstance(step, Insert):
            text = _inserted(replace(ours, text=text), step, other)
        else:
            text = splice(replace(ours, text=text), [step])
    after = read(encode(ours, text), ours.path, limits)
    verify(ours, after, [Set((), data)])
    return after


def sheet_of(text: str) -> Sheet:
    """The lines of a text with its tree.

    Raises:
        EditRefused: where the text is no YAML.
    """
    try:
        tree = build(text, _ignore, _DEPTH)
    except Unbuildable:
        tree = None
    if tree is None:
        raise EditRefused((), "the text is no YAML", "look at both sides in an editor")
    return Sheet(text, tree)


def moved(line: str, columns: int) -> str:
    """A line moved to the right, or to the left where the number is negative.

    Raises:
        EditRefused: where something stands in the columns that would go.
    """
    if columns >= 0 or not line.strip():
        return " " * columns + line if line.strip() else line
    if line[:-columns].strip():
        raise EditRefused(
            (), "a line of the other side does not fit in here", "look at both sides in an editor"
        )
    return line[-columns:]


def _ignore(*_: object) -> None:
    """What is wrong with a text is found when the result is verified."""


def _steps(old: Any, new: Any, theirs: Any, path: Path, source: Path) -> Iterator[Operation | Insert]:  # noqa: ANN401
    """What makes the new data of the old, each step on what the steps before it left; `source`: theirs' place."""
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        there = theirs if isinstance(theirs, dict) else {}
        yield from (Remove((*path, key)) for key in old if key not in new)
        for key, value in new.items():
            if key in old:
                yield from _steps(old[key], value, there.get(key), (*path, key), (*source, key))
            else:
                yield Set((*path, key), value)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _steps_of_list(old, new, theirs if isinstance(theirs, list) else [], path, source)
    else:
        yield Set(path, new)


def _steps_of_list(
    old: list[Any], new: list[Any], theirs: list[Any], path: Path, source: Path
) -> Iterator[Operation | Insert]:
    by_id = path[-1] in BY_ID
    before, after, there = (keys_of(items, by_id=by_id) for items in (old, new, theirs))
    kept = [key for key in before if key in after]
    if not kept or kept != [key for key in after if key in before]:
        yield Set(path, new)
        return
    if by_id:
        for key in kept:
            index = there.index(key) if key in there else None
            yield from _steps(
                old[before.index(key)],
                new[after.index(key)],
                None if index is None else theirs[index],
                (*path, before.index(key)),
                (*source, index or 0),
            )
    yield from (Remove((*path, index)) for index in reversed(range(len(old))) if before[index] not in after)
    for index, key in enumerate(after):
        if key not in before:
            yield Insert(path, index, new, (*source, _position(there, key)))


def _position(keys: list[Key], key: Key) -> int:
    return keys.index(key) if key in keys else len(keys)


def _inserted(reading: Reading, step: Insert, other: Sheet) -> str:
    sheet = sheet_of(reading.text)
    block = cast("Sequence", find(sheet.tree, step.path))
    if block.flow or not sheet.begins_its_line(sheet.dash(block, 0)):
        return splice(reading, [Set(step.path, step.whole)])
    column = block.start[1]
    if step.index == 0:
        line = sheet.dash(block, 0)[0]
    else:
        last = sheet.last_line(block.items[step.index - 1])
        around = column if step.index < len(block.items) else sheet.column_around(step.path)
        line = sheet.with_comments(last, around) + 1
    lines = _lines_of(other, step.source, column, set(sheet.lines))
    if lines is None:
        lines = lay_out_item(step.whole[step.index], shape_at((*step.path, 0)), column, sheet.indent)
    return sheet.replace_lines(line, line, lines)


def _lines_of(sheet: Sheet, path: Path, column: int, known: set[str]) -> list[str] | None:
    """The lines of the other side's item, in this column; None where it does not stand on lines of its own."""
    block = find(sheet.tree, path[:-1])
    if not isinstance(block, Sequence) or block.flow or find(block, path[-1:]) is None:
        return None
    index = int(path[-1])
    line, start = sheet.dash(block, index)
    if not sheet.begins_its_line((line, start)):
        return None
    first = line
    while (
        first and sheet.lines[first - 1].startswith(f"{' ' * start}#") and sheet.lines[first - 1] not in known
    ):
        first -= 1
    after = sheet.with_comments(sheet.last_line(block.items[index]), start) + 1
    return [moved(text, column - start) for text in sheet.lines[first:after]]
