"""New evaluations, recommendations and actions: the ids they get, and what they begin with."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.edit.beginnings import new_action, new_evaluation, new_recommendation, suggested_id
from mrtrack.edit.log import Recorded
from mrtrack.edit.operations import Append
from mrtrack.edit.refusal import Refused
from mrtrack.model.record import Evaluation

RECORDED = Recorded(date=date(2026, 11, 22), by="M&E unit", comment="As planned.")


def evaluation(**actions: list[str]) -> Evaluation:
    """An evaluation with these recommendations and their actions, named with _ for a dot."""
    recommendations = [
        {"id": name.removeprefix("r").replace("_", "."), "actions": [{"id": action} for action in ids]}
        if ids
        else {"id": name.removeprefix("r").replace("_", ".")}
        for name, ids in actions.items()
    ]
    data = {"schema": "1", "id": "e"} | ({"recommendations": recommendations} if recommendations else {})
    return Evaluation.model_validate(data)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Evaluation of the Water Programme in Kenya", "water-programme-kenya-2026"),
        ("Mid-term review, 2026", "mid-term-review-2026"),
        ("Évaluation à mi-parcours", "mi-parcours-2026"),
        ("Straßenprogramm", "strassenprogramm-2026"),
        ("Review of 2021", "review-2021-2026"),
        ("Étude des puits et du réseau", "etude-puits-reseau-2026"),
        ("El puente de la ciudad y el río", "puente-ciudad-rio-2026"),
        ("تقييم", "2026"),
        ("///", "2026"),
    ],
)
def test_an_id_is_made_of_the_first_telling_words_and_the_year(title: str, name: str) -> None:
    assert suggested_id(title, 2026, ()) == name


@given(st.text(max_size=60), st.integers(0, 5))
def test_a_suggested_id_is_an_id_and_not_taken(title: str, others: int) -> None:
    taken: list[str] = []
    for _ in range(others + 1):
        name = suggested_id(title, 2026, taken)
        assert re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", name)
        assert name not in taken
        taken.append(name)


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({}, "1"),
        ({"r1": [], "r2": []}, "3"),
        ({"r9": [], "r10": [], "r3": []}, "11"),
        ({"rA": [], "r2a": []}, "1"),
        ({"r1": ["1.7"], "r1_8": []}, "2"),
        ({"r1": ["5"]}, "6"),
        ({"r007": []}, "8"),
    ],
)
def test_recommendations_count_on_from_the_highest_number(known: dict[str, list[str]], name: str) -> None:
    assert new_recommendation(evaluation(**known), {"text": "x"})[0] == name


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({"r1": []}, "1.1"),
        ({"r1": ["1.1", "1.3"]}, "1.4"),
        ({"r1": ["1.9", "1.10"]}, "1.11"),
        ({"r1": ["1.a", "7"]}, "1.1"),
        ({"r1": ["1.1.5"]}, "1.1"),
        ({"r1": ["1.1"], "r1_2": [], "r2": ["1.6"]}, "1.7"),
    ],
)
def test_actions_count_on_below_their_recommendation(known: dict[str, list[str]], name: str) -> None:
    found, operations = new_action(evaluation(**known), "1", {"text": "x"}, RECORDED)
    assert found == name
    (operation,) = operations
    assert isinstance(operation, Append)
    assert operation.path == ("recommendations", 0, "actions")


@pytest.mark.parametrize("chosen", ["1", "1.A", "1.a"])
def test_an_id_of_an_item_is_taken_in_any_case(chosen: str) -> None:
    known = evaluation(r1=["1.a"])
    named = {"id": chosen, "text": "x"}
    with pytest.raises(Refused, match=f"has an item {chosen} already"):
        new_recommendation(known, named)
    with pytest.raises(Refused, match=f"has an item {chosen} already"):
        new_action(known, "1", named, RECORDED)


def test_a_recommendation_is_added_at_the_end_with_its_id_and_what_is_given() -> None:
    given = {"title": "Plan together", "text": "Meet.", "priority": None}
    assert new_recommendation(evaluation(r1=[]), given) == (
        "2",
        [Append(("recommendations",), {"title": "Plan together", "text": "Meet.", "id": "2"})],
    )


def test_what_an_action_is_added_with_is_its_first_entry() -> None:
    given: dict[str, Any] = {
        "text": "x",
        "due": "2027",
        "responsible": "Director",
        "status": None,
        "supported_by": ["Team"],
    }
    _, (operation,) = new_action(evaluation(r1=[]), "1", given, RECORDED)
    assert isinstance(operation, Append)
    assert operation.item == {
        "id": "1.1",
        "text": "x",
        "due": "2027",
        "responsible": "Director",
        "supported_by": ["Team"],
        "history": [
            {
                "date": "2026-11-22",
                "by": "M&E unit",
                "comment": "As planned.",
                "due": "2027",
                "responsible": "Director",
            }
        ],
    }


def test_what_is_not_given_is_not_written() -> None:
    given: dict[str, Any] = {
        "title": "Roads",
        "status": "planned",
        "planned_end": None,
        "countries": [],
        "management_response": {},
    }
    assert new_evaluation("roads", given, RECORDED) == {
        "schema": "1",
        "id": "roads",
        "title": "Roads",
        "status": "planned",
        "history": [{"date": "2026-11-22", "by": "M&E unit", "comment": "As planned.", "status": "planned"}],
    }
