"""What a newer page says about values that a history tells of: one entry for all that changed about an item.

A page that is older than the record's own entries changes nothing; what it says otherwise is told.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mrtrack import timeline
from mrtrack.edit.log import Recorded, in_words, open_log
from mrtrack.edit.refusal import Refused
from mrtrack.importers.completing import Outcome, same_words
from mrtrack.model.dates import Happened, PartialDate, parse_date, quoted
from mrtrack.model.record import (
    Action,
    ActionEntry,
    Document,
    Entry,
    Evaluation,
    EvaluationEntry,
    Response,
    ResponseEntry,
)
from mrtrack.model.shape import Path
from mrtrack.model.words import EvaluationStatus

Written = Action | Response | Evaluation

EVALUATION_KEYS = ("status", "planned_end")
"""What entries about an evaluation itself may name."""

_ENDED = (EvaluationStatus.COMPLETED, EvaluationStatus.CANCELLED)
_CLOSED_WORDS = frozenset({"status", "decision"})


def action_news(path: Path, old: Action, new: Action, recorded: Recorded) -> Outcome:
    """The entry that a newer page makes on the action at a path: status, date, lead, comments, documents."""
    stamp = _stamp(old.history or (), new.history or ())
    news = _News(old.id, path, old, ActionEntry, old.history or (), recorded, stamp)
    for key in ("status", "due", "responsible"):
        news.hear(key, _present(new, new.history, key))
    for entry in timeline.standing(new.history):
        news.hear_comment(entry.comment)
        news.hear_documents(entry.documents or ())
    return news.outcome()


def decision_news(path: Path, item: str, old: Response, new: Response, recorded: Recorded) -> Outcome:
    """The entry that a newer page makes on the response at a path: a decision that is new or another."""
    news = _News(f"recommendation {item}", path, old, ResponseEntry, old.history or (), recorded, None)
    news.hear("decision", _present(new, new.history, "decision"))
    return news.outcome()


def evaluation_news(old: Evaluation, new: Evaluation, recorded: Recorded) -> Outcome:
    """The entry that a newer page makes on the evaluation: where it stands, and when it is to end.

    What the record does not state at all is no change; it is filled like any other field.
    An evaluation that has ended is not opened again by a page: such a page is older than the record.
    """
    news = _News(old.id, (), old, EvaluationEntry, old.history or (), recorded, None)
    for key in EVALUATION_KEYS:
        if is_stated(old, key):
            news.hear(key, _present(new, new.history, key))
    if news.current("status") in _ENDED and news.values.get("status") in ("planned", "ongoing"):
        news.leave("status", news.values.pop("status"))
    return news.outcome()


def is_stated(written: Written, key: str) -> bool:
    """Whether a record says something about a key, in its log or above it."""
    return (
        getattr(written, key) is not None or timeline.last_value(timeline.standing(written.history), key)[0]
    )


@dataclass(frozen=True, slots=True)
class _Stamp:
    """The day of the last entry of a page, and whether the record has no such entry yet."""

    day: PartialDate
    fresh: bool


class _News:
    """What a page says about one item, heard key by key."""

    def __init__(
        self,
        item: str,
        path: Path,
        written: Written,
        model: type[Entry],
        entries: Sequence[Entry],
        recorded: Recorded,
        stamp: _Stamp | None,
    ) -> None:
        self.item, self.path, self.written = item, path, written
        self.model: Any = model
        self.entries: tuple[Any, ...] = tuple(entries)
        self.valid = timeline.standing(self.entries)
        self.recorded, self.stamp = recorded, stamp
        self.values: dict[str, str] = {}
        self.comments: list[str] = []
        self.documents: list[Document] = []
        self.left: list[str] = []

    def current(self, key: str) -> Any:  # noqa: ANN401 - a value of any key
        """What the record says: the log's last word, else what is written."""
        named, value = timeline.last_value(self.valid, key)
        return value if named else getattr(self.written, key)

    def hear(self, key: str, value: Any) -> None:  # noqa: ANN401 - a value of any key
        """Take in what the page says about a key; None is no statement."""
        current = self.current(key)
        if value is None:
            if key == "due" and current is not None:
                self.left.append(f"{self.item} due: the page no longer says {current}; left as it is")
        elif not any(same_words(str(value), str(one)) for one in (current, getattr(self.written, key))):
            if self._is_older(key, value):
                self._leave_older(key, value)
            else:
                self.values[key] = str(value)

    def hear_comment(self, comment: str | None) -> None:
        """Take in a comment that no entry of the record holds."""
        told = [entry.comment for entry in self.entries if entry.comment] + self.comments
        if comment is None or any(_holds(one, comment) for one in told):
            return
        if self._has_later_word("comment"):
            self.left.append(
                f"{self.item} comment: the record has a later one; left out: {quoted(comment.strip())}"
            )
        else:
            self.comments.append(comment.strip("\n"))

    def hear_documents(self, documents: Iterable[Document]) -> None:
        """Take in the documents that no entry of the record names."""
        for document in documents:
            told = [one for entry in self.entries for one in entry.documents or ()] + self.documents
            if not any(_is_same_document(one, document) for one in told):
                self.documents.append(document)

    def leave(self, key: str, value: object) -> None:
        """Tell that a value of the page is not taken over."""
        current = _shown(key, self.current(key))
        self.left.append(
            f"{self.item} {key}: the page says {_shown(key, value)}, the record {current}; left as it is"
        )

    def outcome(self) -> Outcome:
        """One entry for all that is new, and what is to be told."""
        if not (self.values or self.comments or self.documents):
            return Outcome(told=self.left)
        stamped = self.stamp is not None and self.stamp.fresh and self.stamp.day.first <= self.recorded.date
        recorded = replace(
            self.recorded,
            on=Happened(self.stamp.day, until=True) if self.stamp and stamped else None,
            comment="\n\n".join(self.comments) or None,
        )
        by_then = f" (by {self.stamp.day})" if self.stamp and stamped else ""
        values: dict[str, Any] = dict(self.values)
        if self.documents:
            values["documents"] = [_plain(document) for document in self.documents]
        try:
            log = open_log(self.item, self.model, self.written, self.entries, recorded)
        except Refused as refusal:
            return Outcome(
                told=[*self.left, f"{self.item}: {', '.join(self._changes())}; left out: {refusal.message}"]
            )
        told = [f"{self.item} {change}{by_then}" for change in self._changes()]
        return Outcome(log.add(self.path, values, tuple(self.values)), [*told, *self.left])

    def _changes(self) -> Iterator[str]:
        for key, value in self.values.items():
            yield f"{key}: {_shown(key, self.current(key))} -> {_shown(key, value)}"
        for comment in self.comments:
            yield f"comment: {quoted(comment.strip())}"
        for document in self.documents:
            yield f"document: {quoted(document.title or document.url or 'without a title')}"

    def _is_older(self, key: str, value: object) -> bool:
        """Whether the record knows of a later word: by the days, or where the page shows none, as it said so before."""
        if self.stamp and self.stamp.fresh:
            return self._has_later_word(key)
        before = [getattr(entry, key) for entry in self.valid if key in entry.model_fields_set]
        before += [timeline.previous_value(entry, key) for entry in self.entries]
        return any(same_words(str(value), str(one)) for one in before if one is not None)

    def _has_later_word(self, key: str) -> bool:
        if self.stamp is None or not self.stamp.fresh:
            return False
        last = next((entry for entry in reversed(self.valid) if key in entry.model_fields_set), None)
        return last is not None and self.stamp.day.last < _day(last).last

    def _leave_older(self, key: str, value: object) -> None:
        if key != "status" or self.stamp is None or self.stamp.fresh:
            self.leave(key, value)


def _stamp(old: Sequence[ActionEntry], new: Sequence[ActionEntry]) -> _Stamp | None:
    """When the page last said something about an action."""
    if not new:
        return None
    last = new[-1]
    known = any(_day(entry) == _day(last) and last.status in (None, entry.status) for entry in old)
    return _Stamp(_day(last), fresh=not known)


def _day(entry: Entry) -> PartialDate:
    return entry.on.date if entry.on else parse_date(entry.date.isoformat())


def _present(written: Written, history: Sequence[Entry] | None, key: str) -> Any:  # noqa: ANN401 - a value of any key
    value = getattr(written, key)
    return value if value is not None else timeline.last_value(timeline.standing(history), key)[1]


def _holds(told: str, comment: str) -> bool:
    """Whether a comment is told already: in the same words, or as whole paragraphs of a longer one."""
    if same_words(told, comment):
        return True
    return "\n".join(["", *_paragraphs(comment), ""]) in "\n".join(["", *_paragraphs(told), ""])


def _paragraphs(text: str) -> list[str]:
    blocks = "\n".join(line.strip() for line in text.splitlines()).split("\n\n")
    return [" ".join(block.split()) for block in blocks if block.strip()]


def _is_same_document(old: Document, new: Document) -> bool:
    if new.url or old.url:
        return old.url == new.url
    return old == new or (
        new.title is not None and old.title is not None and same_words(old.title, new.title)
    )


def _plain(document: Document) -> Mapping[str, str]:
    return {key: str(value) for key, value in document if value is not None}


def _shown(key: str, value: object) -> str:
    if value is None:
        return "not stated"
    return in_words(value) if key in _CLOSED_WORDS else str(value)
