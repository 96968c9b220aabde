"""docs/indicators.md tells of every indicator what it is."""

import re
from pathlib import Path

import pytest

from mrtrack.indicators.catalogue import FAMILIES, INDICATORS
from mrtrack.indicators.definition import Indicator
from mrtrack.indicators.dimensions import Dimension
from mrtrack.indicators.page import indicators_page

PAGE = Path(__file__).parents[2] / "docs" / "indicators.md"

# DESIGN.md section 3, as it stands there.
IDS = (
    "acceptance-rate implementation-rate implementation-rate-applicable on-time-rate on-time-rate-original "
    "overdue-rate overdue-rate-open long-overdue-rate closure-rate evidence-rate confirmed-rate days-late-mean "
    "days-late-median days-to-complete-median postponements ageing-30 ageing-90 ageing-180 ageing-more "
    "undp-planning undp-responses undp-actions undp-quality undp-score"
)


def test_the_page_is_as_the_definitions_tell() -> None:
    assert PAGE.read_text(encoding="utf-8") == indicators_page()


def test_every_indicator_of_the_contract_is_there_once() -> None:
    ids = [one.id for one in INDICATORS]
    assert set(IDS.split(" ")) <= set(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.id)
def test_an_indicator_tells_its_formula_and_what_it_leaves_out(one: Indicator) -> None:
    chapter = re.search(rf"^### {one.id}\n(.*?)(?=^##|\Z)", indicators_page(), re.MULTILINE | re.DOTALL)
    assert chapter
    rows = dict(re.findall(r"^\| ([a-z][a-z ]+) \| (.+) \|$", chapter[1], re.MULTILINE))
    keys = ["name", "formula", "value", "numerator", "denominator", "leaves out", "uncertain", "source"]
    assert list(rows) == keys
    assert (rows["name"], rows["formula"]) == (one.name, one.formula)
    assert bool(one.parts) != bool(one.judge)


def test_every_family_and_dimension_has_its_place() -> None:
    page = indicators_page()
    assert all(f"\n## {family.title}\n" in page for family in FAMILIES)
    assert all(f"| `{dimension}` |" in page for dimension in Dimension)
