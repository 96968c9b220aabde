"""The entries of an evaluation's histories in the language of a page: what each recorded, when, by whom and why.

The published record is told, so that an entry that is internal is not there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from mrtrack import timeline
from mrtrack.model.record import (
    ActionEntry,
    Evaluation,
    EvaluationEntry,
    ResponseEntry,
)
from mrtrack.reports.locale import Texts
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.papers import Link, documents

MOST_NEWS = 12
"""How many of the entries recorded last the front page tells."""
Logged = ActionEntry | ResponseEntry | EvaluationEntry
_WORDS: Mapping[type[Logged], tuple[str, ...]] = {
    ActionEntry: ("status", "verdict"),
    ResponseEntry: ("decision",),
    EvaluationEntry: ("status",),
}
_GO_ON = frozenset(("status", "decision", "verdict", "due", "responsible", "planned_end"))


class Told(NamedTuple):
    """One entry: the item that it is of (empty: the evaluation itself), and what it says in words."""

    item: str
    date: date
    day: str
    said: str
    on: str
    by: str | None
    comment: str | None
    documents: list[Link]
    corrected: bool


def histories(evaluation: Evaluation) -> Iterator[tuple[str, Sequence[Logged]]]:
    """The items of an evaluation that have a history, each with its entries."""
    yield "", evaluation.history or ()
    for recommendation in evaluation.recommendations or ():
        yield recommendation.id, (recommendation.response and recommendation.response.history) or ()
        for action in recommendation.actions or ():
            yield action.id, action.history or ()


def told(item: str, entries: Sequence[Logged], as_of: date, language: Language) -> list[Told]:
    """What the entries recorded by a day say, in their order."""
    texts = language.texts
    known = [entry for entry in entries if entry.date <= as_of]
    void = timeline.corrected(known)
    values: dict[str, Any] = {}
    found = []
    for index, entry in enumerate(known):
        said = list(_said(entry, values, language))
        if index == 0 and not isinstance(entry, ResponseEntry):
            said.insert(0, texts.gettext("recorded for the first time"))
        if not said:
            said = [texts.gettext("comment") if entry.comment else texts.gettext("answered in words")]
        found.append(
            Told(
                item=item,
                date=entry.date,
                day=texts.day(entry.date),
                said="; ".join(said),
                on=_happened(entry, texts),
                by=entry.by,
                comment=entry.comment,
                documents=documents(entry.documents, texts) if entry.documents else [],
                corrected=index in void,
            )
        )
        if index not in void:
            values |= {key: getattr(entry, key) for key in _GO_ON & entry.model_fields_set}
    return found


def _said(entry: Logged, values: dict[str, Any], language: Language) -> Iterator[str]:
    texts = language.texts
    if entry.corrects:
        yield texts.gettext("corrects the entry of %(day)s") % {"day": texts.day(entry.corrects.day)}
    for key in _WORDS[type(entry)]:
        value = getattr(entry, key)
        if value:
            yield _changed(language.word(value), values.get(key), language.word, texts)
    if isinstance(entry, ActionEntry):
        if entry.clears_due:
            yield texts.gettext("due date taken away")
        elif entry.due:
            yield _moved(_due, entry.due, values.get("due") or entry.previous_due, texts)
        if entry.responsible:
            lead = texts.gettext("lead: %(name)s") % {"name": entry.responsible}
            yield _changed(lead, values.get("responsible"), str, texts)
    if isinstance(entry, EvaluationEntry) and entry.planned_end:
        yield _moved(_planned_end, entry.planned_end, values.get("planned_end"), texts)


def _changed(now: str, before: Any, wording: Callable[[Any], str], texts: Texts) -> str:  # noqa: ANN401
    if before is None or wording(before) in now:
        return now
    return texts.gettext("%(now)s (before: %(before)s)") % {"now": now, "before": wording(before)}


def _due(texts: Texts) -> tuple[str, str]:
    return texts.gettext("due %(after)s"), texts.gettext("due date moved from %(before)s to %(after)s")


def _planned_end(texts: Texts) -> tuple[str, str]:
    return (
        texts.gettext("planned end %(after)s"),
        texts.gettext("planned end moved from %(before)s to %(after)s"),
    )


def _moved(wording: Callable[[Texts], tuple[str, str]], after: Any, before: Any, texts: Texts) -> str:  # noqa: ANN401
    alone, moved = wording(texts)
    if before is None or before == after:
        return alone % {"after": texts.when(after)}
    return moved % {"before": texts.when(before), "after": texts.when(after)}


def _happened(entry: Logged, texts: Texts) -> str:
    if entry.on is None:
        return ""
    form = texts.gettext("by %(day)s") if entry.on.until else texts.gettext("on %(day)s")
    return form % {"day": texts.when(entry.on.date)}
