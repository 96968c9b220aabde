"""Overdue, long overdue, due soon and stale: the words of DESIGN section 1, to the day."""

import pytest
from histories import day, state

from mrtrack.timeline import ActionState

ADDED = "2020-01-01"


def due(text: str, status: str | None = None) -> ActionState:
    entry = {"date": ADDED, "due": text}
    return state("2030-01-01", entry if status is None else {**entry, "status": status})


@pytest.mark.parametrize(
    ("text", "last_day", "next_day"),
    [
        ("2021-07-31", "2021-07-31", "2021-08-01"),
        ("2021-07", "2021-07-31", "2021-08-01"),
        ("2021-02", "2021-02-28", "2021-03-01"),
        ("2020-02", "2020-02-29", "2020-03-01"),
        ("2021-Q3", "2021-09-30", "2021-10-01"),
        ("2021", "2021-12-31", "2022-01-01"),
    ],
)
def test_a_period_is_overdue_from_the_day_after_its_last_day(text: str, last_day: str, next_day: str) -> None:
    assert due(text).days_overdue(day(last_day)) == 0
    assert due(text).days_overdue(day(next_day)) == 1


@pytest.mark.parametrize("status", [None, "not-initiated", "initiated"])
def test_an_open_action_can_be_overdue_soon_due_and_stale(status: str | None) -> None:
    found = due("2021-07-31", status)
    assert found.open
    assert found.days_overdue(day("2021-08-10")) == 10
    assert found.due_within(day("2021-07-31"), 30)
    assert found.stale(day("2021-07-31"), 180)


@pytest.mark.parametrize("status", ["completed", "no-longer-applicable"])
def test_a_closed_action_is_never_late_nor_soon_due_nor_stale(status: str) -> None:
    found = due("2021-07-31", status)
    assert not found.open
    assert found.days_overdue(day("2029-01-01")) == 0
    assert not found.due_within(day("2021-07-31"), 30)
    assert not found.stale(day("2029-01-01"), 180)


def test_an_action_without_a_due_date_is_neither_late_nor_soon_due() -> None:
    found = state("2021-01-01", {"date": ADDED, "status": "initiated"}, timeline="ongoing, as requested")
    assert found.days_overdue(day("2029-01-01")) == 0
    assert not found.due_within(day("2021-01-01"), 30)


@pytest.mark.parametrize(
    ("as_of", "soon"),
    [("2021-06-30", False), ("2021-07-01", True), ("2021-07-31", True), ("2021-08-01", False)],
)
def test_due_soon_is_from_thirty_days_before_the_last_day_to_that_day(as_of: str, soon: bool) -> None:
    assert due("2021-07").due_within(day(as_of), 30) is soon


@pytest.mark.parametrize(("as_of", "stale"), [("2020-06-28", False), ("2020-06-29", True)])
def test_stale_is_an_open_action_without_an_entry_for_180_days(as_of: str, stale: bool) -> None:
    assert due("2021-07").stale(day(as_of), 180) is stale


def test_an_open_action_of_which_nothing_was_ever_recorded_is_stale() -> None:
    assert state("2021-01-01", due="2021-07").stale(day("2021-01-01"), 180)


def test_an_entry_that_is_struck_was_still_recorded_and_ends_the_silence() -> None:
    found = state(
        "2021-01-01",
        {"date": ADDED, "status": "initiated"},
        {"date": "2020-12-01", "status": "completed"},
        {"date": "2020-12-02", "corrects": "2020-12-01", "comment": "Another action was meant."},
    )
    assert found.updated == day("2020-12-02")
    assert found.open
    assert not found.stale(day("2021-01-01"), 180)
