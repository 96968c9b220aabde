"""Laws that hold for the figures of every record."""

from datetime import date, timedelta
from typing import Any

import pytest
from counted import chosen
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.edit.layout import new_record
from mrtrack.indicators.catalogue import INDICATORS
from mrtrack.indicators.definition import Unit
from mrtrack.indicators.dimensions import Dimension
from mrtrack.indicators.figures import Figure
from mrtrack.indicators.measuring import measure
from mrtrack.indicators.trend import begins
from mrtrack.model.record import Evaluation
from mrtrack.source.reader import read
from strategies import records

Keys = dict[str, Any]

STATUSES = ("not-initiated", "initiated", "completed", "completed", "no-longer-applicable")
DUES = ("2019", "2020-Q1", "2020-06", "2020-06-15", "2021-12", "2022-02", None)
FIRST = date(2020, 1, 1)

said = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(STATUSES),
        "due": st.sampled_from(DUES),
        "responsible": st.sampled_from(("Unit A", "Unit B")),
        "verdict": st.sampled_from(("confirmed", "not-confirmed")),
        "on": st.sampled_from(("2020-05", "until 2020-06-30", "until 2021")),
        "documents": st.just([{"title": "Report"}]),
    },
)
histories = st.lists(st.tuples(st.integers(0, 300), said), min_size=1, max_size=5).map(
    lambda steps: [
        {"date": str(FIRST + timedelta(sum(gap for gap, _ in steps[: number + 1]))), **keys}
        for number, (_, keys) in enumerate(steps)
    ]
)
moments = st.dates(FIRST, date(2023, 12, 31))


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    """An evaluation all of whose values are told by entries, so that it can be cut to a day."""
    asked = []
    for number in range(1, draw(st.integers(1, 4))):
        actions = [
            {"id": f"{number}.{index}", "history": entries, "serves": draw(st.sampled_from((["1"], ["9"])))}
            for index, entries in enumerate(draw(st.lists(histories, max_size=3)), 1)
        ]
        decision = draw(st.sampled_from(("accepted", "rejected", None)))
        told = {"response": {"history": [{"date": "2020-03-01", "decision": decision}]}} if decision else {}
        asked.append({"id": str(number), **told, **({"actions": actions} if actions else {})})
    keys = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "organisation": st.sampled_from(("Agency", "Bureau")),
                "type": st.just("Outcome"),
                "completed": st.just("2019-12"),
                "planned_end": st.sampled_from(("2019-06", "2021")),
                "countries": st.sampled_from((["KEN"], ["KEN", "PER"])),
            },
        )
    )
    name = f"e-{draw(st.integers(0, 10**9))}"
    return Evaluation.model_validate(
        {"schema": "1", "id": name, **keys, **({"recommendations": asked} if asked else {})}
    )


portfolios = st.lists(evaluations(), max_size=3, unique_by=lambda one: one.id)


def cut(evaluation: Evaluation, day: date) -> Evaluation:
    """The record as it would be, had nothing been recorded after a day."""
    data = evaluation.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for recommendation in data.get("recommendations", ()):
        for action in recommendation.get("actions", ()):
            action["history"] = [entry for entry in action["history"] if entry["date"] <= str(day)]
        kept = [action for action in recommendation.pop("actions", ()) if action["history"]]
        if kept:
            recommendation["actions"] = kept
        if "response" in recommendation and str(day) < "2020-03-01":
            del recommendation["response"]
    return Evaluation.model_validate(data)


def essence(found: Figure) -> tuple[object, ...]:
    return (
        found.of.id,
        found.group,
        found.value,
        found.numerator,
        found.denominator,
        found.left_out,
        found.uncertain,
    )


def hold(found: Figure) -> None:
    """What is true of every figure."""
    if found.denominator is None:
        assert found.numerator is None
    elif found.of.unit is Unit.RATIO:
        assert found.numerator is not None
        assert 0 <= found.numerator <= found.denominator
        assert (found.value is None) == (found.denominator == 0)
    if found.of.unit is Unit.RATIO and found.value is not None:
        assert 0 <= found.value <= 1
    if found.of.unit is not Unit.RATIO and found.value is not None:
        assert found.value >= 0
    if found.denominator is not None:
        assert len(found.uncertain) <= found.denominator
    assert found.left_out_count == sum(reason["count"] for reason in found.as_json()["reasons"])


@settings(max_examples=30)
@given(st.lists(records(), max_size=2), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_every_record_has_figures(data: list[Keys], day: date) -> None:
    read_back = [read(new_record(one).encode(), "a.yaml").evaluation for one in data]
    rows = chosen([one for one in read_back if one], day)
    assert begins(rows) <= day
    for by in (None, *Dimension):
        for found in measure(rows, by=by):
            hold(found)


@settings(max_examples=40)
@given(portfolios, moments)
def test_what_is_counted_and_what_is_left_out_are_all_that_was_asked_about(
    portfolio: list[Evaluation], day: date
) -> None:
    rows = chosen(portfolio, day)
    known = {found.of.id: found for found in measure(rows)}
    for found in known.values():
        hold(found)
    completed = known["evidence-rate"].denominator
    parts = {
        "implementation-rate": len(rows.actions),
        "implementation-rate-applicable": len(rows.actions),
        "on-time-rate": completed,
        "on-time-rate-original": completed,
        "days-to-complete-median": completed,
        "closure-rate": len(rows.actions),
        "acceptance-rate-stated": known["acceptance-rate"].denominator,
        "recommendations-implemented-rate": known["acceptance-rate"].denominator,
        "undp-planning": len(rows.evaluations),
    }
    for name, whole in parts.items():
        assert (known[name].denominator or 0) + known[name].left_out_count == whole, name
    late = known["days-late-mean"].denominator or 0
    on_time = known["on-time-rate"]
    assert late + (on_time.numerator or 0) == on_time.denominator
    bands = [known[f"ageing-{band}"].value or 0 for band in ("30", "90", "180", "more")]
    assert sum(bands) == known["overdue-rate"].numerator
    states = [
        known[f"recommendations-{state}-rate"]
        for state in ("implemented", "partly-implemented", "not-implemented")
    ]
    assert sum(one.numerator or 0 for one in states) == states[0].denominator


@settings(max_examples=40)
@given(portfolios, moments)
def test_the_figures_of_a_day_are_those_of_the_records_cut_to_that_day(
    portfolio: list[Evaluation], day: date
) -> None:
    then = [essence(found) for found in measure(chosen(portfolio, day))]
    assert then == [essence(found) for found in measure(chosen([cut(one, day) for one in portfolio], day))]


@pytest.mark.parametrize("by", [by for by in Dimension if by is not Dimension.COUNTRY])
@settings(max_examples=25)
@given(portfolios, moments)
def test_the_groups_of_a_partition_add_up_to_the_whole(
    by: Dimension, portfolio: list[Evaluation], day: date
) -> None:
    found = measure(chosen(portfolio, day), by=by)
    for indicator in {one.of.id: one.of for one in found}.values():
        whole, *parts = [one for one in found if one.of is indicator]
        assert whole.group is None
        for key in ("numerator", "denominator", "left_out_count"):
            total = getattr(whole, key)
            assert total is None or total == sum(getattr(part, key) for part in parts), (indicator.id, key)
        assert sorted(whole.uncertain) == sorted(ref for part in parts for ref in part.uncertain)


@settings(max_examples=40)
@given(portfolios, moments)
def test_each_figure_is_the_same_whatever_else_is_asked(portfolio: list[Evaluation], day: date) -> None:
    rows = chosen(portfolio, day)
    together = [essence(found) for found in measure(rows)]
    assert together == [essence(found) for one in INDICATORS for found in measure(rows, [one])]
