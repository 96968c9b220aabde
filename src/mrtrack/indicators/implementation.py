"""How many of the promised actions are completed."""

from mrtrack.indicators.definition import Family, Indicator, Judged, hit, left_out, share
from mrtrack.indicators.facts import ActionFacts
from mrtrack.model.words import Status

_NOT_APPLICABLE = left_out("no longer applicable")


def _of_all(facts: ActionFacts) -> Judged:
    return hit(facts.completed)


def _of_applicable(facts: ActionFacts) -> Judged:
    return _NOT_APPLICABLE if facts.row.status is Status.NO_LONGER_APPLICABLE else hit(facts.completed)


IMPLEMENTATION = Family(
    "Implementation",
    "How far the promised actions are. An action that serves several recommendations counts once.",
    (
        Indicator(
            id="implementation-rate",
            name="Implementation rate",
            about="actions",
            formula="completed ÷ all actions",
            numerator="actions whose status is completed",
            denominator="all actions, those without a stated status among them",
            judge=_of_all,
            total=share,
        ),
        Indicator(
            id="implementation-rate-applicable",
            name="Implementation rate, of the applicable",
            about="actions",
            formula="completed ÷ all actions but those no longer applicable",
            numerator="actions whose status is completed",
            denominator="all actions but those no longer applicable",
            leaves_out="actions that are no longer applicable",
            judge=_of_applicable,
            total=share,
        ),
    ),
)
