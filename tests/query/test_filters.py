"""Which rows an answer is about, asked of three records beside this file as of the first day of 2022."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mrtrack.model.dates import parse_date
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.spellings import searchable
from mrtrack.query.filters import CRITERIA, OF_ACTIONS, OF_RECOMMENDATIONS, Filter
from mrtrack.query.rows import Row
from mrtrack.query.selection import Selection, select
from mrtrack.source.reader import read

RECORDS = Path(__file__).parent / "records"
TODAY = date(2022, 1, 1)
DAYS = Settings().days

WATER = ("water-2021:1.1", "water-2021:1.2", "water-2021:1.3")
HEALTH = ("health-2022:1.1", "health-2022:2.1")

# Each criterion, and the actions and the evaluations that it leaves, in the order of the records.
CASES: list[tuple[dict[str, Any], tuple[str, ...], str]] = [
    ({}, (*WATER, *HEALTH), "water health school"),
    ({"evaluation": ("water-2021",)}, WATER, "water"),
    ({"evaluation": ("water-2021", "school-2021")}, WATER, "water school"),
    ({"evaluation": ("water",)}, (), ""),
    ({"evaluation_status": ("ongoing",)}, HEALTH, "health"),
    ({"evaluation_status": ("not-stated",)}, (), ""),
    ({"organisation": ("example",)}, WATER, "water school"),
    ({"type": ("THEMATIC",)}, HEALTH, "health"),
    ({"country": ("ken",)}, WATER, "water school"),
    ({"country": ("KE",)}, (), ""),
    ({"country": ("UGA", "GLOBAL")}, (*WATER, *HEALTH), "water health"),
    ({"tag": ("joint work",)}, WATER, "water"),
    ({"tag": ("joint",)}, (), ""),
    ({"lead": ("director",)}, (WATER[2], HEALTH[1]), "water health"),
    ({"lead": ("Field Operations",)}, WATER[:1], "water"),
    ({"unit": ("Field Operations",)}, (WATER[0], WATER[2]), "water"),
    ({"unit": ("regional offices",)}, WATER[:1], "water"),
    ({"status": ("completed",)}, WATER[1:], "water"),
    ({"status": ("initiated", "not-stated")}, (WATER[0], HEALTH[0]), "water health"),
    ({"decision": ("accepted",)}, WATER, "water"),
    ({"decision": ("rejected",)}, (), "water"),
    ({"decision": ("not-stated",)}, HEALTH[:1], "health"),
    ({"priority": ("high",)}, (*WATER, HEALTH[0]), "water health"),
    ({"open": True}, (WATER[0], HEALTH[0]), "water health"),
    ({"overdue": True}, WATER[:1], "water"),
    ({"due_soon": True}, HEALTH[:1], "health"),
    ({"stale": True}, WATER[:1], "water"),
    ({"disputed": True}, WATER[1:2], "water"),
    ({"no_lead": True}, HEALTH[:1], "health"),
    ({"no_evidence": True}, WATER[1:2], "water"),
    ({"no_response": True}, HEALTH[:1], "health"),
    ({"due_before": parse_date("2021-08")}, WATER[:1], "water"),
    ({"due_before": parse_date("2021-07")}, (), ""),
    ({"due_before": parse_date("2021-12")}, WATER[:2], "water"),
    ({"due_before": parse_date("2022")}, WATER, "water"),
    ({"due_after": parse_date("2021-09")}, (WATER[1], HEALTH[0]), "water health"),
    ({"due_after": parse_date("2021-10")}, HEALTH[:1], "health"),
    ({"due_after": parse_date("2020")}, (*WATER, HEALTH[0]), "water health"),
    ({"completed_before": parse_date("2021-10-21")}, WATER[1:2], "water"),
    ({"completed_before": parse_date("2021-10-20")}, (), ""),
    ({"completed_after": parse_date("2021-11")}, WATER[2:], "water"),
    ({"completed_after": parse_date("2021-12")}, (), ""),
    ({"updated_before": parse_date("2021-06-21")}, WATER[:1], "water"),
    ({"updated_before": parse_date("2021-06-20")}, (), ""),
    ({"updated_before": parse_date("2021-06")}, (), ""),
    ({"text": "tender"}, HEALTH[1:], "health"),
    ({"status": ("completed",), "lead": ("director",)}, WATER[2:], "water"),
    ({"open": True, "priority": ("high",), "organisation": ("other",)}, HEALTH[:1], "health"),
    ({"disputed": True, "organisation": ("other",)}, (), ""),
    ({"decision": ("rejected",), "open": True}, (), ""),
]


@pytest.fixture(scope="module")
def evaluations() -> list[Evaluation]:
    found = []
    for name in ("water-2021", "health-2022", "school-2021"):
        path = RECORDS / f"{name}.yaml"
        reading = read(path.read_bytes(), path.name)
        assert reading.problems == ()
        assert reading.evaluation
        found.append(reading.evaluation)
    return found


def asked(evaluations: Iterable[Evaluation], as_of: date = TODAY, **criteria: Any) -> Selection:
    return select(evaluations, Filter(**criteria), as_of, DAYS)


def refs(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(row.ref for row in rows)


def short(rows: Iterable[Row]) -> str:
    return " ".join(row.evaluation.split("-")[0] for row in rows)


@pytest.mark.parametrize(("criteria", "actions", "found"), CASES, ids=lambda case: str(case)[:60])
def test_a_criterion_leaves_the_rows_that_fit(
    evaluations: list[Evaluation], criteria: dict[str, Any], actions: tuple[str, ...], found: str
) -> None:
    selection = asked(evaluations, **criteria)
    assert refs(selection.actions) == actions
    assert short(selection.evaluations) == found


def test_every_criterion_is_tried_here() -> None:
    assert {name for criteria, _, _ in CASES for name in criteria} == set(CRITERIA)


@pytest.mark.parametrize("name", CRITERIA)
def test_a_filter_knows_what_it_was_asked(name: str) -> None:
    criteria = next(case[0] for case in CASES if list(case[0]) == [name])
    wanted = Filter(**criteria)
    assert wanted.asks([name])
    assert wanted.asks(OF_ACTIONS) is (name in OF_ACTIONS)
    assert wanted.asks(OF_RECOMMENDATIONS) is (name in OF_RECOMMENDATIONS)
    assert not Filter().asks(CRITERIA)


def test_a_criterion_about_actions_also_selects_what_stands_above_them(evaluations: list[Evaluation]) -> None:
    selection = asked(evaluations, overdue=True)
    assert refs(selection.recommendations) == ("water-2021:1",)
    assert refs(selection.evaluations) == ("water-2021",)


def test_a_criterion_about_recommendations_selects_their_actions_and_evaluations(
    evaluations: list[Evaluation],
) -> None:
    selection = asked(evaluations, decision=("rejected", "partially-accepted"))
    assert refs(selection.recommendations) == ("water-2021:2", "health-2022:2")
    assert refs(selection.actions) == ("health-2022:2.1",)


def test_a_criterion_about_evaluations_selects_all_that_is_in_them(evaluations: list[Evaluation]) -> None:
    selection = asked(evaluations, organisation=("example agency",))
    assert refs(selection.recommendations) == ("water-2021:1", "water-2021:2")


@pytest.mark.parametrize(
    ("text", "evaluation", "recommendation", "actions"),
    [
        ("vehicles", "water", ("water-2021:1",), WATER[:1]),
        ("lend vehicles", "water", ("water-2021:1",), WATER[:1]),
        ("EQUIPES mobiles", "water", ("water-2021:1",), ()),
        ("équipes", "water", ("water-2021:1",), ()),
        ("to lend", "water", ("water-2021:1",), ()),
        ("wells, pumps", "water", (), ()),
        ("evaluation des ecoles", "school", (), ()),
        ("other agency", "health", (), ()),
        ("reunion reportee", "water", ("water-2021:1",), WATER[:1]),
        ("before the rains", "water", ("water-2021:1",), WATER[:1]),
        ("regional off", "water", ("water-2021:1",), WATER[:1]),
        ("director", "water health", ("water-2021:1", "health-2022:2"), (WATER[2], HEALTH[1])),
        ("nowhere", "", (), ()),
    ],
)
def test_a_text_is_found_in_the_words_of_each_level_whatever_case_and_accents(
    evaluations: list[Evaluation],
    text: str,
    evaluation: str,
    recommendation: tuple[str, ...],
    actions: tuple[str, ...],
) -> None:
    selection = asked(evaluations, text=text)
    assert short(selection.evaluations) == evaluation
    assert refs(selection.recommendations) == recommendation
    assert refs(selection.actions) == actions


def test_a_text_and_a_criterion_must_both_be_met(evaluations: list[Evaluation]) -> None:
    assert refs(asked(evaluations, text="plan", overdue=True).actions) == ()
    assert refs(asked(evaluations, text="plan", status=("completed",)).actions) == WATER[2:]
    assert short(asked(evaluations, text="ecoles", open=True).evaluations) == ""
    assert refs(asked(evaluations, text="districts", open=True).recommendations) == ("water-2021:1",)


def test_what_was_said_later_is_not_found_on_an_earlier_day(evaluations: list[Evaluation]) -> None:
    assert refs(asked(evaluations, date(2021, 6, 20), text="reportée").actions) == WATER[:1]
    assert refs(asked(evaluations, date(2021, 6, 19), text="reportée").actions) == ()


def test_a_unit_is_found_under_each_of_its_spellings(evaluations: list[Evaluation]) -> None:
    known = {"fo": "Field Operations"}
    for name in ("FO", "field operations"):
        found = asked(evaluations, lead=(name,), spellings=lambda text: known.get(text.casefold(), text))
        assert refs(found.actions) == WATER[:2]


def test_an_action_of_which_nothing_was_recorded_was_not_updated_since() -> None:
    silent = {"id": "1", "actions": [{"id": "1.1"}]}
    one = Evaluation.model_validate({"schema": "1", "id": "a", "recommendations": [silent]})
    assert refs(asked([one], updated_before=parse_date("2021")).actions) == ("a:1.1",)
    assert refs(asked([one], due_before=parse_date("2021")).actions) == ()


def test_an_evaluation_whose_status_is_not_stated_is_found_as_such() -> None:
    one = Evaluation.model_validate({"schema": "1", "id": "a"})
    assert short(asked([one], evaluation_status=("not-stated", "ongoing")).evaluations) == "a"
    assert short(asked([one], evaluation_status=("ongoing",)).evaluations) == ""


def test_a_part_or_a_whole_that_is_not_counted_awaits_no_response() -> None:
    parts = [{"id": "1"}, {"id": "1.a", "part_of": "1", "response": {"decision": "accepted"}}]
    waiting = {"id": "1.b", "part_of": "1"}
    one = Evaluation.model_validate({"schema": "1", "id": "a", "recommendations": [*parts, waiting]})
    assert refs(asked([one], no_response=True).recommendations) == ("a:1.b",)


def test_what_was_not_there_on_the_day_is_not_selected(evaluations: list[Evaluation]) -> None:
    selection = asked(evaluations, date(2021, 3, 30))
    assert short(selection.evaluations) == "health school"
    assert refs(selection.recommendations) == ("health-2022:1", "health-2022:2")
    assert selection.actions == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ÉCOLE", "ecole"),
        ("Straße", "strasse"),
        ("\uff26\uff2f", "fo"),
        ("two \n  words", "two words"),
        ("İş", "is"),
    ],
)
def test_folding_leaves_no_case_no_accents_and_one_space(text: str, plain: str) -> None:
    assert searchable(text) == plain
