"""The shape of a record as data: which keys stand where, in which order, holding what kind of text.

Read off the models once, so that reader, rules, writer and documentation cannot disagree with them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from mrtrack.model import paths
from mrtrack.model.fields import Form, Mark, MarkKind
from mrtrack.model.record import Evaluation


@dataclass(frozen=True, slots=True)
class Value:
    """A single value, the kind of text it is, its form in terms of JSON Schema, and the name of what reads it."""

    kind: MarkKind
    form: Form = field(hash=False, compare=False, default_factory=dict)
    name: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Items:
    """A list, and what each of its items is."""

    item: "Shape"


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """A block of keys in their order, what stands under each, and which of them are required; each is its own.

    `typed` are the keys of dates, amounts, closed words and the like: values that are not free text.
    """

    keys: Mapping[str, "Shape"]
    required: tuple[str, ...]
    typed: frozenset[str] = frozenset()


Shape = Value | Items | Keys
Path = paths.Path


@cache
def record_shape() -> Keys:
    """The shape of a whole record."""
    return _of_model(Evaluation)


def shape_at(path: Path, shape: Shape | None = None) -> Shape | None:
    """The shape at a path of keys and list positions; None where a record has nothing there."""
    found: Shape | None = shape or record_shape()
    for step in path:
        if isinstance(found, Items) and isinstance(step, int):
            found = found.item
        elif isinstance(found, Keys) and isinstance(step, str):
            found = found.keys.get(step)
        elif not (isinstance(found, Value) and found.kind == "free"):
            return None
    return found


@cache
def typed_everywhere() -> frozenset[str]:
    """The keys that hold no free text wherever a record has them, but below `extra`, where any key may stand."""
    blocks = [block for _, block in blocks_of_keys()]
    typed = frozenset[str]().union(*(block.typed for block in blocks))
    return typed.difference(*(block.keys.keys() - block.typed for block in blocks))


@cache
def blocks_of_keys() -> tuple[tuple[str, Keys], ...]:
    """Every block of keys that a record may have, after the key below which it stands; none is above the record."""
    return tuple(_blocks("", record_shape()))


def key_paths(shape: Shape | None = None, above: str = "") -> Iterator[str]:
    """Every key of a record, written with dots: `recommendations.actions.due`."""
    match shape or record_shape():
        case Keys(keys):
            for key, below in keys.items():
                yield f"{above}{key}"
                yield from key_paths(below, f"{above}{key}.")
        case Items(item):
            yield from key_paths(item, above)


def _blocks(above: str, shape: Shape) -> Iterator[tuple[str, Keys]]:
    if isinstance(shape, Items):
        yield from _blocks(above, shape.item)
    elif isinstance(shape, Keys):
        yield above, shape
        for key, below in shape.keys.items():
            yield from _blocks(key, below)


def _of_model(model: type[BaseModel]) -> Keys:
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    keys = {
        key: _of_type(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
        for key, field in fields.items()
    }
    required = tuple(key for key, field in fields.items() if field.is_required())
    typed = frozenset(key for key, one in keys.items() if isinstance(one, Value) and one.kind == "typed")
    return Keys(keys, required, typed)


def _of_type(annotation: Any) -> Shape:  # noqa: ANN401 - an annotation is any form
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        for mark in metadata:
            if isinstance(mark, Mark):
                return Value(mark.kind, mark.form, mark.name)
        return _of_type(inner)
    if origin in (Union, UnionType):
        return _of_type(next(part for part in get_args(annotation) if part is not type(None)))
    if origin is tuple:
        return Items(_of_type(get_args(annotation)[0]))
    return _of_model(annotation)
