"""The proof of a change: what it lets pass, and what it refuses."""

from dataclasses import replace

import pytest

from mrtrack.edit.operations import Append, EditRefused, Operation, Remove, Set
from mrtrack.edit.splice import splice
from mrtrack.edit.verify import edit, second_reading, verify
from mrtrack.model.settings import Limits
from mrtrack.source.reader import Reading, read

GOOD = (
    'schema: 1\nid: water-2021\ntitle: Water\ntags: [a, b]\nrecommendations:\n  - id: "1"\n    title: Plan\n'
)


def reading(text: str) -> Reading:
    return read(text.encode(), "records/water-2021.yaml")


def test_a_result_that_says_something_else_is_refused_with_its_place() -> None:
    after = reading(GOOD.replace("Plan", "Plane"))
    with pytest.raises(EditRefused, match=r"recommendations 1, title: .* not say here what was meant"):
        verify(reading(GOOD), after, [])


@pytest.mark.parametrize(
    "other",
    [
        GOOD.replace("[a, b]", "[a]"),
        GOOD.replace("[a, b]", "[a, c]"),
        GOOD + "extra: {a: b}\n",
        GOOD.replace("title: Water\n", ""),
        GOOD.replace("[a, b]", "a"),
    ],
)
def test_any_other_change_is_noticed(other: str) -> None:
    with pytest.raises(EditRefused):
        verify(reading(GOOD), reading(other), [])


def test_line_breaks_at_the_end_of_a_text_make_no_difference() -> None:
    verify(reading(GOOD), reading(GOOD.replace("title: Water", "title: |+\n  Water\n\n")), [])


def test_order_of_keys_and_comments_make_no_difference() -> None:
    other = (
        "id: water-2021 # c\nschema: 1\ntitle: Water\ntags: [a, b]\n"
        'recommendations:\n- {title: Plan, id: "1"}\n'
    )
    verify(reading(GOOD), reading(other), [])


def test_a_change_that_would_break_the_record_is_refused_in_the_readers_words() -> None:
    with pytest.raises(EditRefused, match=r"line 4 would be wrong: .*February 2021 has 28 days"):
        edit(reading(GOOD), [Set(("completed",), "2021-02-30")])


def test_taking_away_what_is_required_is_refused() -> None:
    with pytest.raises(EditRefused, match="“id” is missing"):
        edit(reading(GOOD), [Remove(("recommendations", 0, "id"))])


def test_an_error_that_was_there_before_does_not_stand_in_the_way() -> None:
    flawed = reading(GOOD.replace("title: Water", "titel: Water\nstatus: done"))
    after = edit(flawed, [Append(("tags",), "c")])
    assert "tags: [a, b, c]\n" in after.text


def test_a_second_error_of_a_kind_is_noticed() -> None:
    flawed = reading(GOOD.replace("title: Water", "completed: soon"))
    with pytest.raises(EditRefused, match="“soon” is not a date"):
        edit(flawed, [Set(("report_date",), "soon")])
    entry = {"date": "2021-01-01", "planned_end": "soon"}
    flawed = reading(GOOD + "history:\n  - date: 2021-01-01\n    planned_end: soon\n")
    with pytest.raises(EditRefused, match="“soon” is not a date"):
        edit(flawed, [Append(("history",), entry)])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: [", "needs repair before a change"),
        ("title: &a Water\nschema: 1\n", "line 1 needs repair before a change: &a names a value"),
        ("title: a\ntitle: b\n", "“title” stands here a second time"),
        ('title: "a\\u0007"\n', "invisible character"),
        ("", "holds no record"),
    ],
)
def test_a_file_that_cannot_be_relied_on_is_not_changed(text: str, words: str) -> None:
    with pytest.raises(EditRefused, match=words):
        edit(reading(text), [Set(("title",), "Water")])


@pytest.mark.parametrize(
    "operation", [Set(("title",), "a\x07b"), Set(("title",), "a\u202eb"), Set(("title",), "a\rb")]
)
def test_invisible_characters_do_not_get_into_a_record(operation: Operation) -> None:
    with pytest.raises(EditRefused, match="invisible character"):
        edit(reading(GOOD), [operation])


def test_a_change_that_makes_a_record_too_big_or_too_deep_is_refused() -> None:
    with pytest.raises(EditRefused, match="bytes"):
        edit(reading(GOOD), [Set(("title",), "x" * 200)], limits=Limits(bytes=200))
    with pytest.raises(EditRefused, match="deeper than 4 levels"):
        edit(reading(GOOD), [Set(("extra", "a", "b", "c", "d"), "e")], limits=Limits(depth=4))


def test_a_text_that_two_readers_take_for_different_things_is_refused() -> None:
    after = replace(reading(GOOD), text=GOOD.replace("Plan", "Plane"))
    with pytest.raises(
        EditRefused, match="recommendations 1, title: another reader of YAML takes these lines"
    ):
        verify(reading(GOOD), after, [])


def test_a_text_that_only_one_reader_can_read_is_refused_with_its_line() -> None:
    before = reading(GOOD.replace("Water", "Water\t# a tab before the comment"))
    with pytest.raises(EditRefused, match=r"stumbles over line 3: .*; put spaces in place of the tab"):
        edit(before, [Set(("type",), "Outcome")])


def test_the_second_reader_refuses_what_it_cannot_read() -> None:
    with pytest.raises(EditRefused, match="another reader of YAML stumbles over line 1"):
        second_reading("a: [b")
    for doubtful in ("a: 1\na: 2\n", "[a]: 1\n"):
        with pytest.raises(EditRefused, match="a key here that is no word, or stands twice"):
            second_reading(doubtful)


def test_the_second_reader_finds_text_and_nothing_but_text() -> None:
    found = second_reading("a: no\nb: 1.10\nc: ~\nd: '~'\ne: 2021-07-15\nf: [null, {}]\ng: |\n  x\nh:\n")
    assert found == {
        "a": "no",
        "b": "1.10",
        "c": None,
        "d": "~",
        "e": "2021-07-15",
        "f": [None, {}],
        "g": "x\n",
        "h": None,
    }
    assert second_reading("# nothing\n") is None


def test_splicing_alone_gives_the_text_without_proof() -> None:
    assert splice(reading(GOOD), [Set(("completed",), "2021-02-30")]) == GOOD.replace(
        "Water\n", "Water\ncompleted: 2021-02-30\n"
    )
