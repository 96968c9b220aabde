"""What `check` found, kept by content: a file of the same bytes at the same path is not read again.

It is a cache, in a file of its own below the cache folder, and never a truth. Content is named as git names it, so
that what one clone found serves the next, whatever the clock and the disk tell of the files. Each answer says
itself what it answers, within what its checksum covers: whatever is odd about it makes it no answer. Where the
file cannot be used, records are read as if there was none; `MRTRACK_INDEX=off` does without it.
"""

import contextlib
import json
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import pydantic

from mrtrack import __version__
from mrtrack.model.settings import Settings
from mrtrack.problems import Problem
from mrtrack.rules.sketch import Sketch
from mrtrack.store.place import SWITCH, cache_folder

FILE = "checks.sqlite"
_FORMAT = 1
_LARGEST = 4_000_000
_WAIT_SECONDS = 5.0
_TABLE = "CREATE TABLE IF NOT EXISTS findings (path BLOB PRIMARY KEY, answer BLOB NOT NULL)"
_JUDGES = ("model", "source", "rules", "timeline.py", "problems.py")
_BEYOND_REPAIR = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})


class Found(NamedTuple):
    """What checking one record found, the problem that kept it from being read, and its sketch."""

    problems: tuple[Problem, ...]
    unread: Problem | None
    sketch: Sketch


class _Answer(NamedTuple):
    """What was found, and for what: by whom and by which settings, at which path, in which content, on which days."""

    judge: str
    path: str
    content: str
    first: date
    last: date
    found: Found


Row = tuple[bytes, bytes]
"""A path and the answer for it, as they are kept."""


@dataclass(frozen=True, slots=True)
class KnownFindings:
    """The findings that are known of one repository, for the check of one day; it can be sent to other processes."""

    file: Path
    judge: str
    today: date

    def answers(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        """What is kept for these paths, not yet looked at; nothing where the file cannot be used."""
        marks = ", ".join("?" * len(paths))
        asked = f"SELECT path, answer FROM findings WHERE path IN ({marks})"  # noqa: S608 - only question marks
        try:
            with contextlib.closing(_connected(self.file, "ro")) as database:
                found = database.execute(asked, list(map(os.fsencode, paths))).fetchall()
            return {os.fsdecode(path): bytes(answer) for path, answer in found}
        except (sqlite3.Error, OSError, TypeError, ValueError):
            return {}

    def found(self, answer: bytes, path: str, content: bytes) -> Found | None:
        """What an answer tells of a content, named as git does; None where it is not for it, or not for this day."""
        opened = zlib.decompressobj()
        try:
            told = _answers().validate_json(opened.decompress(answer, _LARGEST), strict=True)
        except (zlib.error, ValueError):
            return None
        meant = (told.judge, told.path, told.content) == (self.judge, path, content.hex())
        return told.found if opened.eof and meant and told.first <= self.today <= told.last else None

    def row(self, path: str, content: bytes, found: Found, last: date) -> Row | None:
        """What is kept of a record that was checked, good until a day; None where it cannot be kept."""
        if sum(len(problem.excerpt) for problem in found.problems) > _LARGEST:
            return None
        answer = _Answer(self.judge, path, content.hex(), self.today, last, found)
        try:
            text = _answers().dump_json(answer)
        except ValueError:
            return None
        return (os.fsencode(path), zlib.compress(text, 1)) if len(text) < _LARGEST else None

    def keep(self, rows: Sequence[Row], paths: Iterable[str] | None = None) -> None:
        """Keep what was found, all of it or nothing; with `paths`, which are all there are, forget all others.

        A file that is damaged begins anew; where it cannot be written, nothing is kept.
        """
        with contextlib.suppress(sqlite3.Error, OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            try:
                _write(self.file, rows, paths)
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _BEYOND_REPAIR:
                    return
                for left in (self.file, self.file.with_name(f"{FILE}-journal")):
                    left.unlink(missing_ok=True)
                _write(self.file, rows, paths)


def known_findings(root: Path, settings: Settings, today: date) -> KnownFindings | None:
    """What is known of a repository's records under these settings; None where that is switched off."""
    if os.environ.get(SWITCH) == "off":
        return None
    import yaml  # noqa: PLC0415 - only its version is asked for here

    _answers()
    versions = _FORMAT, __version__, sys.version, pydantic.VERSION, yaml.__version__, _rules_of_this_program()
    told = json.dumps([*versions, settings.model_dump_json()])
    judge = blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return KnownFindings(cache_folder(root) / FILE, judge, today)


def _write(file: Path, rows: Sequence[Row], paths: Iterable[str] | None) -> None:
    with contextlib.closing(_connected(file, "rwc")) as database:
        # A loss of power may damage the file; every answer shows whether it is whole.
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN IMMEDIATE")
        database.execute(_TABLE)
        database.executemany("INSERT OR REPLACE INTO findings VALUES (?, ?)", rows)
        if paths is not None:
            kept = {path for (path,) in database.execute("SELECT path FROM findings")}
            gone = kept - set(map(os.fsencode, paths))
            database.executemany("DELETE FROM findings WHERE path = ?", [(path,) for path in gone])
        database.execute("COMMIT")


def _connected(file: Path, mode: str) -> sqlite3.Connection:
    address = f"{file.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)


@lru_cache(maxsize=1)
def _answers() -> pydantic.TypeAdapter[_Answer]:
    """What turns answers into JSON, and refuses JSON that is no answer."""
    as_text = pydantic.ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
    return pydantic.TypeAdapter(_Answer, config=as_text)


@lru_cache(maxsize=1)
def _rules_of_this_program() -> str:
    """A digest of the modules that judge records: a program under development has one version for many of them."""
    folder = Path(__file__).parent.parent
    judges = [folder / name for name in _JUDGES]
    digest = blake2b(digest_size=16)
    for place in judges:
        for file in sorted(place.glob("*.py")) if place.is_dir() else [place]:
            with contextlib.suppress(OSError):
                digest.update(file.read_bytes())
    return digest.hexdigest()
