"""What reaches a terminal: harmless text, the right width, colour only where it is wanted."""

import os
import pty
import select
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mrtrack.cli import cells, terminal
from mrtrack.cli.screens.parts import Text
from mrtrack.source.tree import INVISIBLE

NEVER = {
    *map(chr, (*range(9), *range(11, 32), *range(127, 160))),
    *"\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff",
}


@given(st.text(st.characters() | st.sampled_from(sorted(NEVER))))
def test_nothing_that_commands_a_terminal_is_left(text: str) -> None:
    made = terminal.clean(text)
    assert not NEVER & set(made)
    assert INVISIBLE.search(made) is None
    assert len(made) == len(text)


@given(st.text(st.characters(exclude_categories=["C"]) | st.sampled_from("\n\t")))
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert terminal.clean(text.replace("\u2028", "").replace("\u2029", "")) == text.replace(
        "\u2028", ""
    ).replace("\u2029", "")


def test_letters_that_need_a_joiner_keep_it() -> None:
    assert terminal.clean("می\u200cخواهم 👩\u200d🔬") == "می\u200cخواهم 👩\u200d🔬"


@given(st.text())
def test_one_line_is_one_line(text: str) -> None:
    made = terminal.one_line(text)
    assert len(made.splitlines()) <= 1
    assert made == made.strip()
    assert "  " not in made


def test_of_nothing_one_line_is_empty() -> None:
    assert terminal.one_line(None) == ""


@given(st.text(st.characters(exclude_categories=["C"])), st.integers(1, 40))
def test_a_clipped_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    made = cells.clipped(text, width)
    assert cell_len(made) <= width
    assert made == text or made.endswith("…")


def test_prose_flows_and_keeps_its_paragraphs_and_lists() -> None:
    prose = "First line\nof a paragraph.\n\nSecond\nparagraph:\n- one\n  goes on\n- two\n(a) three\n1. four\n"
    assert terminal.flowing(prose) == (
        "First line of a paragraph.\n\nSecond paragraph:\n- one goes on\n- two\n(a) three\n1. four\n"
    )


@pytest.mark.parametrize(
    ("environment", "colour"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True),
        ({"NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_without_a_terminal_colour_is_used_only_where_it_is_forced(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], colour: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert terminal.colour() is colour
    assert ("\x1b" in terminal.render(Text("late", style="red"))) is colour


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_on_a_terminal_colour_is_used_unless_it_is_not_wanted(
    environment: dict[str, str], coloured: bool
) -> None:
    main, other = pty.openpty()
    given = {**os.environ, "TERM": "xterm-256color", **environment}
    child = subprocess.Popen(
        [sys.executable, "-m", "mrtrack", "list", "--limit", "2"], stdout=other, env=given, close_fds=True
    )
    os.close(other)
    told = b""
    while child.poll() is None or select.select([main], [], [], 0)[0]:
        try:
            told += os.read(main, 65536)
        except OSError:
            break
    os.close(main)
    assert child.wait(timeout=20) == 0
    assert (b"\x1b[" in told) is coloured
    assert b"36 actions" in told


def test_what_is_piped_is_laid_out_for_120_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS")
    assert terminal.width() == 120
    monkeypatch.setenv("COLUMNS", "64")
    assert terminal.width() == 64


def test_text_is_shown_without_taking_markup_emoji_or_links_from_it() -> None:
    text = "[bold]a[/bold] [/] :smile: [link=http://x]b[/link] 'c' 12 http://d"
    assert terminal.render(Text(text), columns=200) == f"{text}\n"


def test_no_line_of_a_screen_ends_in_spaces_or_begins_like_a_command_to_a_runner() -> None:
    shown = terminal.render(Text("a   \n::error::b\n   ::add-mask::c\nd::e"), columns=40)
    assert shown == "a\n∶:error::b\n   ∶:add-mask::c\nd::e\n"
