"""The words for why one row enters a figure otherwise than before: time, a record, or a moved date; pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mrtrack.indicators.definition import Indicator
from mrtrack.model.words import Status
from mrtrack.query.rows import ActionRow, RecommendationRow, Row

_PASSED = {
    "overdue-rate": "became due",
    "overdue-rate-open": "became due",
    "long-overdue-rate": "became long overdue",
    "long-overdue-rate-open": "became long overdue",
    "ageing-30": "grew older",
    "ageing-90": "grew older",
    "ageing-180": "grew older",
    "ageing-more": "grew older",
    "closure-rate": "had their due year end",
}
_CLOSED = {Status.COMPLETED: "completed", Status.NO_LONGER_APPLICABLE: "no longer applicable"}
_NOT_ASKED = "left what the filters ask for"
_NOW_ASKED = "came into what the filters ask for"


class Step(StrEnum):
    """What lies between one state and the next."""

    TIME = "time"
    RECORD = "record"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why rows enter a figure otherwise; `words` go after their number: “3 became due”."""

    step: Step
    words: str


def passed(indicator: Indicator, old: Row | None, new: Row | None, first: date) -> Cause:  # noqa: ARG001 - as its like
    """Days passed, and nothing was recorded."""
    return Cause(Step.TIME, _PASSED.get(indicator.id, "became due"))


def recorded(indicator: Indicator, old: Row | None, new: Row | None, first: date) -> Cause:
    """Something was recorded: a new item, a status, a decision, a document, a verdict."""
    if new is None:
        return Cause(Step.RECORD, _NOT_ASKED)
    if old is None:
        return Cause(Step.RECORD, _arrived(new, first))
    if isinstance(old, ActionRow) and isinstance(new, ActionRow):
        return Cause(Step.RECORD, _of_action(indicator, old, new))
    if isinstance(old, RecommendationRow) and isinstance(new, RecommendationRow):
        return Cause(Step.RECORD, _of_recommendation(old, new))
    return Cause(Step.RECORD, "changed")


def moved(indicator: Indicator, old: Row | None, new: Row | None, first: date) -> Cause:  # noqa: ARG001 - as its like
    """A due date was moved, given or taken away."""
    if not (isinstance(old, ActionRow) and isinstance(new, ActionRow)):
        return Cause(Step.MOVE, "had dates of their actions moved")
    if new.due is None:
        return Cause(Step.MOVE, "lost their due date")
    if old.due is None:
        return Cause(Step.MOVE, "were given a due date")
    return Cause(Step.MOVE, "brought forward" if new.due.last < old.due.last else "moved")


def _arrived(row: Row, first: date) -> str:
    if isinstance(row, ActionRow):
        return _NOW_ASKED if row.added and row.added <= first else "added"
    return "issued" if isinstance(row, RecommendationRow) else "new"


def _of_action(indicator: Indicator, old: ActionRow, new: ActionRow) -> str:
    if old.status is not new.status:
        changed = "changed their status" if old.open else "re-opened"
        return _CLOSED.get(new.status, changed) if new.status else changed
    if indicator.id == "evidence-rate":
        return "documented" if len(new.documents) > len(old.documents) else "lost their document"
    if indicator.id == "confirmed-rate":
        return "judged"
    if old.completed_on != new.completed_on:
        return "completed again, or corrected"
    return "recorded otherwise"


def _of_recommendation(old: RecommendationRow, new: RecommendationRow) -> str:
    if old.decision is new.decision:
        return "had actions completed, added or re-opened"
    return str(new.decision).replace("-", " ") if new.decision else "lost their decision"
