"""What changed in a period, told for a meeting: section by section, each item with its reason; pure.

It compares the rows of the day before with those of the last day, and reads why in the entries between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from mrtrack import timeline
from mrtrack.changes.telling import counted, plain, was
from mrtrack.model.record import Action, ActionEntry, Document
from mrtrack.model.words import Status
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mrtrack.changes.history import Wording
    from mrtrack.model.dates import PartialDate
    from mrtrack.model.record import Logged
    from mrtrack.query.selection import Selection

_MONTHS = 3
_TOLD = ("status", "due", "decision", "planned_end", "verdict", "corrects")


class About(StrEnum):
    """The sections, in the order of a meeting; the values are their headings."""

    NEW = "New evaluations"
    EVALUATIONS = "Evaluations that moved on"
    RESPONSES = "Management responses"
    DECISIONS = "Decisions"
    PROVEN = "Completed, with a document"
    UNPROVEN = "Completed, without a document"
    VOID = "No longer applicable"
    REOPENED = "Re-opened"
    MOVED = "Dates moved"
    OVERDUE = "Became overdue"
    VERDICTS = "Verdicts"
    CORRECTIONS = "Corrections"
    ADDED = "New actions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that changed: of what, what, why, and what proves it. `reason` is empty where none is recorded."""

    about: About
    ref: str
    evaluation: str
    title: str | None
    text: str
    reason: str
    by: tuple[str, ...]
    documents: tuple[Document, ...]

    @property
    def lacks_reason(self) -> bool:
        """Whether there should be a reason, and none is recorded."""
        return self.about in _REASONED and not self.reason


_REASONED = (About.VOID, About.REOPENED, About.MOVED)


@dataclass(frozen=True, slots=True)
class Digest:
    """What changed from the first day to the last; `others` are the entries that say none of it."""

    since: date
    until: date
    items: tuple[Item, ...]
    others: int

    def section(self, about: About) -> tuple[Item, ...]:
        """The items under one heading."""
        return tuple(item for item in self.items if item.about is about)

    @property
    def summary(self) -> str:
        """How many of each, in one line."""
        done, proven = (len(self.section(one)) for one in (About.UNPROVEN, About.PROVEN))
        told = [
            _many(len(self.section(About.NEW)), "new evaluation"),
            _many(len(self.section(About.DECISIONS)), "decision"),
            f"{done + proven} completed, {proven or 'none'} with a document" if done + proven else "",
            _many(len(self.section(About.MOVED)), "date", "moved"),
            f"{len(self.section(About.OVERDUE))} became overdue" if self.section(About.OVERDUE) else "",
        ]
        return " · ".join(part for part in told if part)


def three_months_to(until: date) -> date:
    """The first day of the three months that end with a day."""
    number = until.year * 12 + until.month - 1 - _MONTHS
    first = date(number // 12, number % 12 + 1, 1)
    last_of_month = (first.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    return first.replace(day=min(until.day, last_of_month.day)) + timedelta(1)


def digest(before: Selection, after: Selection, since: date, wording: Wording) -> Digest:
    """What changed between the rows of the day before `since` and those of the last day, which filters may choose."""
    earlier: Mapping[str, Row] = {row.ref: row for row in _rows(before)}
    period = _Period(earlier, since, after.as_of, wording)
    items = [
        *(item for row in after.evaluations for item in period.of_evaluation(row)),
        *(item for row in after.recommendations for item in period.of_recommendation(row)),
        *(item for row in after.actions for item in period.of_action(row)),
    ]
    items.sort(key=lambda item: list(About).index(item.about))
    return Digest(since, after.as_of, tuple(items), sum(period.others(row) for row in _rows(after)))


@dataclass(frozen=True, slots=True)
class _Period:
    earlier: Mapping[str, Row]
    since: date
    until: date
    wording: Wording

    def of_evaluation(self, row: EvaluationRow) -> Iterator[Item]:
        old = self.earlier.get(row.ref)
        entries = self._entries(row.of.history)
        title = row.title
        if not isinstance(old, EvaluationRow):
            asked = len(timeline.counted(row.of))
            promised = sum(len(one.actions or ()) for one in row.of.recommendations or ())
            words = f"{counted(asked, 'recommendation')}, {counted(promised, 'action')}"
            yield self._item(About.NEW, row, title, words, ())
        else:
            if row.status and row.status is not old.status:
                words = was(self.wording(row.status), self.wording(old.status) if old.status else None)
                yield self._item(About.EVALUATIONS, row, title, words, _naming(entries, "status"))
            if row.planned_end != old.planned_end:
                words = _path("planned end", [old.planned_end, row.planned_end])
                yield self._item(About.EVALUATIONS, row, title, words, _naming(entries, "planned_end"))
        if row.responded and not (isinstance(old, EvaluationRow) and old.responded):
            words = f"submitted {row.response_submitted}" if row.response_submitted else "submitted"
            yield self._item(About.RESPONSES, row, title, words, ())
        yield from self._corrections(row, title, entries)

    def of_recommendation(self, row: RecommendationRow) -> Iterator[Item]:
        old = self.earlier.get(row.ref)
        stood = old.decision if isinstance(old, RecommendationRow) else None
        entries = self._entries(row.of.response.history if row.of.response else None)
        title = row.title or row.text
        if row.counted and row.decision and row.decision is not stood:
            words = was(self.wording(row.decision), self.wording(stood) if stood else None)
            yield self._item(About.DECISIONS, row, title, words, _naming(entries, "decision"))
        yield from self._corrections(row, title, entries)

    def of_action(self, row: ActionRow) -> Iterator[Item]:
        old = self.earlier.get(row.ref)
        old = old if isinstance(old, ActionRow) else None
        entries = self._entries(row.of.history)
        title = row.title or row.text
        if old is None and row.evaluation in self.earlier:
            yield self._item(About.ADDED, row, title, _promise(row), ())
        yield from self._status(row, old, entries, title)
        yield from self._moves(row, old, entries, title)
        if row.overdue and not (old and old.overdue):
            days = counted(row.days_overdue or 0, "day")
            words = f"due {row.due}, {days} overdue{_lead(row)}"
            yield self._item(About.OVERDUE, row, title, words, ())
        for entry in _naming(entries, "verdict"):
            verdict = getattr(entry, "verdict", None)
            yield self._item(About.VERDICTS, row, title, self.wording(verdict), [entry])
        yield from self._corrections(row, title, entries)

    def others(self, row: Row) -> int:
        """The entries of the period that no section tells of."""
        return sum(not _says(entry) for entry in self._entries(_log(row)))

    def _status(
        self, row: ActionRow, old: ActionRow | None, entries: Sequence[Logged], title: str | None
    ) -> Iterator[Item]:
        stood = old.status if old else None
        if row.status is stood:
            return
        told = timeline.present_run(one for one in entries if isinstance(one, ActionEntry))
        if row.status is Status.COMPLETED:
            about = About.PROVEN if row.documents else About.UNPROVEN
            yield self._item(about, row, title, _completion(row), told, row.documents)
        elif row.status is Status.NO_LONGER_APPLICABLE:
            words = f"was {self.wording(stood)}" if stood else "so from the beginning"
            yield self._item(About.VOID, row, title, words, told)
        elif stood in (Status.COMPLETED, Status.NO_LONGER_APPLICABLE):
            words = was(self.wording(row.status), self.wording(stood))
            yield self._item(About.REOPENED, row, title, words, told)

    def _moves(
        self, row: ActionRow, old: ActionRow | None, entries: Sequence[Logged], title: str | None
    ) -> Iterator[Item]:
        start = old.due if old else row.original_due
        told = _naming(entries, "due")
        steps = [start]
        for due in [*(getattr(entry, "due", None) for entry in told), row.due]:
            if due != steps[-1]:
                steps.append(due)
        if len(steps) < 2 or (start is None and len(steps) == 2):
            return
        words = _path("due", steps)
        words += f" (moved {row.postponements} times in all)" if row.postponements > 1 else ""
        yield self._item(
            About.MOVED, row, title, words, [entry for entry in told if entry is not _first(row.of)]
        )

    def _corrections(self, row: Row, title: str | None, entries: Iterable[Logged]) -> Iterator[Item]:
        for entry in entries:
            if entry.corrects:
                words = f"corrects the entry of {entry.corrects}"
                yield self._item(About.CORRECTIONS, row, title, words, [entry])

    def _entries(self, history: Sequence[Logged] | None) -> list[Logged]:
        """The entries of the period that count on its last day."""
        return [entry for entry in timeline.standing(history, self.until) if entry.date >= self.since]

    def _item(
        self,
        about: About,
        row: Row,
        title: str | None,
        words: str,
        entries: Sequence[Logged],
        documents: Sequence[Document] = (),
    ) -> Item:
        comments = dict.fromkeys(entry.comment.strip() for entry in entries if entry.comment)
        return Item(
            about=about,
            ref=row.ref,
            evaluation=row.evaluation,
            title=plain(title) if title else None,
            text=words,
            reason="\n\n".join(comments),
            by=tuple(dict.fromkeys(entry.by for entry in entries if entry.by)),
            documents=tuple(documents),
        )


def _rows(selection: Selection) -> Iterator[Row]:
    yield from selection.evaluations
    yield from selection.recommendations
    yield from selection.actions


def _log(row: Row) -> Sequence[Logged] | None:
    if isinstance(row, RecommendationRow):
        return row.of.response.history if row.of.response else None
    return row.of.history


def _says(entry: Logged) -> bool:
    return not entry.model_fields_set.isdisjoint(_TOLD)


def _naming(entries: Iterable[Logged], key: str) -> list[Logged]:
    return [entry for entry in entries if key in entry.model_fields_set]


def _first(action: Action) -> Logged | None:
    return action.history[0] if action.history else None


def _path(what: str, steps: Iterable[PartialDate | None]) -> str:
    return f"{what} {' → '.join(str(step) if step else 'none' for step in steps)}"


def _completion(row: ActionRow) -> str:
    words = f"completed {row.completed_on}" if row.completed_on else "completed"
    if row.completed_on and row.completed_on_basis == "recorded":
        words = f"completed by {row.completed_on}"
    late = (row.completed_on.last - row.due.last).days if row.completed_on and row.due else 0
    return f"{words}, {counted(late, 'day')} after it was due" if late > 0 else words


def _promise(row: ActionRow) -> str:
    words = f"due {row.due}" if row.due else row.timeline or "no due date"
    return f"{words}{_lead(row)}"


def _lead(row: ActionRow) -> str:
    return f", lead {plain(row.responsible)}" if row.responsible else ""


def _many(number: int, one: str, after: str = "") -> str:
    return f"{counted(number, one)} {after}".rstrip() if number else ""
