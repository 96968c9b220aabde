"""A site that is rebuilt after each of many changes is the site that a first build makes."""

import os
import re
from pathlib import Path

import pytest

from conftest import Run
from waterworks import begin

pytestmark = pytest.mark.long

CHANGES = (
    (r"title: Evaluation of the water programme", "title: Evaluation of all water"),
    (r"status: ongoing", "organisation: Waterworks\nstatus: ongoing"),
    (r"organisation: Waterworks", "organisation: Other works"),
    (r"    title: Plan together", "    title: Plan as one"),
    (r"      Plan the whole life of an initiative.", "      Plan all of it."),
    (r"          Publish the plan.", "          Publish the whole plan."),
    (r"        responsible: Field office", "        responsible: Coast office"),
    (r"        due: 2022-Q1", "        due: 2023-Q2"),
    (r"              The meeting was moved to follow the budget.", "              It was moved."),
    (r"planned_end: 2021-12", "planned_end: 2022-12"),
)


def files(site: str) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(Path(site).rglob("*"))
        if path.is_file()
    }


def test_whatever_changes_in_a_record_a_rebuild_makes_what_a_first_build_makes(
    folder: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    water = begin(folder)
    assert mrtrack("site", "out").code == 0
    kept = os.environ["MRTRACK_CACHE_DIR"]
    for number, (before, after) in enumerate(CHANGES):
        text = water.read_text(encoding="utf-8")
        changed = re.sub(before, after, text, count=1)
        assert changed != text, before
        water.write_text(changed, encoding="utf-8")
        monkeypatch.setenv("MRTRACK_CACHE_DIR", kept)
        told = mrtrack("site", "out")
        assert told.code == 0, told.err
        monkeypatch.setenv("MRTRACK_CACHE_DIR", str(tmp_path / f"cache-{number}"))
        assert mrtrack("site", f"fresh-{number}").code == 0
        assert files("out") == files(f"fresh-{number}"), before
