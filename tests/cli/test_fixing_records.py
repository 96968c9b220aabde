"""Repairing records on disk: those that need it are written, the others are not touched."""

from pathlib import Path

import pytest
from screens_of import put_broken, put_text

from conftest import Run
from mrtrack.cli.fixing import fix_all
from mrtrack.config.settings_file import read_settings
from mrtrack.edit.refusal import Refused
from mrtrack.store.records import Repository

GOOD = "schema: 1\nid: wells-2021\ntitle: Wells\n"
BAD = "schema: 1\nid: roads-2021\nstatus: planned\ntitle: Roads\nhistory:\n  - date: 2021-03-01\n    status: ongoing\n"
MENDED = BAD.replace("status: planned\ntitle: Roads\n", "title: Roads\nstatus: ongoing\n")


def repository(folder: Path) -> Repository:
    return Repository(folder, *read_settings(folder))


def test_only_what_needs_repair_is_written(folder: Path) -> None:
    good, bad, broken = (
        put_text(folder, "wells-2021.yaml", GOOD),
        put_text(folder, "roads-2021.yaml", BAD),
        put_broken(folder),
    )
    known = {path: path.stat().st_mtime_ns for path in (good, broken)}
    place = repository(folder)
    (mended,) = fix_all(place, place.readings)
    assert bad.read_text("utf-8") == mended.written.after.text == MENDED
    assert mended.written.path == "records/roads-2021.yaml"
    assert mended.told == (
        "keys put in their order: the record",
        "roads-2021: status is ongoing, as the history says (was planned)",
    )
    assert {path: path.stat().st_mtime_ns for path in known} == known
    assert fix_all(repository(folder), repository(folder).readings) == []


def test_a_trial_writes_nothing_and_shows_what_would_be_written(folder: Path) -> None:
    bad = put_text(folder, "roads-2021.yaml", BAD)
    place = repository(folder)
    (mended,) = fix_all(place, place.readings, dry_run=True)
    assert mended.written.after.text == MENDED
    assert bad.read_text("utf-8") == BAD


def test_a_repair_can_be_taken_back(folder: Path, mrtrack: Run) -> None:
    bad = put_text(folder, "roads-2021.yaml", BAD)
    place = repository(folder)
    fix_all(place, place.readings)
    assert mrtrack("undo").code == 0
    assert bad.read_text("utf-8") == BAD


def test_nothing_is_repaired_by_settings_that_are_broken(folder: Path) -> None:
    bad = put_text(folder, "roads-2021.yaml", BAD)
    (folder / "mrtrack.toml").write_text("[days\n", encoding="utf-8")
    place = repository(folder)
    with pytest.raises(Refused):
        fix_all(place, place.readings)
    assert bad.read_text("utf-8") == BAD
