"""Files made for people appear whole, or what was there before stays."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mrtrack.edit.refusal import Refused
from mrtrack.store.outputs import MARK, _exchanged, flush_folder, whole_file, whole_folder, write_output

WATCH = """
import os, select, sys
print("watching", flush=True)
missed = 0
while not select.select([sys.stdin], [], [], 0)[0]:
    missed += not os.path.isdir(sys.argv[1])
print(f"missed {missed} times", flush=True)
"""
"""Looks whether a folder is there, again and again, until it is told to end."""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fail_half_way(path: Path) -> None:
    path.write_bytes(b"half")
    raise ZeroDivisionError


def test_a_file_is_written_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    write_output(tmp_path / "a.csv", b"one")
    write_output(tmp_path / "a.csv", b"two")
    assert (tmp_path / "a.csv").read_bytes() == b"two"
    assert names(tmp_path) == ["a.csv"]


def test_a_file_that_fails_half_way_leaves_the_older_one_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"older")
    with pytest.raises(ZeroDivisionError), whole_file(target) as beside:
        fail_half_way(beside)
    assert target.read_bytes() == b"older"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"older")
    target.chmod(0o640)
    write_output(target, b"newer")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"older")
    (tmp_path / "link.csv").symlink_to("real.csv")
    write_output(tmp_path / "link.csv", b"newer")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"newer"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="devices of POSIX")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_output(Path("/dev/null"), b"gone")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_folder_that_is_missing_and_a_folder_instead_of_a_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no folder"):
        write_output(tmp_path / "missing" / "a.csv", b"")
    with pytest.raises(Refused, match="is a folder"):
        write_output(tmp_path, b"")


def test_a_folder_made_before_is_replaced_as_a_whole(tmp_path: Path) -> None:
    for name in ("old", "new"):
        with whole_folder(tmp_path / "pool") as folder:
            (folder / name).write_text(name, encoding="utf-8")
    assert names(tmp_path / "pool") == sorted([MARK, "new"])
    assert names(tmp_path) == ["pool"]


def test_a_folder_is_there_at_any_moment_while_it_is_replaced(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    if not _exchanged(one, other):
        pytest.skip("this system cannot exchange two folders")
    with whole_folder(tmp_path / "pool"):
        pass
    command = [sys.executable, "-c", WATCH, str(tmp_path / "pool")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdout
        assert watcher.stdout.readline() == "watching\n"
        for _ in range(40):
            with whole_folder(tmp_path / "pool"):
                pass
        told, _ = watcher.communicate("done")
    assert told == "missed 0 times\n"


def test_a_folder_that_fails_half_way_leaves_the_older_one_as_it_was(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "pool") as folder:
        (folder / "old").write_text("old", encoding="utf-8")
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "pool") as folder:
        fail_half_way(folder / "half")
    assert names(tmp_path / "pool") == sorted([MARK, "old"])
    assert names(tmp_path) == ["pool"]


def test_a_folder_with_other_files_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(Refused, match="holds other files"), whole_folder(tmp_path / "letters"):
        pass
    assert names(tmp_path / "letters") == ["letter.txt"]
    with pytest.raises(Refused, match="is a file"), whole_folder(tmp_path / "letters" / "letter.txt"):
        pass


def test_what_a_killed_process_left_goes_an_hour_later(tmp_path: Path) -> None:
    left, young = (tmp_path / f".{name}.csv.0123456789ab.mrtrack-tmp" for name in ("old", "young"))
    folder = tmp_path / ".pool.0123456789ab.mrtrack-tmp"
    folder.mkdir()
    for path in (left, young, folder / "half"):
        path.write_bytes(b"half")
    for path in (left, folder):
        os.utime(path, (0, 0))
    write_output(tmp_path / "a.csv", b"one")
    assert names(tmp_path) == [young.name, "a.csv"]


def test_what_was_written_stands_where_the_system_cannot_flush_its_folder(tmp_path: Path) -> None:
    flush_folder(tmp_path / "gone")
    (tmp_path / "file").touch()
    flush_folder(tmp_path / "file" / "below")
