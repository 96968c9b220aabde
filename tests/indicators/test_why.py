"""Why a figure changed, worked by hand on a few actions."""

from datetime import date, timedelta

import pytest
from counted import Keys, chosen, done, entered, evaluation, pending

from mrtrack.indicators.catalogue import BY_ID, INDICATORS
from mrtrack.indicators.changing import Asked, Why, cannot_explain, told, why
from mrtrack.model.record import Evaluation

FROM, TO = date(2021, 6, 30), date(2021, 12, 31)
MINUS = "\N{MINUS SIGN}"


def between(name: str, *evaluations: Evaluation, first: date = FROM, last: date = TO) -> Why:
    then, now = chosen(evaluations, first), chosen(evaluations, last)
    return why(BY_ID[name], Asked(then, then.actions), Asked(now, now.actions), 180)


def parts(found: Why) -> dict[str, tuple[int, int, list[str]]]:
    return {
        part.cause.words: (
            part.numerator,
            part.denominator,
            [ref.removeprefix("water-2021:") for ref in part.refs],
        )
        for part in found.parts
    }


def moved(due: str, to: str, day: str = "2021-08-01") -> Keys:
    """An open action whose due date was moved on a day."""
    return entered({"due": due, "status": "initiated"}, {"date": day, "due": to, "comment": "Later."})


# 13 actions. On 30 June 1.1 and 1.2 are overdue. Until 31 December 1.3, 1.4 and 1.5 become due, but 1.5 is moved;
# of the two overdue before, 1.1 is completed and 1.2 is moved. Two are overdue in the end, four without the moves.
PORTFOLIO = evaluation(
    done("2021-03", "2021-07-15"),
    moved("2021-03", "2022-03"),
    pending("2021-09"),
    pending("2021-10"),
    moved("2021-11", "2022-05"),
    *[pending("2023")] * 8,
)


def test_what_became_due_was_completed_and_was_moved_explains_the_overdue_rate() -> None:
    found = between("overdue-rate", PORTFOLIO)
    assert parts(found) == {
        "became due": (3, 0, ["1.3", "1.4", "1.5"]),
        "completed": (-1, 0, ["1.1"]),
        "moved": (-2, 0, ["1.2", "1.5"]),
    }
    assert [(one.numerator, one.denominator) for one in (found.before, found.after, found.unmoved)] == [
        (2, 13),
        (2, 13),
        (4, 13),
    ]
    assert told(found) == (f"+3 became due, {MINUS}1 completed, {MINUS}2 moved: without the moves 30.8 %")


def test_what_a_date_brought_forward_does_is_told_apart_from_a_postponement() -> None:
    found = between("overdue-rate", evaluation(moved("2022-03", "2021-09"), pending("2023")))
    assert parts(found) == {"brought forward": (1, 0, ["1.1"])}
    assert (found.after.numerator, found.unmoved.numerator) == (1, 0)


def test_a_new_action_is_added_as_it_was_and_moved_after() -> None:
    late = {
        "history": [
            {"date": "2021-07-10", "due": "2021-08"},
            {"date": "2021-09-02", "due": "2022-08", "comment": "Later."},
        ]
    }
    found = between("overdue-rate", evaluation(pending("2023"), late))
    assert parts(found) == {"added": (1, 1, ["1.2"]), "moved": (-1, 0, ["1.2"])}


@pytest.mark.parametrize(
    ("last", "cause"),
    [
        ({"status": "no-longer-applicable"}, "no longer applicable"),
        ({"due": None}, "lost their due date"),
    ],
)
def test_other_ways_out_of_being_overdue_are_called_by_their_names(last: Keys, cause: str) -> None:
    action = entered({"due": "2021-03"}, {"date": "2021-08-01", **last})
    assert parts(between("overdue-rate", evaluation(action))) == {cause: (-1, 0, ["1.1"])}


def test_reopened_work_comes_back() -> None:
    again = done("2021-03", "2021-03-01")
    again["history"].append({"date": "2021-08-01", "status": "initiated"})
    assert parts(between("overdue-rate", evaluation(again))) == {"re-opened": (1, 0, ["1.1"])}
    assert parts(between("implementation-rate", evaluation(again))) == {"re-opened": (-1, 0, ["1.1"])}


def test_moving_its_date_makes_late_work_on_time_and_that_is_said() -> None:
    action = entered(
        {"due": "2021-03"},
        {"date": "2021-07-20", "due": "2021-12", "comment": "Later."},
        {"date": "2021-10-01", "status": "completed"},
    )
    found = between("on-time-rate", evaluation(action))
    assert parts(found) == {"completed": (0, 1, ["1.1"]), "moved": (1, 0, ["1.1"])}
    assert told(found) == "+1 moved; of the denominator +1 completed: without the moves 0.0 %"


def test_the_end_of_a_year_brings_actions_into_the_closure_rate() -> None:
    closed = done("2021-10", "2021-11-01")
    found = between("closure-rate", evaluation(closed, pending("2021-10"), pending("2022")))
    assert parts(found) == {
        "had their due year end": (0, 2, ["1.1", "1.2"]),
        "completed": (1, 0, ["1.1"]),
    }


def test_actions_that_turn_long_overdue_are_told_as_such() -> None:
    found = between("long-overdue-rate", evaluation(pending("2021-05"), pending("2021-11")))
    assert parts(found) == {"became long overdue": (1, 0, ["1.1"])}


@pytest.mark.parametrize(
    ("name", "last", "cause"),
    [
        ("overdue-rate", "2021-07-01", "became due"),
        ("long-overdue-rate", "2021-12-28", "became long overdue"),
    ],
)
def test_an_action_turns_overdue_on_the_day_after(name: str, last: str, cause: str) -> None:
    action = evaluation(pending("2021-06-30"))
    day = date.fromisoformat(last)
    assert between(name, action, last=day - timedelta(1)).parts == ()
    assert parts(between(name, action, last=day)) == {cause: (1, 0, ["1.1"])}


def test_decisions_explain_the_rates_of_decisions() -> None:
    def answered(*entries: tuple[str, str]) -> Keys:
        history = [{"date": day, "decision": word} for day, word in entries]
        return {"response": {"decision": entries[-1][1], "history": history}}

    one = evaluation(
        recommendations=[
            {"id": "1", **answered(("2021-05-01", "rejected"), ("2021-09-01", "accepted"))},
            {"id": "2", **answered(("2021-10-01", "accepted"))},
            {"id": "3"},
        ]
    )
    assert parts(between("acceptance-rate", one)) == {"accepted": (2, 0, ["1", "2"])}
    assert parts(between("acceptance-rate-stated", one)) == {"accepted": (2, 1, ["1", "2"])}
    assert parts(between("rejection-rate", one)) == {"accepted": (-1, 0, ["1"])}
    later = evaluation(name="later-2021", report_date="2021-08", recommendations=[{"id": "1"}])
    assert parts(between("decision-not-stated-rate", later)) == {"issued": (1, 1, ["later-2021:1"])}


def test_evidence_that_arrives_is_told() -> None:
    proven = done("2021-03", "2021-03-01")
    proven["history"].append({"date": "2021-09-01", "documents": [{"title": "Report"}]})
    proven["history"].append({"date": "2021-10-01", "by": "Audit", "verdict": "confirmed"})
    assert parts(between("evidence-rate", evaluation(proven))) == {"documented": (1, 0, ["1.1"])}
    assert parts(between("confirmed-rate", evaluation(proven))) == {"judged": (1, 0, ["1.1"])}


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("days-late-median", "a middle or a mean of days"),
        ("undp-score", "ask about undp-planning and undp-follow-up and undp-quality"),
        ("undp-planning", "is about evaluations"),
        ("undp-actions", "ask about overdue-rate and long-overdue-rate"),
    ],
)
def test_what_no_parts_explain_is_refused_with_what_to_ask_instead(name: str, instead: str) -> None:
    reason = cannot_explain(BY_ID[name])
    assert reason
    assert instead in reason


def test_every_rate_of_actions_and_decisions_is_explained() -> None:
    refused = {one.id for one in INDICATORS if cannot_explain(one)}
    assert refused == {one.id for one in INDICATORS if one.id.startswith(("undp-", "days-"))}
