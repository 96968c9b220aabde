"""One history on two sides: which entries are new, which arrived late, which are gone, and what they changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mrtrack import timeline
from mrtrack.changes.telling import Change, Subject, counted, plain, reasons_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mrtrack.model.record import Logged


@dataclass(frozen=True)
class Log:
    """The entries of one history before and after. `new` are those recorded since, without the late ones.

    A late entry is a new one that stands above an entry that was there before. What has been told is noted in
    `told`, so that no new entry is passed over.
    """

    before: tuple[Logged, ...]
    after: tuple[Logged, ...]
    new: tuple[Logged, ...]
    late: tuple[Logged, ...]
    gone: tuple[Logged, ...]
    reordered: bool
    told: list[Logged] = field(default_factory=list)

    def values(self, key: str, written: tuple[Any, Any]) -> tuple[Any, Any]:
        """The value of a key before and after: as the record writes it, else as the entries name it last."""
        if written[0] != written[1]:
            return written
        named_before, before = timeline.last_value(timeline.standing(self.before), key)
        named_after, after = timeline.last_value(timeline.standing(self.after), key)
        if before == after:
            return written
        return before if named_before else written[0], after if named_after else written[1]

    def naming(self, key: str) -> list[Logged]:
        """The new entries that name a key and that no correction has struck."""
        valid = timeline.standing(self.after)
        return [
            entry
            for entry in self.new
            if key in entry.model_fields_set and any(entry is one for one in valid)
        ]

    def steps(self, key: str, before: object, after: object) -> list[Any]:
        """The values that the new entries gave a key one after the other, the last being the one after."""
        steps: list[Any] = []
        for entry in self.naming(key):
            value = getattr(entry, key)
            if value != (steps[-1] if steps else before):
                steps.append(value)
        return steps if steps and steps[-1] == after else [after]

    def unlogged(self, key: str, before: object) -> bool:
        """Whether a value that stood before was changed without an entry about it."""
        return before is not None and not self.naming(key) and not any(entry.corrects for entry in self.new)

    def reasons(self, key: str) -> tuple[str, ...]:
        """What the new entries about a key say in their comments; they are told with it."""
        entries = self.naming(key)
        self.told.extend(entries)
        return reasons_of(entry.comment for entry in entries)


def compared(before: Sequence[Logged] | None, after: Sequence[Logged] | None) -> Log:
    """One history on two sides, its entries matched by what they say."""
    remaining = list(before or ())
    kept: list[Logged] = []
    fresh: list[int] = []
    last_known = -1
    for index, entry in enumerate(after or ()):
        if entry in remaining:
            remaining.remove(entry)
            kept.append(entry)
            last_known = index
        else:
            fresh.append(index)
    entries = tuple(after or ())
    stood = [entry for entry in before or () if entry in kept]
    return Log(
        before=tuple(before or ()),
        after=entries,
        new=tuple(entries[index] for index in fresh if index > last_known),
        late=tuple(entries[index] for index in fresh if index < last_known),
        gone=tuple(remaining),
        reordered=len(stood) == len(kept) and stood != kept,
    )


def entry_changes(subject: Subject, log: Log) -> Iterator[Change]:
    """What is to be told of the entries themselves: proof, corrections, comments, late arrivals and losses."""
    proving = [entry for entry in log.new if entry.documents]
    documents = [document for entry in proving for document in entry.documents or ()]
    if documents:
        titles = "; ".join(plain(one.title or one.url or "a document") for one in documents)
        reasons = reasons_of(entry.comment for entry in proving)
        yield subject.change("document", counted(len(documents), "document"), None, titles, reasons=reasons)
        log.told.extend(proving)
    for entry in log.new:
        if entry.corrects:
            words = f"entry of {entry.corrects} corrected"
            reasons = reasons_of([entry.comment])
            yield subject.change("correction", words, str(entry.corrects), str(entry.date), reasons=reasons)
            log.told.append(entry)
    for entry in log.late:
        words = f"entry of {entry.date} arrived late"
        yield subject.change("late", words, None, str(entry.date), reasons=reasons_of([entry.comment]))
    for entry in log.gone:
        yield subject.change("entry", f"entry of {entry.date} changed or removed", str(entry.date))
    if log.reordered:
        yield subject.change("entry", "entries in another order")
    yield from _rest(subject, log)


def _rest(subject: Subject, log: Log) -> Iterator[Change]:
    untold = [entry for entry in log.new if not any(entry is one for one in log.told)]
    comments = [entry.comment for entry in untold if entry.comment]
    if comments:
        words = "comment" if len(comments) == 1 else counted(len(comments), "comment")
        said = " ".join(plain(comment) for comment in comments)
        yield subject.change("comment", words, None, said, reasons=reasons_of(comments))
    silent = [entry for entry in untold if not entry.comment]
    if silent:
        days = ", ".join(dict.fromkeys(str(entry.date) for entry in silent))
        yield subject.change("entry", f"{days}: recorded without news", None, days)
