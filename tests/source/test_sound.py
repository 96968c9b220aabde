"""The short way to a record's data gives what the reader gives, and leaves to the reader whatever may be wrong."""

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mrtrack.edit.layout import new_record
from mrtrack.index.rows import Kept, kept_of, kept_of_sound
from mrtrack.model.settings import Limits
from mrtrack.model.shape import record_shape
from mrtrack.source.reader import read
from mrtrack.source.sound import Unsure, plan_of, sound_record
from strategies import records

PLAN = json.loads(json.dumps(plan_of(record_shape())))
SOUND = b"""schema: 1
id: a
title: Water
recommendations:
  - id: "1"
    text: |
      Do it.
    actions:
      - id: "1.1"
        due: 2021-07
        history:
          - date: 2020-11-23
            due: null
"""


def demand_same(content: bytes) -> None:
    """Demand that both ways give the same data and rows, where the short way is sure."""
    reading = read(content, "records/a.yaml")
    try:
        record = sound_record(content, PLAN, Limits())
    except Unsure:
        return
    assert not reading.problems
    assert reading.evaluation
    assert record.data == reading.evaluation.model_dump(mode="json", by_alias=True, exclude_unset=True)
    assert record.tree == reading.tree
    short = kept_of_sound(record, content, Kept("records/a.yaml", b"1"), 42)
    assert short == kept_of(reading, b"1", 42)


@settings(max_examples=40)
@given(records())
def test_a_sound_record_is_told_without_the_models_and_as_they_tell_it(record: dict[str, Any]) -> None:
    content = new_record(record).encode()
    sound_record(content, PLAN, Limits())
    demand_same(content)


@settings(max_examples=60)
@given(records(), st.randoms(use_true_random=False))
def test_what_the_reader_would_report_never_passes_for_sound(record: dict[str, Any], chance: Random) -> None:
    lines = new_record(record).encode().split(b"\n")
    place = chance.randrange(len(lines))
    cut = lines[place][: chance.randrange(len(lines[place]) + 1)]
    damaged = chance.choice(
        ([], [cut], [cut + b"x: 1"], [lines[place], lines[place]], [cut + b"\r"], [b" " + cut])
    )
    demand_same(b"\n".join([*lines[:place], *damaged, *lines[place + 1 :]]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"schema: 1", b"schema: 2"),
        (b"schema: 1\n", b""),
        (b"id: a", b"id: A"),
        (b"title: Water", b"title:"),
        (b"title: Water", b"heading: Water"),
        (b"title: Water", b"title: [Water]"),
        (b"title: Water", b"tags: []"),
        (b"title: Water", b"tags: [a, null]"),
        (b"title: Water", b"extra: no block"),
        (b"title: Water", b"title: Wat\xe2\x80\xaeer"),
        (b"title: Water", b"title: &a Water"),
        (b"title: Water", b"title: Water\r"),
        (b"title: Water", b"\xef\xbb\xbftitle: Water"),
        (b"title: Water", b"title: \xff"),
        (b"2021-07", b"2021-13"),
        (b"2020-11-23", b"2020-11"),
        (b"      Do it.", b"      "),
    ],
)
def test_whatever_may_be_wrong_is_left_to_the_reader(before: bytes, after: bytes) -> None:
    assert before in SOUND
    sound_record(SOUND, PLAN, Limits())
    demand_same(SOUND)
    content = SOUND.replace(before, after)
    with pytest.raises(Unsure):
        sound_record(content, PLAN, Limits())
