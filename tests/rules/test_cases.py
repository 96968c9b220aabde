"""Each kind of problem on a pair of records: the bad one is caught at the very place, the good one passes."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from mrtrack.model.settings import Settings
from mrtrack.problems import Kind, Problem, is_error
from mrtrack.rules.catalogue import KINDS, RULE_KINDS
from mrtrack.rules.checking import check, check_together
from mrtrack.source.reader import read

CASES = Path(__file__).parent / "cases"
MARK = b"\xef\xbb\xbf"
WITHOUT_A_PAIR = {
    "unreadable-file": "no text shows it: the file cannot be opened",
    "too-big": "a record of five megabytes; see test_checking",
    "too-deep": "a record of forty levels; see test_checking",
    "long-line": "a line of a hundred thousand bytes; see test_bounds",
    "too-many-lines": "a record of two hundred thousand lines; see test_bounds",
    "too-many-values": "a record of two hundred thousand values; see test_bounds",
    "more-problems": "a record of a thousand problems; see test_bounds",
}
OF_TEXT = tuple(kind for kind in KINDS if not kind.code.startswith("F"))
OF_LAYOUT = {"S353", "S354", "S355", "S356"}
OF_DATA = tuple(kind for kind in OF_TEXT if not (kind.code.startswith("Y") or kind.code in OF_LAYOUT))
Form = Callable[[bytes], bytes]
EXAMPLE = re.compile(r"^(Bad|Good)\b[^\n]*:\n\n```yaml\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    """A kind of problem with the folder that holds its pair of records."""

    kind: Kind

    @property
    def folder(self) -> Path:
        """Where the pair lies."""
        return CASES / f"{self.kind.code}-{self.kind.name}"

    @cached_property
    def told(self) -> dict[str, Any]:
        """What expected.json tells: the problems; settings and paths that are not the usual ones; the day."""
        told: dict[str, Any] = json.loads((self.folder / "expected.json").read_text("utf-8"))
        return told

    @property
    def expected(self) -> list[dict[str, Any]]:
        """The problems of this kind in the bad record."""
        expected: list[dict[str, Any]] = self.told["problems"]
        return expected

    def content(self, name: str) -> bytes:
        """The bytes of one of the records."""
        return (self.folder / f"{name}.yaml").read_bytes()

    def check(self, name: str, content: bytes | None = None) -> list[Problem]:
        """The problems of one of the two records, read beside the third file where there is one."""
        paths = self.told.get("paths", {})
        settings = Settings.model_validate(self.told.get("settings", {}))
        reading = read(
            self.content(name) if content is None else content, paths.get(name, "records/water-2021.yaml")
        )
        readings = [reading]
        if "beside" in paths:
            readings.append(read(self.content("beside"), paths["beside"]))
        today = date.fromisoformat(self.told["today"]) if "today" in self.told else None
        return [*check(reading, settings, today), *check_together(readings, settings, today)]

    def of_kind(self, problems: list[Problem]) -> list[Problem]:
        """Those of the problems that are of this kind."""
        return [problem for problem in problems if problem.code == self.kind.code]


def cases(kinds: tuple[Kind, ...] = KINDS) -> list[Any]:
    return [pytest.param(Case(kind), id=kind.name) for kind in kinds if kind.name not in WITHOUT_A_PAIR]


def as_it_is(content: bytes) -> bytes:
    return content


def with_crlf(content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")


def with_mark(content: bytes) -> bytes:
    return MARK + content


def with_both(content: bytes) -> bytes:
    return MARK + with_crlf(content)


FORMS: tuple[Form, ...] = (with_crlf, with_mark, with_both)


def bare(problem: Problem) -> str:
    """What a problem points at, without quotes."""
    return problem.excerpt[problem.column - 1 : problem.column - 1 + problem.width].strip("\"'")


def test_every_kind_of_problem_has_a_pair_of_records() -> None:
    shown = {folder.name for folder in CASES.iterdir() if folder.is_dir()}
    assert shown == {f"{kind.code}-{kind.name}" for kind in KINDS if kind.name not in WITHOUT_A_PAIR}


@pytest.mark.parametrize("case", cases())
def test_a_bad_record_gets_the_problem_at_its_place(case: Case) -> None:
    found = case.of_kind(case.check("bad"))
    assert [(problem.line, problem.column) for problem in found] == [
        (problem["line"], problem["column"]) for problem in case.expected
    ]
    for problem, expected in zip(found, case.expected, strict=True):
        assert problem.message.startswith(expected["message"])
        assert problem.hint == expected.get("hint", problem.hint) != ""
        shown = problem.excerpt[problem.column - 1 : problem.column - 1 + problem.width]
        assert shown == expected.get("shows", shown)
        assert (problem.rule, problem.severity) == (case.kind.name, case.kind.severity)


@pytest.mark.parametrize("case", cases())
def test_a_good_record_gets_no_such_problem_and_no_error(case: Case) -> None:
    problems = case.check("good")
    assert case.of_kind(problems) == []
    assert [problem for problem in problems if is_error(problem)] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@pytest.mark.parametrize("case", cases(OF_TEXT))
def test_places_are_the_same_after_a_byte_order_mark_and_with_crlf(case: Case, form: Form) -> None:
    plain = case.of_kind(case.check("bad"))
    assert case.of_kind(case.check("bad", form(case.content("bad")))) == plain


@pytest.mark.parametrize("form", [as_it_is, with_both], ids=lambda form: form.__name__)
@pytest.mark.parametrize("case", cases(OF_DATA))
def test_places_are_exact_inside_braces(case: Case, form: Form) -> None:
    data = read(case.content("bad"), "records/water-2021.yaml").data
    in_braces = json.dumps(data, ensure_ascii=False, indent=1).encode()
    plain, found = case.of_kind(case.check("bad")), case.of_kind(case.check("bad", form(in_braces)))
    assert [problem.message for problem in found] == [problem.message for problem in plain]
    for before, after in zip(plain, found, strict=True):
        begins_a_block = before.excerpt[before.column - 1] in "|>-[{"
        assert bare(after).startswith(bare(before)) or begins_a_block


@pytest.mark.parametrize("case", cases(RULE_KINDS))
def test_a_problem_is_told_in_the_same_words_when_lines_above_it_change(case: Case) -> None:
    plain = case.of_kind(case.check("bad"))
    moved = case.of_kind(case.check("bad", b"# one line\n# and another\n" + case.content("bad")))
    assert [(problem.line - 2, problem.message) for problem in moved] == [
        (problem.line, problem.message) for problem in plain
    ]


@pytest.mark.parametrize("case", cases())
def test_the_examples_of_the_documentation_are_records_that_were_checked(case: Case) -> None:
    examples = EXAMPLE.findall(case.kind.explanation)
    assert examples or case.kind.code.startswith("F")
    for which, example in examples:
        record = case.content(which.lower()).decode().replace("- ", "  ")
        assert any(
            textwrap.indent(example.replace("- ", "  "), " " * depth) in record for depth in range(0, 16, 2)
        ), f"{which}: these lines stand nowhere in {which.lower()}.yaml:\n{example}"


@pytest.mark.parametrize("kind", RULE_KINDS, ids=lambda kind: kind.name)
def test_every_rule_shows_a_bad_and_a_good_example(kind: Kind) -> None:
    assert [which for which, _ in EXAMPLE.findall(kind.explanation)] == ["Bad", "Good"]
