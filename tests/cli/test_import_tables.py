"""`mrtrack import` of tables: a mapping to start from, the mapping refused or taken, and importing again."""

import csv
import json
from pathlib import Path

import pytest

from conftest import Run
from waterworks import changed_files, item, whole

TABLE = (
    "Report,No.,Recommendation,Action,Lead,Deadline,Status\n"
    "Ferries 2021,1,Mend the ferries.,Buy oak,Boatyard,2022-03,Completed\n"
    "Ferries 2021,2,Paint them.,Choose the paint,Boatyard,2022-06,Waiting\n"
    "Piers 2022,1,Widen the pier.,Draw a plan,Port office,2023-01,Initiated\n"
)
MAPPING = """\
rows = "recommendations"

[evaluations]
by = "Report"
id = "{Report}"

[columns]
"Report" = "evaluation.title"
"No." = "recommendation.number"
"Recommendation" = "recommendation.text"
"Action" = "action.text"
"Lead" = "action.responsible"
"Deadline" = "action.due"
"Status" = "action.status"

[status]
"Completed" = "completed"
"Initiated" = "initiated"
"Waiting" = "not-stated"
"""


@pytest.fixture
def table(folder: Path) -> Path:
    (folder / "records").mkdir()
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    (folder / "table.toml").write_text(MAPPING, encoding="utf-8")
    return folder


def test_the_mapping_that_is_guessed_imports_the_table(table: Path, mrtrack: Run) -> None:
    guessed = mrtrack("import", "--guess", "table.csv")
    assert guessed.code == 0
    (table / "guessed.toml").write_text(guessed.out, encoding="utf-8")
    told = mrtrack("import", "table.csv", "--mapping", "guessed.toml")
    assert told.code == 0
    assert told.out.splitlines() == [
        "records/ferries-2021.yaml new: 2 recommendations, 2 actions",
        "records/piers-2022.yaml new: 1 recommendation, 1 action",
    ]
    assert item(table / "records/ferries-2021.yaml", "1.1")["status"] == "completed"
    assert "status" not in item(table / "records/ferries-2021.yaml", "2.1")
    assert "Waiting" in json.dumps(item(table / "records/ferries-2021.yaml", "2.1"))
    assert mrtrack("check").code == 0


def test_a_table_imported_again_changes_only_what_changed(table: Path, mrtrack: Run) -> None:
    assert mrtrack("import", "table.csv", "--mapping", "table.toml").code == 0
    before = {path: path.read_bytes() for path in (table / "records").iterdir()}
    told = mrtrack("import", "table.csv", "--mapping", "table.toml")
    assert told.out.splitlines() == [
        "records/ferries-2021.yaml nothing new",
        "records/piers-2022.yaml nothing new",
    ]
    assert {path: path.read_bytes() for path in (table / "records").iterdir()} == before
    rows = TABLE.splitlines(keepends=True)
    changed = [rows[0], rows[3].replace("Initiated", "Completed"), rows[2], rows[1]]
    (table / "table.csv").write_text("".join(changed), encoding="utf-8")
    assert mrtrack("import", "table.csv", "--mapping", "table.toml").code == 0
    entry = item(table / "records/piers-2022.yaml", "1.1")["history"][-1]
    assert (entry["date"], entry["status"]) == ("2026-11-22", "completed")
    ferries, old = table / "records/ferries-2021.yaml", before[table / "records/ferries-2021.yaml"]
    assert [one for one in whole(ferries)["recommendations"][0]["actions"] if "history" in one] == []
    assert old.split(b"recommendations:")[1] == ferries.read_bytes().split(b"recommendations:")[1]


def test_a_column_that_the_table_has_not_is_refused_with_those_that_it_has(table: Path, mrtrack: Run) -> None:
    (table / "table.toml").write_text(MAPPING.replace('"Lead"', '"Leed"'), encoding="utf-8")
    told = mrtrack("import", "table.csv", "--mapping", "table.toml")
    assert (told.code, told.out) == (1, "")
    assert "Leed" in told.err
    assert "Lead" in told.err
    assert list((table / "records").iterdir()) == []


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        (MAPPING.replace("action.due", "action.deadline"), "action.deadline"),
        (MAPPING.replace('"initiated"', '"begun"'), "begun"),
        ("rows = \n", "table.toml"),
        ("", "table.toml"),
    ],
)
def test_a_mapping_that_means_nothing_is_refused(
    table: Path, mrtrack: Run, mapping: str, expected: str
) -> None:
    (table / "table.toml").write_text(mapping, encoding="utf-8")
    told = mrtrack("import", "table.csv", "--mapping", "table.toml")
    assert (told.code, told.out) == (1, "")
    assert expected in told.err
    assert list((table / "records").iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [
        ("table.csv", "--mapping", "nowhere.toml"),
        ("--guess", "nowhere.csv"),
        ("--guess", "records"),
        ("table.csv", "--mapping", "table.toml", "--sheet", "Second"),
    ],
)
@pytest.mark.usefixtures("table")
def test_what_is_not_there_is_said(mrtrack: Run, command: tuple[str, ...]) -> None:
    told = mrtrack("import", *command)
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("mrtrack: ")
    assert "Traceback" not in told.err
    assert changed_files() == ["?? table.csv", "?? table.toml"]


def test_a_sheet_of_a_workbook_is_chosen_by_its_name(table: Path, mrtrack: Run) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    with xlsxwriter.Workbook(table / "book.xlsx") as book:
        book.add_worksheet("Notes").write(0, 0, "For the port office")
        sheet = book.add_worksheet("Tracker")
        for number, row in enumerate(csv.reader(TABLE.splitlines())):
            sheet.write_row(number, 0, row)
    told = mrtrack("import", "book.xlsx", "--mapping", "table.toml", "--sheet", "Tracker")
    assert told.code == 0
    assert len(told.out.splitlines()) == 2
    assert item(table / "records/piers-2022.yaml", "1.1")["responsible"] == "Port office"
    refused = mrtrack("import", "book.xlsx", "--mapping", "table.toml", "--sheet", "Trackers")
    assert refused.code == 1
    assert "Tracker" in refused.err


def test_what_is_given_for_the_whole_table_is_in_every_record(table: Path, mrtrack: Run) -> None:
    options = (
        "--organisation",
        "Port Agency",
        "--url",
        "https://example.org/table",
        "--retrieved",
        "2026-01-02",
    )
    assert mrtrack("import", "table.csv", "--mapping", "table.toml", *options).code == 0
    for record in (table / "records").iterdir():
        data = whole(record)
        assert data["organisation"] == "Port Agency"
        assert data["sources"][0]["url"] == "https://example.org/table"


def test_the_evaluations_of_a_table_are_not_put_into_one_record(table: Path, mrtrack: Run) -> None:
    assert mrtrack("import", "table.csv", "--mapping", "table.toml").code == 0
    before = (table / "records/piers-2022.yaml").read_bytes()
    told = mrtrack("import", "table.csv", "--mapping", "table.toml", "--into", "piers-2022")
    assert (told.code, told.out) == (1, "")
    assert "2 evaluations" in told.err
    assert (table / "records/piers-2022.yaml").read_bytes() == before
