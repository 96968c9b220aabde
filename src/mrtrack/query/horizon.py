"""Open actions by time: how long they have been overdue, and in which of the coming months they are due."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mrtrack.query.rows import ActionRow

MONTHS = 3
BANDS = (30, 90, 180)
"""The most days of each band of what is overdue, but the last, which has no end; as the indicators of ageing."""


class Horizon(NamedTuple):
    """How many open actions there are of each age and month.

    `overdue` has a count for each band and one for what is older; `months` the first day of this month and of those
    that follow, with what is due in each and not overdue; then what is due later, and what has no due date.
    """

    overdue: tuple[int, ...]
    months: Mapping[date, int]
    later: int
    undated: int

    @property
    def total(self) -> int:
        """All open actions."""
        return sum(self.overdue) + sum(self.months.values()) + self.later + self.undated


def horizon(actions: Iterable[ActionRow], as_of: date) -> Horizon:
    """Count the open actions among these by time, as of the day the rows are of."""
    months = coming(as_of)
    due: Counter[date | None] = Counter()
    overdue = [0] * (len(BANDS) + 1)
    for row in actions:
        if row.days_overdue:
            overdue[band(row.days_overdue)] += 1
        elif row.open:
            due[row.due.last.replace(day=1) if row.due else None] += 1
    undated = due.pop(None, 0)
    here = {month: due.pop(month, 0) for month in months}
    return Horizon(tuple(overdue), here, sum(due.values()), undated)


def band(days: int) -> int:
    """Which band so many days overdue belong to, counted from the youngest."""
    return next((place for place, most in enumerate(BANDS) if days <= most), len(BANDS))


def coming(as_of: date) -> list[date]:
    """The first days of this month and of those that follow, as many as are shown."""
    count = as_of.year * 12 + as_of.month - 1
    numbers = range(count, min(count + MONTHS, 9999 * 12 + 12))
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def next_month(first: date) -> date:
    """The first day of the month after one that is given by its first day; the last day of all after the last month."""
    if first.month < 12:
        return first.replace(month=first.month + 1)
    return date(first.year + 1, 1, 1) if first.year < 9999 else date.max
