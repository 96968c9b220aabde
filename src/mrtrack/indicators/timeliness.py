"""Whether completed actions were completed by the end of their due period, how late, and how often dates moved."""

from datetime import date

from mrtrack.indicators.definition import (
    HIT,
    MISS,
    Family,
    Indicator,
    Judged,
    Unit,
    left_out,
    median_of,
    share,
    sum_of,
)
from mrtrack.indicators.facts import COMPLETION_NOT_KNOWN, NO_DAY, ActionFacts
from mrtrack.model.dates import PartialDate

NO_DUE = left_out("no due date")
WITHOUT_DAY = {reason: left_out(reason) for reason in NO_DAY}
_NO_ORIGINAL = left_out("the original due date is not known")
_BEFORE_ADDED = left_out("completed before the first entry")
_LATE = "recorded {days} after the due period{middle}, the day of completion not stated"
_LEAVES_OUT = (
    "completed actions without a due date, those whose first entry already says completed, and those whose day "
    "of completion is not known"
)


def by_then(done: PartialDate, end: date, *, recorded: bool) -> Judged:
    """Whether something was done by the end of a day, where it is known when.

    Where the day is only recorded, or known less precisely than the question asks, the answer is yes only where that
    is certain; else it is uncertain, with the days that it may have been late.
    """
    if done.last <= end:
        return HIT
    if done.first > end and not recorded:
        return MISS
    return Judged(0, uncertain=True, days=(done.last - end).days)


def _against(facts: ActionFacts, due: PartialDate | None, no_due: Judged) -> Judged | None:
    """Whether an action was completed by the end of a due period; None for one that is not completed."""
    if not facts.completed:
        return None
    if facts.closed_on is None:
        return WITHOUT_DAY[facts.no_day or COMPLETION_NOT_KNOWN]
    return by_then(facts.closed_on, due.last, recorded=facts.recorded) if due else no_due


def _on_time(facts: ActionFacts) -> Judged | None:
    return _against(facts, facts.row.due, NO_DUE)


def _on_time_originally(facts: ActionFacts) -> Judged | None:
    return _against(facts, facts.row.original_due, _NO_ORIGINAL)


def _days_late(facts: ActionFacts) -> Judged | None:
    judged = _on_time(facts)
    done, due = facts.closed_on, facts.row.due
    if judged is None or judged.left_out or done is None or due is None:
        return judged
    late = (done.last - due.last).days
    return _days(late, facts, done) if late > 0 else None


def _days_to_complete(facts: ActionFacts) -> Judged | None:
    if not facts.completed:
        return None
    done, added = facts.closed_on, facts.row.added
    if done is None:
        return WITHOUT_DAY[facts.no_day or COMPLETION_NOT_KNOWN]
    if added is None or done.last < added:
        return _BEFORE_ADDED
    return _days((done.last - added).days, facts, done)


def _days(count: int, facts: ActionFacts, done: PartialDate) -> Judged:
    unsure = facts.recorded or done.first != done.last
    return Judged(count, uncertain=unsure, days=count if unsure else None)


def _moves(facts: ActionFacts) -> Judged:
    return Judged(facts.row.postponements) if facts.row.postponements else MISS


TIMELINESS = Family(
    "Timeliness",
    "A due period is over after its last day: what is due in 2021-07 is on time until 31 July. Where only the day "
    "of recording is known (`on: until …`), a completion recorded within the due period is on time for certain; "
    "one recorded later counts as not on time, and as uncertain.",
    (
        Indicator(
            id="on-time-rate",
            name="On-time rate",
            about="actions",
            formula="completed by the end of the due period ÷ completed",
            numerator="completed actions that were completed by the last day of their present due date",
            denominator="completed actions",
            leaves_out=_LEAVES_OUT,
            unsure=_LATE,
            judge=_on_time,
            total=share,
        ),
        Indicator(
            id="on-time-rate-original",
            name="On-time rate, by the original date",
            about="actions",
            formula="completed by the end of the original due period ÷ completed",
            numerator="completed actions that were completed by the last day of their first due date",
            denominator="completed actions",
            leaves_out="those whose original due date is not known, those whose first entry already says "
            "completed, and those whose day of completion is not known",
            unsure=_LATE.replace("the due", "the original due"),
            judge=_on_time_originally,
            total=share,
        ),
        Indicator(
            id="days-late-mean",
            name="Days late, mean",
            about="actions",
            unit=Unit.DAYS,
            formula="days from the end of the due period to completion ÷ actions completed late",
            numerator="the days of all of them together",
            denominator="actions completed after their due period",
            leaves_out=_LEAVES_OUT,
            unsure=_LATE,
            judge=_days_late,
            total=share,
        ),
        Indicator(
            id="days-late-median",
            name="Days late, median",
            about="actions",
            unit=Unit.DAYS,
            formula="the middle of the days from the end of the due period to completion",
            numerator="none: it is the middle value, or the mean of the two in the middle",
            denominator="actions completed after their due period",
            leaves_out=_LEAVES_OUT,
            unsure=_LATE,
            judge=_days_late,
            total=median_of,
            shows_numerator=False,
        ),
        Indicator(
            id="days-to-complete-median",
            name="Days to complete, median",
            about="actions",
            unit=Unit.DAYS,
            formula="the middle of the days from the first entry to completion",
            numerator="none: it is the middle value, or the mean of the two in the middle",
            denominator="completed actions",
            leaves_out="those whose first entry already says completed, those whose day of completion is not known, "
            "and those completed before their first entry",
            unsure="counted to the day of recording, the day of completion not stated",
            judge=_days_to_complete,
            total=median_of,
            shows_numerator=False,
        ),
        Indicator(
            id="postponements",
            name="Postponements",
            about="actions",
            unit=Unit.COUNT,
            formula="moves of a due date to a later last day",
            numerator="the moves, of all actions together; one action can be moved several times",
            denominator="all actions",
            judge=_moves,
            total=sum_of,
            several_each=True,
        ),
    ),
)
