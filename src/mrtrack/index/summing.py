"""The first screen's counts from the index: of a filter as they are counted, of everything today as they are kept."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mrtrack.index import totals
from mrtrack.index.counting import attention, by_time, is_worse, standing, whole
from mrtrack.index.schema import COUNTED, DECISION, EVALUATION_STATUS
from mrtrack.index.totals import Totals, by_first
from mrtrack.model.words import NOT_STATED
from mrtrack.query.horizon import BANDS, Horizon, coming
from mrtrack.query.summary import ActionCounts, EvaluationSummary, LeadSummary, Summary, worst_first

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mrtrack.index.asking import Question
    from mrtrack.index.counting import Counts, Days

_STATUSES = {code: word for word, code in EVALUATION_STATUS.items()}
_DECISIONS = {code: word for word, code in DECISION.items()}
_STANDING = len(COUNTED)


class Tally(NamedTuple):
    """The totals of a question as of a day, and where they are `kept`, if they are; `time` may be not counted yet.

    `late` are the files with overdue actions and how many these are, where that is known.
    """

    totals: Totals
    day: int
    days: Days
    kept: sqlite3.Connection | None = None
    late: Mapping[int, int] = MappingProxyType({})


def kept_tally(database: sqlite3.Connection, as_of: date, days: Days) -> Tally | None:
    """The tally of everything that is kept of a day; None where that of another is kept.

    What is kept counts what stands now, so it is none where something was recorded for a later day.
    """
    day = as_of.toordinal()
    kept = totals.kept_day(database) if totals.latest(database) <= day else None
    if kept is None or (kept.day, kept.days) != (day, days):
        return None
    return Tally(kept.totals, day, days, database)


def turned_tally(database: sqlite3.Connection, as_of: date, days: Days) -> Tally | None:
    """The tally of everything as of any day; None where the turns are not kept."""
    from mrtrack.index import turns  # noqa: PLC0415 - only past days need them

    if not turns.is_kept(database, days):
        return None
    day = as_of.toordinal()
    return Tally(turns.totals_of(database, as_of), day, days, late=turns.late_files(database, day))


def counted_tally(question: Question, as_of: date, days: Days) -> Tally:
    """The tally of what fits a filter."""
    day = as_of.toordinal()
    counted = Totals(
        question.counts("lead", standing(day, days)),
        {},
        by_first(question.evaluation_counts()),
        by_first(question.recommendation_counts("decision")),
    )
    return Tally(counted, day, days)


def horizon_of(tally: Tally, question: Question, as_of: date) -> Horizon:
    """The open actions of a tally by time."""
    columns = by_time(tally.day, BANDS, totals.month_ends(as_of))
    counts = tally.totals.time.get(0) or question.whole_counts(columns)
    bands = len(BANDS) + 1
    due = dict(zip(coming(as_of), counts[bands:-2], strict=True))
    return Horizon(counts[:bands], due, counts[-2], counts[-1])


def summed(tally: Tally, question: Question, longest: int | None) -> Summary:
    """The summary of a tally; `question` is asked for the evaluations that it names."""
    told = tally.totals.evaluations
    decided = {_DECISIONS[code or 0]: number for code, (number,) in tally.totals.decisions.items()}
    leads = _leads(tally, question)
    return Summary(
        evaluations={
            "total": _sum(told, 0),
            **{word.value: _of(told, code) for word, code in EVALUATION_STATUS.items() if word},
            NOT_STATED: _of(told, EVALUATION_STATUS[None]),
            "overdue": _sum(told, 1),
        },
        responses={
            key: _sum(told, column)
            for column, key in enumerate(("required", "submitted", "due", "overdue"), 2)
        },
        recommendations=sum(decided.values()),
        decisions={
            **{word.value: decided.get(word, 0) for word in DECISION if word},
            NOT_STATED: decided.get(None, 0),
        },
        actions=ActionCounts(*whole(tally.totals.leads, _STANDING)),
        by_evaluation=_by_evaluation(tally, question, longest),
        by_lead=tuple(LeadSummary(name, ActionCounts(*counts)) for name, counts in leads[:longest]),
        awaited=_sum(told, 6),
        late_leads=sum(counts[COUNTED.index("overdue")] > 0 for _, counts in leads),
    )


def _leads(tally: Tally, question: Question) -> list[tuple[str | None, Counts]]:
    """The leads and their counts, the worst first."""
    names = question.names("lead")
    found = [(names.get(lead or 0), counts) for lead, counts in tally.totals.leads.items()]
    found.sort(key=lambda pair: (*is_worse(pair[1]), pair[0] or ""))
    return found


def _by_evaluation(tally: Tally, question: Question, longest: int | None) -> tuple[EvaluationSummary, ...]:
    """The evaluations that fit, the worst first; one without actions has counts of nothing."""
    files = _worst(tally, question, longest)
    counts = question.counts("file", standing(tally.day, tally.days), files)
    asked = dict(question.recommendation_counts("file", files))
    names = question.names("organisation")
    nothing = (0,) * _STANDING
    return worst_first(
        EvaluationSummary(
            evaluation=name,
            title=title,
            organisation=names.get(organisation),
            status=_STATUSES[status],
            recommendations=asked.get(file, 0),
            actions=ActionCounts(*counts.get(file, nothing)),
        )
        for file, name, title, organisation, status in question.evaluation_lines(files)
    )[:longest]


def _worst(tally: Tally, question: Question, number: int | None) -> list[int] | None:
    """The files of so many evaluations that ask most for attention; None where that is all of them."""
    if number is None or number >= _sum(tally.totals.evaluations, 0):
        return None
    if tally.kept:
        return totals.worst_files(tally.kept, number)
    few = None
    if len(tally.late) >= number:
        least = sorted(tally.late.values(), reverse=True)[number - 1]
        few = [file for file, count in tally.late.items() if count >= least]
    found = question.counts("file", attention(tally.day), few)
    worst = sorted(found, key=lambda file: (-found[file][1], -found[file][2], -found[file][0]))
    if len(worst) <= number:
        return few
    last = _rank(found[worst[number - 1]])
    return [int(file or 0) for file in worst if _rank(found[file]) <= last]


def _rank(counts: Counts) -> tuple[int, int, int]:
    total, overdue, opened = counts
    return -overdue, -opened, -total


def _sum(told: Mapping[int | None, Sequence[int]], column: int) -> int:
    return sum(row[column] for row in told.values())


def _of(told: Mapping[int | None, Sequence[int]], code: int) -> int:
    return told[code][0] if code in told else 0
