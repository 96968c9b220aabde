"""Indicators about actions, each counted by hand on a few actions; the numbers stand beside the actions."""

from datetime import date
from fractions import Fraction

import pytest
from counted import Keys, counts, done, entered, evaluation, figure, pending, reasons

from mrtrack.indicators.catalogue import INDICATORS
from mrtrack.indicators.definition import Indicator, Unit
from mrtrack.indicators.figures import in_words, plain_number

COMPLETED = entered({"status": "initiated"}, {"date": "2021-03-01", "status": "completed"})
VOID = entered({}, {"date": "2021-03-01", "status": "no-longer-applicable"})
NOT_STATED = entered()

ALREADY = "completed already in the first entry"
NOT_KNOWN = "the day of completion is not known"
NO_DUE = "no due date"


def test_implementation_counts_completed_of_all_and_of_all_that_still_apply() -> None:
    actions = (COMPLETED, COMPLETED, VOID, NOT_STATED, pending())
    whole = figure("implementation-rate", evaluation(*actions))
    assert (whole.value, counts(whole)) == (Fraction(2, 5), (2, 5, 0, 0))
    applicable = figure("implementation-rate-applicable", evaluation(*actions))
    assert (applicable.value, counts(applicable)) == (Fraction(2, 4), (2, 4, 1, 0))
    assert reasons(applicable) == {"no longer applicable": 1}


def test_an_action_that_serves_other_recommendations_counts_once() -> None:
    serving = evaluation(
        recommendations=[
            {"id": "1", "actions": [{"id": "1.1", "serves": ["2"], **COMPLETED}]},
            {"id": "2", "actions": [{"id": "2.1", **NOT_STATED}]},
        ]
    )
    assert counts(figure("implementation-rate", serving)) == (1, 2, 0, 0)


@pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.id)
def test_where_there_is_nothing_to_count_there_is_no_value(one: Indicator) -> None:
    found = figure(one.id)
    if found.of.unit is Unit.COUNT:
        assert not any((found.value, found.numerator, found.denominator))
        assert found.value is not None
    else:
        assert found.value is None


ON_TIME: dict[str, tuple[Keys, tuple[int, int, int, int]]] = {
    "on the last day of its month": (done("2021-07", "2021-07-31"), (1, 1, 0, 0)),
    "the day after": (done("2021-07", "2021-08-01"), (0, 1, 0, 0)),
    "on the last day of a quarter": (done("2021-Q3", "2021-09-30"), (1, 1, 0, 0)),
    "after a quarter": (done("2021-Q3", "2021-10-01"), (0, 1, 0, 0)),
    "in its year": (done("2021", "2021-12-31"), (1, 1, 0, 0)),
    "entered late, happened in time": (done("2021-07", "2021-10-08", "2021-07-15"), (1, 1, 0, 0)),
    "recorded within the period": (done("2021-07", "2021-07-20", "until 2021-07-20"), (1, 1, 0, 0)),
    "recorded after the period": (done("2021-07", "2021-10-08", "until 2021-10-08"), (0, 1, 0, 1)),
    "in a month that the day divides": (done("2021-07-15", "2021-10-08", "2021-07"), (0, 1, 0, 1)),
    "in a month before the day": (done("2021-07-15", "2021-10-08", "2021-06"), (1, 1, 0, 0)),
    "in a month after the day": (done("2021-07-15", "2021-10-08", "2021-08"), (0, 1, 0, 0)),
    "without a due date": (COMPLETED, (0, 0, 1, 0)),
    "completed in the first entry": (entered({"due": "2021-07", "status": "completed"}), (0, 0, 1, 0)),
    "written as completed, no entry says it": (entered({"due": "2021-07"}, status="completed"), (0, 0, 1, 0)),
    "written as completed, without any entry": ({"status": "completed", "due": "2021-07"}, (0, 0, 1, 0)),
    "still open": (pending("2021-07"), (0, 0, 0, 0)),
    "no longer applicable": (VOID, (0, 0, 0, 0)),
}


@pytest.mark.parametrize("case", ON_TIME)
def test_on_time_is_what_was_certainly_completed_within_the_due_period(case: str) -> None:
    action, expected = ON_TIME[case]
    assert counts(figure("on-time-rate", evaluation(action))) == expected


def test_what_on_time_leaves_out_is_told_by_reason() -> None:
    actions = [ON_TIME[case][0] for case in ON_TIME]
    found = figure("on-time-rate", evaluation(*actions))
    assert counts(found) == (6, 11, 4, 2)
    assert reasons(found) == {NO_DUE: 1, ALREADY: 1, NOT_KNOWN: 2}


def test_a_page_that_was_entered_as_completed_says_nothing_about_time() -> None:
    stamp = {"date": "2016-08-09", "on": "until 2016-08-09", "due": "2014-06", "status": "completed"}
    page = evaluation(*[{"history": [stamp]}] * 5)
    for name in (
        "on-time-rate",
        "on-time-rate-original",
        "days-late-mean",
        "days-late-median",
        "days-to-complete-median",
        "closure-rate",
    ):
        found = figure(name, page)
        assert (found.value, found.denominator, reasons(found)) == (None, 0, {ALREADY: 5}), name
    assert counts(figure("implementation-rate", page)) == (5, 5, 0, 0)


def test_what_was_completed_by_the_day_it_was_added_is_left_out_unless_the_day_is_stated() -> None:
    due = {"date": "2016-08-09", "due": "2014-06"}
    same_day = {"date": "2016-08-09", "status": "completed"}
    until = figure("on-time-rate", evaluation({"history": [due, {**same_day, "on": "until 2016-08-09"}]}))
    assert (counts(until), reasons(until)) == ((0, 0, 1, 0), {ALREADY: 1})
    stated = figure("on-time-rate", evaluation({"history": [due, {**same_day, "on": "2014-05-02"}]}))
    assert counts(stated) == (1, 1, 0, 0)
    assert counts(figure("on-time-rate", evaluation({"history": [due, same_day]}))) == (0, 1, 0, 0)


def test_a_first_entry_that_was_corrected_counts_as_its_correction_says() -> None:
    slip = {"due": "2021-07", "status": "completed"}
    undone = entered(slip, {"date": "2021-02-01", "corrects": "2021-01-10", "due": "2021-07"})
    undone["history"].append({"date": "2021-06-01", "status": "completed"})
    assert counts(figure("on-time-rate", evaluation(undone))) == (1, 1, 0, 0)
    kept = entered(
        slip, {"date": "2021-02-01", "corrects": "2021-01-10", "due": "2021-08", "status": "completed"}
    )
    assert reasons(figure("on-time-rate", evaluation(kept))) == {ALREADY: 1}


def test_a_completion_that_was_corrected_does_not_count_as_one() -> None:
    struck = done("2021-07", "2021-06-01")
    struck["history"].append({"date": "2021-06-03", "corrects": "2021-06-01", "comment": "Mixed up."})
    assert counts(figure("on-time-rate", evaluation(struck))) == (0, 0, 0, 0)
    assert counts(figure("implementation-rate", evaluation(struck))) == (0, 1, 0, 0)


def test_reopened_work_is_on_time_by_its_last_completion() -> None:
    again = done("2021-07", "2021-06-01")
    again["history"] += [
        {"date": "2021-07-05", "status": "initiated"},
        {"date": "2021-09-01", "status": "completed"},
    ]
    assert counts(figure("on-time-rate", evaluation(again))) == (0, 1, 0, 0)


def test_a_moved_date_makes_late_work_on_time_by_the_present_date_only() -> None:
    moved = entered(
        {"due": "2021-03"},
        {"date": "2021-03-20", "due": "2021-07"},
        {"date": "2021-06-01", "status": "completed"},
    )
    assert counts(figure("on-time-rate", evaluation(moved))) == (1, 1, 0, 0)
    assert counts(figure("on-time-rate-original", evaluation(moved))) == (0, 1, 0, 0)


def test_an_original_date_that_is_not_known_is_left_out_and_said() -> None:
    stated = entered({}, {"date": "2021-06-01", "status": "completed"}, due="2021-07")
    assert counts(figure("on-time-rate", evaluation(stated))) == (1, 1, 0, 0)
    found = figure("on-time-rate-original", evaluation(stated, done("2021-07", "2021-08-02")))
    assert (counts(found), reasons(found)) == ((0, 1, 1, 0), {"the original due date is not known": 1})


def test_the_printed_line_says_what_is_uncertain() -> None:
    late = [done("2021-07", day, f"until {day}") for day in ("2021-08-01", "2021-08-10", "2021-09-03")]
    assert figure("on-time-rate", evaluation(*late)).note == (
        "3 uncertain: recorded 1, 10 and 34 days after the due period (median 10, mean 15), "
        "the day of completion not stated"
    )
    assert figure("on-time-rate", evaluation(late[0])).note == (
        "1 uncertain: recorded 1 day after the due period, the day of completion not stated"
    )
    many = figure("on-time-rate", evaluation(*late * 3))
    assert many.note is not None
    assert many.note.startswith("9 uncertain: recorded 1 to 34 days after the due period (median 10,")
    assert many.uncertain == tuple(f"water-2021:1.{number}" for number in range(1, 10))


def test_what_is_not_quite_all_or_nothing_does_not_read_so() -> None:
    actions = [COMPLETED] * 2_499 + [NOT_STATED]
    assert in_words(figure("implementation-rate", evaluation(*actions))) == "99.9 %"
    assert in_words(figure("implementation-rate", evaluation(*[COMPLETED, *[NOT_STATED] * 2_499]))) == "0.1 %"
    assert in_words(figure("implementation-rate", evaluation(COMPLETED))) == "100.0 %"
    assert in_words(figure("implementation-rate", evaluation(NOT_STATED))) == "0.0 %"


def test_days_late_are_those_of_what_was_completed_after_the_due_period() -> None:
    actions = (
        done("2021-07", "2021-07-31"),  # on time
        done("2021-07", "2021-08-03"),  # 3 days
        done("2021-Q3", "2021-10-30"),  # 30 days
        done("2021-07", "2021-08-10", "until 2021-08-10"),  # at most 10 days
        done("2021-07-15", "2021-09-01", "2021-08"),  # 17 to 47 days
        COMPLETED,  # no due date
        pending("2021-07"),
    )
    mean = figure("days-late-mean", evaluation(*actions))
    assert (mean.value, counts(mean)) == (Fraction(3 + 30 + 10 + 47, 4), (90, 4, 1, 2))
    middle = figure("days-late-median", evaluation(*actions))
    assert (middle.value, counts(middle)) == (Fraction(10 + 30, 2), (None, 4, 1, 2))
    assert reasons(mean) == {NO_DUE: 1}


def test_the_time_to_complete_runs_from_the_first_entry() -> None:
    def finished(day: str, on: str | None = None) -> Keys:
        return entered({}, {"date": day, "status": "completed", **({"on": on} if on else {})})

    actions = (
        finished("2021-01-20"),  # 10 days
        finished("2021-02-10", "2021-01-15"),  # 5 days
        finished("2021-03-01", "until 2021-02-09"),  # at most 30 days
        finished("2021-03-01", "2021-01"),  # at most 21 days
        finished("2021-03-01", "2020-12-01"),  # before its first entry
        pending(),
    )
    found = figure("days-to-complete-median", evaluation(*actions))
    assert (found.value, counts(found)) == (Fraction(10 + 21, 2), (None, 4, 1, 2))
    assert reasons(found) == {"completed before the first entry": 1}


def test_postponements_are_moves_to_a_later_day() -> None:
    actions = (
        entered(
            {"due": "2021-03"},
            {"date": "2021-02-01", "due": "2021-04"},
            {"date": "2021-03-01", "due": "2021-05"},
        ),
        entered({"due": "2021-03"}, {"date": "2021-02-01", "due": "2021-02"}),  # to an earlier day
        entered({}, {"date": "2021-02-01", "due": "2021-04", "previous_due": "2021-03"}),
        entered({"due": "2021-03"}, {"date": "2021-02-01", "due": "2021-03-31"}),  # to the same last day
        pending(),
    )
    found = figure("postponements", evaluation(*actions))
    assert (found.value, counts(found)) == (Fraction(3), (3, 5, 0, 0))


LATE = {
    "2021-12-31": 1,
    "2021-12-02": 30,
    "2021-12-01": 31,
    "2021-10-03": 90,
    "2021-10-02": 91,
    "2021-07-05": 180,
}
VERY_LATE = {"2021-07-04": 181, "2020": 366}


def test_overdue_and_long_overdue_of_all_and_of_the_open() -> None:
    actions = [pending(due) for due in (*LATE, *VERY_LATE)]
    actions += [pending("2022-01-01"), pending(), COMPLETED, VOID]
    rates = {
        name: counts(figure(name, evaluation(*actions)))
        for name in ("overdue-rate", "overdue-rate-open", "long-overdue-rate", "long-overdue-rate-open")
    }
    assert rates == {
        "overdue-rate": (8, 12, 0, 0),
        "overdue-rate-open": (8, 10, 0, 0),
        "long-overdue-rate": (2, 12, 0, 0),
        "long-overdue-rate-open": (2, 10, 0, 0),
    }


def test_the_bands_of_ageing_begin_and_end_where_they_say() -> None:
    actions = [pending(due) for due in (*LATE, *VERY_LATE)] + [pending("2022-01"), COMPLETED]
    bands = [figure(f"ageing-{band}", evaluation(*actions)) for band in ("30", "90", "180", "more")]
    assert [band.value for band in bands] == [2, 2, 2, 2]
    assert {band.denominator for band in bands} == {8}


CLOSURE: dict[str, tuple[Keys, tuple[int, int, int, int]]] = {
    "late, but within the year": (done("2021-03", "2021-12-31"), (1, 1, 0, 0)),
    "the day after the year": (done("2020-11", "2021-01-11"), (0, 1, 0, 0)),
    "in the year before": (done("2021-12", "2021-02-01", "2020-12"), (1, 1, 0, 0)),
    "recorded within the year": (done("2021-03", "2021-10-08", "until 2021-10-08"), (1, 1, 0, 0)),
    "recorded after the year": (done("2020-11", "2021-02-08", "until 2021-02-08"), (0, 1, 0, 1)),
    "open": (pending("2021-Q4"), (0, 1, 0, 0)),
    "due in a year that is not over": (done("2022-03", "2021-10-08"), (0, 0, 1, 0)),
    "without a due date": (pending(), (0, 0, 1, 0)),
    "no longer applicable within the year": (
        entered({"due": "2021-06"}, {"date": "2021-08-01", "status": "no-longer-applicable"}),
        (1, 1, 0, 0),
    ),
    "no longer applicable after the year": (
        entered(
            {"due": "2020-06"}, {"date": "2021-08-01", "on": "2021-07", "status": "no-longer-applicable"}
        ),
        (0, 1, 0, 0),
    ),
    "no longer applicable before it was entered, within the year": (
        entered(
            {"due": "2020-06"}, {"date": "2021-08-01", "on": "2020-11", "status": "no-longer-applicable"}
        ),
        (1, 1, 0, 0),
    ),
    "no longer applicable by a day after the year": (
        entered(
            {"due": "2020-06"},
            {"date": "2021-08-01", "on": "until 2021-03", "status": "no-longer-applicable"},
        ),
        (0, 1, 0, 1),
    ),
    "no longer applicable in the first entry": (
        entered({"due": "2020-06", "status": "no-longer-applicable"}),
        (0, 0, 1, 0),
    ),
    "no longer applicable since an unknown day": (
        entered({"due": "2020-06"}, status="no-longer-applicable"),
        (0, 0, 1, 0),
    ),
}


@pytest.mark.parametrize("case", CLOSURE)
def test_the_closure_rate_is_about_the_year_in_which_an_action_was_due(case: str) -> None:
    action, expected = CLOSURE[case]
    assert counts(figure("closure-rate", evaluation(action))) == expected


def test_a_year_is_over_on_its_last_day() -> None:
    open_one = evaluation(pending("2021-06"))
    assert counts(figure("closure-rate", open_one, as_of=date(2021, 12, 30))) == (0, 0, 1, 0)
    assert counts(figure("closure-rate", open_one, as_of=date(2021, 12, 31))) == (0, 1, 0, 0)


def test_evidence_is_a_document_since_the_last_reopening() -> None:
    minutes = [{"title": "Minutes"}]
    proven = entered({}, {"date": "2021-03-01", "status": "completed", "documents": minutes})
    reopened = entered(
        {},
        {"date": "2021-03-01", "status": "completed", "documents": minutes},
        {"date": "2021-04-01", "status": "initiated"},
        {"date": "2021-05-01", "status": "completed"},
    )
    open_one = entered({"documents": minutes, "status": "initiated"})
    found = figure("evidence-rate", evaluation(proven, reopened, COMPLETED, open_one))
    assert (found.value, counts(found)) == (Fraction(1, 3), (1, 3, 0, 0))


def test_confirmed_is_what_the_verdict_on_the_present_completion_says() -> None:
    def judged(*later: Keys) -> Keys:
        return entered({}, {"date": "2021-03-01", "status": "completed"}, *later)

    confirmed = {"date": "2021-04-01", "verdict": "confirmed"}
    actions = (
        judged(confirmed),
        judged(confirmed, {"date": "2021-05-01", "verdict": "not-confirmed"}),
        judged(
            confirmed,
            {"date": "2021-05-01", "status": "initiated"},
            {"date": "2021-06-01", "status": "completed"},
        ),
        judged(),
    )
    assert counts(figure("confirmed-rate", evaluation(*actions))) == (1, 4, 0, 0)


def test_a_count_is_whole_and_days_only_where_they_have_no_part_of_a_day() -> None:
    assert plain_number(Fraction(155, 2), Unit.DAYS) == 77.5
    assert repr(plain_number(Fraction(77), Unit.DAYS)) == repr(plain_number(Fraction(77), Unit.COUNT)) == "77"
    assert repr(plain_number(Fraction(1), Unit.RATIO)) == "1.0"
    assert plain_number(None, Unit.RATIO) is None


def test_how_late_is_uncertain_is_told_in_days() -> None:
    recorded = [done("2021-07", "2021-08-31", "until 2021-08-31"), done("2021-07", "2021-08-03")]
    assert figure("days-late-median", evaluation(*recorded)).note == (
        "1 uncertain: recorded 31 days after the due period, the day of completion not stated"
    )
