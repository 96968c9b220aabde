"""Figures broken down, and the points of a trend."""

from datetime import date
from typing import Any

import pytest
from counted import counts, done, evaluation, groups, pending

from mrtrack.indicators.catalogue import BY_ID, indicator_named
from mrtrack.indicators.dimensions import OFFERED, Dimension
from mrtrack.indicators.figures import NO_SUM
from mrtrack.indicators.measuring import measure
from mrtrack.indicators.trend import Point, Step, begins, points
from mrtrack.model.settings import Settings
from mrtrack.query.filters import Filter
from mrtrack.query.selection import select

DONE = done("2021-07", "2021-07-01")


def test_years_come_in_order_and_what_is_not_stated_last() -> None:
    found = groups(
        "overdue-rate", Dimension.DUE_YEAR, evaluation(pending("2023"), pending(), pending("2021-Q4"))
    )
    assert {group: counts(one)[:2] for group, one in found.items()} == {
        None: (1, 3),
        "2021": (1, 1),
        "2023": (0, 1),
        "not-stated": (0, 1),
    }
    assert list(found) == [None, "2021", "2023", "not-stated"]


@pytest.mark.parametrize(
    ("keys", "year"),
    [
        ({"completed": "2019-11", "report_date": "2020-02", "planned_end": "2018"}, "2019"),
        ({"report_date": "2020-02", "planned_end": "2018"}, "2020"),
        ({"planned_end": "2018"}, "2018"),
        ({}, "not-stated"),
    ],
)
def test_an_evaluation_is_of_the_year_it_was_completed(keys: dict[str, str], year: str) -> None:
    assert year in groups("implementation-rate", Dimension.EVALUATION_YEAR, evaluation(DONE, **keys))


def test_decisions_come_as_the_record_orders_them() -> None:
    asked = [
        {
            "id": str(number),
            "actions": [{"id": f"{number}.1", **DONE}],
            **({"response": {"decision": word}} if word else {}),
        }
        for number, word in enumerate(("rejected", None, "accepted"), 1)
    ]
    found = groups("implementation-rate", Dimension.DECISION, evaluation(recommendations=asked))
    assert list(found) == [None, "accepted", "rejected", "not-stated"]


def test_an_action_counts_once_in_each_country_and_the_total_says_so() -> None:
    here = evaluation(DONE, name="a", countries=["KEN", "PER"])
    there = evaluation(pending("2021"), name="b", countries=["KEN"])
    found = groups("implementation-rate", Dimension.COUNTRY, here, there, evaluation(DONE, name="c"))
    assert {group: counts(one)[:2] for group, one in found.items()} == {
        None: (2, 3),
        "KEN": (1, 2),
        "PER": (1, 1),
        "not-stated": (1, 1),
    }
    assert found[None].note == NO_SUM
    assert found["KEN"].note is None
    assert groups("implementation-rate", Dimension.COUNTRY, there)[None].note is None
    twice = groups("implementation-rate", Dimension.COUNTRY, evaluation(DONE, countries=["KEN", "KEN"]))
    assert counts(twice["KEN"])[:2] == (1, 1)


def test_a_lead_with_several_spellings_is_one_where_the_settings_say_so() -> None:
    led = [{**DONE, "responsible": name} for name in ("M&E unit", "M&E Unit (HQ)", "Director")]
    rows = select([evaluation(*led)], Filter(), date(2022, 1, 1), Settings().days)
    one = measure(
        rows,
        [BY_ID["implementation-rate"]],
        Dimension.LEAD,
        spellings=lambda name: name.removesuffix(" (HQ)").lower(),
    )
    assert [(found.group, found.denominator) for found in one] == [
        (None, 3),
        ("director", 1),
        ("m&e unit", 2),
    ]


def test_only_indicators_whose_rows_know_a_dimension_are_broken_down_by_it() -> None:
    rows = select([evaluation(DONE)], Filter(), date(2022, 1, 1), Settings().days)
    for by in Dimension:
        assert {one.of.about for one in measure(rows, by=by)} <= OFFERED[by]
    assert not measure(rows, [BY_ID["acceptance-rate"]], Dimension.LEAD)


def test_a_score_is_broken_down_with_its_parts() -> None:
    late = evaluation(pending("2020"), name="a", organisation="Late", completed="2021", status="completed")
    found = groups("undp-follow-up", Dimension.ORGANISATION, late)
    assert [(one.group, one.value) for one in found.values()] == [(None, None), ("Late", None)]
    answered = evaluation(
        pending("2021-12"),
        name="b",
        organisation="B",
        report_date="2021-03",
        management_response={"submitted": "2021-04"},
    )
    found = groups("undp-follow-up", Dimension.ORGANISATION, late, answered)
    assert found["B"].value == (1 + 0.5) / 2


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (Step.YEAR, {"2020": "2020-12-31", "2021": "2021-02-10"}),
        (Step.QUARTER, {"2020-Q4": "2020-12-31", "2021-Q1": "2021-02-10"}),
        (
            Step.MONTH,
            {
                "2020-11": "2020-11-30",
                "2020-12": "2020-12-31",
                "2021-01": "2021-01-31",
                "2021-02": "2021-02-10",
            },
        ),
    ],
)
def test_each_point_of_a_trend_is_as_of_its_own_last_day(step: Step, expected: dict[str, str]) -> None:
    found = points(date(2020, 11, 23), date(2021, 2, 10), step)
    assert found == [Point(name, date.fromisoformat(day)) for name, day in expected.items()]


def test_a_trend_begins_with_the_first_day_that_the_records_tell_of() -> None:
    def first(**keys: Any) -> date:
        return begins(select([evaluation(**keys)], Filter(), date(2022, 1, 1), Settings().days))

    actions = [{"id": "1", "actions": [{"id": "1.1", **DONE}]}]
    assert first(recommendations=actions) == date(2021, 1, 10)
    assert first(recommendations=actions, completed="2020-09") == date(2020, 9, 30)
    assert first(history=[{"date": "2019-05-01", "status": "ongoing"}]) == date(2019, 5, 1)
    assert first(report_date="2021-03", completed="2022-06") == date(2021, 3, 31)
    assert first(history=[{"date": "2021-05-01"}], completed="2022-06") == date(2021, 5, 1)
    assert first() == date(2022, 1, 1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("overdue-rate", "overdue-rate"),
        ("OVERDUE", "overdue-rate"),
        ("on-time", "on-time-rate"),
        ("undp-s", "undp-score"),
        ("ageing-m", "ageing-more"),
    ],
)
def test_an_indicator_is_named_by_any_unique_beginning(typed: str, meant: str) -> None:
    assert indicator_named(typed).id == meant


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("overdue-raet", "did you mean overdue-rate"),
        ("ageing", "begins several indicators: ageing-30, ageing-90"),
        ("xyzzy", "there are: acceptance-rate,"),
        ("", "there are: acceptance-rate,"),
    ],
)
def test_a_name_that_is_none_is_answered_with_what_there_is(typed: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        indicator_named(typed)
