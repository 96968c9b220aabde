"""The ids that recommendations and actions get."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.importers.assembling.naming import Names, printed_number, sort_key

ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


@pytest.mark.parametrize(
    ("printed", "ids"),
    [
        (["1.", "2)", "3"], ["1", "2", "3"]),
        (["", "", ""], ["1", "2", "3"]),
        (["2", "", ""], ["2", "1", "3"]),
        (["1", "1", "1"], ["1", "1-2", "1-3"]),
        (["1", "1-2", "1"], ["1", "1-2", "1-3"]),
        (["3a", "3A"], ["3a", "3A-2"]),
        (["002/24", "Recommendation 7", "Rec. 8"], ["002-24", "7", "8"]),
        (["§", "1"], ["2", "1"]),
    ],
)
def test_recommendations_keep_their_numbers_where_these_are_ids(printed: list[str], ids: list[str]) -> None:
    assert Names().recommendations(printed) == ids


@pytest.mark.parametrize(
    ("printed", "ids"),
    [
        (["3.2", "3.1"], ["3.2", "3.1"]),
        (["", "3.1", ""], ["3.2", "3.1", "3.3"]),
        (["1)", "2)"], ["3.1", "3.2"]),
        (["a)", "(b)"], ["3.a", "3.b"]),
        (["4.1", "4.2"], ["3.1", "3.2"]),
        (["3.1", "3.1"], ["3.1", "3.2"]),
        (["Action 2", "Key Action 3.5"], ["3.2", "3.5"]),
    ],
)
def test_actions_are_named_after_their_recommendation(printed: list[str], ids: list[str]) -> None:
    assert Names().actions("3", printed) == ids


def test_an_action_never_takes_the_id_of_a_recommendation() -> None:
    names = Names()
    assert names.recommendations(["1", "1.1", "1.A"]) == ["1", "1.1", "1.A"]
    assert names.actions("1", ["1.1", "a", ""]) == ["1.2", "1.3", "1.4"]


def test_the_printed_number_is_kept_where_it_says_more_than_the_id() -> None:
    assert printed_number("1.", "1") is None
    assert printed_number(" ", "1") is None
    assert printed_number("002/24", "002-24") == "002/24"
    assert printed_number("1)", "3.1") == "1)"


def test_ids_are_sorted_as_people_count() -> None:
    ids = ["1.10", "1.2", "2", "1.1a", "1.1", "10", "1.1-2"]
    assert sorted(ids, key=sort_key) == ["1.1", "1.1-2", "1.1a", "1.2", "1.10", "2", "10"]


printed_numbers = st.lists(
    st.one_of(st.sampled_from(["1", "1.", "1.1", "a", "A", "", "2)", "1-2"]), st.text(max_size=8)), max_size=8
)


@settings(max_examples=60)
@given(printed_numbers, printed_numbers)
def test_every_id_is_one_and_given_once(recommendations: list[str], actions: list[str]) -> None:
    names = Names()
    ids = names.recommendations(recommendations)
    for one in list(ids):
        ids += names.actions(one, actions)
    assert all(ID.fullmatch(one) for one in ids)
    assert len({one.casefold() for one in ids}) == len(ids)
