"""A recommendation's own state, which follows from the actions that answer it."""

from collections.abc import Callable
from enum import StrEnum

from mrtrack.indicators.definition import Family, Indicator, Judged, hit, left_out, share
from mrtrack.indicators.facts import RecommendationFacts
from mrtrack.model.words import Status

_NO_ACTIONS = left_out("no action answers it")
_NONE_APPLICABLE = left_out("no action is applicable any more")
_NO_DUE = left_out("an action has no due date")
_NOT_DUE = left_out("not all actions are due yet")


class State(StrEnum):
    """How far a recommendation is, all of whose actions are due."""

    IMPLEMENTED = "implemented"
    PARTLY = "partly implemented"
    NOT = "not implemented"


def state_of(facts: RecommendationFacts) -> State | Judged:
    """The state of a recommendation, or why it is not counted."""
    if not facts.actions:
        return _NO_ACTIONS
    actions = [row for row in facts.actions if row.status is not Status.NO_LONGER_APPLICABLE]
    if not actions:
        return _NONE_APPLICABLE
    days = [row.due.last for row in actions if row.due]
    if any(day > facts.as_of for day in days):
        return _NOT_DUE
    if len(days) < len(actions):
        return _NO_DUE
    completed = sum(row.status is Status.COMPLETED for row in actions)
    if not completed:
        return State.NOT
    return State.IMPLEMENTED if completed == len(actions) else State.PARTLY


def _is(wanted: State) -> Callable[[RecommendationFacts], Judged | None]:
    def judge(facts: RecommendationFacts) -> Judged | None:
        if not facts.row.counted:
            return None
        found = state_of(facts)
        return hit(found is wanted) if isinstance(found, State) else found

    return judge


def _rate(name: str, state: State, told: str) -> Indicator:
    return Indicator(
        id=name,
        name=f"Recommendations {state}",
        about="recommendations",
        formula=f"{state} ÷ recommendations all of whose actions are due",
        numerator=f"recommendations of whose actions {told} completed",
        denominator="recommendations all of whose actions are due: the last day of each due date has come",
        leaves_out="recommendations that no action answers, those with an action that has no due date or is not due "
        "yet, and those none of whose actions is applicable any more",
        source="the rule of the African Development Bank's Management Action Record System",
        judge=_is(state),
        total=share,
    )


RECOMMENDATIONS = Family(
    "Recommendations",
    "A recommendation's state follows from the actions that answer it, its own and those that serve it; actions "
    "no longer applicable aside. It is counted only when all of them are due.",
    (
        _rate("recommendations-implemented-rate", State.IMPLEMENTED, "all are"),
        _rate("recommendations-partly-implemented-rate", State.PARTLY, "some are"),
        _rate("recommendations-not-implemented-rate", State.NOT, "none is"),
    ),
)
