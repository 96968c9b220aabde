"""The totals of every day: the days on which one more began to count, and those on which one ceased to.

Kept in order, lead by lead and count by count, they tell the totals of any day by looking up its place. They are made
when a past day is first asked about, and follow each record that changes.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from mrtrack.index.schema import ENDLESS, STATUS, VERDICT
from mrtrack.index.totals import MANY, Totals, listed
from mrtrack.model.words import Status, Verdict, is_open
from mrtrack.query.horizon import BANDS, coming

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Iterator

    from mrtrack.index.counting import Days

_ACTIONS, _EVALUATIONS, _DECISIONS, _TIME, _LATE = range(5)
_NO_LEAD = 0
_WORDS = {code: word for word, code in STATUS.items()}
_OVERDUE, _LONG_OVERDUE, _DUE_SOON, _STALE, _DISPUTED = range(len(STATUS), len(STATUS) + 5)
_ACTION_COUNTS = len(STATUS) + 5
_EVALUATION_COUNTS = 7
_AGES = 0
"""What open actions are counted of by age, the last count being of those without a due date; else by month."""

Key = tuple[int, int, int]
"""What is counted, of which lead, status, decision, month or file; and which count of these."""


class _Turns(NamedTuple):
    """The days on which one more began to count, and those on which one ceased to."""

    begun: array[int]
    ended: array[int]


def is_kept(database: sqlite3.Connection, days: Days) -> bool:
    """Whether the turns are kept, for these limits in days."""
    found = database.execute("SELECT value FROM about WHERE key = 'turns'").fetchone()
    return found is not None and tuple(json.loads(found[0])) == days


def keep(database: sqlite3.Connection, days: Days) -> None:
    """Make the turns anew."""
    database.execute("DELETE FROM turns")
    _write(database, _turns(database, days, None))
    database.execute("INSERT OR REPLACE INTO about VALUES ('turns', ?)", [json.dumps(days)])


def followed(database: sqlite3.Connection, files: Collection[int]) -> Callable[[Collection[int]], None]:
    """Take note of the turns of files, before they change; the answer brings what is kept up to date after that."""
    found = database.execute("SELECT value FROM about WHERE key = 'turns'").fetchone()
    days: Days = tuple(json.loads(found[0])) if found else (0, 0, 0)
    before = _turns(database, days, files) if found and len(files) <= MANY else None

    def follow(changed: Collection[int]) -> None:
        if not found or not changed:
            return
        if before is None or len(changed) > MANY:
            database.execute("DELETE FROM about WHERE key = 'turns'")
            return
        after = _turns(database, days, changed)
        told = {key: _known(database, key) for key in {*before, *after} if before.get(key) != after.get(key)}
        for key, turns in told.items():
            for kept, less, more in zip(turns, before[key], after[key], strict=True):
                for day in less:
                    kept.remove(day)
                kept.extend(more)
        _write(database, told)

    return follow


def totals_of(database: sqlite3.Connection, as_of: date) -> Totals:
    """The totals of a day."""
    parts: dict[int, dict[int, list[int]]] = {subject: {} for subject in range(_LATE)}
    told = f"SELECT * FROM turns WHERE subject < {_LATE}"
    for subject, of, count, number in _numbers(database, told, as_of.toordinal()):
        counts = parts[subject].setdefault(of, [0] * _ACTION_COUNTS)
        counts[count] = number
    return Totals(
        {of or None: _standing(counts) for of, counts in parts[_ACTIONS].items()},
        {0: _by_time(parts[_TIME], as_of)},
        {of: tuple(counts[:_EVALUATION_COUNTS]) for of, counts in parts[_EVALUATIONS].items()},
        {of: tuple(counts[:1]) for of, counts in parts[_DECISIONS].items()},
    )


def late_files(database: sqlite3.Connection, day: int) -> dict[int, int]:
    """The files with actions that are overdue on a day, and how many these are."""
    told = f"SELECT * FROM turns WHERE subject = {_LATE}"
    return {of: number for _, of, _, number in _numbers(database, told, day)}


def _numbers(database: sqlite3.Connection, told: str, day: int) -> Iterator[tuple[int, int, int, int]]:
    """What is counted on a day, and how many; that of which there is none is left out."""
    for subject, of, count, begun, ended in database.execute(told):
        number = _until(begun, day)
        if number and (number := number - _until(ended, day)):
            yield subject, of, count, number


def _by_time(counted: dict[int, list[int]], as_of: date) -> tuple[int, ...]:
    """The counts of open actions by time, as `counting.by_time` has them."""
    ages = counted.pop(_AGES, [0] * _ACTION_COUNTS)
    months = [counted.pop(_month(first), [0])[0] for first in coming(as_of)]
    later = sum(counts[0] for counts in counted.values())
    return (*ages[: len(BANDS) + 1], *months, later, ages[len(BANDS) + 1])


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _standing(counts: list[int]) -> tuple[int, ...]:
    """The counts of actions in the order of COUNTED."""
    opened = sum(counts[code] for code, word in _WORDS.items() if is_open(word))
    stated = (counts[STATUS[word]] for word in (*Status, None))
    return (sum(counts[: len(STATUS)]), *stated, opened, *counts[_OVERDUE:])


def _until(days: bytes, day: int) -> int:
    """How many of these days are not after a day."""
    return bisect_right(memoryview(days).cast("i"), day)


def _turns(database: sqlite3.Connection, days: Days, files: Collection[int] | None) -> dict[Key, _Turns]:
    """The turns of some files, or of all, in order."""
    found: dict[Key, _Turns] = defaultdict(lambda: _Turns(array("i"), array("i")))
    where = "1" if files is None else f"file IN ({listed(files)})"
    for key, since, until in _spans(database, days, where):
        if since < until:
            turns = found[key]
            turns.begun.append(since)
            if until != ENDLESS:
                turns.ended.append(until)
    return found


def _spans(database: sqlite3.Connection, days: Days, where: str) -> Iterator[tuple[Key, int, int]]:
    """What counted for how long: the first day, and the first on which it did no more."""
    columns = "status, verdict, open_due, open_updated, file"
    told = (
        f"SELECT lead, since, {ENDLESS}, {columns} FROM actions_now WHERE {where} UNION ALL"
        f" SELECT lead, since, until, {columns} FROM actions_before WHERE {where}"
    )
    for lead, since, until, *state, file in database.execute(told):
        for count, first, end in _of_action(since, until, state, days):
            yield (_ACTIONS, lead or _NO_LEAD, count), first, end
        _, _, due, updated = state
        if due is not None:
            yield (_LATE, file, 0), max(since, due + 1), until
        if updated is not None:
            yield from _of_open(since, until, due)
    told = (
        "SELECT status, since, until, late_after, required, responded, response_due"
        f" FROM evaluation_states JOIN evaluations USING (file) WHERE {where}"
    )
    for status, since, until, *state in database.execute(told):
        for count, first, end in _of_evaluation(since, until, state, days):
            yield (_EVALUATIONS, status, count), first, end
    told = (
        "SELECT decision, since, until FROM recommendation_states JOIN recommendations"
        f" USING (file, recommendation) WHERE counted AND {where}"
    )
    for decision, since, until in database.execute(told):
        yield (_DECISIONS, decision, 0), since, until


def _of_action(
    since: int, until: int, state: Iterable[int | None], days: Days
) -> Iterator[tuple[int, int, int]]:
    status, verdict, due, updated = state
    long, soon, stale = days
    yield status or 0, since, until
    if due is not None:
        yield _OVERDUE, max(since, due + 1), until
        yield _LONG_OVERDUE, max(since, due + long + 1), until
        yield _DUE_SOON, max(since, due - soon), min(until, due + 1)
    if updated is not None:
        yield _STALE, max(since, updated + stale), until
    if status == STATUS[Status.COMPLETED] and verdict == VERDICT[Verdict.NOT_CONFIRMED]:
        yield _DISPUTED, since, until


def _of_open(since: int, until: int, due: int | None) -> Iterator[tuple[Key, int, int]]:
    """Of an open action: how long it was of each age, and due in its month."""
    if due is None:
        yield (_TIME, _AGES, len(BANDS) + 1), since, until
        return
    yield (_TIME, _month(date.fromordinal(due)), 0), since, min(until, due + 1)
    ages = [due + 1, *(due + most + 1 for most in BANDS), until]
    for age, (first, end) in enumerate(pairwise(ages)):
        yield (_TIME, _AGES, age), max(since, first), min(until, end)


def _of_evaluation(
    since: int, until: int, state: Iterable[int | None], days: Days
) -> Iterator[tuple[int, int, int]]:
    """In the order of `Question.evaluation_counts`."""
    late_after, required, responded, due = state
    yield 0, since, until
    if late_after is not None:
        yield 1, max(since, late_after + 1), until
    if required:
        yield 2, since, until
    if responded:
        yield 3, since, until
        return
    if required:
        yield 4, since, until if due is None else min(until, due + 1)
    if due is not None:
        if required:
            yield 5, max(since, due + 1), until
        yield 6, max(since, due - days[1]), min(until, due + 1)


def _known(database: sqlite3.Connection, key: Key) -> _Turns:
    told = "SELECT begun, ended FROM turns WHERE subject = ? AND of = ? AND count = ?"
    begun, ended = database.execute(told, key).fetchone() or (b"", b"")
    return _Turns(array("i", begun), array("i", ended))


def _write(database: sqlite3.Connection, turns: dict[Key, _Turns]) -> None:
    rows = (
        (*key, *(array("i", sorted(days)).tobytes() for days in begun_and_ended))
        for key, begun_and_ended in turns.items()
    )
    database.executemany("INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?, ?)", rows)
