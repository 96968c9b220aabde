"""Prose of a record in a page: formatted where it is harmless, shown as typed where it is not, never left out."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.reports.prose import Block, harmless, is_web_link, prose_blocks, prose_html

TAGS = {"p", "ul", "ol", "li", "em", "strong", "code", "blockquote", "a", "hr", "br"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ATTRIBUTES = {"href", "rel", "title", "start", "style"}


class Seen(HTMLParser):
    """What a browser would make of it: tags, addresses, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[press](javascript:alert(1))",
        "[press](JaVaScRiPt:alert(1))",
        "[press](data:text/html,hello)",
        "[press](//example.org)",
        "[here]: javascript:alert(1)",
        "# no heading",
        "{{ 7*7 }}",
    ],
)
def test_what_could_do_something_is_shown_as_it_was_typed(text: str) -> None:
    seen = Seen(prose_html(text))
    assert seen.text.strip() == text
    assert seen.tags == {"p"}


def test_an_image_is_a_link_to_it_and_loads_nothing() -> None:
    seen = Seen(prose_html("![chart](https://example.org/chart.png)"))
    assert seen.tags == {"p", "a"}
    assert seen.text.strip() == "!chart"


def test_paragraphs_lists_tables_emphasis_and_web_links_come_out_as_such() -> None:
    html = prose_html(
        "Plan **well**:\n- one;\n- two, see [it](https://example.org/a?b=1&c=2).\n\n| a |\n|---|\n| b |"
    )
    seen = Seen(html)
    assert {"p", "strong", "ul", "li", "a", "table", "td"} <= seen.tags
    assert seen.links == ["https://example.org/a?b=1&c=2"]


def test_bullets_as_a_source_prints_them_become_a_list() -> None:
    assert prose_html("Plans:\n  • first\n  • second").count("<li>") == 2


def test_control_and_direction_characters_are_made_visible_also_from_entities() -> None:
    assert "\u202e" not in prose_html("a \u202e b &#x202e; c")
    assert prose_html("a \u202e b &#x202e; c").count("\ufffd") == 2
    assert harmless("a\x1bb\r\nc") == "a\ufffdb\nc"


@pytest.mark.parametrize("opening", ["> ", "- ", "1. "])
def test_what_lies_too_deep_for_a_page_is_still_there(opening: str) -> None:
    text = opening * 60 + "the end"
    assert "the end" in Seen(prose_html(text)).text
    assert any("the end" in block.text for block in prose_blocks(text))


def test_blocks_for_word_keep_items_numbers_rows_and_addresses() -> None:
    text = "Do:\n- one\n  1. inner\n- [two](https://example.org)\n\n| a | b |\n|---|---|\n| c | d |\n"
    assert prose_blocks(text) == [
        Block("paragraph", 0, "Do:"),
        Block("item", 1, "one"),
        Block("item", 2, "1. inner"),
        Block("item", 1, "two (https://example.org)"),
        Block("row", 0, "a | b"),
        Block("row", 0, "c | d"),
    ]


def test_only_the_web_and_mailboxes_are_linked() -> None:
    assert is_web_link("https://example.org")
    assert is_web_link("mailto:a@example.org")
    assert not any(
        map(is_web_link, ("javascript:x", "//example.org", "ftp://example.org", "https://", " http://x"))
    )


@given(st.text(alphabet="ab1*_`[]()<>|~&#;:!\\/ -=.\n\u202e•", max_size=60))
@settings(max_examples=80)
def test_any_text_gives_only_known_tags_and_loses_no_letter(text: str) -> None:
    seen = Seen(prose_html(text))
    assert seen.tags <= TAGS
    assert seen.attributes <= ATTRIBUTES
    letters = re.sub(r"[^ab]", "", re.sub(r"&[^;\s]*;", "", text))
    for shown in (seen.text + "".join(seen.links), "".join(block.text for block in prose_blocks(text))):
        found = re.sub(r"[^ab]", "", re.sub(r"&[^;\s]*;", "", shown))
        assert len(found) >= len(letters), (text, shown)
