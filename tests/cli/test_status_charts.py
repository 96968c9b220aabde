"""The charts of the first screen: every part is there, no bar is longer than its place, and plain where it must be."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screens_of import promised, put, widest

from conftest import Run
from mrtrack.cli import terminal
from mrtrack.cli.screens.bars import SHADES, Part, counted, legend, stacked

COUNTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=5)


def parts_of(counts: list[int]) -> list[Part]:
    return [Part(count, f"part {place}", place, "") for place, count in enumerate(counts)]


@given(COUNTS, st.integers(5, 60))
def test_a_bar_is_full_and_shows_every_part_that_is_there(counts: list[int], cells: int) -> None:
    bar = stacked(parts_of(counts), cells).plain
    assert len(bar) == (cells if any(counts) else 0)
    assert all((SHADES[place] in bar) is (count > 0) for place, count in enumerate(counts))


@given(COUNTS, st.integers(20, 120))
def test_a_legend_names_every_part_within_its_width(counts: list[int], width: int) -> None:
    lines = [line.plain for line in legend(parts_of(counts), width)]
    assert all(len(line) <= width for line in lines)
    told = " ".join(lines)
    assert all((f"{count:,} part {place}" in told) for place, count in enumerate(counts) if count)


@given(st.integers(0, 1000), st.integers(1000, 10**6), st.integers(1, 40))
def test_a_count_has_a_bar_as_soon_as_there_is_one(count: int, largest: int, cells: int) -> None:
    told = counted(count, largest, cells, "").plain
    assert ("█" in told) is (count > 0)
    assert told.count("█") <= cells


def test_dates_of_open_actions_are_counted_by_age_and_by_month(mrtrack: Run, folder: Path) -> None:
    days = [
        "2026-11-21",
        "2026-09-01",
        "2026-06-01",
        "2020",
        "2026-11",
        "2026-11-22",
        "2026-12",
        "2027-Q1",
        "2030",
    ]
    put(folder, "water-2021", *[promised(due=day) for day in days], promised(), promised(status="completed"))
    screen = mrtrack("status").out
    chart = screen[screen.index("Dates of open actions") :].splitlines()[2:7]
    assert [line.split() for line in chart] == [
        ["1", "to", "30", "days", *_bar(1), "November", "2026", *_bar(2)],
        ["31", "to", "90", "days", *_bar(1), "December", "2026", *_bar(1)],
        ["91", "to", "180", "days", *_bar(1), "January", "2027", "–"],
        ["over", "180", "days", *_bar(1), "later", *_bar(2)],
        ["no", "due", "date", *_bar(1)],
    ]


def _bar(count: int) -> list[str]:
    """A count with its bar, at 80 columns where two is the most."""
    return ["█" * (9 if count == 1 else 19), str(count)]


@pytest.mark.usefixtures("real")
def test_a_low_terminal_shows_the_whole_screen(mrtrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINES", "24")
    screen = mrtrack("status").out
    assert len(screen.splitlines()) < 24
    assert "Dates of open actions" not in screen
    assert "Actions" in screen


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("columns", ["60", "80", "120", "200"])
def test_charts_fit_the_terminal(mrtrack: Run, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert widest(mrtrack("status", "--as-of", "2022-10-20").out) <= int(columns)


@pytest.mark.usefixtures("real")
def test_a_terminal_that_knows_only_ascii_gets_charts_of_ascii(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    monkeypatch.setenv("LC_ALL", "en_GB.ISO-8859-1")
    monkeypatch.setenv("NO_COLOR", "1")
    screen = mrtrack("status").out
    assert "# 22 completed  = 6 initiated  - 8 not stated" in screen
    assert not set("█▓▒░·") & set(screen)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "█ 22 completed" in mrtrack("status").out
