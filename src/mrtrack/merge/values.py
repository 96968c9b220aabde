"""When two pieces of plain data say the same, and how a place in a record is named on every side; no merging."""

import json
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any, NamedTuple

from mrtrack.model.shape import Path

BY_ID = ("recommendations", "actions")


class Absent(Enum):
    """What stands where a side has nothing; `null` is something."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


class Named(NamedTuple):
    """The step to the item of a list that has this id, case folded."""

    id: str


Route = tuple[str | Named, ...]
"""A place named so that it is the same on every side: by keys and ids, never by positions."""


class Key(NamedTuple):
    """What an item of a list is known by: its id, or all that it says; `nth` tells equal ones apart."""

    told: str
    nth: int = 0


def canonical(value: object) -> str:
    """A text that is the same for all data that say the same: line breaks at their end and order of keys aside."""
    return json.dumps(_normal(value), sort_keys=True, ensure_ascii=False)


def same(one: object, other: object) -> bool:
    """Whether two sides say the same, be it nothing."""
    if one is ABSENT or other is ABSENT:
        return one is other
    return canonical(one) == canonical(other)


def keys_of(items: Iterable[Any], *, by_id: bool) -> list[Key]:
    """What each item of a list is known by."""
    seen: dict[str, int] = {}
    keys = []
    for item in items:
        told = str(item["id"]).casefold() if by_id else canonical(item)
        keys.append(Key(told, seen.get(told, 0)))
        seen[told] = seen.get(told, 0) + 1
    return keys


def path_to(data: object, route: Route) -> Path | None:
    """Where a place stands in the data of one side; None where that side has nothing there."""
    path: list[str | int] = []
    for step in route:
        if isinstance(step, Named):
            ids = [str(item.get("id")).casefold() for item in data] if isinstance(data, list) else []
            if step.id not in ids:
                return None
            path.append(ids.index(step.id))
        elif isinstance(data, dict) and step in data:
            path.append(step)
        else:
            return None
        data = at(data, path[-1:])
    return tuple(path)


def at(data: Any, path: Sequence[str | int]) -> Any:  # noqa: ANN401 - data of any form
    """What stands at a path."""
    for step in path:
        data = data[step]
    return data


def _normal(value: object) -> object:
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, dict):
        return {key: _normal(below) for key, below in value.items()}
    return [_normal(item) for item in value] if isinstance(value, list) else value
