"""What a change of a record is: a list of operations, and what they make of its plain data.

Nothing here knows text; `mrtrack.edit.splice` makes the same change there, `mrtrack.edit.verify` compares.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mrtrack.edit.refusal import Refused
from mrtrack.model.shape import Keys, Path, Shape, shape_at

Data = str | None | Sequence["Data"] | Mapping[str, "Data"]


@dataclass(frozen=True, slots=True)
class Set:
    """What stands at the path becomes the value; an absent key is written, with the blocks above it."""

    path: Path
    value: Data


@dataclass(frozen=True, slots=True)
class Remove:
    """What stands at the path goes, and so does a block that nothing is left in."""

    path: Path


@dataclass(frozen=True, slots=True)
class Append:
    """The item is put at the end of the list at the path; a list that is absent is made."""

    path: Path
    item: Data


Operation = Set | Remove | Append


class EditRefused(Refused):
    """A change that cannot be made in this text; the message says where, why and what to do."""

    def __init__(self, path: Path, reason: str, hint: str) -> None:
        super().__init__(f"{name_path(path)}: {reason}", hint)
        self.path = path


def name_path(path: Path) -> str:
    """A path in words, its positions counted from 1: `recommendations 2, actions 1, due`."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words) or "the record"


def apply(data: Data, operations: Iterable[Operation]) -> Any:  # noqa: ANN401 - data of any form
    """The data after the operations, made one after the other; the data given stay as they are.

    Raises:
        EditRefused: where a path leads nowhere.
    """
    result = _own(data)
    for operation in operations:
        match ground(result, operation):
            case Set((), value):
                result = _own(value)
            case Set(path, value):
                _set(_at(result, path[:-1]), path, _own(value))
            case Remove(path):
                del _at(result, path[:-1])[path[-1]]
            case Append(path, item):
                _at(result, path).append(_own(item))
    return result


def ground(data: Data, operation: Operation) -> Operation:
    """The operation as it stands on these data: what it writes or takes away, its surroundings included.

    Afterwards a `Set` has a block above it that is not empty, an `Append` a list with items, and a `Remove`
    leaves something behind in the block it takes from.

    Raises:
        EditRefused: where the path leads nowhere.
    """
    match operation:
        case Set(path, value):
            return _grounded(data, path, value)
        case Append(path, item):
            there = _look(data, path)
            if isinstance(there, list) and there:
                return operation
            if not _is_void(there):
                raise EditRefused(
                    path,
                    "this is no list, so that nothing can be added to it",
                    "look at its lines in the file",
                )
            return _grounded(data, path, [item])
        case Remove(path):
            if not path or not _holds(_look(data, path[:-1]), path[-1]):
                raise EditRefused(
                    path,
                    "nothing stands here, so that nothing can be taken away",
                    "look at the record as it is now",
                )
            while len(path) > 1 and len(_at(data, path[:-1])) == 1:
                path = path[:-1]
            return Remove(path)


def place(present: Sequence[str], key: str, shape: Shape | None) -> int:
    """Where a new key goes among those present: behind the nearest that the shape has before it."""
    order = list(shape.keys) if isinstance(shape, Keys) else []
    if key not in order:
        return len(present)
    for earlier in reversed(order[: order.index(key)]):
        if earlier in present:
            return present.index(earlier) + 1
    return 0


def _grounded(data: Data, path: Path, value: Data) -> Set:
    node = data
    for depth, step in enumerate(path):
        if depth and _is_void(node):
            for key in reversed(path[depth:]):
                if isinstance(key, int):
                    raise EditRefused(path, "there is no such item", "look at the record as it is now")
                value = {key: value}
            return Set(path[:depth], value)
        if not (_holds(node, step) or (isinstance(node, dict) and isinstance(step, str))):
            raise EditRefused(
                path, "there is no such place in this record", "look at the record as it is now"
            )
        node = _at(node, (step,)) if _holds(node, step) else None
    return Set(path, value)


def _is_void(data: Data) -> bool:
    return data is None or (isinstance(data, (dict, list)) and not data)


def _holds(data: Data, step: str | int) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data)


def _look(data: Data, path: Path) -> Data:
    for step in path:
        if not _holds(data, step):
            return None
        data = _at(data, (step,))
    return data


def _at(data: Any, path: Path) -> Any:  # noqa: ANN401 - data of any form
    for step in path:
        data = data[step]
    return data


def _set(block: Any, path: Path, value: Any) -> None:  # noqa: ANN401 - data of any form
    step: Any = path[-1]
    if isinstance(block, list) or step in block:
        block[step] = value
        return
    pairs = list(block.items())
    pairs.insert(place(list(block), str(step), shape_at(path[:-1])), (step, value))
    block.clear()
    block.update(pairs)


def _own(data: Data) -> Any:  # noqa: ANN401 - data of any form
    if data is None or isinstance(data, str):
        return data
    if isinstance(data, Mapping):
        return {key: _own(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [_own(item) for item in data]
    raise TypeError(f"{data!r} is no text: a record's data are text, lists and blocks of keys")
