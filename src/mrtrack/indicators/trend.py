"""The points of a trend: periods of the calendar, each asked about as of its own last day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from mrtrack.model.dates import parse_date
from mrtrack.query.selection import Selection


class Step(StrEnum):
    """How long the periods of a trend are."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Point:
    """A period by its name (`2021`, `2021-Q3`, `2021-07`), and the day it is asked about."""

    name: str
    as_of: date


def points(first: date, last: date, step: Step) -> list[Point]:
    """The periods from the one of the first day to that of the last; the last one is asked about on that day."""
    return [Point(name, min(parse_date(name).last, last)) for name in _names(first, last, step)]


def begins(selection: Selection) -> date:
    """The first day of which a selection knows anything; the day asked about where it tells none."""
    ends = (row.report_date or row.completed for row in selection.evaluations)
    entries = ((row.of.history or ())[:1] for row in selection.evaluations)
    days: Iterable[date | None] = chain(
        (end.last for end in ends if end),
        (entry.date for entry in chain.from_iterable(entries)),
        (row.added for row in selection.actions),
    )
    return min((day for day in days if day), default=selection.as_of)


def _names(first: date, last: date, step: Step) -> Iterator[str]:
    months = {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}[step]
    for number in range(_number(first) // months, _number(last) // months + 1):
        year, month = divmod(number * months, 12)
        yield {
            Step.MONTH: f"{year:04}-{month + 1:02}",
            Step.QUARTER: f"{year:04}-Q{month // 3 + 1}",
            Step.YEAR: f"{year:04}",
        }[step]


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1
