"""The rows that every answer is made of: an evaluation, a recommendation or an action as of a day.

A row's fields, in their order, are the keys of its JSON item (DESIGN.md section 3); `as_json` leaves out
what a row only carries along for filters and screens.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from mrtrack import timeline
from mrtrack.model.dates import EntryName, Happened, PartialDate
from mrtrack.model.words import Decision, EvaluationStatus, Status, Verdict, is_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mrtrack.model.record import Action, Document, Entry, Evaluation, Recommendation
    from mrtrack.model.settings import Days
    from mrtrack.timeline import Basis


class EvaluationRow(NamedTuple):
    """An evaluation as of a day. `response_due` is None where no response is required or no day follows.

    `responded` tells whether the management response was there, be its day stated or not.
    """

    evaluation: str
    title: str | None
    organisation: str | None
    type: str | None
    status: EvaluationStatus | None
    planned_end: PartialDate | None
    completed: PartialDate | None
    report_date: PartialDate | None
    overdue: bool
    response_required: bool | None
    response_submitted: date | None
    response_due: date | None
    response_overdue: bool
    countries: tuple[str, ...]
    tags: tuple[str, ...]
    updated: date | None
    responded: bool
    of: Evaluation

    @property
    def ref(self) -> str:
        """The evaluation's id."""
        return self.evaluation


class RecommendationRow(NamedTuple):
    """A recommendation as of a day. `responded` tells whether any answer was there.

    `counted` tells whether a count is about it, or about its parts (or the whole that it is a part of).
    """

    ref: str
    evaluation: str
    recommendation: str
    number: str | None
    title: str | None
    text: str | None
    addressed_to: tuple[str, ...]
    part_of: str | None
    priority: str | None
    decision: Decision | None
    responded: bool
    response: str | None
    actions: int
    counted: bool
    parent: EvaluationRow
    of: Recommendation


class ActionRow(NamedTuple):
    """An action as of a day.

    `days_overdue` counts days after the last day of `due`; None where the action is not overdue.
    `postponements` counts the entries that moved `due` to a later last day.
    """

    ref: str
    evaluation: str
    recommendation: str
    action: str
    title: str | None
    text: str | None
    responsible: str | None
    supported_by: tuple[str, ...]
    serves: tuple[str, ...]
    due: PartialDate | None
    original_due: PartialDate | None
    postponements: int
    timeline: str | None
    status: Status | None
    overdue: bool
    long_overdue: bool
    due_soon: bool
    stale: bool
    disputed: bool
    days_overdue: int | None
    completed_on: PartialDate | None
    completed_on_basis: Basis | None
    added: date | None
    updated: date | None
    decision: Decision | None
    verdict: Verdict | None
    last_comment: str | None
    documents: tuple[Document, ...]
    parent: RecommendationRow
    of: Action

    @property
    def open(self) -> bool:
        """Neither completed nor no longer applicable."""
        return is_open(self.status)


Row = EvaluationRow | RecommendationRow | ActionRow

ROWS: dict[str, type[Any]] = {
    "actions": ActionRow,
    "recommendations": RecommendationRow,
    "evaluations": EvaluationRow,
}

_CARRIED: dict[type, frozenset[str]] = {
    EvaluationRow: frozenset({"responded", "of"}),
    RecommendationRow: frozenset({"counted", "parent", "of"}),
    ActionRow: frozenset({"parent", "of"}),
}


def evaluation_row(evaluation: Evaluation, as_of: date, days: Days) -> EvaluationRow | None:
    """The evaluation's row; None on a day when it was not there yet."""
    if not timeline.exists_on(evaluation, as_of):
        return None
    answer = evaluation.management_response
    responded, submitted = timeline.submitted_on(evaluation, as_of)
    due = timeline.response_due(evaluation, days.response)
    return EvaluationRow(
        evaluation=evaluation.id,
        title=evaluation.title,
        organisation=evaluation.organisation,
        type=evaluation.type,
        status=timeline.evaluation_status_on(evaluation, as_of),
        planned_end=timeline.planned_end_on(evaluation, as_of),
        completed=evaluation.completed,
        report_date=evaluation.report_date,
        overdue=timeline.evaluation_overdue_on(evaluation, as_of),
        response_required=answer.required if answer else None,
        response_submitted=submitted,
        response_due=due,
        response_overdue=due is not None and not responded and due < as_of,
        countries=evaluation.countries or (),
        tags=evaluation.tags or (),
        updated=last_touched(evaluation, as_of),
        responded=responded,
        of=evaluation,
    )


def recommendation_rows(parent: EvaluationRow, as_of: date) -> Iterator[RecommendationRow]:
    """The recommendations of an evaluation that was there on the day, in the record's order."""
    evaluation = parent.of
    counted = {recommendation.id for recommendation in timeline.counted(evaluation)}
    for recommendation in evaluation.recommendations or ():
        response = recommendation.response
        responded = timeline.responded_on(recommendation, evaluation, as_of)
        yield RecommendationRow(
            ref=f"{evaluation.id}:{recommendation.id}",
            evaluation=evaluation.id,
            recommendation=recommendation.id,
            number=recommendation.number,
            title=recommendation.title,
            text=recommendation.text,
            addressed_to=recommendation.addressed_to or (),
            part_of=recommendation.part_of,
            priority=recommendation.priority,
            decision=timeline.decision_on(recommendation, evaluation, as_of),
            responded=responded,
            response=response.text if response and responded else None,
            actions=sum(
                timeline.added_by(action, evaluation, as_of) for action in recommendation.actions or ()
            ),
            counted=recommendation.id in counted,
            parent=parent,
            of=recommendation,
        )


def action_rows(parent: RecommendationRow, as_of: date, days: Days) -> Iterator[ActionRow]:
    """The actions of a recommendation that were there on the day, in the record's order."""
    for action in parent.of.actions or ():
        row = action_row(action, parent, as_of, days)
        if row is not None:
            yield row


def action_row(action: Action, parent: RecommendationRow, as_of: date, days: Days) -> ActionRow | None:
    """The action's row; None on a day when it was not there yet."""
    evaluation = parent.parent.of
    state = timeline.action_on(action, evaluation, as_of)
    if state is None:
        return None
    late = state.days_overdue(as_of)
    return ActionRow(
        ref=f"{evaluation.id}:{action.id}",
        evaluation=evaluation.id,
        recommendation=parent.recommendation,
        action=action.id,
        title=action.title,
        text=action.text,
        responsible=state.responsible,
        supported_by=action.supported_by or (),
        serves=action.serves or (),
        due=state.due,
        original_due=state.original_due,
        postponements=len(state.postponements),
        timeline=action.timeline,
        status=state.status,
        overdue=late > 0,
        long_overdue=late > days.long_overdue,
        due_soon=state.due_within(as_of, days.due_soon),
        stale=state.stale(as_of, days.stale),
        disputed=state.disputed,
        days_overdue=late or None,
        completed_on=state.completed_on,
        completed_on_basis=state.completed_basis,
        added=state.added,
        updated=state.updated,
        decision=parent.decision,
        verdict=state.verdict,
        last_comment=state.last_comment,
        documents=state.documents,
        parent=parent,
        of=action,
    )


def as_json(row: tuple[Any, ...]) -> dict[str, Any]:
    """A row, which is a named tuple, as its JSON item: words and dates as text, absent values null."""
    return {name: json_value(getattr(row, name)) for name in columns(type(row))}


def columns(kind: type[Any]) -> list[str]:
    """The keys of the JSON item of one kind of row, in their order."""
    carried = _CARRIED.get(kind, frozenset())
    return [name for name in kind._fields if name not in carried]


def json_value(value: Any) -> Any:  # noqa: ANN401 - a value of any field
    """One value in JSON's terms."""
    if isinstance(value, tuple):
        return [json_value(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (date, PartialDate, Happened, EntryName)):
        return str(value)
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return value


def last_touched(evaluation: Evaluation, as_of: date) -> date | None:
    """The day of the last entry anywhere in the record, recorded by a day."""
    entries: list[Entry] = [*(evaluation.history or ())]
    for recommendation in evaluation.recommendations or ():
        entries += (recommendation.response and recommendation.response.history) or ()
        for action in recommendation.actions or ():
            entries += action.history or ()
    return max((entry.date for entry in entries if entry.date <= as_of), default=None)
