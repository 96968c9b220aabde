"""A text is put right where it was meant to be, and nowhere else."""

import pytest

from mrtrack.edit.tidying import comments, in_order, quoted, trailing_spaces, without_trailing_spaces
from mrtrack.model.shape import Path
from mrtrack.source.reader import read
from mrtrack.source.tree import Node

REMARKS = """\
# above
schema: 1  # after
id: a
title: "One # no remark
  two # none" # at the end
description: 'a # b' # beside
plan: a#b
lessons:
  - | # of a block
    # inside it
    text
  - >-
    folded # inside
recommendations:
  - {id: "1", title: "# c"}  # in braces
"""
NESTED = "schema: 1\nid: a\nrecommendations:\n"


def tree_of(text: str) -> Node:
    tree = read(text.encode(), "records/a.yaml").tree
    assert tree
    return tree


def test_the_comments_of_a_record_are_told_from_its_texts() -> None:
    assert sorted(comments(REMARKS, tree_of(REMARKS))) == sorted(
        ["# above", "# after", "# at the end", "# beside", "# of a block", "# in braces"]
    )
    block = "plan: |\n" + "".join(f"  # {number}\n" for number in range(1, 9))
    assert not comments(block, tree_of(block))
    twice = "schema: 1  # x\nid: a  # x\n"
    assert comments(twice, tree_of(twice)) == {"# x": 2}


def test_spaces_at_the_ends_of_lines_are_found_but_for_those_inside_texts() -> None:
    text = 'schema: 1 \nid: X\t\ntitle: "a \n  b" \ndescription: |  \n  inside  \n  X\nplan: X\n'
    lines = trailing_spaces(text, tree_of(text))
    assert lines == [0, 1, 3, 4]
    assert without_trailing_spaces(text, lines) == (
        'schema: 1\nid: X\ntitle: "a \n  b"\ndescription: |\n  inside  \n  X\nplan: X\n'
    )
    assert without_trailing_spaces(text, [0]) == text.replace("1 \n", "1\n")


def test_values_on_one_line_are_all_quoted_and_others_stay() -> None:
    text = "schema: 1\nid: a\nrecommendations:\n  - {id: 1, number: 12, title: 3}\n  - id: 2  # two\n"
    first: Path = ("recommendations", 0)
    paths: list[Path] = [(*first, "id"), (*first, "title"), ("recommendations", 1, "id"), (*first, "none")]
    assert quoted(text, tree_of(text), paths) == text.replace("id: 1,", 'id: "1",').replace(
        "title: 3", 'title: "3"'
    ).replace("id: 2 ", 'id: "2" ')


@pytest.mark.parametrize(
    ("text", "paths", "after"),
    [
        ("id: a\nschema: 1\n", [()], "schema: 1\nid: a\n"),
        (
            "# of all\nid: a\n# of the schema\nschema: 1  # one\n",
            [()],
            "# of all\n# of the schema\nschema: 1  # one\nid: a\n",
        ),
        (
            "id: a\nschema: 1\nperiod: {to: 2021, from: 2018}  # years\n",
            [("period",)],
            "id: a\nschema: 1\nperiod: {from: 2018, to: 2021}  # years\n",
        ),
        (
            f"{NESTED}  - title: b\n    id: '1'\n    actions:\n      - text: c\n        id: '1.1'\n",
            [("recommendations", 0), ("recommendations", 0, "actions", 0)],
            f"{NESTED}  - id: '1'\n    title: b\n    actions:\n      - id: '1.1'\n        text: c\n",
        ),
        ("id: a\nodd: b\nschema: 1\n", [()], "id: a\nodd: b\nschema: 1\n"),
    ],
    ids=["whole", "comments", "braces", "nested", "unknown key"],
)
def test_keys_come_into_their_order_with_what_belongs_to_them(
    text: str, paths: list[Path], after: str
) -> None:
    assert in_order(text, tree_of(text), paths) == after
