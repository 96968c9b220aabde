"""Every page of the folder `pages` gives exactly the record beside it, and an account without a gap."""

from pathlib import Path

import pytest
from imported_pages import assembled, faults, invented, misplaced, page_of, reading_of, uncovered

from mrtrack.source.reader import read

PAGES = Path(__file__).resolve().parent / "pages"
SOURCES = sorted(page for page in PAGES.iterdir() if page.suffix != ".yaml")
each_page = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)


def without_sum(record: dict[str, object]) -> dict[str, object]:
    """A record whose sources do not say which bytes they had."""
    sources = record["sources"]
    assert isinstance(sources, list)
    bare = [{key: value for key, value in one.items() if key != "sha256"} for one in sources]
    return {**record, "sources": bare}


@each_page
def test_a_page_gives_the_record_beside_it(source: Path) -> None:
    beside = source.with_suffix(".yaml")
    assert beside.is_file(), f"{beside.name} is missing: write down the record that {source.name} gives"
    (record,) = assembled(source.read_bytes(), source.name).records
    expected = read(beside.read_bytes(), f"records/{record['id']}.yaml")
    assert expected.evaluation
    assert reading_of(without_sum(record)).data == expected.data


@each_page
def test_the_record_of_a_page_is_without_errors(source: Path) -> None:
    (record,) = assembled(source.read_bytes(), source.name).records
    assert faults(record) == []


@each_page
def test_every_word_of_a_page_is_accounted_for_and_in_the_field_that_the_account_names(source: Path) -> None:
    result = assembled(source.read_bytes(), source.name)
    (record,) = result.records
    assert uncovered(page_of(source.read_bytes(), source.name), result.account) == []
    assert misplaced(record, result.account) == []
    assert invented(record, source.read_text("utf-8")) == []


@each_page
def test_what_is_left_over_of_a_page_stands_in_its_record(source: Path) -> None:
    result = assembled(source.read_bytes(), source.name)
    (record,) = result.records
    unplaced = record.get("extra", {}).get("unplaced")
    assert "\n".join(line.left_over for line in result.account.left_over) == (unplaced or "")


def test_every_record_has_its_page_and_every_page_a_name_of_its_own() -> None:
    names = [source.stem for source in SOURCES]
    assert len(names) >= 12
    assert sorted(names) == sorted(record.stem for record in PAGES.glob("*.yaml"))
