"""The fuzzer itself: its laws hold for what it begins with, and what breaks a law is found, made small and kept."""

import os
from pathlib import Path

import pytest

from fuzz.by_hypothesis import search, tries, try_some
from fuzz.findings import Search, broken_by
from fuzz.target import Target
from fuzz.targets import TARGETS

A_FEW = 6


def obey(content: bytes) -> None:
    """A law that forbids one word."""
    if b"due" in content:
        raise ValueError("it is due")


WORDY = Target(
    "wordy", "no word", obey, lambda: [b"nothing here", b"a long line that is due: 2021\n"], (b"x",)
)


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_keeps_its_law_over_what_it_begins_with(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    found = Search(target, tmp_path)
    begin = list(target.corpus())
    for content in [*begin[:: max(1, len(begin) // A_FEW)], b"", b"\xff\xfe\0", b"\n" * 50]:
        found.look(content)
    try_some(found, tries(target), 1, A_FEW)
    assert found.told == {}
    assert found.runs >= 2 * A_FEW


def test_what_breaks_a_law_is_found_once_made_small_and_kept(tmp_path: Path) -> None:
    found = Search(WORDY, tmp_path / "kept")
    search(found, 0.0, 1)
    assert [file.read_bytes() for file in found.found.values()] == [b"due"]
    (kept,) = (tmp_path / "kept").glob("wordy-*.bin")
    assert "ValueError: it is due" in kept.with_suffix(".txt").read_text("utf-8")


def test_changes_of_what_it_begins_with_are_tried(tmp_path: Path) -> None:
    tried: set[bytes] = set()
    begin = b"schema: 1\nid: a\n"
    try_some(Search(Target("any", "", tried.add, lambda: [begin], (b"null",)), tmp_path), tries(WORDY), 1, 1)
    assert len(tried) == 1
    target = Target("any", "", tried.add, lambda: [begin], (b"null",))
    try_some(Search(target, tmp_path), tries(target), 1, 50)
    assert any(b"null" in one and b"schema" in one for one in tried)


def test_a_run_without_an_end_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(_: bytes) -> None:
        while True:
            pass

    if not hasattr(os, "fork"):
        pytest.skip("there is no alarm on this system")
    monkeypatch.setattr("fuzz.findings.LONGEST_RUN", 0.01)
    broken = broken_by(Target("wait", "", wait, list, ()), b"")
    assert broken
    assert broken.where == "TooLong"
