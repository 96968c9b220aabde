"""Files that commands make for people: each appears whole or not at all, and never half over an older one.

Not the records: those are replaced under a lock, and compared with what was read (`store.writing`).
"""

import contextlib
import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from mrtrack.edit.refusal import Refused

MARK = "_mrtrack"
_TEMPORARY = ".mrtrack-tmp"
_ABANDONED_SECONDS = 3_600
_FROM_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux."""
_MADE = "Made by mrtrack; replaced when it is made again.\n"
_SAY_WHERE = "look at the disk and at the permissions, or name another place with -o"


def write_output(path: Path, content: bytes) -> None:
    """Write a file whole: beside its place first, flushed to disk, then into its place.

    A link is followed. What is no regular file (a device, a pipe) is written to as it is.

    Raises:
        Refused: where the folder is missing, or the file cannot be written; an older file is then as it was.
    """
    with whole_file(path) as beside:
        _named(path, lambda: beside.write_bytes(content))


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A place to write a file in, which becomes `path` when the block ends, and vanishes when it fails.

    What killed processes left in the same folder an hour ago or earlier goes.

    Raises:
        Refused: as `write_output` does.
    """
    target = path.resolve()
    if target.is_dir():
        raise Refused(f"{path} is a folder", "name the file to write")
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        yield target
        return
    if not target.parent.is_dir():
        raise Refused(f"there is no folder {path.parent}", "make it first, or name another place")
    beside = _beside(target)
    _clear_away(target.parent)
    try:
        _named(path, lambda: beside.open("xb").close())
        yield beside
        _named(path, lambda: _put(beside, target))
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


@contextlib.contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of `path` when the block ends, and vanishes when it fails.

    A folder that this made before is replaced; any other must be empty or not be there. Where the system cannot
    exchange two folders, a process that is killed while they change places leaves none; making it again does.

    Raises:
        Refused: where the folder holds something else, or cannot be written.
    """
    target = path.resolve()
    _refuse_other_peoples(path, target)
    beside = _beside(target)
    _clear_away(target.parent)
    try:
        _named(path, lambda: beside.mkdir(parents=True))
        _named(path, lambda: (beside / MARK).write_text(_MADE, encoding="utf-8"))
        yield beside
        _named(path, lambda: _swap(beside, target))
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(beside, ignore_errors=True)


def flush_folder(folder: Path) -> None:
    """Have the system write to disk which files a folder holds, where it can."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}{_TEMPORARY}")


@cache
def _clear_away(folder: Path) -> None:
    """Delete what killed processes left in a folder, once; what is young may be in the hands of another process."""
    abandoned = time.time() - _ABANDONED_SECONDS
    with contextlib.suppress(OSError):
        for left in folder.glob(f".*{_TEMPORARY}"):
            if left.lstat().st_mtime < abandoned:
                shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def _refuse_other_peoples(path: Path, target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise Refused(f"{path} is a file", "name the folder to write")
    if not (target / MARK).is_file() and any(target.iterdir()):
        raise Refused(f"{path} holds other files, and would be replaced", "name a new or an empty folder")


def _put(beside: Path, target: Path) -> None:
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    if target.exists():
        beside.chmod(stat.S_IMODE(target.stat().st_mode))
    beside.replace(target)
    flush_folder(target.parent)


def _swap(beside: Path, target: Path) -> None:
    """Put a folder in another's place, which comes back should the new one not get there."""
    for file in beside.rglob("*"):
        if file.is_file():
            with file.open("rb+") as written:
                os.fsync(written.fileno())
    if _exchanged(beside, target):
        flush_folder(target.parent)
        return
    older = _beside(target)
    if target.exists():
        target.rename(older)
    try:
        beside.rename(target)
    except OSError:
        if older.exists():
            older.rename(target)
        raise
    flush_folder(target.parent)
    with contextlib.suppress(OSError):
        shutil.rmtree(older, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Have two folders change places in one step, as renameat2(2) of Linux does; False where that cannot be."""
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415 - only a folder that takes another's place needs it

    exchange = getattr(ctypes.CDLL(None), "renameat2", None)
    paths = _FROM_HERE, os.fsencode(one), _FROM_HERE, os.fsencode(other)
    return exchange is not None and exchange(*paths, _EXCHANGE) == 0


def _named(path: Path, step: Callable[[], object]) -> None:
    try:
        step()
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}", _SAY_WHERE) from None
