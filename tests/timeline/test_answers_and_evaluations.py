"""Rule 4 and the response's clock: since when a decision, a response and an evaluation's state are there."""

import pytest
from histories import Keys, answered, day, evaluation

from mrtrack.timeline import (
    counted,
    decision_on,
    evaluation_overdue_on,
    evaluation_status_on,
    planned_end_on,
    responded_on,
    response_due,
    submitted_on,
)

ACCEPTED: Keys = {"decision": "accepted"}
REQUIRED: Keys = {"required": "true"}
RETRIEVED: Keys = {"sources": [{"retrieved": "2022-11-04"}]}
CHANGED: Keys = {
    "decision": "rejected",
    "history": [
        {"date": "2021-01-10", "decision": "accepted"},
        {"date": "2021-06-01", "decision": "rejected"},
    ],
}


@pytest.mark.parametrize(
    ("response", "keys", "first"),
    [
        ({**ACCEPTED, "history": [{"date": "2021-01-10", **ACCEPTED}]}, {}, "2021-01-10"),
        ({**ACCEPTED, "date": "2020-11"}, {"management_response": {"submitted": "2020-12-24"}}, "2020-11-30"),
        (ACCEPTED, {"management_response": {"submitted": "2020-11"}}, "2020-11-30"),
        (ACCEPTED, {"management_response": {"approved_by": {"date": "2020-12"}}}, "2020-12-31"),
        (ACCEPTED, {"management_response": {"approved_by": {"name": "D. Two"}}, **RETRIEVED}, "2022-11-04"),
        (ACCEPTED, RETRIEVED, "2022-11-04"),
    ],
    ids=["entry", "its date", "submitted", "approved", "approved on no day", "retrieved"],
)
def test_a_decision_is_there_from_its_entry_else_its_date_else_the_approval(
    response: Keys, keys: Keys, first: str
) -> None:
    one, whole = answered(response, **keys)
    before = day(first).fromordinal(day(first).toordinal() - 1)
    assert decision_on(one, whole, before) is None
    assert decision_on(one, whole, day(first)) == "accepted"


def test_a_decision_without_any_day_is_always_there() -> None:
    one, whole = answered(ACCEPTED)
    assert decision_on(one, whole, day("1990-01-01")) == "accepted"
    assert responded_on(one, whole, day("1990-01-01"))


def test_a_decision_that_changed_is_the_one_of_the_day() -> None:
    one, whole = answered(CHANGED)
    assert [decision_on(one, whole, day(text)) for text in ("2021-01-09", "2021-05-31", "2021-06-01")] == [
        None,
        "accepted",
        "rejected",
    ]


def test_no_response_holds_no_decision() -> None:
    one, whole = answered(None)
    assert decision_on(one, whole, day("2030-01-01")) is None
    assert not responded_on(one, whole, day("2030-01-01"))


def test_a_text_is_an_answer_though_no_decision() -> None:
    one, whole = answered({"text": "Management thanks the team.", "date": "2020-11-23"})
    assert not responded_on(one, whole, day("2020-11-22"))
    assert responded_on(one, whole, day("2020-11-23"))
    assert decision_on(one, whole, day("2020-11-23")) is None


def test_an_answer_that_was_changed_later_was_there_from_its_date() -> None:
    entry = {"date": "2022-05-01", "decision": "rejected", "comment": "The mandate changed."}
    one, whole = answered({"decision": "rejected", "date": "2020-11-23", "history": [entry]})
    assert responded_on(one, whole, day("2020-11-23"))
    assert submitted_on(whole, day("2020-11-23")) == (True, day("2020-11-23"))


@pytest.mark.parametrize(
    ("keys", "due"),
    [
        ({"completed": "2020-09", "management_response": REQUIRED}, "2020-11-11"),
        ({"report_date": "2021-09-27", "management_response": REQUIRED}, "2021-11-08"),
        (
            {
                "completed": "2020-09",
                "report_date": "2021-09-27",
                "management_response": REQUIRED,
            },
            "2020-11-11",
        ),
        (
            {"completed": "2020-09", "management_response": {**REQUIRED, "due": "2021-02"}},
            "2021-02-28",
        ),
        ({"management_response": REQUIRED}, None),
        ({"completed": "2020-09", "management_response": {"required": "false", "due": "2021-02"}}, None),
        ({"completed": "2020-09", "management_response": {"due": "2021-02"}}, None),
        ({"completed": "2020-09"}, None),
    ],
)
def test_a_required_response_is_due_when_stated_else_42_days_after_the_end(
    keys: Keys, due: str | None
) -> None:
    assert response_due(evaluation(**keys), 42) == (day(due) if due else None)


def test_the_response_is_there_once_a_source_shows_an_answer_to_every_recommendation() -> None:
    dated = [
        {"id": "1", "response": {"date": "2020-11"}},
        {"id": "2", "response": {"date": "2020-12-05"}},
    ]
    whole = evaluation(recommendations=dated)
    assert submitted_on(whole, day("2020-12-04")) == (False, None)
    assert submitted_on(evaluation(recommendations=dated[:1]), day("2020-11-30")) == (True, day("2020-11-30"))
    assert submitted_on(whole, day("2020-12-05")) == (True, day("2020-12-05"))
    assert submitted_on(evaluation(recommendations=[*dated, {"id": "3"}]), day("2030-01-01")) == (False, None)


def test_decisions_recorded_one_by_one_do_not_submit_the_response() -> None:
    decided = {"history": [{"date": "2020-12-05", "decision": "accepted"}], "decision": "accepted"}
    whole = evaluation(recommendations=[{"id": "1", "response": decided}])
    assert submitted_on(whole, day("2030-01-01")) == (False, None)


def test_answers_without_a_day_are_there_on_no_day_stated() -> None:
    whole = evaluation(recommendations=[{"id": "1", "response": ACCEPTED}])
    assert submitted_on(whole, day("2020-12-05")) == (True, None)
    assert responded_on(*answered({"text": "Management thanks the team."}), day("2020-12-05"))


def test_without_recommendations_only_a_stated_day_makes_a_response() -> None:
    assert submitted_on(evaluation(), day("2030-01-01")) == (False, None)
    whole = evaluation(management_response={"submitted": "2020-12-24"})
    assert submitted_on(whole, day("2020-12-23")) == (False, None)
    assert submitted_on(whole, day("2020-12-24")) == (True, day("2020-12-24"))


def test_the_day_stated_goes_before_the_days_of_the_answers() -> None:
    _, whole = answered({"date": "2020-11-23"}, management_response={"submitted": "2020-12-24"})
    assert submitted_on(whole, day("2020-12-01")) == (False, None)


@pytest.mark.parametrize(
    ("decided", "wanted"),
    [((), ["10", "11"]), (("10.a",), ["10.a", "10.b", "11"]), (("10.a", "10.b"), ["10.a", "10.b", "11"])],
)
def test_where_parts_carry_decisions_the_parts_are_counted(
    decided: tuple[str, ...], wanted: list[str]
) -> None:
    ids = ("10", "10.a", "10.b", "11")
    listed: list[Keys] = [{"id": one, **({"part_of": "10"} if "." in one else {})} for one in ids]
    for one in listed[1:3]:
        one["response"] = ACCEPTED if one["id"] in decided else {"text": "Noted."}
    assert [one.id for one in counted(evaluation(recommendations=listed))] == wanted


def test_parts_that_are_all_answered_answer_their_whole() -> None:
    parts: list[Keys] = [{"id": one, "part_of": "10", "response": ACCEPTED} for one in ("10.a", "10.b")]
    whole = evaluation(recommendations=[{"id": "10"}, *parts])
    assert submitted_on(whole, day("2020-12-05")) == (True, None)


@pytest.mark.parametrize(
    ("status", "overdue"),
    [("planned", True), ("ongoing", True), (None, True), ("completed", False), ("cancelled", False)],
)
def test_an_evaluation_is_overdue_after_its_planned_end_unless_it_ended(
    status: str | None, overdue: bool
) -> None:
    whole = evaluation(planned_end="2020-07", **({"status": status} if status else {}))
    assert not evaluation_overdue_on(whole, day("2020-07-31"))
    assert evaluation_overdue_on(whole, day("2020-08-01")) is overdue


def test_an_evaluation_without_a_planned_end_is_never_overdue() -> None:
    assert not evaluation_overdue_on(evaluation(status="ongoing"), day("2030-01-01"))


def test_an_evaluation_with_no_status_stated_ended_on_the_day_its_record_says() -> None:
    for key in ("completed", "report_date"):
        whole = evaluation(planned_end="2020-07", **{key: "2020-09"})
        assert evaluation_overdue_on(whole, day("2020-09-29"))
        assert not evaluation_overdue_on(whole, day("2020-09-30"))
    assert evaluation_overdue_on(
        evaluation(planned_end="2020-07", completed="2020-09", status="ongoing"), day("2021-01-01")
    )


def test_the_entries_of_an_evaluation_tell_its_status_and_its_planned_end() -> None:
    whole = evaluation(
        status="ongoing",
        planned_end="2021-06",
        history=[
            {"date": "2020-01-10", "status": "planned", "planned_end": "2020-12"},
            {"date": "2020-06-01", "status": "cancelled", "comment": "No money."},
            {"date": "2020-06-15", "corrects": "2020-06-01", "comment": "Another evaluation was meant."},
            {"date": "2020-11-30", "status": "ongoing", "planned_end": "2021-06", "comment": "Begun late."},
        ],
    )
    days = [day(text) for text in ("2020-01-10", "2020-06-01", "2020-06-15", "2020-11-30")]
    assert [evaluation_status_on(whole, one) for one in days] == [
        "planned",
        "cancelled",
        "planned",
        "ongoing",
    ]
    assert [str(planned_end_on(whole, one)) for one in days] == ["2020-12", "2020-12", "2020-12", "2021-06"]


def test_the_status_of_an_evaluation_holds_from_the_day_its_page_was_read() -> None:
    whole = evaluation(status="completed", planned_end="2020-07", sources=[{"retrieved": "2022-11-04"}])
    assert evaluation_status_on(whole, day("2022-11-03")) is None
    assert planned_end_on(whole, day("2022-11-03")) is None
    assert evaluation_status_on(whole, day("2022-11-04")) == "completed"
