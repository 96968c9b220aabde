"""Rule 2's second clock, what proves a completion, and the verdicts of others about it."""

import pytest
from histories import Keys, action, state

from mrtrack.timeline import status_set_at, status_setter

ADDED: Keys = {"date": "2020-11-23", "status": "initiated", "by": "Unit A"}
DONE: Keys = {"date": "2021-10-08", "status": "completed", "by": "Unit A"}
CONFIRMED: Keys = {"date": "2021-11-30", "verdict": "confirmed", "by": "Evaluation office"}
DOUBTED: Keys = {"date": "2021-11-30", "verdict": "not-confirmed", "by": "Evaluation office"}
REOPENED: Keys = {"date": "2022-01-10", "status": "initiated", "by": "Unit B"}
AGAIN: Keys = {"date": "2022-03-01", "status": "completed", "by": "Unit C"}


@pytest.mark.parametrize(
    ("on", "completed_on", "basis"),
    [
        (None, "2021-10-08", "stated"),
        ("2021-07-15", "2021-07-15", "stated"),
        ("2021-07", "2021-07", "stated"),
        ("until 2021-10-08", "2021-10-08", "recorded"),
        ("until 2021", "2021", "recorded"),
    ],
)
def test_completed_on_is_the_day_it_happened_else_the_day_of_the_entry(
    on: str | None, completed_on: str, basis: str
) -> None:
    found = state("2021-12-31", ADDED, DONE if on is None else {**DONE, "on": on})
    assert (str(found.completed_on), found.completed_basis) == (completed_on, basis)


def test_what_happened_earlier_counts_from_the_day_it_was_recorded() -> None:
    assert state("2021-10-07", ADDED, {**DONE, "on": "2021-05"}).status == "initiated"


def test_completion_dates_from_the_first_entry_of_the_unbroken_run() -> None:
    again = {"date": "2021-12-01", "status": "completed", "comment": "Still so."}
    comment = {"date": "2021-12-24", "comment": "Nothing new."}
    assert str(state("2022-01-09", ADDED, DONE, again, comment).completed_on) == "2021-10-08"


def test_a_completion_that_was_opened_again_counts_from_its_second_time() -> None:
    entries = (ADDED, DONE, REOPENED, AGAIN)
    reopened = state("2022-02-28", *entries)
    assert (reopened.completed_on, reopened.completed_basis) == (None, None)
    assert str(state("2022-03-01", *entries).completed_on) == "2022-03-01"


def test_a_completion_that_became_void_has_no_day() -> None:
    void = {"date": "2022-01-10", "status": "no-longer-applicable", "comment": "The unit was closed."}
    assert state("2022-01-10", ADDED, DONE, void).completed_on is None


def test_a_completion_outside_the_log_has_no_day() -> None:
    found = state("2021-01-01", {"date": "2020-11-23"}, status="completed")
    assert (found.status, found.completed_on, found.completed_basis) == ("completed", None, None)


def test_a_completion_is_disputed_once_it_is_not_confirmed() -> None:
    assert not state("2021-11-29", ADDED, DONE, DOUBTED).disputed
    assert state("2021-11-30", ADDED, DONE, DOUBTED).disputed
    assert not state("2021-11-30", ADDED, DONE, CONFIRMED).disputed


def test_only_a_completion_can_be_disputed() -> None:
    found = state("2021-12-31", ADDED, DOUBTED)
    assert (found.verdict, found.disputed) == ("not-confirmed", False)


def test_the_last_verdict_about_a_status_stands() -> None:
    found = state("2022-01-09", ADDED, DONE, DOUBTED, {**CONFIRMED, "date": "2021-12-15"})
    assert (found.verdict, found.disputed) == ("confirmed", False)


def test_a_verdict_lapses_with_the_next_change_of_status() -> None:
    entries = (ADDED, DONE, CONFIRMED, REOPENED, AGAIN)
    stood = [state(day, *entries).verdict for day in ("2021-11-29", "2021-11-30", "2022-01-10", "2022-03-01")]
    assert stood == [None, "confirmed", None, None]


def test_a_verdict_outlasts_an_entry_that_says_the_same_status_again() -> None:
    same = {"date": "2021-12-01", "status": "completed", "comment": "Still so."}
    assert state("2021-12-31", ADDED, DONE, CONFIRMED, same).verdict == "confirmed"


def test_a_verdict_can_be_about_a_status_that_stands_outside_the_log() -> None:
    assert state("2021-12-31", {"date": "2020-11-23"}, DOUBTED, status="completed").disputed


def test_a_verdict_lapses_when_the_status_it_was_about_is_struck() -> None:
    struck = {"date": "2021-12-01", "corrects": "2021-10-08", "comment": "Another action was meant."}
    for added, left in ((ADDED, "initiated"), ({"date": "2020-11-23"}, None)):
        found = state("2021-12-31", added, DONE, CONFIRMED, struck)
        assert (found.status, found.verdict) == (left, None)


def test_a_verdict_about_an_opening_that_is_struck_does_not_confirm_the_completion() -> None:
    verdict = {"date": "2022-01-20", "verdict": "confirmed", "by": "Evaluation office"}
    struck = {"date": "2022-01-21", "corrects": "2022-01-10", "comment": "Opened by mistake."}
    found = state("2022-01-31", ADDED, DONE, REOPENED, verdict, struck)
    assert (found.status, found.verdict) == ("completed", None)


def test_a_verdict_comes_back_when_the_change_that_ended_it_is_struck() -> None:
    struck = {"date": "2022-01-21", "corrects": "2022-01-10", "comment": "Opened by mistake."}
    assert not state("2022-01-10", ADDED, DONE, DOUBTED, REOPENED, struck).disputed
    assert state("2022-01-21", ADDED, DONE, DOUBTED, REOPENED, struck).disputed


def test_a_verdict_that_is_struck_counts_for_nothing() -> None:
    struck = {"date": "2021-12-01", "corrects": "2021-11-30", "comment": "Another action was meant."}
    assert state("2021-12-31", ADDED, DONE, DOUBTED, struck).verdict is None


def test_who_set_a_status_is_who_first_recorded_it() -> None:
    same = {"date": "2021-12-01", "status": "completed", "by": "Unit B"}
    assert status_setter(action(ADDED, DONE, CONFIRMED, same).history or ()) == "Unit A"
    assert status_setter(action(ADDED, DONE, REOPENED).history or ()) == "Unit B"
    assert status_setter(action({"date": "2020-11-23"}, CONFIRMED).history or ()) is None


def test_documents_recorded_since_the_action_was_opened_again_prove_it() -> None:
    entries = (
        {"date": "2020-11-23", "documents": [{"title": "Plan"}]},
        {"date": "2020-11-24", "status": "not-initiated"},
        {"date": "2020-11-25", "status": "initiated"},
        {**DONE, "documents": [{"title": "Minutes"}]},
        {"date": "2021-12-01", "status": "completed", "documents": [{"title": "Annex"}]},
        REOPENED,
        {"date": "2022-02-01", "documents": [{"title": "Draft"}]},
        {**AGAIN, "documents": [{"title": "Report"}]},
    )
    days = ("2020-11-25", "2021-12-31", "2022-01-10", "2022-02-01", "2022-03-01")
    proofs = [[document.title for document in state(day, *entries).documents] for day in days]
    assert proofs == [["Plan"], ["Plan", "Minutes", "Annex"], [], ["Draft"], ["Draft", "Report"]]


def test_the_last_comment_is_the_last_one_that_counts() -> None:
    entries = (
        {**ADDED, "comment": "Begun."},
        {**DONE, "comment": "Done."},
        {"date": "2021-12-01", "corrects": "2021-10-08", "comment": "Not yet."},
        {"date": "2021-12-02", "responsible": "Unit C"},
    )
    said = [state(str(entry["date"]), *entries).last_comment for entry in entries]
    assert said == ["Begun.", "Done.", "Not yet.", "Not yet."]


def test_the_entry_that_set_the_status_which_stands_is_the_first_of_its_run() -> None:
    again = {"date": "2022-04-01", "status": "completed", "by": "Unit C"}
    whole = action(ADDED, DONE, CONFIRMED, REOPENED, AGAIN, again)
    assert status_set_at(whole.history or ()) == 4
    assert status_set_at(action({"date": "2020-11-23"}).history or ()) is None
