"""How new text looks: as the documentation shows it, and so that every reader reads it alike."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from mrtrack.edit.layout import Indent, lay_out, lay_out_item, new_record
from mrtrack.edit.verify import second_reading
from mrtrack.model.shape import Items, Keys, Shape, Value, record_shape, shape_at
from mrtrack.source.reader import read
from strategies import NASTY, records

EXAMPLE = """\
schema: 1
id: example-2021-water
title: Evaluation of the water programme
type: Outcome
period: {from: 2018, to: 2021}
plan: 2018-2021, Example Agency
budget: {amount: 30000, currency: USD}
countries: [GLOBAL]
team:
  - name: A. Writer
    nationality: ARG
sources:
  - title: ERC page
    url: https://example.org/evaluations/1
management_response:
  required: true
  approved_by:
    name: D. Two
    title: Chief, a.i., Planning Unit
lessons:
  - |
    Plan early.

    Plan twice.
recommendations:
  - id: "1"
    title: Plan together
    response:
      decision: accepted
      text: |
        Management agrees.
    actions:
      - id: "1.1"
        responsible: Director
        supported_by:
          - Regional offices
        serves: ["5", "other-2021:5"]
        due: 2021-07
        status: completed
        history:
          - date: 2020-11-23
            due: null
            comment: |
              The meeting was moved.

                So it goes.
            documents:
              - title: Minutes
                url: https://example.org/minutes
          - date: 2021-10-08
            on: until 2021-07-15
            corrects: 2020-11-23#2
"""


def as_meant(data: Any) -> Any:
    """Data without the line breaks at the end of texts, which only a block of text has."""
    match data:
        case dict():
            return {key: as_meant(value) for key, value in data.items()}
        case list():
            return [as_meant(item) for item in data]
        case str():
            return data.rstrip("\n")
    return data


def test_ids_of_items_are_quoted_whatever_they_look_like() -> None:
    record: dict[str, Any] = {
        "schema": "1",
        "id": "a",
        "recommendations": [{"id": "R1"}, {"id": "1.10"}, {"id": "NO"}],
    }
    assert new_record(record).endswith('recommendations:\n  - id: "R1"\n  - id: "1.10"\n  - id: "NO"\n')


def test_a_record_looks_like_the_example_of_the_documentation() -> None:
    assert new_record(read(EXAMPLE.encode(), "").data) == EXAMPLE


def test_keys_come_in_the_order_of_a_record_however_they_were_given() -> None:
    data = read(EXAMPLE.encode(), "").data
    assert new_record(dict(reversed(data.items()))) == EXAMPLE


def test_prose_is_never_wrapped() -> None:
    long = "word " * 400 + "end"
    assert f"\n  {long}\n" in new_record({"schema": "1", "id": "a", "description": long})
    assert f"title: {long}\n" in new_record({"schema": "1", "id": "a", "title": long})


@pytest.mark.parametrize("text", [" indented", "ends with a space \nx", "x\n \ny", "\nlater", "\ttab first"])
def test_prose_that_a_block_cannot_hold_is_quoted(text: str) -> None:
    written = new_record({"schema": "1", "id": "a", "description": text})
    assert 'description: "' in written
    assert read(written.encode(), "").data["description"] == text


DOUBTFUL = [
    "NO", "yes", "on", "y", "null", "~", "1.10", "2021", "2021-07-15", "12:30", "0x1f", "1_000", "1e5",
    ".5", "-x", "-", "?", "[a", "*b", "&c", "!d", "%e", "@f", "`g", "|", ">", "{a", "<<", "a: b", "a #b",
    "ends:", "tab\tinside", "#a", '"', "'", " a", "a ",
]  # fmt: skip


@pytest.mark.parametrize("text", DOUBTFUL)
def test_a_text_that_a_reader_might_take_for_something_else_is_quoted(text: str) -> None:
    [written] = lay_out(text, Value("line"), 0)
    assert written[0] in "\"'"


@pytest.mark.parametrize(
    "text",
    [
        "Director",
        "M&E unit",
        "2018-2021, Example",
        "a:b",
        "C#",
        "it's",
        'say "x"',
        "3 units",
        "(a) b",
        "école",
        "😀 x",
    ],
)
def test_a_text_that_every_reader_takes_for_text_is_plain(text: str) -> None:
    assert lay_out(text, Value("line"), 0) == [text]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("3", "3"), ("1.10", '"1.10"'), ("true", "true"), ("no", '"no"'), ("2021-07", "2021-07"), ("a\nb", "|")],
)
def test_data_of_ones_own_stand_plain_where_no_reader_changes_them(text: str, shown: str) -> None:
    assert lay_out(text, Value("free"), 0)[0] == shown


def test_quotes_are_chosen_so_that_nothing_needs_escaping() -> None:
    assert lay_out('"a" \\ b: c', Value("line"), 0) == ["'\"a\" \\ b: c'"]
    assert lay_out('"it\'s"', Value("line"), 0) == ['"\\"it\'s\\""']


def test_an_item_is_laid_out_behind_its_dash() -> None:
    shape = shape_at(("sources", 0))
    assert lay_out_item({"title": "T", "url": "u"}, shape, 2, Indent(item=4)) == [
        "  -   title: T",
        "      url: u",
    ]
    assert lay_out_item("One.\nTwo.", Value("prose"), 2, Indent()) == ["  - |", "    One.", "    Two."]
    assert lay_out_item(["a", "b"], None, 0, Indent()) == ["-", "  - a", "  - b"]


def texts(node: yaml.Node | None, shape: Shape | None) -> Iterator[yaml.Node]:
    """The words of people and the ids of a record, as another program reads them."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from texts(value, shape.keys[key.value] if isinstance(shape, Keys) else None)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from texts(item, shape.item if isinstance(shape, Items) else None)
    elif node is not None and isinstance(shape, Value) and shape.kind in ("line", "prose", "id"):
        yield node


@settings(max_examples=30)
@given(records())
def test_two_readers_read_what_was_meant_in_every_new_record(data: dict[str, Any]) -> None:
    text = new_record(data)
    reading = read(text.encode(), "")
    assert not reading.problems
    assert as_meant(reading.data) == as_meant(data)
    assert as_meant(second_reading(text)) == as_meant(data)


@settings(max_examples=30)
@given(records())
def test_no_reader_of_yaml_1_1_takes_a_text_of_a_new_record_for_anything_else(data: dict[str, Any]) -> None:
    root = yaml.compose(new_record(data), Loader=yaml.CSafeLoader)
    assert {node.tag for node in texts(root, record_shape())} <= {"tag:yaml.org,2002:str"}


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("key", ["title", "description", "tags", "partners"])
def test_nasty_texts_come_back_as_they_were(key: str, text: str) -> None:
    data = {"schema": "1", "id": "a", key: [text, text] if key in ("tags", "partners") else text}
    written = new_record(data)
    assert as_meant(read(written.encode(), "").data) == data
    assert as_meant(second_reading(written)) == data
