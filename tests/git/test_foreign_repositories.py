"""A repository that a stranger handed over: whatever its configuration names, reading it with git runs nothing."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import git as run_git
from mrtrack import git
from mrtrack.git import ancestry, branches, last_changes, merging, remotes, versions, work_tree
from traps import Traps, lose, sign_last_commit, stir

RECORD = "records/water.yaml"

READING: dict[str, Callable[[Path], object]] = {
    "resolve": lambda here: git.resolve(here, "HEAD"),
    "top": git.top,
    "user_name": git.user_name,
    "files_at": lambda here: git.files_at(here, "HEAD", "records", ".yaml"),
    "content_at_head": lambda here: git.content_at_head(here, RECORD),
    "files_of": lambda here: versions.files_of(here, "HEAD", [RECORD]),
    "is_shallow": versions.is_shallow,
    "commits_since": lambda here: ancestry.commits_since(here, "HEAD~1"),
    "main_branch": branches.main_branch,
    "merge_base": lambda here: branches.merge_base(here, "HEAD~1"),
    "parents": branches.parents,
    "current_branch": branches.current_branch,
    "changed_files": lambda here: branches.changed_files(here, "HEAD~1", ["records"]),
    "last_changes": lambda here: last_changes.last_changes(here, "records"),
    "uncommitted": lambda here: last_changes.uncommitted(here, "records"),
    "stopped": merging.stopped,
    "driver": merging.driver,
    "common_folder": merging.common_folder,
    "hook_file": lambda here: merging.hook_file(here, "pre-commit"),
    "lacks_driver": merging.lacks_driver,
    "merge_lines": lambda here: merging.merge_lines(here, ("mrtrack.toml",) * 3, 7),
    "dirty_files": work_tree.dirty_files,
    "push_remote": remotes.push_remote,
    "has_branch": lambda here: remotes.has_branch(here, "origin", "main"),
    "push_address": lambda here: remotes.push_address(here, "origin"),
    "free_name": lambda here: remotes.free_name(here, "main", "origin"),
    "is_proposed": lambda here: remotes.is_proposed(here, "main"),
    "proposals": lambda here: remotes.proposals(here, "main"),
    "ahead_of": lambda here: remotes.ahead_of(here, "other"),
    "is_taken_in": lambda here: remotes.is_taken_in(here, "other"),
    "subject_of": remotes.subject_of,
}


@pytest.fixture
def traps(folder: Path, tmp_path: Path) -> Traps:
    """The traps of the repository that is entered, which has a submodule, a signed commit and a changed record."""
    (folder / "records").mkdir()
    (folder / RECORD).write_text("id: water\n", encoding="utf-8")
    (folder / "mrtrack.toml").write_text("", encoding="utf-8")
    run_git("init", "--quiet", "inner")
    (folder / "inner" / "one.yaml").write_text("one\n", encoding="utf-8")
    run_git("-C", "inner", "add", "--all")
    run_git("-C", "inner", "commit", "--quiet", "--message", "One")
    (folder / ".gitmodules").write_text('[submodule "inner"]\n\tpath = inner\n\turl = ./inner\n', "utf-8")
    run_git("-c", "advice.addEmbeddedRepo=false", "add", "--all")
    run_git("commit", "--quiet", "--message", "One")
    run_git("branch", "other")
    (folder / RECORD).write_text("id: water\ntitle: Two\n", encoding="utf-8")
    run_git("commit", "--quiet", "--all", "--message", "Two")
    sign_last_commit()
    traps = Traps(tmp_path / "sprung")
    traps.lay(folder)
    traps.lay(folder / "inner", within="inner ")
    return traps


def test_the_traps_are_such_that_git_by_itself_walks_into(folder: Path, traps: Traps) -> None:
    unwatched = "-c core.fsmonitor=false"
    for command in (
        "status",
        f"{unwatched} diff --name-only HEAD~1",
        "log -p --ext-diff",
        f"{unwatched} -c commit.gpgSign=false commit --all -m x",
    ):
        stir(folder)
        subprocess.run(["git", *command.split()], cwd=folder, capture_output=True, check=False)
    assert traps.sprung >= {
        "core.fsmonitor",
        "filter.trap.clean",
        "filter.a=b.process",
        "gpg.program",
        "diff.external",
        "hook pre-commit",
        "hook post-index-change",
        "inner core.fsmonitor",
        "inner filter.trap.clean",
    }


def test_what_asks_git_runs_nothing_that_the_repository_names(folder: Path, traps: Traps) -> None:
    index = (folder / ".git" / "index").read_bytes()
    for name, ask in READING.items():
        ask(folder)
        assert (name, traps.sprung) == (name, set())
    assert (folder / ".git" / "index").read_bytes() == index


@pytest.mark.parametrize(
    "asked", ["diff --name-only HEAD~1", "diff HEAD~1", "diff --ext-diff", "status", "log --patch -1"]
)
def test_whatever_git_is_asked_in_reading_it_runs_nothing(folder: Path, traps: Traps, asked: str) -> None:
    git.program.run(folder, *asked.split())
    assert traps.sprung == set()


def test_every_question_to_git_is_among_those(folder: Path) -> None:
    assert folder
    writing = {"begin", "begin_branch", "commit", "install_driver", "leave_branch", "mark_proposed", "push"}
    writing |= {"refresh", "remove_driver", "stage", "contents_of", "changed"}
    for module in (git, ancestry, branches, last_changes, merging, remotes, versions, work_tree):
        known = {
            name
            for name, value in vars(module).items()
            if callable(value) and not isinstance(value, type) and not name.startswith("_")
        }
        assert known - {"run", "attempt", "field", "dataclass"} <= {*READING, *writing}


def test_an_object_that_was_left_at_the_remote_is_not_fetched(folder: Path, traps: Traps) -> None:
    lose(f"HEAD~1:{RECORD}")
    subprocess.run(["git", "show", "HEAD~1"], cwd=folder, capture_output=True, check=False)
    assert "ext" in traps.sprung
    traps.forget()
    with pytest.raises(git.GitError):
        git.files_at(folder, git.resolve(folder, "HEAD~1"), "records", ".yaml")
    assert traps.sprung == set()


def test_filters_do_not_decide_what_has_changed(folder: Path, traps: Traps) -> None:
    assert branches.changed_files(folder, "HEAD", ["records"]) == ()
    assert last_changes.uncommitted(folder, "records") == set()
    (folder / RECORD).write_text("id: water\ntitle: Three\n", encoding="utf-8")
    assert branches.changed_files(folder, "HEAD", ["records"]) == (RECORD,)
    assert {one.path for one in work_tree.dirty_files(folder)} == {".gitattributes", RECORD}
    assert traps.sprung == set()


def test_filters_of_the_person_do_their_work(folder: Path, traps: Traps) -> None:
    run_git("config", "--global", "filter.own.clean", "sed s/Ten/Two/")
    attributes = "*.yaml filter=own\n"
    (folder / ".git" / "info" / "attributes").write_text(attributes, encoding="utf-8")
    (folder / RECORD).write_text("id: water\ntitle: Ten\n", encoding="utf-8")
    assert branches.changed_files(folder, "HEAD", ["records"]) == ()
    assert traps.sprung == set()


def test_a_folder_that_looks_like_the_inside_of_git_is_none(folder: Path, traps: Traps) -> None:
    bare = folder / "records" / "bare"
    run_git("clone", "--quiet", "--bare", str(folder), str(bare))
    run_git("-C", str(bare), "config", "core.bare", "false")
    run_git("-C", str(bare), "config", "core.worktree", str(folder / "records"))
    traps.lay(bare, bare)
    assert run_git("-C", str(bare), "log", "-1", "--format=%s") == "Two\n"
    traps.forget()
    with pytest.raises(git.GitError, match="bare repository"):
        git.resolve(bare, "HEAD")
    for ask in READING.values():
        try:
            ask(bare)
        except git.GitError:
            continue
    assert traps.sprung == set()


def test_a_work_tree_of_a_bare_repository_is_asked_as_any_other(folder: Path, tmp_path: Path) -> None:
    (folder / "one").write_text("one\n", encoding="utf-8")
    run_git("add", "--all")
    run_git("commit", "--quiet", "--message", "One")
    run_git("clone", "--quiet", "--bare", str(folder), str(tmp_path / "bare.git"))
    run_git("-C", str(tmp_path / "bare.git"), "worktree", "add", "--quiet", str(tmp_path / "tree"), "main")
    assert git.top(tmp_path / "tree") == (tmp_path / "tree").resolve()
    assert git.content_at_head(tmp_path / "tree", "one") == b"one\n"


def test_traps_behind_a_file_that_points_to_git_elsewhere_are_no_others(
    folder: Path, traps: Traps, tmp_path: Path
) -> None:
    (folder / ".git").rename(tmp_path / "elsewhere")
    (folder / ".git").write_text(f"gitdir: {tmp_path / 'elsewhere'}\n", encoding="utf-8")
    for ask in READING.values():
        ask(folder)
    assert traps.sprung == set()


def test_a_path_means_that_file_and_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "records").mkdir()
    for name in ("a*.yaml", "ab.yaml", ":(top)c.yaml"):
        (folder / "records" / name).write_text("one\n", encoding="utf-8")
    run_git("add", "--all")
    run_git("commit", "--quiet", "--message", "One")
    for name in ("a*.yaml", "ab.yaml", ":(top)c.yaml"):
        (folder / "records" / name).write_text("two\n", encoding="utf-8")
    git.commit(folder, ["records/a*.yaml"], "Two")
    assert run_git("show", "--name-only", "--format=", "HEAD").split() == ["records/a*.yaml"]
    assert run_git("status", "--porcelain").splitlines() == [" M records/:(top)c.yaml", " M records/ab.yaml"]
    monkeypatch.setenv("GIT_GLOB_PATHSPECS", "1")
    assert last_changes.uncommitted(folder, "records/:(top)c.yaml") == {"records/:(top)c.yaml"}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give files away")
def test_a_repository_that_is_somebody_else_s_is_not_asked(folder: Path, traps: Traps) -> None:
    for path in (folder, folder / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(git.GitError, match="dubious ownership"):
        git.resolve(folder, "HEAD")
    assert git.top(folder) is None
    assert traps.sprung == set()
