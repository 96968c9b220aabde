"""Why a figure changed between two days: what passed, what was recorded and what was moved, in parts that add up.

Four states lie between the days: the first day; the last day, had nothing been recorded since; the last day, had no
due date been moved; and the last day. A row that enters the figure otherwise in one state than in the one before
is told under one cause. So the parts add up to the change of the numerator and of the denominator, whatever the
records hold.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from mrtrack.indicators import facts
from mrtrack.indicators.causes import Cause, Step, moved, passed, recorded
from mrtrack.indicators.definition import Indicator, Judged, Unit
from mrtrack.indicators.figures import in_words_of
from mrtrack.model.dates import PartialDate
from mrtrack.query.rows import ActionRow, Row
from mrtrack.query.selection import Selection

_MINUS = "\N{MINUS SIGN}"
_OUT = Judged(0, weight=0)
_ADDING = ("actions", "recommendations")
Known = Mapping[str, tuple[Row, Judged]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The rows of one day that are asked about, and all actions there were, where filters hide some."""

    selection: Selection
    around: Sequence[ActionRow]


@dataclass(frozen=True, slots=True)
class State:
    """What an indicator comes to in one state."""

    numerator: int
    denominator: int
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class Part:
    """What one cause changed, and of which rows."""

    cause: Cause
    numerator: int
    denominator: int
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The change of one indicator between two days. `unmoved` is what it came to had no due date been moved."""

    of: Indicator
    first: date
    last: date
    before: State
    after: State
    unmoved: State
    parts: tuple[Part, ...]


def cannot_explain(indicator: Indicator) -> str | None:
    """Why the change of an indicator is not explained; None where it is."""
    if indicator.parts:
        return (
            f"{indicator.id} is made of others: ask about {' and '.join(name for name, _ in indicator.parts)}"
        )
    if indicator.unit is Unit.DAYS:
        return f"{indicator.id} is a middle or a mean of days, which no count of actions explains"
    if indicator.about not in _ADDING:
        return f"{indicator.id} is about {indicator.about}, whose changes mrtrack history tells"
    if indicator.id.startswith("undp-"):
        return f"{indicator.id} counts each action twice: ask about overdue-rate and long-overdue-rate"
    return None


def why(indicator: Indicator, before: Asked, after: Asked, long_overdue: int) -> Why:
    """Why an indicator changed; `long_overdue` are the days after which an action is."""
    first, last = before.selection.as_of, after.selection.as_of
    states = [_judged(indicator, rows) for rows in _states(before, after, long_overdue)]
    found: dict[Cause, list[tuple[str, int, int]]] = {}
    for step, (earlier, later) in zip((passed, recorded, moved), pairwise(states), strict=True):
        for ref in {**earlier, **later}:
            old, new = earlier.get(ref), later.get(ref)
            was, now = old[1] if old else _OUT, new[1] if new else _OUT
            change = now.amount - was.amount, now.weight - was.weight
            if any(change):
                cause = step(indicator, old[0] if old else None, new[0] if new else None, first)
                found.setdefault(cause, []).append((ref, *change))
    parts = [
        Part(
            cause,
            sum(amount for _, amount, _ in rows),
            sum(weight for *_, weight in rows),
            tuple(ref for ref, *_ in rows),
        )
        for cause, rows in found.items()
    ]
    sums = [_state(indicator, known) for known in states]
    return Why(indicator, first, last, sums[0], sums[3], sums[2], tuple(parts))


@dataclass(frozen=True, slots=True)
class _Rows:
    as_of: date
    recommendations: Sequence[Any]
    actions: Sequence[facts.ActionFacts]
    around: Sequence[ActionRow]


def _states(before: Asked, after: Asked, long_overdue: int) -> Iterator[_Rows]:
    first, last = before.selection.as_of, after.selection.as_of
    then = [facts.of_action(row, first) for row in before.selection.actions]
    now = [facts.of_action(row, last) for row in after.selection.actions]
    dues = {row.ref: row.due for row in before.around} | {one.row.ref: one.row.due for one in then}
    moves = {row.ref: row.postponements for row in before.around}

    def later(row: ActionRow) -> ActionRow:
        return _on(row, row.due, last, long_overdue)

    def unmoved(row: ActionRow) -> ActionRow:
        due = dues.get(row.ref, row.original_due or row.due)
        return _on(row, due, last, long_overdue)._replace(postponements=moves.get(row.ref, 0))

    yield _Rows(first, before.selection.recommendations, then, before.around)
    aged = [replace(one, row=later(one.row), as_of=last) for one in then]
    yield _Rows(last, before.selection.recommendations, aged, [later(row) for row in before.around])
    kept = [replace(one, row=unmoved(one.row)) for one in now]
    yield _Rows(last, after.selection.recommendations, kept, [unmoved(row) for row in after.around])
    yield _Rows(last, after.selection.recommendations, now, after.around)


def _on(row: ActionRow, due: PartialDate | None, day: date, long_overdue: int) -> ActionRow:
    late = max(0, (day - due.last).days) if row.open and due else 0
    return row._replace(
        due=due, overdue=late > 0, long_overdue=late > long_overdue, days_overdue=late or None
    )


def _judged(indicator: Indicator, rows: _Rows) -> Known:
    found: dict[str, tuple[Row, Judged]] = {}
    for row, known in _facts(indicator, rows):
        judged: Judged | None = indicator.judge(known) if indicator.judge else None
        found[row.ref] = row, judged if judged and not judged.left_out else _OUT
    return found


def _facts(indicator: Indicator, rows: _Rows) -> Iterator[tuple[Row, Any]]:
    if indicator.about == "actions":
        yield from ((one.row, one) for one in rows.actions)
        return
    answers = facts.answering(rows.recommendations, rows.around)
    for one in rows.recommendations:
        yield one, facts.RecommendationFacts(one, rows.as_of, answers.get(one.ref, ()))


def _state(indicator: Indicator, known: Known) -> State:
    rows = [judged for _, judged in known.values() if judged is not _OUT]
    numerator, denominator = sum(one.amount for one in rows), sum(one.weight for one in rows)
    return State(numerator, denominator, indicator.total(rows))


def told(found: Why) -> str:
    """The change in one sentence: what became due, was completed, was moved, and the value without the moves.

    It tells what changed the numerator; what changed only the denominator comes after it.
    """
    above = [f"{signed(one.numerator)} {one.cause.words}" for one in found.parts if one.numerator]
    below = [
        f"{signed(one.denominator)} {one.cause.words}"
        for one in found.parts
        if one.denominator and not one.numerator
    ]
    words = ", ".join(above) or "the numerator did not change"
    if below:
        words += f"; of the denominator {', '.join(below)}"
    if any(one.cause.step is Step.MOVE for one in found.parts):
        words += f": without the moves {in_words_of(found.of, found.unmoved.value)}"
    return words


def signed(number: int) -> str:
    """A number with its sign, as people write it."""
    return f"+{number:,}" if number >= 0 else f"{_MINUS}{-number:,}"
