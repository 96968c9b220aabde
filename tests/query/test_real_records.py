"""Where the two evaluations in records/ stood on some days, counted by hand in their sources."""

from datetime import date
from pathlib import Path

import pytest

from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.query.filters import Filter
from mrtrack.query.selection import Selection, select
from mrtrack.query.summary import summarise
from mrtrack.source.reader import read

RECORDS = Path(__file__).parents[2] / "records"

UNOSSC_LATE = {"unossc-2020:2.3", "unossc-2020:4.5"}


@pytest.fixture(scope="module")
def records() -> list[Evaluation]:
    found = []
    for name in ("unossc-2020", "unece-2021"):
        reading = read((RECORDS / f"{name}.yaml").read_bytes(), f"records/{name}.yaml")
        assert [problem for problem in reading.problems if problem.severity == "error"] == []
        assert reading.evaluation
        found.append(reading.evaluation)
    return found


def asked(records: list[Evaluation], day: str) -> Selection:
    return select(records, Filter(), date.fromisoformat(day), Settings().days)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2020-11-22", {"total": 0, "completed": 0, "not-stated": 0, "overdue": 0}),
        ("2021-06-30", {"total": 28, "completed": 1, "not-stated": 27, "overdue": 2}),
        ("2022-12-31", {"total": 36, "completed": 22, "not-stated": 8, "overdue": 0}),
        ("2023-01-01", {"total": 36, "completed": 22, "not-stated": 8, "overdue": 3}),
        ("2023-04-01", {"total": 36, "completed": 22, "not-stated": 8, "overdue": 7}),
        ("2023-12-31", {"total": 36, "completed": 22, "not-stated": 8, "overdue": 7}),
        ("2024-01-01", {"total": 36, "completed": 22, "not-stated": 8, "overdue": 14}),
    ],
)
def test_how_many_actions_stood_where(records: list[Evaluation], day: str, counts: dict[str, int]) -> None:
    found = summarise(asked(records, day)).as_json()["actions"]
    assert {key: found[key] for key in counts} == counts


@pytest.mark.parametrize(
    ("day", "late"),
    [
        ("2021-06-30", {"unossc-2020:1.2", "unossc-2020:1.5"}),
        ("2023-01-01", UNOSSC_LATE | {"unece-2021:6.1"}),
    ],
)
def test_which_actions_were_overdue(records: list[Evaluation], day: str, late: set[str]) -> None:
    assert {row.ref for row in asked(records, day).actions if row.overdue} == late


def test_a_stamp_says_that_the_work_was_done_by_then(records: list[Evaluation]) -> None:
    row = next(row for row in asked(records, "2022-12-31").actions if row.ref == "unossc-2020:1.2")
    assert (str(row.completed_on), row.completed_on_basis) == ("2021-10-08", "recorded")


def test_the_second_evaluation_is_not_there_before_its_report(records: list[Evaluation]) -> None:
    assert [row.ref for row in asked(records, "2021-09-26").evaluations] == ["unossc-2020"]
    assert [row.ref for row in asked(records, "2021-09-27").evaluations] == ["unossc-2020", "unece-2021"]


def test_decisions_as_the_sources_state_them(records: list[Evaluation]) -> None:
    assert summarise(asked(records, "2021-12-21")).decisions["not-stated"] == 15
    found = summarise(asked(records, "2021-12-22"))
    assert found.recommendations == 15
    assert found.decisions == {"accepted": 7, "partially-accepted": 1, "rejected": 0, "not-stated": 7}


def test_the_response_that_was_required_was_there_once_all_was_answered(records: list[Evaluation]) -> None:
    late = {"required": 1, "submitted": 0, "due": 0, "overdue": 1}
    assert summarise(asked(records, "2020-11-22")).responses == late
    assert summarise(asked(records, "2020-11-23")).responses == {**late, "submitted": 1, "overdue": 0}
