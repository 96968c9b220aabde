"""What a change touches: the items whose own data are others, and the problems that stand in just these."""

from __future__ import annotations

import pytest

from mrtrack.problems import Kind, Problem, Severity
from mrtrack.rules.touched import on_touched, touched
from mrtrack.source.reader import Reading, read

TEXT = """\
schema: 1
id: water-2021
title: Water
recommendations:
  - id: "1"
    title: Plan
    actions:
      - {id: "1.1", text: One.}
      - {id: "1.2", text: Two.}
  - id: "2"
    text: |
      Ask first.
"""
EVALUATION, FIRST, SECOND = (), ("recommendations", 0), ("recommendations", 1)
ONE, TWO = (*FIRST, "actions", 0), (*FIRST, "actions", 1)


def record(text: str) -> Reading:
    return read(text.encode(), "records/water-2021.yaml")


@pytest.mark.parametrize(
    ("old", "new", "items"),
    [
        ("title: Water", "title: Rivers", {EVALUATION}),
        ("title: Plan", "title: Ask", {FIRST}),
        ("One.", "Three.", {ONE}),
        ("Two.", "Two., history: [{date: 2021-01-05}]", {TWO}),
        ('id: "1.2"', 'id: "1.3"', {TWO}),
        ("text: |\n      Ask first.", 'text: "Ask first."', set()),
        ('{id: "1.1", text: One.}', '{text: One., id: "1.1"}', set()),
        ("schema: 1\n", "# A remark.\nschema: 1\n", set()),
        ("title: Water", "titel: Water", {EVALUATION}),
        ('      - {id: "1.1", text: One.}\n', "", set()),
    ],
)
def test_an_item_is_touched_where_its_own_data_are_others(
    old: str, new: str, items: set[tuple[str | int, ...]]
) -> None:
    assert old in TEXT
    assert touched(record(TEXT), record(TEXT.replace(old, new))) == items


def test_all_of_a_new_record_is_touched() -> None:
    assert touched(None, record(TEXT)) == {EVALUATION, FIRST, SECOND, ONE, TWO}


def test_what_only_changes_its_place_is_not_touched() -> None:
    turned = TEXT.replace('"1.1", text: One', '"x", text: One').replace(
        '"1.2", text: Two', '"1.1", text: One'
    )
    turned = turned.replace('"x", text: One', '"1.2", text: Two')
    assert touched(record(TEXT), record(turned)) == frozenset()


KIND = Kind("X999", "odd", Severity.WARNING, "Odd.\n")
PLACES = (
    ("title",),
    ("recommendations",),
    (*FIRST, "title"),
    (*FIRST, "actions"),
    ONE,
    (*ONE, "text"),
    (*TWO, "text"),
    (*SECOND, "text"),
)


@pytest.mark.parametrize(
    ("item", "told"), [(EVALUATION, (0, 1)), (FIRST, (2, 3)), (ONE, (4, 5)), (TWO, (6,)), (SECOND, (7,))]
)
def test_a_warning_is_told_in_a_touched_item_alone_also_where_items_share_a_line(
    item: tuple[str | int, ...], told: tuple[int, ...]
) -> None:
    for text in (TEXT, flowing(), "\ufeff" + TEXT.replace("\n", "\r\n")):
        reading = record(text)
        problems = [problem(reading, path) for path in PLACES]
        assert on_touched(problems, reading, frozenset({item})) == tuple(problems[index] for index in told)


def test_an_error_is_told_wherever_it_stands() -> None:
    reading = record(TEXT.replace("title: Plan", "titel: Plan"))
    assert on_touched(reading.problems, reading, frozenset()) == reading.problems != ()


def problem(reading: Reading, path: tuple[str | int, ...]) -> Problem:
    return reading.problem(
        KIND, path, f"odd {path}", "none", at_key=path[-1] in ("recommendations", "actions")
    )


def flowing() -> str:
    """The same record with all its recommendations in one line."""
    return (
        'schema: 1\nid: water-2021\ntitle: Water\nrecommendations: [{id: "1", title: Plan, actions: '
        '[{id: "1.1", text: One.}, {id: "1.2", text: Two.}]}, {id: "2", text: Ask first.}]\n'
    )
