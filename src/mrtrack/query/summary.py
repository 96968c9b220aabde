"""The counts behind the first screen: where everything stands, evaluation by evaluation, lead by lead."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from mrtrack.model.words import NOT_STATED, Decision, EvaluationStatus, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow
    from mrtrack.query.selection import Selection


class ActionCounts(NamedTuple):
    """How many actions stand where. The five statuses add up to the total; the rest overlap."""

    total: int
    not_initiated: int
    initiated: int
    completed: int
    no_longer_applicable: int
    not_stated: int
    open: int
    overdue: int
    long_overdue: int
    due_soon: int
    stale: int
    disputed: int

    @property
    def applicable(self) -> int:
        """All actions but those no longer applicable."""
        return self.total - self.no_longer_applicable

    def as_json(self) -> dict[str, int]:
        """The counts under the words of the record."""
        return {
            "total": self.total,
            "not-initiated": self.not_initiated,
            "initiated": self.initiated,
            "completed": self.completed,
            "no-longer-applicable": self.no_longer_applicable,
            "not-stated": self.not_stated,
            "open": self.open,
            "overdue": self.overdue,
            "long_overdue": self.long_overdue,
            "due_soon": self.due_soon,
            "stale": self.stale,
            "disputed": self.disputed,
        }


class EvaluationSummary(NamedTuple):
    """One evaluation with the counts of its actions."""

    evaluation: str
    title: str | None
    organisation: str | None
    status: EvaluationStatus | None
    recommendations: int
    actions: ActionCounts


class LeadSummary(NamedTuple):
    """One lead (None: no lead is named) with the counts of its actions."""

    lead: str | None
    actions: ActionCounts


class Summary(NamedTuple):
    """Everything that `status` says, in numbers.

    The lists may be cut short to what a screen shows. `awaited` counts the evaluations whose management response
    is due soon, `late_leads` the leads who have something overdue.
    """

    evaluations: dict[str, int]
    responses: dict[str, int]
    recommendations: int
    decisions: dict[str, int]
    actions: ActionCounts
    by_evaluation: tuple[EvaluationSummary, ...]
    by_lead: tuple[LeadSummary, ...]
    awaited: int
    late_leads: int

    def as_json(self) -> dict[str, Any]:
        """The one item of `status --json`."""
        return {
            "evaluations": self.evaluations,
            "responses": self.responses,
            "recommendations": self.recommendations,
            "decisions": self.decisions,
            "actions": self.actions.as_json(),
            "by_evaluation": [
                {
                    "evaluation": item.evaluation,
                    "title": item.title,
                    "organisation": item.organisation,
                    "status": item.status,
                    "recommendations": item.recommendations,
                    "actions": item.actions.as_json(),
                }
                for item in self.by_evaluation
            ],
            "by_lead": [{"lead": item.lead, "actions": item.actions.as_json()} for item in self.by_lead],
        }


def summarise(selection: Selection, due_soon: int = 30, longest: int | None = None) -> Summary:
    """Count what a selection holds. Evaluations and leads come worst first: most overdue, then most open.

    `due_soon` is a limit in days; `longest` cuts the lists short.
    """
    evaluations, actions = selection.evaluations, selection.actions
    by_lead = _by_lead(actions)
    last_day = selection.as_of + timedelta(due_soon)
    asked = [row for row in selection.recommendations if row.counted]
    return Summary(
        evaluations={
            "total": len(evaluations),
            **{word.value: sum(row.status is word for row in evaluations) for word in EvaluationStatus},
            NOT_STATED: sum(row.status is None for row in evaluations),
            "overdue": sum(row.overdue for row in evaluations),
        },
        responses=_responses(evaluations),
        recommendations=len(asked),
        decisions={
            **{word.value: sum(row.decision is word for row in asked) for word in Decision},
            NOT_STATED: sum(row.decision is None for row in asked),
        },
        actions=count(actions),
        by_evaluation=_by_evaluation(evaluations, asked, actions)[:longest],
        by_lead=by_lead[:longest],
        awaited=sum(is_awaited(row, last_day) for row in evaluations),
        late_leads=sum(item.actions.overdue > 0 for item in by_lead),
    )


def worst_first(evaluations: Iterable[EvaluationSummary]) -> tuple[EvaluationSummary, ...]:
    """Evaluations with the most overdue first, then the most open, then the most actions, then by id."""
    return tuple(sorted(evaluations, key=lambda item: (*_worst(item.actions), item.evaluation)))


def is_awaited(row: EvaluationRow, last_day: date) -> bool:
    """Whether a management response is not there, and not overdue yet, but due by a day."""
    due = row.response_due
    return not row.responded and due is not None and not row.response_overdue and due <= last_day


def count(actions: Sequence[ActionRow]) -> ActionCounts:
    """Count actions by status, and those that ask for attention."""
    statuses = [row.status for row in actions]
    completed, dropped = statuses.count(Status.COMPLETED), statuses.count(Status.NO_LONGER_APPLICABLE)
    return ActionCounts(
        total=len(actions),
        not_initiated=statuses.count(Status.NOT_INITIATED),
        initiated=statuses.count(Status.INITIATED),
        completed=completed,
        no_longer_applicable=dropped,
        not_stated=statuses.count(None),
        open=len(actions) - completed - dropped,
        overdue=[row.overdue for row in actions].count(True),
        long_overdue=[row.long_overdue for row in actions].count(True),
        due_soon=[row.due_soon for row in actions].count(True),
        stale=[row.stale for row in actions].count(True),
        disputed=[row.disputed for row in actions].count(True),
    )


def _responses(rows: Sequence[EvaluationRow]) -> dict[str, int]:
    waiting = [row for row in rows if row.response_required and not row.responded]
    return {
        "required": sum(row.response_required is True for row in rows),
        "submitted": sum(row.responded for row in rows),
        "due": sum(not row.response_overdue for row in waiting),
        "overdue": sum(row.response_overdue for row in waiting),
    }


def _by_evaluation(
    evaluations: Iterable[EvaluationRow],
    recommendations: Iterable[RecommendationRow],
    actions: Iterable[ActionRow],
) -> tuple[EvaluationSummary, ...]:
    asked = Counter(id(row.parent.of) for row in recommendations)
    promised: dict[int, list[ActionRow]] = {}
    for action in actions:
        promised.setdefault(id(action.parent.parent.of), []).append(action)
    found = (
        EvaluationSummary(
            row.evaluation,
            row.title,
            row.organisation,
            row.status,
            asked[id(row.of)],
            count(promised.get(id(row.of), [])),
        )
        for row in evaluations
    )
    return worst_first(found)


def _by_lead(actions: Iterable[ActionRow]) -> tuple[LeadSummary, ...]:
    led: dict[str | None, list[ActionRow]] = {}
    for action in actions:
        led.setdefault(action.responsible, []).append(action)
    found = [LeadSummary(lead, count(rows)) for lead, rows in led.items()]
    return tuple(sorted(found, key=lambda item: (*_worst(item.actions), item.lead or "")))


def _worst(counts: ActionCounts) -> tuple[int, int, int]:
    return -counts.overdue, -counts.open, -counts.total
