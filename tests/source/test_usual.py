"""A text that is laid out as usual is read faster, and the answer is the one that every other text gets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks import corpus
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.model.settings import Limits, Settings
from mrtrack.rules.checking import check
from mrtrack.source.building import Unbuildable, build, build_with_data
from mrtrack.source.places import place_of
from mrtrack.source.reader import read
from mrtrack.source.tree import Scalar, plain, walk
from mrtrack.source.usual import read_usual
from mrtrack.source.usual_places import usual_place
from mrtrack.source.usual_tree import usual_tree

REPOSITORY = Path(__file__).resolve().parents[2]
RECORDS = sorted((REPOSITORY / "records").rglob("*.yaml"))
EVERY_RECORD = [*RECORDS, *sorted((REPOSITORY / "tests").rglob("*.yaml"))]

RECORD = """\
# A comment above the record.
schema: 1
id: water-2021
title: "Water: a review"
budget: {amount: 30000, currency: USD}
countries: [GLOBAL]
team:
  - name: 'A. Writer'
    title: Consultant
lessons:
  - |
    Ask first.
recommendations:
  - id: "1"
    text: |
      Plan the whole life.

        Not only the start # of it: all.

    actions:
      - id: "1.1"
        supported_by:
          - Regional offices
          - Units, all
        serves: ["2", b]
        due: 2021-07
        history:
          - date: 2021-01-05
            by: M&E unit

            comment: |
              Held.
  - id: "2"
"""
LINES = RECORD.splitlines()

_usual = st.sampled_from([
    *("a: b", "title: Water", "title: a#b", "title: a:b", "text: |", "extra:", "- item", "- id: b", "- text: |", "- |"),
    *("title: é", "title: (a)", "tags: [a, b]", "period: {from: 2018}", 'title: "a: b"', "title: 'a #b'", "", "x"),
    *("by: Tel. +41 22 123 45 67", "date: tel:0123456", "- a@example.org", "title: 'Fax: 022 123 456'", "due: 007"),
])  # fmt: skip
_odd = st.sampled_from([
    *("title: Water", "title:", "title: |", "title: |-", "title: >", "- item", "- id: b", "-", "- ", "- |", "- - c"),
    *("title: a: b", "title: a #b", "title: a#b", "title: a:b", "title: a:", "title: a ", "title:  a", "title : a"),
    *("title: null", "title: ~", "- null", "title: Null", "due: null", "title: ''", 'title: ""', "title: '''a'"),
    *('title: "a\\x40b"', "title: 'it''s'", "title: 'a' b", 'title: "a" # b', "title: &a b", "title: *a", "*a"),
    *("title: !t a", "<<: a", "? a", ": a", "title: ? a", "title: - a", "title: @a", "title: `a", "title: %a"),
    *("tags: [a, b]", "tags: [a,b]", "tags: [a, null]", 'tags: ["a, b", c]', "tags: [a", "tags: []", "tags: {a: b}"),
    *("tags: {a: b, a: c}", "tags: [[a]]", "title: [a]", "period: {from: 2018}", "tags: [a] # b", "tags: [a: b]"),
    *("tags: [a-b, 1.10]", "tags: [~]", "# note", "#note", "---", "...", "%YAML 1.1", "words alone", "", " ", "  "),
    *("Title: a", "title\t: a", "title:\ta", "\ttitle: a", "title: a\r", "é: a", "title: ..."),
    *("title: --- a", "title: a'b", "title: =", "title: yes", "extra:", "a1_b: c", "1a: b", "title: [", "title: {}"),
])  # fmt: skip
_words = st.one_of(_usual, _usual, _odd)
_line = st.tuples(st.sampled_from([0, 2, 2, 4, 6, 8, 1, 3, 12]), _words).map(
    lambda line: " " * line[0] + line[1]
)
_texts = st.lists(_line, max_size=8).map(lambda lines: "".join(f"{line}\n" for line in lines))


@st.composite
def _edited(draw: st.DrawFn) -> str:
    """A usual record after a few edits: lines put in, taken out, written otherwise, or moved in and out."""
    lines = list(LINES)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["write", "write", "put in", "take out", "indent", "outdent", "end"]))
        before = lines[at]
        margin = " " * (len(before) - len(before.lstrip(" ")))
        if kind == "put in":
            lines.insert(at, draw(st.one_of(_line, _words.map(margin.__add__))))
        elif kind == "take out" and len(lines) > 1:
            del lines[at]
        elif kind == "write":
            lines[at] = margin + draw(_words)
        else:
            lines[at] = {"indent": f"  {before}", "outdent": before[1:], "end": f"{before} "}.get(
                kind, before
            )
    return "\n".join(lines) + draw(st.sampled_from(["\n", "\n", "\n\n", "\n\n", "", "\n  \n"]))


def agrees(text: str) -> bool:
    """Whether a text is usual; then the reader of every text finds the same in it, and nothing to refuse."""
    usual = read_usual(text, Limits())
    if usual is None:
        return False
    refused: list[object] = []
    try:
        tree, data = build_with_data(text, lambda *found: refused.append(found), 40)
    except Unbuildable:
        tree, data = None, "unreadable"
    assert (usual.data, list(map(str, refused))) == (data, [])
    assert data == plain(tree)
    assert str(usual.data) == str(data)
    assert usual_tree(text, usual) == tree
    words = {word for _, word in usual.bare | usual.quoted}
    assert {node.value for _, node in walk(tree) if isinstance(node, Scalar)} == words.union(usual.prose)
    assert {id(block) for block in usual.blocks} == set(map(id, blocks_in(usual.data)))
    return True


def blocks_in(data: object) -> Iterator[dict[str, object]]:
    """Every block of keys in plain data."""
    if isinstance(data, dict):
        yield data
    for below in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from blocks_in(below)


@given(st.one_of(_texts, _edited()))
def test_what_is_read_as_usual_is_what_the_reader_of_every_text_finds(text: str) -> None:
    agrees(text)


@given(_edited())
def test_a_text_that_is_laid_out_as_usual_is_checked_like_any_other(text: str) -> None:
    as_usual, whole = both(text.encode(), "records/water-2021.yaml")
    assert as_usual == whole


@pytest.mark.parametrize("path", EVERY_RECORD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_record_of_the_tests_is_checked_the_same_in_both_ways(path: Path) -> None:
    as_usual, whole = both(path.read_bytes(), path.name)
    assert as_usual == whole


def both(content: bytes, path: str) -> tuple[list[object], list[object]]:
    """All that is told of a record: read as usual where it can be, and as every text is read."""
    answers = []
    for read_first in (read_usual, lambda *_: None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("mrtrack.source.reader.read_usual", read_first)
            reading = read(content, path)
            told = [reading.data, reading.evaluation, reading.tree, *check(reading, Settings())]
            answers.append(told)
    return answers[0], answers[1]


@given(_edited())
def test_a_place_that_is_looked_up_in_the_text_is_that_of_the_tree(text: str) -> None:
    places_agree(text)


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_every_place_of_a_record_is_found_in_its_text(path: Path) -> None:
    assert places_agree(path.read_text("utf-8")) > 100


def places_agree(text: str) -> int:
    """How many keys and values of a text are found in it, where its tree has them too."""
    usual = read_usual(text, Limits())
    tree = build(text, lambda *_: None, 40) if usual else None
    found = 0
    for path, _ in walk(tree):
        for at_key in (False, True):
            place = usual_place(text, plain(tree), path, at_key=at_key)
            found += place is not None
            assert place in (None, place_of(tree, path, at_key=at_key)), path
    return found


def test_records_are_laid_out_as_usual(tmp_path: Path) -> None:
    corpus.build(tmp_path, 1, warned=True)
    for path in (*RECORDS, *tmp_path.rglob("*.yaml")):
        assert read(path.read_bytes(), path.name).usual, path
    assert agrees(RECORD)


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("id: water-2021", "id: &a water-2021"),
        ("A. Writer", "A. ''Writer''"),
        ("title: Consultant", "title: Consultant # or not"),
        ("title: Consultant", "title: Consultant: senior"),
        ("title: Consultant", "title: null"),
        ("due: 2021-07", "due: 2021-07\n        due: 2021-08"),
        ("due: 2021-07", "due:\n"),
        ("by: M&E unit", "by: M&E\n              unit"),
        ("Regional offices", "- Regional offices"),
        ("[GLOBAL]", "[GLOBAL, null]"),
        ("[GLOBAL]", "[GLOBAL,]"),
        ("comment: |\n              Held", "comment: >\n              Held"),
        ("  - |\n    Ask first", "  - text: |\n    Ask first"),
        ("        Not only the start", "     Not only the start"),
        ("          - Regional offices\n          - Units, all", "        - Regional offices\n        - Units, all"),
        ('title: "Water: a review"', "title: [Water]"),
    ],
)  # fmt: skip
def test_a_text_with_anything_else_is_left_to_the_reader_of_every_text(written: str, otherwise: str) -> None:
    assert written in RECORD
    assert read_usual(RECORD.replace(written, otherwise, 1), Limits()) is None


def test_blocks_deeper_than_the_limit_are_left_to_the_reader_that_refuses_them() -> None:
    deep = "".join(f"{'  ' * depth}a:\n" for depth in range(5)) + "          b: c\n"
    assert read_usual(deep, Limits(depth=6))
    assert read_usual(deep, Limits(depth=5)) is None
