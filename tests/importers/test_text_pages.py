"""Plain text and Markdown as pages: lines keep their numbers, marks go, tabs make tables."""

import pytest
from imported_pages import page_of

from mrtrack.importers.page import Line, Table


def rows(content: str, name: str = "page.txt") -> list[list[list[str]]]:
    tables = [block for block in page_of(content, name).blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row] for row in table.rows] for table in tables]


def test_lines_keep_their_numbers_empty_ones_and_indents() -> None:
    page = page_of("one\n\n  • two\n")
    assert [(line.number, line.text) for line in page.lines if not line.blank] == [(1, "one"), (3, "  • two")]


def test_what_a_capture_says_of_itself_is_set_apart_and_gives_the_address() -> None:
    page = page_of("# source: https://example.org/7\n# cut: no\n# --- begin ---\nReview\n")
    assert page.url == "https://example.org/7"
    assert [(line.number, why) for line, why in page.left_out] == [
        (number, "what the capture says of itself") for number in (1, 2, 3)
    ]
    assert [line.text for line in page.lines if line.number > 3 and not line.blank] == ["Review"]


def test_a_source_line_without_a_beginning_is_text() -> None:
    page = page_of("# source: https://example.org/7\nReview\n")
    assert page.url is None
    assert page.left_out == ()


def test_words_with_tabs_between_them_are_cells_and_rows_are_filled_up() -> None:
    text = "Period:\t2017-2021\t\n\t\tDate\tSignature\nApproved by\tHead\n\nplain\nA\tB\n"
    assert rows(text) == [
        [["Period:", "2017-2021", "", ""], ["", "", "Date", "Signature"], ["Approved by", "Head", "", ""]],
        [["A", "B"]],
    ]


@pytest.mark.parametrize(
    "line", ["•\tan item", "1.\tan item", "a)\tan item", "\tan indented line", "trailing\t"]
)
def test_a_tab_behind_a_bullet_or_around_a_line_makes_no_table(line: str) -> None:
    assert rows(f"before\n{line}\nafter\n") == []


def test_markdown_marks_go_and_headings_are_known() -> None:
    page = page_of(
        "## Review of *gardens* ##\n**Status:** Completed\n- a [link](https://example.org) & `code`\n",
        "page.md",
    )
    lines = [block for block in page.blocks if isinstance(block, Line) and not block.blank]
    assert [(line.text, line.level) for line in lines] == [
        ("Review of gardens", 2),
        ("Status: Completed", 0),
        ("- a link & code", 0),
    ]
    assert page.format == "Markdown"


def test_marks_in_a_text_file_are_text() -> None:
    page = page_of("# not a heading\n*starred*\n")
    assert [line.text for line in page.lines if not line.blank] == ["# not a heading", "*starred*"]
    assert {line.level for line in page.lines} == {0}
