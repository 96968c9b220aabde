"""pre-commit, run for real: the hooks that `mrtrack init` sets up, and those that this repository offers."""

import os
import shutil
from pathlib import Path

import pytest
from apart import judged, mrtrack_on_path, python_program

from conftest import ROOT, Run, git

pytestmark = pytest.mark.long

RECORD = "records/example-2024-wells.yaml"


@pytest.fixture(scope="module")
def pre_commit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pre-commit, installed apart."""
    return python_program(tmp_path_factory.mktemp("pre-commit"), "pre-commit", "pre-commit")


@pytest.fixture
def begun(folder: Path, mrtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new repository of records, everything staged, entered; `mrtrack` and pre-commit's cache are of the test."""
    monkeypatch.setenv("PATH", mrtrack_on_path(tmp_path / "programs"))
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    assert mrtrack("init").code == 0
    git("add", "--all")
    return folder


def add_unknown_key(folder: Path) -> None:
    with (folder / RECORD).open("a", encoding="utf-8") as record:
        record.write("colour: blue\n")
    git("add", "--all")


def test_the_hooks_let_a_good_commit_through_and_stop_a_bad_one(begun: Path, pre_commit: Path) -> None:
    assert judged(pre_commit, "install") == ""
    assert judged("git", "commit", "--quiet", "--message", "Begin the records") == ""
    add_unknown_key(begun)
    told = judged("git", "commit", "--quiet", "--message", "Blue")
    assert f"{RECORD}:" in told
    assert "colour" in told
    assert git("log", "--format=%s").splitlines() == ["Begin the records"]


def test_a_commit_without_records_is_not_held_up(begun: Path, pre_commit: Path) -> None:
    judged(pre_commit, "install")
    git("commit", "--quiet", "--message", "Begin the records")
    (begun / "notes.txt").write_text("mine", encoding="utf-8")
    git("add", "notes.txt")
    told = judged(pre_commit, "run", "--verbose", PATH=os.defpath)
    assert told == ""


def test_the_hooks_of_this_repository_install_and_check(
    begun: Path, pre_commit: Path, tmp_path: Path
) -> None:
    git("commit", "--quiet", "--message", "Begin the records")
    offered = tmp_path / "offered"
    for name in ("src", "templates"):
        shutil.copytree(ROOT / name, offered / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, offered)
    git("init", "--quiet", str(offered))
    git("-C", str(offered), "add", "--all")
    git("-C", str(offered), "commit", "--quiet", "--message", "The hooks")
    commit = git("-C", str(offered), "rev-parse", "HEAD").strip()
    assert judged(pre_commit, "validate-manifest", offered / ".pre-commit-hooks.yaml") == ""
    offer = f"repos: [{{repo: {offered}, rev: {commit}, hooks: [{{id: mrtrack-check}}, {{id: mrtrack-check-all}}]}}]"
    (begun / ".pre-commit-config.yaml").write_text(offer, encoding="utf-8")
    git("add", "--all")
    assert judged(pre_commit, "run", "--all-files") == ""
    add_unknown_key(begun)
    told = judged(pre_commit, "run", "--all-files")
    assert told.count("Failed") == 2
    assert told.count("colour: unknown") + told.count("“colour”") >= 2
