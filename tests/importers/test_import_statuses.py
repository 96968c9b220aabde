import pytest

from mrtrack.importers.vocabulary.statuses import (
    TAIL,
    evaluation_status_word,
    flag_word,
    rating_word,
    status_word,
)
from mrtrack.model.words import EvaluationStatus, Rating, Status

STATUSES = {
    "Completed": Status.COMPLETED,
    "Fully implemented.": Status.COMPLETED,
    "Closed - implemented": Status.COMPLETED,
    "Done": Status.COMPLETED,
    "Réalisée": Status.COMPLETED,
    "Terminé": Status.COMPLETED,
    "Completada": Status.COMPLETED,
    "Initiated": Status.INITIATED,
    "Overdue-Initiated": Status.INITIATED,
    "In progress": Status.INITIATED,
    "On-going": Status.INITIATED,
    "En cours": Status.INITIATED,
    "En curso": Status.INITIATED,
    "Not Initiated": Status.NOT_INITIATED,
    "Overdue-Not Initiated": Status.NOT_INITIATED,
    "Overdue – not initiated": Status.NOT_INITIATED,
    "Not started": Status.NOT_INITIATED,
    "No iniciada": Status.NOT_INITIATED,
    "No Longer Applicable": Status.NO_LONGER_APPLICABLE,
    "Cancelled": Status.NO_LONGER_APPLICABLE,
    "Annulée": Status.NO_LONGER_APPLICABLE,
}


@pytest.mark.parametrize(("printed", "status"), STATUSES.items())
def test_a_cell_that_names_a_status_is_understood(printed: str, status: Status) -> None:
    assert status_word(printed) == status


@pytest.mark.parametrize(
    "printed", ["Overdue", "Open", "Closed", "Pending", "", "Completed in May", "x" * 999]
)
def test_a_word_that_does_not_say_how_far_an_action_is_is_no_status(printed: str) -> None:
    assert status_word(printed) is None


def test_an_organisation_s_own_words_go_before_the_usual_ones() -> None:
    aliases = {"Closed": Status.COMPLETED, "done": Status.INITIATED}
    assert status_word("closed", aliases) == Status.COMPLETED
    assert status_word("Done", aliases) == Status.INITIATED
    assert status_word("Completed", aliases) == Status.COMPLETED


@pytest.mark.parametrize(
    ("row", "due", "status"),
    [
        ("Water unit 2019/10 Completed Two wells", "2019/10", "Completed"),
        ("Water unit 2019-10-31 Initiated", "2019-10-31", "Initiated"),
        ("Water unit 10/2019 No Longer Applicable it rained", "10/2019", "No Longer Applicable"),
        ("Water unit 2020/01 Overdue-Not Initiated", "2020/01", "Overdue-Not Initiated"),
        ("2020/01\u00a0Overdue - Initiated", "2020/01", "Overdue - Initiated"),
        ("Unit No due date No deadline established Later", "No due date", "No deadline established"),
        ("Dig by 2020/01 with care, unit 2020/02 Not Initiated", "2020/02", "Not Initiated"),
    ],
)
def test_date_and_status_are_found_in_a_flattened_row(row: str, due: str, status: str) -> None:
    tail = TAIL.search(row)
    assert tail
    assert (tail["due"], tail["status"]) == (due, status)


@pytest.mark.parametrize(
    "row",
    [
        "2020/01 completed",
        "2020/01 Completedly",
        "a2020/01 Completed",
        "2020/01, Completed",
        "in 2020 Completed",
    ],
)
def test_prose_with_a_date_and_a_status_word_is_no_end_of_a_row(row: str) -> None:
    assert not TAIL.search(row)


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("Completed", EvaluationStatus.COMPLETED),
        ("Planned", EvaluationStatus.PLANNED),
        ("On-going", EvaluationStatus.ONGOING),
        ("Canceled", EvaluationStatus.CANCELLED),
        ("Overdue", None),
        ("", None),
    ],
)
def test_the_status_of_an_evaluation_is_understood(printed: str, status: EvaluationStatus | None) -> None:
    assert evaluation_status_word(printed) == status


@pytest.mark.parametrize(
    ("printed", "rating"),
    [
        ("Satisfactory", Rating.SATISFACTORY),
        ("Highly Satisfactory", Rating.HIGHLY_SATISFACTORY),
        ("5 - Satisfactory", Rating.SATISFACTORY),
        ("Moderately Unsatisfactory (MU)", Rating.MODERATELY_UNSATISFACTORY),
        ("Unsatisfactory (2)", Rating.UNSATISFACTORY),
        ("HU", Rating.HIGHLY_UNSATISFACTORY),
        ("Good", None),
        ("5", None),
    ],
)
def test_a_rating_is_understood(printed: str, rating: Rating | None) -> None:
    assert rating_word(printed) == rating


@pytest.mark.parametrize(
    ("printed", "flag"),
    [("Yes", True), ("Oui", True), ("Sí", True), ("No", False), ("NON", False), ("N/A", None), ("", None)],
)
def test_yes_and_no_are_understood(printed: str, flag: bool | None) -> None:
    assert flag_word(printed) is flag
