"""What a change touches: the items whose own data are others than before, and the problems that lie in them; pure."""

from collections.abc import Iterable, Iterator
from typing import Any

from mrtrack.model.shape import Path
from mrtrack.problems import Problem, is_error
from mrtrack.rules.histories import items_at
from mrtrack.source.places import item_at
from mrtrack.source.reader import Reading
from mrtrack.source.tree import Mapping, Node, Scalar, find, plain

_BELOW = ("recommendations", "actions")


def touched(before: Reading | None, after: Reading) -> frozenset[Path]:
    """The paths of the items (the evaluation is `()`) that are new, or whose own data changed.

    What stands below an item is not its own. Layout, and the order of keys, make no difference.
    """
    olds = dict(_items(before.tree)) if before else {}
    known = {name: _own(node) for name, (_, node) in olds.items()}
    return frozenset(
        path for name, (path, node) in _items(after.tree) if name not in known or known[name] != _own(node)
    )


def on_touched(problems: Iterable[Problem], after: Reading, items: frozenset[Path]) -> tuple[Problem, ...]:
    """The errors, and those of the other problems that stand in a touched item, nothing below it included."""
    return tuple(
        problem for problem in problems if is_error(problem) or _item_of(problem, after.tree) in items
    )


def _item_of(problem: Problem, tree: Node | None) -> Path:
    return item_at(tree, (problem.line - 1, problem.column - 1))


def _items(tree: Node | None) -> Iterator[tuple[tuple[str, str], tuple[Path, Node]]]:
    """Every item by its kind and id; one without an id by its position."""
    if tree is None:
        return
    yield ("evaluation", ""), ((), tree)
    for path in items_at(tree, ("recommendations",)):
        yield from _item("recommendation", tree, path)
        for below in items_at(tree, (*path, "actions")):
            yield from _item("action", tree, below)


def _item(kind: str, tree: Node, path: Path) -> Iterator[tuple[tuple[str, str], tuple[Path, Node]]]:
    node = find(tree, path)
    if node:
        name = find(node, ("id",))
        yield (kind, name.value if isinstance(name, Scalar) else repr(path)), (path, node)


def _own(node: Node) -> Any:  # noqa: ANN401 - data of any form
    if not isinstance(node, Mapping):
        return _settled(plain(node))
    return {key: _settled(plain(pair.value)) for key, pair in node.pairs.items() if key not in _BELOW}


def _settled(data: Any) -> Any:  # noqa: ANN401 - data of any form
    """The data without line breaks at the end of a text, which are the layout's."""
    if isinstance(data, dict):
        return {key: _settled(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_settled(item) for item in data]
    return data.rstrip("\n") if isinstance(data, str) else data
