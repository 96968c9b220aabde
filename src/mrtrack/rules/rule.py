"""What a rule is: a function from a record under check to findings, which carries its own documentation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from mrtrack.model.forms import FLOW_KEYS
from mrtrack.model.shape import Items, Keys, Path, Shape, Value, record_shape
from mrtrack.problems import Kind, Severity
from mrtrack.rules.histories import History, histories
from mrtrack.rules.sketch import Sketch
from mrtrack.source.tree import Mapping as Block
from mrtrack.source.tree import Node, Scalar, data_at, walk
from mrtrack.source.tree import Sequence as Listed

if TYPE_CHECKING:
    from datetime import date

    from mrtrack.model.record import Action, Entry, Evaluation
    from mrtrack.model.settings import Settings
    from mrtrack.source.reader import Reading

TEXTS = frozenset({"line", "prose", "id"})
"""The kinds of value that hold a line of text, prose or an id."""
_DEPTH_OF_RECOMMENDATION = 2
_UNKNOWN = Keys({}, ())


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


PlacedValue = tuple[Path, str | int, str, Shape | None]
"""A single value: the path of the block or list it stands in, its key or position there, the value itself; then the
shape that belongs there (None: no key, or below `extra`)."""

PlacedBlock = tuple[Path, Mapping[str, Any], Shape | None]
"""A block of keys, after its path; then the shape that belongs there (None as above)."""


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
    def data(self) -> Any:  # noqa: ANN401 - data of any form
        """The record as plain data; None where there is none."""
        return self.reading.data

    @property
    def tree(self) -> Node | None:
        """The tree of the text; None where there is none."""
        return self.reading.tree

    @property
    def evaluation(self) -> Evaluation | None:
        """The record as a whole; None where it is not valid."""
        return self.reading.evaluation

    @cached_property
    def values(self) -> Sequence[PlacedValue]:
        """The single values that may hold any words, with the shape that belongs there, in the order of the text.

        Those are all, but for the dates, amounts and closed words of a valid record.
        """
        return tuple(_values((), self.data, record_shape(), typed=self.evaluation is None))

    @property
    def texts(self) -> tuple[str, Sequence[str]]:
        """The texts of `values`, and maybe others, in no order: words, a line each, and the longer texts.

        Few records need more of them; those of one laid out as usual are known from reading it.
        """
        usual = self.reading.usual
        if usual is None:
            return "", [text for _, _, text, _ in self.values]
        return "\n".join(word for words in (usual.bare, usual.quoted) for _, word in words), usual.prose

    @cached_property
    def blocks(self) -> Sequence[PlacedBlock]:
        """The blocks of keys where a record has such, with what belongs there; the outer before the inner.

        A block under `extra` is among them, and what is in it is not.
        """
        placed: list[PlacedBlock] = [((), self.data, record_shape())] if isinstance(self.data, dict) else []
        for path, block, shape in placed:
            for key, below in _leading_on(tuple(block), shape) if isinstance(shape, Keys) else ():
                inner = block[key]
                if isinstance(inner, dict):
                    placed.append(((*path, key), inner, below))
                elif isinstance(inner, list) and isinstance(below, Items):
                    placed += [
                        ((*path, key, nth), item, below.item)
                        for nth, item in enumerate(inner)
                        if isinstance(item, dict)
                    ]
        return placed

    @cached_property
    def layouts(self) -> frozenset[tuple[str, ...]]:
        """The keys of `blocks`, and maybe of others, as they stand below each other: few blocks have their own."""
        usual = self.reading.usual
        return frozenset(map(tuple, usual.blocks if usual else (block for _, block, _ in self.blocks)))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys that stand in any of `blocks`, and maybe others: few records have those that most rules look for."""
        return frozenset[str]().union(*self.layouts)

    @cached_property
    def in_brackets(self) -> Sequence[tuple[Path, Block | Listed]]:
        """The lists in brackets and the blocks in braces that do not belong there, each after its path.

        A text that is laid out as usual has none, and its tree is not looked at.
        """
        return () if self.reading.usual else tuple(_in_brackets(self.tree))

    @cached_property
    def histories(self) -> tuple[History, ...]:
        """The histories of the evaluation, its responses and its actions, as far as they are valid."""
        return tuple(histories(self.reading))

    def histories_naming(self, key: str) -> Iterator[History]:
        """The histories of which an entry names a key."""
        histories = self.histories if key in self.keys else ()
        return (history for history in histories if key in history.named)

    def live_entries_naming(self, key: str) -> Iterator[tuple[History, int, Entry]]:
        """The entries that name a key and that no correction has struck, each after its history and its position."""
        for history in self.histories_naming(key):
            for index in history.live:
                if key in history.keys_of[index]:
                    yield history, index, history.entries[index]

    @cached_property
    def items(self) -> Mapping[Path, Any]:
        """The data of the recommendations and actions by their paths, in the order of the text."""
        found: dict[Path, Any] = {}
        for nth, recommendation in enumerate(_listed(self.data, "recommendations")):
            path = ("recommendations", nth)
            found[path] = recommendation
            for index, action in enumerate(_listed(recommendation, "actions")):
                found[(*path, "actions", index)] = action
        return found

    def having(self, key: str, paths: Iterable[Path]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        """Those of the items at these paths that have a key, after their paths."""
        for path in paths if key in self.keys else ():
            item = self.items[path]
            if isinstance(item, dict) and key in item:
                yield path, item

    @cached_property
    def ids(self) -> Mapping[Path, str]:
        """The ids of the recommendations and actions by their paths, in the order of the text; empty where none is."""
        return {path: _text_under(item, "id") for path, item in self.items.items()}

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
        return tuple(
            ((*path, "accepted", index, "rule"), path)
            for path, item in (((), self.data), *self.having("accepted", self.items))
            for index, accepted in enumerate(_listed(item, "accepted"))
            if _text_under(accepted, "rule")
        )

    @cached_property
    def accepted(self) -> frozenset[tuple[str, Path]]:
        """What a person accepted: the name of each rule, with the path of the item it holds for."""
        return frozenset((self.text(*path), item) for path, item in self.acceptances)

    def text(self, *path: str | int) -> str:
        """The text of the value at a path; empty where there is none."""
        found = data_at(self.data, path)
        return found if isinstance(found, str) else ""


def _values(
    path: Path,
    data: Any,  # noqa: ANN401 - data of any form
    shape: Shape | None,
    *,
    typed: bool,
) -> Iterator[PlacedValue]:
    """The single values at and below a path; `typed` ones only where they may be anything."""
    steps: Iterable[tuple[Any, Any]] = ()
    keys, item = _UNKNOWN, None
    if isinstance(data, dict):
        keys = shape if isinstance(shape, Keys) else _UNKNOWN
        steps = data.items()
    elif isinstance(data, list):
        item = shape.item if isinstance(shape, Items) else None
        steps = enumerate(data)
    for step, below in steps:
        inner = keys.keys.get(step, item)
        if isinstance(below, (dict, list)):
            yield from _values((*path, step), below, inner, typed=typed)
        elif isinstance(below, str) and (typed or not (isinstance(inner, Value) and inner.kind == "typed")):
            yield path, step, below, inner


@lru_cache(maxsize=1024)
def _leading_on(keys: tuple[str, ...], shape: Keys) -> tuple[tuple[str, Shape], ...]:
    """Those of the keys of a block below which blocks may stand, each with what belongs there; it is kept."""
    below = ((key, shape.keys[key]) for key in keys if key in shape.keys)
    return tuple((key, one) for key, one in below if not isinstance(one, Value) or one.kind == "free")


Find = Callable[[RecordUnderCheck], Iterator[Finding]]
FoundAcross = Iterator[tuple[Sketch, Find]]
FindAcross = Callable[[Sequence[Sketch]], FoundAcross]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about one record."""

    kind: Kind
    find: Find


@dataclass(frozen=True, slots=True)
class RuleAcross:
    """A rule about records beside each other, as sketches.

    With the sketch of each record that something is wrong with comes what finds it there, once the record is read.
    """

    kind: Kind
    find: FindAcross


def at_once(finding: Finding) -> Find:
    """What finds just this, whose place is known before the record is read again."""
    return lambda _: iter((finding,))


def at_first(places: Callable[[RecordUnderCheck], Iterator[Path]], message: str, hint: str) -> Find:
    """What finds this at the first of the places that a record has for it."""
    return lambda record: (Finding(path, message, hint) for path in islice(places(record), 1))


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


def _in_brackets(tree: Node | None) -> Iterator[tuple[Path, Block | Listed]]:
    above: Path | None = None
    for path, node in walk(tree):
        if isinstance(node, Scalar) or not node.flow or (above is not None and path[: len(above)] == above):
            continue
        above = path
        if next((step for step in reversed(path) if isinstance(step, str)), "") not in FLOW_KEYS:
            yield path, node


def _listed(data: Any, key: str) -> Sequence[Any]:  # noqa: ANN401 - data of any form
    """The items of the list under a key; none where there is no such list."""
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, list) else ()


def _text_under(data: Any, key: str) -> str:  # noqa: ANN401 - data of any form
    """The text of the value under a key; empty where there is none."""
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, str) else ""
