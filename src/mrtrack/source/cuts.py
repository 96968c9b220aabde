"""Where the prose of a record stands in its file, so that one text can be cut out without reading the rest."""

from itertools import accumulate
from typing import Any

from mrtrack.model.cut import Cut
from mrtrack.model.lean import KINDS, Block, Blocks, Prose
from mrtrack.model.paths import Path
from mrtrack.source.tree import Mapping, Node, Scalar, Sequence


def prose_cuts(
    content: bytes,
    tree: Node | None,
    data: Any,  # noqa: ANN401 - the record as its model writes it
) -> dict[Path, Cut]:
    """The cuts of the texts in block style; a text that no cut gives back as `data` has it is left out."""
    lines = content.split(b"\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    found: dict[Path, Cut] = {}
    _collect("evaluation", tree, data, (), (content, lines, starts), found)
    return found


def _collect(
    kind: str,
    node: Node | None,
    data: Any,  # noqa: ANN401 - plain data
    path: Path,
    file: tuple[bytes, list[bytes], list[int]],
    found: dict[Path, Cut],
) -> None:
    if not isinstance(node, Mapping):
        return
    for key, form in KINDS[kind].items():
        if key not in data or key not in node.pairs:
            continue
        below, here = node.pairs[key].value, (*path, key)
        if form is Prose:
            cut = _cut(below, file)
            if cut and cut.of(file[0]) == data[key]:
                found[here] = cut
        elif isinstance(form, Block):
            _collect(form.kind, below, data[key], here, file, found)
        elif isinstance(form, Blocks) and isinstance(below, Sequence):
            for nth, item in enumerate(below.items):
                _collect(form.kind, item, data[key][nth], (*here, nth), file, found)


def _cut(node: Node, file: tuple[bytes, list[bytes], list[int]]) -> Cut | None:
    if not isinstance(node, Scalar) or node.style != "|":
        return None
    _, lines, starts = file
    first, last = node.start[0] + 1, node.end[0]
    if node.end[1] == 0:
        last -= 1
    if not first <= last < len(lines):
        return None
    indent = len(lines[first]) - len(lines[first].lstrip(b" "))
    return Cut(starts[first], starts[last] + len(lines[last]) - starts[first], indent)
