"""Two versions of one history beside each other: which entries were kept, lost, changed, and which are new."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from mrtrack import timeline
from mrtrack.model.record import Entry
from mrtrack.problems import Kind
from mrtrack.rules.history_kinds import ENTRIES_FUSED, ENTRIES_REORDERED, ENTRY_CHANGED, ENTRY_REMOVED

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Loss:
    """What happened to entries of the version before (`entries`: their positions there).

    `at` is the position of the entry after that it shows at: the changed one, or the nearest above one that is
    gone; None where there is none. `keys` are those that differ.
    """

    kind: Kind
    entries: tuple[int, ...]
    at: int | None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """`kept`: the new position of each entry that is there unchanged; `added`: the positions of new entries."""

    kept: Mapping[int, int]
    added: tuple[int, ...]
    losses: tuple[Loss, ...]

    @property
    def late(self) -> tuple[int, ...]:
        """The positions of new entries above one that was there before."""
        last = max(self.kept.values(), default=-1)
        return tuple(index for index in self.added if index < last)


def align(before: Sequence[Entry], after: Sequence[Entry]) -> Alignment:
    """Compare two versions of a history as data; how they are laid out makes no difference."""
    olds, news = [_data(entry) for entry in before], [_data(entry) for entry in after]
    kept = _kept(olds, news)
    lost = [index for index in range(len(olds)) if index not in kept]
    free = [index for index in range(len(news)) if index not in set(kept.values())]
    losses: list[Loss] = []
    for find in (_reordered, _fused, _changed):
        for loss in list(find(lost, free, olds, news)):
            losses.append(loss)
            lost = [index for index in lost if index not in loss.entries]
            free = [index for index in free if index != loss.at]
    losses += [Loss(ENTRY_REMOVED, (index,), _above(index, kept)) for index in lost]
    if not losses:
        losses += _misled(before, after, kept)
    return Alignment(kept, tuple(free), tuple(sorted(losses, key=lambda loss: loss.entries)))


def _data(entry: Entry) -> Data:
    return entry.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _kept(olds: Sequence[Data], news: Sequence[Data]) -> dict[int, int]:
    """The entries that are there unchanged and in order: all where that can be, else as many as are found."""
    first, second = ([json.dumps(data, sort_keys=True) for data in version] for version in (olds, news))
    kept: dict[int, int] = {}
    place = 0
    for index, wanted in enumerate(first):
        if wanted not in second[place:]:
            break
        kept[index] = second.index(wanted, place)
        place = kept[index] + 1
    else:
        return kept
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _reordered(
    lost: Sequence[int], free: Sequence[int], olds: Sequence[Data], news: Sequence[Data]
) -> Iterator[Loss]:
    used: set[int] = set()
    for index in lost:
        found = next((other for other in free if other not in used and news[other] == olds[index]), None)
        if found is not None:
            used.add(found)
            yield Loss(ENTRIES_REORDERED, (index,), found)


def _fused(
    lost: Sequence[int], free: Sequence[int], olds: Sequence[Data], news: Sequence[Data]
) -> Iterator[Loss]:
    gone: set[int] = set()
    for other in free:
        inside = tuple(index for index in lost if index not in gone and _holds(news[other], olds[index]))
        if len(inside) > 1:
            gone.update(inside)
            yield Loss(ENTRIES_FUSED, inside, other)


def _changed(
    lost: Sequence[int], free: Sequence[int], olds: Sequence[Data], news: Sequence[Data]
) -> Iterator[Loss]:
    used: set[int] = set()
    for index in lost:
        near = [other for other in free if other not in used]
        alike = {other: _likeness(olds[index], news[other]) for other in near}
        best = max(near, key=lambda other: alike[other], default=None)
        if best is not None and alike[best]:
            used.add(best)
            old, new = olds[index], news[best]
            keys = tuple(
                key for key in {**old, **new} if key not in old or key not in new or old[key] != new[key]
            )
            yield Loss(ENTRY_CHANGED, (index,), best, keys)


def _misled(before: Sequence[Entry], after: Sequence[Entry], kept: Mapping[int, int]) -> Iterator[Loss]:
    """The corrections whose name means another entry now, since one of the same day was put above."""
    olds = {name: index for index, (name, _) in enumerate(timeline.names(before))}
    news = {name: index for index, (name, _) in enumerate(timeline.names(after))}
    for index, entry in enumerate(before):
        target = getattr(entry, "corrects", None)
        if target in olds and news.get(target) != kept[olds[target]]:
            yield Loss(ENTRY_CHANGED, (index,), kept[index], ("corrects",))


def _above(index: int, kept: Mapping[int, int]) -> int | None:
    return next((kept[above] for above in range(index - 1, -1, -1) if above in kept), None)


def _holds(whole: Data, part: Data) -> bool:
    """Whether an entry holds what another said: its words and documents, else all its values but the day."""
    words, documents = part.get("comment", ""), part.get("documents", [])
    if words or documents:
        kept = whole.get("documents", [])
        return words in whole.get("comment", "") and all(document in kept for document in documents)
    values = {key: value for key, value in part.items() if key not in ("date", "by", "on")}
    return bool(values) and all(whole.get(key) == value for key, value in values.items())


def _likeness(old: Data, new: Data) -> int:
    """How much two entries look like one; 0 where nothing says that they are."""
    same = {key for key in old if key in new and old[key] == new[key]}
    if "date" in same or "comment" in same or "documents" in same or len(same) == len(old) - 1 > 0:
        return len(same) + 2 * ("comment" in same) + ("date" in same)
    return 0
