"""From text to tree by libyaml's events, in a strict subset of YAML.

Anchors, aliases, tags, directives, merge keys and second documents are refused: each hides from a reader of
the file what it says.
"""

import re
from collections.abc import Callable

import yaml
from yaml import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
)

from mrtrack.problems import Kind
from mrtrack.source import kinds
from mrtrack.source.slips import slip_of
from mrtrack.source.tree import INVISIBLE, Mapping, Node, Pair, Position, Scalar, Sequence

Report = Callable[[Kind, Position, int, str, str], None]

_ESCAPED = re.compile(f"{INVISIBLE.pattern}|\r")


class Unbuildable(Exception):  # noqa: N818 - the problem itself has been reported
    """Raised where building cannot go on; what is wrong has been reported."""


def build(text: str, report: Report, depth_limit: int) -> Node | None:
    """Build the tree of a text; None where the text holds no data.

    What the strict subset refuses is reported, and building goes on with the value left out. The text must
    be free of what `INVISIBLE` finds.

    Raises:
        Unbuildable: after reporting, where the text is no YAML or too deeply nested.
    """
    builder = _Builder(report, depth_limit)
    try:
        for event in yaml.parse(text, yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        slip, place = slip_of(error, text.split("\n"))
        report(slip.kind, place, 1, slip.message, slip.hint)
        raise Unbuildable from None
    return builder.root


class _Open:
    """A mapping or sequence that is still being filled."""

    __slots__ = ("flow", "is_map", "items", "key", "pairs", "start")

    def __init__(self, *, is_map: bool, flow: bool, start: Position) -> None:
        self.is_map = is_map
        self.flow = flow
        self.start = start
        self.pairs: dict[str, Pair] = {}
        self.items: list[Node] = []
        self.key: Scalar | None = None


class _Builder:
    def __init__(self, report: Report, depth_limit: int) -> None:
        self.report = report
        self.depth_limit = depth_limit
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        start, end = _start(event), _end(event)
        match event:
            case ScalarEvent():
                self._properties(event.anchor, event.tag, start)
                self._scalar(Scalar(event.value, event.style or None, start, end))
            case CollectionStartEvent():
                self._properties(event.anchor, event.tag, start)
                self._begin(event, start)
            case CollectionEndEvent():
                done = self.open.pop()
                self._place(
                    Mapping(done.pairs, done.flow, done.start, end)
                    if done.is_map
                    else Sequence(done.items, done.flow, done.start, end)
                )
            case AliasEvent():
                name = f"*{event.anchor}"
                message = f"{name} stands for a value written elsewhere"
                self.report(kinds.ANCHOR, start, len(name), message, "write the value out here")
                self._place(Scalar(name, "*", start, end))
            case DocumentStartEvent():
                self._document(event, start)

    def _document(self, event: DocumentStartEvent, start: Position) -> None:
        self.documents += 1
        if event.version or event.tags:
            hint = "delete the line that begins with %"
            self.report(kinds.DIRECTIVE, start, 1, "a directive changes how the text is read", hint)
        if self.documents > 1:
            hint = "keep one record a file, and delete the line ---"
            self.report(kinds.DOCUMENTS, start, 3, "a second document begins here", hint)

    def _properties(self, anchor: str | None, tag: str | None, start: Position) -> None:
        if anchor:
            hint = "delete the name, and write the value where it is meant"
            message = f"&{anchor} names a value for use elsewhere"
            self.report(kinds.ANCHOR, start, len(anchor) + 1, message, hint)
        if tag:
            self.report(kinds.TAG, start, 1, f"the tag {tag} tells a type", "delete the tag")

    def _begin(self, event: CollectionStartEvent, start: Position) -> None:
        if len(self.open) >= self.depth_limit:
            message = f"blocks are nested deeper than {self.depth_limit} levels"
            self.report(kinds.TOO_DEEP, start, 1, message, "write the record without such nesting")
            raise Unbuildable
        is_map = isinstance(event, MappingStartEvent)
        self.open.append(_Open(is_map=is_map, flow=bool(event.flow_style), start=start))

    def _scalar(self, scalar: Scalar) -> None:
        if scalar.style == '"' and (hidden := _ESCAPED.search(scalar.value)):
            hint = "delete its escape; a backslash that is meant is written twice"
            message = f"the text holds the invisible character U+{ord(hidden[0]):04X}"
            self.report(kinds.CONTROL, scalar.start, _width(scalar), message, hint)
        self._place(scalar)

    def _place(self, node: Node) -> None:
        if not self.open:
            if self.root is None:
                self.root = node
            return
        top = self.open[-1]
        if not top.is_map:
            if isinstance(node, Scalar) and node.is_null:
                self._null(node, "write the item, or delete its line")
            top.items.append(node)
        elif top.key is None:
            top.key = self._as_key(node)
        else:
            self._pair(top, top.key, node)
            top.key = None

    def _as_key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        message = "a key is a plain word, not a list or a block"
        self.report(kinds.COMPLEX_KEY, node.start, 1, message, "write a word before the colon")
        return Scalar("", "?", node.start, node.start)

    def _pair(self, top: _Open, key: Scalar, node: Node) -> None:
        if key.style == "?":
            return
        if key.value == "<<" and key.style is None:
            message = "<< copies another block into this one"
            self.report(kinds.MERGE_KEY, key.start, _width(key), message, "write the keys out")
        elif key.value in top.pairs:
            first = top.pairs[key.value].key.start[0] + 1
            message = f"“{key.value}” stands here a second time; the first is in line {first}"
            self.report(kinds.DUPLICATE_KEY, key.start, _width(key), message, "keep one of the two")
        else:
            if isinstance(node, Scalar) and node.is_null:
                self._null_under(key, node)
            top.pairs[key.value] = Pair(key, node)

    def _null_under(self, key: Scalar, node: Scalar) -> None:
        if not (key.value == "due" and self._in_a_history()):
            self._null(key, "write the value, or leave the key out")
        elif not node.value:
            self._null(key, "write the date, or null to take it away")

    def _in_a_history(self) -> bool:
        block = self.open[-3].key if len(self.open) >= 3 else None
        return block is not None and block.value == "history"

    def _null(self, place: Scalar, hint: str) -> None:
        self.report(kinds.NULL_VALUE, place.start, _width(place), "there is no value here", hint)


def _start(event: yaml.Event) -> Position:
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _end(event: yaml.Event) -> Position:
    mark = event.end_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _width(scalar: Scalar) -> int:
    return max(1, scalar.end[1] - scalar.start[1]) if scalar.start[0] == scalar.end[0] else 1
