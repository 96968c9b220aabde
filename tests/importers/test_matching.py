"""Matching: which item of a page is which of a record, and where that cannot be told."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.importers.matching import LIKE, SIMILAR, Item, match, normalised, similarity
from strategies import prose

MEETING = "Hold one planning meeting a year with every regional office."
REPORT = "Publish a report on the results of the programme."


def items(*texts: str, start: int = 1) -> list[Item]:
    return [Item(f"1.{number}", None, text) for number, text in enumerate(texts, start)]


def test_numbering_punctuation_case_and_line_breaks_do_not_matter() -> None:
    assert similarity(f"1.1. {MEETING}", MEETING.upper().replace(" ", "\n")) == 1
    assert similarity("Recommendation 3: Plan.", "plan") == 1
    assert normalised("2021 is the year") == "2021 is the year"


@given(prose, prose)
def test_similarity_lies_between_0_and_1_and_has_no_direction(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, other) == similarity(other, one)


@given(
    st.lists(prose.filter(normalised), unique_by=normalised, max_size=5), st.randoms(use_true_random=False)
)
def test_the_same_texts_are_found_in_whatever_order_and_under_whatever_number(
    texts: list[str], chance: random.Random
) -> None:
    shuffled = list(texts)
    chance.shuffle(shuffled)
    found = match(items(*texts), items(*shuffled, start=3))
    assert [(texts[one], shuffled[other]) for one, other in found.pairs] == [(text, text) for text in texts]


def test_a_text_is_followed_when_its_number_goes_to_another() -> None:
    found = match(items(MEETING, REPORT), items(REPORT, MEETING))
    assert found.pairs == [(0, 1), (1, 0)]


def test_a_corrected_text_is_still_the_same_item() -> None:
    corrected = MEETING.replace("every", "each")
    assert similarity(MEETING, corrected) > SIMILAR
    assert match(items(MEETING, REPORT), items(REPORT, corrected)).pairs == [(0, 1), (1, 0)]


def test_like_text_is_the_same_item_only_under_the_same_number() -> None:
    rewritten = "Hold two planning meetings each year with invited offices."
    assert LIKE < similarity(MEETING, rewritten) < SIMILAR
    assert match(items(MEETING), items(rewritten)).pairs == [(0, 0)]
    found = match(items(MEETING), items(rewritten, start=2))
    assert (found.pairs, found.added, found.gone) == ([], [0], [0])


def test_a_text_with_its_title_before_it_is_like_the_text_alone() -> None:
    assert match(items("Plan together"), items(f"Plan together\n{MEETING} {REPORT}")).pairs == [(0, 0)]
    assert match(items(f"Plans\n{REPORT}"), items(REPORT)).pairs == [(0, 0)]


def test_one_number_with_unlike_texts_is_left_open() -> None:
    found = match(items(MEETING), items(REPORT))
    (unclear,) = found.unclear
    assert (unclear.new.text, unclear.candidates[0].text, unclear.equally_near) == (REPORT, MEETING, False)
    assert (found.pairs, found.added, found.gone) == ([], [], [])


def test_of_two_equally_near_none_is_taken() -> None:
    olds = items(f"{MEETING} In the north.", f"{MEETING} In the south.")
    found = match(olds, [Item("1.9", None, f"{MEETING} In the east.")])
    assert [one.id for one in found.unclear[0].candidates] == ["1.1", "1.2"]
    assert (found.pairs, found.added, found.gone) == ([], [], [])


def test_one_text_that_became_two_is_left_open() -> None:
    found = match(items(MEETING), items(MEETING, MEETING))
    assert [unclear.new.id for unclear in found.unclear] == ["1.1", "1.2"]


def test_items_of_one_text_are_told_apart_by_their_ids() -> None:
    found = match(items(REPORT, REPORT), list(reversed(items(REPORT, REPORT))))
    assert found.pairs == [(0, 1), (1, 0)]


def test_items_without_text_go_by_id_or_number_alone() -> None:
    olds = [Item("a.1", "002/24", ""), Item("b.1", None, "...")]
    found = match(olds, [Item("b.1", None, ""), Item("z", "002/24", "")])
    assert found.pairs == [(0, 1), (1, 0)]


def test_a_number_that_stands_twice_is_told_apart_by_the_ids() -> None:
    olds = [Item("a", "002/24", ""), Item("b", "002/24", "")]
    assert match(olds, list(reversed(olds))).pairs == [(0, 1), (1, 0)]


def test_the_only_item_without_text_is_the_same_whatever_its_id() -> None:
    assert match([Item("a.1", None, "")], [Item("b.1", None, "")]).pairs == [(0, 0)]


@pytest.mark.parametrize("words", [6, 15, 300])
def test_many_texts_find_their_revisions_in_any_order(words: int) -> None:
    chance = random.Random(7)  # noqa: S311 - texts, not secrets
    vocabulary = [f"word{number}" for number in range(400)]
    texts = [" ".join(chance.choices(vocabulary, k=words)) for _ in range(60)]
    revised = [f"{text} and more" for text in texts]
    found = match(items(*texts), items(*reversed(revised)))
    assert found.pairs == [(number, 59 - number) for number in range(60)]
