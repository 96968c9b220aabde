"""Damaged pages: a record with what is there and an account of the rest, or a refusal; never an invention."""

import random
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from imported_pages import (
    assembled,
    faults,
    invented,
    leaves,
    misplaced,
    page_of,
    record_of,
    uncovered,
    unread,
)

from conftest import SHARED
from mrtrack.edit.refusal import Refused

PAGES = Path(__file__).resolve().parent / "pages"
SEEDS = ("000_9affc7f0a352c595.txt", "004_3763bfb89c92fe9b.txt")
OWN = ("erc-evaluation-twice.txt", "document-signed.txt", "erc-response-bars.txt", "document-columns.md")
LABELS = re.compile(
    r"Recommendation|Management Response|Key Action|Responsib|Status|Timeline|Added|Updated|History"
)
each_source = pytest.mark.parametrize("name", [*SEEDS, *OWN])


def text_of(name: str) -> str:
    file = SHARED / "seeds" / name if name in SEEDS else PAGES / name
    if not file.is_file():
        pytest.skip(f"{file} is not here: the source documents are not part of this repository")
    return file.read_text("utf-8")


def proven(text: str, name: str, content: bytes | None = None) -> None:
    """A damaged source keeps every law: nothing lost, misplaced, invented or wrong."""
    given = text.encode() if content is None else content
    try:
        result = assembled(given, name)
    except Refused:
        return
    page = page_of(given, name)
    assert uncovered(page, result.account) == []
    assert name.endswith(".md") or unread(page, text) == ""
    for record in result.records:
        assert misplaced(record, result.account) == []
        assert invented(record, text) == []
        assert faults(record) == []


@each_source
def test_a_page_cut_anywhere_is_imported_as_far_as_it_goes(name: str) -> None:
    lines = text_of(name).splitlines(keepends=True)
    for end in range(1, len(lines), 50 if name in SEEDS else 5):
        proven("".join(lines[:end]), name)
        proven("".join(lines[-end:]), name)


@each_source
def test_a_page_cut_in_the_middle_of_a_line_loses_no_word(name: str) -> None:
    text = text_of(name)
    for end in range(37, len(text), max(400, len(text) // 12)):
        proven(text[:end], name)


@each_source
@pytest.mark.parametrize("seed", range(4))
def test_swapped_lines_are_all_accounted_for(name: str, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a choice that can be made again
    lines = text_of(name).splitlines(keepends=True)
    for _ in range(1 + len(lines) // 20):
        one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    proven("".join(lines), name)


@each_source
@pytest.mark.parametrize("seed", range(4))
def test_misspelled_labels_invent_nothing(name: str, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - a choice that can be made again

    def misspelled(found: re.Match[str]) -> str:
        word = found[0]
        at = dice.randrange(len(word))
        return (
            word if dice.random() < 0.6 else word[:at] + dice.choice(["", "x", word[at] * 2]) + word[at + 1 :]
        )

    proven(LABELS.sub(misspelled, text_of(name)), name)


@each_source
def test_other_ends_of_lines_and_spaces_give_the_same_record(name: str) -> None:
    text = text_of(name)
    plain = [*leaves(without_sum(record_of(text, name)))]
    spaced = text.replace("Key Action Resp", "Key\u00a0Action Resp").replace(
        "Management Resp", "Management\u00a0Resp"
    )
    for changed in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), spaced):
        assert [*leaves(without_sum(record_of(changed, name)))] == plain


@each_source
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_other_encodings_give_the_same_record(name: str, encoding: str) -> None:
    text = text_of(name)
    content = text.encode(encoding)
    if encoding in ("utf-16-le", "utf-16-be"):
        proven(text, name, content)
    else:
        assert [*leaves(without_sum(record_of(content, name)))] == [
            *leaves(without_sum(record_of(text, name)))
        ]


@each_source
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_page_in_an_old_encoding_keeps_its_law(name: str, encoding: str) -> None:
    content = text_of(name).encode(encoding, "replace")
    proven(content.decode(encoding), name, content)


def without_sum(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "sources"}


def noise(size: int) -> str:
    """Words, numbers, marks and labels in no order."""
    dice = random.Random(size)  # noqa: S311 - a choice that can be made again
    parts = [
        "Management Response:", "Key Actions:", "[Added: 2020/01/02]", "Status: Completed", "1. Recommendation:",
        "Unit 2020/01 Completed", "•", "|", "---|---|", "1.1", "a@example.org", "\t", "(", "[", "⟦x⟧", "12/2020",
    ]  # fmt: skip
    words = ["".join(dice.choices("abcdeé ,.;:0123456789", k=12)) for _ in range(40)]
    text = ""
    lines = []
    while len(text) < size:
        lines.append(" ".join(dice.choices(parts + words, k=dice.randrange(1, 9))))
        text = "\n".join(lines) if not len(lines) % 500 else text + " " * len(lines[-1])
    return "\n".join(lines)


def test_a_large_page_of_noise_is_accounted_for() -> None:
    text = noise(200_000)
    result = assembled(text)
    assert uncovered(page_of(text), result.account) == []
    (record,) = result.records
    assert faults(record) == []
    assert invented(record, text) == []


def calls(text: str) -> int:
    """How many functions the import of a text calls, those of the language itself included."""
    count = 0

    def counting(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        assembled(text)
    finally:
        sys.setprofile(before)
    return count


ROW = "1.{n} Plant a row of trees.\n[Added: 2021/06/01]\nGarden Unit 2021/08 Not Initiated\n"
LINEAR: dict[str, Callable[[int], str]] = {
    "noise": lambda times: noise(2_000 * times),
    "prose": lambda times: "A long sentence about the work\n" * 50 * times,
    "rows": lambda times: (
        "Evaluation Plan: 2019\nCommissioning Unit: Fiji\n1. Recommendation: Plant.\n\nKey Actions:\n"
        "Key Action Responsible DueDate Status Comments Documents\n" + ROW * 20 * times
    ),
    "tails": lambda times: (
        "Evaluation Plan: 2019\nCommissioning Unit: Fiji\n1. Recommendation: Plant.\n\nKey Actions:\n"
        "Responsible DueDate Status Comments\n"
        + "Plant trees PNUD 2010/03 Completed well\nand more\n"
        * 20
        * times
    ),
    "recommendations": lambda times: "Recommendation 1: a\n\nResponse: Agreed.\n\nAction: b\n\n" * 15 * times,
    "listed": lambda times: (
        "Evaluation Plan: 2019\nCommissioning Unit: Fiji\nRecommendations\n"
        + "".join(f"{n} Plant the trees of garden {n}\n" for n in range(1, 15 * times))
        + "".join(f"{n}. Recommendation: Plant the trees of garden {n}\n" for n in range(1, 15 * times))
    ),
    "list alone": lambda times: (
        "Evaluation Plan: 2019\nCommissioning Unit: Fiji\nRecommendations\n"
        + "".join(f"{n} Plant the trees of garden {n}\n" for n in range(1, 25 * times))
    ),
    "long action": lambda times: "Recommendation 1: a\n\nAction:\n" + "and dig the garden\n" * 40 * times,
    "long comment": lambda times: (
        "Evaluation Plan: 2019\nCommissioning Unit: Fiji\n1. Recommendation: Plant.\n\nKey Actions:\n"
        "Key Action Responsible DueDate Status Comments Documents\nPlant\n[Added: 2020/01/01] "
        "[Last Updated: 2020/01/01]\nUnit 2020/01 Completed well\n"
        + "and more of it\n" * 40 * times
        + "History\n"
    ),
    "long rest": lambda times: (
        "Evaluation Plan: 2019\nCommissioning Unit: Fiji\n1. Recommendation: Plant.\n\nKey Actions:\n"
        "Responsible DueDate Status Comments\nPlant trees PNUD 2010/03 Completed well\n"
        + "and more of it\n"
        * 40
        * times
    ),
    "unnumbered": lambda times: "Recommendation: a\n" * 100 * times,
    "one number": lambda times: "Recommendation 1: a\n\nAction: 1. b\n\nAction: 1. c\n\n" * 15 * times,
    "contacts": lambda times: "write to a@example.org or ring " * 20 * times,
    "same titles": lambda times: "Title: Review of gardens\n" + "Review of gardens\n" * 40 * times,
    "head": lambda times: "".join(f"Evaluation of garden {n}\n\n" for n in range(40 * times)),
    "unlabelled": lambda times: ": 2019 - 2020, Fiji\n" + ": some value\n" * 40 * times,
    "table": lambda times: (
        "Action | Status | Due\n---|---|---\n" + "Dig | Completed | 2020/01\n" * 20 * times
    ),
    "open table": lambda times: "Action | Status | Due |\n---|---|---|\n" + "Dig\n" * 40 * times,
    "tables": lambda times: "Action | Status | Due |\n---|---|---|\nDig\n" * 20 * times,
    "tabs": lambda times: "Action\tStatus\tDue\n" + "Dig\tCompleted\t2020/01\n" * 20 * times,
}


@pytest.mark.parametrize("kind", LINEAR)
def test_the_work_grows_as_the_page_does(kind: str) -> None:
    assembled(LINEAR[kind](1))
    small, large = (calls(LINEAR[kind](times)) for times in (2, 8))
    assert large < 5.5 * small
