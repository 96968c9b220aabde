"""The histories of a record beside the present they tell of, found also where other parts are not valid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence  # noqa: TC003 - a named tuple holds its types
from collections.abc import Set as AbstractSet  # noqa: TC003 - the same
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from mrtrack import timeline
from mrtrack.model.record import Action, Entry, Evaluation, Response
from mrtrack.problems import is_error
from mrtrack.source.tree import data_at

if TYPE_CHECKING:
    from mrtrack.model.shape import Path
    from mrtrack.source.reader import Reading

M = TypeVar("M", bound=BaseModel)

_LOGGED: dict[type, tuple[str, ...]] = {
    Action: ("status", "due", "responsible"),
    Response: ("decision",),
    Evaluation: ("status", "planned_end"),
}
_NOTHING: frozenset[str] = frozenset()
_OF_EVALUATION = ("schema", "id", "status", "planned_end", "history")


class History(NamedTuple):
    """The entries of an evaluation, a response or an action; `item` is the path to its present.

    `keys_of` are the keys that each entry names, `named` those that any does, whether it counts or not. `live` are
    the positions of the entries that count: those that no correction has struck.
    """

    item: Path
    present: Evaluation | Response | Action
    entries: Sequence[Entry]
    keys_of: Sequence[AbstractSet[str]]
    named: AbstractSet[str]
    live: Sequence[int]

    def at(self, index: int, *keys: str) -> Path:
        """The path of an entry, or of a key in it."""
        return (*self.item, "history", index, *keys)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the present that entries may name."""
        return _LOGGED[type(self.present)]

    @property
    def names(self) -> tuple[str, ...]:
        """What each entry is called: its day, with #2 for the second of that day."""
        return tuple(str(name) for name, _ in timeline.names(self.entries))

    def naming(self, key: str) -> int | None:
        """The position of the last entry that counts and names a key."""
        if key in self.named:
            for index in reversed(self.live):
                if key in self.keys_of[index]:
                    return index
        return None

    def live_until(self, index: int) -> list[Entry]:
        """The entries that count, down to the one at a position."""
        return [self.entries[position] for position in self.live if position <= index]

    def with_known(self, key: str) -> Iterator[tuple[int, Entry, bool, Any]]:
        """Each entry that counts, after its position; whether those above name a key, and the last value."""
        named, value = False, None
        for index in self.live:
            entry = self.entries[index]
            yield index, entry, named, value
            if key in self.keys_of[index]:
                named, value = True, getattr(entry, key)


def history_of(item: Path, present: Evaluation | Response | Action) -> History:
    """The history of an evaluation, a response or an action, which stands at a path; it may have no entry."""
    entries = present.history or ()
    keys_of = [entry.model_fields_set for entry in entries]
    named = _NOTHING.union(*keys_of)
    live: Sequence[int] = range(len(entries))
    if "corrects" in named:
        void = timeline.corrected(entries)
        live = tuple(index for index in live if index not in void)
    return History(item, present, entries, keys_of, named, live)


def histories(reading: Reading) -> Iterator[History]:
    """Every history of a record that is valid itself, whatever is wrong elsewhere in the record.

    Where the text itself is broken, as by a key that stands twice, there is none: what was meant is unknown.
    """
    if reading.evaluation:
        yield from _of_evaluation(reading.evaluation)
    elif not any(is_error(problem) and problem.code.startswith("Y") for problem in reading.problems):
        yield from _of_parts(reading.data)


def _of_evaluation(evaluation: Evaluation) -> Iterator[History]:
    if evaluation.history:
        yield history_of((), evaluation)
    for nth, recommendation in enumerate(evaluation.recommendations or ()):
        response = recommendation.response
        if response and response.history:
            yield history_of(("recommendations", nth, "response"), response)
        for index, action in enumerate(recommendation.actions or ()):
            if action.history:
                yield history_of(("recommendations", nth, "actions", index), action)


def items_at(root: Any, path: Path, above: Path = ()) -> tuple[Path, ...]:  # noqa: ANN401 - data of any form
    """The paths of the items of the list at a path; none where there is no list. `above` is the path of the root."""
    listed = data_at(root, path)
    count = len(listed) if isinstance(listed, list) else 0
    return tuple((*above, *path, index) for index in range(count))


def _of_parts(root: Any) -> Iterator[History]:  # noqa: ANN401 - data of any form
    data = root if isinstance(root, dict) else {}
    evaluation = _valid(Evaluation, {key: data[key] for key in _OF_EVALUATION if key in data})
    if evaluation and evaluation.history:
        yield history_of((), evaluation)
    for item in items_at(root, ("recommendations",)):
        response = _valid(Response, data_at(root, (*item, "response")))
        if response and response.history:
            yield history_of((*item, "response"), response)
        for path in items_at(root, (*item, "actions")):
            action = _valid(Action, data_at(root, path))
            if action and action.history:
                yield history_of(path, action)


def _valid(model: type[M], data: Any) -> M | None:  # noqa: ANN401 - data of any form
    try:
        return model.model_validate(data)
    except ValidationError:
        return None
