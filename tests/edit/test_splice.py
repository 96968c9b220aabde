"""Single splices in texts of every form: what is written where, and what stays."""

import pytest

from mrtrack.edit.operations import Append, Data, EditRefused, Operation, Remove, Set
from mrtrack.edit.verify import edit
from mrtrack.model.shape import Path
from mrtrack.source.reader import read

HEAD = "schema: 1\nid: a\n"


def edited(text: str, *operations: Operation) -> str:
    return edit(read(text.encode(), "records/a.yaml"), operations).text


def body(text: str, *operations: Operation) -> str:
    """The text after the head that every record has, before and after."""
    after = edited(HEAD + text, *operations)
    assert after.startswith(HEAD)
    return after.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("title: Old\n", "New", "title: New\n"),
        ("title:   Old   # c\n", "New", 'title:   "New"   # c\n'),
        ("title: 'Old' # c\n", "It's", "title: 'It''s' # c\n"),
        ('title: "Old" # c\n', 'a\\b"', 'title: "a\\\\b\\"" # c\n'),
        ("title: 'Old'\n", "a\tb", 'title: "a\\tb"\n'),
        ("'title' : Old\n", "New", "'title' : New\n"),
        ("title:\n  # c\n  Old # d\n", "New", 'title:\n  # c\n  "New" # d\n'),
        ("title: Old\n  and more # c\ntype: x\n", "New", 'title: "New" # c\ntype: x\n'),
        ('title: "Old\n  and more"\n', "New", "title: New\n"),
        ("title: > # c\n  Old\n\n\n# d\n", "New", 'title: "New" # c\n\n\n# d\n'),
        ("title: |-\n  Old\n\ntype: x\n", "New", "title: New\n\ntype: x\n"),
        ("completed: 2021 # c\n", "2022-Q1", "completed: 2022-Q1 # c\n"),
        ("completed: '2021'\n", "2022", "completed: '2022'\n"),
        ("description: One line\n", "Another", "description: Another\n"),
        ("description: One line # c\n", "Two\nlines", "description: | # c\n  Two\n  lines\n"),
        ("description: |2-\n   Old\n\n# c\n", "New", "description: |\n  New\n\n# c\n"),
        ("description: Old\n  # below\n", "Two\nlines", "description: |\n  Two\n  lines\n# below\n"),
        ("description: |+\n  Old\n\n\ntype: x\n", "New", "description: |\n  New\ntype: x\n"),
        ("description: Old\n     \ntype: x\n", "Two\nlines", "description: |\n  Two\n  lines\ntype: x\n"),
        ("period: {from: 2018, to: 2021} # c\n", {"from": "2019"}, "period: {from: 2019} # c\n"),
        ("period:\n  from: 2018 # c\n  # d\ntype: x\n", {"to": "2019"}, "period: {to: 2019}\ntype: x\n"),
        ("partners: [A, B] # c\ntype: x\n", ["C"], "partners: # c\n  - C\ntype: x\n"),
        ("partners: # c\n- A\n# d\n", ["C", "D"], "partners: # c\n- C\n- D\n# d\n"),
        ("joint_programme: true\n", "false", "joint_programme: false\n"),
    ],
)
def test_a_value_is_replaced_in_its_place(before: str, value: Data, after: str) -> None:
    key = before.partition(":")[0].strip("' ")
    assert body(before, Set((key,), value)) == after


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("{schema: 1, id: a}", "title", "{schema: 1, id: a, title: X}"),
        ("{schema: 1, title: X, id: a}", "description", "{schema: 1, title: X, description: X, id: a}"),
        ("# c\nid: a\nschema: 1\n", "title", "# c\nid: a\ntitle: X\nschema: 1\n"),
        ("title: T\nid: a\nschema: 1\n", "type", "title: T\ntype: X\nid: a\nschema: 1\n"),
        ("---\n# c\nid: a\nschema: 1 # d\n...\n", "type", "---\n# c\nid: a\ntype: X\nschema: 1 # d\n...\n"),
        (
            "schema: 1\nid: a # c\n  # d\n\ntype: x\n",
            "title",
            "schema: 1\nid: a # c\n  # d\ntitle: X\n\ntype: x\n",
        ),
        (
            "schema: 1\nid: a\n# about the type\ntype: x\n",
            "title",
            "schema: 1\nid: a\ntitle: X\n# about the type\ntype: x\n",
        ),
        ("schema: 1\nid: a\n# the end\n", "title", "schema: 1\nid: a\n# the end\ntitle: X\n"),
        ("schema: 1\nid: a\n   \n", "title", "schema: 1\nid: a\n   \ntitle: X\n"),
        ("schema: 1\nid: a", "title", "schema: 1\nid: a\ntitle: X\n"),
        ("schema: 1\nid: a\ntitle: |\n  T", "type", "schema: 1\nid: a\ntitle: |\n  T\ntype: X\n"),
    ],
)
def test_a_new_key_goes_to_its_place_in_the_order(before: str, key: str, after: str) -> None:
    assert edited(before, Set((key,), "X")) == after


def test_a_key_that_belongs_first_stands_first() -> None:
    assert body("period: {to: 2021}\n", Set(("period", "from"), "2018")) == "period: {from: 2018, to: 2021}\n"
    before = "period:\n  # c\n  to: 2021\n"
    assert body(before, Set(("period", "from"), "2018")) == "period:\n  # c\n  from: 2018\n  to: 2021\n"
    assert edited("id: a\n", Set(("schema",), "1")) == "schema: 1\nid: a\n"


def test_in_a_block_that_begins_behind_a_dash_the_first_key_stays_first() -> None:
    after = body("sources:\n  - url: u # c\n\n  - kind: k\n", Set(("sources", 0, "title"), "T"))
    assert after == "sources:\n  - url: u # c\n    title: T\n\n  - kind: k\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tags: [x]\n", "tags: [x, y z]\n"),
        ("tags: [ 'x' , ] # c\n", "tags: [ 'x', y z , ] # c\n"),
        ("tags: [x, # c\n  w # d\n  ]\n", "tags: [x, # c\n  w, y z # d\n  ]\n"),
        ("tags: []\n", "tags: [y z]\n"),
        ("tags: # c\n", "tags: [y z] # c\n"),
        ("tags:\n  - x # c\n", "tags:\n  - x # c\n  - y z\n"),
        ("tags:\n- x\n\n# c\ntype: x\n", "tags:\n- x\n- y z\n\n# c\ntype: x\n"),
        ("tags:\n  -   x\n  # c\n # d\n# e\n", "tags:\n  -   x\n  # c\n # d\n  -   y z\n# e\n"),
        ("tags:\n  -\n   # c\n   x", "tags:\n  -\n   # c\n   x\n  - y z\n"),
        ("type: x\n", "type: x\ntags: [y z]\n"),
    ],
)
def test_an_item_is_added_as_its_list_is_written(before: str, after: str) -> None:
    flawed = read((HEAD + before).encode(), "records/a.yaml")
    assert edit(flawed, [Append(("tags",), "y z")]).text == HEAD + after


def test_an_entry_in_brackets_stays_on_its_line() -> None:
    entry: Data = {
        "date": "2021-02-01",
        "comment": "Two\nlines, all: told",
        "documents": [{"url": "https://a.b"}],
    }
    after = body("history: [{date: 2021-01-01}] # c\n", Append(("history",), entry))
    assert after == (
        'history: [{date: 2021-01-01}, {date: 2021-02-01, comment: "Two\\nlines, all: told", '
        'documents: [{url: "https://a.b"}]}] # c\n'
    )


def test_new_blocks_are_indented_like_the_blocks_around_them() -> None:
    before = "sources:\n    -   title: T\ngef:\n    title: T\nhistory:\n    -   date: 2021-01-01\n"
    entry: Data = {"date": "2021-02-01", "comment": "c", "documents": [{"title": "D", "url": "u"}]}
    after = body(before, Append(("history",), entry), Set(("quality",), {"rating": "satisfactory"}))
    assert "\nquality:\n    rating: satisfactory\n" in after
    assert after.endswith(
        "    -   date: 2021-02-01\n"
        "        comment: |\n"
        "            c\n"
        "        documents:\n"
        "            -   title: D\n"
        "                url: u\n"
    )


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("title: T # c\n# d\ntype: x\n", ("title",), "# d\ntype: x\n"),
        ("type: x\ntitle: T", ("title",), "type: x\n"),
        ("title: |\n  T\n\n  U\n\n# d\ntype: x\n", ("title",), "\n# d\ntype: x\n"),
        ("period: {from: 2018, to: 2021} # c\n", ("period", "from"), "period: {to: 2021} # c\n"),
        ("period: {from: 2018, to: 2021} # c\n", ("period", "to"), "period: {from: 2018} # c\n"),
        ("period: {from: 2018} # c\ntype: x\n", ("period", "from"), "type: x\n"),
        ("tags: [x, y, z]\n", ("tags", 1), "tags: [x, z]\n"),
        ("tags: [x, # c\n  y, # d\n  z]\n", ("tags", 1), "tags: [x, # c\n  z]\n"),
        ("tags:\n  - x\n  # c\n  - y\n", ("tags", 0), "tags:\n  # c\n  - y\n"),
        ("tags:\n  - x\n  - y\n   # c\ntype: x\n", ("tags", 1), "tags:\n  - x\ntype: x\n"),
        ("sources:\n  - title: T\n    url: u\n", ("sources", 0, "title"), "sources:\n  - url: u\n"),
        (
            "sources:\n  - title: T\n    # c\n    url: u\n",
            ("sources", 0, "title"),
            "sources:\n  -\n    # c\n    url: u\n",
        ),
        ("sources:\n  - url: u\n  - title: T\n", ("sources", 1, "title"), "sources:\n  - url: u\n"),
        ("sources:\n  - title: T\ntype: x\n", ("sources", 0, "title"), "type: x\n"),
        ("extra:\n  a:\n  - - b\n    - c\n", ("extra", "a", 0, 0), "extra:\n  a:\n  - - c\n"),
    ],
)
def test_what_is_taken_away_leaves_the_rest(before: str, path: Path, after: str) -> None:
    assert body(before, Remove(path)) == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("tags: [x, 'y', z]\n", "it's", "tags: [x, 'it''s', z]\n"),
        ("tags:\n  - x\n  - y # c\n", "z", 'tags:\n  - x\n  - "z" # c\n'),
        (
            "lessons:\n  - x\n  -   |\n      y\n  - z\n",
            "1\n2",
            "lessons:\n  - x\n  - |\n    1\n    2\n  - z\n",
        ),
        (
            "sources:\n  - url: x\n  - url: y\n    # c\n",
            {"title": "T"},
            "sources:\n  - url: x\n  - title: T\n",
        ),
        ("sources: [url: x, url: y]\n", {"url": "z"}, "sources: [url: x, {url: z}]\n"),
    ],
)
def test_an_item_is_replaced_in_its_place(before: str, value: Data, after: str) -> None:
    assert body(before, Set((before.partition(":")[0], 1), value)) == after


def test_a_key_of_a_block_in_braces_keeps_its_quotes_and_gets_its_colon() -> None:
    before = "period: {'from': \"2018\", to}\n"
    after = body(before, Set(("period", "from"), "2019"), Set(("period", "to"), "2021"))
    assert after == "period: {'from': \"2019\", to: 2021}\n"
    assert (
        body("gef: {title: , type: x}\n", Set(("gef", "title"), "T: y")) == 'gef: {title: "T: y" , type: x}\n'
    )


@pytest.mark.parametrize(
    ("path", "before", "value", "after"),
    [
        (("gef", "title"), 'gef: {title: "a\n  b", type: x}\n', "New", "gef: {title: New, type: x}\n"),
        (("period",), "period: {from: 2018,\n  to: 2021} # c\n", {"to": "2022"}, "period: {to: 2022} # c\n"),
        (("tags", 1), "tags: [a, b\n  c] # d\n", "e", "tags: [a, e] # d\n"),
    ],
)
def test_what_stands_on_several_lines_between_brackets_is_replaced(
    path: Path, before: str, value: Data, after: str
) -> None:
    assert body(before, Set(path, value)) == after


def test_half_a_character_is_refused() -> None:
    with pytest.raises(EditRefused, match="line 3 would be wrong"):
        body("type: x\n", Set(("title",), "caf\udce9"))


def test_data_nested_beyond_reason_are_refused() -> None:
    deep: Data = "x"
    for _ in range(250):
        deep = {"a": deep}
    with pytest.raises(EditRefused, match="no YAML any more"):
        body("type: x\n", Set(("extra", "a"), deep), Set(("title",), "T"))


def test_characters_beyond_the_first_plane_do_not_shift_the_place() -> None:
    before = "extra: {😀: [😀, é], 𐀀: 'y'} # 😀\n"
    after = body(before, Append(("extra", "😀"), "z"), Set(("extra", "𐀀"), "😀"))
    assert after == "extra: {😀: [😀, é, z], 𐀀: '😀'} # 😀\n"


def test_keys_of_ones_own_go_to_the_end_quoted_where_needed() -> None:
    before = "extra:\n  zone: 3\n"
    after = body(before, Set(("extra", "no"), "1.10"), Set(("extra", "a: b"), {"list": ["x"], "none": []}))
    assert after == 'extra:\n  zone: 3\n  "no": "1.10"\n  "a: b":\n    list:\n      - x\n    none: []\n'


def test_a_list_can_take_the_place_of_a_single_value() -> None:
    before = "extra:\n  zone: north # c\n"
    assert body(before, Set(("extra", "zone"), ["x"])) == "extra:\n  zone: # c\n    - x\n"


def test_a_key_written_with_a_question_mark_is_refused_with_its_line() -> None:
    with pytest.raises(EditRefused, match="title: line 3 writes the key in a form that cannot be spliced"):
        body("? title\n: T\n", Set(("title",), "two\nlines"))


def test_a_whole_record_is_not_replaced() -> None:
    with pytest.raises(EditRefused, match="a whole record is not replaced"):
        edited(HEAD, Set((), {"schema": "1"}))


def test_a_key_under_a_single_value_is_refused() -> None:
    with pytest.raises(EditRefused, match="no such place"):
        body("title: T\n", Set(("title", "x"), "y"))


def test_nothing_to_do_leaves_the_text_alone() -> None:
    assert edited(HEAD) == HEAD
