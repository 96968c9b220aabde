import html
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.reports.charts.bars import scaled_bar, whole_bar
from mrtrack.reports.charts.columns import Column, columns
from mrtrack.reports.charts.shares import PATTERNS, Share, patterns
from mrtrack.reports.prose import prose_html
from mrtrack.reports.site.addresses import slug, web_address
from mrtrack.reports.site.prose import prose
from strategies import prose as any_prose


def drawn_of(chart: str) -> ET.Element:
    """A chart as a browser would read it."""
    return ET.fromstring(chart)  # noqa: S314 - our own chart


plain_lines = st.lists(
    st.sampled_from(["Plain words, a line.", "and more", "Été (2021)", "", "- item", "1. one", 'it\'s "so"']),
    min_size=1,
    max_size=5,
)


@given(st.one_of(any_prose, plain_lines.map("\n".join)))
@settings(max_examples=60)
def test_the_short_way_for_prose_leads_to_what_the_long_way_does(text: str) -> None:
    short, long = (html.unescape(str(way(text))).strip() for way in (prose, prose_html))
    assert short == long


def test_different_units_have_different_addresses_that_every_file_system_takes() -> None:
    names = [
        "M&E unit",
        "M E unit",
        "M-E unit",
        "日本",
        "東京",
        "a" * 300,
        "a" * 299,
        "../x",
        "con/aux",
        "É",
        "e",
    ]
    slugs = [slug(name) for name in names]
    assert len(set(slugs)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}", one) for one in slugs)
    assert slug("Field  Office") == slug("field office") == "field-office"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//example.org", "ftp://x", "", None]
)
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert web_address(url) is None
    assert web_address("HTTPS://example.org/a") == "HTTPS://example.org/a"


def test_a_bar_is_cut_by_its_counts_and_tells_its_name() -> None:
    shares = [
        Share("completed", "done", 3, "3"),
        Share("overdue", "late", 1, "1"),
        Share("open", "open", 0, "0"),
    ]
    drawn = drawn_of(whole_bar(shares, 'a <b> & "c"'))
    assert drawn.get("role") == "img"
    assert drawn.get("aria-label") == 'a <b> & "c"'
    widths = [part.get("width") for part in drawn.iter("rect")]
    assert widths == ["75.000%", "25.000%"]
    assert [text.text for text in drawn.iter("text")] == ["3", "1"]
    half = drawn_of(scaled_bar(shares, 8, "x"))
    assert [part.get("width") for part in half.iter("rect")] == ["37.500%", "12.500%"]


def test_charts_of_nothing_are_drawn_all_the_same() -> None:
    for drawn in (
        whole_bar([], "x"),
        scaled_bar([], 0, "x"),
        columns([], "x", str),
        columns([Column("2021", ())], "x", str),
    ):
        assert drawn_of(drawn).get("role") == "img"


def test_columns_stand_on_one_scale() -> None:
    rows = [
        Column(str(year), (Share("completed", "done", count, str(count)),))
        for year, count in ((2020, 10), (2021, 20))
    ]
    drawn = drawn_of(columns(rows, "x", str))
    low, high = (float(part.get("height", "0")) for part in drawn.iter("rect"))
    assert high == pytest.approx(2 * low, abs=0.1)


def test_words_shown_together_differ_in_pattern_and_not_only_in_colour() -> None:
    for together in (
        ("completed", "initiated", "not-initiated", "no-longer-applicable", "not-stated"),
        ("completed", "open", "overdue", "no-longer-applicable"),
        ("accepted", "partially-accepted", "rejected", "not-stated"),
    ):
        assert len({PATTERNS[word] for word in together}) == len(together)
    assert all(f'id="_{pattern}"' in patterns() for pattern in PATTERNS.values())
