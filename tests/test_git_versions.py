"""Single files of a commit, asked by their paths: any name, regular files alone."""

from pathlib import Path

import pytest

from conftest import git as run_git
from mrtrack.git import GitError
from mrtrack.git.versions import files_of, is_shallow

ODD_NAMES = (
    "plain.yaml",
    "with space.yaml",
    "水.yaml",
    "new\nline.yaml",
    "-dash.yaml",
    "a*.yaml",
    ":(top)b.yaml",
)


def test_files_are_had_by_their_very_names_and_what_is_no_regular_file_is_left_out(folder: Path) -> None:
    (folder / "records").mkdir()
    for name in (*ODD_NAMES, "ab.yaml"):
        (folder / "records" / name).write_text(name, encoding="utf-8")
    (folder / "records" / "link.yaml").symlink_to("ab.yaml")
    run_git("add", "--all")
    run_git("commit", "--quiet", "--message", "Odd names")
    paths = [f"records/{name}" for name in (*ODD_NAMES, "link.yaml", "nosuch.yaml")]
    found = files_of(folder, "HEAD", paths)
    assert found == {f"records/{name}": name.encode() for name in ODD_NAMES}
    assert files_of(folder / "records", "HEAD", ["plain.yaml"]) == {"plain.yaml": b"plain.yaml"}
    assert files_of(folder, "HEAD", []) == {}
    assert not is_shallow(folder)
    with pytest.raises(GitError, match="no commit"):
        files_of(folder, "nosuch", paths)


def test_many_files_are_asked_for_at_once(folder: Path) -> None:
    names = [f"{number}.yaml" for number in range(450)]
    for name in names:
        (folder / name).write_text(name, encoding="utf-8")
    run_git("add", "--all")
    run_git("commit", "--quiet", "--message", "Many")
    assert files_of(folder, "HEAD", names) == {name: name.encode() for name in names}
