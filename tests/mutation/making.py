"""Draws mutants, in a Python of its own: mutmut, whose operators make them, is no part of our environment.

`python making.py SEED SAMPLE LEAST PACKAGE=FILE,FILE…` writes one mutant a line, as JSON.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

cst: Any = import_module("libcst")
metadata: Any = import_module("libcst.metadata")
OPERATORS: Any = import_module("mutmut.mutation.mutators").mutation_operators

# What only a person reads: two words beside each other in a text that is no pattern.
_WORDING = re.compile(r"""f?["'].*[A-Za-z,.;:)] [A-Za-z(]""", re.DOTALL)
_FOR_TYPES = {"cast", "TypeVar", "isinstance", "len"}


@dataclass(frozen=True)
class Mutant:
    """One fault: in a module, one node that becomes another; with the lines that run it."""

    path: str
    module: Any
    node: Any
    other: Any
    first: int
    last: int
    at_import: bool

    def drawn(self, seed: int) -> str:
        """A number by chance that stays the same while the code around changes."""
        change = (self.module.code_for_node(self.node), self.module.code_for_node(self.other))
        return _hash(str(seed), self.path, *change)

    def written(self) -> dict[str, object]:
        """The whole text of the module with its fault, and where the fault is."""
        text = self.module.deep_replace(self.node, self.other).code
        where = {"path": self.path, "first": self.first, "last": self.last, "at_import": self.at_import}
        return {"id": _hash(self.path, text), **where, "text": text}


def main(seed: int, sample: int, least: int, packages: Sequence[str]) -> None:
    """Print a sample in which every package has its share, and at least `least` mutants."""
    every: dict[str, list[Mutant]] = {}
    for package in packages:
        name, _, paths = package.partition("=")
        every[name] = [mutant for path in paths.split(",") for mutant in _of_file(path)]
    for name, share in _shares({name: len(found) for name, found in every.items()}, sample, least).items():
        for mutant in sorted(every[name], key=lambda mutant: mutant.drawn(seed))[:share]:
            sys.stdout.write(json.dumps({"package": name, **mutant.written()}) + "\n")


def _hash(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


def _shares(sizes: dict[str, int], sample: int, least: int) -> dict[str, int]:
    """How many of each package: in proportion to its size once it has the least."""
    shares = {name: min(size, least) for name, size in sizes.items()}
    while sum(shares.values()) < min(sample, sum(sizes.values())):
        shares[max(shares, key=lambda name: sizes[name] / (shares[name] + 1))] += 1
    return shares


def _of_file(path: str) -> Iterator[Mutant]:
    wrapper = metadata.MetadataWrapper(cst.parse_module(Path(path).read_text(encoding="utf-8")))
    places = wrapper.resolve(metadata.PositionProvider)
    statements = (cst.SimpleStatementLine, cst.BaseCompoundStatement)

    def walk(node: Any, statement: Any, within: Any) -> Iterator[Mutant]:
        if _is_left_out(node, within):
            return
        statement = node if isinstance(node, statements) else statement
        within = node if isinstance(node, cst.FunctionDef) else within
        if statement is not None and node in places:
            simple = isinstance(statement, cst.SimpleStatementLine)
            whole = statement if simple else node.test if isinstance(node, (cst.If, cst.While)) else node
            first, last = places[statement].start.line, places[whole].end.line
            for other in _others(node, at_import=within is None):
                yield Mutant(path, wrapper.module, node, other, first, last, within is None)
        for child in node.children:
            yield from walk(child, statement, within)

    yield from walk(wrapper.module, None, None)


def _is_left_out(node: Any, within: Any) -> bool:
    """Types, which nothing runs, and decorators, without which a module does not even load."""
    if isinstance(node, (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)):
        return True
    if isinstance(node, cst.Call):
        return isinstance(node.func, cst.Name) and node.func.value in _FOR_TYPES
    if within is None and isinstance(node, cst.Assign) and isinstance(node.targets[0].target, cst.Name):
        name = node.targets[0].target.value
        return name.startswith("__") or (name[0].isupper() and not name.isupper() and _is_type(node.value))
    return False


def _is_type(value: Any) -> bool:
    if isinstance(value, cst.Subscript):
        return not (isinstance(value.value, cst.Name) and value.value.value == "Annotated")
    return isinstance(value, cst.BinaryOperation)


def _others(node: Any, *, at_import: bool) -> Iterator[Any]:
    """What the node can be instead: mutmut's ways, and a plain condition the other way round."""
    if at_import and isinstance(node, (cst.Assign, cst.AnnAssign)):
        return  # without its constants a module does not load, whatever the tests are worth
    if _is_wording(node):
        return
    for kind, operator in OPERATORS:
        if isinstance(node, kind):
            yield from (other for other in operator(node) if not _only_rewords(node, other))
    if isinstance(node, (cst.If, cst.While, cst.CompIf)):
        plain = (cst.Name, cst.Attribute, cst.Call, cst.Subscript)
        if isinstance(node.test, plain):
            denied = cst.UnaryOperation(operator=cst.Not(), expression=node.test)
            yield node.with_changes(test=denied)


def _is_wording(node: Any) -> bool:
    if isinstance(node, cst.ConcatenatedString):
        return _is_wording(node.left) or _is_wording(node.right)
    return isinstance(node, cst.SimpleString) and bool(_WORDING.match(node.value))


def _only_rewords(node: Any, other: Any) -> bool:
    """Whether a call differs in nothing but a text that it is given for people."""
    if not (isinstance(node, cst.Call) and isinstance(other, cst.Call)):
        return False
    return any(_is_wording(one.value) for one in node.args if all(one is not kept for kept in other.args))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
