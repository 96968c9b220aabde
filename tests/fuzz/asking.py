"""Filters: whatever is asked, the answer is an answer or a reason, and the same with the index as without it."""

import atexit
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from both_ways import BROKEN, FLAGS, IDS, NAMED, SORTS, VIEWS, add, answered, begin, put_text
from fuzz.choices import Choices
from fuzz.target import Target, demand
from mrtrack.cli import options
from mrtrack.index import current
from waterworks import WATER

COMMANDS = (("list",), ("list", "recommendations"), ("list", "evaluations"), ("status",), ("history",))
DAYS = (
    "--as-of",
    "--due-before",
    "--due-after",
    "--completed-before",
    "--completed-after",
    "--updated-before",
)
FREE = ("--text", "--view", "--sort", "--limit", "--at", *DAYS, *NAMED)
SETTINGS = """\
[labels.status]
initiated = "Under way"
[units.HQ]
aliases = ["head office"]
[views.mine]
unit = ["director", "HQ"]
open = true
[views.said]
kind = "recommendations"
text = "train"
"""
WORDS = (
    "2021", "2021-Q3", "2021-07-31", "0001", "9999-12-31", "%", "_", "'", '"', "*", "NEAR(", "AND", "--", "\0", "\\",
    "é", "e\u0301", "ﬁ", "ß", "İ", "人事", "-due", "due,-ref", "completed", "not-stated", "acc", "1", "-1", ":", "/",
)  # fmt: skip


@cache
def repository() -> Path:
    """A repository of a few records, some broken, for as long as this process lives."""
    folder = TemporaryDirectory(prefix="mrtrack-fuzz-")
    atexit.register(folder.cleanup)
    root = Path(folder.name) / "repository"
    chance = Random(8)  # noqa: S311 - a choice that can be made again
    begin(root, chance)
    for _ in range(12):
        add(root, chance)
    (root / "mrtrack.toml").write_text(SETTINGS, encoding="utf-8")
    put_text(root, "water-2021.yaml", WATER)
    put_text(root, "broken-2021.yaml", BROKEN)
    return root


def question(content: bytes) -> list[str]:
    """The command line that bytes stand for."""
    choices = Choices(content)
    asked = [*choices.of(COMMANDS)]
    for _ in range(choices.below(4)):
        kind = choices.below(4)
        if kind == 0:
            asked.append(choices.of(FLAGS))
        elif kind == 1:
            option = choices.of(tuple(NAMED))
            asked += [option, choices.of(NAMED[option])]
        elif kind == 2:
            asked += (
                ["--sort", choices.of(SORTS["actions"])]
                if choices.below(2)
                else ["--view", choices.of(VIEWS)]
            )
        else:
            # The system passes no NUL to a program, and this one is not asked how it takes lone surrogates.
            asked.append(f"{choices.of(FREE)}={choices.text().replace(chr(0), '')}")
    if asked[0] != "list" and choices.below(4) == 3:
        asked.append(choices.of(IDS))
    return [*asked, *choices.of((["--json"], [], ["--format", "csv"]))]


def run(content: bytes) -> None:
    """What holds of any question: one answer, whoever gives it, and no way out but the three codes."""
    asked = question(content)
    root = repository()
    with pytest.MonkeyPatch.context() as bare:
        # What goes wrong in the index is to be seen, not passed over.
        bare.setattr(options, "_came_from_index", lambda _: False)
        bare.setattr(current, "FAILED", ())
        by_index, by_records = answered(root, asked, "on"), answered(root, asked, "off")
    demand(by_index == by_records, f"{asked}: {by_index} by the index, {by_records} without")
    demand(by_index.code in {0, 1, 2}, f"{asked}: left with {by_index.code}")
    demand("Traceback" not in by_index.err, f"{asked}: {by_index.err}")
    demand("\x1b" not in by_index.out + by_index.err, f"{asked}: a control character is printed")


def corpus() -> Iterator[bytes]:
    """Bytes for questions of every kind."""
    chance = Random(2)  # noqa: S311 - a choice that can be made again
    for _ in range(20):
        yield chance.randbytes(12)
    for nth, option in enumerate(FREE):
        if option in DAYS:
            for date in ("2021", "2021-Q3", "2022-02-28"):
                yield bytes([0, 1, 3, nth, len(date)]) + date.encode()
        yield bytes([nth % len(COMMANDS), 1, 3, nth, 7]) + b"2021-Q3"


FILTERS = Target("filters", "questions to the records", run, corpus, tuple(word.encode() for word in WORDS))
