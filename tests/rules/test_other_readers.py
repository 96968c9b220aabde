"""Two readers of YAML that we do not use, 1.1 and 1.2, tell which words have to stand in quotes."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from mrtrack.rules.other_readers import taken_for

WORDS = st.one_of(
    st.text("0123456789.-+_:eExoTZb ", min_size=1, max_size=12),
    st.from_regex(r"[0-9]{1,4}([.:-][0-9]{1,4}){0,3}", fullmatch=True),
    st.sampled_from(
        ["yes", "No", "ON", "off", "true", "FALSE", "y", "N", ".inf", "-.INF", ".NaN", "1e3", "1.e+3"]
    ),
)


def becomes_text(loaded: object, word: str) -> bool:
    return loaded is None or loaded == word


@settings(max_examples=400)
@example("1.10")
@example("12:30:45.5")
@example("2001-12-14 21:59:43.10 -5")
@given(WORDS)
def test_what_another_reader_takes_for_something_else_is_known(word: str) -> None:
    word = word.strip()
    if not word or taken_for(word):
        return
    for load in (yaml.safe_load, YAML(typ="safe", pure=True).load):
        try:
            loaded = load(f"- {word}\n")
        except (yaml.YAMLError, YAMLError, ValueError):
            continue
        item = loaded[0] if isinstance(loaded, list) and loaded else None
        assert becomes_text(item, word) or isinstance(item, (dict, list))


@pytest.mark.parametrize(
    ("word", "taken"),
    [
        ("1.10", "a number"),
        ("0x1F", "a number"),
        ("1_000", "a number"),
        ("1e3", "a number"),
        (".5", "a number"),
        ("12:30", "a number"),
        ("2021-07-31", "a date"),
        ("2021-07-31T10:00:00Z", "a date"),
        ("no", "yes or no"),
        ("Off", "yes or no"),
    ],
)
def test_a_word_is_called_what_others_take_it_for(word: str, taken: str) -> None:
    assert taken_for(word) == taken


@pytest.mark.parametrize(
    "word", ["1.1.2", "A1", "2021-07", "1-2", "nO", "e3", "1 000", "1,5", "12th", "water"]
)
def test_a_word_that_everybody_reads_as_text_needs_no_quotes(word: str) -> None:
    assert taken_for(word) == ""
