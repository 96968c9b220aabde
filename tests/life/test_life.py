"""One life of an action and of its evaluation, every question about it worked by hand.

The record is borehole-2020.yaml beside this file. In the tables `-` says that there is nothing to say.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mrtrack import timeline
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.query.filters import Filter
from mrtrack.query.rows import as_json
from mrtrack.query.selection import Selection, select
from mrtrack.source.reader import read

RECORD = Path(__file__).parent / "borehole-2020.yaml"
DAYS = Settings().days

# Due at first 2021-02, so its last day is 2021-02-28; due soon from 30 days before, 2021-01-29; long overdue
# when more than 180 days have gone, which is so on 2021-08-28 and not a day before. The last entry before the
# silence is the correction of 2020-08-10: stale 180 days after it, on 2021-02-06. With the new date, the last
# of April 2022, due soon begins on 2022-03-31; the entry of 2021-11-16 is 180 days old on 2022-05-15.
ACTION = """
day        | status        | due        | moves | lead             | verdict       | completed           | late | attention
2020-03-02 | not-initiated | 2021-02    | 0     | Water section    | -             | -                   | 0    | -
2020-05-17 | not-initiated | 2021-02    | 0     | Water section    | -             | -                   | 0    | -
2020-05-18 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 0    | -
2020-08-02 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 0    | -
2020-08-03 | completed     | 2021-02    | 0     | Field operations | -             | 2020-08-03 stated   | 0    | -
2020-08-09 | completed     | 2021-02    | 0     | Field operations | -             | 2020-08-03 stated   | 0    | -
2020-08-10 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 0    | -
2021-01-28 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 0    | -
2021-01-29 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 0    | due_soon
2021-02-05 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 0    | due_soon
2021-02-06 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 0    | due_soon stale
2021-02-28 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 0    | due_soon stale
2021-03-01 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 1    | overdue stale
2021-06-01 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 93   | overdue stale
2021-08-27 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 180  | overdue stale
2021-08-28 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 181  | overdue long_overdue stale
2021-09-19 | initiated     | 2021-02    | 0     | Field operations | -             | -                   | 203  | overdue long_overdue stale
2021-09-20 | completed     | 2021-02    | 0     | Field operations | -             | 2021-05 stated      | 0    | -
2021-11-01 | completed     | 2021-02    | 0     | Field operations | -             | 2021-05 stated      | 0    | -
2021-11-02 | completed     | 2021-02    | 0     | Field operations | not-confirmed | 2021-05 stated      | 0    | disputed
2021-11-15 | completed     | 2021-02    | 0     | Field operations | not-confirmed | 2021-05 stated      | 0    | disputed
2021-11-16 | initiated     | 2022-04-30 | 1     | Field operations | -             | -                   | 0    | -
2022-03-30 | initiated     | 2022-04-30 | 1     | Field operations | -             | -                   | 0    | -
2022-03-31 | initiated     | 2022-04-30 | 1     | Field operations | -             | -                   | 0    | due_soon
2022-04-30 | initiated     | 2022-04-30 | 1     | Field operations | -             | -                   | 0    | due_soon
2022-05-01 | initiated     | 2022-04-30 | 1     | Field operations | -             | -                   | 1    | overdue
2022-05-14 | initiated     | 2022-04-30 | 1     | Field operations | -             | -                   | 14   | overdue
2022-05-15 | initiated     | 2022-04-30 | 1     | Field operations | -             | -                   | 15   | overdue stale
2022-05-19 | initiated     | 2022-04-30 | 1     | Field operations | -             | -                   | 19   | overdue stale
2022-05-20 | completed     | 2022-04-30 | 1     | Field operations | -             | 2022-05-06 recorded | 0    | -
2022-06-13 | completed     | 2022-04-30 | 1     | Field operations | -             | 2022-05-06 recorded | 0    | -
2022-06-14 | completed     | 2022-04-30 | 1     | Field operations | confirmed     | 2022-05-06 recorded | 0    | -
2030-01-01 | completed     | 2022-04-30 | 1     | Field operations | confirmed     | 2022-05-06 recorded | 0    | -
"""  # noqa: E501 - a table
ATTENTION = ("overdue", "long_overdue", "due_soon", "stale", "disputed")

# The first postponement came in time; before the second the planned end, the last day of 2020, was past for
# 17 days, and before the cancelling that of 2021 for five weeks. The response was due by 2020-02-29 and came
# on 2020-03-02.
EVALUATION = """
day        | status    | planned end | overdue | response
2019-11-04 | planned   | 2020-06     | no      | awaited
2020-02-29 | planned   | 2020-06     | no      | awaited
2020-03-01 | planned   | 2020-06     | no      | overdue
2020-03-02 | planned   | 2020-06     | no      | 2020-03-02
2020-06-21 | planned   | 2020-06     | no      | 2020-03-02
2020-06-22 | planned   | 2020-12     | no      | 2020-03-02
2020-07-01 | planned   | 2020-12     | no      | 2020-03-02
2020-12-31 | planned   | 2020-12     | no      | 2020-03-02
2021-01-01 | planned   | 2020-12     | yes     | 2020-03-02
2021-01-17 | planned   | 2020-12     | yes     | 2020-03-02
2021-01-18 | planned   | 2021-12     | no      | 2020-03-02
2021-12-31 | planned   | 2021-12     | no      | 2020-03-02
2022-01-01 | planned   | 2021-12     | yes     | 2020-03-02
2022-02-06 | planned   | 2021-12     | yes     | 2020-03-02
2022-02-07 | cancelled | 2021-12     | no      | 2020-03-02
2030-01-01 | cancelled | 2021-12     | no      | 2020-03-02
"""

# What proves the completion, and the last thing that was said, on some days.
SAID = [
    ("2020-03-02", [], None),
    ("2020-08-03", ["List of participants"], "The caretakers have been trained."),
    ("2020-08-10", [], "That was the training of another programme."),
    ("2021-11-02", ["Training report"], "No spare parts were handed over."),
    ("2021-11-16", [], "Opened again until the boxes are delivered."),
    ("2022-06-14", ["Delivery notes"], "The delivery notes of all districts are in."),
]

Row = dict[str, str | None]


def table(text: str) -> list[Row]:
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [
        {key: None if cell == "-" else cell for key, cell in zip(head, line, strict=True)} for line in lines
    ]


def day_of(row: Row) -> date:
    return date.fromisoformat(str(row["day"]))


def named(row: Row) -> str:
    return str(row["day"])


@pytest.fixture(scope="module")
def life() -> Evaluation:
    reading = read(RECORD.read_bytes(), RECORD.name)
    assert reading.problems == ()
    assert reading.evaluation
    return reading.evaluation


def asked(life: Evaluation, as_of: date) -> Selection:
    return select([life], Filter(), as_of, DAYS)


def the_action(life: Evaluation, as_of: date) -> dict[str, Any]:
    (row,) = asked(life, as_of).actions
    return as_json(row)


@pytest.mark.parametrize("row", table(ACTION), ids=named)
def test_the_entries_tell_where_the_action_stood(life: Evaluation, row: Row) -> None:
    assert life.recommendations
    assert life.recommendations[0].actions
    as_of = day_of(row)
    state = timeline.action_on(life.recommendations[0].actions[0], life, as_of)
    assert state
    completed = f"{state.completed_on} {state.completed_basis}" if state.completed_on else None
    assert {
        "day": str(as_of),
        "status": state.status,
        "due": str(state.due),
        "moves": str(len(state.postponements)),
        "lead": state.responsible,
        "verdict": state.verdict,
        "completed": completed,
        "late": str(state.days_overdue(as_of)),
    } == {key: cell for key, cell in row.items() if key != "attention"}
    assert str(state.original_due) == "2021-02"


@pytest.mark.parametrize("row", table(ACTION), ids=named)
def test_the_row_in_json_says_the_same(life: Evaluation, row: Row) -> None:
    item = the_action(life, day_of(row))
    completed_on, basis = str(row["completed"]).split() if row["completed"] else (None, None)
    attention = (row["attention"] or "").split()
    expected = {
        "ref": "borehole-2020:1.1",
        "responsible": row["lead"],
        "supported_by": ["District offices"],
        "due": row["due"],
        "original_due": "2021-02",
        "postponements": int(str(row["moves"])),
        "status": row["status"],
        **{word: word in attention for word in ATTENTION},
        "days_overdue": int(str(row["late"])) or None,
        "completed_on": completed_on,
        "completed_on_basis": basis,
        "added": "2020-03-02",
        "decision": "accepted",
        "verdict": row["verdict"],
    }
    assert {key: item[key] for key in expected} == expected


@pytest.mark.parametrize("row", table(EVALUATION), ids=named)
def test_the_evaluation_is_planned_postponed_twice_and_cancelled(life: Evaluation, row: Row) -> None:
    (found,) = asked(life, day_of(row)).evaluations
    response = "overdue" if found.response_overdue else str(found.response_submitted or "awaited")
    assert (found.status, str(found.planned_end)) == (row["status"], row["planned end"])
    assert (found.overdue, response) == (row["overdue"] == "yes", row["response"])


@pytest.mark.parametrize(("day", "proof", "comment"), SAID)
def test_what_proves_it_and_what_was_said_last(
    life: Evaluation, day: str, proof: list[str], comment: str | None
) -> None:
    item = the_action(life, date.fromisoformat(day))
    assert [document["title"] for document in item["documents"]] == proof
    assert item["last_comment"] == comment


def test_the_day_of_the_last_entry_is_the_day_it_was_updated(life: Evaluation) -> None:
    days = ("2020-05-17", "2020-05-18", "2020-08-10", "2021-09-19", "2021-11-02", "2030-01-01")
    updated = [the_action(life, date.fromisoformat(day))["updated"] for day in days]
    assert updated == ["2020-03-02", "2020-05-18", "2020-08-10", "2020-08-10", "2021-11-02", "2022-06-14"]


def test_on_the_day_before_the_first_entry_the_action_is_not_there(life: Evaluation) -> None:
    before = asked(life, date(2020, 3, 1))
    assert [row.ref for row in before.evaluations] == ["borehole-2020"]
    assert before.recommendations[0].decision is None
    assert before.actions == ()


def test_on_the_day_before_its_own_first_entry_the_evaluation_is_not_there(life: Evaluation) -> None:
    assert asked(life, date(2019, 11, 3)) == Selection(date(2019, 11, 3), (), (), ())
