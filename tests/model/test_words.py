"""The closed words of a record."""

from mrtrack.model.words import CLOSED, Decision, EvaluationStatus, Rating, Status, Verdict, is_open


def test_the_closed_words_are_those_of_the_design() -> None:
    assert list(Status) == ["not-initiated", "initiated", "completed", "no-longer-applicable"]
    assert list(Decision) == ["accepted", "partially-accepted", "rejected"]
    assert list(EvaluationStatus) == ["planned", "ongoing", "completed", "cancelled"]
    assert list(Verdict) == ["confirmed", "not-confirmed"]
    best, *between, worst = Rating
    assert (best, len(between), worst) == ("highly-satisfactory", 4, "highly-unsatisfactory")


def test_an_action_whose_status_is_not_stated_is_open() -> None:
    assert is_open(None)
    assert [status for status in Status if is_open(status)] == ["not-initiated", "initiated"]
    assert {status for status in Status if not is_open(status)} == CLOSED
