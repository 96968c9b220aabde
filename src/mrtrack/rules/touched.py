"""What a change touches: the items whose own data are others than before, and the problems that lie in them; pure."""

from collections.abc import Iterable, Iterator
from typing import Any

from mrtrack.model.shape import Path
from mrtrack.problems import Problem, is_error
from mrtrack.rules.histories import items_at
from mrtrack.source.places import item_at
from mrtrack.source.reader import Reading
from mrtrack.source.tree import Node, data_at

_BELOW = ("recommendations", "actions")


def touched(before: Reading | None, after: Reading) -> frozenset[Path]:
    """The paths of the items (the evaluation is `()`) that are new, or whose own data changed.

    What stands below an item is not its own. Layout, and the order of keys, make no difference.
    """
    olds = dict(_items(before.data)) if before else {}
    known = {name: _own(data) for name, (_, data) in olds.items()}
    return frozenset(
        path for name, (path, data) in _items(after.data) if name not in known or known[name] != _own(data)
    )


def on_touched(problems: Iterable[Problem], after: Reading, items: frozenset[Path]) -> tuple[Problem, ...]:
    """The errors, and those of the other problems that stand in a touched item, nothing below it included."""
    return tuple(
        problem for problem in problems if is_error(problem) or _item_of(problem, after.tree) in items
    )


def _item_of(problem: Problem, tree: Node | None) -> Path:
    return item_at(tree, (problem.line - 1, problem.column - 1))


def _items(record: Any) -> Iterator[tuple[tuple[str, str], tuple[Path, Any]]]:  # noqa: ANN401 - data of any form
    """Every item by its kind and id; one without an id by its position."""
    if record is None:
        return
    yield ("evaluation", ""), ((), record)
    for path in items_at(record, ("recommendations",)):
        yield _item("recommendation", record, path)
        for below in items_at(record, (*path, "actions")):
            yield _item("action", record, below)


def _item(kind: str, record: Any, path: Path) -> tuple[tuple[str, str], tuple[Path, Any]]:  # noqa: ANN401 - the same
    data = data_at(record, path)
    name = data_at(data, ("id",))
    return (kind, name if isinstance(name, str) else repr(path)), (path, data)


def _own(data: Any) -> Any:  # noqa: ANN401 - data of any form
    if not isinstance(data, dict):
        return _settled(data)
    return {key: _settled(value) for key, value in data.items() if key not in _BELOW}


def _settled(data: Any) -> Any:  # noqa: ANN401 - data of any form
    """The data without line breaks at the end of a text, which are the layout's."""
    if isinstance(data, dict):
        return {key: _settled(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_settled(item) for item in data]
    return data.rstrip("\n") if isinstance(data, str) else data
