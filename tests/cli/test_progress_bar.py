"""The bar on stderr: only where a person is watching, and only once the work takes long."""

import os
import pty
import sys
import time

import pytest

from mrtrack.cli.progress import progress


def watched(monkeypatch: pytest.MonkeyPatch, seconds: float) -> bytes:
    """What a terminal shows of work that takes so long."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress("Checking", 4) as advance:
            advance(1)
            time.sleep(seconds)
            advance(2)
        terminal.write("end")
        terminal.flush()
        shown = b""
        while not shown.endswith(b"end"):
            shown += os.read(ours, 100_000)
    os.close(ours)
    return shown


def test_quick_work_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert watched(monkeypatch, 0) == b"end"


def test_work_of_more_than_a_second_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = watched(monkeypatch, 1.1)
    assert b"Checking" in shown
    assert b"3/4" in shown


def test_nobody_watching_sees_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Checking", 2) as advance:
        advance(2)
    assert capsys.readouterr().err == ""
