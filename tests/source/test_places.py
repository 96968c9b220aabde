"""Every problem stands at its line and column, shows its line, and underlines what it is about."""

import pytest

from mrtrack.model.settings import Limits
from mrtrack.problems import Problem, Severity
from mrtrack.source import kinds
from mrtrack.source.reader import Reading, read
from mrtrack.source.tree import Mapping, Scalar, Sequence, find, walk

HEAD = "schema: 1\nid: water-2021\n"


def underlined(problem: Problem) -> str:
    """The characters of the line that a problem points at."""
    return problem.excerpt[problem.column - 1 : problem.column - 1 + problem.width]


def only_problem(text: str) -> Problem:
    (problem,) = read(text.encode(), "records/water.yaml").problems
    return problem


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("due: 2021\n", 3, 1, "due"),
        ("report_date: soon\n", 3, 14, "soon"),
        ("status:   done   # so they say\n", 3, 11, "done"),
        ('status: "done"\n', 3, 9, '"done"'),
        ("status: 'done'\n", 3, 9, "'done'"),
        ("reason:\n", 3, 1, "reason"),
        ("reason: ~\n", 3, 1, "reason"),
        ('title: ""\n', 3, 8, '""'),
        ("countries: []\n", 3, 12, "[]"),
        ("countries: GLOBAL\n", 3, 12, "GLOBAL"),
        ("title: [a, b]\n", 3, 8, "[a, b]"),
        ("title: {a: b}\n", 3, 8, "{a: b}"),
        ("title:\n  a: b\n", 4, 3, "a"),
        ("title:\n  - a\n", 4, 3, "-"),
        ("quality:\n  rating: good\n", 4, 11, "good"),
        ("period: {from: 2018, to: 20x1}\n", 3, 26, "20x1"),
        ("period: {from: 2018, until: 2021}\n", 3, 22, "until"),
        ("budget: {amount: 3k,\n         currency: USD}\n", 3, 18, "3k"),
        ("budget: {amount: 3,\n         currency: Dollar}\n", 4, 20, "Dollar"),
        ("countries: [KEN, '']\n", 3, 18, "''"),
        ("countries:\n  - KEN\n  -\n", 5, 4, ""),
        ("planned_end: |\n  soon\n", 3, 14, "|"),
        ("planned_end: >-\n  some\n  day\n", 3, 14, ">"),
        ("tags: [ä, 日本, {x: y}]\n", 3, 15, "{x: y}"),
        ("period: {from: 'äöü', to: 2021}\n", 3, 16, "'äöü'"),
        ("extra: {'😀': 1, '😀': 2}\n", 3, 17, "'😀'"),
        ("recommendations:\n  - title: No id\n    text: x\n", 4, 5, "title"),
        ("recommendations:\n  - {title: No id}\n", 4, 5, "{title: No id}"),
        ("recommendations:\n  - id: 1\n    actions:\n      - text: No id\n", 6, 9, "text"),
        ("history:\n  - comment: No day\n", 4, 5, "comment"),
        ("history:\n- date: 2021-07\n", 4, 9, "2021-07"),
        ("recommendations:\n  - A text\n", 4, 5, "A text"),
        ('"status": "do\\\n   ne"\n', 3, 11, '"'),
    ],
)
def test_a_problem_points_at_what_is_wrong(text: str, line: int, column: int, what: str) -> None:
    problem = only_problem(HEAD + text)
    assert (problem.line, problem.column, underlined(problem)) == (line, column, what)
    assert problem.place == f"records/water.yaml:{line}:{column}"
    assert problem.excerpt == (HEAD + text).split("\n")[line - 1]


def test_a_missing_key_of_the_record_points_at_its_first_key() -> None:
    problem = only_problem("# A record\n\nschema: 1\ntitle: Water\n")
    assert (problem.place, underlined(problem)) == ("records/water.yaml:3:1", "schema")
    problem = only_problem("{schema: 1}\n")
    assert (problem.place, underlined(problem)) == ("records/water.yaml:1:2", "schema")


def test_line_ends_of_windows_do_not_move_a_problem() -> None:
    text = HEAD + 'title: "a"\nstatus: done\nreason:\n'
    unix = read(text.encode(), "r.yaml").problems
    windows = read(text.replace("\n", "\r\n").encode(), "r.yaml").problems
    assert [(problem.place, problem.excerpt, problem.width) for problem in windows[1:]] == [
        (problem.place, problem.excerpt, problem.width) for problem in unix
    ]
    assert [problem.place for problem in unix] == ["r.yaml:4:9", "r.yaml:5:1"]


def test_a_byte_order_mark_does_not_move_a_problem() -> None:
    mark, wrong = read(b"\xef\xbb\xbfcolour: blue\n" + HEAD.encode(), "r.yaml").problems
    assert (mark.place, mark.severity) == ("r.yaml:1:1", Severity.WARNING)
    assert (wrong.place, underlined(wrong), wrong.excerpt) == ("r.yaml:1:1", "colour", "colour: blue")


def test_a_problem_of_the_file_as_a_whole_has_no_line() -> None:
    (problem,) = read(HEAD.encode(), "r.yaml", Limits(bytes=10)).problems
    assert (problem.place, problem.code, problem.excerpt) == ("r.yaml", "F102", "")
    assert problem.message == "the file has 25 bytes; a record has at most 10"


def test_a_byte_that_is_not_utf8_is_found_at_its_place() -> None:
    reading = read("schema: 1\ntitle: Größe ".encode() + b"\xe4rger\nid: x\n", "r.yaml")
    (problem,) = reading.problems
    assert (problem.code, problem.place, problem.excerpt) == ("F103", "r.yaml:2:14", "title: Größe ")
    assert problem.message == "byte 0xE4 is not UTF-8"
    assert reading.evaluation is None


def test_a_problem_names_the_recommendation_or_action_that_it_belongs_to() -> None:
    reading = read(
        b"""\
schema: 1
id: water-2021
status: done
recommendations:
  - id: "1"
    priority:
    actions:
      - id: "1.1"
        due: soon
        due: later
      - id: "1.2"
        history:
          - date: today
      - status: done
        id: "1.3"
  - id: "2"
    response:
      decision: yes
  - {id: "3", actions: [{id: "3.1", due: x}]}
  - title: No id
    actions:
      - due: x
history:
  - date: never
    date: twice
reason:
""",
        "r.yaml",
    )
    assert [(problem.line, problem.ref) for problem in reading.problems] == [
        (3, "water-2021"),
        (6, "water-2021:1"),
        (9, "water-2021:1.1"),
        (10, "water-2021:1.1"),
        (13, "water-2021:1.2"),
        (14, "water-2021:1.3"),
        (18, "water-2021:2"),
        (19, "water-2021:3.1"),
        (20, "water-2021"),
        (22, "water-2021"),
        (22, "water-2021"),
        (24, "water-2021"),
        (25, "water-2021"),
        (26, "water-2021"),
    ]


def test_what_stands_below_a_list_does_not_belong_to_its_last_item() -> None:
    text = (
        "recommendations:\n  - id: a\n    actions:\n      - id: b\n        title:\n    priority:\nreason:\n"
    )
    problems = read((HEAD + text).encode(), "r.yaml").problems
    assert [problem.ref for problem in problems] == ["water-2021:b", "water-2021:a", "water-2021"]


def test_a_problem_of_a_record_without_an_id_names_nothing() -> None:
    assert {problem.ref for problem in read(b"schema: 1\nid: [a]\nstatus: done\n", "r.yaml").problems} == {""}
    assert {
        problem.ref for problem in read(b"schema: 1\nid: a\ntitle: *x\ncolour: [\n", "r.yaml").problems
    } == {""}


def test_a_rule_can_point_at_a_value_a_key_or_the_nearest_block() -> None:
    reading = read(
        HEAD.encode() + b"recommendations:\n  - id: a\n    title: Plan\n    priority: high\n", "r.yaml"
    )

    def place(*path: str | int, at_key: bool = False) -> tuple[str, str]:
        problem = reading.problem(kinds.BAD_TEXT, path, "wrong", "write it right", at_key=at_key)
        return problem.place, underlined(problem)

    assert place("recommendations", 0, "title") == ("r.yaml:5:12", "Plan")
    assert place("recommendations", 0, "title", at_key=True) == ("r.yaml:5:5", "title")
    assert place("recommendations", 0) == ("r.yaml:4:5", "id")
    assert place("recommendations", at_key=True) == ("r.yaml:3:1", "recommendations")
    assert place("recommendations", 0, "actions", 0, "due") == ("r.yaml:4:5", "id")
    assert place("recommendations", 7, "title") == ("r.yaml:4:3", "-")
    assert place("status") == ("r.yaml:1:1", "schema")
    assert reading.problem(kinds.BAD_TEXT, ("recommendations", 0, "title"), "", "").ref == "water-2021:a"


def test_a_rule_that_speaks_of_a_value_that_is_not_there_points_at_its_key() -> None:
    reading = read(HEAD.encode() + b"reason:\ntitle: ''\n", "r.yaml")
    for key, place in (("reason", "r.yaml:3:1"), ("title", "r.yaml:4:8")):
        assert reading.problem(kinds.BAD_TEXT, (key,), "wrong", "write it").place == place


def test_a_rule_can_speak_of_a_file_that_holds_nothing() -> None:
    problem = read(b"", "r.yaml").problem(kinds.BAD_TEXT, ("title",), "wrong", "write it")
    assert (problem.place, problem.excerpt, problem.width) == ("r.yaml:1:1", "", 1)


@pytest.fixture
def reading() -> Reading:
    text = "schema: 1\nid: 'a'\ntags: [x,  yy]\nrecommendations:\n  - id: \"1\"\n    text: |\n      Plan\n"
    return read(text.encode(), "r.yaml")


def test_keys_and_values_know_where_they_begin_and_end(reading: Reading) -> None:
    assert isinstance(reading.tree, Mapping)
    assert (reading.tree.flow, reading.tree.start) == (False, (0, 0))
    assert reading.tree.pairs["id"].key == Scalar("id", None, (1, 0), (1, 2))
    assert reading.tree.pairs["id"].value == Scalar("a", "'", (1, 4), (1, 7))
    tags = find(reading.tree, ("tags",))
    assert isinstance(tags, Sequence)
    assert (tags.flow, tags.start, tags.end) == (True, (2, 6), (2, 14))
    assert tags.items[1] == Scalar("yy", None, (2, 11), (2, 13))
    assert find(reading.tree, ("recommendations", 0, "text")) == Scalar("Plan\n", "|", (5, 10), (7, 0))
    assert find(reading.tree, ("recommendations", -1, "id")) == Scalar("1", '"', (4, 8), (4, 11))


def test_what_is_not_there_is_not_found(reading: Reading) -> None:
    for path in (("title",), ("tags", 2), ("tags", -3), ("tags", "x"), ("id", 0), ("id", "a"), (0,)):
        assert find(reading.tree, path) is None
    assert find(None, ("id",)) is None
    assert find(reading.tree, ()) is reading.tree


def test_every_node_can_be_visited_outer_before_inner(reading: Reading) -> None:
    visited = [path for path, _ in walk(reading.tree)]
    assert visited == [
        (),
        ("schema",),
        ("id",),
        ("tags",),
        ("tags", 0),
        ("tags", 1),
        ("recommendations",),
        ("recommendations", 0),
        ("recommendations", 0, "id"),
        ("recommendations", 0, "text"),
    ]
    assert all(find(reading.tree, path) is node for path, node in walk(reading.tree))
    assert list(walk(None)) == []


def test_the_data_of_a_record_is_text_lists_and_dicts(reading: Reading) -> None:
    assert reading.data == {
        "schema": "1",
        "id": "a",
        "tags": ["x", "yy"],
        "recommendations": [{"id": "1", "text": "Plan\n"}],
    }
    assert reading.lines[2] == "tags: [x,  yy]"
    assert read(b"", "r.yaml").data is None
