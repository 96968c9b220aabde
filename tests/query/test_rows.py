"""Rows are the contract of the JSON output: the keys, their order, and plain values."""

import json
from datetime import date

from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.query.filters import Filter
from mrtrack.query.rows import as_json
from mrtrack.query.selection import Selection, select
from mrtrack.source.reader import read

# DESIGN.md section 3, as it stands there.
ACTIONS = (
    "ref evaluation recommendation action title text responsible supported_by serves due original_due "
    "postponements timeline status overdue long_overdue due_soon stale disputed days_overdue completed_on "
    "completed_on_basis added updated decision verdict last_comment documents"
)
RECOMMENDATIONS = (
    "ref evaluation recommendation number title text addressed_to part_of priority decision responded "
    "response actions"
)
EVALUATIONS = (
    "evaluation title organisation type status planned_end completed report_date overdue response_required "
    "response_submitted response_due response_overdue countries tags updated"
)

RECORD = b"""\
schema: 1
id: example-2021
title: Evaluation of the water programme
organisation: Example Agency
type: Outcome
status: completed
completed: 2020-09
report_date: 2020-10-05
countries: [KEN]
tags: [rural]
management_response:
  required: true
  submitted: 2020-11-23
recommendations:
  - id: "1"
    number: 1/24
    addressed_to:
      - The Board
    priority: High
    title: Plan together
    response:
      decision: accepted
      text: |
        Management agrees.
    actions:
      - id: "1.1"
        title: Meet
        text: |
          Hold one meeting a year.
        responsible: Director
        supported_by:
          - Regional offices
        serves: ["2"]
        due: 2021-07
        timeline: each summer
        status: completed
        history:
          - date: 2020-11-23
            due: 2021-01
          - date: 2021-03-02
            due: 2021-07
            comment: |
              Moved to follow the budget.
          - date: 2021-10-08
            on: until 2021-07-15
            status: completed
            documents:
              - title: Minutes
                url: https://example.org/minutes
          - date: 2021-11-30
            by: Evaluation office
            verdict: confirmed
      - id: "1.2"
  - id: "2"
    part_of: "1"
"""


def selection(as_of: date) -> Selection:
    reading = read(RECORD, "example-2021.yaml")
    assert reading.problems == ()
    assert reading.evaluation
    return select([reading.evaluation], Filter(), as_of, Settings().days)


def test_the_keys_of_each_row_are_those_of_the_contract_in_its_order() -> None:
    found = selection(date(2022, 1, 1))
    assert " ".join(as_json(found.actions[0])) == ACTIONS
    assert " ".join(as_json(found.recommendations[0])) == RECOMMENDATIONS
    assert " ".join(as_json(found.evaluations[0])) == EVALUATIONS


def test_an_action_in_json() -> None:
    row = selection(date(2022, 1, 1)).actions[0]
    assert json.loads(json.dumps(as_json(row))) == {
        "ref": "example-2021:1.1",
        "evaluation": "example-2021",
        "recommendation": "1",
        "action": "1.1",
        "title": "Meet",
        "text": "Hold one meeting a year.",
        "responsible": "Director",
        "supported_by": ["Regional offices"],
        "serves": ["2"],
        "due": "2021-07",
        "original_due": "2021-01",
        "postponements": 1,
        "timeline": "each summer",
        "status": "completed",
        "overdue": False,
        "long_overdue": False,
        "due_soon": False,
        "stale": False,
        "disputed": False,
        "days_overdue": None,
        "completed_on": "2021-07-15",
        "completed_on_basis": "recorded",
        "added": "2020-11-23",
        "updated": "2021-11-30",
        "decision": "accepted",
        "verdict": "confirmed",
        "last_comment": "Moved to follow the budget.",
        "documents": [{"title": "Minutes", "url": "https://example.org/minutes"}],
    }


def test_what_is_not_stated_is_null_or_an_empty_list() -> None:
    item = as_json(selection(date(2022, 1, 1)).actions[1])
    absent = {"title", "text", "responsible", "due", "original_due", "timeline", "status", "days_overdue"}
    absent |= {"completed_on", "completed_on_basis", "added", "updated", "verdict", "last_comment"}
    assert {key for key, value in item.items() if value is None} == absent
    assert {key for key, value in item.items() if value == []} == {"supported_by", "serves", "documents"}


def test_a_recommendation_and_an_evaluation_in_json() -> None:
    found = selection(date(2022, 1, 1))
    assert json.loads(json.dumps(as_json(found.recommendations[0]))) == {
        "ref": "example-2021:1",
        "evaluation": "example-2021",
        "recommendation": "1",
        "number": "1/24",
        "title": "Plan together",
        "text": None,
        "addressed_to": ["The Board"],
        "part_of": None,
        "priority": "High",
        "decision": "accepted",
        "responded": True,
        "response": "Management agrees.",
        "actions": 2,
    }
    assert json.loads(json.dumps(as_json(found.evaluations[0]))) == {
        "evaluation": "example-2021",
        "title": "Evaluation of the water programme",
        "organisation": "Example Agency",
        "type": "Outcome",
        "status": "completed",
        "planned_end": None,
        "completed": "2020-09",
        "report_date": "2020-10-05",
        "overdue": False,
        "response_required": True,
        "response_submitted": "2020-11-23",
        "response_due": "2020-11-11",
        "response_overdue": False,
        "countries": ["KEN"],
        "tags": ["rural"],
        "updated": "2021-11-30",
    }


def test_a_response_is_overdue_from_the_day_after_it_was_due_until_it_is_submitted() -> None:
    days = [date(2020, 11, day) for day in (11, 12, 22, 23)]
    rows = [selection(day).evaluations[0] for day in days]
    assert [row.response_overdue for row in rows] == [False, True, True, False]
    assert [row.response_submitted for row in rows] == [None, None, None, date(2020, 11, 23)]


def test_an_answered_response_is_not_overdue_though_no_day_is_stated() -> None:
    one = {"id": "1", "response": {"decision": "accepted"}}
    whole = Evaluation.model_validate(
        {
            "schema": "1",
            "id": "a",
            "completed": "2020-09",
            "management_response": {"required": "true"},
            "recommendations": [one],
        }
    )
    (row,) = select([whole], Filter(), date(2022, 1, 1), Settings().days).evaluations
    assert (row.response_overdue, row.response_submitted) == (False, None)


def test_before_it_was_answered_a_recommendation_shows_no_response() -> None:
    row = selection(date(2020, 11, 22)).recommendations[0]
    assert (row.decision, row.responded, row.response, row.actions) == (None, False, None, 1)


def test_how_late_an_action_is_counts_from_the_day_after_its_due_period() -> None:
    rows = [selection(day).actions[0] for day in (date(2021, 7, 31), date(2021, 8, 1), date(2021, 10, 7))]
    assert [(row.overdue, row.days_overdue) for row in rows] == [(False, None), (True, 1), (True, 68)]


def test_the_limits_in_days_can_be_set() -> None:
    reading = read(RECORD, "example-2021.yaml")
    assert reading.evaluation
    days = Settings.model_validate(
        {"days": {"long_overdue": 10, "due_soon": 5, "stale": 20, "response": 7}}
    ).days

    def on(day: date) -> tuple[bool, bool, bool]:
        assert reading.evaluation
        row = select([reading.evaluation], Filter(), day, days).actions[0]
        return row.long_overdue, row.due_soon, row.stale

    assert on(date(2021, 7, 25)) == (False, False, True)
    assert on(date(2021, 7, 26)) == (False, True, True)
    assert on(date(2021, 8, 10)) == (False, False, True)
    assert on(date(2021, 8, 11)) == (True, False, True)
    assert on(date(2021, 3, 21)) == (False, False, False)
    evaluation = select([reading.evaluation], Filter(), date(2020, 10, 8), days).evaluations[0]
    assert (evaluation.response_due, evaluation.response_overdue) == (date(2020, 10, 7), True)


def test_an_evaluation_was_updated_by_the_last_entry_anywhere_in_it() -> None:
    whole = Evaluation.model_validate(
        {
            "schema": "1",
            "id": "a",
            "history": [{"date": "2021-01-01", "status": "planned"}],
            "recommendations": [
                {
                    "id": "1",
                    "response": {"history": [{"date": "2021-03-01", "decision": "accepted"}]},
                    "actions": [{"id": "1.1", "history": [{"date": "2021-02-01"}, {"date": "2021-04-01"}]}],
                }
            ],
        }
    )
    days = (date(2021, 1, 31), date(2021, 2, 28), date(2021, 3, 31), date(2021, 4, 1))
    updated = [select([whole], Filter(), day, Settings().days).evaluations[0].updated for day in days]
    assert updated == [date(2021, 1, 1), date(2021, 2, 1), date(2021, 3, 1), date(2021, 4, 1)]


def test_a_row_of_a_bare_record_says_only_what_it_is() -> None:
    part = selection(date(2022, 1, 1)).recommendations[1]
    assert (part.part_of, as_json(part)["addressed_to"], part.counted) == ("1", [], False)
    bare = Evaluation.model_validate({"schema": "1", "id": "a"})
    item = as_json(select([bare], Filter(), date(2022, 1, 1), Settings().days).evaluations[0])
    assert {key: value for key, value in item.items() if value is not None} == {
        "evaluation": "a",
        "overdue": False,
        "response_overdue": False,
        "countries": [],
        "tags": [],
    }
