"""The counts behind the first screen: where everything stands, evaluation by evaluation, lead by lead."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mrtrack.model.words import NOT_STATED, Decision, EvaluationStatus, Status
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow
from mrtrack.query.selection import Selection


@dataclass(frozen=True, slots=True)
class ActionCounts:
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


@dataclass(frozen=True, slots=True)
class EvaluationSummary:
    """One evaluation with the counts of its actions."""

    row: EvaluationRow
    recommendations: int
    actions: ActionCounts


@dataclass(frozen=True, slots=True)
class LeadSummary:
    """One lead (None: no lead is named) with the counts of its actions."""

    lead: str | None
    actions: ActionCounts


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that `status` says, in numbers."""

    evaluations: dict[str, int]
    responses: dict[str, int]
    recommendations: int
    decisions: dict[str, int]
    actions: ActionCounts
    by_evaluation: tuple[EvaluationSummary, ...]
    by_lead: tuple[LeadSummary, ...]

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
                    "evaluation": item.row.evaluation,
                    "title": item.row.title,
                    "organisation": item.row.organisation,
                    "status": item.row.status,
                    "recommendations": item.recommendations,
                    "actions": item.actions.as_json(),
                }
                for item in self.by_evaluation
            ],
            "by_lead": [{"lead": item.lead, "actions": item.actions.as_json()} for item in self.by_lead],
        }


def summarise(selection: Selection) -> Summary:
    """Count what a selection holds. Evaluations and leads come worst first: most overdue, then most open."""
    evaluations, actions = selection.evaluations, selection.actions
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
        by_evaluation=_by_evaluation(evaluations, asked, actions),
        by_lead=_by_lead(actions),
    )


def count(actions: Sequence[ActionRow]) -> ActionCounts:
    """Count actions by status, and those that ask for attention."""
    statuses = [row.status for row in actions]
    return ActionCounts(
        total=len(actions),
        not_initiated=statuses.count(Status.NOT_INITIATED),
        initiated=statuses.count(Status.INITIATED),
        completed=statuses.count(Status.COMPLETED),
        no_longer_applicable=statuses.count(Status.NO_LONGER_APPLICABLE),
        not_stated=statuses.count(None),
        open=sum(row.open for row in actions),
        overdue=sum(row.overdue for row in actions),
        long_overdue=sum(row.long_overdue for row in actions),
        due_soon=sum(row.due_soon for row in actions),
        stale=sum(row.stale for row in actions),
        disputed=sum(row.disputed for row in actions),
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
    asked = Counter(row.evaluation for row in recommendations)
    promised: dict[str, list[ActionRow]] = {}
    for action in actions:
        promised.setdefault(action.evaluation, []).append(action)
    found = [
        EvaluationSummary(row, asked[row.evaluation], count(promised.get(row.evaluation, [])))
        for row in evaluations
    ]
    return tuple(sorted(found, key=lambda item: (*_worst(item.actions), item.row.evaluation)))


def _by_lead(actions: Iterable[ActionRow]) -> tuple[LeadSummary, ...]:
    led: dict[str | None, list[ActionRow]] = {}
    for action in actions:
        led.setdefault(action.responsible, []).append(action)
    found = [LeadSummary(lead, count(rows)) for lead, rows in led.items()]
    return tuple(sorted(found, key=lambda item: (*_worst(item.actions), item.lead or "")))


def _worst(counts: ActionCounts) -> tuple[int, int, int]:
    return -counts.overdue, -counts.open, -counts.total
