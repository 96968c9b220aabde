"""A workbook of `ask`, opened, changed and saved by LibreOffice, comes back right."""

import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from conftest import Run
from waterworks import begin, item, last

pytestmark = pytest.mark.long

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


def lacking(why: str) -> None:
    """Skip on a person's machine; CI has to have it."""
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


def converted(source: Path, kind: str, folder: Path) -> Path:
    """The file opened by LibreOffice Calc, and saved as another kind."""
    program = shutil.which("soffice")
    if program is None:
        lacking("LibreOffice is not installed")
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    subprocess.run(
        [str(program), profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    target = folder / f"{source.stem}.{kind}"
    if kind == "fods" and not target.exists():
        lacking("LibreOffice has no Calc (libreoffice-calc-nogui)")
    return target


def answer(flat: Path, sheet: str, row: int, values: dict[int, str | date]) -> None:
    """Write cells of a flat OpenDocument file, which LibreOffice saved and will open."""
    for _, (prefix, address) in ET.iterparse(flat, ["start-ns"]):  # noqa: S314 - the same file
        ET.register_namespace(prefix, address)
    tree = ET.parse(flat)  # noqa: S314 - a file that LibreOffice just wrote here
    (table,) = (one for one in tree.iter(f"{_TABLE}table") if one.get(f"{_TABLE}name") == sheet)
    line = _spread(list(table.iter(f"{_TABLE}table-row")), f"{_TABLE}number-rows-repeated")[row]
    cells = _spread(list(line), f"{_TABLE}number-columns-repeated")
    for one in list(line):
        line.remove(one)
    line.extend(cells)
    for place, value in values.items():
        cell = cells[place]
        for one in list(cell):
            cell.remove(one)
        kind = "date" if isinstance(value, date) else "string"
        cell.set(f"{_OFFICE}value-type", kind)
        cell.set(f"{_CALC}value-type", kind)
        if isinstance(value, date):
            cell.set(f"{_OFFICE}date-value", value.isoformat())
        for text in str(value).split("\n"):
            ET.SubElement(cell, f"{_TEXT}p").text = text
    tree.write(flat, encoding="utf-8", xml_declaration=True)


def _spread(elements: list[ET.Element], repeated: str) -> list[ET.Element]:
    """The elements with each repetition by itself, as far as a form goes."""
    found: list[ET.Element] = []
    for element in elements:
        number = min(int(element.attrib.pop(repeated, "1")), 60)
        found += [element, *(deepcopy(element) for _ in range(number - 1))]
    return found


@pytest.fixture
def water(folder: Path) -> Path:
    return begin(folder)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_workbook_that_libreoffice_changed_and_saved_comes_back_right(
    water: Path, folder: Path, tmp_path: Path, mrtrack: Run, kind: str
) -> None:
    mrtrack("ask", "--unit", "Director", "-o", "asked")
    flat = converted(folder / "asked" / "director-2026-11-22.xlsx", "fods", tmp_path / "flat")
    answers: dict[int, str | date] = {
        8: "Completed",
        9: "The meeting was held;\nthe minutes follow.",
        10: date(2026, 10, 2),
        11: "Minutes",
        12: "https://example.org/minutes",
    }
    answer(flat, "Actions", 5, answers)
    back = converted(flat, kind, tmp_path / "back")
    done = mrtrack("take", str(back))
    assert done.code == 0, done.out
    assert item(water, "1.1")["status"] == "completed"
    assert last(water, "1.1") == {
        "date": "2026-11-22",
        "on": "2026-10-02",
        "by": "Director",
        "status": "completed",
        "comment": "The meeting was held;\nthe minutes follow.",
        "documents": [{"title": "Minutes", "url": "https://example.org/minutes"}],
    }
    assert "1 unchanged" in mrtrack("take", str(back)).out


def test_what_libreoffice_saved_without_a_change_says_nothing(
    folder: Path, water: Path, tmp_path: Path, mrtrack: Run
) -> None:
    mrtrack("ask", "--unit", "Director", "-o", "asked")
    flat = converted(folder / "asked" / "director-2026-11-22.xlsx", "fods", tmp_path / "flat")
    before = water.read_bytes()
    assert "no answers in it yet" in mrtrack("take", str(converted(flat, "xlsx", tmp_path / "back"))).out
    assert water.read_bytes() == before


def test_csv_that_libreoffice_saved_is_taken(folder: Path, water: Path, tmp_path: Path, mrtrack: Run) -> None:
    mrtrack("ask", "--unit", "Director", "--format", "csv", "-o", "asked")
    flat = converted(folder / "asked" / "director-2026-11-22.csv", "fods", tmp_path / "flat")
    answer(flat, "director-2026-11-22", 1, {8: "Initiated", 9: "Still at it.", 10: date(2026, 4, 3)})
    back = converted(flat, "csv", tmp_path / "back")
    assert "can be read two ways" in mrtrack("take", str(back)).out
    assert mrtrack("take", str(back), "--dates", "mdy").code == 0
    assert (last(water, "1.1")["comment"], last(water, "1.1")["on"]) == ("Still at it.", "2026-04-03")
