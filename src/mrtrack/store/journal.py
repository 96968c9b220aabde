"""The last writes, kept in the cache folder so that `undo` can take them back; a convenience, never a truth."""

import base64
import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mrtrack.store.place import cache_folder

KEPT = 20
_ABANDONED_NANOSECONDS = 3_600_000_000_000


@dataclass(frozen=True, slots=True)
class Write:
    """One write: the record's bytes before (None: it was new) and after. `file` is its place in the journal."""

    path: str
    before: bytes | None
    after: bytes
    file: Path


def keep(root: Path, path: str, before: bytes | None, after: bytes) -> Write:
    """Note a write that is about to happen; where the cache cannot be written, it cannot be undone."""
    folder = cache_folder(root) / "undo"
    noted = {
        "path": path,
        "before": None if before is None else base64.b64encode(before).decode("ascii"),
        "after": base64.b64encode(after).decode("ascii"),
    }
    file = folder / f"{time.time_ns():020d}.json"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".tmp")
        beside.write_text(json.dumps(noted), encoding="ascii")
        beside.replace(file)
        for old in (*sorted(folder.glob("*.json"))[:-KEPT], *_abandoned(folder, file)):
            old.unlink(missing_ok=True)
    return Write(path, before, after, file)


def writes(root: Path) -> Iterator[Write]:
    """The writes that were noted, the last one first; what cannot be read is passed over."""
    for file in sorted((cache_folder(root) / "undo").glob("*.json"), reverse=True):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            noted = json.loads(file.read_text(encoding="ascii"))
            before = noted["before"]
            yield Write(
                str(noted["path"]),
                None if before is None else base64.b64decode(before),
                base64.b64decode(noted["after"]),
                file,
            )


def forget(write: Write) -> None:
    """Drop a write that was taken back."""
    with contextlib.suppress(OSError):
        write.file.unlink(missing_ok=True)


def _abandoned(folder: Path, latest: Path) -> Iterator[Path]:
    """What killed processes left half written; what is younger may be in the hands of another process."""
    before = f"{int(latest.stem) - _ABANDONED_NANOSECONDS:020d}.tmp"
    return (left for left in folder.glob("*.tmp") if left.name < before)
