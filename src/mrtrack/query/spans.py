"""What was so for how long: the states of an evaluation, its recommendations and actions, each with its days.

Between two days on which something was recorded or began to hold, an answer stays the same; so asking on each such
day tells it for every day. What depends on the day asked about itself (overdue, stale) is told from dates in the
states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mrtrack import timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from mrtrack.model.dates import PartialDate
    from mrtrack.model.record import Action, Evaluation, Recommendation
    from mrtrack.model.words import Decision, EvaluationStatus, Status, Verdict

S = TypeVar("S")


class EvaluationState(NamedTuple):
    """Where an evaluation stood. It was overdue on days after `late_after`; None: on no day."""

    status: EvaluationStatus | None
    late_after: date | None
    responded: bool


class RecommendationState(NamedTuple):
    """The answer to a recommendation."""

    decision: Decision | None
    responded: bool


class ActionState(NamedTuple):
    """Where an action stood; `proven` tells whether a document was there that can prove its completion."""

    status: Status | None
    responsible: str | None
    due: PartialDate | None
    verdict: Verdict | None
    completed_on: PartialDate | None
    updated: date | None
    proven: bool


class Span(NamedTuple):
    """The first day of a state, and the first day on which it held no more (`FOREVER`: it holds)."""

    since: date
    until: date


def evaluation_spans(evaluation: Evaluation) -> list[tuple[Span, EvaluationState]]:
    """The states of an evaluation, from the day on which it was there."""
    days = {entry.date for entry in evaluation.history or ()}
    days |= {day.last for day in (evaluation.completed, evaluation.report_date) if day}
    days |= {
        one.response.date.last
        for one in evaluation.recommendations or ()
        if one.response and one.response.date
    }
    answered = timeline.answered_by(evaluation)
    days |= {answered} if answered else set()

    def state(as_of: date) -> EvaluationState:
        end = timeline.planned_end_on(evaluation, as_of)
        ended = timeline.ended_on(evaluation, as_of)
        late_after = None if ended or end is None else end.last
        return EvaluationState(
            timeline.evaluation_status_on(evaluation, as_of),
            late_after,
            timeline.submitted_on(evaluation, as_of)[0],
        )

    return _spans(evaluation, days, state)


def recommendation_spans(
    recommendation: Recommendation, evaluation: Evaluation
) -> list[tuple[Span, RecommendationState]]:
    """The answers to a recommendation, from the day on which its evaluation was there."""
    response = recommendation.response
    days = {entry.date for entry in (response.history if response else None) or ()}
    days |= {response.date.last} if response and response.date else set()
    answered = timeline.answered_by(evaluation)
    days |= {answered} if answered else set()

    def state(as_of: date) -> RecommendationState:
        return RecommendationState(
            timeline.decision_on(recommendation, evaluation, as_of),
            timeline.responded_on(recommendation, evaluation, as_of),
        )

    return _spans(evaluation, days, state)


def action_spans(action: Action, evaluation: Evaluation) -> list[tuple[Span, ActionState]]:
    """The states of an action, from its first entry (without any, from the day on which its evaluation was there)."""
    days = [entry.date for entry in action.history or ()]

    def state(as_of: date) -> ActionState | None:
        found = timeline.action_on(action, evaluation, as_of)
        if found is None:
            return None
        return ActionState(
            found.status,
            found.responsible,
            found.due,
            found.verdict,
            found.completed_on,
            found.updated,
            bool(found.documents),
        )

    return _spans(evaluation, days, state)


def _spans(
    evaluation: Evaluation, days: Iterable[date], state: Callable[[date], S | None]
) -> list[tuple[Span, S]]:
    begun = timeline.exists_from(evaluation)
    turns = sorted({begun, *(day for day in (*days, timeline.holds_from(evaluation)) if day > begun)})
    found: list[tuple[Span, S]] = []
    for since, until in _pairs(turns):
        now = state(since)
        if now is None:
            continue
        if found and found[-1][1] == now and found[-1][0].until == since:
            found[-1] = Span(found[-1][0].since, until), now
        else:
            found.append((Span(since, until), now))
    return found


def _pairs(turns: list[date]) -> Iterator[tuple[date, date]]:
    return zip(turns, [*turns[1:], timeline.FOREVER], strict=True)
