"""The lines of one item taken out of a record for an editor, and put back; pure."""

import re
from difflib import SequenceMatcher

from mrtrack.edit.refusal import Refused
from mrtrack.model.shape import Path
from mrtrack.source.reader import Reading, split_lines
from mrtrack.source.tree import Mapping, Node, Sequence, find

_LINE = re.compile("[^\n]*\n|[^\n]+$")


def cut_out(reading: Reading, path: Path) -> str:
    """The text of the item at a path, moved to the left margin; the whole text where the path is empty.

    Its lines end with LF, whatever those of the record end with.

    Raises:
        Refused: where the item does not stand on lines of its own.
    """
    first, last, column = _span(reading, path)
    return "".join(f"{_moved_left(line, column)}\n" for line in reading.lines[first : last + 1])


def put_back(reading: Reading, path: Path, excerpt: str) -> str:
    """The whole text with an item's lines replaced by an excerpt that stands at the left margin.

    A line that is in both stays as it is in the record, its end and its spaces included.

    Raises:
        Refused: where the item does not stand on lines of its own.
    """
    first, last, column = _span(reading, path)
    whole = _LINE.findall(reading.text)
    old = [_moved_left(line, column) for line in reading.lines[first : last + 1]]
    new = split_lines(excerpt.rstrip())
    while path and len(new) > 1 and not new[0].strip():
        del new[0]
    ending = "\r\n" if whole[first].endswith("\r\n") else "\n"
    put = [
        _indented(line, whole[first][:column] if nth == 0 else " " * column) + ending
        for nth, line in enumerate(new)
    ]
    for start, to, length in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        for nth in range(length):
            if (start + nth == 0) == (to + nth == 0):
                put[to + nth] = whole[first + start + nth]
    lines = [*whole[:first], *put, *whole[last + 1 :]]
    return "".join([*(line if line.endswith("\n") else line + ending for line in lines[:-1]), *lines[-1:]])


def _span(reading: Reading, path: Path) -> tuple[int, int, int]:
    """The first and the last line of an item, and the column in which it begins."""
    lines = reading.lines
    if not path:
        first, last, column = 0, len(lines) - 1, 0
    else:
        node = find(reading.tree, path)
        if not isinstance(node, Mapping) or node.flow:
            raise Refused("this item is not written as a block of lines", "edit the whole evaluation instead")
        first, last, column = node.start[0], _last_line(node), node.start[1]
    while last > first and not lines[last].strip():
        last -= 1
    return first, last, column


def _last_line(node: Node) -> int:
    match node:
        case Mapping(flow=False):
            return max(_last_line(pair.value) for pair in node.pairs.values())
        case Sequence(flow=False):
            return max(_last_line(item) for item in node.items)
        case _:
            line, column = node.end
            return line if column else line - 1


def _moved_left(line: str, column: int) -> str:
    return line[column:] if not line[:column].strip(" -") else line.lstrip(" ")


def _indented(line: str, margin: str) -> str:
    return margin + line if line.strip() else ""
