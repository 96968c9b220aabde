"""What changed in a period: which section a change comes to stand in, and with what reason."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from mrtrack.changes.digest import About, Digest, digest, three_months_to
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.wording import label
from mrtrack.query.filters import Filter
from mrtrack.query.selection import Selection, select

Keys = dict[str, Any]
SINCE, UNTIL = date(2021, 7, 1), date(2021, 9, 30)


def rows(evaluations: Iterable[Evaluation], day: date) -> Selection:
    return select(evaluations, Filter(), day, Settings().days)


def told(*evaluations: Evaluation, since: date = SINCE, until: date = UNTIL) -> Digest:
    before, after = rows(evaluations, since - timedelta(1)), rows(evaluations, until)
    return digest(before, after, since, lambda word: label(word, Settings()))


def record(*actions: list[Keys], **keys: Any) -> Evaluation:
    """An evaluation of January 2021 whose actions have these histories."""
    listed = [
        {"id": f"1.{number}", "text": "Do it.", "history": one} for number, one in enumerate(actions, 1)
    ]
    asked = {"recommendations": [{"id": "1", "actions": listed}]} if listed else {}
    start = {"schema": "1", "id": "water-2021", "title": "Water", "report_date": "2021-01"}
    return Evaluation.model_validate({**start, **asked, **keys})


def items(found: Digest) -> list[tuple[str, str, str]]:
    return [(item.about.name, item.ref.removeprefix("water-2021:"), item.text) for item in found.items]


BEGUN: Keys = {"date": "2021-01-10", "status": "initiated", "due": "2021-08"}


def test_completions_stand_apart_by_whether_a_document_proves_them() -> None:
    proven = {
        "date": "2021-09-10",
        "by": "M&E unit",
        "status": "completed",
        "comment": "Held in May.",
        "documents": [{"title": "Minutes", "url": "https://example.org/minutes"}],
    }
    bare = {"date": "2021-09-10", "on": "until 2021-08-15", "status": "completed"}
    found = told(record([BEGUN, proven], [BEGUN, bare]))
    assert items(found) == [
        ("PROVEN", "1.1", "completed 2021-09-10, 10 days after it was due"),
        ("UNPROVEN", "1.2", "completed by 2021-08-15"),
    ]
    first = found.items[0]
    assert (first.reason, first.by, first.documents[0].title) == ("Held in May.", ("M&E unit",), "Minutes")
    assert found.summary == "2 completed, 1 with a document"
    assert told(record([BEGUN, bare])).summary == "1 completed, none with a document"


def test_a_moved_date_has_its_reason_or_lacks_one() -> None:
    twice = [
        {"date": "2021-07-05", "due": "2021-10", "comment": "The budget is late."},
        {"date": "2021-09-05", "due": "2022-03", "comment": "Still late."},
    ]
    found = told(record([BEGUN, *twice], [BEGUN, {"date": "2021-07-05", "due": "2022"}]))
    assert items(found) == [
        ("MOVED", "1.1", "due 2021-08 → 2021-10 → 2022-03 (moved 2 times in all)"),
        ("MOVED", "1.2", "due 2021-08 → 2022"),
    ]
    assert [(item.reason, item.lacks_reason) for item in found.items] == [
        ("The budget is late.\n\nStill late.", False),
        ("", True),
    ]


def test_a_first_due_date_is_no_move_and_one_taken_away_is() -> None:
    without = {"date": "2021-01-10"}
    found = told(
        record([without, {"date": "2021-07-05", "due": "2022"}], [BEGUN, {"date": "2021-07-05", "due": None}])
    )
    assert items(found) == [("MOVED", "1.2", "due 2021-08 → none")]


def test_what_became_overdue_in_the_period_is_told_once() -> None:
    lead = {**BEGUN, "responsible": "Director"}
    found = told(record([lead], [{**BEGUN, "due": "2021-05"}], [{**BEGUN, "due": "2021-09"}]))
    assert items(found) == [("OVERDUE", "1.1", "due 2021-08, 30 days overdue, lead Director")]
    assert told(record([lead]), since=date(2021, 9, 2)).items == ()


def test_what_is_void_or_open_again_is_told_with_what_it_was() -> None:
    void = {"date": "2021-07-05", "status": "no-longer-applicable", "comment": "The unit was closed."}
    again = [{"date": "2021-05-01", "status": "completed"}, {"date": "2021-07-05", "status": "initiated"}]
    found = told(record([BEGUN, void], [{**BEGUN, "due": "2022"}, *again]))
    assert items(found) == [
        ("VOID", "1.1", "was initiated"),
        ("REOPENED", "1.2", "initiated (was completed)"),
    ]
    assert [item.lacks_reason for item in found.items] == [False, True]
    assert [(item.title, item.evaluation) for item in found.items] == [("Do it.", "water-2021")] * 2


def test_verdicts_and_corrections_are_told_and_what_is_struck_is_not() -> None:
    history = [
        {**BEGUN, "due": "2022"},
        {"date": "2021-07-02", "status": "completed"},
        {"date": "2021-07-09", "corrects": "2021-07-02", "comment": "Of another programme."},
        {"date": "2021-08-02", "status": "completed", "documents": [{"title": "Report"}]},
        {"date": "2021-09-01", "by": "Audit unit", "verdict": "not-confirmed", "comment": "No boxes."},
    ]
    found = told(record(history))
    assert items(found) == [
        ("PROVEN", "1.1", "completed 2021-08-02"),
        ("VERDICTS", "1.1", "not confirmed"),
        ("CORRECTIONS", "1.1", "corrects the entry of 2021-07-02"),
    ]
    assert [item.by for item in found.items] == [(), ("Audit unit",), ()]


def test_decisions_are_those_of_the_period_be_they_entries_or_dates() -> None:
    asked = [
        {"id": "1", "title": "Plan", "response": {"decision": "accepted", "date": "2021-07-20"}},
        {
            "id": "2",
            "response": {
                "decision": "rejected",
                "history": [
                    {"date": "2021-05-01", "decision": "accepted"},
                    {"date": "2021-08-01", "by": "Director", "decision": "rejected", "comment": "Too dear."},
                ],
            },
        },
        {"id": "3", "response": {"decision": "accepted", "date": "2021-05-01"}},
    ]
    found = told(record(recommendations=asked))
    decisions = found.section(About.DECISIONS)
    assert [(one.ref, one.text, one.reason) for one in decisions] == [
        ("water-2021:1", "accepted", ""),
        ("water-2021:2", "rejected (was accepted)", "Too dear."),
    ]
    assert (found.others, found.summary) == (0, "2 decisions")


def test_evaluations_that_are_new_answered_or_moved_on_are_told() -> None:
    new = record([{"date": "2021-08-01"}], id="harbour-2021", report_date="2021-08")
    old = record(
        management_response={"submitted": "2021-07-20"},
        status="completed",
        planned_end="2021-12",
        history=[
            {"date": "2021-01-10", "status": "ongoing", "planned_end": "2021-06"},
            {"date": "2021-07-01", "planned_end": "2021-12", "comment": "The rains came early."},
            {"date": "2021-08-01", "status": "completed"},
        ],
    )
    found = told(new, old)
    assert items(found) == [
        ("NEW", "harbour-2021", "1 recommendation, 1 action"),
        ("EVALUATIONS", "water-2021", "completed (was ongoing)"),
        ("EVALUATIONS", "water-2021", "planned end 2021-06 → 2021-12"),
        ("RESPONSES", "water-2021", "submitted 2021-07-20"),
    ]
    assert found.items[2].reason == "The rains came early."


def test_a_new_action_of_a_known_evaluation_is_told_with_its_promise() -> None:
    found = told(record([{"date": "2021-08-01", "due": "2022", "responsible": "Director"}]))
    assert items(found) == [("ADDED", "1.1", "due 2022, lead Director")]


def test_entries_that_say_none_of_it_are_counted() -> None:
    comments = [{"date": f"2021-08-0{day}", "comment": "Going on."} for day in (1, 2)]
    found = told(record([{**BEGUN, "due": "2022"}, *comments]))
    assert (found.items, found.others, found.summary) == ((), 2, "")


@pytest.mark.parametrize(
    ("until", "since"),
    [
        ("2026-11-22", "2026-08-23"),
        ("2026-05-31", "2026-03-01"),
        ("2026-02-28", "2025-11-29"),
        ("2026-03-31", "2026-01-01"),
    ],
)
def test_three_months_end_with_the_last_day(until: str, since: str) -> None:
    assert three_months_to(date.fromisoformat(until)) == date.fromisoformat(since)


def test_a_new_record_whose_answers_have_no_day_is_told_as_submitted() -> None:
    asked = [{"id": "1", "response": {"decision": "accepted"}}]
    found = told(record(recommendations=asked, report_date="2021-08"))
    assert [one.text for one in found.section(About.RESPONSES)] == ["submitted"]
