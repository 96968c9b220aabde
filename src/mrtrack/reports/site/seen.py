"""What the files of a folder looked like when they were last read or written: what looks the same is not read again.

It is kept beside the records, never in the folder; where nothing is kept, every file is read.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

_SECOND = 1_000_000_000
Look = list[int | str]


class Seen:
    """The looks of a folder's files; `load` and `keep` are asked for what was kept, by its key."""

    def __init__(
        self, folder: Path, load: Callable[[bytes], bytes | None], keep: Callable[[bytes, bytes], None]
    ) -> None:
        self._folder = folder
        self._key = hashlib.sha256(b"seen " + str(folder.resolve()).encode("utf-8", "surrogatepass")).digest()
        self._keep = keep
        self._known = _looks(load(self._key))
        self._now: dict[str, Look] = {}

    def holds(self, path: str, content: str) -> bool:
        """Whether a file is there and holds the content with this digest."""
        try:
            look = self._look(path, content)
            if self._known.get(path) != look or not _is_fine(look) or not content:
                file = self._folder / path
                if digest_of(file.read_bytes()) != content:
                    return False
        except OSError:
            return False
        self._now[path] = look
        return True

    def wrote(self, path: str, content: str) -> None:
        """Take notice of a file that was just written, by the digest of its content."""
        with contextlib.suppress(OSError):
            self._now[path] = self._look(path, content)

    def content(self, path: str) -> str | None:
        """The digest of what a file holds that was asked about or written; None where that is not known."""
        look = self._now.get(path)
        return str(look[-1]) if look else None

    def done(self) -> None:
        """Keep the looks of all files that were asked about or written."""
        if self._now != self._known:
            self._keep(self._key, json.dumps(self._now, separators=(",", ":")).encode("ascii"))

    def _look(self, path: str, content: str) -> Look:
        found = os.lstat(f"{self._folder}/{path}")
        return [found.st_mtime_ns, found.st_size, found.st_ino, content]


def digest_of(content: bytes) -> str:
    """What a manifest says of a file's content."""
    return hashlib.sha256(content).hexdigest()[:32]


def _is_fine(look: Look) -> bool:
    """Whether the file system tells times more finely than in whole seconds, so that every change shows."""
    return isinstance(look[0], int) and look[0] % _SECOND != 0


def _looks(content: bytes | None) -> dict[str, Look]:
    try:
        found = json.loads(content) if content else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
