"""The totals of one day, by evaluation and by lead: kept, since the first screen asks for them again and again.

They follow each record that changes; when the day turns, or another limit in days is set, they are counted anew.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mrtrack.index.asking import Question
from mrtrack.index.counting import attention
from mrtrack.query.filters import Filter

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

    from mrtrack.index.counting import Counts, Days

_MANY = 200


def leads_of(database: sqlite3.Connection, files: Collection[int]) -> set[int | None]:
    """The leads (None: no lead) of the actions in these files; empty where they are too many to be worth it."""
    if len(files) > _MANY:
        return set()
    told = f"SELECT DISTINCT lead FROM actions_now WHERE file IN ({_listed(files)})"
    return {lead for (lead,) in database.execute(told)}


def latest(database: sqlite3.Connection) -> int:
    """The last day on which anything began to hold."""
    return int(database.execute("SELECT value FROM about WHERE key = 'latest'").fetchone()[0])


def kept_day(database: sqlite3.Connection) -> dict[str, Any]:
    """What is kept of a day: the day, its limits, the columns that were counted; empty where there is none."""
    found = database.execute("SELECT value FROM about WHERE key = 'day'").fetchone()
    return dict(json.loads(found[0])) if found else {}


def count_day(database: sqlite3.Connection, kept: dict[str, Any]) -> None:
    """Count the totals of a day, in place of those of another; `kept` is as `kept_day` gives it."""
    database.execute("DELETE FROM day_evaluations")
    database.execute("DELETE FROM day_leads")
    _count_evaluations(database, kept, "1")
    _count_leads(database, kept, "1")
    database.execute("INSERT OR REPLACE INTO about VALUES ('day', ?)", [json.dumps(kept)])


def follow(database: sqlite3.Connection, files: Collection[int], leads: Collection[int | None]) -> None:
    """Bring the kept totals up to date after files changed, with all leads that they had and have."""
    kept = kept_day(database)
    if not kept or not files:
        return
    if len(files) > _MANY:
        database.execute("DELETE FROM about WHERE key = 'day'")
        return
    where = f"file IN ({_listed(files)})"
    database.execute(f"DELETE FROM day_evaluations WHERE {where}")
    _count_evaluations(database, kept, where)
    for lead in leads:
        only = "lead IS NULL" if lead is None else f"lead = {lead}"
        database.execute(f"DELETE FROM day_leads WHERE {only}")
        _count_leads(database, kept, only)
    kept["rest"] = rest(database, kept["day"], tuple(kept["days"]))
    database.execute("INSERT OR REPLACE INTO about VALUES ('day', ?)", [json.dumps(kept)])


def rest(database: sqlite3.Connection, day: int, days: Days) -> dict[str, Any]:
    """What is kept of a day beside the counts of actions: of the evaluations, and of the decisions."""
    question = Question(database, Filter(), day, days)
    return {
        "evaluations": question.evaluation_counts(),
        "decisions": question.recommendation_counts("decision"),
    }


def by_lead(database: sqlite3.Connection) -> dict[int | None, Counts]:
    """The counts of the kept day by lead."""
    rows = database.execute("SELECT lead, counts FROM day_leads")
    return {lead: tuple(json.loads(counts)) for lead, counts in rows}


def worst_files(database: sqlite3.Connection, number: int) -> list[int]:
    """The files of the evaluations that ask most for attention on the kept day."""
    told = "SELECT file FROM day_evaluations ORDER BY overdue DESC, open DESC, total DESC, id LIMIT ?"
    return [file for (file,) in database.execute(told, [number])]


def _count_evaluations(database: sqlite3.Connection, kept: dict[str, Any], where: str) -> None:
    counted = f"SELECT file, {attention(kept['day'])} FROM actions_now a WHERE {where} GROUP BY file"
    database.execute(
        "WITH counted (file, total, overdue, open) AS MATERIALIZED"
        f" ({counted}) INSERT INTO day_evaluations SELECT e.file, e.id, coalesce(total, 0),"
        " coalesce(overdue, 0), coalesce(open, 0) FROM evaluations e LEFT JOIN counted USING (file)"
        f" WHERE {where.replace('file', 'e.file')}"
    )


def _count_leads(database: sqlite3.Connection, kept: dict[str, Any], where: str) -> None:
    told = f"SELECT lead, {kept['columns']} FROM actions_now a WHERE {where} GROUP BY lead"
    rows = [(lead, json.dumps(counts)) for lead, *counts in database.execute(told)]
    database.executemany("INSERT INTO day_leads VALUES (?, ?)", rows)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)
