"""The counts of actions as columns of SQL: where they stand, what asks for attention, and open ones by time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mrtrack.index.schema import COUNTED, STATUS, VERDICT
from mrtrack.model.words import Status, Verdict

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

Days = tuple[int, int, int]
"""The limits of long overdue, due soon and stale."""

Counts = tuple[int, ...]
_TOTAL, _OPEN, _OVERDUE = map(COUNTED.index, ("total", "open", "overdue"))


def standing(day: int, days: Days) -> str:
    """The columns that count actions `a` as of a day, in the order of COUNTED."""
    long, soon, stale = days
    disputed = f"a.status = {STATUS[Status.COMPLETED]} AND a.verdict = {VERDICT[Verdict.NOT_CONFIRMED]}"
    told = (
        "1",
        *(f"a.status = {STATUS[word]}" for word in (*Status, None)),
        "a.open_updated IS NOT NULL",
        f"a.open_due < {day}",
        f"a.open_due < {day - long}",
        f"a.open_due BETWEEN {day} AND {day + soon}",
        f"a.open_updated <= {day - stale}",
        disputed,
    )
    return _sums(told)


def by_time(day: int, bands: Sequence[int], ends: Sequence[int]) -> str:
    """The columns that count open actions by time.

    Those overdue up to each number of days in `bands`, and longer; those due before each day of `ends`, and later;
    those without a due date.
    """
    limits = [day, *(day - most for most in bands)]
    late = (f"a.open_due >= {low} AND a.open_due < {high}" for high, low in pairwise(limits))
    due = (f"a.open_due >= {low} AND a.open_due < {high}" for low, high in pairwise([day, *ends]))
    undated = "a.open_due IS NULL AND a.open_updated IS NOT NULL"
    return _sums((*late, f"a.open_due < {limits[-1]}", *due, f"a.open_due >= {ends[-1]}", undated))


def attention(day: int) -> str:
    """The three columns that say what is worst: all, overdue, open."""
    return _sums(("1", f"a.open_due < {day}", "a.open_updated IS NOT NULL"))


def added_up(
    database: sqlite3.Connection, statements: Iterable[str], values: Sequence[str]
) -> dict[int | None, Counts]:
    """The counts of several statements by their first column, of rows with one key added up."""
    found: dict[int | None, Counts] = {}
    for statement in statements:
        for key, *row in database.execute(statement, values):
            known = found.get(key)
            found[key] = tuple(map(sum, zip(known, row, strict=True))) if known else tuple(row)
    return found


def whole(counts: Mapping[int | None, Counts], width: int) -> Counts:
    """All counts together; `width` zeros where there is none."""
    return tuple(map(sum, zip(*counts.values(), strict=True))) if counts else (0,) * width


def is_worse(counts: Counts) -> tuple[int, int, int]:
    """The order of counts, the worst first: most overdue, most open, most actions."""
    return -counts[_OVERDUE], -counts[_OPEN], -counts[_TOTAL]


def _sums(conditions: Iterable[str]) -> str:
    return ", ".join(f"coalesce(sum({condition}), 0)" for condition in conditions)
