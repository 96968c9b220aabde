"""Rules 1 to 3: the log speaks first, the written present where it is silent; due dates and their moves."""

from datetime import date

import pytest
from histories import Keys, action, day, evaluation, state

from mrtrack.model.dates import parse_date
from mrtrack.model.words import EvaluationStatus
from mrtrack.timeline import action_on, exists_on, holds_from, previous_value, standing

ADDED: Keys = {"date": "2020-11-23"}


def test_the_log_goes_before_what_is_written() -> None:
    found = state("2021-01-01", {**ADDED, "status": "initiated", "responsible": "Unit A"}, status="completed")
    assert (found.status, found.responsible) == ("initiated", "Unit A")


def test_where_the_log_is_silent_the_written_value_holds_always() -> None:
    found = state("2020-11-23", ADDED, status="initiated", due="2021-07", responsible="Director")
    assert (found.status, str(found.due), found.responsible) == ("initiated", "2021-07", "Director")


@pytest.mark.parametrize(
    ("as_of", "status"), [("2022-11-03", None), ("2022-11-04", "initiated"), ("2023-01-01", "initiated")]
)
def test_where_the_source_has_a_day_of_retrieval_the_written_value_holds_from_it(
    as_of: str, status: str | None
) -> None:
    whole = evaluation(sources=[{"retrieved": "2023-02-01"}, {"title": "Page"}, {"retrieved": "2022-11-04"}])
    found = action_on(action(ADDED, status="initiated"), whole, day(as_of))
    assert found
    assert found.status == status


def test_a_page_retrieved_in_some_month_holds_from_the_end_of_that_month() -> None:
    assert holds_from(evaluation(sources=[{"retrieved": "2022-11"}])) == day("2022-11-30")
    assert holds_from(evaluation()) == date.min


def test_a_value_first_recorded_later_is_not_stated_before() -> None:
    entries = (ADDED, {"date": "2021-10-08", "status": "completed", "responsible": "Unit A"})
    before = state("2021-10-07", *entries, status="completed", responsible="Unit A")
    assert (before.status, before.responsible, before.completed_on) == (None, None, None)
    assert state("2021-10-08", *entries).status == "completed"


def test_before_the_first_move_the_due_date_is_the_one_it_was_moved_from() -> None:
    entries = (
        ADDED,
        {"date": "2021-03-02", "due": "2021-07", "previous_due": "2021-01", "status": "initiated"},
    )
    before = state("2021-03-01", *entries, due="2021-07", status="initiated")
    assert (str(before.due), before.status) == ("2021-01", None)
    assert str(state("2021-03-02", *entries, due="2021-07").due) == "2021-07"


def test_a_due_date_first_given_later_was_not_there_before() -> None:
    assert state("2021-03-01", ADDED, {"date": "2021-03-02", "due": "2021-07"}, due="2021-07").due is None


def test_a_null_due_date_takes_the_date_away() -> None:
    entries = (
        {**ADDED, "due": "2021-01"},
        {"date": "2021-03-02", "due": None, "comment": "No date any more."},
    )
    assert str(state("2021-03-01", *entries).due) == "2021-01"
    found = state("2021-03-02", *entries)
    assert found.due is None
    assert found.days_overdue(day("2029-01-01")) == 0
    assert str(found.original_due) == "2021-01"
    assert found.postponements == ()


def test_without_a_history_an_action_is_there_as_soon_as_its_evaluation_is() -> None:
    whole, one = evaluation(report_date="2021-09"), action(status="initiated")
    assert action_on(one, whole, day("2021-09-29")) is None
    found = action_on(one, whole, day("2021-09-30"))
    assert found
    assert (found.status, found.added, found.updated) == ("initiated", None, None)


def test_an_action_is_not_there_before_its_first_entry() -> None:
    one = action(ADDED, status="initiated")
    assert action_on(one, evaluation(), day("2020-11-22")) is None
    found = action_on(one, evaluation(), day("2020-11-23"))
    assert found
    assert found.added == day("2020-11-23")


@pytest.mark.parametrize(
    ("entries", "original"),
    [
        ([{**ADDED, "due": "2021-01"}, {"date": "2021-03-02", "due": "2021-07"}], "2021-01"),
        ([ADDED, {"date": "2021-03-02", "due": "2021-07", "previous_due": "2021-01"}], "2021-01"),
        (
            [
                ADDED,
                {"date": "2021-03-02", "due": "2021-07", "previous_due": "2021-01"},
                {"date": "2021-04-02", "due": "2021-09"},
            ],
            "2021-01",
        ),
        ([ADDED, {"date": "2021-03-02", "due": "2021-07"}], None),
        ([ADDED], None),
        (
            [
                {**ADDED, "due": "2012-01"},
                {"date": "2020-11-24", "corrects": "2020-11-23", "due": "2021-01", "comment": "The year."},
                {"date": "2021-03-02", "due": "2021-07"},
            ],
            "2021-01",
        ),
    ],
    ids=["first entry", "previous_due", "first of two moves", "set later", "never in the log", "corrected"],
)
def test_the_original_due_date(entries: list[Keys], original: str | None) -> None:
    found = state("2030-01-01", *entries, due="2021-09").original_due
    assert (str(found) if found else None) == original


@pytest.mark.parametrize(
    ("before", "after", "postponed"),
    [
        ("2021-07", "2021-08", True),
        ("2021-07", "2021-07-31", False),
        ("2021-07-31", "2021-07", False),
        ("2021-07-30", "2021-07", True),
        ("2021", "2021-Q4", False),
        ("2021-Q3", "2021", True),
        ("2021-08", "2021-07", False),
    ],
)
def test_a_postponement_moves_the_last_day(before: str, after: str, postponed: bool) -> None:
    for first in ({**ADDED, "due": before}, ADDED):
        move = {"date": "2021-03-02", "due": after, "comment": "Late."}
        found = state("2021-03-02", first, {**move, "previous_due": before} if first is ADDED else move)
        moves = [(str(move.before), str(move.after)) for move in found.postponements]
        assert moves == ([(before, after)] if postponed else [])
        assert [str(move.entry.date) for move in found.postponements] == ["2021-03-02"] * postponed


def test_each_postponement_counts_and_a_date_brought_forward_does_not() -> None:
    entries = (
        {**ADDED, "due": "2021-01"},
        {"date": "2020-12-01", "due": "2021-06"},
        {"date": "2021-03-01", "due": "2021-04"},
        {"date": "2021-04-01", "due": "2021-05"},
        {"date": "2021-04-02", "status": "initiated"},
    )
    counts = [len(state(str(entry["date"]), *entries).postponements) for entry in entries]
    assert counts == [0, 1, 1, 2, 2]


def test_a_first_date_is_no_postponement() -> None:
    assert state("2021-03-02", ADDED, {"date": "2021-03-02", "due": "2021-07"}).postponements == ()


def test_the_entries_of_the_day_itself_are_read() -> None:
    entries = action({**ADDED, "status": "initiated"}, {**ADDED, "status": "completed"}).history
    assert len(standing(entries, day("2020-11-22"))) == 0
    assert len(standing(entries, day("2020-11-23"))) == 2


def test_an_evaluation_is_there_from_its_first_entry_or_an_earlier_report_or_end_else_always() -> None:
    entry = {"date": "2019-05-01", "status": "planned"}
    dated: Keys = {"report_date": "2021-09-27", "completed": "2020-09"}
    for keys, first in (
        ({"history": [entry], **dated}, "2019-05-01"),
        ({"history": [{"date": "2026-11-22", "comment": "News."}], **dated}, "2021-09-27"),
        (dated, "2021-09-27"),
        ({"completed": "2020-09"}, "2020-09-30"),
    ):
        whole = evaluation(**keys)
        assert exists_on(whole, day(first))
        assert not exists_on(whole, date.fromordinal(day(first).toordinal() - 1))
    assert exists_on(evaluation(), date.min)


@pytest.mark.parametrize(
    ("told", "before"),
    [
        ({"extra": {"previous_status": "initiated"}}, "initiated"),
        ({"extra": {"previous_status": "ongoing"}}, None),
        ({"extra": {"previous_status": 3}}, None),
        ({"extra": {"cost": "3"}}, None),
        ({}, None),
    ],
)
def test_a_value_that_was_only_written_is_told_by_the_first_entry_about_it(
    told: Keys, before: str | None
) -> None:
    entry = {"date": "2021-03-02", "status": "completed", **told}
    assert state("2021-03-01", ADDED, entry).status == before
    assert state("2021-03-02", ADDED, entry).status == "completed"


def test_an_evaluation_has_words_of_its_own_for_what_stood_before() -> None:
    told = {"previous_status": "ongoing", "previous_planned_end": "2021-06", "previous_completed": "2021-07"}
    entry = {"date": "2021-08-01", "status": "completed", "planned_end": "2021-12", "extra": told}
    (first,) = evaluation(history=[entry]).history or ()
    assert previous_value(first, "status") is EvaluationStatus.ONGOING
    assert previous_value(first, "planned_end") == parse_date("2021-06")
    assert previous_value(first, "completed") == parse_date("2021-07")
    assert previous_value(first, "due") is None
