"""What tests share: a real repository of records in a folder of its own, and ways to run mrtrack in it."""

import gc
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from mrtrack.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
RECORDS = ROOT / "records"
SHARED = ROOT.parent / "shared"

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background of a script: programs that the tests start would not hear Ctrl-C either.
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("mrtrack", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("mrtrack")


@dataclass(frozen=True)
class Answer:
    """What a command left with, and what it wrote where."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture(autouse=True)
def _alone(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person's machine reaches a test: cache, git configuration, terminal, today."""
    home = tmp_path_factory.mktemp("home")
    gitconfig = home / "gitconfig"
    gitconfig.write_text(
        "[user]\n\tname = A. Officer\n\temail = officer@example.org\n[init]\n\tdefaultBranch = main\n",
        encoding="utf-8",
    )
    for name in (
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "NO_COLOR",
        "FORCE_COLOR",
        "MRTRACK_BY",
        "MRTRACK_INDEX",
        "VISUAL",
        "EDITOR",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(gitconfig))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("MRTRACK_CACHE_DIR", str(home / "cache"))
    monkeypatch.setenv("MRTRACK_DATA_DIR", str(home / "data"))
    monkeypatch.setenv("MRTRACK_TODAY", "2026-11-22")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "40")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty git repository, entered."""
    place = tmp_path / "repository"
    place.mkdir()
    monkeypatch.chdir(place)
    git("init", "--quiet")
    return place


@pytest.fixture
def in_time() -> Iterator[None]:
    """Call back whoever waits for what never comes, as a reader of a pipe may."""

    def late(*_: object) -> None:
        raise TimeoutError("nothing came")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(120)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program as git and other programs find it by its name."""
    program = tmp_path / "bin" / "mrtrack"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mrtrack "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return program


@pytest.fixture
def real(folder: Path) -> Path:
    """A committed repository with the two real records, entered."""
    shutil.copytree(RECORDS, folder / "records")
    git("add", "--all")
    git("commit", "--quiet", "--message", "The two records")
    return folder


def git(*arguments: str) -> str:
    """Run git here, and answer with what it printed."""
    return subprocess.run(
        ["git", *arguments], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout


@pytest.fixture
def mrtrack(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line within this process: quick, with the real streams' descriptors captured."""

    def run(*arguments: str) -> Answer:
        before = Path.cwd()
        monkeypatch.setattr(sys, "argv", ["mrtrack", *arguments])
        capfd.readouterr()
        code: int | str | None = 0
        try:
            main()
        except SystemExit as left:
            code = left.code
        finally:
            os.chdir(before)
        out, err = capfd.readouterr()
        return Answer(int(code or 0), out, err)

    return run


@pytest.fixture
def mrtrack_process() -> Run:
    """Run the command line as a process of its own, as a person does."""

    def run(*arguments: str, stdin: str | None = None, **environment: str) -> Answer:
        done = subprocess.run(
            [sys.executable, "-m", "mrtrack", *arguments],
            env={**os.environ, **environment},
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return run


def pytest_sessionfinish() -> None:
    """Let the collector clear away at the end what commands that ran in this process spared it."""
    gc.unfreeze()
