"""Contents kept beside the records in the user's cache folder, by their keys; where that cannot be, nothing is kept."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from mrtrack.store.place import cache_folder

_UNUSABLE = (sqlite3.Error, OSError)
_WAIT_SECONDS = 5.0


class Shelf:
    """What is kept under one name; `load`, `keep` and `want` mark what is still wanted: the rest goes at the end."""

    def __init__(self, database: sqlite3.Connection | None) -> None:
        self._database = database
        self._new: dict[bytes, bytes] = {}
        self._wanted: set[bytes] = set()

    def load(self, key: bytes) -> bytes | None:
        """What was kept by a key; None for nothing."""
        self._wanted.add(key)
        if self._database is None:
            return None
        try:
            found = self._database.execute("SELECT content FROM kept WHERE key = ?", [key]).fetchone()
        except sqlite3.Error:
            self._database = None
            return None
        return found[0] if found and isinstance(found[0], bytes) else None

    def keep(self, key: bytes, content: bytes) -> None:
        """Keep a content by its key."""
        self._wanted.add(key)
        self._new[key] = content

    def want(self, key: bytes) -> None:
        """Let what was kept by a key stay, though nobody asked for it this time."""
        self._wanted.add(key)

    def _write(self) -> None:
        if self._database is None or not self._new:
            return
        with self._database as database:
            database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", self._new.items())
            gone = {key for (key,) in database.execute("SELECT key FROM kept")} - self._wanted
            database.executemany("DELETE FROM kept WHERE key = ?", [(key,) for key in gone])


@contextlib.contextmanager
def shelf(root: Path, name: str) -> Iterator[Shelf]:
    """What is kept of a repository under a name; new contents are written when the block ends."""
    with contextlib.ExitStack() as closing:
        kept = Shelf(None)
        with contextlib.suppress(*_UNUSABLE):
            file = cache_folder(root) / f"{name}.sqlite"
            file.parent.mkdir(parents=True, exist_ok=True)
            database = closing.enter_context(contextlib.closing(sqlite3.connect(file, timeout=_WAIT_SECONDS)))
            with contextlib.suppress(sqlite3.DatabaseError):
                database.execute("PRAGMA synchronous = OFF")
                database.execute("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, content BLOB)")
                kept = Shelf(database)
        yield kept
        with contextlib.suppress(*_UNUSABLE):
            kept._write()  # noqa: SLF001 - the end of its own block
