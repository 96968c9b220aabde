"""A record's text as a tree of keys, lists and values, each of which knows where it stands; no parsing.

Every scalar stays text. Positions are lines and columns counted from 0, columns in characters.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mrtrack.model.paths import Path

Position = tuple[int, int]

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\r(?!\n)"
)
"""What no text of a record may hold: control characters, and those that turn the direction of writing."""

_SEEN = bytes([0x0A, *range(0x20, 0x7F)])

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
"""What stands for no value, where it is not quoted."""


class Scalar(NamedTuple):
    """A single value: its text, how it is quoted (None: plain), and where it begins and ends."""

    value: str
    style: str | None
    start: Position
    end: Position

    @property
    def is_null(self) -> bool:
        """Whether YAML takes this for no value at all."""
        return self.style is None and self.value in NULLS

    @property
    def is_alias(self) -> bool:
        """Whether this stands for a value written elsewhere, which reading refuses."""
        return self.style == "*"


class Pair(NamedTuple):
    """A key and what stands under it."""

    key: Scalar
    value: "Node"


class Mapping(NamedTuple):
    """A block (or, in flow style, braces) of keys."""

    pairs: dict[str, Pair]
    flow: bool
    start: Position
    end: Position


class Sequence(NamedTuple):
    """A list, in block or flow style."""

    items: list["Node"]
    flow: bool
    start: Position
    end: Position


Node = Scalar | Mapping | Sequence


def plain(node: Node | None) -> Any:  # noqa: ANN401 - data of any form
    """The data of a tree without positions: dicts, lists, text, and None for no value."""
    match node:
        case Scalar():
            return None if node.is_null else node.value
        case Mapping():
            return {key: plain(pair.value) for key, pair in node.pairs.items()}
        case Sequence():
            return [plain(item) for item in node.items]
        case _:
            return None


def data_at(data: Any, path: Path) -> Any:  # noqa: ANN401 - data of any form
    """The plain data at a path of keys and list positions, as `find` finds its node; None where there is none."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step in range(-len(data), len(data)):
            data = data[step]
        else:
            return None
    return data


def find(root: Node | None, path: Path) -> Node | None:
    """The node at a path of keys and list positions; None where there is none."""
    node = root
    for step in path:
        if isinstance(node, Mapping) and step in node.pairs:
            node = node.pairs[str(step)].value
        elif (
            isinstance(node, Sequence)
            and isinstance(step, int)
            and step in range(-len(node.items), len(node.items))
        ):
            node = node.items[step]
        else:
            return None
    return node


def walk(node: Node | None, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every node of a tree with its path, the outer before the inner."""
    if node is None:
        return
    yield path, node
    match node:
        case Mapping():
            for key, pair in node.pairs.items():
                yield from walk(pair.value, (*path, key))
        case Sequence():
            for index, item in enumerate(node.items):
                yield from walk(item, (*path, index))


def hides(content: bytes, text: str) -> bool:
    """Whether a text holds what cannot be seen; `content` are its bytes, `INVISIBLE` what is looked for.

    Looked at is first what is left of it without what stands in every text.
    """
    rest = content.translate(None, _SEEN).decode("utf-8")
    return not rest.isprintable() and INVISIBLE.search(text) is not None
