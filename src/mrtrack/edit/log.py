"""A history to which an entry is about to be added: what stands in it, and what adding the entry takes; pure.

The written present is brought into agreement with the log (DESIGN rules 1-3 and 7).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from mrtrack import timeline
from mrtrack.edit.operations import Append, Operation, Remove, Set
from mrtrack.edit.refusal import Refused
from mrtrack.model.dates import EntryName, Happened
from mrtrack.model.record import Action, Entry, Evaluation, Response
from mrtrack.model.shape import Path

E = TypeVar("E", bound=Entry)

LOGGED_KEYS = frozenset({"status", "due", "responsible", "decision", "planned_end"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What every new entry says: the day of recording, who records, when it happened, why, what proves it.

    `by` is None for an import alone: its sources say where the entry came from (rule 8).
    `documents` are pairs of title (may be empty) and address.
    """

    date: date
    by: str | None
    on: Happened | None = None
    comment: str | None = None
    documents: tuple[tuple[str, str], ...] = ()
    corrects: EntryName | None = None

    @property
    def says_something(self) -> bool:
        """Whether the entry is worth writing without any change of a value."""
        return bool(self.comment or self.documents or self.corrects)


@dataclass(frozen=True, slots=True)
class Log(Generic[E]):
    """The history of one item and the entry to come; a correction that it makes counts already.

    `struck` is the entry that is corrected, `valid` are the entries that count.
    """

    item: str
    model: type[E]
    written: Action | Response | Evaluation
    recorded: Recorded
    entries: tuple[E, ...]
    struck: E | None
    valid: tuple[E, ...]

    def logged(self, key: str) -> bool:
        """Whether an entry that counts names a key."""
        return timeline.last_value(self.valid, key)[0]

    def value(self, key: str) -> Any:  # noqa: ANN401 - a value of any key
        """What stands: the log's last word, else what stood before a struck entry, else what is written."""
        named, value = timeline.last_value(self.valid, key)
        if named:
            return value
        if self.struck and key in self.struck.model_fields_set:
            told = (timeline.previous_value(entry, key) for entry in (self.struck, *self.entries))
            return next(filter(None, told), None)
        return getattr(self.written, key)

    def _unlogged(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What the new values take the place of, where no entry shows it: kept in the entry itself (rule 3)."""
        replaced = {key: self.value(key) for key in values if key in LOGGED_KEYS and not self.logged(key)}
        told = {
            f"previous_{key}": str(value)
            for key, value in replaced.items()
            if value and str(value) != values[key]
        }
        due = {"previous_due": told.pop("previous_due")} if "previous_due" in told else {}
        extra = {**values.get("extra", {}), **told}
        return {**due, "extra": extra} if extra else due

    def demand_reason(self, happening: str) -> None:
        """Insist on a comment.

        Raises:
            Refused: where there is none.
        """
        if not self.recorded.comment:
            raise Refused(f"{happening}, and no reason is given", "say why with --comment")

    def add(self, path: Path, values: Mapping[str, Any], logged_keys: Iterable[str]) -> list[Operation]:
        """The operations that append the entry to the item at a path, and write the present after it."""
        data = entry_data(self.recorded, {**values, **self._unlogged(values)})
        entry = self.model.model_validate(data)
        after = replace(self, valid=(*self.valid, entry))
        operations: list[Operation] = []
        for key in logged_keys:
            value = after.value(key)
            if value != getattr(self.written, key):
                operations.append(Remove((*path, key)) if value is None else Set((*path, key), str(value)))
        return [*operations, Append((*path, "history"), data)]


def open_log(
    item: str,
    model: type[E],
    written: Action | Response | Evaluation,
    entries: tuple[E, ...],
    recorded: Recorded,
) -> Log[E]:
    """The log of an item, ready for an entry.

    Raises:
        Refused: where the entry would come before the last one, happened later than it is recorded, or corrects
            what is not there.
    """
    if entries and recorded.date < entries[-1].date:
        raise Refused(
            f"the last entry of {item} was recorded on {entries[-1].date}, after {recorded.date}",
            "a history only grows: leave --date out, and say --on for the day it happened",
        )
    if recorded.on and recorded.on.date.first > recorded.date:
        raise Refused(
            f"--on {recorded.on.date} lies after the day of recording, {recorded.date}",
            "record it once it has happened",
        )
    struck = _struck(item, entries, recorded)
    valid = timeline.standing(entries)
    if struck is not None:
        bare = model.model_validate(entry_data(recorded, {}))
        valid = [entry for entry in timeline.standing((*entries, bare)) if entry is not bare]
    return Log(item, model, written, recorded, entries, struck, tuple(valid))


def entry_data(recorded: Recorded, values: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as plain data, ready to be laid out."""
    documents = [
        {"title": title, "url": address} if title else {"url": address}
        for title, address in recorded.documents
    ]
    told: dict[str, Any] = {
        "date": recorded.date.isoformat(),
        "on": str(recorded.on) if recorded.on else None,
        "by": recorded.by,
        "comment": recorded.comment,
        "documents": documents or None,
        "corrects": str(recorded.corrects) if recorded.corrects else None,
    }
    return {key: value for key, value in told.items() if value is not None} | dict(values)


def in_words(word: object) -> str:
    """A closed word for a message: partially accepted; not stated."""
    return str(word).replace("-", " ") if word else "not stated"


def _struck(item: str, entries: tuple[E, ...], recorded: Recorded) -> E | None:
    if recorded.corrects is None:
        return None
    named = dict(timeline.names(entries))
    if recorded.corrects not in named:
        days = ", ".join(str(name) for name in named) or "none"
        raise Refused(f"{item} has no entry of {recorded.corrects} to correct", f"its entries are: {days}")
    struck = named[recorded.corrects]
    if not any(entry is struck for entry in timeline.standing(entries)):
        raise Refused(
            f"the entry of {recorded.corrects} was corrected already",
            "correct the correction, if that was wrong",
        )
    if not recorded.comment:
        raise Refused(
            f"the entry of {recorded.corrects} is corrected, and no reason is given", "say why with --comment"
        )
    return struck
