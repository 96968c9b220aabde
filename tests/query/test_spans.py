"""Spans tell for every day what the timeline tells: nothing between two turns is missed."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from both_ways import record
from mrtrack import timeline
from mrtrack.model.record import Action, Evaluation, Recommendation
from mrtrack.model.settings import Settings
from mrtrack.query.rows import action_row, evaluation_row, recommendation_rows
from mrtrack.query.spans import Span, action_spans, evaluation_spans, recommendation_spans
from strategies import records

Spans = list[tuple[Span, Any]]

DAYS = Settings().days
LAST = timeline.FOREVER - timedelta(1)


def days_about(evaluation: Evaluation) -> list[date]:
    """The days that a record names, with those before and after, and the first and last of all."""
    named: set[date] = {date.min, LAST, timeline.exists_from(evaluation)}

    def look(value: Any) -> None:
        if isinstance(value, dict):
            for inner in value.values():
                look(inner)
        elif isinstance(value, (list, tuple)):
            for inner in value:
                look(inner)
        elif isinstance(value, date):
            named.add(value)
        elif hasattr(value, "last"):
            named.update((value.first, value.last))
        elif hasattr(value, "date"):
            look(value.date)

    look(evaluation.model_dump())
    near = {day + timedelta(step) for day in named for step in (-1, 0, 1) if date.min < day < LAST}
    return sorted(day for day in near | {date.min, LAST} if day <= LAST)


def held(spans: Spans, day: date) -> Any:
    """The state that holds on a day; None where none does. There must not be two."""
    found = [state for span, state in spans if span.since <= day < span.until]
    assert len(found) <= 1
    return found[0] if found else None


def demand_order(spans: Spans, begin: date | None) -> None:
    """Demand that spans follow each other without a gap, from a day on, and for ever."""
    assert all(span.since < span.until for span, _ in spans)
    assert all(before.until == after.since for (before, _), (after, _) in pairwise(spans))
    assert spans[-1][0].until == timeline.FOREVER
    assert begin is None or spans[0][0].since == begin


def demand_same(evaluation: Evaluation) -> None:
    """Demand that on each day that matters the spans say what the rows say."""
    begin = timeline.exists_from(evaluation)
    whole = evaluation_spans(evaluation)
    demand_order([*whole], begin)
    answers: list[Spans] = [
        [*recommendation_spans(one, evaluation)] for one in evaluation.recommendations or ()
    ]
    actions: list[tuple[Recommendation, Action, Spans]] = [
        (one, action, [*action_spans(action, evaluation)])
        for one in evaluation.recommendations or ()
        for action in one.actions or ()
    ]
    for spans in answers:
        demand_order(spans, begin)
    for _, _, spans in actions:
        demand_order(spans, None)
    for day in days_about(evaluation):
        top = evaluation_row(evaluation, day, DAYS)
        state = held(whole, day)
        if top is None:
            assert state is None
            assert all(held(spans, day) is None for spans in (*answers, *(spans for *_, spans in actions)))
            continue
        late = state.late_after is not None and state.late_after < day
        assert (state.status, late, state.responded) == (top.status, top.overdue, top.responded)
        rows = list(recommendation_rows(top, day))
        for one, row in zip(evaluation.recommendations or (), rows, strict=True):
            assert held([*recommendation_spans(one, evaluation)], day) == (row.decision, row.responded)
        parents = dict(zip(map(id, evaluation.recommendations or ()), rows, strict=True))
        for one, action, spans in actions:
            now, told = held(spans, day), action_row(action, parents[id(one)], day, DAYS)
            if told is None:
                assert now is None
                continue
            assert (now.status, now.responsible, now.due, now.verdict, now.completed_on, now.updated) == (
                told.status,
                told.responsible,
                told.due,
                told.verdict,
                told.completed_on,
                told.updated,
            )
            assert now.proven == bool(told.documents)


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_on_each_day_about_any_recorded_day_the_state_is_that_of_the_rows(seed: int) -> None:
    demand_same(Evaluation.model_validate(record(Random(seed), "a")))  # noqa: S311 - nothing secret


@settings(max_examples=40)
@given(records())
def test_so_it_is_for_any_valid_record(data: dict[str, Any]) -> None:
    demand_same(Evaluation.model_validate(data))


def test_a_state_that_does_not_change_is_one_span() -> None:
    entries = [{"date": "2021-01-01", "status": "initiated"}, {"date": "2021-02-01", "comment": "No news."}]
    action = {"id": "1.1", "history": entries}
    whole = Evaluation.model_validate(
        {"schema": "1", "id": "a", "recommendations": [{"id": "1", "actions": [action]}]}
    )
    (one,) = whole.recommendations or ()
    (promise,) = one.actions or ()
    told = [(str(span.since), str(state.updated)) for span, state in action_spans(promise, whole)]
    assert told == [("2021-01-01", "2021-01-01"), ("2021-02-01", "2021-02-01")]
    assert len(recommendation_spans(one, whole)) == 1
