"""Files called after units: allowed on every system, and no two of them the same there."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.reports.messages.names import file_stems


@pytest.mark.parametrize(
    ("unit", "stem"),
    [
        ("Director", "Director"),
        ("Équipe Eau", "Équipe Eau"),
        ("水务局", "水务局"),
        ("Policy, Partnerships & M/E", "Policy, Partnerships & M E"),
        ("../../etc/passwd", "etc passwd"),
        (".hidden", "hidden"),
        ("-o report", "o report"),
        ('Unit "A": <west>?', "Unit A west"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("dots and spaces. .", "dots and spaces"),
    ],
)
def test_a_file_is_called_after_its_unit(unit: str, stem: str) -> None:
    assert file_stems([unit]) == {unit: stem}


@pytest.mark.parametrize("unit", ["CON", "nul", "Com1", "LPT9.old", "aux.", "COM¹", "", "...", "\u202e", "/"])
def test_a_name_that_no_file_can_have_gets_a_mark(unit: str) -> None:
    (stem,) = file_stems([unit]).values()
    assert stem
    assert stem.rpartition("-")[2].isalnum()
    assert len(stem.rpartition("-")[2]) == 8


@pytest.mark.parametrize(
    "units",
    [
        ("Communications Team", "Communications team"),
        ("M/E", "M:E", "M E"),
        ("E\u0301quipe", "\u00c9quipe"),
        ("Straße", "STRASSE"),
        ("ﬁeld office", "field office"),
        ("x" * 300, "x" * 301),
    ],
)
def test_units_that_a_file_system_could_take_for_one_have_files_of_their_own(units: tuple[str, ...]) -> None:
    stems = file_stems(units)
    assert len({unicodedata.normalize("NFKC", stem.casefold()) for stem in stems.values()}) == len(units)


@settings(max_examples=60)
@given(st.sets(st.text(max_size=150), max_size=5))
def test_whatever_units_are_called_their_files_lie_in_the_folder_and_are_as_many(units: set[str]) -> None:
    stems = file_stems(sorted(units))
    assert set(stems) == units
    assert len({stem.casefold() for stem in stems.values()}) == len(units)
    for stem in stems.values():
        assert 0 < len(stem.encode()) <= 140
        assert not set(stem) & set('/\\:*?"<>|\n\r\t\0')
        assert stem[0] not in ".-~ "
        assert stem[-1] not in ". "
