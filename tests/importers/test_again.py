"""Importing again: what a newer page changes in a record, and what it leaves as it is."""

import copy
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mrtrack.edit.layout import new_record
from mrtrack.edit.log import Recorded
from mrtrack.edit.refusal import Refused
from mrtrack.edit.verify import edit
from mrtrack.importers.again import Continued, compare, same_evaluation
from mrtrack.importers.matching import normalised
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.rules.rewriting import rewritten_history
from mrtrack.source.reader import Reading, read
from strategies import records, values_at

Keys = dict[str, Any]
IMPORT = Recorded(date=date(2026, 11, 22), by=None)
AT_THE_END = Recorded(date=date.max, by=None)
STATED = ("status", "due", "responsible", "text", "history", "timeline", "supported_by", "extra")
MANY = 20
Draw = Callable[..., Any]
LATER = Recorded(date=date(2026, 12, 1), by=None)


def action(number: str, text: str, *, day: str = "2022-03-29", **keys: Any) -> Keys:
    """An action as a page of the Evaluation Resource Centre states it."""
    stated = {"due": "2022-12", "status": "initiated", **keys}
    comment = stated.pop("comment", None)
    last = {"date": day, "on": f"until {day}", "status": stated["status"]}
    return {
        "id": number,
        "text": text,
        "responsible": "Director",
        **stated,
        "history": [{"date": "2020-11-23"}, {**last, **({"comment": comment} if comment else {})}],
    }


def page(*actions: Keys, **keys: Any) -> Keys:
    recommendation = {
        "id": "1",
        "text": "Plan the work of all regional offices together.",
        "response": {"date": "2020-11-23", "text": "We agree and will plan jointly."},
        "actions": list(actions),
    }
    return {
        "schema": "1",
        "id": "water-2021",
        "title": "Evaluation of the water programme",
        **keys,
        "recommendations": [{key: value for key, value in recommendation.items() if value}],
    }


def reading_of(data: Keys) -> Reading:
    return read(new_record(data).encode(), "records/water-2021.yaml")


def imported(record: Keys | Reading, newer: Keys, recorded: Recorded = IMPORT) -> tuple[Reading, Continued]:
    """The record after the page, proven: nothing is lost, nothing is wrong, and the same page says no more."""
    before = reading_of(record) if isinstance(record, dict) else record
    continued = compare(before, newer, recorded)
    after = edit(before, continued.operations)
    assert before.evaluation
    assert after.evaluation
    assert rewritten_history(before, after) == ()
    assert compare(after, newer, recorded).operations == []
    return after, continued


def actions_of(after: Reading) -> dict[str, Keys]:
    return {one["id"]: one for rec in after.data["recommendations"] for one in rec.get("actions", ())}


def faults(reading: Reading) -> list[str]:
    """The codes of the errors that reading and the rules find."""
    return [problem.code for problem in check(reading, Settings()) if is_error(problem)]


def errors(reading: Reading) -> list[str]:
    return [problem.message for problem in reading.problems if is_error(problem)]


PLAN = action("1.1", "Hold one planning meeting a year with every office.")
REPORT = action("1.2", "Publish the results of the programme for all partners.")
TRAIN = action("1.3", "Train the staff of the regional offices in monitoring.")
HIRE = action("1.4", "Hire an adviser who looks after the evaluation plan.")
RECORD = page(PLAN, REPORT, TRAIN, HIRE)


def changed(one: Keys, day: str = "2022-11-04", **keys: Any) -> Keys:
    """The action on a newer page, stamped anew."""
    last = {"date": day, "on": f"until {day}", "status": keys.get("status", one["status"])}
    if "comment" in keys:
        last["comment"] = keys.pop("comment")
    return {**one, **keys, "history": [one["history"][0], last]}


def test_shuffled_rows_with_two_new_statuses_make_two_entries_on_the_right_actions() -> None:
    rows = [changed(TRAIN, status="completed"), changed(PLAN, status="completed"), REPORT, HIRE]
    after, continued = imported(RECORD, page(*rows))
    items = actions_of(after)
    entry = {"date": "2026-11-22", "on": "until 2022-11-04", "status": "completed"}
    assert {name: len(one["history"]) for name, one in items.items()} == {
        "1.1": 3, "1.2": 2, "1.3": 3, "1.4": 2,
    }  # fmt: skip
    assert [items[name]["history"][-1] for name in ("1.1", "1.3")] == [entry, entry]
    assert [items[name]["status"] for name in ("1.1", "1.3")] == ["completed", "completed"]
    assert continued.told == [
        "1.1 status: initiated -> completed (by 2022-11-04)",
        "1.3 status: initiated -> completed (by 2022-11-04)",
    ]
    assert (continued.changed, continued.new, continued.gone, continued.unclear) == (2, 0, 0, 0)


def test_a_status_that_changed_under_the_old_stamp_is_an_entry() -> None:
    after, _ = imported(RECORD, page({**PLAN, "status": "completed"}, REPORT, TRAIN, HIRE))
    assert actions_of(after)["1.1"]["history"][-1]["status"] == "completed"


def test_the_same_page_twice_changes_nothing_and_says_nothing() -> None:
    continued = compare(reading_of(RECORD), copy.deepcopy(RECORD), IMPORT)
    assert (continued.operations, continued.told) == ([], [])


def with_own_ids(data: Keys) -> Keys:
    """The record with an id of its own for each item, as the rules ask of every record."""
    for nth, one in enumerate(data.get("recommendations", ())):
        one["id"] = f"r{nth}"
        for index, below in enumerate(one.get("actions", ())):
            below["id"] = f"r{nth}.{index}"
    return data


OWN = records().map(with_own_ids)


@settings(max_examples=MANY)
@given(OWN)
def test_no_page_changes_the_record_it_was_read_from(data: Keys) -> None:
    reading = reading_of(data)
    assume(not errors(reading))
    continued = compare(reading, data, IMPORT)
    assert (continued.operations, continued.told) == ([], [])


@settings(max_examples=MANY)
@given(OWN, OWN)
def test_whatever_a_page_says_nothing_is_lost_and_a_second_time_nothing_is_new(old: Keys, new: Keys) -> None:
    keeps_what_was(old, new)


def titled_like_a_text(*records: Keys) -> bool:
    """Whether an item's title is another's text: the record then has both, and the page means either."""
    items = [
        item
        for record in records
        for one in record.get("recommendations", ())
        for item in (one, *one.get("actions", ()))
    ]
    said = [{normalised(item[key]) for item in items if item.get(key)} for key in ("title", "text")]
    return bool(said[0] & said[1])


def keeps_what_was(old: Keys, new: Keys) -> None:
    """Nothing that was there is lost or wrong after the page, and the page once more says nothing new."""
    before, incoming = reading_of(old), reading_of(new)
    assume(not errors(before) and not errors(incoming))
    assume(not titled_like_a_text(old, new))
    after, _ = imported(before, new, AT_THE_END)
    assert errors(after) == []
    disagreeing = [faults(reading).count("A401") for reading in (before, incoming, after)]
    assert disagreeing[2] <= disagreeing[0] + disagreeing[1]


@st.composite
def revised(draw: Draw, data: Keys) -> Keys:
    """The page once more, with fields of its items stated otherwise, newly, or not at all."""
    page_again = copy.deepcopy(data)
    above: tuple[str | int, ...] = ("recommendations", 0)
    for one in page_again.get("recommendations", ()):
        if "response" in one and draw(st.booleans()):
            one["response"] = draw(values_at((*above, "response")))
        for below in one.get("actions", ()):
            for key in draw(st.lists(st.sampled_from(STATED), unique=True, max_size=3)):
                below[key] = draw(values_at((*above, "actions", 0, key)))
            for key in draw(st.lists(st.sampled_from(STATED), max_size=1)):
                below.pop(key, None)
    for key in draw(st.lists(st.sampled_from(("status", "planned_end", "history", "budget")), max_size=2)):
        page_again[key] = draw(values_at((key,)))
    return page_again


@settings(max_examples=MANY)
@given(OWN, st.data())
def test_whatever_a_page_states_otherwise_is_recorded_once_and_nothing_is_lost(
    old: Keys, draws: st.DataObject
) -> None:
    keeps_what_was(old, draws.draw(revised(old)))


@settings(max_examples=MANY)
@given(OWN, st.randoms(use_true_random=False))
def test_items_in_another_order_are_known_again(data: Keys, chance: random.Random) -> None:
    before = reading_of(data)
    assume(not errors(before))
    shuffled = copy.deepcopy(data)
    chance.shuffle(shuffled.get("recommendations", []))
    for one in shuffled.get("recommendations", ()):
        chance.shuffle(one.get("actions", []))
    continued = compare(before, shuffled, IMPORT)
    assert (continued.operations, continued.told) == ([], [])


def test_status_date_lead_and_comment_that_changed_are_one_entry() -> None:
    newer = changed(PLAN, status="completed", due="2023-06", responsible="Deputy", comment="It was held.")
    after, continued = imported(page(PLAN), page(newer))
    entry = actions_of(after)["1.1"]["history"][-1]
    assert entry == {
        "date": "2026-11-22",
        "on": "until 2022-11-04",
        "status": "completed",
        "due": "2023-06",
        "previous_due": "2022-12",
        "responsible": "Deputy",
        "comment": "It was held.\n",
        "extra": {"previous_responsible": "Director"},
    }
    assert faults(after) == []
    assert continued.changed == 1


def test_a_stamp_that_moved_alone_is_no_entry() -> None:
    assert imported(page(PLAN), page(changed(PLAN)))[1].operations == []


def test_a_new_comment_alone_is_an_entry_and_an_old_one_in_other_lines_is_none() -> None:
    told = action("1.1", PLAN["text"], comment="The plan was\nwritten by two people.")
    again = changed(told, comment="The plan was written by two people.")
    assert imported(page(told), page(again))[1].operations == []
    after, _ = imported(page(told), page(changed(told, comment="The plan is in use.")))
    assert actions_of(after)["1.1"]["history"][-1] == {
        "date": "2026-11-22", "on": "until 2022-11-04", "comment": "The plan is in use.\n",
    }  # fmt: skip


def test_a_page_that_is_older_than_the_record_changes_nothing() -> None:
    record, _ = imported(page(PLAN), page(changed(PLAN, status="completed")))
    _, continued = imported(record, page(PLAN), LATER)
    assert (continued.operations, continued.told) == ([], [])
    between = changed(PLAN, day="2022-06-01", status="no-longer-applicable")
    _, continued = imported(record, page(between), LATER)
    assert continued.operations == []
    assert continued.told == [
        "1.1 status: the page says no longer applicable, the record completed; left as it is"
    ]


def test_a_comment_of_an_older_page_is_shown_and_left_out() -> None:
    record, _ = imported(page(PLAN), page(changed(PLAN, comment="All offices came.")))
    _, continued = imported(record, page(changed(PLAN, day="2022-06-01", comment="Two came.")), LATER)
    assert continued.operations == []
    assert continued.told == ["1.1 comment: the record has a later one; left out: “Two came.”"]


def test_a_comment_without_any_new_day_is_an_entry_without_one() -> None:
    after, _ = imported(page(PLAN), page(action("1.1", PLAN["text"], comment="All offices came.")))
    assert actions_of(after)["1.1"]["history"][-1] == {"date": "2026-11-22", "comment": "All offices came.\n"}


def test_a_record_that_cannot_be_read_is_not_compared() -> None:
    with pytest.raises(Refused, match=r"cannot be read.*mrtrack check"):
        compare(read(b"schema: 1\ntitle: Water", "records/a.yaml"), RECORD, IMPORT)


def test_a_text_that_stands_twice_on_the_page_stops_its_recommendation() -> None:
    _, continued = imported(page(PLAN, REPORT), page(PLAN, {**PLAN, "id": "1.3"}, REPORT))
    assert (continued.operations, continued.unclear) == ([], 2)
    assert all("and so could another; nothing of it was changed" in line for line in continued.told)


def test_a_status_that_returns_under_a_newer_stamp_is_an_entry() -> None:
    record, _ = imported(page(PLAN), page(changed(PLAN, status="completed")))
    after, _ = imported(record, page(changed(PLAN, day="2026-11-30")), LATER)
    assert actions_of(after)["1.1"]["status"] == "initiated"


def test_a_due_date_moved_in_the_record_is_not_moved_back_by_the_page_it_came_from() -> None:
    moved = {**PLAN, "due": "2024", "history": [*PLAN["history"], {
        "date": "2023-01-10", "by": "M&E unit", "due": "2024", "previous_due": "2022-12", "comment": "Late.",
    }]}  # fmt: skip
    _, continued = imported(page(moved), page(PLAN))
    assert continued.operations == []
    assert continued.told == ["1.1 due: the page says 2022-12, the record 2024; left as it is"]


def test_what_a_page_leaves_out_stays() -> None:
    bare = {key: value for key, value in PLAN.items() if key in ("id", "text")}
    _, continued = imported(page(PLAN), page(bare))
    assert continued.operations == []
    assert continued.told == ["1.1 due: the page no longer says 2022-12; left as it is"]


def test_new_actions_are_added_under_ids_of_their_own_and_gone_ones_stay() -> None:
    new = action("1.2", "Ask the partners each year what they need most.")
    renumbered = {**REPORT, "id": "1.3"}
    after, continued = imported(page(PLAN, REPORT), page(renumbered, new))
    items = actions_of(after)
    assert list(items) == ["1.1", "1.2", "1.3"]
    assert (items["1.3"]["number"], items["1.3"]["text"].strip()) == ("1.2", new["text"])
    assert (continued.new, continued.gone) == (1, 1)
    assert continued.told == [
        "1.2 stands as 1.3 on the page; left as it is",
        "1.3 is new; it stands as 1.2 on the page",
        "1.1 is in the record and no longer on the page; left as it is",
    ]


def test_a_new_recommendation_brings_its_actions_and_refers_by_the_ids_of_the_record() -> None:
    newer = page(PLAN)
    newer["recommendations"][0]["id"] = "2"
    newer["recommendations"].append(
        {
            "id": "1",
            "part_of": "2",
            "text": "Look after the rivers.",
            "actions": [action("1.1", "Count the fish.")],
        }
    )
    after, _ = imported(page(PLAN), newer)
    added = after.data["recommendations"][1]
    assert [added[key] for key in ("id", "number", "part_of")] == ["2", "1", "1"]
    assert [(one["id"], one["number"]) for one in added["actions"]] == [("2.1", "1.1")]
    assert faults(after) == []


def test_two_equally_near_candidates_stop_that_recommendation_and_both_are_shown() -> None:
    north = action("1.1", "Hold a meeting with all partners of the northern region")
    south = action("1.2", "Hold a meeting with all partners of the southern region")
    either = action("1.7", "Hold a meeting with all partners of the eastern region")
    newer = page(changed(TRAIN, status="completed"), either, title="Another title")
    _, continued = imported(page(north, south, TRAIN), newer)
    assert continued.operations == []
    assert (continued.unclear, continued.changed, continued.gone) == (1, 0, 0)
    (stopped,) = [line for line in continued.told if "stopped" in line]
    assert "recommendation 1: stopped" in stopped
    assert all(f"{one['id']} “Hold a meeting" in stopped for one in (north, south, either))


def test_an_item_of_one_number_in_other_words_is_shown_and_not_added() -> None:
    newer = page(PLAN)
    newer["recommendations"][0]["text"] = "Something else altogether is asked for here."
    _, continued = imported(page(PLAN), newer)
    assert (continued.operations, continued.unclear, continued.new) == ([], 1, 0)
    assert continued.told == [
        (
            "recommendation 1 of the page: stopped, the page has 1 “Something else altogether is asked for here.”, "
            "the record 1 “Plan the work of all regional offices together.”: one number, and unlike texts; "
            "nothing of it was changed"
        )
    ]


def test_two_recommendations_of_one_title_are_shown_by_the_texts_that_differ() -> None:
    record, newer = page(PLAN), page(PLAN)
    record["recommendations"][0] |= {"title": "Water", "text": "Look after the wells of the region."}
    newer["recommendations"][0] |= {"title": "Water", "text": "Ask every office for a yearly budget."}
    (told,) = imported(record, newer)[1].told
    assert "1 “Ask every office for a yearly budget.”, the record 1 “Look after the wells" in told


def test_a_status_that_changed_without_any_day_is_an_entry_without_one() -> None:
    undated = {key: value for key, value in PLAN.items() if key != "history"}
    after, _ = imported(page(undated), page({**undated, "status": "completed"}))
    assert actions_of(after)["1.1"]["history"] == [
        {"date": "2026-11-22", "status": "completed", "extra": {"previous_status": "initiated"}}
    ]
    _, continued = imported(after, page(undated), LATER)
    assert continued.operations == []
    assert continued.told == ["1.1 status: the page says initiated, the record completed; left as it is"]


def test_an_action_that_had_no_status_gets_it_by_an_entry() -> None:
    bare = {"id": "1.1", "text": PLAN["text"], "history": PLAN["history"][:1]}
    after, continued = imported(page(bare), page(PLAN))
    assert actions_of(after)["1.1"]["history"][-1] == {
        "date": "2026-11-22", "on": "until 2022-03-29", "status": "initiated", "due": "2022-12",
        "responsible": "Director",
    }  # fmt: skip
    assert continued.told[0] == "1.1 status: not stated -> initiated (by 2022-03-29)"


def test_documents_that_are_new_are_named_once() -> None:
    minutes = {"title": "Minutes", "url": "https://example.org/minutes"}
    other = {"title": "Report", "url": "https://example.org/report"}
    told, again = changed(PLAN), changed(PLAN, day="2022-12-01")
    told["history"][-1]["documents"] = [minutes]
    again["history"][-1]["documents"] = [minutes, other]
    after, continued = imported(page(told), page(again))
    assert actions_of(after)["1.1"]["history"][-1]["documents"] == [other]
    assert continued.told == ["1.1 document: “Report” (by 2022-12-01)"]


def test_a_second_page_completes_what_the_first_did_not_state() -> None:
    first = page(PLAN, sources=[{"title": "Evaluation page", "sha256": "a" * 64}], budget={"amount": "30000"})
    second = page(
        PLAN,
        sources=[{"title": "Response page", "sha256": "b" * 64}],
        status="completed",
        completed="2020-09",
        countries=["GLOBAL"],
        budget={"amount": "28000", "currency": "USD"},
        management_response={"submitted": "2020-11-23"},
    )
    second["recommendations"][0]["response"]["decision"] = "accepted"
    after, continued = imported(first, second)
    assert [after.data[key] for key in ("status", "completed", "countries")] == [
        "completed", "2020-09", ["GLOBAL"],
    ]  # fmt: skip
    assert after.data["budget"] == {"amount": "30000"}
    assert [source["title"] for source in after.data["sources"]] == ["Evaluation page", "Response page"]
    answer = after.data["recommendations"][0]["response"]
    assert answer["history"] == [{"date": "2026-11-22", "decision": "accepted"}]
    assert [line for line in continued.told if "left as it is" in line] == [
        "budget differs: the record says “30000”, the page says “28000, USD”; left as it is"
    ]
    assert faults(after) == []


def test_text_that_the_page_words_otherwise_is_told_and_left() -> None:
    newer = copy.deepcopy(RECORD)
    newer["recommendations"][0]["response"]["text"] = "We have doubts."
    _, continued = imported(RECORD, newer)
    assert continued.operations == []
    assert continued.told == [
        (
            "recommendation 1 response text differs: the record says “We agree and will plan jointly.”, "
            "the page says “We have doubts.”; left as it is"
        )
    ]


def test_a_changed_decision_and_a_postponed_end_are_entries() -> None:
    record = page(PLAN, status="ongoing", planned_end="2021-07")
    record["recommendations"][0]["response"]["decision"] = "rejected"
    newer = page(PLAN, status="ongoing", planned_end="2021-12")
    newer["recommendations"][0]["response"]["decision"] = "accepted"
    after, continued = imported(record, newer)
    answer = after.data["recommendations"][0]["response"]
    assert (answer["decision"], answer["history"][-1]["decision"]) == ("accepted", "accepted")
    assert after.data["planned_end"] == after.data["history"][-1]["planned_end"] == "2021-12"
    assert continued.told == [
        "water-2021 planned_end: 2021-07 -> 2021-12",
        "recommendation 1 decision: rejected -> accepted",
    ]


def test_an_evaluation_that_has_ended_is_not_opened_again_by_an_older_page() -> None:
    _, continued = imported(page(PLAN, status="completed"), page(PLAN, status="ongoing"))
    assert continued.operations == []
    assert continued.told == ["water-2021 status: the page says ongoing, the record completed; left as it is"]


def test_an_entry_that_would_come_before_the_last_one_is_told_and_left_out() -> None:
    ahead = {**PLAN, "history": [*PLAN["history"], {"date": "2027-01-01", "comment": "Noted."}]}
    _, continued = imported(page(ahead), page(changed(PLAN, status="completed")))
    assert continued.operations == []
    assert len(continued.told) == 1
    assert continued.told[0].startswith(
        "1.1: status: initiated -> completed; left out: the last entry of 1.1"
    )


def test_a_stamp_that_lies_ahead_of_the_import_is_not_written() -> None:
    after, _ = imported(page(PLAN), page(changed(PLAN, day="2027-01-01", status="completed")))
    assert actions_of(after)["1.1"]["history"][-1] == {"date": "2026-11-22", "status": "completed"}


def test_a_sum_is_not_put_together_from_two_sources() -> None:
    record = page(PLAN, budget={"currency": "USD"}, expenditure={"amount": "20"})
    newer = page(PLAN, budget={"amount": "30", "currency": "USD"}, expenditure={"currency": "EUR"})
    after, _ = imported(record, newer)
    assert after.data["budget"] == {"amount": "30", "currency": "USD"}
    assert after.data["expenditure"] == {"amount": "20"}


def test_a_source_that_is_known_is_not_named_again() -> None:
    address = "https://example.org/evaluations/1"
    record = page(PLAN, sources=[{"title": "Page", "url": address, "sha256": "a" * 64}])
    saved_again = page(PLAN, sources=[{"title": "Page", "url": address, "sha256": "b" * 64}])
    assert imported(record, saved_again)[1].operations == []
    newer = {**page(changed(PLAN, status="completed")), "sources": saved_again["sources"]}
    assert len(imported(record, newer)[0].data["sources"]) == 2


def test_a_page_is_of_the_same_evaluation_by_title_and_by_plan_where_both_state_one() -> None:
    record = Evaluation.model_validate(page(PLAN, plan="2018-2021, Agency"))
    assert same_evaluation(record, {"title": "evaluation of the  Water programme."})
    assert same_evaluation(record, {"title": record.title, "plan": "2018-2021, Agency"})
    assert not same_evaluation(record, {"title": record.title, "plan": "2022-2025, Agency"})
    assert not same_evaluation(record, {"title": "Evaluation of the soil programme"})
    assert not same_evaluation(record, {})
