"""What changed, in words: each entry of the histories as a row that says what it meant when it was recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from mrtrack import timeline

if TYPE_CHECKING:
    from mrtrack.model.dates import EntryName, Happened, PartialDate
    from mrtrack.model.record import (
        Action,
        ActionEntry,
        Document,
        Entry,
        Evaluation,
        Logged,
        Recommendation,
    )
    from mrtrack.model.words import Verdict

Wording = Callable[[StrEnum | None], str]


class HistoryRow(NamedTuple):
    """One entry: where it stands, what it names, and in `text` what it changed.

    `entry` is the name by which a correction calls it; `corrected` tells that one has.
    """

    ref: str
    evaluation: str
    title: str | None
    entry: EntryName
    date: date
    on: Happened | None
    by: str | None
    status: StrEnum | None
    decision: StrEnum | None
    due: PartialDate | None
    previous_due: PartialDate | None
    responsible: str | None
    planned_end: PartialDate | None
    verdict: Verdict | None
    comment: str | None
    documents: tuple[Document, ...]
    corrects: EntryName | None
    corrected: bool
    text: str


def history_rows(evaluation: Evaluation, as_of: date, wording: Wording) -> list[HistoryRow]:
    """All entries of an evaluation recorded by a day, in the order of their days."""
    rows = list(_rows(evaluation, as_of, wording))
    return sorted(rows, key=lambda row: row.date)


def histories(evaluation: Evaluation) -> Iterator[tuple[str, Sequence[Logged]]]:
    """Every history of an evaluation, with the reference of what it is about."""
    yield evaluation.id, evaluation.history or ()
    for recommendation in evaluation.recommendations or ():
        response = recommendation.response
        yield f"{evaluation.id}:{recommendation.id}", (response.history or ()) if response else ()
        for action in recommendation.actions or ():
            yield f"{evaluation.id}:{action.id}", action.history or ()


def _rows(evaluation: Evaluation, as_of: date, wording: Wording) -> Iterator[HistoryRow]:
    titles = {evaluation.id: evaluation.title}
    for recommendation in evaluation.recommendations or ():
        items: list[Recommendation | Action] = [recommendation, *(recommendation.actions or ())]
        for item in items:
            titles[f"{evaluation.id}:{item.id}"] = item.title or item.text
    for ref, entries in histories(evaluation):
        there = ref == evaluation.id and _was_there_before(evaluation)
        yield from _history(ref, evaluation.id, titles[ref], entries, as_of, wording, there=there)


def _was_there_before(evaluation: Evaluation) -> bool:
    entries = evaluation.history or ()
    return bool(entries) and timeline.exists_on(evaluation, entries[0].date - timedelta(days=1))


def _history(
    ref: str,
    evaluation: str,
    title: str | None,
    entries: Sequence[Logged],
    as_of: date,
    wording: Wording,
    *,
    there: bool,
) -> Iterator[HistoryRow]:
    known = [entry for entry in entries if entry.date <= as_of]
    void = timeline.corrected(known)
    for index, (name, entry) in enumerate(timeline.names(known)):
        before = timeline.standing(known[:index])
        yield HistoryRow(
            ref=ref,
            evaluation=evaluation,
            title=title,
            entry=name,
            date=entry.date,
            on=entry.on,
            by=entry.by,
            status=getattr(entry, "status", None),
            decision=getattr(entry, "decision", None),
            due=getattr(entry, "due", None),
            previous_due=getattr(entry, "previous_due", None),
            responsible=getattr(entry, "responsible", None),
            planned_end=getattr(entry, "planned_end", None),
            verdict=getattr(entry, "verdict", None),
            comment=entry.comment,
            documents=entry.documents or (),
            corrects=entry.corrects,
            corrected=index in void,
            text=_told(entry, before, wording, first=index == 0, there=there),
        )


def _told(entry: Logged, before: Sequence[Entry], wording: Wording, *, first: bool, there: bool) -> str:
    told: list[str] = []
    if entry.corrects:
        told.append(f"corrects the entry of {entry.corrects}")
    stated = ((key, getattr(entry, key, None)) for key in ("status", "decision"))
    told += [
        _moved("", wording(value), _worded(entry, before, key, wording)) for key, value in stated if value
    ]
    if entry.about == "action":
        told += _action_words(entry, before, wording)
    if entry.about == "evaluation" and entry.planned_end:
        told.append(_shifted("planned end", entry.planned_end, _value_before(entry, before, "planned_end")))
    if entry.documents:
        told.append("1 document" if len(entry.documents) == 1 else f"{len(entry.documents)} documents")
    added = first and not there and entry.about != "response"
    if told or added:
        return ", ".join(["added"] * added + told)
    if first and entry.about == "response":
        return "answered"
    return "comment" if entry.comment else "response in words"


def _action_words(entry: ActionEntry, before: Sequence[Entry], wording: Wording) -> Iterator[str]:
    if entry.clears_due:
        yield "due date taken away"
    elif entry.due:
        yield _shifted("due", entry.due, _value_before(entry, before, "due"))
    if entry.responsible:
        yield _moved("lead ", entry.responsible, _value_before(entry, before, "responsible"))
    if entry.verdict:
        yield wording(entry.verdict)


def _worded(entry: Logged, before: Sequence[Entry], key: str, wording: Wording) -> str | None:
    value = _value_before(entry, before, key)
    return wording(value) if value else None


def _value_before(entry: Logged, before: Sequence[Entry], key: str) -> Any:  # noqa: ANN401 - a value of any key
    named, value = timeline.last_value(before, key)
    return value if named else timeline.previous_value(entry, key)


def _moved(what: str, after: str, before: str | None) -> str:
    return f"{what}{after} (was {before})" if before and before != after else f"{what}{after}"


def _shifted(what: str, after: PartialDate, before: Any) -> str:  # noqa: ANN401 - a date or nothing
    return f"{what} moved {before} → {after}" if before and before != after else f"{what} {after}"
