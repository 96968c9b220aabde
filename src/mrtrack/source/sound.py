"""The short way to a record's data: of a file in which nothing at all is wrong, without loading the models.

It follows a plan of keys that is read off the models once and kept, so that the two cannot disagree. Whatever it is
not sure of is left to the reader, which knows what to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mrtrack.model.forms import FORMS, plain
from mrtrack.source.bounds import beyond
from mrtrack.source.tree import Mapping, hides
from mrtrack.source.usual import read_usual
from mrtrack.source.usual_tree import usual_tree

if TYPE_CHECKING:
    from mrtrack.model.settings import Limits
    from mrtrack.model.shape import Shape
    from mrtrack.source.tree import Node

Plan = Any
"""What stands at a place: the name of a form, a list of one plan, or a block as its plans by key and what it needs."""

_FREE = "free"


class Unsure(Exception):  # noqa: N818 - no error: the reader takes over
    """Raised where something may be wrong."""


class Sound(NamedTuple):
    """A record in which nothing is wrong: its tree, and its data as the model writes it."""

    tree: Node
    data: dict[str, Any]


def plan_of(shape: Shape) -> Plan:
    """The plan of a shape, as plain data."""
    from mrtrack.model.shape import Items, Keys  # noqa: PLC0415 - loads the models

    if isinstance(shape, Items):
        return [plan_of(shape.item)]
    if isinstance(shape, Keys):
        below = {key: plan_of(one) for key, one in shape.keys.items()}
        return {"keys": below, "required": list(shape.required)}
    return shape.name or _FREE


def sound_record(content: bytes, plan: Plan, limits: Limits) -> Sound:
    """The record of a file.

    Raises:
        Unsure: where anything may be wrong with it.
    """
    if beyond(content, limits):
        raise Unsure
    try:
        text = content.decode("utf-8")
        if b"\r" not in content and not hides(content, text):
            if usual := read_usual(text, limits):
                return Sound(usual_tree(text, usual), _block(usual.data, plan))
            return _built(text, plan, limits)
    except ValueError:
        pass
    raise Unsure


def _built(text: str, plan: Plan, limits: Limits) -> Sound:
    """The record of a text that is not laid out as usual."""
    from mrtrack.source.building import Unbuildable, build_with_data  # noqa: PLC0415 - few texts need libyaml

    try:
        tree, data = build_with_data(text, _unsure, limits.depth, limits.values)
    except Unbuildable:
        raise Unsure from None
    if not isinstance(tree, Mapping):
        raise Unsure
    return Sound(tree, _block(data, plan))


def _unsure(*_: object) -> None:
    raise Unsure


def _value(value: Any, plan: Plan) -> Any:  # noqa: ANN401 - data of any form
    if isinstance(plan, dict):
        return _block(value, plan)
    if isinstance(plan, list):
        if not isinstance(value, list) or not value:
            raise Unsure
        return [_value(item, plan[0]) for item in value]
    if plan == _FREE:
        if not isinstance(value, dict):
            raise Unsure
        return value
    if not isinstance(value, str):
        raise Unsure
    return plain(FORMS[plan](value))


def _block(value: Any, plan: Plan) -> dict[str, Any]:  # noqa: ANN401 - the same
    if not isinstance(value, dict):
        raise Unsure
    keys, required = plan["keys"], plan["required"]
    if not value.keys() <= keys.keys() or any(value.get(key) is None for key in required):
        raise Unsure
    return {key: None if item is None else _value(item, keys[key]) for key, item in value.items()}
