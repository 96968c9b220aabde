"""How long a finding stays: what is said to hold until a day is found again on every day up to it."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mrtrack.model.settings import Settings
from mrtrack.problems import Problem
from mrtrack.rules.checking import check_record, under_check
from mrtrack.rules.lasting import last_day
from mrtrack.rules.rule import RecordUnderCheck
from mrtrack.source.reader import read

CASES = sorted((Path(__file__).parent / "cases").glob("*-*"))
DAYS = [
    date.min,
    *(date(2020, 9, 15) + timedelta(90 * step) for step in range(8)),
    date(2026, 11, 22),
    date.max,
]
ANSWER = "schema: 1\nid: water-2021\nmanagement_response:\n  required: true\n"
ACCEPTED = "accepted:\n  - rule: response-overdue\n    reason: They said so.\n"


def at(content: str | bytes, today: date, told: dict[str, Any] | None = None) -> RecordUnderCheck:
    settings = Settings.model_validate((told or {}).get("settings", {}))
    text = content if isinstance(content, bytes) else content.encode()
    return under_check(read(text, "records/water-2021.yaml"), settings, today)


def found(content: str | bytes, today: date, told: dict[str, Any] | None = None) -> tuple[Problem, ...]:
    return check_record(at(content, today, told))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_rule_finds_anything_else_before_the_last_day_of_its_answer(case: Path) -> None:
    told = json.loads((case / "expected.json").read_text("utf-8"))
    content = (case / "bad.yaml").read_bytes()
    answers = {day: found(content, day, told) for day in DAYS}
    for today in DAYS:
        last = last_day(at(content, today, told))
        assert last >= today
        later = [answers[day] for day in DAYS if today <= day <= last]
        assert later == [answers[today]] * len(later)


@pytest.mark.parametrize("accepted", ["", ACCEPTED])
def test_a_response_is_looked_at_anew_the_day_after_it_is_due_and_while_it_is_overdue(accepted: str) -> None:
    text = f"{ANSWER}  due: 2026-11-22\n{accepted}"
    due = date(2026, 11, 22)
    assert last_day(at(text, date(2026, 1, 1))) == due
    assert last_day(at(text, due)) == due
    assert last_day(at(text, due + timedelta(1))) == due + timedelta(1)
    assert bool(found(text, due + timedelta(1))) is not bool(accepted)


def test_a_response_that_was_submitted_is_never_looked_at_anew() -> None:
    text = f"{ANSWER}  due: 2026-11-22\n  submitted: 2026-10-01\n"
    assert last_day(at(text, date(2026, 10, 1))) == date.max
    assert last_day(at(text, date(2026, 9, 30))) == date(2026, 11, 22)


def test_an_entry_from_the_future_is_looked_at_anew_on_every_day() -> None:
    text = "schema: 1\nid: water-2021\nstatus: planned\nhistory:\n  - date: 2026-11-22\n    status: planned\n"
    assert last_day(at(text, date(2021, 1, 1))) == date(2021, 1, 1)
    assert last_day(at(text, date(2026, 11, 22))) == date.max


def test_where_nobody_asks_for_the_day_an_answer_lasts() -> None:
    reading = read(f"{ANSWER}  due: 2020-01-01\n".encode(), "records/water-2021.yaml")
    assert last_day(under_check(reading, Settings())) == date.max
