"""Which files are records, and what reading each of them gives: links, odd names, and what cannot be read."""

import gc
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

import pytest

from conftest import git
from mrtrack.config.settings_file import read_settings
from mrtrack.model.settings import Settings
from mrtrack.store.contents import file_content
from mrtrack.store.records import Repository, record_paths

GOOD = "schema: 1\nid: {}\n"


def write(folder: Path, name: str, text: str | None = None) -> Path:
    path = folder / "records" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(GOOD.format(path.stem) if text is None else text, encoding="utf-8")
    return path


def read_in(folder: Path) -> dict[str, str]:
    """Every reading by its path: the evaluation's id, or why there is none."""
    repository = Repository(folder, *read_settings(folder))
    return {
        reading.path: reading.evaluation.id if reading.evaluation else reading.first_problem.message  # type: ignore[union-attr]
        for reading in repository.readings
    }


def test_records_are_found_in_folders_within_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml", "2021/z.yaml", "2021/deep/er/y.yaml"):
        write(tmp_path, name)
    assert list(read_in(tmp_path).items()) == [
        ("records/2021/deep/er/y.yaml", "y"),
        ("records/2021/z.yaml", "z"),
        ("records/a.yaml", "a"),
        ("records/b.yaml", "b"),
    ]


def test_what_is_hidden_or_no_record_is_passed_over(tmp_path: Path) -> None:
    for name in (
        ".hidden.yaml",
        ".folder/x.yaml",
        "a.yml",
        "a.yaml.bak",
        "a.yaml~",
        "README.md",
        "yaml",
        "a.yaml/b.txt",
    ):
        write(tmp_path, name)
    assert read_in(tmp_path) == {}


def test_a_folder_named_like_a_record_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "x.yaml/inner.yaml")
    assert read_in(tmp_path) == {"records/x.yaml/inner.yaml": "inner"}


def test_links_are_not_followed_and_those_called_like_a_record_are_named(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text(GOOD.format("secret"), encoding="utf-8")
    write(tmp_path, "a.yaml")
    (tmp_path / "records" / "link.yaml").symlink_to(outside / "secret.yaml")
    (tmp_path / "records" / "folder").symlink_to(outside)
    (tmp_path / "records" / "loop").symlink_to(tmp_path / "records")
    (tmp_path / "records" / "nowhere.yaml").symlink_to("nosuch")
    refused = "the file cannot be read: it is a link, and links are not followed"
    assert read_in(tmp_path) == {
        "records/a.yaml": "a",
        "records/link.yaml": refused,
        "records/nowhere.yaml": refused,
    }
    content = file_content(tmp_path / "records" / "link.yaml")
    assert isinstance(content, OSError)
    assert "link" in str(content.strerror)


@pytest.mark.parametrize("records", ["records", "records/inner"])
def test_where_the_records_folder_is_a_link_that_is_said_and_nothing_is_read(
    tmp_path: Path, records: str
) -> None:
    outside = tmp_path / "outside"
    (outside / "inner").mkdir(parents=True)
    (outside / "inner" / "secret.yaml").write_text(GOOD.format("secret"), encoding="utf-8")
    (tmp_path / "records").symlink_to(outside)
    repository = Repository(tmp_path, Settings.model_validate({"records": records}))
    assert repository.evaluations == []
    (unread,) = repository.unread
    assert unread.path == "records"
    assert unread.first_problem
    assert unread.first_problem.message == "the file cannot be read: it is a link, and links are not followed"


def test_without_a_records_folder_there_are_none(tmp_path: Path) -> None:
    assert read_in(tmp_path) == {}
    (tmp_path / "records").write_text("a file", encoding="utf-8")
    assert read_in(tmp_path) == {}


def test_a_pipe_among_the_records_is_named_and_blocks_nobody(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml")
    os.mkfifo(tmp_path / "records" / "pipe.yaml")
    assert read_in(tmp_path) == {
        "records/a.yaml": "a",
        "records/pipe.yaml": "the file cannot be read: not a regular file",
    }


def dig(folder: Path, names: Sequence[str]) -> None:
    """Make folders within each other, deeper than a path may be long."""
    here = os.open(folder, os.O_RDONLY)
    for name in names:
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


@pytest.fixture
def shaft(tmp_path: Path) -> Iterator[Path]:
    """A folder that is removed by a program which minds no depth."""
    yield tmp_path
    subprocess.run(["rm", "-rf", str(tmp_path / "records")], check=True)


def test_a_folder_that_cannot_be_read_is_named_and_the_rest_is_read(shaft: Path) -> None:
    write(shaft, "a.yaml")
    dig(shaft / "records", ["d" * 120] * 40)
    found = read_in(shaft)
    assert found.pop("records/a.yaml") == "a"
    ((path, told),) = found.items()
    assert path.startswith("records/ddd")
    assert told == "the file cannot be read: File name too long"


def test_very_deep_folders_are_walked(shaft: Path) -> None:
    names = ["records", *"d" * 1200]
    dig(shaft, names)
    (shaft.joinpath(*names) / "a.yaml").write_text(GOOD.format("a"), encoding="utf-8")
    assert list(read_in(shaft).values()) == ["a"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_or_folder_without_permission_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml").chmod(0)
    write(tmp_path, "locked/b.yaml")
    (tmp_path / "records" / "locked").chmod(0)
    try:
        assert read_in(tmp_path) == {
            "records/a.yaml": "the file cannot be read: Permission denied",
            "records/locked": "the file cannot be read: Permission denied",
        }
    finally:
        (tmp_path / "records" / "locked").chmod(0o755)


def test_a_record_larger_than_the_limit_is_named_without_being_parsed(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", GOOD.format("a") + "# " + "x" * 100)
    (tmp_path / "mrtrack.toml").write_text("[limits]\nbytes = 50\n", encoding="utf-8")
    assert "a record has at most 50" in read_in(tmp_path)["records/a.yaml"]


def test_odd_names_are_names(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    for name in (b"with space.yaml", "水.yaml".encode(), b"\xff.yaml", b"new\nline.yaml", b"-dash.yaml"):
        Path(os.fsdecode(os.fsencode(tmp_path / "records") + b"/" + name)).write_bytes(b"schema: 1\nid: a\n")
    assert list(read_in(tmp_path).values()) == ["a"] * 5


def test_one_record_is_found_by_its_file_name_without_reading_the_others(tmp_path: Path) -> None:
    write(tmp_path, "deep/a.yaml")
    write(tmp_path, "b.yaml", "broken: [")
    repository = Repository(tmp_path, Settings())
    found = repository.named("a")
    assert found
    assert found.evaluation
    assert found.path == "records/deep/a.yaml"
    assert repository.named("c") is None
    assert "readings" not in vars(repository)


def test_of_several_records_of_one_name_the_first_is_found_and_of_longer_names_none(tmp_path: Path) -> None:
    for name in ("a-b/x.yaml", "a/x.yaml", "b/x.yaml", "b/y.1.yaml", ".x/z.yaml"):
        write(tmp_path, name)
    repository = Repository(tmp_path, Settings())
    for name in ("x", "y.1", "y", "z", ""):
        first = next((path for path in repository.names if PurePosixPath(path).stem == name), None)
        found = repository.named(name)
        assert (found.path if found else None) == first
    found = repository.named("x")
    assert found
    assert found.path == "records/a/x.yaml"


@pytest.mark.parametrize("records", ["records", ".", "records/a"])
def test_records_are_named_from_the_root_however_the_root_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, records: str
) -> None:
    for name in ("a/x.yaml", "a/b/x.yaml", "a-b.yaml"):
        write(tmp_path, name)
    monkeypatch.chdir(tmp_path)
    there = {Path(): tmp_path, tmp_path: tmp_path}
    for root, whole in there.items():
        repository = Repository(root, Settings(records=records))
        assert repository.names == [
            path.relative_to(whole).as_posix() for path in sorted((whole / records).rglob("*.yaml"))
        ]
        assert not repository.unread


def test_where_the_records_folder_is_a_link_no_record_is_found_by_its_name(tmp_path: Path) -> None:
    write(tmp_path / "outside", "a.yaml")
    (tmp_path / "records").symlink_to(tmp_path / "outside" / "records")
    assert Repository(tmp_path, Settings()).named("a") is None


def test_a_commit_holds_the_same_records_as_the_disk_did(folder: Path) -> None:
    for name in ("a.yaml", ".hidden.yaml", ".folder/x.yaml", "2021/b.yaml", "2021/.x/c.yaml", "notes.md"):
        write(folder, name)
    (folder / "records" / "link.yaml").symlink_to("a.yaml")
    git("add", "--all", "--force")
    git("commit", "--quiet", "--message", "All")
    before = Repository(folder, Settings())
    then = Repository(folder, Settings(), commit=git("rev-parse", "HEAD").strip())
    names = ["records/2021/b.yaml", "records/a.yaml", "records/link.yaml"]
    for repository in (before, then):
        assert [reading.path for reading in repository.readings] == names
        assert [reading.path for reading in repository.unread] == ["records/link.yaml"]
    assert then.named("a") is None


def test_a_hidden_records_folder_that_the_settings_name_is_read_in_a_commit_too(folder: Path) -> None:
    path = folder / ".data" / "a.yaml"
    path.parent.mkdir()
    path.write_text(GOOD.format("a"), encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "All")
    settings = Settings.model_validate({"records": ".data"})
    for commit in (None, git("rev-parse", "HEAD").strip()):
        assert [item.id for item in Repository(folder, settings, commit=commit).evaluations] == ["a"]


def test_reading_leaves_the_garbage_collector_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml")
    for collecting, switch in ((False, gc.disable), (True, gc.enable)):
        try:
            switch()
            assert len(Repository(tmp_path, Settings()).readings) == 1
            assert gc.isenabled() is collecting
        finally:
            gc.enable()


def test_a_new_record_goes_where_the_settings_keep_records(tmp_path: Path) -> None:
    assert Repository(tmp_path, Settings()).new_path("a") == "records/a.yaml"
    settings = Settings.model_validate({"records": "data/records"})
    assert Repository(tmp_path, settings).new_path("a") == "data/records/a.yaml"


def test_paths_are_those_of_one_folder_where_one_is_asked_about(tmp_path: Path) -> None:
    write(tmp_path, "2021/a.yaml")
    write(tmp_path, "b.yaml")
    assert [path.name for path in record_paths(tmp_path / "records" / "2021")] == ["a.yaml"]
