"""How the recommendations were answered: accepted, partially accepted, rejected, or no decision stated."""

from collections.abc import Callable

from mrtrack.indicators.definition import Family, Indicator, Judged, hit, left_out, share
from mrtrack.indicators.facts import RecommendationFacts
from mrtrack.model.words import Decision

_NONE_STATED = left_out("no decision stated")
_ISSUED = "all recommendations; where parts carry decisions, the parts"


def _of_all(decision: Decision | None) -> Callable[[RecommendationFacts], Judged | None]:
    def judge(facts: RecommendationFacts) -> Judged | None:
        return hit(facts.row.decision is decision) if facts.row.counted else None

    return judge


def _of_stated(decision: Decision) -> Callable[[RecommendationFacts], Judged | None]:
    def judge(facts: RecommendationFacts) -> Judged | None:
        if not facts.row.counted:
            return None
        return hit(facts.row.decision is decision) if facts.row.decision else _NONE_STATED

    return judge


def _pair(name: str, title: str, decision: Decision, word: str) -> tuple[Indicator, Indicator]:
    return (
        Indicator(
            id=name,
            name=title,
            about="recommendations",
            formula=f"{word} ÷ all recommendations",
            numerator=f"recommendations that are {word}",
            denominator=_ISSUED,
            judge=_of_all(decision),
            total=share,
        ),
        Indicator(
            id=f"{name}-stated",
            name=f"{title}, of those stated",
            about="recommendations",
            formula=f"{word} ÷ recommendations with a decision",
            numerator=f"recommendations that are {word}",
            denominator="recommendations for which a decision is stated",
            leaves_out="recommendations without a stated decision",
            judge=_of_stated(decision),
            total=share,
        ),
    )


DECISIONS = Family(
    "Decisions",
    "How management answered what was recommended, as of the day.",
    (
        *_pair("acceptance-rate", "Acceptance rate", Decision.ACCEPTED, "accepted"),
        *_pair(
            "partial-acceptance-rate",
            "Partial acceptance rate",
            Decision.PARTIALLY_ACCEPTED,
            "partially accepted",
        ),
        *_pair("rejection-rate", "Rejection rate", Decision.REJECTED, "rejected"),
        Indicator(
            id="decision-not-stated-rate",
            name="No decision stated",
            about="recommendations",
            formula="no decision stated ÷ all recommendations",
            numerator="recommendations for which no decision is stated",
            denominator=_ISSUED,
            judge=_of_all(None),
            total=share,
        ),
    ),
)
