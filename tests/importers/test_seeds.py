"""The two real documents, imported whole: every fact that a person found in them, and nothing of their paper."""

import json
from functools import cache
from typing import Any

import pytest
from imported_pages import (
    Data,
    actions_of,
    assembled,
    faults,
    field_text,
    invented,
    leaves,
    misplaced,
    packed,
    page_of,
    uncovered,
)

from conftest import SHARED
from mrtrack.importers.account import FIELD
from mrtrack.importers.assembling.assembly import Assembled

PAGE = "000_9affc7f0a352c595"
DOCUMENT = "004_3763bfb89c92fe9b"
DECISIONS = {"accepted": "accepted", "partially accepted": "partially-accepted", None: None}
COUNTRIES = {"ARGENTINA": "ARG"}
each_seed = pytest.mark.parametrize("name", [PAGE, DOCUMENT])


def content_of(name: str) -> bytes:
    file = SHARED / "seeds" / f"{name}.txt"
    if not file.is_file():
        pytest.skip(f"{file} is not here: the source documents are not part of this repository")
    return file.read_bytes()


@cache
def imported(name: str) -> Assembled:
    return assembled(content_of(name), f"{name}.txt")


def record_of(name: str) -> Data:
    content_of(name)
    (record,) = imported(name).records
    return record


def expected(name: str) -> Any:
    content_of(name)
    return json.loads((SHARED / "expected" / f"{name}.json").read_text("utf-8"))


def one_line(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def begins_and_ends(text: str, starts: str, ends: str) -> bool:
    whole = one_line(text)
    return whole.startswith(one_line(starts)) and whole.endswith(one_line(ends))


def as_printed(action: Data) -> str:
    """Who is responsible, in the words of the source."""
    return field_text_of(action).removesuffix(".")


def field_text_of(action: Data) -> str:
    support = ", ".join(action.get("supported_by", ()))
    lead = str(action.get("responsible", ""))
    return str(action.get("responsibility") or (f"{lead}, supported by {support}" if support else lead))


@each_seed
def test_nothing_is_left_over_lost_invented_or_wrong(name: str) -> None:
    record, account = record_of(name), imported(name).account
    assert account.left_over == ()
    assert uncovered(page_of(content_of(name), name), account) == []
    assert misplaced(record, account) == []
    assert invented(record, content_of(name).decode()) == []
    assert faults(record) == []


@each_seed
def test_each_prose_field_is_exactly_the_words_that_the_account_gives_it(name: str) -> None:
    record = record_of(name)
    pieces: dict[str, str] = {}
    for line in imported(name).account.lines:
        for one in line.stretches:
            if one.fate == FIELD:
                pieces[one.where] = pieces.get(one.where, "") + packed(one.text)
    prose = [where for where in pieces if where.endswith((" text", " response", " comment", "description"))]
    assert len(prose) > 20
    assert [where for where in prose if pieces[where] != packed(field_text(record, where) or "")] == []


@each_seed
def test_the_recommendations_stand_once_each_in_the_order_of_their_numbers(name: str) -> None:
    count = expected(name)["totals"]["recommendations"]
    ids = [one["id"] for one in record_of(name)["recommendations"]]
    assert ids == [str(number) for number in range(1, count + 1)]
    texts = [one["text"] for one in record_of(name)["recommendations"]]
    assert len(set(texts)) == count


def test_the_page_of_the_evaluation_centre_says_all_of_its_evaluation() -> None:
    record, stated = record_of(PAGE), expected(PAGE)["evaluation"]
    same = ("title", "type", "completed", "planned_end")
    assert {key: record[key] for key in same} == {key: stated[key] for key in same}
    assert record["plan"] == stated["evaluation_plan"]
    assert record["status"] == stated["status"].lower()
    assert record["management_response"]["required"] == str(stated["management_response"]).lower()
    assert record["budget"] == {"amount": str(stated["budget_usd"]), "currency": "USD"}
    assert record["expenditure"] == {"amount": str(stated["expenditure_usd"]), "currency": "USD"}
    assert record["funding"] == stated["source_of_funding"]
    assert record["countries"] == stated["countries"]
    flags = ("joint_programme", "joint_evaluation")
    assert [record[key] for key in flags] == [str(stated[key]).lower() for key in flags]
    team = [{**one, "nationality": COUNTRIES[one["nationality"]]} for one in stated["team"]]
    assert record["team"] == team
    absent = {"stakeholders", "project_numbers", "classification", "lessons", "findings", "gef", "documents"}
    assert absent & record.keys() == set()


def test_each_answer_of_the_page_has_its_stamps_and_no_decision() -> None:
    stated = expected(PAGE)["recommendations"]
    responses = [one["response"] for one in record_of(PAGE)["recommendations"]]
    assert [(one["date"], one.get("updated"), one.get("decision")) for one in responses] == [
        (one["response_added"], one["response_last_updated"], one["decision"]) for one in stated
    ]
    assert all(one["text"] for one in responses)


def test_the_actions_of_the_page_stand_with_their_recommendations() -> None:
    stated = {one["id"]: sorted(one["actions_in_printed_order"]) for one in expected(PAGE)["recommendations"]}
    there = {
        one["id"]: [action["id"] for action in one["actions"]] for one in record_of(PAGE)["recommendations"]
    }
    assert there == stated


def test_each_action_of_the_page_has_all_its_facts() -> None:
    stated, actions = expected(PAGE)["actions"], actions_of(record_of(PAGE))
    assert len(stated) == len(actions) == 28
    for one in stated:
        action = actions[one["action"]]
        assert begins_and_ends(action["text"], one["text_starts"], one["text_ends"]), one["action"]
        assert field_text_of(action) == one["responsible_as_printed"]
        assert (action["due"], action["status"]) == (one["due"], one["status"])
        first, last = action["history"]
        assert first == {"date": one["added"]}
        comment = last.pop("comment") if "comment" in last else ""
        assert begins_and_ends(comment, one["comment_starts"], one["comment_ends"]), one["action"]
        day = one["last_updated"]
        assert last == {"date": day, "on": f"until {day}", "status": one["status"]}
        last["comment"] = comment


def test_the_document_says_all_of_its_evaluation() -> None:
    record, stated = record_of(DOCUMENT), expected(DOCUMENT)["evaluation"]
    assert record["title"] == stated["title"]
    assert record["period"] == dict(zip(("from", "to"), map(str, stated["review_period"]), strict=True))
    assert record["report_date"] == stated["report_date"]
    answer = record["management_response"]
    assert answer["approved_by"] == stated["approved_by"]
    assert answer["prepared_by"] == stated["prepared_by"]


def test_each_recommendation_of_the_document_has_its_answer_and_one_action_with_all_paragraphs() -> None:
    stated, there = expected(DOCUMENT)["recommendations"], record_of(DOCUMENT)["recommendations"]
    assert len(stated) == len(there) == 8
    for one, recommendation in zip(stated, there, strict=True):
        assert recommendation["id"] == one["id"]
        assert begins_and_ends(recommendation["text"], one["text_starts"], one["text_ends"])
        assert recommendation["response"]["decision"] == DECISIONS[one["decision"]]
        assert recommendation["response"]["text"].strip() == one["response"]
        (action,) = recommendation["actions"]
        assert begins_and_ends(action["text"], one["follow_up_starts"], one["follow_up_ends"])
        assert action["text"].strip().count("\n\n") + 1 == one["follow_up_paragraphs"]
        assert as_printed(action) == one["responsible_as_printed"].removesuffix(".")
        assert action["due"] == one["due"]
        assert "status" not in action


def test_the_actions_of_the_document_were_added_when_it_was_approved() -> None:
    day = expected(DOCUMENT)["evaluation"]["approved_by"]["date"]
    histories = [action["history"] for action in actions_of(record_of(DOCUMENT)).values()]
    assert len(histories) == 8
    assert all([entry["date"] for entry in history] == [day] for history in histories)


@each_seed
def test_no_footer_address_or_button_is_in_the_record(name: str) -> None:
    texts = "\n".join(text for _, text in leaves(record_of(name)))
    footers = (
        "Management Response, Evaluation, PMU",
        "Latest Evaluations",
        "Contact us",
        "UN Plaza",
        "History\n",
    )
    assert [footer for footer in footers if footer in texts] == []
    buttons = [path for path, text in leaves(record_of(name)) if text.strip().endswith("History")]
    assert buttons == []
