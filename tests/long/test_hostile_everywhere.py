"""Every command over records whose every text tries to be more than text, in a repository full of traps.

At a terminal and in the log of a CI service alike: nothing is commanded, nothing hidden, and no program started.
"""

from pathlib import Path

import pytest
from rich.cells import cell_len

from conftest import git
from every_command import BAD_NEWS, CASES, arguments, prepared
from inert import COLUMNS, Shown, commands, harmful, plain, preload, run_apart
from mrtrack.cli.main import COMMANDS, HIDDEN
from traps import Traps, sign_last_commit, stir

pytestmark = pytest.mark.long

AS_THE_PERSON = ("--commit", "propose --list")
"""What commits does so with the person's hooks, filters and signature; what asks the remote opens a connection."""

BARS = ("site", "export", "check")
SCREENS = ("status", "list", "show", "history", "stats")


@pytest.fixture
def traps(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Traps:
    """The traps of the repository of hostile records that is entered, and those of a repository within."""
    preload()
    prepared(folder)
    git("init", "--quiet", "inner")
    (folder / "inner" / "one.yaml").write_text("one\n", encoding="utf-8")
    git("-C", "inner", "add", "--all")
    git("-C", "inner", "commit", "--quiet", "--message", "One")
    git("-c", "advice.addEmbeddedRepo=false", "add", "--all")
    git("commit", "--quiet", "--message", "::error::All")
    sign_last_commit()
    monkeypatch.setenv("EDITOR", "true")
    receipt = run_apart(["stats", "--receipt", "--at", "HEAD", "-o", "receipt.json"], {}, terminal=False)
    assert receipt.code == 0, receipt.text
    found = Traps(tmp_path / "sprung")
    found.lay(folder)
    found.lay(folder / "inner", within="inner ")
    git("config", "commit.gpgSign", "false")
    return found


def checked(case: str, traps: Traps, environment: dict[str, str], *, terminal: bool) -> Shown:
    """What a case shows; that it did its work, and started no program, is looked at."""
    stir(Path("records"))
    answer = run_apart(arguments(case), environment, terminal=terminal)
    assert "Traceback" not in answer.text, (case, answer.text[-2000:])
    assert answer.code == (case in BAD_NEWS), (case, answer.text[-2000:])
    if any(words in case for words in AS_THE_PERSON):
        traps.forget()
    assert (case, traps.sprung) == (case, set())
    return answer


def test_every_command_has_its_hostile_cases() -> None:
    assert set(CASES) == {*COMMANDS, *HIDDEN}
    for name, cases in CASES.items():
        assert all(name in case.split() for case in cases)


def test_in_a_ci_log_nothing_is_a_command_and_nothing_is_hidden(traps: Traps) -> None:
    for cases in CASES.values():
        for case in cases:
            answer = checked(case, traps, {"GITHUB_ACTIONS": "true"}, terminal=False)
            assert harmful(answer.text) == [], case
            told = commands(answer.text)
            if case.startswith("check"):
                told = [line for line in told if not line.startswith(("::error file=", "::warning file="))]
            assert told == [], case


def test_at_a_terminal_colours_alone_command_it_and_lines_fit(traps: Traps) -> None:
    for name, cases in CASES.items():
        for case in cases:
            answer = checked(case, traps, {"TERM": "xterm-256color", "GITHUB_ACTIONS": ""}, terminal=True)
            text = plain(answer.text, bar=name in BARS)
            assert harmful(text) == [], case
            if name in SCREENS and "--" not in case:
                assert max(map(cell_len, text.splitlines())) <= COLUMNS, case


def test_what_commits_does_so_as_the_person_would(traps: Traps) -> None:
    told = run_apart(
        ["update", "hostile-1:1.1", "--comment", "x", "--by", "x", "--commit"], {}, terminal=False
    )
    assert told.code == 0, told.text
    assert {"hook pre-commit", "filter.trap.clean"} <= traps.sprung
