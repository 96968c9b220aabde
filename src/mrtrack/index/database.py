"""The file of the index: opened where it is sound, thrown away where anything about it is odd.

Beside the file stands a mark: what the file system told of it when it was last written here. A file that another
hand, a broken disk or a crash has touched no longer fits its mark. Writing happens under the lock of the index.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from mrtrack import __version__
from mrtrack.index.schema import FORMAT, INDEXES, TABLES
from mrtrack.store.place import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "index.sqlite"
MARK = "index.mark"
LOCK = "index.lock"
WAIT_SECONDS = 20.0
PATIENCE_SECONDS = 120.0
"""How long to wait for another process that reads records into the index, which spares reading them twice."""

_CACHE_KIB = 4_096

UNUSABLE = (sqlite3.Error, OSError)
"""What tells that the index cannot be used: then records are read as if there was none."""


class Odd(Exception):  # noqa: N818 - a state of the file, met by throwing it away
    """Raised where the file is not what was last written here."""


def opened(root: Path) -> sqlite3.Connection:
    """The index of a repository, for one answer: nobody changes it until the connection is closed.

    Raises:
        Odd: where there is none, or it is not what was last written.
        sqlite3.Error, OSError: where it cannot be used.
    """
    folder = cache_folder(root)
    file = folder / FILE
    if not file.exists():
        raise Odd
    database = sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        _prepare(database)
        database.execute("BEGIN")
        sound = _is_ours(database)
    except sqlite3.DatabaseError as error:
        database.close()
        if "locked" in str(error):
            raise
        raise Odd from None
    if not sound or _told_of(file) != _mark_of(folder):
        database.close()
        raise Odd
    return database


@contextlib.contextmanager
def written(root: Path, *, anew: bool) -> Iterator[sqlite3.Connection]:
    """The index, to be written by one process at a time; what was written stands when the block ends, or nothing.

    `anew` begins an empty one, which takes the place of the old one as a whole.

    Raises:
        Odd: where the old one is not what was last written, so that it must begin anew.
        sqlite3.Error, OSError: where it cannot be written.
    """
    folder = cache_folder(root)
    file = folder / FILE
    target = folder / f"{FILE}.{os.getpid()}" if anew else file
    if anew:
        _clear_away(folder)
    elif _told_of(file) != _mark_of(folder):
        raise Odd
    database = sqlite3.connect(target, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        _prepare(database)
        if anew:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            _run(database, TABLES)
        database.execute("BEGIN IMMEDIATE")
        _claim(database, anew=anew)
        yield database
        if anew:
            _run(database, INDEXES)
        mark = _mark_of(folder)
        (folder / MARK).unlink(missing_ok=True)
        try:
            database.execute("COMMIT")
        except sqlite3.Error:
            if mark is not None and not anew:
                (folder / MARK).write_bytes(mark)
            raise
        database.close()
        if anew:
            target.replace(file)
        (folder / MARK).write_bytes(_told_of(file))
    finally:
        database.close()
        if anew:
            target.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the lock of the index, which is the operating system's, while a block runs.

    Raises:
        OSError: where it cannot be had in time, or not at all.
    """
    from filelock import FileLock  # noqa: PLC0415 - only writing needs it

    folder = cache_folder(root)
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / LOCK, timeout=PATIENCE_SECONDS):
        yield


def _prepare(database: sqlite3.Connection) -> None:
    database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _claim(database: sqlite3.Connection, *, anew: bool) -> None:
    """Say whose the tables of a new index are; of an old one, demand that they are ours."""
    if anew:
        made = [("format", FORMAT), ("version", __version__)]
        database.executemany("INSERT INTO about VALUES (?, ?)", made)
    elif not _is_ours(database):
        raise Odd


def _is_ours(database: sqlite3.Connection) -> bool:
    """Whether an index has the tables of this program, as this version fills them."""
    known = dict(database.execute("SELECT key, value FROM about WHERE key IN ('format', 'version')"))
    return (known.get("format"), known.get("version")) == (FORMAT, __version__)


def _run(database: sqlite3.Connection, statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        database.execute(statement)


def _told_of(file: Path) -> bytes:
    told = file.stat()
    return f"{told.st_mtime_ns} {told.st_size} {told.st_ino}".encode()


def _mark_of(folder: Path) -> bytes | None:
    try:
        return (folder / MARK).read_bytes()
    except FileNotFoundError:
        return None


def _clear_away(folder: Path) -> None:
    """Delete what killed writes left: files that were begun, and the journal of the file that is thrown away."""
    for left in (*folder.glob(f"{FILE}.*"), folder / f"{FILE}-journal"):
        left.unlink(missing_ok=True)
