"""The workbook that a unit gets: what it shows, what it hides, and that nothing in it runs."""

import io
import re
import zipfile
from datetime import date

import python_calamine as calamine

from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.query.filters import Filter
from mrtrack.query.rows import ActionRow
from mrtrack.query.selection import select
from mrtrack.reports.workbooks import workbook_for_unit
from mrtrack.reports.workbooks.names import file_stems
from mrtrack.source.reader import read
from returning import columns_of, grids
from waterworks import WATER

DAY = date(2026, 11, 22)


def rows_of(text: str) -> tuple[ActionRow, ...]:
    evaluation = read(text.encode(), "records/water-2021.yaml").evaluation
    assert isinstance(evaluation, Evaluation)
    return select([evaluation], Filter(), DAY, Settings().days).actions


def book(text: str = WATER, settings: Settings | None = None, unit: str = "Director") -> bytes:
    return workbook_for_unit(unit, rows_of(text), settings or Settings(), DAY)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode("utf-8")


def test_it_shows_what_is_recorded_and_leaves_the_answers_empty() -> None:
    grid = grids(book())["Actions"]
    head, places = columns_of(grid)
    row = grid[head + 2]
    shown = {key: row[place] for key, place in places.items() if row[place]}
    assert shown == {
        "ref": "water-2021:1.1",
        "evaluation": "Evaluation of the water programme",
        "recommendation": "1. Plan together\nPlan the whole life of an initiative.",
        "action": "Hold one planning meeting a year.",
        "part": "lead",
        "due": "2021-07, 1,940 days overdue",
        "status_now": "initiated",
        "last_comment": "The meeting was moved to follow the budget.",
    }


def test_the_keys_are_on_a_sheet_that_no_menu_shows() -> None:
    found = calamine.load_workbook(io.BytesIO(book())).sheets_metadata
    assert [(one.name, one.visible) for one in found] == [
        ("Actions", calamine.SheetVisibleEnum.Visible),
        ("Help", calamine.SheetVisibleEnum.Visible),
        ("mrtrack keys", calamine.SheetVisibleEnum.VeryHidden),
    ]


def test_the_statuses_are_offered_in_the_organisations_words_however_long_they_are() -> None:
    labels = {"initiated": "Under way" + ", and so on" * 30, "completed": "Done, all of it"}
    settings = Settings.model_validate({"labels": {"status": labels}})
    content = book(settings=settings)
    assert "'mrtrack keys'!$D$1:$D$4" in part(content, "xl/worksheets/sheet1.xml")
    words = [row[3] for row in grids(content)["mrtrack keys"][:4]]
    assert words == ["Not initiated", labels["initiated"], labels["completed"], "No longer applicable"]


def test_only_the_cells_for_answers_can_be_written_in() -> None:
    content = book()
    sheet, styles = part(content, "xl/worksheets/sheet1.xml"), part(content, "xl/styles.xml")
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.split("<cellXfs")[1].split("</cellXfs>")[0])
    free = {number for number, look in enumerate(formats) if 'locked="0"' in look}
    row = sheet.split('<row r="6"')[1].split("</row>")[0]
    open_cells = [
        name for name, style in re.findall(r'<c r="([A-Z]+)6" s="(\d+)"', row) if int(style) in free
    ]
    assert "<sheetProtection" in sheet
    assert open_cells == ["I", "J", "K", "L", "M", "N", "O"]


def test_text_of_a_record_is_never_a_formula_or_a_link() -> None:
    hostile = WATER.replace("Hold one planning meeting a year.", "=HYPERLINK(1) https://example.org/ @x <b>")
    content = book(hostile)
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert "=HYPERLINK(1) https://example.org/ @x <b>" in str(grids(content)["Actions"])


def test_the_same_records_and_day_give_the_same_bytes() -> None:
    assert book() == book()


def test_names_of_files_are_plain_and_each_once() -> None:
    units = ["Équipe / Team A", "equipe team a", "…", "x" * 200]
    assert list(file_stems(units, DAY)) == [
        "equipe-team-a-2026-11-22",
        "equipe-team-a-2-2026-11-22",
        "unit-2026-11-22",
        "x" * 60 + "-2026-11-22",
    ]
