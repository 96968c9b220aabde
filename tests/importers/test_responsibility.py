import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from conftest import RECORDS, SHARED
from mrtrack.importers.vocabulary.responsibility import Responsibility, split_responsibility


def split(text: str) -> Responsibility:
    """Lead and support of a printed line, where no unit's members are known."""
    return split_responsibility(text, {})


@pytest.mark.parametrize(
    "between",
    [
        " with supported by ",
        " supported by ",
        " support by ",
        " with support of ",
        " with support by ",
        " with supported of ",
        " with the support of ",
        " WITH ",
        " in collaboration with ",
        ", with ",
    ],
)
def test_lead_and_support_are_split_and_the_printed_words_kept(between: str) -> None:
    printed = f"Head of Water{between}all teams and units, A and B"
    expected = Responsibility("Head of Water", ("all teams and units, A and B",), printed)
    assert split(printed) == expected


def test_what_lead_and_support_give_back_is_not_kept_twice() -> None:
    assert split("Director, supported by all teams") == Responsibility("Director", ("all teams",), None)
    assert split("Director, supported by all teams.") == Responsibility("Director", ("all teams",), None)
    assert split("Director.") == Responsibility("Director", (), None)


def test_a_full_stop_that_belongs_to_the_last_word_stays() -> None:
    assert split("Director, supported by units, etc.").support == ("units, etc.",)


def test_the_longest_words_between_split_and_only_once() -> None:
    assert split("A with B supported by C with D") == Responsibility(
        "A with B", ("C with D",), "A with B supported by C with D"
    )


@pytest.mark.parametrize("printed", ["A, B and C", "Team without name", "With partners", "", "Team with"])
def test_commas_and_other_words_split_nothing(printed: str) -> None:
    assert split(printed) == Responsibility(printed, (), None)


def test_a_support_whose_members_are_known_becomes_its_members() -> None:
    members = {"All Teams": ("Water", "Energy")}
    printed = "Director, supported by all  teams"
    expected = Responsibility("Director", ("Water", "Energy"), "Director, supported by all teams")
    assert split_responsibility(printed, members) == expected


def test_of_a_name_and_a_role_the_role_leads() -> None:
    assert split("A. Writer ; Chargée de programme").lead == "Chargée de programme"
    assert split("Project Manager; A. Writer") == Responsibility(
        "Project Manager", (), "Project Manager; A. Writer"
    )
    assert split("Director; Manager").lead == "Director; Manager"
    assert split("Unit A; Unit B").lead == "Unit A; Unit B"


@pytest.mark.parametrize(
    ("file", "record"), [("000_9affc7f0a352c595", "unossc-2020"), ("004_3763bfb89c92fe9b", "unece-2021")]
)
def test_the_two_source_documents_split_as_their_records_have_it(file: str, record: str) -> None:
    path = SHARED / "expected" / f"{file}.json"
    if not path.is_file():
        pytest.skip(f"{path} is not here: the source documents are not part of this repository")
    expected: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    printed = expected.get("actions") or expected["recommendations"]
    data = YAML(typ="base", pure=True).load((RECORDS / f"{record}.yaml").read_text(encoding="utf-8"))
    recorded = [action for part in data["recommendations"] for action in part["actions"]]
    assert Counter(split(action["responsible_as_printed"]) for action in printed) == Counter(
        Responsibility(
            action["responsible"], tuple(action.get("supported_by", ())), action.get("responsibility")
        )
        for action in recorded
    )


@given(st.text())
def test_no_word_is_lost(text: str) -> None:
    done = split(text)
    whole = done.printed or ", supported by ".join([done.lead, *done.support])
    assert whole.rstrip(".").split() == " ".join(text.split()).rstrip(".").split()
