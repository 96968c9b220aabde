"""What `mrtrack ask` makes: a file for each unit, that can be sent."""

import json
from pathlib import Path

import pytest

from conftest import Run
from returning import columns_of, grids
from waterworks import begin, changed_files


@pytest.fixture
def asked(folder: Path) -> Path:
    begin(folder)
    return folder


def test_every_unit_that_leads_an_open_action_gets_a_workbook_named_after_it(
    asked: Path, mrtrack: Run
) -> None:
    done = mrtrack("ask", "-o", "asked")
    assert done.code == 0
    assert sorted(path.name for path in (asked / "asked").iterdir()) == [
        "director-2026-11-22.xlsx",
        "field-office-2026-11-22.xlsx",
    ]
    assert "Director" in done.out
    assert "2 open actions have no lead" in done.err


@pytest.mark.usefixtures("asked")
def test_asking_changes_no_record(mrtrack: Run) -> None:
    mrtrack("ask", "-o", "asked")
    assert [line for line in changed_files() if "asked/" not in line] == []


def test_a_unit_is_named_wholly_or_in_part_and_gets_what_it_leads_and_supports(
    asked: Path, mrtrack: Run
) -> None:
    path = asked / "records" / "harbour-2022.yaml"
    path.write_text(
        path.read_text("utf-8")
        + "        supported_by:\n          - Field office\n        responsible: Port\n",
        "utf-8",
    )
    done = mrtrack("ask", "--unit", "field", "-o", "asked", "--json")
    (item,) = json.loads(done.out)["items"]
    assert item == {
        "path": "asked/field-office-2026-11-22.xlsx",
        "unit": "Field office",
        "actions": 2,
        "leads": 1,
        "supports": 1,
        "overdue": 1,
    }
    grid = grids((asked / item["path"]).read_bytes())["Actions"]
    head, places = columns_of(grid)
    assert [(row[places["ref"]], row[places["part"]]) for row in grid[head + 2 :]] == [
        ("water-2021:1.2", "lead"),
        ("harbour-2022:1.1", "support"),
    ]
    assert [
        item["leads"]
        for item in json.loads(mrtrack("ask", "--lead", "field", "-o", "b", "--json").out)["items"]
    ] == [1]


def test_filters_choose_the_actions_and_closed_ones_are_never_asked_about(asked: Path, mrtrack: Run) -> None:
    done = mrtrack("ask", "--due-after", "2021-12", "-o", "asked", "--json")
    assert [item["unit"] for item in json.loads(done.out)["items"]] == ["Field office"]
    assert mrtrack("ask", "--status", "completed", "-o", "other").code == 1
    assert not (asked / "other").exists()


def test_the_same_day_gives_the_same_bytes_and_a_file_with_answers_is_not_written_over(
    asked: Path, mrtrack: Run
) -> None:
    mrtrack("ask", "--unit", "Director", "-o", "asked")
    path = asked / "asked" / "director-2026-11-22.xlsx"
    first = path.read_bytes()
    assert mrtrack("ask", "--unit", "Director", "-o", "asked").code == 0
    assert path.read_bytes() == first
    path.write_bytes(b"answers")
    done = mrtrack("ask", "--unit", "Director", "-o", "asked")
    assert done.code == 1
    assert "take them first" in done.err
    assert path.read_bytes() == b"answers"


@pytest.mark.usefixtures("asked")
def test_the_folder_has_to_be_named(mrtrack: Run) -> None:
    done = mrtrack("ask")
    assert done.code == 2
    assert "-o asked" in done.err


def test_csv_is_guarded_against_formulas_unless_said(asked: Path, mrtrack: Run) -> None:
    path = asked / "records" / "water-2021.yaml"
    path.write_text(path.read_text("utf-8").replace("Publish the plan.", "=HYPERLINK(1)"), "utf-8")
    mrtrack("ask", "--unit", "Field office", "--format", "csv", "-o", "asked")
    text = (asked / "asked" / "field-office-2026-11-22.csv").read_text("utf-8-sig")
    assert ",'=HYPERLINK(1)," in text
    mrtrack("ask", "--unit", "Field office", "--format", "csv", "--no-guard", "-o", "bare")
    assert ",=HYPERLINK(1)," in (asked / "bare" / "field-office-2026-11-22.csv").read_text("utf-8-sig")


def test_a_workbook_tells_nothing_that_is_internal_or_not_published(asked: Path, mrtrack: Run) -> None:
    path = asked / "records" / "harbour-2022.yaml"
    path.write_text(
        path.read_text("utf-8")
        + "        supported_by:\n          - Port authority\n        responsible: Port\n"
        + '        history:\n          - date: "2026-01-05"\n            by: Port\n            responsible: Port\n'
        + "            comment: |\n              Between us alone.\n            internal: true\n",
        "utf-8",
    )
    (asked / "mrtrack.toml").write_text(
        '[publish]\nomit = ["recommendations.actions.supported_by"]\n', encoding="utf-8"
    )
    done = mrtrack("ask", "-o", "asked", "--unit", "Port", "--format", "csv")
    assert done.code == 0, done.err
    (form,) = (asked / "asked").iterdir()
    told = form.read_text("utf-8")
    assert "harbour-2022" in told
    assert "Between us" not in told
    assert "Port authority" not in told
