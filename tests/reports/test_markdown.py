"""Record text in Markdown shows as just that text, whatever it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mrtrack.reports.markdown import inline, prose

HOSTILE = [
    "<script>alert(1)</script>",
    "[press](javascript:alert(1))",
    "![seen](https://example.org/pixel.png)",
    "<https://example.org>",
    "*loud* _loud_ `code` ~~gone~~",
    "&lt;b&gt; &#60;",
    "a | b",
    "\\*",
]


def shown(markdown: str) -> str:
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
    inner = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inner} <= {"text", "softbreak", "hardbreak", "text_special"}, inner
    return "".join(child.content or "\n" for child in inner)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_record_is_shown_and_not_obeyed(text: str) -> None:
    assert shown(inline(text)) == text
    assert shown(prose(text)) == text


@pytest.mark.parametrize("text", ["# no heading", "> no quotation", "===", "plan\n---", "plan\n==="])
def test_a_line_of_prose_is_no_heading_or_rule(text: str) -> None:
    kinds = {token.type for token in MarkdownIt("commonmark").parse(prose(text))}
    assert kinds == {"paragraph_open", "inline", "paragraph_close"}


def test_a_list_in_prose_stays_a_list() -> None:
    kinds = [
        token.type for token in MarkdownIt("commonmark").parse(prose("The Office will:\n- plan;\n- report."))
    ]
    assert kinds.count("list_item_open") == 2


@given(st.text(alphabet="ab*_`[]()<>|~&#;!\\ -=.1", max_size=40))
def test_any_text_in_a_cell_is_shown_whole(text: str) -> None:
    tokens = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .parse(f"| a |\n|---|\n| x{inline(text)}x |\n")
    )
    cell = [token for token in tokens if token.type == "inline"][-1]
    assert "".join(child.content for child in cell.children or ()) == f"x{' '.join(text.split())}x"
