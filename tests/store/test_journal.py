"""The notes that `undo` reads: the last write first, each repository's apart, and none of them trusted."""

import time
from pathlib import Path

import pytest

from mrtrack.store import journal
from mrtrack.store.place import cache_folder


def notes(root: Path) -> Path:
    return cache_folder(root) / "undo"


def test_what_was_noted_comes_back_byte_by_byte_the_last_first(tmp_path: Path) -> None:
    first = journal.keep(tmp_path, "records/a.yaml", None, b"\xff\x00\r\n")
    second = journal.keep(tmp_path, "records/é.yaml", b"before", b"")
    assert list(journal.writes(tmp_path)) == [second, first]
    assert (second.path, second.before, second.after) == ("records/é.yaml", b"before", b"")
    assert (first.before, first.after) == (None, b"\xff\x00\r\n")


def test_a_forgotten_write_is_gone_and_can_be_forgotten_again(tmp_path: Path) -> None:
    kept, gone = (journal.keep(tmp_path, "records/a.yaml", None, content) for content in (b"1", b"2"))
    journal.forget(gone)
    journal.forget(gone)
    assert list(journal.writes(tmp_path)) == [kept]


def test_only_the_last_writes_are_kept(tmp_path: Path) -> None:
    for number in range(journal.KEPT + 5):
        journal.keep(tmp_path, "records/a.yaml", None, str(number).encode())
    assert [int(write.after) for write in journal.writes(tmp_path)] == list(range(journal.KEPT + 4, 4, -1))


def test_each_repository_has_notes_of_its_own_by_whatever_path_it_is_reached(tmp_path: Path) -> None:
    one, other, link = tmp_path / "one", tmp_path / "other", tmp_path / "link"
    one.mkdir()
    other.mkdir()
    link.symlink_to(one)
    kept = journal.keep(one, "records/a.yaml", None, b"1")
    assert list(journal.writes(link)) == [kept]
    assert list(journal.writes(other)) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"path": "a", "before": null}',
        b'{"path": "a", "before": 1, "after": "MQ=="}',
        b"\xff",
    ],
)
def test_a_note_that_cannot_be_read_is_passed_over(tmp_path: Path, content: bytes) -> None:
    kept = journal.keep(tmp_path, "records/a.yaml", None, b"1")
    (notes(tmp_path) / "99999999999999999999.json").write_bytes(content)
    assert list(journal.writes(tmp_path)) == [kept]


def test_where_nothing_can_be_noted_nothing_is_there_and_nobody_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("MRTRACK_CACHE_DIR", str(tmp_path / "file"))
    write = journal.keep(tmp_path, "records/a.yaml", None, b"1")
    journal.forget(write)
    assert list(journal.writes(tmp_path)) == []


def test_the_cache_is_where_the_variable_says_else_where_the_system_keeps_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MRTRACK_CACHE_DIR", str(tmp_path / "mine"))
    assert cache_folder(tmp_path).parent == tmp_path / "mine"
    monkeypatch.delenv("MRTRACK_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder(tmp_path).parent.name == "mrtrack"
    assert tmp_path in cache_folder(tmp_path).parents


def test_a_note_that_was_left_half_written_goes_an_hour_later(tmp_path: Path) -> None:
    journal.keep(tmp_path, "records/a.yaml", None, b"1")
    hour = 3_600_000_000_000
    left, young = (notes(tmp_path) / f"{time.time_ns() - age:020d}.tmp" for age in (hour, hour // 2))
    left.touch()
    young.touch()
    journal.keep(tmp_path, "records/a.yaml", None, b"2")
    assert list(notes(tmp_path).glob("*.tmp")) == [young]
