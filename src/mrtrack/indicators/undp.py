"""UNDP's evaluation management score, part by part."""

from datetime import timedelta
from fractions import Fraction

from mrtrack.indicators.definition import Family, Indicator, Judged, hit, left_out, share
from mrtrack.indicators.facts import ActionFacts, EvaluationFacts
from mrtrack.model.words import EvaluationStatus, Rating

SIX_WEEKS = timedelta(days=42)
POINTS = {
    Rating.HIGHLY_SATISFACTORY: 100,
    Rating.SATISFACTORY: 90,
    Rating.MODERATELY_SATISFACTORY: 80,
    Rating.MODERATELY_UNSATISFACTORY: 70,
    Rating.UNSATISFACTORY: 60,
    Rating.HIGHLY_UNSATISFACTORY: 50,
}
_FULL = 100
_METHOD = "UNDP, methodology of the evaluation management indicator"
_CANCELLED = left_out("cancelled")
_NO_END = left_out("no planned end")
_NOT_REQUIRED = left_out("no response required")
_NO_COMPLETION = left_out("the day of completion is not known")
_NOT_DUE_YET = left_out("the response is not due yet")
_NOT_RATED = left_out("no quality rating")


def _planning(facts: EvaluationFacts) -> Judged:
    if facts.row.status is EvaluationStatus.CANCELLED:
        return _CANCELLED
    return _NO_END if facts.row.planned_end is None else hit(not facts.row.overdue)


def _responses(facts: EvaluationFacts) -> Judged | None:
    if not facts.is_report:
        return None
    if facts.row.response_required is False:
        return _NOT_REQUIRED
    if facts.ended is None:
        return _NO_COMPLETION
    if facts.ended + SIX_WEEKS >= facts.as_of:
        return _NOT_DUE_YET
    return hit(facts.row.responded)


def _actions(facts: ActionFacts) -> Judged:
    return Judged((not facts.row.overdue) + (not facts.row.long_overdue), weight=2)


def _open_actions(facts: ActionFacts) -> Judged | None:
    return _actions(facts) if facts.row.open else None


def _quality(facts: EvaluationFacts) -> Judged | None:
    quality = facts.row.of.quality
    known = quality is not None and (quality.date is None or quality.date.last <= facts.as_of)
    if quality is None or quality.rating is None or not known:
        return _NOT_RATED if facts.is_report else None
    return Judged(POINTS[quality.rating], weight=_FULL)


def _colour(value: Fraction) -> str:
    if value >= Fraction(9, 10):
        return "green: 90 % or more"
    return "yellow: 80 % or more, below 90 %" if value >= Fraction(8, 10) else "red: below 80 %"


UNDP = Family(
    "Evaluation management",
    "The score that UNDP publishes about its units, part by part. A part without data is said to be without, and "
    "what is made of it has no value: nothing is filled in.",
    (
        Indicator(
            id="undp-planning",
            name="UNDP part 1: planning",
            about="evaluations",
            formula="evaluations not overdue ÷ all planned evaluations",
            numerator="planned evaluations that are not past their planned end without being completed",
            denominator="evaluations with a planned end",
            leaves_out="cancelled evaluations, and those without a planned end",
            source=_METHOD,
            judge=_planning,
            total=share,
        ),
        Indicator(
            id="undp-responses",
            name="UNDP part 2A: responses",
            about="evaluations",
            formula="1 − reports without a response six weeks after completion ÷ "  # noqa: RUF001 - a formula
            "(all reports − those whose response is not due yet)",  # noqa: RUF001 - a formula
            numerator="completed evaluations whose response is there, be it late",
            denominator="completed evaluations whose response is due: six weeks since completion are past",
            leaves_out="those whose response is not due yet, those that require none, and those whose day of "
            "completion is not known",
            source=_METHOD,
            judge=_responses,
            total=share,
        ),
        Indicator(
            id="undp-actions",
            name="UNDP part 2B: actions",
            about="actions",
            formula="mean of (not overdue ÷ all actions) and (not long overdue ÷ all actions)",
            numerator="actions not overdue, plus actions not long overdue",
            denominator="twice all actions",
            source=_METHOD,
            judge=_actions,
            total=share,
        ),
        Indicator(
            id="undp-actions-open",
            name="UNDP part 2B, of the open",
            about="actions",
            formula="mean of (not overdue ÷ open actions) and (not long overdue ÷ open actions)",
            numerator="open actions not overdue, plus open actions not long overdue",
            denominator="twice the open actions",
            source=f"{_METHOD}; its variant over open actions",
            judge=_open_actions,
            total=share,
        ),
        Indicator(
            id="undp-follow-up",
            name="UNDP part 2: responses and actions",
            about="evaluations",
            formula="mean of parts 2A and 2B",
            numerator="none: it is made of the two parts",
            denominator="none",
            leaves_out="nothing; without data for a part it has no value",
            source=_METHOD,
            parts=(("undp-responses", Fraction(1, 2)), ("undp-actions", Fraction(1, 2))),
            total=share,
            shows_numerator=False,
        ),
        Indicator(
            id="undp-quality",
            name="UNDP part 3: quality",
            about="evaluations",
            formula="mean quality of the reports: highly satisfactory 100, then 90, 80, 70, 60, 50",
            numerator="the points of the rated evaluations together",
            denominator="100 for each rated evaluation",
            leaves_out="completed evaluations without a quality rating",
            source=_METHOD,
            judge=_quality,
            total=share,
        ),
        Indicator(
            id="undp-score",
            name="UNDP evaluation management score",
            about="evaluations",
            formula="0.3 × part 1 + 0.3 × part 2 + 0.4 × part 3; "  # noqa: RUF001 - a formula
            "green from 90 %, yellow from 80 %",
            numerator="none: it is made of the three parts",
            denominator="none",
            leaves_out="nothing; without data for a part it has no value",
            source=_METHOD,
            parts=(
                ("undp-planning", Fraction(3, 10)),
                ("undp-follow-up", Fraction(3, 10)),
                ("undp-quality", Fraction(4, 10)),
            ),
            total=share,
            shows_numerator=False,
            band=_colour,
        ),
    ),
)
