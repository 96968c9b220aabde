"""Two histories made one: the entries of both by their days, and what both say about one thing; it reads no text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from mrtrack import timeline
from mrtrack.merge.order import clash, united
from mrtrack.merge.values import Key, keys_of
from mrtrack.model.record import Entry

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Side(Generic[E]):
    """The history of one side, as plain data, with the model of its entries."""

    entries: Sequence[dict[str, Any]]
    model: type[E]

    @cached_property
    def keys(self) -> list[Key]:
        """What each entry is known by: all that it says."""
        return keys_of(self.entries, by_id=False)

    @cached_property
    def read(self) -> list[E]:
        """The entries as values."""
        return [self.model.model_validate(entry) for entry in self.entries]

    @cached_property
    def corrections(self) -> dict[Key, Key | None]:
        """For each entry that corrects, the one that it names; None where there is none of that name."""
        named = {name: index for index, (name, _) in enumerate(timeline.names(self.read))}
        found: dict[Key, Key | None] = {}
        for key, entry in zip(self.keys, self.read, strict=True):
            if target := getattr(entry, "corrects", None):
                found[key] = self.keys[named[target]] if target in named else None
        return found

    @property
    def is_in_order(self) -> bool:
        """Whether no entry was recorded before the one above it."""
        return all(one.date <= other.date for one, other in zip(self.read, self.read[1:], strict=False))

    def last(self, key: str, among: set[Key] | None = None) -> tuple[bool, str | None]:
        """Whether entries that count (just those `among` some) name a key, and the text that the last one gives it."""
        void = timeline.corrected(self.read)
        for index in reversed(range(len(self.entries))):
            counts = index not in void and (among is None or self.keys[index] in among)
            if counts and key in self.entries[index]:
                return True, self.entries[index][key]
        return False, None


def unite(base: Side[E], ours: Side[E], theirs: Side[E]) -> Side[E] | None:
    """The entries of both sides, by day; None where they cannot be united without a person.

    That is so where both rewrote one entry, and where a correction would come to name another entry than it does.
    """
    if clash(base.keys, ours.keys, theirs.keys):
        return None
    named = {target for side in (ours, theirs) for target in side.corrections.values()}

    def rank(keys: Sequence[Key]) -> tuple[object, ...]:
        return not named.intersection(keys), [key.told for key in keys]

    order: list[Key] = []
    for before, here, there in _by_day(base, ours, theirs):
        order += united(before, here, there, rank)
    entry_of = {
        key: entry for side in (theirs, ours) for key, entry in zip(side.keys, side.entries, strict=True)
    }
    whole = Side([entry_of[key] for key in order], base.model)
    told = dict(zip(whole.keys, order, strict=True))
    corrects = {told[key]: told[target] if target else None for key, target in whole.corrections.items()}
    stays = all(
        corrects[key] == target
        for side in (ours, theirs)
        for key, target in side.corrections.items()
        if key in corrects
    )
    return whole if stays else None


def contradictions(
    base: Side[E], ours: Side[E], theirs: Side[E], keys: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Each key that the new entries of both sides set to different values, with both."""
    for key in keys:
        here = ours.last(key, set(ours.keys) - set(base.keys) - set(theirs.keys))
        there = theirs.last(key, set(theirs.keys) - set(base.keys) - set(ours.keys))
        if here[0] and there[0] and here[1] != there[1]:
            yield key, here[1] or "none", there[1] or "none"


def _by_day(*sides: Side[E]) -> Iterator[Sequence[list[Key]]]:
    """The keys of each side, day after day; all at once where a history is not in order of its days."""
    if not all(side.is_in_order for side in sides):
        yield [side.keys for side in sides]
        return
    for day in sorted({entry.date for side in sides for entry in side.read}):
        yield [
            [key for key, entry in zip(side.keys, side.read, strict=True) if entry.date == day]
            for side in sides
        ]
