"""A pool of Parquet files: every row typed, in folders that every system can hold, each naming its repository."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from exported import about, portion
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.reports.exports.columns import TABLES
from mrtrack.reports.exports.pool import ABOUT, columns, folder_name, write_pool


def rows(pool: Path, table: str, what: str = "*", how: str = "") -> list[Any]:
    files = f"read_parquet('{pool}/{table}/**/*.parquet', hive_partitioning = true)"
    return duckdb.execute(f"{how}select {what} from {files}").fetchall()  # noqa: S608 - names of our own


def test_a_pool_holds_every_row_of_every_repository(tmp_path: Path) -> None:
    write_pool([portion(), replace(portion(), repository="there")], about(), tmp_path)
    assert {table: len(rows(tmp_path, table)) for table in TABLES} == {
        "evaluations": 2,
        "recommendations": 2,
        "actions": 4,
        "history": 6,
    }
    assert sorted(
        rows(tmp_path, "evaluations", "repository, evaluation, evaluation_year, organisation_key")
    ) == [
        ("here", "water-2021", 2020, "example-agency"),
        ("there", "water-2021", 2020, "example-agency"),
    ]


def test_values_keep_their_types(tmp_path: Path) -> None:
    write_pool([portion()], about(), tmp_path)
    told = sorted(
        rows(tmp_path, "actions", "action, due, due_last, overdue, postponements, supported_by, documents")
    )
    assert told[0][:6] == ("1.1", "2021-07", date(2021, 7, 31), False, 0, ["Field office"])
    assert told[0][6][0]["title"] == "Minutes"
    assert told[1][1:3] == ("2022-Q1", date(2022, 3, 31))


def test_every_column_of_a_pool_is_explained_beside_it(tmp_path: Path) -> None:
    write_pool([portion()], about(), tmp_path)
    told = json.loads((tmp_path / ABOUT).read_text(encoding="utf-8"))
    for table in TABLES:
        there = {name for (name, *_) in rows(tmp_path, table, "*", "describe ")}
        assert there == set(told["tables"][table])
        assert [column.name for column in columns(table)] == list(told["tables"][table])
    assert told["about"]["as of"] == "2022-01-31"


def test_the_same_rows_give_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_pool([portion()], about(), tmp_path / name)
    first, second = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("a", "b")
    )
    assert first == second


@pytest.mark.parametrize(
    ("organisation", "folder"),
    [
        ("UNECE", "unece"),
        ("UN Office for South-South Cooperation", "un-office-for-south-south-cooperation"),
        ("../../etc", "etc"),
        ("Agencé", "agence"),
        (None, "not-stated"),
    ],
)
def test_an_organisation_names_its_folder(organisation: str | None, folder: str) -> None:
    assert folder_name(organisation) == folder


@settings(max_examples=30)
@given(st.text(max_size=300))
def test_every_organisation_has_a_folder_that_every_system_can_hold(name: str) -> None:
    made = folder_name(name)
    assert made.isascii()
    assert made.replace("-", "").isalnum()
    assert 0 < len(made) <= 70
    assert made == made.lower()
    assert (made == "not-stated") is (name == "")


def test_names_without_latin_letters_stay_apart() -> None:
    assert folder_name("Организация А") != folder_name("Организация Б")
    assert folder_name("CON") != "con"
