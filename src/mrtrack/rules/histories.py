"""The histories of a record beside the present they tell of, found also where other parts are not valid."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from mrtrack import timeline
from mrtrack.model.record import Action, Entry, Evaluation, Response
from mrtrack.problems import is_error
from mrtrack.source.tree import data_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


@dataclass(frozen=True)
class History:
    """The entries of an evaluation, a response or an action; `item` is the path to its present."""

    item: Path
    present: Evaluation | Response | Action
    entries: Sequence[Entry]

    def at(self, index: int, *keys: str) -> Path:
        """The path of an entry, or of a key in it."""
        return (*self.item, "history", index, *keys)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the present that entries may name."""
        return _LOGGED[type(self.present)]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each entry is called: its day, with #2 for the second of that day."""
        return tuple(str(name) for name, _ in timeline.names(self.entries))

    @cached_property
    def live(self) -> Sequence[int]:
        """The positions of the entries that count: those that no correction has struck."""
        if "corrects" not in self.named:
            return range(len(self.entries))
        void = timeline.corrected(self.entries)
        return tuple(index for index in range(len(self.entries)) if index not in void)

    @cached_property
    def named(self) -> frozenset[str]:
        """The keys that any entry names, whether it counts or not."""
        return _NOTHING.union(*[entry.model_fields_set for entry in self.entries])

    def naming(self, key: str) -> int | None:
        """The position of the last entry that counts and names a key."""
        if key in self.named:
            for index in reversed(self.live):
                if key in self.entries[index].model_fields_set:
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
            if key in entry.model_fields_set:
                named, value = True, getattr(entry, key)


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
        yield History((), evaluation, evaluation.history)
    for nth, recommendation in enumerate(evaluation.recommendations or ()):
        response = recommendation.response
        if response and response.history:
            yield History(("recommendations", nth, "response"), response, response.history)
        for index, action in enumerate(recommendation.actions or ()):
            if action.history:
                yield History(("recommendations", nth, "actions", index), action, action.history)


def items_at(root: Any, path: Path, above: Path = ()) -> tuple[Path, ...]:  # noqa: ANN401 - data of any form
    """The paths of the items of the list at a path; none where there is no list. `above` is the path of the root."""
    listed = data_at(root, path)
    count = len(listed) if isinstance(listed, list) else 0
    return tuple((*above, *path, index) for index in range(count))


def _of_parts(root: Any) -> Iterator[History]:  # noqa: ANN401 - data of any form
    data = root if isinstance(root, dict) else {}
    evaluation = _valid(Evaluation, {key: data[key] for key in _OF_EVALUATION if key in data})
    if evaluation and evaluation.history:
        yield History((), evaluation, evaluation.history)
    for item in items_at(root, ("recommendations",)):
        response = _valid(Response, data_at(root, (*item, "response")))
        if response and response.history:
            yield History((*item, "response"), response, response.history)
        for path in items_at(root, (*item, "actions")):
            action = _valid(Action, data_at(root, path))
            if action and action.history:
                yield History(path, action, action.history)


def _valid(model: type[M], data: Any) -> M | None:  # noqa: ANN401 - data of any form
    try:
        return model.model_validate(data)
    except ValidationError:
        return None
