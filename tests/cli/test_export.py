"""`mrtrack export`: what a person asks for, in the file they named, without what is not to leave the repository."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import icalendar
import pytest
import python_calamine
from screens_of import ACTION_KEYS

from conftest import Run, git


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def withhold(*keys: str) -> None:
    Path("mrtrack.toml").write_text(f"[publish]\nomit = {json.dumps(keys)}\n", encoding="utf-8")


def count(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as opened:
        found: int = opened.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608 - of our own
    return found


@pytest.mark.usefixtures("real")
def test_csv_and_json_hold_the_rows_of_list(mrtrack: Run) -> None:
    assert mrtrack("export", "csv").out == mrtrack("list", "--format", "csv").out
    for kind in ("actions", "recommendations", "evaluations"):
        assert mrtrack("export", "json", kind).out == mrtrack("list", kind, "--json").out
    assert cells(mrtrack("export", "csv").out)[0] == ACTION_KEYS
    for asked in ((), ("--limit", "3"), ("--sort", "-due")):
        assert mrtrack("export", "json", "history", *asked).out == mrtrack("history", "--json", *asked).out


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("kind", "part", "extra"), [("xlsx", "xlsxwriter", "excel"), ("parquet", "duckdb", "parquet")]
)
def test_what_is_not_installed_is_named(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch, kind: str, part: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, part, None)
    answer = mrtrack("export", kind, "-o", "out")
    assert answer.code == 1
    assert f"mrtrack[{extra}]" in answer.err
    assert not Path("out").exists()


@pytest.mark.usefixtures("real")
def test_rows_are_chosen_sorted_and_cut_as_in_list(mrtrack: Run) -> None:
    asked = ("--overdue", "--sort", "-days_overdue", "--limit", "3", "--as-of", "2024-01-31")
    assert mrtrack("export", "json", *asked).out == mrtrack("list", "--json", *asked).out


def test_every_format_has_the_same_rows(mrtrack: Run, real: Path) -> None:
    for kind in ("xlsx", "sqlite", "ics"):
        assert mrtrack("export", kind, "-o", f"out.{kind}", "--evaluation", "unossc-2020").code == 0
    assert mrtrack("export", "parquet", "pool", "--evaluation", "unossc-2020").code == 0
    rows = len(cells(mrtrack("export", "csv", "--evaluation", "unossc-2020").out)) - 1
    book = python_calamine.load_workbook("out.xlsx")
    assert len(book.get_sheet_by_name("Actions").to_python()) - 1 == rows
    assert count(real / "out.sqlite", "actions") == rows
    assert len(duckdb.execute("select ref from 'pool/actions/**/*.parquet'").fetchall()) == rows
    due = json.loads(mrtrack("list", "open", "--json", "--evaluation", "unossc-2020").out)["items"]
    events = icalendar.Calendar.from_ical(Path("out.ics").read_bytes()).walk("VEVENT")
    assert {event["UID"] for event in events} == {f"{item['ref']}@mrtrack" for item in due if item["due"]}


@pytest.mark.usefixtures("real")
def test_what_is_withheld_is_in_no_file(mrtrack: Run) -> None:
    known = "concept-note and TOR"
    assert known in mrtrack("export", "csv").out
    withhold("recommendations.actions.history.comment")
    for kind in ("csv", "json", "ics", "sqlite"):
        assert mrtrack("export", kind, "-o", f"out.{kind}").code == 0
        assert known.encode() not in Path(f"out.{kind}").read_bytes()
    mrtrack("export", "json", "history", "-o", "history.json")
    assert known not in Path("history.json").read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mrtrack", "export", "parquet", "pool"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    for table, column in (("actions", "last_comment"), ("history", "comment")):
        files = f"select distinct {column} from 'pool/{table}/**/*.parquet'"  # noqa: S608 - names of our own
        assert duckdb.execute(files).fetchall() == [(None,)]
    assert len(cells(Path("out.csv").read_text(encoding="utf-8"))) == 37


@pytest.mark.usefixtures("real")
def test_a_record_that_cannot_be_read_stops_the_export_unless_the_rest_is_wanted(mrtrack: Run) -> None:
    Path("records/broken.yaml").write_text("schema: [", encoding="utf-8")
    Path("out.csv").write_text("older", encoding="utf-8")
    refused = mrtrack("export", "csv", "-o", "out.csv")
    assert refused.code == 1
    assert "records/broken.yaml" in refused.err
    assert "--partial" in refused.err
    assert Path("out.csv").read_text(encoding="utf-8") == "older"
    partial = mrtrack("export", "json", "--partial")
    assert partial.code == 0
    assert "records/broken.yaml" in partial.err
    told = json.loads(partial.out)
    assert (told["complete"], len(told["items"])) == (False, 36)
    mrtrack("export", "sqlite", "--partial", "-o", "out.sqlite")
    with closing(sqlite3.connect("out.sqlite")) as opened:
        (line,) = opened.execute("select value from about where name = 'not read'").fetchone()
    assert "records/broken.yaml" in line


@pytest.mark.usefixtures("real")
def test_a_workbook_names_the_commit_and_says_what_is_not_committed(mrtrack: Run) -> None:
    head = git("rev-parse", "HEAD").strip()
    assert _told(mrtrack)["commit"] == head
    with Path("records/unece-2021.yaml").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert _told(mrtrack)["commit"] == f"{head}, with changes that are not committed"
    assert _told(mrtrack, "--at", "HEAD")["commit"] == head


def _told(mrtrack: Run, *arguments: str) -> dict[str, str]:
    assert mrtrack("export", "xlsx", "-o", "out.xlsx", *arguments).code == 0
    rows = python_calamine.load_workbook("out.xlsx").get_sheet_by_name("Read me").to_python()
    return {str(row[1]): str(row[2]) for row in rows}


def test_several_repositories_are_pooled_and_each_row_names_its_own(mrtrack: Run, real: Path) -> None:
    Path("pools").mkdir()
    named = ("--repo", ".", "--repo", f"second={real}")
    assert mrtrack("export", "parquet", "pools/pool", *named).code == 0
    found = duckdb.execute("select repository, count(*) from 'pools/pool/actions/**/*.parquet' group by all")
    assert sorted(found.fetchall()) == [("repository", 36), ("second", 36)]
    twice = mrtrack("export", "parquet", "pools/pool", "--repo", ".", "--repo", str(real))
    assert twice.code == 1
    assert "two repositories are called repository" in twice.err


@pytest.mark.usefixtures("real")
def test_the_same_records_and_day_give_the_same_bytes(mrtrack: Run) -> None:
    for kind in ("csv", "json", "ics", "xlsx", "sqlite"):
        for name in ("a", "b"):
            assert mrtrack("export", kind, "-o", name).code == 0
        assert Path("a").read_bytes() == Path("b").read_bytes()


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("xml",), "xml"),
        (("csv", "letters"), "there is no table “letters”"),
        (("xlsx", "history"), "writes all tables"),
        (("ics", "evaluations"), "writes the open actions"),
        (("parquet",), "name one folder"),
        (("parquet", "a", "-o", "b"), "name one folder"),
        (("csv", "--repo", "."), "only parquet pools"),
        (("sqlite", "--sort", "due"), "only csv and json"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(mrtrack: Run, arguments: tuple[str, ...], words: str) -> None:
    answer = mrtrack("export", *arguments)
    assert answer.code == 2
    assert words in " ".join(answer.err.replace("│", " ").split())


@pytest.mark.usefixtures("real")
def test_a_database_can_be_piped() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mrtrack", "export", "sqlite"], capture_output=True, check=True
    )
    assert done.stdout.startswith(b"SQLite format 3\0")


@pytest.mark.usefixtures("real")
def test_binary_never_goes_to_a_terminal(mrtrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mrtrack.cli.terminal.is_terminal", lambda: True)
    answer = mrtrack("export", "xlsx")
    assert (answer.code, answer.out) == (1, "")
    assert "-o records.xlsx" in answer.err
