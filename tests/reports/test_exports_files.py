"""What other programs open: workbooks, calendars and databases hold every row, and nothing in them runs."""

import io
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import python_calamine
from exported import DAY, RECORD, about, portion, wording
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from mrtrack.changes import HistoryRow
from mrtrack.edit.refusal import Refused
from mrtrack.model.dates import parse_date
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow, columns
from mrtrack.reports.exports import database
from mrtrack.reports.exports.calendar import calendar
from mrtrack.reports.exports.columns import TABLES
from mrtrack.reports.exports.database import write_database
from mrtrack.reports.exports.records_book import write_book
from mrtrack.reports.exports.workbook import Column, Sheet, workbook

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "https://example.org/", "1.10", "007"]


def sheet(content: bytes, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = (
        python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name(name).to_python()
    )
    return rows


def inside(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(name).decode("utf-8") for name in packed.namelist())


def test_every_column_of_a_row_is_told_and_in_its_order() -> None:
    kinds = {
        "evaluations": EvaluationRow,
        "recommendations": RecommendationRow,
        "actions": ActionRow,
        "history": HistoryRow,
    }
    for table, kind in kinds.items():
        assert [column.name for column in TABLES[table].columns] == columns(kind)


def test_texts_of_a_workbook_are_neither_formulas_nor_links_nor_numbers() -> None:
    content = workbook([Sheet("Texts", [Column("Text")], [[text] for text in HOSTILE])])
    assert [row[0] for row in sheet(content, "Texts")[1:]] == HOSTILE
    assert "<f>" not in inside(content)
    assert "<hyperlink" not in inside(content)


def test_whole_days_are_dates_and_longer_periods_stay_as_they_are_written() -> None:
    days = [parse_date("2021-07-31"), parse_date("2021-07"), date(2020, 2, 29), date(1850, 1, 1)]
    content = workbook([Sheet("Days", [Column("Day")], [[day] for day in days])])
    assert [row[0] for row in sheet(content, "Days")[1:]] == [
        date(2021, 7, 31),
        "2021-07",
        date(2020, 2, 29),
        "1850-01-01",
    ]


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so() -> None:
    content = workbook([Sheet("Long", [Column("Text")], [["a" * 40_000]])])
    (cell,) = sheet(content, "Long")[1]
    assert len(cell) == 32_767
    assert cell.endswith("(cut: a cell holds no more)")


def test_the_workbook_of_the_records_holds_every_row_and_explains_itself(tmp_path: Path) -> None:
    write_book([portion()], about(), tmp_path / "a.xlsx")
    content = (tmp_path / "a.xlsx").read_bytes()
    read_me = {(row[0], row[1]): row[2] for row in sheet(content, "Read me")}
    assert read_me["all", "as of"] == "2022-01-31"
    assert read_me["all", "commit"] == "0123abc"
    assert read_me["all", "not read"] == "a.yaml:1: broken"
    assert ("Actions", "Days overdue") in read_me
    counts = {name: len(sheet(content, name.capitalize())) - 1 for name in TABLES}
    assert counts == {"evaluations": 1, "recommendations": 1, "actions": 2, "history": 3}
    assert [row[0] for row in sheet(content, "Actions")[1:]] == ["water-2021:1.1", "water-2021:1.10"]
    write_book([portion()], about(), tmp_path / "b.xlsx")
    assert (tmp_path / "b.xlsx").read_bytes() == content


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_a_calendar_has_one_all_day_entry_an_action_on_the_last_day_it_is_due() -> None:
    (event,) = events(calendar(portion().due(), DAY, wording))
    assert event["UID"] == "water-2021:1.10@mrtrack"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2022, 3, 31), date(2022, 4, 1))
    assert event["SUMMARY"] == "water-2021:1.10 Publish the plan."
    assert "Evaluation: Evaluation, of water; and \\more" in event["DESCRIPTION"]


def test_an_entry_keeps_its_identity_when_its_date_moves() -> None:
    before = events(calendar(portion().due(), DAY, wording))
    moved = portion(RECORD.replace("2022-Q1", "2022-06-15")).due()
    after = events(calendar(moved, DAY + timedelta(days=1), wording))
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert after[0]["DTSTART"].dt == date(2022, 6, 15)
    assert after[0]["DTSTAMP"].dt > before[0]["DTSTAMP"].dt


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_no_text_ends_an_entry_or_begins_another(text: str) -> None:
    (row,) = portion().due()
    said = calendar([row._replace(title=text, text=f"{text}\r\nEND:VEVENT\r\nBEGIN:VALARM")], DAY, wording)
    assert len(events(said)) == 1
    assert not icalendar.Calendar.from_ical(said).walk("VALARM")
    lines = said.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert all(line.decode("utf-8") for line in lines[:-1])


def test_the_last_day_there_is_can_be_a_due_date() -> None:
    (event,) = events(calendar(portion(RECORD.replace("2022-Q1", "9999-12-31")).due(), DAY, wording))
    assert event["DTSTART"].dt == date(9999, 12, 31)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    write_database([portion()], about(), tmp_path / "a.sqlite")
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as connection:
        yield connection


def test_a_database_holds_every_row_typed_and_its_keys_hold(opened: sqlite3.Connection) -> None:
    counts = {name: opened.execute(f"select count(*) from {name}").fetchone()[0] for name in TABLES}  # noqa: S608
    assert counts == {"evaluations": 1, "recommendations": 1, "actions": 2, "history": 3}
    assert opened.execute("pragma foreign_key_check").fetchall() == []
    assert opened.execute("pragma integrity_check").fetchall() == [("ok",)]
    told = opened.execute(
        "select due, due_first, due_last, overdue, supported_by, recommendation_ref from actions where action = '1.1'"
    ).fetchone()
    assert told == ("2021-07", "2021-07-01", "2021-07-31", 0, '["Field office"]', "water-2021:1")
    entry = opened.execute(
        "select happened, happened_last, action_ref, json_extract(documents, '$[0].title') from history "
        "where status = 'completed' and action_ref is not null"
    ).fetchone()
    assert entry == ("until 2021-10-01", "2021-10-01", "water-2021:1.1", "Minutes")


def test_a_database_says_what_every_column_means(opened: sqlite3.Connection) -> None:
    there = {
        (table, row[1])
        for table in TABLES
        for row in opened.execute(f"pragma table_info({table})").fetchall()
    }
    told = set(opened.execute("select table_name, column_name from columns where meaning <> ''").fetchall())
    assert told == there
    assert (
        "-- by when, as it stood"
        in opened.execute("select sql from sqlite_master where name = 'actions'").fetchone()[0]
    )
    assert ("not read", "a.yaml:1: broken") in opened.execute("select * from about").fetchall()


def test_the_views_of_a_database_answer(opened: sqlite3.Connection) -> None:
    assert opened.execute("select ref from open_actions").fetchall() == [("water-2021:1.10",)]
    assert opened.execute("select actions, completed, overdue from progress").fetchall() == [(2, 1, 0)]
    assert opened.execute("select responsible, actions from leads").fetchall() == [(None, 1), ("Director", 1)]
    assert len(database.VIEWS) == 3


def test_two_rows_of_one_name_are_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="two rows have the same reference"):
        write_database([portion(), portion()], about(), tmp_path / "a.sqlite")


def test_the_page_about_exports_tells_every_column_and_view() -> None:
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    for name, table in TABLES.items():
        chapter = page.split(f"\n### {name}\n")[1].split("\n### ")[0]
        told = [line.split(" | ") for line in chapter.splitlines() if line.startswith("| `")]
        assert [(row[0].strip("| `"), row[2].strip(" |")) for row in told] == [
            (column.name, column.meaning) for column in table.columns
        ]
    for view, (meaning, _) in database.VIEWS.items():
        assert f"| `{view}` | {meaning} |" in page


@pytest.mark.parametrize("write", [write_book, write_database])
def test_a_file_that_cannot_be_written_is_refused_with_what_to_do(
    tmp_path: Path, write: Callable[..., None]
) -> None:
    with pytest.raises(Refused, match="cannot be written") as refused:
        write([], about(), tmp_path / "gone" / "records")
    assert refused.value.hint == "look at the disk and at the permissions"
