"""What operations make of plain data."""

import pytest

from mrtrack.edit.operations import Append, Data, EditRefused, Operation, Remove, Set, apply, name_path

RECORD: Data = {
    "schema": "1",
    "id": "water-2021",
    "recommendations": [
        {"id": "1", "response": {"decision": "accepted"}, "actions": [{"id": "1.1", "due": "2021"}]},
        {"id": "2", "response": None},
    ],
}
ACTION = ("recommendations", 0, "actions", 0)


def changed(*operations: Operation) -> dict[str, object]:
    result = apply(RECORD, operations)
    assert isinstance(result, dict)
    return result


def test_the_data_given_stay_as_they_are() -> None:
    before = repr(RECORD)
    changed(
        Append((*ACTION, "history"), {"date": "2021-01-01"}), Set((*ACTION, "due"), "2022"), Remove(ACTION)
    )
    assert repr(RECORD) == before


def test_a_new_key_stands_where_the_record_has_it() -> None:
    after = changed(Set(("title",), "Water"), Set(("type",), "Outcome"), Set(("lessons",), ["Plan."]))
    assert list(after) == ["schema", "id", "title", "type", "lessons", "recommendations"]


def test_a_changed_key_stays_where_it_stands() -> None:
    after = apply({"due": "2021", "id": "1"}, [Set(("due",), "2022")])
    assert list(after.items()) == [("due", "2022"), ("id", "1")]


def test_blocks_above_a_new_key_are_made() -> None:
    after = changed(Set(("management_response", "approved_by", "name"), "D. Two"))
    assert after["management_response"] == {"approved_by": {"name": "D. Two"}}


def test_a_key_without_a_value_takes_a_block() -> None:
    after = apply(RECORD, [Set(("recommendations", 1, "response", "decision"), "rejected")])
    assert after["recommendations"][1] == {"id": "2", "response": {"decision": "rejected"}}


@pytest.mark.parametrize("present", [{}, {"tags": None}, {"tags": []}])
def test_a_list_that_is_absent_or_empty_is_made(present: dict[str, None]) -> None:
    assert apply(present, [Append(("tags",), "water"), Append(("tags",), "planning")]) == {
        "tags": ["water", "planning"]
    }


def test_what_is_left_empty_goes_too() -> None:
    response = ("recommendations", 0, "response")
    after = apply(
        RECORD, [Remove((*response, "decision")), Remove((*ACTION, "due")), Remove((*ACTION, "id"))]
    )
    assert after["recommendations"][0] == {"id": "1"}


def test_an_item_of_a_list_can_be_replaced_and_taken_away() -> None:
    after = apply({"tags": ["a", "b"]}, [Set(("tags", 0), "c"), Remove(("tags", 1))])
    assert after == {"tags": ["c"]}


def test_the_whole_can_be_replaced() -> None:
    assert apply(RECORD, [Set((), {"schema": "1"})]) == {"schema": "1"}


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (Remove(("title",)), "title: nothing stands here"),
        (Remove(("recommendations", 7)), "recommendations 8: nothing stands here"),
        (Remove(()), "the record: nothing stands here"),
        (Set(("recommendations", 2, "id"), "3"), "recommendations 3, id: there is no such place"),
        (Set(("recommendations", -1, "id"), "3"), "no such place"),
        (Set(("id", "part"), "3"), "id, part: there is no such place"),
        (Set((*ACTION, "history", 0, "date"), "2021"), "there is no such item"),
        (Append(("id",), "x"), "id: this is no list"),
        (Append(("recommendations", 0), "x"), "recommendations 1: this is no list"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused_with_its_name(operation: Operation, words: str) -> None:
    with pytest.raises(EditRefused, match=words):
        apply(RECORD, [operation])


def test_only_text_lists_and_blocks_are_data() -> None:
    with pytest.raises(TypeError, match="2021 is no text"):
        apply(RECORD, [Set(("completed",), 2021)])  # type: ignore[arg-type]


def test_paths_are_named_as_people_count() -> None:
    assert name_path((*ACTION, "due")) == "recommendations 1, actions 1, due"
