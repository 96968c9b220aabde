"""Where a thing stands in a record: the place of a path in the text, and the reference that it belongs to."""

from bisect import bisect_right
from typing import Any

from mrtrack.model.paths import Path
from mrtrack.source.tree import Mapping, Node, Position, Scalar, Sequence, data_at, find

_LONGEST_ID = 200
"""What is longer names nothing: no file can be called so."""


def place_of(tree: Node | None, path: Path, *, at_key: bool) -> tuple[Position, int]:
    """The place of the value (or the key) that a path names, and its width in characters.

    Where the path leads to nothing, it is the place of the nearest block that is there.
    """
    if not path:
        first = next(iter(tree.pairs.values())).key if isinstance(tree, Mapping) and tree.pairs else tree
        return (first.start, _width(first)) if first else ((0, 0), 1)
    above, last = find(tree, path[:-1]), path[-1]
    if isinstance(above, Mapping) and last in above.pairs:
        pair = above.pairs[str(last)]
        node = pair.key if at_key or _has_no_text(pair.value) else pair.value
        return node.start, _width(node)
    if isinstance(above, Sequence) and (item := find(above, (last,))):
        return item.start, _width(item)
    return place_of(tree, path[:-1], at_key=False)


def ref_at(data: Any, path: Path) -> str:  # noqa: ANN401 - data of any form
    """The reference of the evaluation, recommendation or action that a path lies in; empty where unknown."""
    evaluation = _id(data)
    inner = ""
    for length in range(2, len(path) + 1):
        if isinstance(path[length - 1], int) and path[length - 2] in ("recommendations", "actions"):
            inner = _id(data_at(data, path[:length])) or inner
    return f"{evaluation}:{inner}" if evaluation and inner else evaluation


def ref_on_line(tree: Node, data: Any, line: int) -> str:  # noqa: ANN401 - data of any form
    """The reference of what stands on a line, counted from 0; empty where unknown. `data` is that of the tree."""
    path: Path = ()
    for key in ("recommendations", "actions"):
        listed = find(tree, (*path, key))
        items = listed.items if isinstance(listed, Sequence) else []
        index = bisect_right(items, line, key=_first_line) - 1
        if index < 0 or not _stands_on(items[index], line):
            break
        path = (*path, key, index)
    return ref_at(data, path)


def item_at(tree: Node | None, place: Position) -> Path:
    """The path of the innermost recommendation or action that a place lies in; empty where in none."""
    path: Path = ()
    for key in ("recommendations", "actions"):
        listed = find(tree, (*path, key))
        items = listed.items if isinstance(listed, Sequence) else []
        inside = [index for index, item in enumerate(items) if item.start <= place < item.end]
        if not inside:
            break
        path = (*path, key, inside[-1])
    return path


def _first_line(node: Node) -> int:
    return node.start[0]


def _stands_on(node: Node, line: int) -> bool:
    return node.start[0] <= line < max(node.end[0], node.start[0] + 1)


def _id(data: Any) -> str:  # noqa: ANN401 - data of any form
    found = data_at(data, ("id",))
    return found if isinstance(found, str) and len(found) <= _LONGEST_ID else ""


def _has_no_text(node: Node) -> bool:
    return isinstance(node, Scalar) and node.start == node.end


def _width(node: Node) -> int:
    if isinstance(node, Mapping) and not node.flow and node.pairs:
        return _width(next(iter(node.pairs.values())).key)
    if node.start[0] == node.end[0]:
        return max(1, node.end[1] - node.start[1])
    return 1
