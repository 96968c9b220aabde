"""Changes at random that leave a record valid, and other texts that say the same as a record."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from hypothesis import assume
from hypothesis import strategies as st

from mrtrack.edit.layout import new_record
from mrtrack.edit.operations import Append, Operation, Remove, Set, apply
from mrtrack.model.shape import Items, Keys, Path, Shape, record_shape
from mrtrack.source.reader import read
from strategies import values_at

Draw = Callable[[st.SearchStrategy[Any]], Any]


@st.composite
def changes(draw: Draw, data: dict[str, Any], most: int = 4) -> list[Operation]:
    """Operations on a record, each of which finds what the ones before it left."""
    operations: list[Operation] = []
    for _ in range(draw(st.integers(1, most))):
        operation = draw(_operations(data))
        data = apply(data, [operation])
        operations.append(operation)
    return operations


@st.composite
def _operations(draw: Draw, data: dict[str, Any]) -> Operation:
    places = list(_places(data, record_shape(), ()))
    path, shape, present = draw(st.sampled_from(places))
    if not isinstance(shape, Keys):
        index = draw(st.sampled_from(present))
        operation: Operation = draw(
            st.one_of(
                st.builds(Append, st.just(path), values_at((*path, 0))),
                st.builds(Set, st.just((*path, index)), values_at((*path, index))),
                st.just(Remove((*path, index))),
            )
        )
        return operation
    removable = [key for key in present if key not in shape.required]
    if removable and draw(st.integers(0, 3)) == 0:
        return Remove((*path, draw(st.sampled_from(removable))))
    key = draw(st.sampled_from([*shape.keys, *present]))
    if isinstance(shape.keys[key], Items) and draw(st.booleans()):
        return Append((*path, key), draw(values_at((*path, key, 0))))
    return Set((*path, key), draw(values_at((*path, key))))


@st.composite
def additions(draw: Draw, data: dict[str, Any]) -> Operation:
    """An operation that adds a key or an item, and changes nothing that is there."""
    path, shape, present = draw(st.sampled_from(list(_places(data, record_shape(), ()))))
    if not isinstance(shape, Keys):
        return Append(path, draw(values_at((*path, 0))))
    absent = [key for key in shape.keys if key not in present]
    assume(absent)
    key = draw(st.sampled_from(absent))
    return Set((*path, key), draw(values_at((*path, key))))


def _places(data: Any, shape: Shape | None, path: Path) -> Iterator[tuple[Path, Shape, list[Any]]]:
    """Every block of keys and every list that is there, with its keys or positions."""
    if isinstance(shape, Keys) and isinstance(data, dict):
        yield path, shape, list(data)
        for key, value in data.items():
            yield from _places(value, shape.keys.get(key), (*path, key))
    elif isinstance(shape, Items) and isinstance(data, list):
        yield path, shape, list(range(len(data)))
        for index, item in enumerate(data):
            yield from _places(item, shape.item, (*path, index))


def _dumped(**how: Any) -> Callable[[dict[str, Any]], str]:
    def dump(data: dict[str, Any]) -> str:
        text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, **how)
        return text

    return dump


def _as_json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _with_crlf(data: dict[str, Any]) -> str:
    return new_record(data).replace("\n", "\r\n")


def _without_end(data: dict[str, Any]) -> str:
    return new_record(data).rstrip("\n")


WRITERS: tuple[Callable[[dict[str, Any]], str], ...] = (
    new_record,
    _with_crlf,
    _without_end,
    _dumped(),
    _dumped(default_flow_style=None),
    _dumped(width=20),
    _dumped(default_style="'"),
    _dumped(default_style=">"),
    _dumped(default_style="|", indent=4),
    _dumped(default_style='"', width=30),
    _as_json,
)
"""Ways to write the same data: ours, ours with other line ends, and other programs' with their habits."""


@st.composite
def disturbed(draw: Draw, text: str) -> str:
    """The text with comment lines and blank lines put between its lines, wherever they change nothing."""
    meant = read(text.encode(), "record.yaml").data
    newline = "\r\n" if "\r\n" in text else "\n"
    for _ in range(draw(st.integers(0, 4))):
        lines = text.split(newline)
        at = draw(st.integers(0, len(lines)))
        added = draw(st.sampled_from(["", "# a comment", "  # inside", "        # deep: inside", "      "]))
        candidate = newline.join([*lines[:at], added, *lines[at:]])
        if read(candidate.encode(), "record.yaml").data == meant:
            text = candidate
    return text
