"""Actions in brief: where they stand, as the index has it, and their words out of their records."""

from __future__ import annotations

import json
import os
import zlib
from datetime import date
from typing import TYPE_CHECKING, Any

from mrtrack.index.schema import STATUS, VERDICT
from mrtrack.model.cut import Cut
from mrtrack.model.words import Status, Verdict
from mrtrack.query.brief import Brief

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

COLUMNS = ("status", "lead", "due_first", "due_last", "verdict", "updated", "open_due")
"""What `briefs` is told of an action, after its file and its place there."""

_STATUSES = {code: word for word, code in STATUS.items()}


def briefs(
    database: sqlite3.Connection, rows: Iterable[Sequence[Any]], day: int, content: Callable[[str], bytes]
) -> Iterator[Brief]:
    """Actions in brief as of a day, each after its file, the place of its recommendation, and its own."""
    records: dict[int, tuple[dict[str, Any], str]] = {}
    for file, recommendation, number, code, lead, first, last, verdict, updated, open_due in rows:
        if file not in records:
            records[file] = _record(database, file)
        record, path = records[file]
        action = _action(record, recommendation, number)
        late = day - open_due if open_due is not None and open_due < day else None
        status = _STATUSES[code]
        yield Brief(
            ref=f"{record['id']}:{action['id']}",
            words=action.get("title") or _prose(action.get("text"), path, content),
            responsible=_name(database, lead),
            due=None if first is None else _period(date.fromordinal(first), date.fromordinal(last)),
            status=status,
            days_overdue=late,
            disputed=status is Status.COMPLETED and verdict == VERDICT[Verdict.NOT_CONFIRMED],
            updated=None if updated is None else date.fromordinal(updated),
        )


def _record(database: sqlite3.Connection, file: int) -> tuple[dict[str, Any], str]:
    asked = "SELECT path, data FROM files JOIN records USING (file) WHERE file = ?"
    path, data = database.execute(asked, [file]).fetchone()
    return json.loads(zlib.decompress(data)), os.fsdecode(path)


def _action(record: dict[str, Any], recommendation: int, number: int) -> dict[str, Any]:
    """An action by its recommendation, and its number among all actions of the record."""
    before = sum(len(one.get("actions") or ()) for one in record["recommendations"][:recommendation])
    found: dict[str, Any] = record["recommendations"][recommendation]["actions"][number - before]
    return found


def _prose(value: str | list[int] | None, path: str, content: Callable[[str], bytes]) -> str | None:
    return Cut(*value).of(content(path)) if isinstance(value, list) else value


def _name(database: sqlite3.Connection, number: int | None) -> str | None:
    if number is None:
        return None
    return str(database.execute("SELECT text FROM names WHERE name = ?", [number]).fetchone()[0])


def _period(first: date, last: date) -> str:
    """A year, a quarter, a month or a day, as a record writes it."""
    if first == last:
        return first.isoformat()
    if first.month == last.month:
        return first.isoformat()[:7]
    year = first.isoformat()[:4]
    return year if last.month - first.month > 2 else f"{year}-Q{last.month // 3}"
