"""The lines of a text with its tree: where things end, whose comments follow, how lines are replaced.

It knows positions only; what is written in their place is decided by `mrtrack.edit.splice`.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from mrtrack.edit.layout import Indent
from mrtrack.model.shape import Path
from mrtrack.source.reader import split_lines
from mrtrack.source.tree import Mapping, Node, Position, Scalar, Sequence, find, walk

_BLOCK_HEADER = re.compile(r"[|>][0-9+-]*")


@dataclass(frozen=True)
class Sheet:
    """A text and its tree."""

    text: str
    tree: Node

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        return split_lines(self.text)

    @cached_property
    def newline(self) -> str:
        """How most of the lines end."""
        return "\r\n" if self.text.count("\r\n") * 2 > self.text.count("\n") else "\n"

    @cached_property
    def indent(self) -> Indent:
        """How this text indents, as far as it shows."""
        found: dict[str, int] = {}
        for _, node in walk(self.tree):
            if isinstance(node, Mapping) and not node.flow:
                for key, value in node.pairs.values():
                    if isinstance(value, Mapping) and not value.flow:
                        found.setdefault("block", value.start[1] - key.start[1])
                    elif isinstance(value, Sequence) and not value.flow:
                        found.setdefault("dash", value.start[1] - key.start[1])
            elif isinstance(node, Sequence) and not node.flow:
                first = node.items[0]
                if isinstance(first, Mapping) and first.start[0] == node.start[0]:
                    found.setdefault("item", first.start[1] - node.start[1])
        return Indent(**found)

    def replace(self, start: Position, end: Position, new: str) -> str:
        """The text with what stands between two positions replaced."""
        return self.text[: self._offset(start)] + new + self.text[self._offset(end) :]

    def replace_lines(self, first: int, after: int, new: list[str]) -> str:
        """The text with the lines from `first` up to, not including, `after` replaced by new ones."""
        start, end = self._offset((first, 0)), self._offset((after, 0))
        before = self.text[:start]
        if new and before and not before.endswith("\n"):
            before += self.newline
        return before + "".join(line + self.newline for line in new) + self.text[end:]

    def last_line(self, node: Node) -> int:
        """The last line that holds something of the node; blank lines and comments after it do not count."""
        match node:
            case Mapping(pairs, flow=False):
                return self.last_line(next(reversed(pairs.values())).value)
            case Sequence(items, flow=False):
                return self.last_line(items[-1])
            case Scalar(style="|" | ">", start=start, end=end):
                last = end[0] if end[1] else end[0] - 1
                while "+" not in self._header(node) and last > start[0] and not self.lines[last]:
                    last -= 1
                return last
            case _:
                return node.end[0]

    def with_comments(self, last: int, deeper_than: int) -> int:
        """The last line of what follows a line and goes with it: comments indented deeper than a column.

        So do lines of nothing but spaces: below a new block of text, they would become a part of it.
        """
        for number in range(last + 1, len(self.lines)):
            line = self.lines[number]
            content = line.strip()
            if content.startswith("#"):
                if len(line) - len(line.lstrip(" ")) <= deeper_than:
                    break
                last = number
            elif content:
                break
            elif line:
                last = number
        return last

    def colon(self, key: Scalar) -> Position | None:
        """The position behind the colon of a key; None where it has none on its line."""
        line, column = key.end
        rest = self.lines[line][column:]
        found = re.match(r"[ \t]*:", rest)
        return (line, column + found.end()) if found else None

    def comment_of(self, node: Node, colon: Position) -> str:
        """The comment on the line where a value begins or ends, with the space before it; else nothing."""
        after = self.comment_at(colon)
        if isinstance(node, Scalar) and node.style in ("|", ">"):
            after = after or self.comment_at((node.start[0], node.start[1] + len(self._header(node))))
        elif isinstance(node, Scalar) or node.flow:
            after = after or self.comment_at(node.end)
        return after

    def comment_at(self, position: Position) -> str:
        """The comment that follows a position on its line, with the space before it; else nothing."""
        line, column = position
        rest = self.lines[line][column:]
        return rest.rstrip() if re.match(r"\s+#", rest) else ""

    def begins_its_line(self, position: Position) -> bool:
        """Whether nothing but spaces stands before a position."""
        line, column = position
        return not self.lines[line][:column].strip()

    def dash(self, sequence: Sequence, index: int) -> Position:
        """The position of the dash before an item of a block list."""
        column = sequence.start[1]
        line = sequence.items[index].start[0] if index else sequence.start[0]
        while not (
            self.lines[line][column : column + 1] == "-"
            and (not index or self.begins_its_line((line, column)))
        ):
            line -= 1
        return line, column

    def column_around(self, path: Path) -> int:
        """The column of the block that the node at a path stands in; -1 where it is the whole record."""
        above = find(self.tree, path[:-1]) if path else None
        return above.start[1] if above else -1

    def _header(self, node: Node) -> str:
        line, column = node.start
        found = _BLOCK_HEADER.match(self.lines[line], column)
        return found[0] if found else ""

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def _offset(self, position: Position) -> int:
        line, column = position
        return self._starts[line] + column if line < len(self._starts) else len(self.text)
