"""What indicators ask of a row, worked out once a row: when an action was closed, what answers a recommendation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mrtrack import timeline
from mrtrack.model.dates import PartialDate, parse_date
from mrtrack.model.words import EvaluationStatus, Status
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow

if TYPE_CHECKING:
    from mrtrack.model.record import ActionEntry

ALREADY_COMPLETED = "completed already in the first entry"
ALREADY_CLOSED = "no longer applicable already in the first entry"
COMPLETION_NOT_KNOWN = "the day of completion is not known"
CLOSING_NOT_KNOWN = "the day since when it is no longer applicable is not known"
NO_DAY = (ALREADY_COMPLETED, ALREADY_CLOSED, COMPLETION_NOT_KNOWN, CLOSING_NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """An action's row with the day it was closed.

    `no_day` tells why a closed action has no day to compare; None where it has one, `closed_on`. `recorded` says
    that it had happened by then, on a day that is not stated.
    """

    row: ActionRow
    as_of: date
    closed_on: PartialDate | None
    recorded: bool
    no_day: str | None

    @property
    def completed(self) -> bool:
        """Whether the action is completed."""
        return self.row.status is Status.COMPLETED


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    """A recommendation's row with the actions that answer it, be they its own or serving it."""

    row: RecommendationRow
    as_of: date
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """An evaluation's row. `ended` is the last day of its end, where it is known and past."""

    row: EvaluationRow
    as_of: date
    ended: date | None

    @property
    def is_report(self) -> bool:
        """Whether the evaluation is completed: it says so, or says nothing and its end is past."""
        status = self.row.status
        return status is EvaluationStatus.COMPLETED or (status is None and self.ended is not None)


def of_action(row: ActionRow, as_of: date) -> ActionFacts:
    """What is known about the closing of an action, as of a day."""
    if row.open:
        return ActionFacts(row, as_of, None, recorded=False, no_day=None)
    entries = [entry for entry in row.of.history or () if entry.date <= as_of]
    completed = row.status is Status.COMPLETED
    if _first(entries) is row.status or _closed_when_added(entries, row.status):
        already = ALREADY_COMPLETED if completed else ALREADY_CLOSED
        return ActionFacts(row, as_of, None, recorded=False, no_day=already)
    if completed:
        day, recorded = row.completed_on, row.completed_on_basis == "recorded"
    else:
        day, recorded = _day_of_last_change(entries, row.status)
    not_known = COMPLETION_NOT_KNOWN if completed else CLOSING_NOT_KNOWN
    return ActionFacts(row, as_of, day, recorded, no_day=None if day else not_known)


def of_evaluation(row: EvaluationRow, as_of: date) -> EvaluationFacts:
    """What is known about the end of an evaluation, as of a day."""
    end = row.completed or row.report_date
    return EvaluationFacts(row, as_of, end.last if end and end.last <= as_of else None)


def answering(
    recommendations: Iterable[RecommendationRow], actions: Iterable[ActionRow]
) -> Mapping[str, tuple[ActionRow, ...]]:
    """The actions that answer each counted recommendation, by its ref.

    Those of a part that is not counted answer the whole. An action that `serves` others answers them too.
    """
    whole = {
        row.ref: f"{row.evaluation}:{row.part_of}"
        for row in recommendations
        if row.part_of and not row.counted
    }
    found: dict[str, dict[str, ActionRow]] = {}
    for action in actions:
        above = action.parent
        own = above.ref if above.counted or not above.part_of else f"{action.evaluation}:{above.part_of}"
        served = [ref if ":" in ref else f"{action.evaluation}:{ref}" for ref in action.serves]
        for ref in (own, *served):
            found.setdefault(whole.get(ref, ref), {})[action.ref] = action
    return {ref: tuple(rows.values()) for ref, rows in found.items()}


def _first(entries: "list[ActionEntry]") -> Status | None:
    """The status an action was added with: its first entry's, or that of the entry which corrected it."""
    if not entries:
        return None
    void = timeline.corrected(entries)
    index = 0
    while index in void:
        index = void[index]
    return entries[index].status


def _closed_when_added(entries: "list[ActionEntry]", status: Status | None) -> bool:
    """Whether an action was entered with its status on the very day it was added, the day it happened not stated.

    A page that was added and last updated on one day shows no more than a first entry which says it all.
    """
    run = timeline.present_run(timeline.standing(entries))
    if not run or run[0].status is not status:
        return False
    return run[0].date == entries[0].date and run[0].on is not None and run[0].on.until


def _day_of_last_change(
    entries: "list[ActionEntry]", status: Status | None
) -> tuple[PartialDate | None, bool]:
    run = timeline.present_run(timeline.standing(entries))
    if not run or run[0].status is not status:
        return None, False
    happened = run[0].on
    if happened:
        return happened.date, happened.until
    return parse_date(run[0].date.isoformat()), False
