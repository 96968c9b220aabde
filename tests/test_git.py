"""What mrtrack asks of git: commits by any name, the files of a commit, and clear words where it has none."""

import os
from pathlib import Path

import pytest

from conftest import git as run_git
from mrtrack import git

ODD_NAMES = (
    "plain.yaml",
    "with space.yaml",
    "水.yaml",
    'quote"d.yaml',
    "new\nline.yaml",
    "-dash.yaml",
    "deep/er.yaml",
)


@pytest.fixture
def committed(folder: Path) -> Path:
    """A repository with one commit of odd names."""
    (folder / "records" / "deep").mkdir(parents=True)
    for name in ODD_NAMES:
        (folder / "records" / name).write_text(f"id: {name!r}\n", encoding="utf-8")
    (folder / "records" / "empty.yaml").write_bytes(b"")
    (folder / "records" / "notes.txt").write_text("not a record", encoding="utf-8")
    (folder / "records" / "binary.yaml").write_bytes(b"\x00\n\xff" * 1000)
    (folder / "records" / "link.yaml").symlink_to("plain.yaml")
    (folder / "recordsother").mkdir()
    (folder / "recordsother" / "x.yaml").write_text("x", encoding="utf-8")
    run_git("add", "--all")
    run_git("commit", "--quiet", "--message", "Odd names")
    return folder


def test_a_commit_is_found_by_every_name_it_has(committed: Path) -> None:
    run_git("tag", "--annotate", "v1", "--message", "One")
    run_git("branch", "other")
    name = run_git("rev-parse", "HEAD").strip()
    for revision in ("HEAD", "v1", "other", "main", name, name[:8], "HEAD@{0}", "@"):
        assert git.resolve(committed, revision) == name


@pytest.mark.parametrize(
    "revision",
    [
        "nosuch",
        "-",
        "--all",
        "--output=x",
        "-n1",
        "",
        "^HEAD",
        "HEAD..HEAD",
        "HEAD:records",
        "a\nb",
        "\x1b[31m",
    ],
)
def test_what_names_no_commit_is_refused(committed: Path, revision: str) -> None:
    with pytest.raises(git.GitError, match="git knows no commit") as refusal:
        git.resolve(committed, revision)
    assert f"“{revision}”" in str(refusal.value)
    assert not (committed / "x").exists()


def test_a_repository_without_a_commit_has_none(folder: Path) -> None:
    with pytest.raises(git.GitError, match="git knows no commit “HEAD”"):
        git.resolve(folder, "HEAD")


def test_the_files_of_a_commit_have_their_names_and_their_bytes(committed: Path) -> None:
    (committed / "records" / "plain.yaml").write_text("changed", encoding="utf-8")
    found = git.files_at(committed, git.resolve(committed, "HEAD"), "records", ".yaml")
    assert set(found) == {
        f"records/{name}" for name in (*ODD_NAMES, "empty.yaml", "binary.yaml", "link.yaml")
    }
    assert found["records/link.yaml"] is None
    assert found["records/plain.yaml"] == b"id: 'plain.yaml'\n"
    assert found["records/empty.yaml"] == b""
    assert found["records/binary.yaml"] == b"\x00\n\xff" * 1000
    assert found["records/deep/er.yaml"] == b"id: 'deep/er.yaml'\n"


def test_a_name_that_is_not_utf8_is_read_too(folder: Path) -> None:
    (folder / "records").mkdir()
    Path(os.fsdecode(os.fsencode(folder / "records") + b"/\xff.yaml")).write_bytes(b"x")
    run_git("add", "--all")
    run_git("commit", "--quiet", "--message", "Odd")
    found = git.files_at(folder, "HEAD", "records", ".yaml")
    assert {os.fsencode(name) for name in found} == {b"records/\xff.yaml"}


def test_a_commit_without_the_folder_has_no_files(committed: Path) -> None:
    assert git.files_at(committed, "HEAD", "nowhere", ".yaml") == {}


def test_files_are_named_as_seen_from_a_folder_within(committed: Path) -> None:
    assert set(git.files_at(committed / "records", "HEAD", "deep", ".yaml")) == {"deep/er.yaml"}


def test_a_lost_object_is_a_refusal(committed: Path) -> None:
    blob = run_git("rev-parse", "HEAD:records/plain.yaml").strip()
    (committed / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(git.GitError, match=blob):
        git.files_at(committed, "HEAD", "records", ".yaml")


def test_variables_that_point_git_elsewhere_are_left_out(
    committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = git.resolve(committed, "HEAD")
    for variable in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_NAMESPACE", "elsewhere")
    monkeypatch.setenv("GIT_PREFIX", "elsewhere/")
    assert git.resolve(committed, "HEAD") == name
    assert git.top(committed / "records") == committed.resolve()
    assert git.content_at_head(committed, "records/plain.yaml") == b"id: 'plain.yaml'\n"


def test_git_that_is_not_installed_is_named(committed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    for ask in (
        lambda: git.resolve(committed, "HEAD"),
        lambda: git.files_at(committed, "HEAD", "records", ".yaml"),
        lambda: git.commit(committed, ["records/plain.yaml"], "x"),
    ):
        with pytest.raises(git.GitError, match="git program was not found; install git"):
            ask()
    assert git.user_name(committed) is None
    assert git.top(committed) is None
    assert git.content_at_head(committed, "records/plain.yaml") is None


def test_a_folder_that_git_does_not_know_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(git.GitError, match="not a git repository"):
        git.resolve(tmp_path, "HEAD")
    assert git.top(tmp_path) is None
    assert git.content_at_head(tmp_path, "x") is None


def test_the_name_of_the_person_is_gits(folder: Path) -> None:
    assert git.user_name(folder) == "A. Officer"
    run_git("config", "user.name", "M&E Unit ")
    assert git.user_name(folder) == "M&E Unit"
    run_git("config", "user.name", " ")
    assert git.user_name(folder) is None


def test_a_file_has_the_content_of_the_last_commit_or_none(committed: Path) -> None:
    (committed / "records" / "plain.yaml").write_text("changed", encoding="utf-8")
    assert git.content_at_head(committed, "records/plain.yaml") == b"id: 'plain.yaml'\n"
    assert git.content_at_head(committed / "records", "plain.yaml") == b"id: 'plain.yaml'\n"
    assert git.content_at_head(committed, "records/nosuch.yaml") is None


def test_a_commit_takes_just_the_files_that_are_named(committed: Path) -> None:
    for name in ("plain.yaml", "-dash.yaml", "empty.yaml"):
        (committed / "records" / name).write_text("changed\n", encoding="utf-8")
    (committed / "records" / "new.yaml").write_text("new\n", encoding="utf-8")
    run_git("add", "records/empty.yaml")
    short = git.commit(
        committed, ["records/plain.yaml", "records/-dash.yaml", "records/new.yaml"], "-m\n\nTwo lines"
    )
    assert run_git("log", "-1", "--format=%h %B").strip() == f"{short} -m\n\nTwo lines"
    changed = run_git("show", "--name-only", "--format=", "HEAD").split()
    assert sorted(changed) == ["records/-dash.yaml", "records/new.yaml", "records/plain.yaml"]
    assert run_git("status", "--porcelain").strip() == "M  records/empty.yaml"


def test_a_commit_that_git_refuses_says_why_in_its_words(committed: Path) -> None:
    hook = committed / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    (committed / "records" / "plain.yaml").write_text("changed\n", encoding="utf-8")
    with pytest.raises(git.GitError, match=r"^not today$"):
        git.commit(committed, ["records/plain.yaml"], "x")
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    with pytest.raises(git.GitError, match=r"^git commit failed$"):
        git.commit(committed, ["records/plain.yaml"], "x")


def test_reading_runs_no_program_that_the_repository_names(committed: Path) -> None:
    run_git("config", "core.fsmonitor", f"touch {committed}/ran; false")
    run_git("config", "diff.external", f"touch {committed}/ran")
    git.files_at(committed, git.resolve(committed, "HEAD"), "records", ".yaml")
    git.top(committed)
    git.content_at_head(committed, "records/plain.yaml")
    assert not (committed / "ran").exists()
