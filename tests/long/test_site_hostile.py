"""A site of a record that tries everything a page could fall for, at its full size."""

import re
from pathlib import Path

import pytest

from conftest import Run
from hostile import ACTIONS, WORD, hostile
from parsed import Page

pytestmark = pytest.mark.long


def test_a_hostile_record_becomes_text_and_nothing_of_it_is_missing(folder: Path, mrtrack: Run) -> None:
    records = folder / "records"
    records.mkdir()
    (records / "hostile-2021.yaml").write_text(hostile(), encoding="utf-8")
    assert mrtrack("check").code in (0, 1)
    told = mrtrack("site", "out")
    assert told.code == 0, told.err
    for path in Path("out").rglob("*.html"):
        page = Page(path)
        scripts = [found for tag, found in page.tags if tag == "script"]
        assert all(set(found) == {"src", "defer"} for found in scripts), path
        assert not [
            tag for tag, _ in page.tags if tag in ("img", "iframe", "object", "embed", "style", "base")
        ]
        assert not [key for _, found in page.tags for key in found if key.startswith("on") or key == "style"]
        assert not [
            link
            for link in page.all("href")
            if re.match(r"\s*(javascript|data|vbscript):", link, re.IGNORECASE)
        ]
    page = Page(Path("out/evaluations/hostile-2021.html"))
    assert "{{7*7}}" in page.text
    assert ">49<" not in Path("out/evaluations/hostile-2021.html").read_text()
    assert WORD in page.text
    assert {f"1.{number}" for number in range(1, ACTIONS + 1)} <= set(page.all("id"))
    script = Path("out/assets/actions.js").read_text()
    assert "<" not in script
    assert script.isascii()
