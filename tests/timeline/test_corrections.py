"""Rule 7: the entry that a correction names counts for nothing from then on, and both stay."""

import pytest
from histories import Keys, action, day, state

from mrtrack.timeline import corrected, names, standing

ADDED: Keys = {"date": "2020-11-23", "status": "not-initiated", "due": "2021-01"}
BEGUN: Keys = {"date": "2021-03-02", "status": "initiated"}
WRONG: Keys = {"date": "2021-03-02", "status": "completed"}


def correction(date: str, corrects: str, **keys: str) -> Keys:
    return {"date": date, "corrects": corrects, "comment": "A mistake.", **keys}


def test_a_struck_entry_counted_until_it_was_struck() -> None:
    entries = (ADDED, WRONG, correction("2021-04-01", "2021-03-02"))
    stood = [state(day, *entries).status for day in ("2021-03-01", "2021-03-02", "2021-03-31", "2021-04-01")]
    assert stood == ["not-initiated", "completed", "completed", "not-initiated"]


def test_a_correction_can_say_what_is_right() -> None:
    found = state("2021-04-01", ADDED, WRONG, correction("2021-04-01", "2021-03-02", status="initiated"))
    assert found.status == "initiated"


@pytest.mark.parametrize(
    ("name", "status"),
    [("2021-03-02", "completed"), ("2021-03-02#1", "completed"), ("2021-03-02#2", "initiated")],
)
def test_an_entry_is_named_by_its_day_and_its_place_within_it(name: str, status: str) -> None:
    assert state("2021-04-01", ADDED, BEGUN, WRONG, correction("2021-04-01", name)).status == status


def test_a_correction_on_the_day_of_the_mistake_strikes_the_mistake_and_not_itself() -> None:
    entries = (ADDED, WRONG, correction("2021-03-02", "2021-03-02"))
    assert state("2021-03-02", *entries).status == "not-initiated"
    assert [str(name) for name, _ in names(action(*entries).history or ())] == [
        "2020-11-23",
        "2021-03-02",
        "2021-03-02#2",
    ]


def test_what_a_struck_correction_had_struck_stands_again() -> None:
    entries = (ADDED, WRONG, correction("2021-04-01", "2021-03-02"), correction("2021-04-02", "2021-04-01"))
    assert state("2021-04-01", *entries).status == "not-initiated"
    assert state("2021-04-02", *entries).status == "completed"
    back = correction("2021-04-03", "2021-04-02")
    assert state("2021-04-03", *entries, back).status == "not-initiated"


def test_an_entry_struck_twice_stays_struck_when_one_correction_falls() -> None:
    entries = (
        ADDED,
        WRONG,
        correction("2021-04-01", "2021-03-02"),
        correction("2021-04-02", "2021-03-02"),
        correction("2021-04-03", "2021-04-02"),
    )
    assert state("2021-04-03", *entries).status == "not-initiated"


@pytest.mark.parametrize("name", ["2021-04-01", "2021-05-01", "2019-01-01", "2021-03-02#2"])
def test_a_correction_of_itself_of_a_later_or_of_no_entry_strikes_nothing(name: str) -> None:
    entries = action(ADDED, WRONG, correction("2021-04-01", name), {"date": "2021-05-01"}).history or ()
    assert corrected(entries) == {}
    assert standing(entries) == list(entries)


def test_the_positions_of_struck_entries_come_with_their_corrections() -> None:
    entries = action(ADDED, WRONG, BEGUN, correction("2021-04-01", "2021-03-02#2")).history or ()
    assert corrected(entries) == {2: 3}


def test_a_struck_postponement_is_none() -> None:
    moved = {"date": "2021-03-02", "due": "2021-07", "comment": "Late."}
    entries = (ADDED, moved, correction("2021-04-01", "2021-03-02"))
    assert len(state("2021-03-31", *entries).postponements) == 1
    found = state("2021-04-01", *entries)
    assert (str(found.due), found.postponements) == ("2021-01", ())


def test_a_struck_first_entry_still_tells_since_when_the_action_is_there() -> None:
    added = state(
        "2020-12-24", ADDED, correction("2020-12-24", "2020-11-23", due="2021-02", status="initiated")
    )
    assert (added.added, str(added.original_due), added.status) == (day("2020-11-23"), "2021-02", "initiated")


def test_when_the_log_falls_silent_by_a_correction_the_written_value_holds() -> None:
    entries = ({"date": "2020-11-23"}, WRONG, correction("2021-04-01", "2021-03-02"))
    stood = [
        state(day, *entries, status="initiated").status for day in ("2020-12-01", "2021-03-02", "2021-04-01")
    ]
    assert stood == ["initiated", "completed", "initiated"]
