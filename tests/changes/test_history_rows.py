"""What was recorded, in words: each entry of a history as a row."""

from datetime import date
from typing import Any

from mrtrack.changes import history_rows
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.wording import label

Keys = dict[str, Any]
LATER = date(2026, 1, 1)


def evaluation(*entries: Keys, answer: list[Keys] | None = None, own: list[Keys] | None = None) -> Evaluation:
    """An evaluation with one action of this history, and histories of its response and its own."""
    action: Keys = {"id": "1.1", "text": "Do it.", **({"history": list(entries)} if entries else {})}
    recommendation: Keys = {"id": "1", "title": "Better", "actions": [action]}
    if answer is not None:
        recommendation["response"] = {"history": answer} if answer else {"decision": "accepted"}
    data: Keys = {"schema": "1", "id": "water-2021", "title": "Water", "recommendations": [recommendation]}
    return Evaluation.model_validate({**data, **({"history": own} if own else {})})


def texts(of: Evaluation, settings: Settings | None = None, as_of: date = LATER) -> list[str]:
    return [row.text for row in history_rows(of, as_of, lambda word: label(word, settings or Settings()))]


def test_the_first_entry_says_added_and_what_with() -> None:
    assert texts(evaluation({"date": "2021-01-01"})) == ["added"]
    given_with = {"date": "2021-01-01", "status": "initiated", "due": "2022", "responsible": "Director"}
    assert texts(evaluation(given_with)) == ["added, initiated, due 2022, lead Director"]


def test_a_change_names_what_was_before() -> None:
    assert texts(
        evaluation(
            {"date": "2021-01-01", "status": "initiated", "due": "2022", "responsible": "Director"},
            {"date": "2021-02-01", "status": "completed", "due": "2023", "responsible": "Office"},
        )
    )[1:] == ["completed (was initiated), due moved 2022 → 2023, lead Office (was Director)"]


def test_what_is_said_again_is_not_called_a_change() -> None:
    first = {"date": "2021-01-01", "status": "initiated", "due": "2022", "responsible": "Director"}
    assert texts(evaluation(first, {**first, "date": "2021-02-01"}))[1:] == [
        "initiated, due 2022, lead Director"
    ]


def test_a_moved_date_is_told_from_previous_due_where_the_log_is_silent() -> None:
    entries = {"date": "2021-01-01"}, {"date": "2021-02-01", "previous_due": "2021-06", "due": "2021-12"}
    assert texts(evaluation(*entries))[1:] == ["due moved 2021-06 → 2021-12"]
    rows = history_rows(evaluation(*entries), LATER, str)
    assert [str(row.previous_due) for row in rows] == ["None", "2021-06"]


def test_a_date_taken_away_and_given_again() -> None:
    entries = (
        {"date": "2021-01-01", "due": "2022"},
        {"date": "2021-02-01", "due": None},
        {"date": "2021-03-01", "due": "2023"},
    )
    assert texts(evaluation(*entries)) == ["added, due 2022", "due date taken away", "due 2023"]


def test_an_entry_that_was_corrected_is_no_state_to_compare_with() -> None:
    found = history_rows(
        evaluation(
            {"date": "2021-01-01", "status": "initiated"},
            {"date": "2021-02-01", "status": "completed", "comment": "Done."},
            {"date": "2021-03-01", "corrects": "2021-02-01", "comment": "It was another."},
            {"date": "2021-04-01", "status": "completed"},
        ),
        LATER,
        str,
    )
    assert [row.text for row in found] == [
        "added, initiated",
        "completed (was initiated)",
        "corrects the entry of 2021-02-01",
        "completed (was initiated)",
    ]
    assert [row.corrected for row in found] == [False, True, False, False]


def test_the_second_entry_of_a_day_has_its_own_name() -> None:
    entries = [
        {"date": "2021-01-01"},
        {"date": "2021-02-01", "comment": "A."},
        {"date": "2021-02-01", "comment": "B."},
    ]
    found = history_rows(evaluation(*entries), LATER, str)
    assert [str(row.entry) for row in found] == ["2021-01-01", "2021-02-01", "2021-02-01#2"]
    assert [row.text for row in found] == ["added", "comment", "comment"]


def test_verdicts_documents_and_bare_comments_are_told() -> None:
    documents = [{"title": "A"}, {"title": "B"}]
    entries = (
        {"date": "2021-01-01", "status": "completed", "documents": documents[:1]},
        {"date": "2021-02-01", "verdict": "not-confirmed", "comment": "No."},
        {"date": "2021-03-01", "documents": documents},
        {"date": "2021-04-01", "comment": "All is well."},
    )
    assert texts(evaluation(*entries)) == [
        "added, completed, 1 document",
        "not confirmed",
        "2 documents",
        "comment",
    ]


def test_answers_and_evaluations_have_their_own_words() -> None:
    answer = [
        {"date": "2021-01-05", "decision": "rejected"},
        {"date": "2021-02-05", "decision": "accepted", "comment": "Yes."},
    ]
    own = [
        {"date": "2021-01-01", "status": "planned", "planned_end": "2021"},
        {"date": "2021-03-01", "planned_end": "2022"},
    ]
    assert texts(evaluation(answer=answer, own=own)) == [
        "added, planned, planned end 2021",
        "rejected",
        "accepted (was rejected)",
        "planned end moved 2021 → 2022",
    ]
    assert texts(evaluation(answer=[{"date": "2021-01-05", "comment": "Later."}])) == ["answered"]
    later = [{"date": "2021-01-05", "decision": "rejected"}, {"date": "2021-02-05"}]
    assert texts(evaluation(answer=later)) == ["rejected", "response in words"]


def test_words_are_those_of_the_organisation() -> None:
    settings = Settings.model_validate({"labels": {"status": {"completed": "Implemented"}}})
    assert texts(evaluation({"date": "2021-01-01", "status": "completed"}), settings) == [
        "added, Implemented"
    ]


def test_entries_recorded_after_the_day_asked_about_are_not_told() -> None:
    entries = {"date": "2021-01-01"}, {"date": "2021-02-01", "corrects": "2021-01-01", "comment": "No."}
    (row,) = history_rows(evaluation(*entries), date(2021, 1, 31), str)
    assert (row.text, row.corrected) == ("added", False)


def test_a_row_carries_the_title_or_else_the_text_of_its_item() -> None:
    found = history_rows(
        evaluation({"date": "2021-01-01"}, answer=[{"date": "2021-01-02"}], own=[{"date": "2021-01-03"}]),
        LATER,
        str,
    )
    assert [(row.ref, row.title) for row in found] == [
        ("water-2021:1.1", "Do it."),
        ("water-2021:1", "Better"),
        ("water-2021", "Water"),
    ]
