"""What a rule is: a function from a record under check to findings, which carries its own documentation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mrtrack.model.shape import Items, Keys, Path, Shape, Value, record_shape
from mrtrack.problems import Kind, Severity
from mrtrack.rules.histories import History, histories
from mrtrack.rules.sketch import Sketch
from mrtrack.source.tree import Mapping as Block
from mrtrack.source.tree import Node, Scalar, find
from mrtrack.source.tree import Sequence as Listed

if TYPE_CHECKING:
    from datetime import date

    from mrtrack.model.record import Action, Entry, Evaluation
    from mrtrack.model.settings import Settings
    from mrtrack.source.reader import Reading

_TEXTS = frozenset({"line", "prose", "id"})
_DEPTH_OF_RECOMMENDATION = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found at one path: what stands there, and what to write instead.

    `message` holds no line number, so that a finding stays the same when lines above it change. `word` is the
    part of the value that is meant, where it is not the whole.
    """

    path: Path
    message: str
    hint: str
    at_key: bool = False
    word: str = ""


PlacedValue = tuple[Path, Scalar, Shape | None]
"""A single value of the tree, after its path; then the shape that belongs there (None: no key, or below `extra`)."""

PlacedBlock = tuple[Path, Block | Listed, Shape | None]
"""A block of keys or a list of the tree, after its path; then the shape that belongs there (None as above)."""


@dataclass(frozen=True)
class RecordUnderCheck:
    """A record as rules see it: as text with positions, as data, and beside the settings.

    `weights` says what the findings of each rule count for here; None is off. A record that is not valid is
    checked as well, as far as its parts are. `today` is None where no rule shall ask for the day.
    """

    reading: Reading
    settings: Settings
    weights: Mapping[str, Severity | None]
    today: date | None = None

    @property
    def tree(self) -> Node | None:
        """The tree of the text; None where there is none."""
        return self.reading.tree

    @property
    def evaluation(self) -> Evaluation | None:
        """The record as a whole; None where it is not valid."""
        return self.reading.evaluation

    @property
    def values(self) -> Sequence[PlacedValue]:
        """The single values that may hold any words, with the shape that belongs there, in the order of the text.

        Those are all, but for the dates, amounts and closed words of a valid record.
        """
        return self._walked[0]

    @property
    def blocks(self) -> Sequence[PlacedBlock]:
        """Every block of keys and every list with the shape that belongs there, the outer before the inner."""
        return self._walked[1]

    @cached_property
    def texts(self) -> Sequence[tuple[Path, Scalar]]:
        """The values that hold a line of text, prose or an id."""
        return [
            (path, node)
            for path, node, shape in self.values
            if isinstance(shape, Value) and shape.kind in _TEXTS
        ]

    @cached_property
    def histories(self) -> tuple[History, ...]:
        """The histories of the evaluation, its responses and its actions, as far as they are valid."""
        return tuple(histories(self.reading))

    def histories_naming(self, key: str) -> Iterator[History]:
        """The histories of which an entry names a key."""
        return (history for history in self.histories if key in history.named)

    def live_entries_naming(self, key: str) -> Iterator[tuple[History, int, Entry]]:
        """The entries that name a key and that no correction has struck, each after its history and its position."""
        for history in self.histories_naming(key):
            for index in history.live:
                if key in history.entries[index].model_fields_set:
                    yield history, index, history.entries[index]

    @cached_property
    def items(self) -> Mapping[Path, Node]:
        """The recommendations and actions by their paths, in the order of the text."""
        found: dict[Path, Node] = {}
        for nth, recommendation in enumerate(_listed(self.tree, "recommendations")):
            path = ("recommendations", nth)
            found[path] = recommendation
            for index, action in enumerate(_listed(recommendation, "actions")):
                found[(*path, "actions", index)] = action
        return found

    @cached_property
    def ids(self) -> Mapping[Path, str]:
        """The ids of the recommendations and actions by their paths, in the order of the text; empty where none is."""
        return {path: _text_under(node, "id") for path, node in self.items.items()}

    @cached_property
    def recommendations(self) -> tuple[Path, ...]:
        """The paths of the recommendations."""
        return tuple(path for path in self.items if len(path) == _DEPTH_OF_RECOMMENDATION)

    @cached_property
    def actions(self) -> tuple[Path, ...]:
        """The paths of the actions."""
        return tuple(path for path in self.items if len(path) > _DEPTH_OF_RECOMMENDATION)

    @cached_property
    def valid_actions(self) -> tuple[tuple[Path, Action], ...]:
        """The actions of a valid record with their paths; none of a record that is not valid."""
        asked = (self.evaluation.recommendations if self.evaluation else None) or ()
        return tuple(
            (("recommendations", nth, "actions", index), action)
            for nth, above in enumerate(asked)
            for index, action in enumerate(above.actions or ())
        )

    @cached_property
    def acceptances(self) -> tuple[tuple[Path, Path], ...]:
        """Where a person accepted findings: the path of each rule's name, and of the item it holds for."""
        places: list[tuple[Path, Node | None]] = [((), self.tree)]
        places += ((path, self.items[path]) for path in (*self.recommendations, *self.actions))
        return tuple(
            ((*path, "accepted", index, "rule"), path)
            for path, node in places
            for index, accepted in enumerate(_listed(node, "accepted"))
            if _text_under(accepted, "rule")
        )

    @cached_property
    def accepted(self) -> frozenset[tuple[str, Path]]:
        """What a person accepted: the name of each rule, with the path of the item it holds for."""
        return frozenset((self.text(*path), item) for path, item in self.acceptances)

    def text(self, *path: str | int) -> str:
        """The text of the value at a path; empty where there is none."""
        found = find(self.tree, path)
        return found.value if isinstance(found, Scalar) and not found.is_null else ""

    @cached_property
    def _walked(self) -> tuple[list[PlacedValue], list[PlacedBlock]]:
        walk = _Walk([], [], typed=self.evaluation is None)
        if self.tree:
            walk.on((), self.tree, record_shape())
        return walk.values, walk.blocks


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk through a tree, which notes what it passes; `typed` values only where they may be anything.

    It is no function within a function: one that calls itself is a circle, which keeps the whole tree in memory
    until the collector of garbage has gone through it.
    """

    values: list[PlacedValue]
    blocks: list[PlacedBlock]
    typed: bool

    def on(self, path: Path, node: Node, shape: Shape | None) -> None:
        """Note a node and what is below it."""
        if isinstance(node, Scalar):
            if self.typed or not isinstance(shape, Value) or shape.kind != "typed":
                self.values.append((path, node, shape))
            return
        self.blocks.append((path, node, shape))
        if isinstance(node, Block):
            known = shape.keys if isinstance(shape, Keys) else {}
            for key, (_, below) in node.pairs.items():
                self.on((*path, key), below, known.get(key))
        else:
            item = shape.item if isinstance(shape, Items) else None
            for index, below in enumerate(node.items):
                self.on((*path, index), below, item)


Find = Callable[[RecordUnderCheck], Iterator[Finding]]
FoundAcross = Iterator[tuple[Sketch, Finding]]
FindAcross = Callable[[Sequence[Sketch]], FoundAcross]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about one record."""

    kind: Kind
    find: Find


@dataclass(frozen=True, slots=True)
class RuleAcross:
    """A rule about records beside each other, as sketches; each finding comes with that of the record it is in."""

    kind: Kind
    find: FindAcross


def rule(code: str, name: str, severity: Severity, summary: str = "") -> Callable[[Find], Rule]:
    """Make a function a rule about one record; its docstring becomes the explanation."""
    return lambda find: Rule(Kind(code, name, severity, _explanation(find), summary), find)


def rule_across(
    code: str, name: str, severity: Severity, summary: str = ""
) -> Callable[[FindAcross], RuleAcross]:
    """Make a function a rule about records beside each other; its docstring becomes the explanation."""
    return lambda find: RuleAcross(Kind(code, name, severity, _explanation(find), summary), find)


def _explanation(function: Callable[..., object]) -> str:
    return (inspect.getdoc(function) or "") + "\n"


def _listed(node: Node | None, key: str) -> Sequence[Node]:
    """The items of the list under a key; none where there is no such list."""
    found = node.pairs.get(key) if isinstance(node, Block) else None
    return found.value.items if found and isinstance(found.value, Listed) else ()


def _text_under(node: Node, key: str) -> str:
    """The text of the value under a key; empty where there is none."""
    found = node.pairs.get(key) if isinstance(node, Block) else None
    return found.value.value if found and isinstance(found.value, Scalar) and not found.value.is_null else ""
