"""What hides from a reader of the file what it says is refused, with its place; all of it, not the first."""

import pytest

from mrtrack.model.settings import Limits
from mrtrack.problems import Severity
from mrtrack.source.reader import Reading, read

HEAD = "schema: 1\nid: water-2021\n"


def found(text: str | bytes) -> list[tuple[str, str]]:
    """Code and place of every problem of a record that begins with schema and id."""
    content = text if isinstance(text, bytes) else (HEAD + text).encode()
    reading = read(content, "")
    assert (reading.evaluation is None) == any(problem.severity == "error" for problem in reading.problems)
    return [(problem.code, problem.place.removeprefix(":")) for problem in reading.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: &a Water\n", [("Y202", "3:8")]),
        ("team: &a\n  - name: x\n", [("Y202", "3:7")]),
        ("title: *a\n", [("Y202", "3:8")]),
        ("report_date: *a\n", [("Y202", "3:14")]),
        ("tags: [&a x, *a]\n", [("Y202", "3:8"), ("Y202", "3:14")]),
        ("*a : x\n", [("S301", "3:1"), ("Y202", "3:1")]),
        ("title: !!str Water\n", [("Y203", "3:8")]),
        ("title: ! Water\n", [("Y203", "3:8")]),
        ("team: !people\n  - name: x\n", [("Y203", "3:7")]),
        ("team:\n  - !person {name: x}\n", [("Y203", "4:5")]),
        ("title: !w!x Water\n", [("Y203", "3:8")]),
        ("quality:\n  <<: {rating: satisfactory}\n", [("Y207", "4:3")]),
        ("quality: {<<: {rating: satisfactory}}\n", [("Y207", "3:11")]),
        ("title: a\ntitle: b\n", [("Y206", "4:1")]),
        ("title: a\n'title': b\n\"title\": c\n", [("Y206", "4:1"), ("Y206", "5:1")]),
        ("period: {from: 2018, from: 2019}\n", [("Y206", "3:22")]),
        ("recommendations:\n  - id: 1\n    id: 2\n", [("Y206", "5:5")]),
        ("extra: {a: 1, a: 1}\n", [("Y206", "3:15")]),
        ("? [a, b]\n: x\n", [("Y208", "3:3")]),
        ("? {a: b}\n: x\n? {c: d}\n: x\n", [("Y208", "3:3"), ("Y208", "5:3")]),
        ("---\nschema: 1\n", [("Y205", "3:1")]),
        ("...\n---\nschema: 1\n", [("Y205", "4:1")]),
        ("---\n---\n", [("Y205", "3:1"), ("Y205", "4:1")]),
        (b"%YAML 1.1\n---\nschema: 1\nid: a\n", [("Y204", "1:1")]),
        (b"%TAG ! tag:example.org,2021:\n---\nschema: 1\nid: a\n", [("Y204", "1:1")]),
        (b"%YAML 2.0\n---\nschema: 1\nid: a\n", [("Y204", "1:1")]),
        (b"%COLOUR blue\n---\nschema: 1\nid: a\n", [("Y204", "1:8")]),
    ],
)
def test_what_plain_yaml_does_not_need_is_refused(text: str | bytes, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\0", "U+0000"),
        ("\a", "U+0007"),
        ("\x0b", "U+000B"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\x9b", "U+009B"),
        ("\u2028", "U+2028"),
        ("\u2029", "U+2029"),
        ("\u202a", "U+202A"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\u2069", "U+2069"),
        ("\ufeff", "U+FEFF"),
        ("\ufffe", "U+FFFE"),
        ("\r", "U+000D"),
    ],
)
def test_a_character_that_nobody_sees_is_refused_also_as_an_escape(character: str, name: str) -> None:
    reading = read(f"{HEAD}title: Wa{character}ter\n".encode(), "")
    assert [(problem.code, problem.place) for problem in reading.problems] == [("F105", ":3:10")]
    assert reading.problems[0].message == f"the invisible character {name} stands here"
    assert reading.evaluation is None

    reading = read(f'{HEAD}title: "Wa\\U{ord(character):08x}ter"\n'.encode(), "")
    assert [(problem.code, problem.place) for problem in reading.problems] == [("F105", ":3:8")]
    assert reading.problems[0].message == f"the text holds the invisible character {name}"
    assert reading.evaluation is None


@pytest.mark.parametrize(
    "escape", [r"\e", r"\0", r"\a", r"\b", r"\v", r"\f", r"\r", r"\r\nx", r"\N", r"\L", r"\P", r"\x1b"]
)
def test_the_short_escapes_are_refused_in_values_and_keys(escape: str) -> None:
    assert found(f'description: "a{escape}b"\n') == [("F105", "3:14")]
    assert found(f'extra: {{"a{escape}b": c}}\n') == [("F105", "3:9")]


@pytest.mark.parametrize(
    "text", ["a\tb", "é", "日本語", "العربية", "😀", "\u200e\u00a0", "e\u0301", "\ufffd"]
)
def test_what_people_write_is_no_invisible_character(text: str) -> None:
    reading = read(f'{HEAD}title: "{text}"\n'.encode(), "")
    assert reading.problems == ()
    assert reading.evaluation is not None
    assert reading.evaluation.title == text


def test_tabs_and_line_breaks_may_be_written_as_escapes() -> None:
    assert (
        read((HEAD + r'description: "a\tb\nc\_d\"\\"').encode(), "").data["description"]
        == 'a\tb\nc\u00a0d"\\'
    )


def test_invisible_characters_do_not_keep_other_problems_from_being_found() -> None:
    assert found("title: a\0b\0c\nstatus: done\nreason: x\u202e\ndue: 2021\n") == [
        ("F105", "3:9"),
        ("S305", "4:9"),
        ("F105", "5:10"),
        ("S301", "6:1"),
    ]
    reading = read(f"{HEAD}title: a\0b\0c\0\n".encode(), "")
    assert (
        reading.problems[0].message == "the invisible character U+0000 stands here, and 2 more in this line"
    )


def test_a_lone_carriage_return_is_found_wherever_it_stands() -> None:
    assert found("title: a\rb\n") == [("F105", "3:9")]
    assert found("title: a\r\r\n") == [("F107", "1:1"), ("F105", "3:9")]
    assert found("title: a\n\r") == [("F105", "4:1")]
    assert found(b"schema: 1\rid: a\r") == [("F105", "1:10")]


def test_line_ends_of_windows_and_a_mark_at_the_beginning_are_worth_a_warning() -> None:
    reading = read(f"\ufeff{HEAD}description: |\n  one\n  two\n".replace("\n", "\r\n").encode(), "")
    assert [(problem.code, problem.severity) for problem in reading.problems] == [
        ("F106", Severity.WARNING),
        ("F107", Severity.WARNING),
    ]
    assert reading.evaluation is not None
    assert reading.evaluation.description == "one\ntwo"
    assert found("\ufeff\ufeff".encode() + HEAD.encode()) == [
        ("F105", "1:1"),
        ("F106", "1:1"),
        ("S301", "1:1"),
        ("S302", "1:1"),
    ]


def test_a_file_that_is_not_utf8_is_not_guessed_at() -> None:
    assert found(HEAD.encode("utf-16")) == [("F103", "1:1")]
    assert found(f"{HEAD}title: ä\n".encode("latin-1")) == [("F103", "3:8")]
    assert found(HEAD.encode() + b"title: \xed\xa0\x80\n") == [("F103", "3:8")]
    assert found(HEAD.encode() + b"title: \xc0\x80\n") == [("F103", "3:8")]


def test_a_file_without_data_is_empty() -> None:
    for text in (b"", b"\n\n", b"# to be written\n", b"---\n", b"~\n", b"null\n", b"\xef\xbb\xbf"):
        assert [code for code, _ in found(text) if code != "F106"] == ["F104"]
        assert found(text)[0] == ("F104", "1:1")


def test_a_file_that_is_one_text_or_one_list_is_no_record() -> None:
    for text in (b"water\n", b"- schema: 1\n", b"''\n", b"[]\n", b"|\n  x\n"):
        assert found(text) == [("S303", "1:1")]


def test_nesting_ends_at_forty_levels() -> None:
    def nested(levels: int) -> str:
        return f"extra: {{a: {'[' * (levels - 2)}{']' * (levels - 2)}}}\n"

    assert found(nested(40)) == []
    assert found(nested(41)) == [("Y209", "3:50")]
    assert found("extra: " + ("[" * 1_000 + "\n ") * 100) == [("Y209", "3:47")]
    assert found("extra: " + ("{a: " * 1_000 + "\n ") * 100) == [("Y209", "3:164")]
    assert found("".join(f"{' ' * level}a:\n" for level in range(60))) == [("Y209", "43:41")]
    assert [
        problem.code for problem in read(f"{HEAD}extra: {{a: []}}\n".encode(), "", Limits(depth=2)).problems
    ] == ["Y209"]


def test_a_file_ends_at_its_limit() -> None:
    content = HEAD.encode()
    assert read(content, "", Limits(bytes=len(content))).problems == ()
    assert [problem.code for problem in read(content, "", Limits(bytes=len(content) - 1)).problems] == [
        "F102"
    ]
    assert [problem.code for problem in read(b"#" * 5_000_001, "").problems] == ["F102"]


def test_every_problem_of_a_file_is_found_in_the_order_of_its_lines() -> None:
    text = b"""\
schema: 1
id: Water
colour: blue
status: &s done
report_date: 2021-02-30
period: {from: then, from: 2018}
team:
  - nme: A. Writer
    nationality:
countries: KEN
recommendations:
  - title: one
    actions:
      - id: a/b
        due: soon
        status: done
        history:
          - date: 2021-07
            verdict: true
            corrects: yesterday
          - on: until then
            due:
"""
    assert found(text) == [
        ("S306", "2:5"),
        ("S301", "3:1"),
        ("S305", "4:9"),
        ("Y202", "4:9"),
        ("S304", "5:14"),
        ("S304", "6:16"),
        ("Y206", "6:22"),
        ("S301", "8:5"),
        ("S310", "9:5"),
        ("S303", "10:12"),
        ("S302", "12:5"),
        ("S306", "14:13"),
        ("S304", "15:14"),
        ("S305", "16:17"),
        ("S304", "18:19"),
        ("S305", "19:22"),
        ("S304", "20:23"),
        ("S302", "21:13"),
        ("S304", "21:17"),
        ("S310", "22:13"),
    ]


def test_the_first_problem_of_a_reading_is_the_first_error() -> None:
    def first(reading: Reading) -> str | None:
        return reading.first_problem.code if reading.first_problem else None

    assert first(read(HEAD.replace("\n", "\r\n").encode(), "")) is None
    assert first(read(HEAD.replace("\n", "\r\n").encode() + b"colour: x\nstatus: y\n", "")) == "S301"


HISTORY = """\
recommendations:
  - id: a
    actions:
      - id: b
        history:
          - date: 2021-07-01
"""


def test_a_key_without_a_value_is_refused_but_for_a_date_taken_away() -> None:
    for null in ("null", "~", "Null", "NULL"):
        assert found(f"{HISTORY}            due: {null}\n") == []
        assert found(f"{HISTORY}            status: {null}\n") == [("S310", "9:13")]
        assert found(f"reason: {null}\n") == [("S310", "3:1")]
        assert found(f"countries: [{null}]\n") == [("S310", "3:13")]
        assert found(f"management_response: {{due: {null}}}\n") == [("S310", "3:23")]
        assert found(f"recommendations: [{{id: a, actions: [{{id: b, due: {null}}}]}}]\n") == [
            ("S310", "3:45")
        ]
        assert found(f"extra: {{due: {null}}}\n") == [("S310", "3:9")]
        assert found(f"recommendations:\n  - {null}\n") == [("S310", "4:5")]
    assert found(f"{HISTORY}            due:\n") == [("S310", "9:13")]
    assert found("title: 'null'\nreason: \"~\"\ndescription: |\n  null\n") == []


def test_a_date_taken_away_is_read_as_such() -> None:
    evaluation = read(f"{HEAD}{HISTORY}            due: null\n".encode(), "").evaluation
    assert evaluation is not None
    assert evaluation.recommendations is not None
    (action,) = evaluation.recommendations[0].actions or ()
    assert [entry.clears_due for entry in action.history or ()] == [True]


def test_words_of_older_yaml_stay_text() -> None:
    reading = read(
        f"{HEAD}extra: {{a: yes, b: 1.10, c: 2021-07-31, d: 0o7, e: 12:30:00, f: .inf, g: true}}\n".encode(),
        "",
    )
    assert reading.data["extra"] == {
        "a": "yes",
        "b": "1.10",
        "c": "2021-07-31",
        "d": "0o7",
        "e": "12:30:00",
        "f": ".inf",
        "g": "true",
    }


@pytest.mark.parametrize(
    "word",
    [
        "NO",
        "No",
        "no",
        "n",
        "N",
        "y",
        "YES",
        "on",
        "OFF",
        "True",
        "FALSE",
        "=",
        "<<",
        "190:20:30",
        "0b1",
        "0x1F",
        "012",
        "1_000",
        "1e3",
        ".nan",
        "-.INF",
    ],
)
def test_a_word_that_older_yaml_takes_for_something_else_is_what_it_says(word: str) -> None:
    reading = read(f"{HEAD}title: {word}\nextra: {{{word}x: {word}}}\ncountries:\n  - {word}\n".encode(), "")
    assert reading.problems == ()
    assert (reading.data["title"], reading.data["countries"]) == (word, [word])
    assert reading.data["extra"] == {f"{word}x": word}


@pytest.mark.parametrize(
    "name",
    [
        "w\u0430ter",
        "w\uff41ter",
        "water-\uff12021",
        "wate\u0433",
        "\u212aenya",
        "wa\u200dter",
        "wa\u00adter",
        "\u0661",
    ],
)
def test_an_id_that_only_looks_like_one_is_refused(name: str) -> None:
    assert found(f"schema: 1\nid: {name}\n".encode()) == [("S306", "2:5")]
    assert found(f"recommendations:\n  - id: {name}\n") == [("S306", "4:9")]


def test_a_python_name_of_a_key_is_no_key_of_a_record() -> None:
    assert found(b"schema_: 1\nid: a\n") == [("S301", "1:1"), ("S302", "1:1")]
    assert found("period: {start: 2018, end: 2021}\n") == [("S301", "3:10"), ("S301", "3:23")]
