"""Laying out: lines that fit, words that stay, columns that stand below each other, in colour as in black and white."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len as told_len
from screens_of import plain

from mrtrack.cli import terminal
from mrtrack.cli.cells import cell_len, clipped, cut
from mrtrack.cli.screens.parts import Column, Line, Padding, Piece, Stack, Table, Text

WORDS = (
    "a", "water", "W" * 50, "水と衛生", "水",
    "e\u0301tude", "\U0001f600", "naïve", "–", "█▒·", "[bold]", ":smile:", "100 %",
    "\U0001f468\u200d\U0001f469", "\u200b", "ﬁ", "१२", "لعب", "☃\ufe0f", "x" * 9, "", " ", "  ",
)  # fmt: skip
STYLES = ("", "bold", "red", "dim", "green")

widths = st.integers(2, 90)
lines = st.one_of(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), st.text(max_size=30)).map(
    lambda text: terminal.clean(text).replace("\n", " ").replace("\t", " ")
)
texts = st.lists(lines, max_size=3).map("\n".join)
styled = st.lists(st.tuples(texts, st.sampled_from(STYLES)), max_size=4).map(
    lambda parts: Text.assemble(*parts)
)


def written(line: Line) -> str:
    """A line without its styles."""
    return "".join(text for text, _ in line)


def bare(text: str) -> str:
    """A text without any space."""
    return re.sub(r"\s+", "", text)


def coloured(*parts: Piece, columns: int = 80) -> str:
    """A screen in colour."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FORCE_COLOR", "1")
        return terminal.render(*parts, columns=columns)


@given(texts, widths)
def test_no_line_of_a_wrapped_text_is_wider_than_asked(text: str, width: int) -> None:
    for line in Text(text).lines(width):
        assert told_len(written(line).rstrip()) <= width


@given(texts, widths)
def test_no_line_of_a_text_that_is_cut_is_wider_than_asked(text: str, width: int) -> None:
    for line in Text(text, no_wrap=True).lines(width):
        assert told_len(written(line)) <= width


@example(Text("水と衛生の評価"), 3)
@example(Text("a水と衛生の評価"), 4)
@given(styled, widths)
def test_nothing_of_a_wrapped_text_is_lost_and_nothing_is_added(text: Text, width: int) -> None:
    assert bare("".join(map(written, text.lines(width)))) == bare(text.plain)


@given(styled, widths)
def test_every_sign_of_a_wrapped_text_keeps_its_style(text: Text, width: int) -> None:
    def signs(spans: Line) -> list[tuple[str, str]]:
        return [(sign, style) for part, style in spans for sign in part if not sign.isspace()]

    assert [one for line in text.lines(width) for one in signs(line)] == signs(text.spans)


@given(
    st.lists(st.sampled_from(WORDS[:13]).filter(lambda word: bool(word.strip())), min_size=1, max_size=12),
    widths,
)
def test_words_that_fit_are_not_broken(words: list[str], width: int) -> None:
    told = [written(line).split() for line in Text(" ".join(words)).lines(width)]
    if all(told_len(part) <= width for word in words for part in word.split()):
        assert [word for line in told for word in line] == " ".join(words).split()


@given(texts, st.integers(1, 90))
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str, width: int) -> None:
    (line, *_) = text.split("\n")
    assert cell_len(line) == told_len(line)
    assert told_len(cut(line, width)) <= width
    assert line.startswith(cut(line, width).rstrip())
    assert told_len(clipped(line, width)) <= width
    assert clipped(line, width) == line or clipped(line, width).endswith("…")


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of any columns and cells."""
    columns = draw(
        st.lists(
            st.builds(
                Column,
                heading=st.sampled_from(("", "lead", "水")),
                right=st.booleans(),
                wrap=st.booleans(),
                min_width=st.integers(0, 6),
                max_width=st.none() | st.integers(6, 20),
            ),
            min_size=1,
            max_size=5,
        )
    )
    if draw(st.booleans()):
        place = draw(st.integers(0, len(columns) - 1))
        columns[place] = columns[place]._replace(rest=True)
    table = Table(columns, header=draw(st.booleans()))
    for _ in range(draw(st.integers(0, 4))):
        table.add_row(*(draw(styled) for _ in columns))
    return table


@settings(max_examples=30)
@given(tables(), st.integers(8, 120))
def test_no_line_of_a_table_is_wider_than_asked(table: Table, width: int) -> None:
    assert all(told_len(written(line)) <= width for line in table.lines(width))


@settings(max_examples=30)
@given(st.lists(st.lists(lines, min_size=3, max_size=3), min_size=1, max_size=4), st.integers(40, 120))
def test_each_cell_begins_where_its_column_begins(rows: list[list[str]], width: int) -> None:
    marked = [[f"<{cell}" for cell in row] for row in rows]
    table = Table([Column(rest=True), Column(max_width=12), Column(max_width=9)])
    for row in marked:
        table.add_row(*(cell.replace("<", "(").replace("(", "<", 1) for cell in row))
    places = set()
    for line in table.lines(width):
        whole = written(line)
        places.add(tuple(told_len(whole[: found.start()]) for found in re.finditer("<", whole)))
    assert len(places) == 1
    assert len(places.pop()) == 3


def test_numbers_stand_at_the_right_of_their_column() -> None:
    table = Table([Column("name"), Column("水 late", right=True)], header=True)
    table.add_row("a", "1")
    table.add_row("bb", Text("1,200", "red"))
    told = [written(line) for line in table.lines(40)]
    assert told == ["name  水 late", "a           1", "bb      1,200"]


def test_a_column_that_wraps_gives_its_row_several_lines_and_the_others_stay_empty_there() -> None:
    table = Table([Column(), Column(rest=True, wrap=True), Column()])
    table.add_row("a", "one two three four", "end")
    assert [written(line).rstrip() for line in table.lines(19)] == ["a  one two      end", "   three four"]


@settings(max_examples=30)
@given(st.lists(st.one_of(styled, tables()), max_size=4), widths, st.integers(0, 8))
def test_a_screen_in_colour_is_the_plain_one_without_its_colours(
    parts: list[Piece], width: int, left: int
) -> None:
    screen = Padding(Stack(parts), left)
    told = terminal.render(screen, columns=width)
    assert "\x1b" not in told
    assert plain(coloured(screen, columns=width)) == plain(told)


def test_a_style_colours_its_text_and_nothing_beside_it() -> None:
    told = coloured(Text.assemble("one ", ("two", "red"), " three"))
    assert told == "one \x1b[31mtwo\x1b[0m three\n"


def test_a_text_added_to_a_styled_one_has_both_styles() -> None:
    text = Text("late, ", "red")
    text.append("indeed", "bold")
    assert coloured(text) == "\x1b[31mlate, \x1b[0m\x1b[1;31mindeed\x1b[0m\n"


@given(st.lists(lines, max_size=3), st.integers(0, 6), st.integers(12, 60))
def test_what_is_indented_is_so_on_every_line_and_still_fits(told: list[str], left: int, width: int) -> None:
    for line in Padding(Stack([Text(text) for text in told]), left).lines(width):
        whole = written(line)
        assert whole.startswith(" " * left)
        assert told_len(whole.rstrip()) <= width
