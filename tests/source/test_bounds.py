"""How much of a file is read: beyond its limits nothing is, told with its place; of its problems a thousand."""

import pytest

from mrtrack.model.settings import Limits
from mrtrack.source.reader import MOST_PROBLEMS, read

HEAD = "schema: 1\nid: water-2021\n"


def found(text: str, **limits: int) -> list[tuple[str, str]]:
    """Code and place of every problem, and that nothing is read where there is one."""
    reading = read((HEAD + text).encode(), "", Limits(**limits))
    assert (reading.evaluation is None) == bool(reading.problems)
    return [(problem.code, problem.place.removeprefix(":")) for problem in reading.problems]


def test_a_line_ends_at_its_limit() -> None:
    for before in ("", "title: a\nreason: b\n"):
        line = 3 + before.count("\n")
        assert found(f"{before}text: {'x' * 94}\n", line=100) == [("S301", f"{line}:1")]
        for end in ("", "\n", "\nstatus: planned\n"):
            assert found(f"{before}text: {'x' * 95}{end}", line=100) == [("F108", f"{line}:1")]
    assert found(f"title: {'é' * 49}\n", line=100) == [("F108", "3:1")]


def test_lines_end_at_their_limit() -> None:
    assert found("#\n" * 98, lines=100) == []
    assert found("#\n" * 99, lines=100) == [("F109", "101:1")]


@pytest.mark.parametrize(
    ("before", "value"),
    [
        ("extra:\n", "  {:05}: v\n"),
        ("extra: {", "{:05},"),
        ("tags:\n", "  - '{}'\n"),
        ("tags: [", "{},"),
        ("extra: {", "? ,"),
        ("extra: [", "[],"),
        ("extra: [", "a: b,"),
        ("extra:\n", "  ? {}\n"),
    ],
)
def test_a_file_of_more_values_than_its_limit_is_left_at_the_first_of_them(before: str, value: str) -> None:
    text = before + "".join(value.format(number) for number in range(1_000))
    codes = [code for code, _ in found(text, values=300)]
    assert codes.count("Y210") == 1
    assert codes[-1] == "Y210"


def test_a_file_of_just_as_many_values_as_its_limit_is_read() -> None:
    text = "tags: [" + "a, " * 20 + "b]\n"
    assert found(text, values=28) == []
    assert found(text, values=27) == [("Y210", "3:68")]


def test_a_thousand_problems_of_a_file_are_told_and_that_there_are_more() -> None:
    for text in (
        "a: 1\n" * 3_000,
        "\a\n" * 3_000,
        "".join(f"k{number}: v\n" for number in range(3_000)),
        "recommendations:\n" + "  - {}\n" * 3_000,
        "---\n" * 3_000,
        "tags: [&a x" + ", *a" * 3_000 + "]\n",
    ):
        problems = found(text)
        assert len(problems) == MOST_PROBLEMS + 1
        assert [code for code, _ in problems].count("F110") == 1
        assert problems[-1][0] == "F110"
        assert problems[-1][1] == problems[-2][1]


def test_long_names_in_a_message_are_cut() -> None:
    long = "n" * 5_000
    for text in (f"&{long} a: b\n", f"a: *{long}\n", f"a: !{long} b\n", f"? {long}\n: b\n? {long}\n: c\n"):
        for problem in read((HEAD + text).encode(), "").problems:
            assert len(problem.message) < 200
    twice = read((HEAD + '"a\\nb": 1\n"a\\nb": 2\n').encode(), "")
    assert not any("\n" in problem.message for problem in twice.problems)
