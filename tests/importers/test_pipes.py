"""Tables with bars, as Markdown writes them and as captures of web pages leave them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.importers.formats.pipes import with_tables
from mrtrack.importers.page import Line, Table, lines_of

Rows = list[list[str]]


def blocks(text: str) -> list[str | Rows]:
    """The lines of a text and the cells of its tables."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    return [
        [[cell.text for cell in row] for row in block.rows] if isinstance(block, Table) else block.text
        for block in with_tables(lines)
    ]


def test_a_framed_table_stands_between_its_lines() -> None:
    text = "before\n| Action | Status |\n|---|:---:|\n| Dig | Completed |\n| | Open |\nafter"
    assert blocks(text) == ["before", [["Action", "Status"], ["Dig", "Completed"], ["", "Open"]], "after"]


def test_a_bare_table_has_a_row_on_each_line_with_a_bar() -> None:
    text = "Action | Status\n---|---\nDig | Completed\n\nDig | not of the table"
    assert blocks(text) == [[["Action", "Status"], ["Dig", "Completed"]], "", "Dig | not of the table"]


def test_a_row_of_a_capture_runs_over_lines_until_its_bars_are_complete() -> None:
    text = (
        "Action | Due | Note |\n---|---|---|\nDig\n[Added: 2020/01/02] |\n2020/05 | deep\nand wide |\n"
        "Plant | 2021 | |\nafter"
    )
    assert blocks(text) == [
        [
            ["Action", "Due", "Note"],
            ["Dig [Added: 2020/01/02]", "2020/05", "deep and wide"],
            ["Plant", "2021", ""],
        ],
        "after",
    ]


def test_a_row_that_the_end_of_the_page_cuts_keeps_its_cells() -> None:
    text = "Action | Due | Note |\n---|---|---|\nDig | 2020/05 | dee"
    assert blocks(text) == [[["Action", "Due", "Note"], ["Dig", "2020/05", "dee"]]]


def test_a_numbered_line_at_the_end_is_a_row_that_was_cut() -> None:
    table = "Action | Due |\n---|---|\n1. Dig | 2020 |\n"
    assert blocks(table + "2. Plant") == [[["Action", "Due"], ["1. Dig", "2020"], ["2. Plant", ""]]]
    assert blocks(table + "Plants grow") == [[["Action", "Due"], ["1. Dig", "2020"]], "Plants grow"]


def test_each_rule_begins_a_table_with_the_line_above_it() -> None:
    text = "A | B |\n---|---|\n1 | 2 |\nbetween\nC | D |\n---|---|\n3 | 4 |"
    assert blocks(text) == [[["A", "B"], ["1", "2"]], "between", [["C", "D"], ["3", "4"]]]


def test_a_bar_with_a_stroke_before_it_is_no_end_of_a_cell() -> None:
    assert blocks("| A | B |\n|---|---|\n| x \\| y | z |") == [[["A", "B"], ["x \\| y", "z"]]]


@pytest.mark.parametrize("text", ["---|---", "a | b", "words\n------", "a\n---|---|", "a | b\n- - -"])
def test_bars_without_a_head_and_a_rule_are_no_table(text: str) -> None:
    assert blocks(text) == text.split("\n")


@settings(max_examples=50)
@given(
    st.lists(
        st.sampled_from(
            ["a | b |", "|---|---|", "| A | B |", "---|---|", "", "x", "|", "| y | z", "1. z", "a|b|c|d"]
        ),
        max_size=12,
    )
)
def test_no_word_of_a_line_is_lost_in_a_table(texts: list[str]) -> None:
    lines = [Line(number, line) for number, line in enumerate(texts, start=1)]
    kept = list(lines_of(with_tables(lines)))
    assert [line.number for line in kept] == sorted(line.number for line in kept)

    def words(texts: list[str]) -> list[str]:
        return [word for text in texts for word in text.replace("|", " ").split() if word.strip("-")]

    assert words([line.text for line in kept]) == words(texts)
