"""From text to tree by libyaml's events, in a strict subset of YAML.

Anchors, aliases, tags, directives, merge keys and second documents are refused: each hides from a reader of
the file what it says.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from mrtrack.model.dates import quoted
from mrtrack.problems import Kind
from mrtrack.source import kinds
from mrtrack.source.slips import slip_of
from mrtrack.source.tree import INVISIBLE, NULLS, Mapping, Node, Pair, Position, Scalar, Sequence

Report = Callable[[Kind, Position, int, str, str], None]
Built = tuple[Node | None, Any]
"""A tree, and its data without positions, as `tree.plain` gives it; both None where there is no data."""

_ESCAPED = re.compile(f"{INVISIBLE.pattern}|\r")
_VALUES = (ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent)
_SIGNS = "-?:,[{"
_VALUES_A_SIGN = 3
"""A sign begins no more than a block, its key and its value; a document without any is one value."""

_LONGEST_NAME = 60
_new = tuple.__new__
"""Makes a node out of its parts in a third of the time that calling its class takes; nodes are many."""

_Made = tuple[Node, Any]
_Above = tuple[str | None, ...]
_Event = Any
"""An event of libyaml's; its marks, which the stubs call optional, are always there."""


class Unbuildable(Exception):  # noqa: N818 - the problem itself has been reported
    """Raised where building cannot go on; what is wrong has been reported."""


def build(text: str, report: Report, depth_limit: int) -> Node | None:
    """Build the tree of a text, as `build_with_data` does."""
    return build_with_data(text, report, depth_limit)[0]


def build_with_data(text: str, report: Report, depth_limit: int, values_limit: int | None = None) -> Built:
    """Build the tree of a text, and its plain data; None where the text holds no data.

    What the strict subset refuses is reported, and building goes on with the value left out. The text must
    be free of what `INVISIBLE` finds.

    Raises:
        Unbuildable: after reporting, where the text is no YAML, too deeply nested or of too many values.
    """
    next_event: Callable[[], _Event] = yaml.CSafeLoader(text).get_event
    if values_limit and _may_hold_more(text, values_limit):
        next_event = _counted(next_event, report, values_limit)
    try:
        return _Builder(next_event, report, depth_limit).documents()
    except yaml.MarkedYAMLError as error:
        slip, place = slip_of(error, text.split("\n"))
        report(slip.kind, place, 1, slip.message, slip.hint)
        raise Unbuildable from None


def _may_hold_more(text: str, values: int) -> bool:
    """Whether a text may hold more than so many values: each of those is begun by one of a few signs."""
    return _VALUES_A_SIGN * len(text) > values and _VALUES_A_SIGN * sum(map(text.count, _SIGNS)) > values


def _counted(next_event: Callable[[], _Event], report: Report, values: int) -> Callable[[], _Event]:
    left = values

    def counted() -> _Event:
        nonlocal left
        event = next_event()
        if isinstance(event, _VALUES):
            left -= 1
            if left < 0:
                mark: _Event = event.start_mark
                message = f"the file holds more than {values:,} keys, values and lists"
                hint = "split it, or raise [limits] values in mrtrack.toml"
                report(kinds.TOO_MANY, (mark.line, mark.column), 1, message, hint)
                raise Unbuildable
        return event

    return counted


class _Builder:
    """Builds node by node from the events, which `next` gives one at a time.

    `above` are the keys that a node stands under, None for a list; so its length is the depth. Only scalars are
    many, and what they need is kept short.
    """

    __slots__ = ("depth_limit", "next", "report")

    def __init__(self, next_event: Callable[[], _Event], report: Report, depth_limit: int) -> None:
        self.next = next_event
        self.report = report
        self.depth_limit = depth_limit

    def documents(self) -> Built:
        """The first document; what follows it is read for its problems."""
        root: Built = None, None
        begun = 0
        while not isinstance(event := self.next(), StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                begun += 1
                self._document(event, begun)
                node = self._node(self.next(), ())
                root = node if begun == 1 else root
        return root

    def _document(self, event: _Event, begun: int) -> None:
        start = (event.start_mark.line, event.start_mark.column)
        if event.version or event.tags:
            hint = "delete the line that begins with %"
            self.report(kinds.DIRECTIVE, start, 1, "a directive changes how the text is read", hint)
        if begun > 1:
            hint = "keep one record a file, and delete the line ---"
            self.report(kinds.DOCUMENTS, start, 3, "a second document begins here", hint)

    def _node(self, event: _Event, above: _Above) -> _Made:
        if isinstance(event, ScalarEvent):
            scalar = self._scalar(event)
            return scalar, None if scalar.is_null else scalar.value
        if isinstance(event, AliasEvent):
            alias = self._alias(event)
            return alias, alias.value
        start = (event.start_mark.line, event.start_mark.column)
        self._properties(event, start)
        if len(above) >= self.depth_limit:
            message = f"blocks are nested deeper than {self.depth_limit} levels"
            self.report(kinds.TOO_DEEP, start, 1, message, "write the record without such nesting")
            raise Unbuildable
        if isinstance(event, MappingStartEvent):
            pairs, data, end = self._pairs(above)
            return Mapping(pairs, bool(event.flow_style), start, end), data
        items, listed, end = self._items((*above, None))
        return Sequence(items, bool(event.flow_style), start, end), listed

    def _scalar(self, event: _Event) -> Scalar:
        begin, end = event.start_mark, event.end_mark
        start = begin.line, begin.column
        style = event.style or None
        scalar = _new(Scalar, (event.value, style, start, (end.line, end.column)))
        if event.anchor or event.tag:
            self._properties(event, start)
        if style == '"' and (hidden := _ESCAPED.search(scalar.value)):
            hint = "delete its escape; a backslash that is meant is written twice"
            message = f"the text holds the invisible character U+{ord(hidden[0]):04X}"
            self.report(kinds.CONTROL, scalar.start, _width(scalar), message, hint)
        return scalar

    def _alias(self, event: _Event) -> Scalar:
        begin, end = event.start_mark, event.end_mark
        alias = Scalar(f"*{event.anchor}", "*", (begin.line, begin.column), (end.line, end.column))
        message = f"{_short(alias.value)} stands for a value written elsewhere"
        self.report(kinds.ANCHOR, alias.start, len(alias.value), message, "write the value out here")
        return alias

    def _properties(self, event: _Event, start: Position) -> None:
        if event.anchor:
            hint = "delete the name, and write the value where it is meant"
            message = f"&{_short(event.anchor)} names a value for use elsewhere"
            self.report(kinds.ANCHOR, start, len(event.anchor) + 1, message, hint)
        if event.tag:
            self.report(kinds.TAG, start, 1, f"the tag {_short(event.tag)} tells a type", "delete the tag")

    def _pairs(self, above: _Above) -> tuple[dict[str, Pair], dict[str, Any], Position]:
        pairs: dict[str, Pair] = {}
        plain: dict[str, Any] = {}
        next_event, scalar = self.next, self._scalar
        while True:
            event = next_event()
            if isinstance(event, ScalarEvent):
                key = scalar(event)
            elif isinstance(event, MappingEndEvent):
                return pairs, plain, _end(event)
            else:
                key = self._no_word(event, above)
            name = key.value
            event = next_event()
            value: Node
            if isinstance(event, ScalarEvent):
                value = scalar(event)
                data = None if value.value in NULLS and value.is_null else value.value
            else:
                value, data = self._node(event, (*above, name))
            if name in pairs or key.style == "?" or (name == "<<" and key.style is None):
                self._left_out(key, pairs)
                continue
            if data is None and isinstance(value, Scalar):
                self._null_under(key, value, above)
            pairs[name] = _new(Pair, (key, value))
            plain[name] = data

    def _items(self, above: _Above) -> tuple[list[Node], list[Any], Position]:
        items: list[Node] = []
        plain: list[Any] = []
        while not isinstance(event := self.next(), SequenceEndEvent):
            item, data = self._node(event, above)
            if data is None and isinstance(item, Scalar):
                self._null(item, "write the item, or delete its line")
            items.append(item)
            plain.append(data)
        return items, plain, _end(event)

    def _no_word(self, event: _Event, above: _Above) -> Scalar:
        """What stands for a key that is no scalar: the alias, else an empty key of the style `?`."""
        node, _ = self._node(event, (*above, None))
        if isinstance(node, Scalar):
            return node
        message = "a key is a plain word, not a list or a block"
        self.report(kinds.COMPLEX_KEY, node.start, 1, message, "write a word before the colon")
        return Scalar("", "?", node.start, node.start)

    def _left_out(self, key: Scalar, pairs: dict[str, Pair]) -> None:
        if key.value == "<<" and key.style is None:
            message = "<< copies another block into this one"
            self.report(kinds.MERGE_KEY, key.start, _width(key), message, "write the keys out")
        elif key.style != "?":
            first = pairs[key.value].key.start[0] + 1
            message = f"{quoted(key.value)} stands here a second time; the first is in line {first}"
            self.report(kinds.DUPLICATE_KEY, key.start, _width(key), message, "keep one of the two")

    def _null_under(self, key: Scalar, value: Scalar, above: _Above) -> None:
        in_a_history = above[-2:-1] == ("history",)
        if not (key.value == "due" and in_a_history):
            self._null(key, "write the value, or leave the key out")
        elif not value.value:
            self._null(key, "write the date, or null to take it away")

    def _null(self, place: Scalar, hint: str) -> None:
        self.report(kinds.NULL_VALUE, place.start, _width(place), "there is no value here", hint)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _end(event: _Event) -> Position:
    return event.end_mark.line, event.end_mark.column


def _width(scalar: Scalar) -> int:
    return max(1, scalar.end[1] - scalar.start[1]) if scalar.start[0] == scalar.end[0] else 1
