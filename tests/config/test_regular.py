"""Only a regular file is read, up to a number of bytes; nothing else is followed, waited for or drained."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mrtrack.config.regular import TooLargeError, regular_content
from mrtrack.config.settings_file import read_settings
from mrtrack.model.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("in_time")


def test_a_file_is_read_whole_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for content in (b"", b"x", b"x" * 100_000):
        path.write_bytes(content)
        assert regular_content(path) == content
        assert regular_content(path, len(content)) == content
        with pytest.raises(TooLargeError) as error:
            regular_content(path, len(content) - 1)
        assert error.value.size == len(content)


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(TooLargeError):
        regular_content(path, 1 << 20)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system has no /proc")
def test_a_file_that_does_not_tell_its_size_is_read_all_the_same() -> None:
    assert regular_content("/proc/self/status").startswith(b"Name:")
    with pytest.raises(TooLargeError):
        regular_content("/proc/self/status", 10)


def test_what_is_no_regular_file_is_refused_and_blocks_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
    for name in ("link", "zero", "loop", "pipe", "socket", "", "none"):
        with pytest.raises(OSError, match=r"not a regular file|it is a link|No such file"):
            regular_content(tmp_path / name)


def test_settings_that_are_no_file_or_too_large_are_refused_and_the_defaults_hold(tmp_path: Path) -> None:
    path = tmp_path / "mrtrack.toml"
    (tmp_path / "secret").write_text("password\n", encoding="utf-8")
    makers: dict[str, Callable[[], object]] = {
        "link": lambda: path.symlink_to("secret"),
        "zero": lambda: path.symlink_to("/dev/zero"),
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "large": lambda: path.write_text("# " + "x" * 1_000_000, encoding="utf-8"),
    }
    for name, make in makers.items():
        make()
        settings, (problem,) = read_settings(tmp_path)
        assert settings == Settings()
        assert (problem.path, problem.line, problem.excerpt) == ("mrtrack.toml", 0, "")
        assert problem.code == ("F102" if name == "large" else "F101")
        path.rmdir() if path.is_dir() else path.unlink()
