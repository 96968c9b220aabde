"""Decisions and the course of an evaluation, as operations: the entry that is added, and the present after it."""

from datetime import date
from typing import Any

import pytest

from mrtrack.edit.answering import answer, course, whole_response
from mrtrack.edit.log import Recorded, entry_data
from mrtrack.edit.operations import Set, apply
from mrtrack.edit.refusal import Refused
from mrtrack.model.dates import parse_date, parse_entry_name, parse_happened
from mrtrack.model.record import Evaluation, Recommendation
from mrtrack.model.words import Decision, EvaluationStatus

Keys = dict[str, Any]
HEAD: Keys = {"schema": "1", "id": "water-2021"}
BEGUN = {"date": "2021-01-10", "status": "ongoing", "planned_end": "2021-06"}
ENDED = {"date": "2021-07-01", "status": "completed"}
GOING = {"status": "ongoing", "planned_end": "2021-06", "history": [BEGUN]}
OVER = {"status": "completed", "planned_end": "2021-06", "completed": "2021-07-01", "history": [BEGUN, ENDED]}
STRUCK: Keys = {"comment": "Not yet.", "corrects": "2021-07-01"}
YES = {"date": "2021-01-10", "decision": "accepted"}


def recorded(comment: str | None, corrects: str | None, on: str | None) -> Recorded:
    return Recorded(
        date=date(2026, 11, 22),
        by="Director",
        on=parse_happened(on) if on else None,
        comment=comment,
        corrects=parse_entry_name(corrects) if corrects else None,
    )


def gone_on(
    before: Keys,
    *,
    status: str | None = None,
    planned_end: str | None = None,
    comment: str | None = None,
    corrects: str | None = None,
    on: str | None = None,
) -> Keys:
    """The evaluation after its course is recorded, the new entry by its values alone."""
    operations = course(
        Evaluation.model_validate(HEAD | before),
        EvaluationStatus(status) if status else None,
        parse_date(planned_end) if planned_end else None,
        recorded(comment, corrects, on),
    )
    return with_bare_entry(apply(before, operations))


def answered(
    response: Keys | None,
    decision: str | None = None,
    *,
    text: str | None = None,
    comment: str | None = None,
    corrects: str | None = None,
) -> Keys:
    """The response after an answer is recorded, the new entry by its values alone."""
    before: Keys = {"id": "3"} if response is None else {"id": "3", "response": response}
    said = recorded(comment, corrects, None)
    asked = Recommendation.model_validate(before)
    operations = answer((), asked, Decision(decision) if decision else None, text, said)
    return with_bare_entry(apply(before, operations)["response"])


def with_bare_entry(result: Keys) -> Keys:
    entry = dict(result["history"][-1])
    assert (entry.pop("date"), entry.pop("by")) == ("2026-11-22", "Director")
    for key in ("comment", "corrects", "on"):
        entry.pop(key, None)
    return {**result, "history": [*result["history"][:-1], entry]}


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ({}, {"status": "planned"}, {"status": "planned", "history": [{"status": "planned"}]}),
        (
            GOING,
            {"planned_end": "2021-12", "comment": "Travel is barred."},
            {**GOING, "planned_end": "2021-12", "history": [BEGUN, {"planned_end": "2021-12"}]},
        ),
        (
            GOING,
            {"status": "completed"},
            {
                **GOING,
                "status": "completed",
                "history": [BEGUN, {"status": "completed"}],
                "completed": "2026-11-22",
            },
        ),
        (
            GOING,
            {"status": "completed", "on": "2021-08"},
            {
                **GOING,
                "status": "completed",
                "history": [BEGUN, {"status": "completed"}],
                "completed": "2021-08",
            },
        ),
        (
            {"completed": "2020"},
            {"status": "completed"},
            {"completed": "2020", "status": "completed", "history": [{"status": "completed"}]},
        ),
        (
            GOING,
            {"status": "cancelled", "comment": "No funds."},
            {**GOING, "status": "cancelled", "history": [BEGUN, {"status": "cancelled"}]},
        ),
        (
            OVER,
            {"status": "ongoing", "comment": "A part is missing."},
            {
                "status": "ongoing",
                "planned_end": "2021-06",
                "history": [
                    BEGUN,
                    ENDED,
                    {"status": "ongoing", "extra": {"previous_completed": "2021-07-01"}},
                ],
            },
        ),
        (
            {"status": "completed", "completed": "2021-07"},
            {"status": "ongoing", "comment": "A part is missing."},
            {
                "status": "ongoing",
                "history": [
                    {
                        "status": "ongoing",
                        "extra": {"previous_completed": "2021-07", "previous_status": "completed"},
                    }
                ],
            },
        ),
        (OVER, {"comment": "Seen."}, {**OVER, "history": [BEGUN, ENDED, {}]}),
        (
            OVER,
            STRUCK,
            {
                "status": "ongoing",
                "planned_end": "2021-06",
                "history": [BEGUN, ENDED, {"extra": {"previous_completed": "2021-07-01"}}],
            },
        ),
    ],
)
def test_the_course_of_an_evaluation_is_one_entry_and_its_end_follows(
    before: Keys, change: Keys, after: Keys
) -> None:
    assert gone_on(before, **change) == after


def test_an_evaluation_that_was_opened_by_mistake_has_its_end_again() -> None:
    opened = {"date": "2021-08-01", "status": "ongoing", "extra": {"previous_completed": "2021-07-01"}}
    before = {"status": "ongoing", "planned_end": "2021-06", "history": [BEGUN, ENDED, opened]}
    after = gone_on(before, comment="It is over.", corrects="2021-08-01")
    assert (after["status"], after["completed"], after["history"][-1]) == ("completed", "2021-07-01", {})


@pytest.mark.parametrize(
    ("before", "change", "said"),
    [
        (GOING, {}, "water-2021 gets nothing new; say what changed: a status, --planned-end or --comment"),
        (
            GOING,
            {"status": "ongoing", "planned_end": "2021-06"},
            "water-2021 is ongoing already and is planned to end in 2021-06 already; say what changed:",
        ),
        (
            GOING,
            {"planned_end": "2021-12"},
            "the planned end of water-2021 moves from 2021-06, and no reason",
        ),
        (GOING, {"status": "cancelled"}, "water-2021 is cancelled, and no reason is given; say why with"),
        (
            OVER,
            {"status": "ongoing"},
            "water-2021 was completed and becomes ongoing, and no reason is given;",
        ),
        (OVER, {"status": "cancelled"}, "water-2021 is cancelled, and no reason is given;"),
        (
            {"status": "cancelled"},
            {"status": "planned"},
            "water-2021 was cancelled and becomes planned, and no",
        ),
    ],
)
def test_a_course_that_says_nothing_new_or_lacks_its_reason_is_refused(
    before: Keys, change: Keys, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        gone_on(before, **change)
    assert str(refused.value).startswith(said)


def test_a_status_that_only_stands_written_can_be_recorded() -> None:
    assert gone_on({"status": "ongoing"}, status="ongoing")["history"] == [{"status": "ongoing"}]


def test_a_first_decision_and_its_text_are_written_and_recorded() -> None:
    assert answered(None, "accepted", text="Management agrees.") == {
        "text": "Management agrees.",
        "decision": "accepted",
        "history": [{"decision": "accepted"}],
    }


def test_a_decision_changes_by_an_entry_with_its_reason_and_a_correction_brings_the_old_one_back() -> None:
    before = {"decision": "accepted", "history": [YES]}
    after = answered(before, "rejected", comment="The mandate changed.")
    assert (after["decision"], after["history"]) == ("rejected", [YES, {"decision": "rejected"}])
    changed = {"date": "2021-05-01", "decision": "rejected", "comment": "The mandate changed."}
    rejected = {"decision": "rejected", "history": [YES, changed]}
    back = answered(rejected, comment="It did not.", corrects="2021-05-01")
    assert (back["decision"], back["history"][-1]) == ("accepted", {})


def test_a_decision_that_only_stood_written_is_kept_in_the_entry_that_changes_it() -> None:
    after = answered({"decision": "accepted"}, "rejected", comment="The mandate changed.")
    assert after["history"] == [{"decision": "rejected", "extra": {"previous_decision": "accepted"}}]


@pytest.mark.parametrize(
    ("response", "given", "said"),
    [
        (None, {}, "recommendation 3 gets no decision and no text; name a decision, a --text or a --comment"),
        (
            {"decision": "accepted", "history": [YES]},
            {"decision": "accepted"},
            "recommendation 3 is accepted already;",
        ),
        (
            {"decision": "accepted", "history": [YES]},
            {"decision": "rejected"},
            "the decision on 3 changes from accepted, and no reason is given; say why with --comment",
        ),
        (
            {"text": "Agreed."},
            {"text": "No."},
            "recommendation 3 has a response already; say what is new with --comment, or change the text itself",
        ),
    ],
)
def test_an_answer_that_says_nothing_new_or_lacks_its_reason_is_refused(
    response: Keys | None, given: Keys, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        answered(response, **given)
    assert str(refused.value).startswith(said)


def test_of_the_whole_response_only_what_is_known_is_written() -> None:
    nothing = dict.fromkeys(("required", "due", "submitted", "prepared_by", "approved_by", "approved"))
    assert whole_response(**nothing) == []
    known = {"required": False, "submitted": parse_date("2021-07"), "approved_by": "Chief"}
    assert whole_response(**(nothing | known)) == [
        Set(("management_response", "required"), "false"),
        Set(("management_response", "submitted"), "2021-07"),
        Set(("management_response", "approved_by", "title"), "Chief"),
    ]


def test_a_document_without_a_title_is_written_by_its_address_alone() -> None:
    documents = (("Minutes", "https://example.org/m"), ("", "https://example.org/n"))
    written = entry_data(Recorded(date=date(2026, 11, 22), by="Director", documents=documents), {})
    assert written["documents"] == [
        {"title": "Minutes", "url": "https://example.org/m"},
        {"url": "https://example.org/n"},
    ]
