"""UNDP's evaluation management score: its published examples, its edges, and what lacks data."""

from datetime import date
from fractions import Fraction

import pytest
from counted import counts, evaluation, figure, pending, reasons

from mrtrack.indicators.figures import decimal, in_words
from mrtrack.model.record import Evaluation

LONG_AGO = "2021-01"


def report(name: str, completed: str = LONG_AGO, **keys: object) -> Evaluation:
    return evaluation(name=name, status="completed", completed=completed, **keys)


def rated(name: str, rating: str) -> Evaluation:
    return report(
        name, planned_end="2021", management_response={"submitted": "2021-02"}, quality={"rating": rating}
    )


def test_the_published_example_of_part_1() -> None:
    planned = [
        evaluation(name=f"e-{number}", status="ongoing", planned_end="2021-12" if number < 63 else "2022-06")
        for number in range(2_176)
    ]
    found = figure("undp-planning", *planned)
    assert counts(found) == (2_176 - 63, 2_176, 0, 0)
    assert in_words(found) == "97.1 %"


def test_the_published_example_of_part_2a() -> None:
    answered = {"management_response": {"submitted": "2021-12-30"}}
    reports = [
        report(f"e-{number}", "2021-12" if number < 122 else LONG_AGO, **({} if number < 211 else answered))
        for number in range(1_924)
    ]
    found = figure("undp-responses", *reports)
    assert counts(found) == (1_802 - 89, 1_802, 122, 0)
    assert found.value
    assert decimal(found.value * 100, 2) == "95.06"
    assert reasons(found) == {"the response is not due yet": 122}


def test_planning_leaves_out_what_has_no_planned_end_and_what_is_cancelled() -> None:
    found = figure(
        "undp-planning",
        evaluation(name="a", status="cancelled", planned_end="2020"),
        evaluation(name="b", status="planned"),
        evaluation(name="c", status="completed", planned_end="2020"),
        evaluation(name="d", status="planned", planned_end="2021"),
    )
    assert (counts(found), reasons(found)) == ((1, 2, 2, 0), {"cancelled": 1, "no planned end": 1})


@pytest.mark.parametrize(
    ("completed", "expected"),
    [("2021-11-20", (0, 0, 1, 0)), ("2021-11-19", (0, 1, 0, 0))],
    ids=["six weeks ago", "a day longer ago"],
)
def test_a_response_is_late_after_six_weeks(completed: str, expected: tuple[int, ...]) -> None:
    assert counts(figure("undp-responses", report("a", completed))) == expected


def test_a_late_response_counts_as_soon_as_it_is_there() -> None:
    late = report("a", "2021-01", management_response={"submitted": "2021-10-01"})
    assert counts(figure("undp-responses", late, as_of=date(2021, 9, 30))) == (0, 1, 0, 0)
    assert counts(figure("undp-responses", late, as_of=date(2021, 10, 1))) == (1, 1, 0, 0)


def test_responses_are_asked_of_reports_only() -> None:
    found = figure(
        "undp-responses",
        evaluation(name="a", status="ongoing"),
        evaluation(name="b", report_date="2021-03"),
        evaluation(name="c", status="completed"),
        evaluation(name="e", completed="2022-06", history=[{"date": "2021-05-01", "planned_end": "2022"}]),
        report("d", management_response={"required": False}),
    )
    assert (counts(found), reasons(found)) == (
        (0, 1, 2, 0),
        {"the day of completion is not known": 1, "no response required": 1},
    )


def test_part_2b_is_the_mean_of_not_overdue_and_not_long_overdue() -> None:
    finished = {"history": [{"date": "2021-01-10", "status": "completed"}]}
    whole = evaluation(pending("2020"), pending("2021-12"), pending("2022-12"), finished)
    assert figure("undp-actions", whole).value == (Fraction(2, 4) + Fraction(3, 4)) / 2
    assert figure("undp-actions-open", whole).value == (Fraction(1, 3) + Fraction(2, 3)) / 2


def test_quality_is_the_mean_of_the_points_of_those_rated_by_the_day() -> None:
    levels = ["highly-satisfactory", "satisfactory", "moderately-satisfactory"]
    levels += [f"{level}unsatisfactory" for level in ("moderately-", "", "highly-")]
    every = [rated(f"e-{number}", level) for number, level in enumerate(levels)]
    assert [figure("undp-quality", one).numerator for one in every] == [100, 90, 80, 70, 60, 50]
    later = report("later", quality={"rating": "satisfactory", "date": "2022-01"})
    open_one = evaluation(name="open", status="ongoing")
    found = figure("undp-quality", *every, later, report("unrated"), open_one)
    assert (found.value, counts(found)) == (Fraction(75, 100), (450, 600, 2, 0))
    assert reasons(found) == {"no quality rating": 2}


@pytest.mark.parametrize(
    ("rating", "late", "score", "colour"),
    [
        ("highly-satisfactory", 0, Fraction(1), "green"),
        ("highly-unsatisfactory", 0, Fraction(8, 10), "yellow"),
        ("highly-unsatisfactory", 1, Fraction(65, 100), "red"),
    ],
)
def test_the_score_weighs_the_parts_and_says_its_colour(
    rating: str, late: int, score: Fraction, colour: str
) -> None:
    one = rated("a", rating)
    actions = evaluation(pending("2020" if late else "2022-12"), name="b", status="ongoing")
    if late:
        assert figure("undp-follow-up", one, actions).value == Fraction(1, 2)
    planned = evaluation(name="c", status="ongoing", planned_end="2022")
    found = figure("undp-score", one, actions, planned)
    follow_up = figure("undp-follow-up", one, actions, planned).value
    quality = figure("undp-quality", one).value
    assert follow_up is not None
    assert quality is not None
    assert found.value == score == Fraction(3, 10) + follow_up * Fraction(3, 10) + quality * Fraction(4, 10)
    assert found.note
    assert found.note.startswith(colour)


def test_a_score_of_exactly_90_percent_is_green() -> None:
    actions = [*[pending("2020")] * 2, *[pending("2022")] * 3]
    found = figure("undp-score", rated("a", "satisfactory"), evaluation(*actions, name="b", status="ongoing"))
    assert found.value == Fraction(3, 10) + Fraction(8, 10) * Fraction(3, 10) + Fraction(9, 10) * Fraction(
        4, 10
    )
    assert (in_words(found), found.note) == ("90.0 %", "green: 90 % or more")


def test_a_part_without_data_is_named_and_nothing_is_filled_in() -> None:
    found = figure(
        "undp-score", report("a", planned_end="2021", management_response={"submitted": "2021-02"})
    )
    assert found.value is None
    assert found.note == "no data for UNDP part 2: responses and actions; no data for UNDP part 3: quality"
    assert figure("undp-follow-up").note == (
        "no data for UNDP part 2A: responses; no data for UNDP part 2B: actions"
    )
