"""`mrtrack update --corrects`: after a correction the written present is what the rest of the log says."""

from pathlib import Path

import pytest

from conftest import Answer, Run
from waterworks import begin, item, last, whole

WRONG = ("--comment", "Another action was meant.")


@pytest.fixture
def water(folder: Path) -> Path:
    return begin(folder)


@pytest.fixture
def update(mrtrack: Run) -> Run:
    def run(*arguments: str) -> Answer:
        told = mrtrack("update", *arguments)
        assert (told.code, told.err) == (0, "")
        checked = mrtrack("check")
        assert checked.code == 0, checked.out
        return told

    return run


def present(water: Path, action: str) -> tuple[object, ...]:
    written = item(water, action)
    return tuple(written.get(key) for key in ("status", "due", "responsible"))


def test_the_status_before_stands_again(water: Path, update: Run) -> None:
    update("water-2021:1.4", "--corrects", "2021-05-04", *WRONG)
    assert present(water, "1.4") == ("initiated", None, None)
    assert last(water, "1.4") == {
        "date": "2026-11-22",
        "by": "A. Officer",
        "comment": "Another action was meant.",
        "corrects": "2021-05-04",
    }


def test_the_right_values_come_with_the_correction(water: Path, update: Run) -> None:
    update("water-2021:1.1", "--corrects", "2021-01-10", "--lead", "Chief", *WRONG)
    assert present(water, "1.1") == ("initiated", "2021-07", "Chief")
    update("water-2021:1.1", "--corrects", "2021-03-02", "--due", "2021-05", "not-init", *WRONG)
    assert present(water, "1.1") == ("not-initiated", "2021-05", "Chief")


def test_an_entry_below_goes_on_counting(water: Path, update: Run) -> None:
    update("water-2021:1.1", "completed", "--by", "Director")
    update("water-2021:1.1", "--corrects", "2021-03-02", *WRONG)
    assert present(water, "1.1") == ("completed", "2021-03", "Director")


def test_a_correction_that_was_wrong_is_corrected_in_turn(water: Path, update: Run) -> None:
    update("water-2021:1.4", "--corrects", "2021-05-04", "--due", "2022", *WRONG)
    assert present(water, "1.4") == ("initiated", "2022", None)
    update("water-2021:1.4", "--corrects", "2026-11-22", "--comment", "It was this action after all.")
    assert present(water, "1.4") == ("completed", None, None)
    assert len(item(water, "1.4")["history"]) == 4


def test_one_of_several_entries_of_a_day_is_named_by_its_number(water: Path, update: Run) -> None:
    for due in ("2027", "2028", "2029"):
        update("water-2021:1.1", "--due", due, "--comment", "Again.")
    update("water-2021:1.1", "--corrects", "2026-11-22#3", *WRONG)
    assert present(water, "1.1")[1] == "2028"
    update("water-2021:1.1", "--corrects", "2026-11-22", *WRONG)
    assert present(water, "1.1")[1] == "2028"
    assert last(water, "1.1")["corrects"] == "2026-11-22"


def test_a_date_that_no_entry_named_comes_back(water: Path, update: Run) -> None:
    update("water-2021:1.2", "--due", "2027", "--comment", "Late.")
    update("water-2021:1.2", "--corrects", "2026-11-22", *WRONG)
    assert present(water, "1.2") == ("not-initiated", "2022-Q1", "Field office")
    update("water-2021:1.2", "--due", "2028", "--comment", "Later.")
    assert last(water, "1.2")["previous_due"] == "2022-Q1"


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_a_date_that_no_entry_named_comes_back_in_whatever_order_the_moves_are_corrected(
    water: Path, update: Run, order: tuple[int, int]
) -> None:
    update("water-2021:1.2", "--due", "2027", "--comment", "Late.")
    update("water-2021:1.2", "--due", "2028", "--comment", "Later.")
    for nth in order:
        update("water-2021:1.2", "--corrects", f"2026-11-22#{nth}" if nth > 1 else "2026-11-22", *WRONG)
    assert present(water, "1.2")[1] == "2022-Q1"


def test_a_first_date_given_by_mistake_goes_again(water: Path, update: Run) -> None:
    update("water-2021:1.3", "--due", "2027")
    update("water-2021:1.3", "--corrects", "2026-11-22", *WRONG)
    assert present(water, "1.3") == (None, None, None)


def test_a_date_taken_away_by_mistake_stands_again(water: Path, update: Run) -> None:
    update("water-2021:1.1", "--due", "none", "--comment", "No date is known.")
    update("water-2021:1.1", "--corrects", "2026-11-22", *WRONG)
    assert present(water, "1.1")[1] == "2021-07"


def test_a_status_stated_by_mistake_where_none_was_stated_is_not_stated_again(
    water: Path, update: Run
) -> None:
    update("water-2021:1.3", "completed")
    update("water-2021:1.3", "--corrects", "2026-11-22", *WRONG)
    assert present(water, "1.3") == (None, None, None)


def test_a_comment_that_was_wrong_changes_no_value(water: Path, update: Run) -> None:
    before = present(water, "1.2")
    update("water-2021:1.2", "--comment", "All planners were trained.")
    update("water-2021:1.2", "--corrects", "2026-11-22", *WRONG)
    assert present(water, "1.2") == before


def test_the_verdict_on_a_struck_completion_does_not_stand_in_the_way(water: Path, update: Run) -> None:
    update("water-2021:1.4", "--verdict", "confirmed", "--by", "Evaluation office")
    update("water-2021:1.4", "--corrects", "2021-05-04", *WRONG)
    assert present(water, "1.4")[0] == "initiated"


def test_an_evaluation_completed_by_mistake_is_ongoing_without_an_end(water: Path, update: Run) -> None:
    update("water-2021", "completed", "--on", "2026-10")
    assert whole(water)["completed"] == "2026-10"
    update("water-2021", "--corrects", "2026-11-22", *WRONG)
    assert (whole(water)["status"], whole(water).get("completed")) == ("ongoing", None)


def test_a_postponement_by_mistake_gives_the_planned_end_back(water: Path, update: Run) -> None:
    update("water-2021", "--planned-end", "2022", "--comment", "Late.")
    update("water-2021", "--corrects", "2026-11-22", *WRONG)
    assert whole(water)["planned_end"] == "2021-12"
