"""The tree of a text that is laid out as usual: its data are known, and its lines tell in order where they stand.

Places are those that libyaml gives: a block ends where what follows it begins, prose where the next line does.
"""

from typing import Any

from mrtrack.source.tree import Mapping, Node, Pair, Position, Scalar, Sequence
from mrtrack.source.usual import FLOW_WORD, Usual, UsualLine, usual_lines


def usual_tree(text: str, usual: Usual) -> Mapping:
    """The tree of a text, as `building.build` makes it."""
    return _Lines(text).block(usual.data)


class _Lines:
    """The lines, gone through one after the other; the data tell what each of them begins."""

    def __init__(self, text: str) -> None:
        self._lines = iter(usual_lines(text))
        self._end = text.count("\n"), 0
        self._next = next(self._lines, None)

    def block(self, data: dict[str, Any]) -> Mapping:
        """The block of keys that begins with the next line, behind its dash if it has one."""
        pairs: dict[str, Pair] = {}
        for name, value in data.items():
            line = self._taken()
            key = _on_one_line(name, None, line.number, line.column, len(name))
            pairs[name] = Pair(key, self._value(line, value))
        return Mapping(pairs, flow=False, start=next(iter(pairs.values())).key.start, end=self._here)

    def _list(self, data: list[Any]) -> Sequence:
        start = self._here
        items = [
            self.block(item) if isinstance(item, dict) else self._value(self._taken(), item) for item in data
        ]
        return Sequence(items, flow=False, start=start, end=self._here)

    def _value(self, line: UsualLine, value: Any) -> Node:  # noqa: ANN401 - data of any form
        column = line.column + len(f"{line.key}: ") if line.key else line.column
        if line.style == "|":
            return Scalar(value, "|", (line.number, column), (line.after, 0))
        if line.style in ("[", "{"):
            return _in_brackets(line, column)
        if line.written:
            width = len(line.written) + 2 * len(line.style or "")
            return _on_one_line(value, line.style, line.number, column, width)
        return self.block(value) if isinstance(value, dict) else self._list(value)

    def _taken(self) -> UsualLine:
        line = self._next
        if line is None:
            raise LookupError("the data have more than the text")
        self._next = next(self._lines, None)
        return line

    @property
    def _here(self) -> Position:
        """Where the next line begins, or the end of the text."""
        return (self._next.number, self._next.indent) if self._next else self._end


def _on_one_line(value: str, style: str | None, line: int, column: int, width: int) -> Scalar:
    return Scalar(value, style, (line, column), (line, column + width))


def _in_brackets(line: UsualLine, column: int) -> Mapping | Sequence:
    start, end = (line.number, column), (line.number, column + len(line.written))
    pairs: dict[str, Pair] = {}
    items: list[Node] = []
    for found in FLOW_WORD.finditer(line.written):
        name, written = found["key"], found["word"]
        style = '"' if written[0] == '"' else None
        word = _on_one_line(
            written.strip('"'), style, line.number, column + found.start("word"), len(written)
        )
        if name:
            key = _on_one_line(name, None, line.number, column + found.start("key"), len(name))
            pairs[name] = Pair(key, word)
        else:
            items.append(word)
    if line.style == "{":
        return Mapping(pairs, flow=True, start=start, end=end)
    return Sequence(items, flow=True, start=start, end=end)
