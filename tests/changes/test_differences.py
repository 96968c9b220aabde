"""What differs between two states of a record, in words."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.changes.differences import Differences, Fate, differences
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings

Keys = dict[str, Any]
DAY = date(2023, 1, 1)

FIRST = {"date": "2021-01-10", "due": "2022-06", "status": "initiated", "responsible": "Director"}
BASE: Keys = {
    "schema": "1",
    "id": "water-2021",
    "title": "The water programme",
    "recommendations": [
        {
            "id": "1",
            "title": "Plan together",
            "actions": [
                {
                    "id": "1.1",
                    "text": "Hold one meeting a year. Invite all.",
                    "responsible": "Director",
                    "due": "2022-06",
                    "status": "initiated",
                    "history": [FIRST],
                },
                {"id": "1.2", "text": "Publish the plan.", "due": "2022-12"},
            ],
        },
        {"id": "4", "text": "Learn from it."},
    ],
}


def base() -> Keys:
    return deepcopy(BASE)


def action(record: Keys, at: int = 0) -> Keys:
    found: Keys = record["recommendations"][0]["actions"][at]
    return found


def with_entries(*entries: Keys, **keys: Any) -> Keys:
    """The record with these entries added to the history of 1.1, and these keys set in it."""
    record = base()
    action(record)["history"] += entries
    action(record).update(keys)
    return record


def compare(before: Keys | list[Keys], after: Keys | list[Keys], **options: Any) -> Differences:
    sides = [
        [Evaluation.model_validate(one) for one in (side if isinstance(side, list) else [side])]
        for side in (before, after)
    ]
    settings = options.pop("settings", Settings())
    return differences(sides[0], sides[1], options.pop("as_of", DAY), settings, **options)


def told(after: Keys, before: Keys | None = None, **options: Any) -> list[str]:
    found = compare(before or base(), after, **options)
    return [line.text for one in found.evaluations for line in one.lines]


def kinds(after: Keys, before: Keys | None = None) -> list[tuple[str, str, str | None, str | None]]:
    return [(one.ref, one.change, one.before, one.after) for one in compare(before or base(), after).changes]


def test_the_same_records_differ_in_nothing() -> None:
    assert compare(base(), base()) == Differences((), ())


def test_a_completion_says_how_late_it_was_recorded_and_what_proves_it() -> None:
    done = {"date": "2022-07-04", "status": "completed", "documents": [{"title": "Minutes"}]}
    after = with_entries(done, status="completed")
    assert told(after) == ["1.1 completed (was initiated), recorded 4 days after it was due, 1 document"]
    assert kinds(after) == [
        ("water-2021:1.1", "status", "initiated", "completed"),
        ("water-2021:1.1", "document", None, "Minutes"),
    ]


@pytest.mark.parametrize(
    ("on", "lateness"),
    [
        ("2022-06-12", ""),
        ("2022-07-01", ", done 1 day after it was due"),
        ("until 2022-06-01", ", recorded 4 days after it was due"),
    ],
)
def test_a_completion_with_its_own_day_is_measured_by_that_day(on: str, lateness: str) -> None:
    after = with_entries({"date": "2022-07-04", "on": on, "status": "completed"}, status="completed")
    assert told(after) == [f"1.1 completed (was initiated){lateness}"]


def test_a_date_moved_again_says_which_time_it_is_and_why() -> None:
    first = {"date": "2022-01-10", "due": "2022-09", "comment": "The hall was shut."}
    second = {"date": "2022-08-10", "due": "2022-12", "comment": "Consultant hired late. More follows."}
    before = with_entries(first, due="2022-09")
    after = with_entries(first, second, due="2022-12")
    assert told(after, before) == ["1.1 due moved 2022-09 → 2022-12, second time: Consultant hired late"]
    assert told(before) == ["1.1 due moved 2022-06 → 2022-09: The hall was shut"]
    third = {"date": "2022-08-10", "due": "2022-12"}
    assert told(with_entries(first, third, due="2022-12")) == [
        "1.1 due moved 2022-06 → 2022-09 → 2022-12, second time: The hall was shut"
    ]


def test_a_date_moved_to_an_earlier_day_is_no_postponement() -> None:
    after = with_entries({"date": "2022-01-10", "due": "2022-03"}, due="2022-03")
    assert told(after) == ["1.1 due moved 2022-06 → 2022-03"]


def test_a_date_taken_away_and_one_that_was_never_there_are_told() -> None:
    after = with_entries({"date": "2022-01-10", "due": None})
    del action(after)["due"]
    assert told(after) == ["1.1 due date taken away (was 2022-06)"]
    first = base()
    action(first, 1)["due"] = None
    later = base()
    action(later, 1)["history"] = [{"date": "2022-01-01", "due": "2022-12"}]
    assert told(later, first) == ["1.2 due 2022-12"]


def test_a_date_taken_away_and_given_again_is_told_with_its_gap() -> None:
    gone = {"date": "2022-01-10", "due": None, "comment": "No hall."}
    after = with_entries(gone, {"date": "2022-03-10", "due": "2023"}, due="2023")
    assert told(after) == ["1.1 due moved 2022-06 → none → 2023: No hall"]
    assert kinds(after) == [("water-2021:1.1", "due", "2022-06", "2023")]


def test_a_date_that_only_the_entry_knew_is_told_as_moved() -> None:
    before, after = base(), base()
    del action(before, 1)["due"]
    action(after, 1)["history"] = [{"date": "2022-01-01", "previous_due": "2022-06", "due": "2022-12"}]
    assert told(after, before) == ["1.2 due moved 2022-06 → 2022-12"]


def test_several_entries_about_one_action_are_one_line_in_their_order() -> None:
    entries = (
        {"date": "2022-01-10", "status": "completed", "comment": "Held."},
        {"date": "2022-02-10", "status": "initiated", "comment": "It was another meeting."},
        {"date": "2022-03-10", "responsible": "Office", "comment": "The director left."},
        {"date": "2022-04-10", "comment": "Nothing new."},
    )
    assert told(with_entries(*entries, responsible="Office")) == [
        (
            "1.1 completed, then initiated (was initiated): Held; It was another meeting; "
            "lead Office (was Director): The director left; comment: Nothing new"
        )
    ]


def test_a_value_changed_without_an_entry_says_so() -> None:
    after = base()
    action(after).update(status="completed", due="2023", responsible="Office")
    assert told(after) == [
        (
            "1.1 completed (was initiated), without an entry, due moved 2022-06 → 2023, without an entry, "
            "lead Office (was Director), without an entry"
        )
    ]


def test_an_entry_whose_value_was_never_written_out_is_told_all_the_same() -> None:
    assert told(with_entries({"date": "2022-01-10", "status": "completed"})) == [
        "1.1 completed (was initiated)"
    ]


def test_an_entry_that_repeats_what_was_so_is_not_passed_over() -> None:
    assert told(with_entries({"date": "2022-01-10", "status": "initiated"})) == [
        "1.1 2022-01-10: recorded without news"
    ]
    silent = [{"date": f"2022-0{month}-10", "status": "initiated"} for month in (1, 2)]
    assert told(with_entries(*silent)) == ["1.1 2022-01-10, 2022-02-10: recorded without news"]
    assert told(with_entries({"date": "2022-01-10", "status": "initiated", "comment": "On it."})) == [
        "1.1 comment: On it"
    ]


def test_a_verdict_names_who_gave_it() -> None:
    done = {"date": "2022-01-10", "status": "completed"}
    verdict = {"date": "2022-02-10", "verdict": "not-confirmed", "by": "Evaluation office", "comment": "No."}
    before, after = with_entries(done, status="completed"), with_entries(done, verdict, status="completed")
    assert told(after, before) == ["1.1 not confirmed by Evaluation office: No"]
    assert kinds(after, before) == [("water-2021:1.1", "verdict", None, "not-confirmed")]
    assert [count.text for count in compare(before, after).counts] == ["disputed 0 → 1"]


def test_a_correction_is_told_with_what_it_brought_back() -> None:
    wrong = {"date": "2022-01-10", "status": "completed"}
    right = {"date": "2022-02-10", "corrects": "2022-01-10", "comment": "It was another."}
    assert told(with_entries(wrong, right), with_entries(wrong, status="completed")) == [
        "1.1 initiated (was completed); entry of 2022-01-10 corrected: It was another"
    ]
    assert ("water-2021:1.1", "correction", "2022-01-10", "2022-02-10") in kinds(with_entries(wrong, right))


def test_the_tenth_postponement_is_called_so() -> None:
    moves = [{"date": f"2022-{month:02}-01", "due": f"{2022 + month}"} for month in range(1, 11)]
    before, after = with_entries(*moves[:-1], due="2031"), with_entries(*moves, due="2032")
    assert told(after, before) == ["1.1 due moved 2031 → 2032, tenth time"]


def test_an_entry_above_one_that_was_there_arrived_late() -> None:
    late = {"date": "2021-06-01", "comment": "The hall is booked."}
    known = {"date": "2022-01-10", "comment": "Nothing new."}
    after = with_entries(late, known)
    assert told(after, with_entries(known)) == ["1.1 entry of 2021-06-01 arrived late: The hall is booked"]


def test_an_entry_that_is_gone_or_rewritten_is_told() -> None:
    known = {"date": "2022-01-10", "comment": "Nothing new."}
    assert told(base(), with_entries(known)) == ["1.1 entry of 2022-01-10 changed or removed"]
    assert told(with_entries({**known, "comment": "All new."}), with_entries(known)) == [
        "1.1 entry of 2022-01-10 changed or removed; comment: All new"
    ]


def test_entries_of_one_day_that_changed_places_are_told() -> None:
    one, other = ({"date": "2022-01-10", "comment": text} for text in ("One.", "Other."))
    before, after = with_entries(other, one), with_entries(one, other)
    assert told(after, before) == ["1.1 entries in another order"]
    assert kinds(after, before) == [("water-2021:1.1", "entry", None, None)]


def test_words_of_a_record_that_changed_are_named_by_their_key() -> None:
    after = base()
    action(after).update(text="Hold two.", supported_by=["Field office"], timeline="Each year")
    after["recommendations"][1].update(text="Learn more.", priority="High")
    after.update(title="Water", countries=["KEN"], period={"from": "2018"}, team=[{"name": "A. Writer"}])
    assert told(after) == [
        "evaluation title reworded, period from 2018, countries KEN, team: 1 added",
        "1.1 text reworded, supported by Field office, timeline Each year",
        "recommendation 4 priority High, text reworded",
    ]
    assert told(base(), after) == [
        "evaluation title reworded, period from taken away, countries taken away, team taken away",
        "1.1 text reworded, supported by taken away, timeline taken away",
        "recommendation 4 priority taken away, text reworded",
    ]
    assert ("water-2021:4", "text", "Learn from it.", "Learn more.") in kinds(after)


def test_keys_of_every_kind_are_told_in_the_words_of_the_record() -> None:
    after = base() | {"quality": {"rating": "highly-satisfactory"}, "joint_evaluation": False}
    after["extra"] = {"unit-code": "W 7"}
    after["stakeholders"] = ["The people of the valley", "The people of the hills", "All others"]
    action(after).pop("status")
    action(after)["history"] = [{**FIRST}]
    del action(after)["history"][0]["status"]
    before = base()
    del action(before)["history"][0]["status"]
    assert told(after, before) == [
        (
            "evaluation joint evaluation no, stakeholders: 3 added, "
            "quality rating highly satisfactory, extra unit-code W 7"
        ),
        "1.1 status no longer stated (was initiated), without an entry",
    ]
    later = deepcopy(after)
    later["stakeholders"].reverse()
    later["extra"] = {"unit-code": "W 8"}
    assert told(later, after) == ["evaluation stakeholders: in another order, extra unit-code W 8 (was W 7)"]


def test_the_answer_to_the_whole_and_to_one_recommendation() -> None:
    after = base()
    after["management_response"] = {"required": True, "submitted": "2021-03-01"}
    after["recommendations"][0]["response"] = {"text": "We shall see."}
    after["recommendations"][1]["response"] = {
        "decision": "partially-accepted",
        "history": [{"date": "2021-03-01", "decision": "partially-accepted", "comment": "No money."}],
    }
    assert told(after) == [
        "evaluation management response required yes, management response submitted 2021-03-01",
        "recommendation 1 answered in words",
        "recommendation 4 partially accepted: No money",
    ]
    assert ("water-2021", "management_response.required", None, "true") in kinds(after)
    later = deepcopy(after)
    later["recommendations"][1]["response"]["decision"] = "accepted"
    later["recommendations"][1]["response"]["history"] += [{"date": "2021-04-01", "decision": "accepted"}]
    later["recommendations"][0]["response"]["text"] = "Agreed."
    assert told(later, after) == [
        "recommendation 1 response text reworded",
        "recommendation 4 accepted (was partially accepted)",
    ]
    assert told(base(), after)[1:] == [
        "recommendation 1 response taken away",
        "recommendation 4 response taken away",
    ]


def test_an_evaluation_has_its_own_status_and_planned_end() -> None:
    before = base() | {"status": "ongoing", "planned_end": "2021-12"}
    entry = {"date": "2021-11-01", "status": "completed", "planned_end": "2022-02", "comment": "Floods."}
    after = base() | {"status": "completed", "planned_end": "2022-02", "history": [entry]}
    assert told(after, before) == [
        "evaluation completed (was ongoing), planned end moved 2021-12 → 2022-02: Floods"
    ]


def test_items_added_moved_and_removed_are_matched_by_their_ids() -> None:
    after = base()
    moved = after["recommendations"][0]["actions"].pop(1)
    after["recommendations"][1]["actions"] = [
        moved,
        {"id": "4.1", "text": "Meet. Often.", "due": "2023", "responsible": "Office"},
    ]
    after["recommendations"].insert(
        0, {"id": "9", "title": "Report", "response": {"decision": "accepted"}, "actions": [{"id": "9.1"}]}
    )
    assert told(after) == [
        "recommendation 9 added, accepted, 1 action: Report",
        "1.2 moved from recommendation 1 to 4",
        "4.1 added, due 2023, lead Office: Meet",
    ]
    assert told(base(), after) == [
        "1.2 moved from recommendation 4 to 1",
        "recommendation 9 removed, with 1 action",
        "4.1 removed: Meet",
    ]
    assert kinds(after) == [
        ("water-2021:9", "added", None, "Report"),
        ("water-2021:1.2", "moved", "1", "4"),
        ("water-2021:4.1", "added", None, "Meet"),
    ]
    assert kinds(base(), after) == [
        ("water-2021:1.2", "moved", "4", "1"),
        ("water-2021:9", "removed", "Report", None),
        ("water-2021:4.1", "removed", "Meet", None),
    ]


def test_an_action_that_moved_below_a_new_recommendation_did_not_come_with_it() -> None:
    after = base()
    moved = after["recommendations"][0]["actions"].pop(1)
    after["recommendations"].append({"id": "5", "title": "Tell all", "actions": [moved]})
    assert told(after) == ["recommendation 5 added: Tell all", "1.2 moved from recommendation 1 to 5"]


def test_items_in_another_order_do_not_differ() -> None:
    after = base()
    after["recommendations"].reverse()
    assert told(after) == []


def test_a_finding_newly_accepted_is_told_with_its_reason() -> None:
    after = base()
    accepted = {"rule": "no-due-date", "reason": "It goes on for ever.", "by": "Planning unit"}
    action(after)["accepted"] = [accepted]
    assert told(after) == ["1.1 finding no-due-date accepted by Planning unit: It goes on for ever"]
    assert told(base(), after) == ["1.1 finding no-due-date no longer accepted"]
    later = base()
    action(later)["accepted"] = [{**accepted, "reason": "It has no end."}]
    assert told(later, after) == ["1.1 finding no-due-date accepted by Planning unit: It has no end"]


def test_a_new_evaluation_is_three_lines() -> None:
    found = compare([], base(), as_of=date(2022, 8, 1))
    (one,) = found.evaluations
    assert (one.evaluation, one.fate) == ("water-2021", Fate.NEW)
    assert [line.text for line in one.lines] == [
        "new evaluation: The water programme",
        "2 recommendations: 2 not stated",
        "2 actions: 2 open, 1 overdue, next due 2022-12",
    ]
    assert [(change.ref, change.change, change.before, change.after) for change in found.changes] == [
        ("water-2021", "new-evaluation", None, "The water programme"),
        ("water-2021", "recommendations", None, "2"),
        ("water-2021", "actions", None, "2"),
    ]
    assert [change.text for change in found.changes] == [line.text for line in one.lines]


def test_an_evaluation_that_is_gone_is_told_with_what_went_with_it() -> None:
    found = compare(base(), [])
    (one,), (change,) = found.evaluations, found.changes
    assert one.fate is Fate.REMOVED
    assert (change.change, change.before, change.after) == ("removed", "The water programme", None)
    assert [line.text for line in one.lines] == ["evaluation removed, with 2 recommendations and 2 actions"]


def test_an_unreadable_record_is_neither_removed_nor_counted() -> None:
    other = base() | {"id": "harbour-2022"}
    assert compare([base(), other], [other], unread={"water-2021"}) == Differences((), ())
    changed = with_entries({"date": "2022-01-10", "status": "completed"}, status="completed")
    found = compare([base(), other], [changed | {"id": "harbour-2022"}], unread={"water-2021"})
    assert [count.text for count in found.counts] == ["overdue 2 → 1", "open 2 → 1", "completed 0 → 1"]


def test_statuses_have_the_organisations_own_words() -> None:
    settings = Settings.model_validate({"labels": {"status": {"completed": "Implemented"}}})
    after = with_entries({"date": "2022-01-10", "status": "completed"}, status="completed")
    assert told(after, settings=settings) == ["1.1 Implemented (was initiated)"]


def test_words_of_a_record_command_no_terminal_and_break_no_line() -> None:
    entry = {"date": "2022-01-10", "comment": "One\n  \x1b[31mtwo\u202e " + "long " * 50}
    (line,) = told(with_entries(entry))
    assert line.startswith("1.1 comment: One \ufffd[31mtwo\ufffd long")
    assert line.endswith("…")
    assert len(line) < 120


ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"date": st.sampled_from(["2022-01-01", "2022-02-01", "2022-03-01"])},
        optional={
            "status": st.sampled_from(["initiated", "completed", "no-longer-applicable"]),
            "due": st.sampled_from(["2022", "2023-06", None]),
            "responsible": st.sampled_from(["Director", "Office"]),
            "comment": st.sampled_from(["A.", "B."]),
            "verdict": st.sampled_from(["confirmed", "not-confirmed"]),
            "documents": st.just([{"title": "Minutes"}]),
        },
    ),
    max_size=5,
).map(lambda entries: sorted(entries, key=lambda entry: str(entry["date"])))


@given(ENTRIES, ENTRIES)
def test_whatever_was_recorded_or_lost_is_told(some: list[Keys], others: list[Keys]) -> None:
    before, after = with_entries(*some), with_entries(*others)
    same = Evaluation.model_validate(before) == Evaluation.model_validate(after)
    assert (told(after, before) == []) == same


@given(ENTRIES, ENTRIES)
def test_every_ref_is_an_item_of_one_of_the_sides(some: list[Keys], others: list[Keys]) -> None:
    for one in compare(with_entries(*some), with_entries(*others)).changes:
        assert one.ref == "water-2021:1.1"
        assert one.text.startswith("1.1 ")
