"""New text: how a value, a block or a whole record is laid out, by ruamel.yaml.

What a text looks like alone is decided by `mrtrack.edit.scalars`, where it goes by `mrtrack.edit.splice`.
"""

import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mrtrack.edit.operations import Data
from mrtrack.edit.scalars import Style, can_be_quoted, reads_as_text, style_of
from mrtrack.model.fields import MarkKind
from mrtrack.model.forms import FLOW_KEYS
from mrtrack.model.shape import Items, Keys, Shape, Value, record_shape

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

_FREE = Value("free")


@dataclass(frozen=True, slots=True)
class Indent:
    """How far a file indents, in columns: blocks and dashes from their key, items from their dash."""

    block: int = 2
    dash: int = 2
    item: int = 2


def new_record(data: Mapping[str, Data]) -> str:
    """The text of a whole new record."""
    return "".join(f"{line}\n" for line in lay_out_keys(data, record_shape(), 0))


def lay_out_keys(
    block: Mapping[str, Data], shape: Shape | None, column: int, indent: Indent | None = None
) -> list[str]:
    """The lines of a block of keys that begin in this column, in the order of the shape."""
    lines = _Writer(indent or Indent()).lines(block, shape)
    return [" " * column + line if line else line for line in lines]


def lay_out(value: Data, shape: Shape | None, column: int, indent: Indent | None = None) -> list[str]:
    """The lines of a value under a key, or a dash, in this column.

    The first is what stands on the line of the key itself, which may be nothing; the others are whole lines.
    """
    first, *others = lay_out_keys({"key": value}, Keys({"key": shape or _FREE}, ()), column, indent)
    return [first.lstrip().removeprefix("key:").lstrip(), *others]


def lay_out_item(item: Data, shape: Shape | None, column: int, indent: Indent) -> list[str]:
    """The lines of an item of a list whose dashes stand in this column."""
    if isinstance(item, Mapping) and item:
        start = column + indent.item
        first, *others = lay_out_keys(item, shape, start, indent)
        first = first[start:]
    else:
        first, *others = lay_out(item, shape, column, indent)
    return [f"{' ' * column}-{' ' * (indent.item - 1)}{first}".rstrip(), *others]


def in_flow(value: Data, shape: Shape | None) -> str:
    """A value in flow style: what stands between or after the brackets and commas of a line."""
    return _Writer(Indent()).text(value, shape, flow=True)


def on_one_line(
    text: str | None, shape: Shape | None, quotes: str | None, *, commented: bool = False, flow: bool = False
) -> str:
    """A text as it stands after its key, in the quotes of the text it replaces where it had some.

    Before a comment, words of a person are quoted, so that nobody takes the comment for a part of them.
    """
    kind = _kind(shape)
    if commented and kind in ("line", "prose", "free"):
        quotes = quotes or '"'
    writer = _Writer(Indent())
    if text is not None and quotes and can_be_quoted(text, quotes):
        return writer.text(text, shape, flow=flow, style="'" if quotes == "'" else '"')
    return writer.text(text, Value("line") if kind == "prose" else shape, flow=flow)


def stands_in_flow(key: str, shape: Shape | None) -> bool:
    """Whether a record writes what is under this key in brackets or braces, on the key's own line."""
    return key in FLOW_KEYS and isinstance(shape, (Keys, Items))


def below(shape: Shape | None, key: str) -> Shape | None:
    """The shape of what stands under a key; the id of a whole record is a line like others, not quoted."""
    if shape is record_shape() and key == "id":
        return Value("line")
    if isinstance(shape, Keys):
        return shape.keys.get(key)
    return _FREE


def _kind(shape: Shape | None) -> MarkKind:
    return shape.kind if isinstance(shape, Value) else "free"


class _Writer:
    """One use of ruamel.yaml: nodes are built with the style they shall have, and it writes them."""

    def __init__(self, indent: Indent) -> None:
        from ruamel.yaml import YAML, nodes  # noqa: PLC0415 - heavy, and only a write needs it

        self.nodes = nodes
        self.yaml = YAML(typ="rt", pure=True)
        self.yaml.width = sys.maxsize
        self.yaml.brace_single_entry_mapping_in_flow_sequence = True
        self.yaml.indent(mapping=indent.block, sequence=indent.dash + indent.item, offset=indent.dash)

    def lines(self, block: Mapping[str, Data], shape: Shape | None) -> list[str]:
        return self._written(self._block(block, shape, flow=False)).removesuffix("\n").split("\n")

    def text(self, value: Data, shape: Shape | None, *, flow: bool = False, style: Style = None) -> str:
        node = (
            self._scalar(value, style)
            if isinstance(value, str) and style
            else self._node(value, shape, flow=flow)
        )
        within = self.nodes.MappingNode(
            self._tag("map"), [(self._scalar("key", None), node)], flow_style=False
        )
        return self._written(within).removeprefix("key:").strip()

    def _written(self, node: "Node") -> str:
        out = io.StringIO()
        self.yaml.serialize(node, out)
        return out.getvalue()

    def _node(self, value: Data, shape: Shape | None, *, flow: bool) -> "Node":
        if value is None:
            return self._scalar("null", None)
        if isinstance(value, str):
            text = value.rstrip("\n")
            style = style_of(text, _kind(shape), flow=flow)
            return self._scalar(f"{text}\n" if style == "|" else text, style)
        if isinstance(value, Mapping):
            return self._block(value, shape, flow=flow)
        item = shape.item if isinstance(shape, Items) else _FREE
        items = [self._node(one, item, flow=flow) for one in value]
        return self.nodes.SequenceNode(self._tag("seq"), items, flow_style=flow or not items)

    def _block(self, block: Mapping[str, Data], shape: Shape | None, *, flow: bool) -> "Node":
        order = list(shape.keys) if isinstance(shape, Keys) else []
        keys = [*(key for key in order if key in block), *(key for key in block if key not in order)]
        pairs = []
        for key in keys:
            under = below(shape, key)
            known = key in order or reads_as_text(key, flow=True)
            name = self._scalar(key, None if known else '"')
            pairs.append((name, self._node(block[key], under, flow=flow or stands_in_flow(key, under))))
        return self.nodes.MappingNode(self._tag("map"), pairs, flow_style=flow or not pairs)

    def _scalar(self, text: str, style: Style) -> "Node":
        # A plain text is given the tag that it resolves to: with any other tag, ruamel.yaml quotes it.
        resolver = self.yaml.resolver
        tag = resolver.resolve(self.nodes.ScalarNode, text, (style is None, style is not None))
        return self.nodes.ScalarNode(tag, text, style=style)

    def _tag(self, kind: str) -> Any:  # noqa: ANN401 - ruamel.yaml's own
        node = self.nodes.MappingNode if kind == "map" else self.nodes.SequenceNode
        return self.yaml.resolver.resolve(node, None, True)
