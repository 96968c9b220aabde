"""Decisions, and the state of a recommendation that follows from its actions, counted by hand."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from counted import Keys, counts, done, evaluation, figure, pending, reasons

from mrtrack.indicators.catalogue import BY_ID
from mrtrack.indicators.measuring import measure
from mrtrack.model.settings import Settings
from mrtrack.query.filters import Filter
from mrtrack.query.selection import select

RATES = ("implemented", "partly-implemented", "not-implemented")
DONE = done("2021-07", "2021-07-01")
VOID = {"history": [{"date": "2021-01-10", "status": "no-longer-applicable"}]}


def asked(*decisions: str | None) -> list[Keys]:
    """Recommendations with these decisions."""
    return [
        {"id": str(number), **({"response": {"decision": decision}} if decision else {})}
        for number, decision in enumerate(decisions, 1)
    ]


def test_decisions_are_rated_of_all_issued_and_of_those_stated() -> None:
    words = ("accepted", "accepted", "accepted", "partially-accepted", "rejected", None, None, None)
    whole = evaluation(recommendations=asked(*words))
    found = {
        name: counts(figure(name, whole))
        for name in (
            "acceptance-rate",
            "acceptance-rate-stated",
            "partial-acceptance-rate",
            "partial-acceptance-rate-stated",
            "rejection-rate",
            "rejection-rate-stated",
            "decision-not-stated-rate",
        )
    }
    assert found == {
        "acceptance-rate": (3, 8, 0, 0),
        "acceptance-rate-stated": (3, 5, 3, 0),
        "partial-acceptance-rate": (1, 8, 0, 0),
        "partial-acceptance-rate-stated": (1, 5, 3, 0),
        "rejection-rate": (1, 8, 0, 0),
        "rejection-rate-stated": (1, 5, 3, 0),
        "decision-not-stated-rate": (3, 8, 0, 0),
    }
    assert reasons(figure("rejection-rate-stated", whole)) == {"no decision stated": 3}


def test_where_parts_carry_decisions_the_parts_are_counted() -> None:
    parts = [
        {"id": "1", "response": {"decision": "accepted"}},
        {"id": "1a", "part_of": "1", "response": {"decision": "accepted"}},
        {"id": "1b", "part_of": "1", "response": {"decision": "rejected"}},
        {"id": "2"},
        {"id": "2a", "part_of": "2"},
    ]
    found = figure("acceptance-rate", evaluation(recommendations=parts))
    assert (found.value, counts(found)) == (Fraction(1, 3), (1, 3, 0, 0))
    assert counts(figure("acceptance-rate-stated", evaluation(recommendations=parts))) == (1, 2, 1, 0)


def test_a_decision_counts_from_its_day() -> None:
    late = evaluation(
        recommendations=[{"id": "1", "response": {"decision": "accepted", "date": "2021-06-01"}}]
    )
    assert counts(figure("acceptance-rate", late, as_of=date(2021, 5, 31))) == (0, 1, 0, 0)
    assert counts(figure("acceptance-rate", late, as_of=date(2021, 6, 1))) == (1, 1, 0, 0)


def states(*recommendations: Keys) -> dict[str, Any]:
    """How many recommendations are in which state, and how many are left out why."""
    whole = evaluation(recommendations=list(recommendations))
    found = {rate: figure(f"recommendations-{rate}-rate", whole) for rate in RATES}
    left_out = reasons(found["implemented"])
    assert all(reasons(one) == left_out for one in found.values())
    assert len({one.denominator for one in found.values()}) == 1
    return {rate: one.numerator for rate, one in found.items() if one.numerator} | left_out


def with_actions(name: str, *actions: Keys, **keys: Any) -> Keys:
    return {
        "id": name,
        "actions": [{"id": f"{name}.{number}", **action} for number, action in enumerate(actions, 1)],
        **keys,
    }


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        ((DONE, DONE), {"implemented": 1}),
        ((DONE, VOID), {"implemented": 1}),
        ((DONE, pending("2021-08")), {"partly-implemented": 1}),
        ((pending("2021-07"), pending("2022-01-01")), {"not-implemented": 1}),
        ((pending("2021-07"), VOID), {"not-implemented": 1}),
        ((DONE, pending("2022-01-02")), {"not all actions are due yet": 1}),
        ((done("2022-03", "2021-07-01"),), {"not all actions are due yet": 1}),
        ((DONE, pending()), {"an action has no due date": 1}),
        ((VOID,), {"no action is applicable any more": 1}),
    ],
)
def test_a_recommendation_is_as_far_as_its_actions_once_all_are_due(
    actions: tuple[Keys, ...], expected: Keys
) -> None:
    assert states(with_actions("1", *actions)) == expected


def test_a_recommendation_that_nothing_answers_is_left_out() -> None:
    assert states({"id": "1"}) == {"no action answers it": 1}


def test_an_action_that_serves_a_recommendation_answers_it() -> None:
    serving = with_actions("1", {**DONE, "serves": ["2", "water-2021:3"]})
    assert states(serving, {"id": "2"}, with_actions("3", pending("2021-07"))) == {
        "implemented": 2,
        "partly-implemented": 1,
    }


def test_the_actions_of_parts_that_are_not_counted_answer_the_whole() -> None:
    assert states({"id": "1"}, with_actions("1a", DONE, part_of="1")) == {"implemented": 1}
    serving = with_actions("2", {**DONE, "serves": ["1a"]})
    assert states({"id": "1"}, {"id": "1a", "part_of": "1"}, serving) == {"implemented": 2}


def test_a_filter_on_actions_does_not_change_the_state_of_a_recommendation() -> None:
    led = {**DONE, "responsible": "Director"}
    whole = evaluation(recommendations=[with_actions("1", led, pending("2021-07"))])
    everything = select([whole], Filter(), date(2022, 1, 1), Settings().days)
    some = select([whole], Filter(lead=("Director",)), date(2022, 1, 1), Settings().days)
    (found,) = measure(some, [BY_ID["recommendations-implemented-rate"]], around=everything.actions)
    assert counts(found) == (0, 1, 0, 0)


def test_a_filter_that_hides_a_part_does_not_hide_its_actions_from_the_whole() -> None:
    whole = {"id": "1", "response": {"decision": "accepted"}}
    record = evaluation(recommendations=[whole, with_actions("1a", DONE, part_of="1")])
    everything = select([record], Filter(), date(2022, 1, 1), Settings().days)
    some = select([record], Filter(decision=("accepted",)), date(2022, 1, 1), Settings().days)
    (found,) = measure(some, [BY_ID["recommendations-implemented-rate"]], around=everything.actions)
    assert counts(found) == (1, 1, 0, 0)
