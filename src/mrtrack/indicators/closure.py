"""The closure rate of WFP: of the actions due in a year, those closed by the end of that year."""

from datetime import date

from mrtrack.indicators.definition import MISS, Family, Indicator, Judged, left_out, share
from mrtrack.indicators.facts import ActionFacts
from mrtrack.indicators.timeliness import NO_DUE, WITHOUT_DAY, by_then

_NOT_OVER = left_out("due in a year that is not over")


def _closed(facts: ActionFacts) -> Judged:
    due, done = facts.row.due, facts.closed_on
    if facts.no_day:
        return WITHOUT_DAY[facts.no_day]
    if due is None:
        return NO_DUE
    end = date(due.last.year, 12, 31)
    if end > facts.as_of:
        return _NOT_OVER
    return by_then(done, end, recorded=facts.recorded) if done else MISS


CLOSURE = Family(
    "Closure within the year",
    "WFP's indicator C2629.MR12.K06, evaluation action closure rate: completed or no longer applicable by the end "
    "of the year in which the action was due, however early. By `due-year` it is the figure of each year.",
    (
        Indicator(
            id="closure-rate",
            name="Closure rate (WFP C2629.MR12.K06)",
            about="actions",
            formula="closed by the end of the year in which they are due ÷ actions due in that year",
            numerator="actions closed by 31 December of the year in which their due date ends",
            denominator="actions whose due date ends in a year that is over",
            leaves_out="actions without a due date, those due in a year that is not over, those whose first entry "
            "already says closed, and closed ones whose day is not known",
            unsure="recorded {days} after the year in which they were due{middle}, the day of closing not stated",
            source="WFP Indicator Compendium, C2629.MR12.K06",
            judge=_closed,
            total=share,
        ),
    ),
)
