"""The totals of one day: kept, since the first screen asks for them again and again.

They follow each record that changes: what its rows counted is taken away, and what they count now is added. When the
day turns, or another limit in days is set, they are counted anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from mrtrack.index.asking import Question
from mrtrack.index.counting import attention, by_time, standing
from mrtrack.query.filters import Filter
from mrtrack.query.horizon import BANDS, coming, next_month

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import date

    from mrtrack.index.counting import Counts, Days

MANY = 200
"""More files than these are not followed one by one."""

Parts = dict["int | None", "Counts"]
"""Counts by the number of what they are of: a lead, a status, a decision."""


class Totals(NamedTuple):
    """What is counted as of a day.

    `leads` are the counts of actions by lead (None: no lead), `time` those of all open actions by time, `evaluations`
    and `decisions` as `Question` gives them, by their first column.
    """

    leads: Parts
    time: Parts
    evaluations: Parts
    decisions: Parts


class Kept(NamedTuple):
    """The day whose totals are kept, its limits, the first days of the coming months as ordinals, and the totals."""

    day: int
    days: Days
    ends: tuple[int, ...]
    totals: Totals


def latest(database: sqlite3.Connection) -> int:
    """The last day on which anything began to hold."""
    return int(database.execute("SELECT value FROM about WHERE key = 'latest'").fetchone()[0])


def kept_day(database: sqlite3.Connection) -> Kept | None:
    """What is kept of a day; None where there is none."""
    found = database.execute("SELECT value FROM about WHERE key = 'day'").fetchone()
    if not found:
        return None
    told = json.loads(found[0])
    parts = ({row[0]: tuple(row[1:]) for row in rows} for rows in told["totals"])
    return Kept(told["day"], tuple(told["days"]), tuple(told["ends"]), Totals(*parts))


def count_day(database: sqlite3.Connection, as_of: date, days: Days) -> None:
    """Count the totals of a day, in place of those of another."""
    day, ends = as_of.toordinal(), month_ends(as_of)
    database.execute("DELETE FROM day_evaluations")
    _count_evaluations(database, day, "1")
    _write(database, Kept(day, days, ends, _totals(database, day, days, ends, None)))


def month_ends(as_of: date) -> tuple[int, ...]:
    """The days on which the coming months end, as ordinals."""
    return tuple(next_month(month).toordinal() for month in coming(as_of))


def followed(database: sqlite3.Connection, files: Collection[int]) -> Callable[[Collection[int]], None]:
    """Take note of what files count, before they change; the answer brings the kept totals up to date after that.

    It is given all files that changed.
    """
    kept = kept_day(database)
    few = len(files) <= MANY
    before = _totals(database, *kept[:3], files) if kept and few else None

    def follow(changed: Collection[int]) -> None:
        if not kept or not changed:
            return
        if before is None or len(changed) > MANY:
            database.execute("DELETE FROM about WHERE key = 'day'")
            return
        where = f"file IN ({listed(changed)})"
        database.execute(f"DELETE FROM day_evaluations WHERE {where}")
        _count_evaluations(database, kept.day, where)
        after = _totals(database, *kept[:3], changed)
        moved = (_moved(*parts) for parts in zip(kept.totals, before, after, strict=True))
        _write(database, kept._replace(totals=Totals(*moved)))

    return follow


def worst_files(database: sqlite3.Connection, number: int) -> list[int]:
    """The files of the evaluations that ask most for attention on the kept day."""
    told = "SELECT file FROM day_evaluations ORDER BY overdue DESC, open DESC, total DESC, id LIMIT ?"
    return [file for (file,) in database.execute(told, [number])]


def listed(numbers: Iterable[int]) -> str:
    """Numbers as SQL lists them."""
    return ", ".join(str(int(number)) for number in numbers)


def by_first(rows: Iterable[Sequence[Any]]) -> Parts:
    """Rows by their first column."""
    return {row[0]: tuple(row[1:]) for row in rows}


def _totals(
    database: sqlite3.Connection, day: int, days: Days, ends: Sequence[int], files: Collection[int] | None
) -> Totals:
    """The totals of what stands in some files, or in all."""
    where = "1" if files is None else f"a.file IN ({listed(files)})"
    columns = f"{standing(day, days)}, {by_time(day, BANDS, ends)}"
    told = f"SELECT a.lead, {columns} FROM actions_now a WHERE {where} GROUP BY a.lead"
    width = standing(day, days).count("sum(")
    leads: Parts = {}
    time: Parts = {0: (0,) * (len(BANDS) + 1 + len(ends) + 2)}
    for lead, *counts in database.execute(told):
        leads[lead] = tuple(counts[:width])
        time[0] = _sum(time[0], counts[width:])
    question = Question(database, Filter(), day, days)
    asked = None if files is None else list(files)
    return Totals(
        leads,
        time,
        by_first(question.evaluation_counts(asked)),
        by_first(question.recommendation_counts("decision", asked)),
    )


def _moved(kept: Parts, before: Parts, after: Parts) -> Parts:
    """Kept counts after those of changed rows; what counts nothing any more is left out."""
    found = dict(kept)
    for key, counts in before.items():
        found[key] = tuple(had - less for had, less in zip(found[key], counts, strict=True))
    for key, counts in after.items():
        found[key] = _sum(found[key], counts) if key in found else counts
    return {key: counts for key, counts in found.items() if key == 0 or any(counts)}


def _sum(one: Counts, other: Sequence[int]) -> Counts:
    return tuple(map(int.__add__, one, other))


def _count_evaluations(database: sqlite3.Connection, day: int, where: str) -> None:
    counted = f"SELECT file, {attention(day)} FROM actions_now a WHERE {where} GROUP BY file"
    database.execute(
        "WITH counted (file, total, overdue, open) AS MATERIALIZED"
        f" ({counted}) INSERT INTO day_evaluations SELECT e.file, e.id, coalesce(total, 0),"
        " coalesce(overdue, 0), coalesce(open, 0) FROM evaluations e LEFT JOIN counted USING (file)"
        f" WHERE {where.replace('file', 'e.file')}"
    )


def _write(database: sqlite3.Connection, kept: Kept) -> None:
    totals = [[[key, *counts] for key, counts in parts.items()] for parts in kept.totals]
    text = json.dumps({"day": kept.day, "days": kept.days, "ends": kept.ends, "totals": totals})
    database.execute("INSERT OR REPLACE INTO about VALUES ('day', ?)", [text])
