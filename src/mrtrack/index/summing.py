"""The first screen's counts from the index: of a filter as they are counted, of everything today as they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mrtrack.index import totals
from mrtrack.index.counting import attention, is_worse, standing, whole
from mrtrack.index.counting import by_time as columns_by_time
from mrtrack.index.schema import COUNTED, DECISION, EVALUATION_STATUS
from mrtrack.model.words import NOT_STATED
from mrtrack.query.horizon import BANDS, Horizon, coming, next_month
from mrtrack.query.summary import ActionCounts, EvaluationSummary, LeadSummary, Summary, worst_first

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mrtrack.index.asking import Question
    from mrtrack.index.counting import Counts, Days

_STATUSES = {code: word for word, code in EVALUATION_STATUS.items()}
_DECISIONS = {code: word for word, code in DECISION.items()}
_STANDING = len(COUNTED)


class Tally(NamedTuple):
    """The counts of actions by lead, with those by time at the end of each, and where the worst files come from.

    `evaluations` and `decisions` are rows as `Question` gives them.
    """

    by_lead: dict[int | None, Counts]
    evaluations: Sequence[Sequence[int]]
    decisions: Sequence[Sequence[int]]
    standing: str
    kept: sqlite3.Connection | None
    day: int

    @property
    def all(self) -> Counts:
        """The counts over all leads."""
        return whole(self.by_lead, _STANDING + len(BANDS) + 1 + 5)


def kept_tally(database: sqlite3.Connection, as_of: date, days: Days) -> Tally | None:
    """The tally of everything that is kept of a day; None where that of another is kept.

    What is kept counts what stands now, so it is none where something was recorded for a later day.
    """
    kept = totals.kept_day(database) if totals.latest(database) <= as_of.toordinal() else {}
    if kept.get("day") != as_of.toordinal() or tuple(kept.get("days", ())) != days:
        return None
    rest = kept["rest"]
    return Tally(
        totals.by_lead(database),
        rest["evaluations"],
        rest["decisions"],
        _standing(as_of, days),
        database,
        kept["day"],
    )


def counted_tally(question: Question, as_of: date, days: Days) -> Tally:
    """The tally of what fits a filter."""
    columns = lead_columns(as_of, days)
    return Tally(
        question.counts("lead", columns),
        question.evaluation_counts(),
        question.recommendation_counts("decision"),
        _standing(as_of, days),
        None,
        as_of.toordinal(),
    )


def lead_columns(as_of: date, days: Days) -> str:
    """The columns of the counts by lead."""
    ends = [next_month(month).toordinal() for month in coming(as_of)]
    return f"{_standing(as_of, days)}, {columns_by_time(as_of.toordinal(), BANDS, ends)}"


def by_time(tally: Tally, as_of: date) -> Horizon:
    """The open actions of a tally by time."""
    counts = tally.all[_STANDING:]
    bands = len(BANDS) + 1
    due = dict(zip(coming(as_of), counts[bands:-2], strict=True))
    return Horizon(counts[:bands], due, counts[-2], counts[-1])


def summed(tally: Tally, question: Question, longest: int | None) -> Summary:
    """The summary of a tally; `question` is asked for the evaluations that it names."""
    told = tally.evaluations
    decided = {_DECISIONS[code]: number for code, number in tally.decisions}
    leads = tuple(_leads(tally, question))
    return Summary(
        evaluations={
            "total": sum(row[1] for row in told),
            **{word.value: _of(told, code) for word, code in EVALUATION_STATUS.items() if word},
            NOT_STATED: _of(told, EVALUATION_STATUS[None]),
            "overdue": sum(row[2] for row in told),
        },
        responses={
            key: sum(row[column] for row in told)
            for column, key in enumerate(("required", "submitted", "due", "overdue"), 3)
        },
        recommendations=sum(decided.values()),
        decisions={
            **{word.value: decided.get(word, 0) for word in DECISION if word},
            NOT_STATED: decided.get(None, 0),
        },
        actions=ActionCounts(*tally.all[:_STANDING]),
        by_evaluation=_by_evaluation(tally, question, longest),
        by_lead=leads[:longest],
        awaited=sum(row[7] for row in told),
        late_leads=sum(lead.actions.overdue > 0 for lead in leads),
    )


def _leads(tally: Tally, question: Question) -> Iterator[LeadSummary]:
    names = question.names("lead")
    found = [(names.get(lead or 0), counts) for lead, counts in tally.by_lead.items()]
    found.sort(key=lambda pair: (*is_worse(pair[1]), pair[0] or ""))
    for name, counts in found:
        yield LeadSummary(name, ActionCounts(*counts[:_STANDING]))


def _by_evaluation(tally: Tally, question: Question, longest: int | None) -> tuple[EvaluationSummary, ...]:
    """The evaluations that fit, the worst first; one without actions has counts of nothing."""
    files = _worst(tally, question, longest)
    counts = question.counts("file", tally.standing, files)
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
    if number is None or number >= sum(row[1] for row in tally.evaluations):
        return None
    if tally.kept:
        return totals.worst_files(tally.kept, number)
    found = question.counts("file", attention(tally.day))
    worst = sorted(found, key=lambda file: (-found[file][1], -found[file][2], -found[file][0]))
    if len(worst) <= number:
        return None
    last = _rank(found[worst[number - 1]])
    return [int(file or 0) for file in worst if _rank(found[file]) <= last]


def _rank(counts: Counts) -> tuple[int, int, int]:
    total, overdue, opened = counts
    return -overdue, -opened, -total


def _standing(as_of: date, days: Days) -> str:
    return standing(as_of.toordinal(), days)


def _of(told: Sequence[Sequence[int]], code: int) -> int:
    return sum(row[1] for row in told if row[0] == code)


def keep(database: sqlite3.Connection, as_of: date, days: Days) -> None:
    """Keep the totals of a day."""
    day = as_of.toordinal()
    kept = {"day": day, "days": days, "columns": lead_columns(as_of, days)}
    totals.count_day(database, {**kept, "rest": totals.rest(database, day, days)})
