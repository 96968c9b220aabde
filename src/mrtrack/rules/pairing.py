"""Two versions of a record beside each other: which recommendation or action became which; pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mrtrack.model.record import Action, Evaluation, Recommendation
from mrtrack.model.shape import Path

_Name = tuple[str, int]
_ENOUGH_ENTRIES = 2
"""So many equal entries make two actions one; a single one is often the same for all that came with a document."""


@dataclass(frozen=True, slots=True)
class Item:
    """A recommendation or an action, where it stands, and the id of the recommendation above it."""

    path: Path
    model: Recommendation | Action
    above: str | None = None

    @property
    def id(self) -> str:
        """Its id within the evaluation."""
        return self.model.id

    @property
    def name(self) -> str:
        """What it is called in a message."""
        return f"{'recommendation' if self.above is None else 'action'} {self.id}"

    @property
    def words(self) -> tuple[str, ...]:
        """Its title and text, white space aside; empty where it has neither."""
        texts = (self.model.title, self.model.text)
        return tuple(" ".join(text.split()) for text in texts if text)


def recommendations(evaluation: Evaluation) -> list[Item]:
    """The recommendations of an evaluation, in order."""
    return [Item(("recommendations", n), one) for n, one in enumerate(evaluation.recommendations or ())]


def actions(evaluation: Evaluation) -> list[Item]:
    """The actions of an evaluation, in order."""
    return [
        Item((*above.path, "actions", index), action, above.id)
        for above in recommendations(evaluation)
        if isinstance(above.model, Recommendation)
        for index, action in enumerate(above.model.actions or ())
    ]


def paired(olds: Sequence[Item], news: Sequence[Item]) -> dict[Path, Item]:
    """The item that each item of the version before is now, by its old path; what is gone is left out.

    That is the item of the same id (the second, where a record has it twice), unless the words of the old one
    stand under another id now.
    """
    there, before = _named(news), _named(olds)
    pairs: dict[Path, Item] = {}
    for name, old in before.items():
        found = _renumbered(old, there.get(name), _strangers(there, before), pairs)
        if found:
            pairs[old.path] = found
    taken = {item.path for item in pairs.values()}
    for name, old in before.items():
        now = there.get(name)
        if now and old.path not in pairs and now.path not in taken:
            pairs[old.path] = now
    return pairs


def same(one: Item, other: Item) -> bool:
    """Whether two items are one under two ids: by their words, else by all that they say beside the id."""
    if one.words or other.words:
        return one.words == other.words or _same_log(one, other, _ENOUGH_ENTRIES)
    return _same_log(one, other, 1) or (bool(_beside_id(one)) and _beside_id(one) == _beside_id(other))


def _named(items: Sequence[Item]) -> dict[_Name, Item]:
    """The items by their ids, each with a number among those that have the same."""
    count: Counter[str] = Counter()
    named: dict[_Name, Item] = {}
    for item in items:
        count[item.id] += 1
        named[item.id, count[item.id]] = item
    return named


def _renumbered(
    old: Item, now: Item | None, strangers: Iterable[Item], pairs: Mapping[Path, Item]
) -> Item | None:
    if now and (now.words == old.words or not old.words):
        return None
    for item in strangers:
        taken = any(item is other for other in pairs.values())
        if item.id != old.id and not taken and (item.words == old.words if now else same(old, item)):
            return item
    return None


def _strangers(there: Mapping[_Name, Item], before: Mapping[_Name, Item]) -> Iterator[Item]:
    """The items whose words did not stand under their id before."""
    for name, item in there.items():
        if name not in before or (item.words and item.words != before[name].words):
            yield item


def _same_log(one: Item, other: Item, least: int) -> bool:
    first, second = (item.model.history if isinstance(item.model, Action) else None for item in (one, other))
    return first is not None and len(first) >= least and first == second


def _beside_id(item: Item) -> dict[str, Any]:
    return item.model.model_dump(mode="json", exclude_unset=True, exclude={"id", "number", "actions"})
