"""The number that an item begins with, and numbers that only look like it."""

import pytest

from mrtrack.importers.draft import Draft, Outline
from mrtrack.importers.outlining.numbering import begins_like_a_row, give_text, number_of
from mrtrack.importers.page import Line, Page


def number(text: str) -> str | None:
    span = number_of(text)
    return text[slice(*span)] if span else None


def given(*texts: str) -> tuple[str, str, Outline]:
    """The number and the text that an item is given, and what was noted."""
    outline = Outline(Page("page.txt", "text", ()), "a page")
    draft = Draft("action")
    give_text(draft, [Line(at, text).piece() for at, text in enumerate(texts, start=1)], outline)
    return draft.text("number"), draft.text("text"), outline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.1 Dig", "1.1"),
        ("1.1. Dig", "1.1."),
        ("1.1.Dig", "1.1."),
        ("1.10a: Dig", "1.10a:"),
        ("2) Dig", "2)"),
        ("2. Dig", "2."),
        ("a) Dig", "a)"),
        ("(b) Dig", "(b)"),
        ("(3) Dig", "(3)"),
        ("Key Action 1.2 Dig", "1.2"),
        ("Action 3. Dig", "3."),
        ("1.5 million trees", None),
        ("2.5 per cent of trees", None),
        ("2020 was dry", None),
        ("12 trees", None),
        ("Action is needed", None),
        ("A tree", None),
        ("", None),
    ],
)
def test_a_number_is_told_from_a_quantity(text: str, expected: str | None) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(
    ("text", "recommendation", "expected"),
    [
        ("• Dig", "3", True),
        ("- Dig", "", True),
        ("3.1 Dig", "3", True),
        ("3.1 Dig", "3.", True),
        ("4.1 Dig", "3", False),
        ("4.1 Dig", "", True),
        ("a) Dig", "3", True),
        ("1) Dig", "3", True),
        ("Dig 3.1", "3", False),
    ],
)
def test_a_row_begins_with_a_bullet_or_a_number_of_its_recommendation(
    text: str,
    recommendation: str,
    expected: bool,
) -> None:
    assert begins_like_a_row(text, recommendation) is expected


def test_the_number_and_the_text_are_told_apart() -> None:
    assert given("1.2. Dig", "and plant")[:2] == ("1.2.", "Dig and plant")
    assert given("Dig", "1.2 and plant")[:2] == ("", "Dig 1.2 and plant")


def test_a_bullet_and_the_word_before_a_number_are_furniture() -> None:
    number, text, outline = given("– Key Action 1.2 Dig")
    assert (number, text) == ("1.2", "Dig")
    assert [(claim.piece.text, claim.why) for claim in outline.claims] == [
        ("–", "bullet"),
        ("Key Action", "word before a number"),
    ]


def test_several_numbers_in_one_row_stay_one_action_with_its_whole_text() -> None:
    number, text, outline = given("1.1. Dig", "holes 1.2 Plant trees")
    assert (number, text) == ("", "1.1. Dig holes 1.2 Plant trees")
    assert "several numbers" in outline.notes[0].what


def test_another_number_further_on_is_no_second_item() -> None:
    assert given("1.1 Dig as 1.4 says")[:2] == ("1.1", "Dig as 1.4 says")
    assert given("2) Dig, 3) plant")[:2] == ("2)", "Dig, 3) plant")


def test_nothing_gives_nothing() -> None:
    assert given("", "")[:2] == ("", "")
