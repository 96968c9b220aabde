"""A filter in the terms of the index: conditions on evaluations, recommendations and actions; `--text` apart.

What names must hold is decided here in Python, by the words of `query.matching`, on each distinct name; SQL only
compares numbers.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from mrtrack.index.schema import DECISION, EVALUATION_STATUS, STATUS, VERDICT
from mrtrack.model.words import NOT_STATED, Decision, EvaluationStatus, Status, Verdict
from mrtrack.query.filters import OF_ACTIONS, OF_RECOMMENDATIONS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from mrtrack.index.counting import Days
    from mrtrack.query.filters import Filter, Names


class Conditions(NamedTuple):
    """What must hold of `e` (an evaluation's state and facts), `r` (a recommendation's) and `a` (an action's).

    Whatever is not a whole number is a parameter: `values` of the evaluation's conditions.
    """

    evaluation: tuple[str, ...]
    recommendation: tuple[str, ...]
    action: tuple[str, ...]
    values: tuple[str, ...]
    about_actions: bool
    about_recommendations: bool

    @property
    def is_none(self) -> bool:
        """Whether nothing must hold."""
        return not (self.evaluation or self.recommendation or self.action)


def conditions(database: sqlite3.Connection, wanted: Filter, day: int, days: Days) -> Conditions:
    """The conditions of a filter as of a day."""
    about_actions = wanted.asks(OF_ACTIONS)
    return Conditions(
        tuple(_of_evaluation(database, wanted)),
        tuple(_of_recommendation(database, wanted)),
        tuple(_of_action(database, wanted, day, days)),
        wanted.evaluation,
        about_actions,
        about_actions or wanted.asks(OF_RECOMMENDATIONS),
    )


def _of_evaluation(database: sqlite3.Connection, wanted: Filter) -> Iterator[str]:
    if wanted.evaluation:
        yield f"e.id IN ({', '.join('?' * len(wanted.evaluation))})"
    if wanted.evaluation_status:
        codes = [
            EVALUATION_STATUS[None if word == NOT_STATED else EvaluationStatus(word)]
            for word in wanted.evaluation_status
        ]
        yield _among("e.status", codes)
    for key, names in (("organisation", wanted.organisation), ("type", wanted.type)):
        if names:
            yield _among(f"e.{key}", _named(database, key, partial(_holds, names)))
    for key, names in (("countries", wanted.country), ("tags", wanted.tag)):
        if names:
            yield _among(f"e.{key}", _named(database, key, partial(_lists, names)))


def _of_recommendation(database: sqlite3.Connection, wanted: Filter) -> Iterator[str]:
    if wanted.decision:
        codes = [DECISION[None if word == NOT_STATED else Decision(word)] for word in wanted.decision]
        yield _among("r.decision", codes)
    if wanted.priority:
        yield _among("r.priority", _named(database, "priority", partial(_holds, wanted.priority)))
    if wanted.no_response:
        yield "NOT r.responded AND r.counted"


def _of_action(database: sqlite3.Connection, wanted: Filter, day: int, days: Days) -> Iterator[str]:
    _, soon, stale = days
    completed, denied = STATUS[Status.COMPLETED], VERDICT[Verdict.NOT_CONFIRMED]
    told = {
        "open": "a.open_updated IS NOT NULL",
        "overdue": f"a.open_due < {day}",
        "due_soon": f"a.open_due BETWEEN {day} AND {day + soon}",
        "stale": f"a.open_updated <= {day - stale}",
        "disputed": f"a.status = {completed} AND a.verdict = {denied}",
        "no_lead": "a.lead IS NULL",
        "no_evidence": f"a.status = {completed} AND NOT a.proven",
    }
    yield from (condition for key, condition in told.items() if getattr(wanted, key))
    yield from _of_dates(wanted)
    if wanted.status:
        codes = [STATUS[None if word == NOT_STATED else Status(word)] for word in wanted.status]
        yield _among("a.status", codes)
    if wanted.lead:
        yield _among("a.lead", _units(database, wanted, wanted.lead))
    if wanted.unit:
        supporting = _named(
            database, "support", lambda text: _is_unit(wanted, wanted.unit, tuple(json.loads(text)))
        )
        lead = _among("a.lead", _units(database, wanted, wanted.unit))
        yield f"({lead} OR {_among('a.support', supporting)})"


def _of_dates(wanted: Filter) -> Iterator[str]:
    if wanted.due_before:
        yield f"a.due_last < {wanted.due_before.first.toordinal()}"
    if wanted.due_after:
        yield f"a.due_first > {wanted.due_after.last.toordinal()}"
    if wanted.completed_before:
        yield f"a.completed_last < {wanted.completed_before.first.toordinal()}"
    if wanted.completed_after:
        yield f"a.completed_first > {wanted.completed_after.last.toordinal()}"
    if wanted.updated_before:
        yield f"(a.updated IS NULL OR a.updated < {wanted.updated_before.first.toordinal()})"


def _holds(names: Names, text: str) -> bool:
    from mrtrack.query.matching import is_part_of  # noqa: PLC0415 - only filters by name need it

    return is_part_of(names, (text,))


def _lists(names: Names, text: str) -> bool:
    from mrtrack.query.matching import is_any_of  # noqa: PLC0415 - only filters by name need it

    return is_any_of(names, tuple(json.loads(text)))


def _units(database: sqlite3.Connection, wanted: Filter, names: Names) -> list[int]:
    return _named(database, "lead", lambda text: _is_unit(wanted, names, (text,)))


def _is_unit(wanted: Filter, names: Names, units: Names) -> bool:
    from mrtrack.query.matching import is_unit  # noqa: PLC0415 - only filters by name need it

    return is_unit(wanted, names, units)


def _named(database: sqlite3.Connection, kind: str, fits: Callable[[str], bool]) -> list[int]:
    rows = database.execute("SELECT name, text FROM names WHERE kind = ?", [kind])
    return [name for name, text in rows if fits(text)]


def _among(column: str, numbers: list[int]) -> str:
    return f"{column} IN ({', '.join(map(str, sorted(set(numbers))))})"
