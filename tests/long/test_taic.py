"""A real table of 2,192 recommendations: imported whole in one go, again without a change, and as a workbook."""

import csv
import json
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, SHARED, Run
from mrtrack.model.settings import Settings
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import read

pytestmark = pytest.mark.long

TABLE = SHARED / "data" / "taic-recommendations.csv"
MAPPING = ("--mapping", str(ROOT / "docs" / "examples" / "taic.toml"))
EXPECTED = {"completed": 1178, "no-longer-applicable": 404, None: 610}
KILLS = 12
PATIENCE = 120


@pytest.fixture(autouse=True)
def _with_table() -> None:
    if not TABLE.exists():
        pytest.skip("the table of the Transport Accident Investigation Commission is not here")


def statuses(document: dict[str, Any]) -> Counter[str | None]:
    return Counter(
        action.get("status")
        for record in document["items"]
        for recommendation in record["recommendations"]
        for action in recommendation["actions"]
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "records").iterdir()}


def workbook(file: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    rows = csv.reader(TABLE.read_text("utf-8-sig").splitlines(keepends=True))
    with xlsxwriter.Workbook(file, {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Recommendations")
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)


def test_the_whole_table_is_imported_in_one_go_and_again_without_a_change(folder: Path, mrtrack: Run) -> None:
    told = mrtrack("import", str(TABLE), *MAPPING, "--json", "--report", "account.json")
    assert told.code == 0
    document = json.loads(told.out)
    assert statuses(document) == EXPECTED
    recommendations = {one["id"]: one["recommendations"] for one in document["items"]}
    assert sum(map(len, recommendations.values())) == 2192
    assert len(recommendations["taic-no-inquiry"]) == 61
    assert all(len({one["id"] for one in several}) == len(several) for several in recommendations.values())
    assert all(len(one["actions"]) == 1 for several in recommendations.values() for one in several)
    (account,) = json.loads((folder / "account.json").read_text("utf-8"))["items"]
    assert account["fates"]["left over"] == 0
    assert any("_x000D_" in one["what"] for one in account["repairs"])
    assert any("mis-encoded" in one["what"] for one in account["repairs"])
    assert mrtrack("check").code == 0
    written = contents(folder)
    assert set(written) == {f"{name}.yaml" for name in recommendations}
    again = mrtrack("import", str(TABLE), *MAPPING)
    assert (again.code, again.out) == (0, f"{len(written)} records nothing new\n")
    assert contents(folder) == written


def test_as_a_workbook_it_gives_the_same_records(folder: Path, mrtrack: Run) -> None:
    workbook(folder / "table.xlsx")
    told = mrtrack("import", "table.xlsx", *MAPPING, "--json", "--dry-run")
    assert told.code == 0
    document = json.loads(told.out)
    assert statuses(document) == EXPECTED
    assert not (folder / "records").exists()
    table = json.loads(mrtrack("import", str(TABLE), *MAPPING, "--json", "--dry-run").out)
    for record in (*document["items"], *table["items"]):
        del record["sources"]
    assert document["items"] == table["items"]


def test_killed_at_any_moment_there_are_whole_records_only_and_the_next_run_writes_the_rest(
    folder: Path, mrtrack: Run
) -> None:
    command = [sys.executable, "-m", "mrtrack", "import", str(TABLE), *MAPPING]
    records = folder / "records"
    known = 0
    for number in range(KILLS):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wanted, end = known + 1 + 9 * (number % 4), time.monotonic() + PATIENCE
        while process.poll() is None and len(list(records.glob("*.yaml"))) < wanted:
            assert time.monotonic() < end
        time.sleep(0.003 * (number % 5))
        process.send_signal(signal.SIGKILL)
        assert process.wait(PATIENCE) == -signal.SIGKILL
        found = sorted(records.glob("*.yaml"))
        for record in found:
            reading = read(record.read_bytes(), f"records/{record.name}")
            assert [one for one in check(reading, Settings()) if is_error(one)] == []
            assert reading.evaluation
        assert len(found) >= wanted
        known = len(found)
    assert known < 600
    told = mrtrack("import", str(TABLE), *MAPPING, "--json")
    assert told.code == 0
    assert statuses(json.loads(told.out)) == EXPECTED
    assert {path.suffix for path in records.iterdir()} == {".yaml"}
    assert mrtrack("check").code == 0
