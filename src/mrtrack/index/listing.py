"""Which record files there are and what the file system tells of each, as one value to compare.

The order is that of `Repository.paths`. Links and hidden files are passed over; a folder that cannot be listed
stands for itself.
"""

import os
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

SUFFIX = ".yaml"
_NOTHING = (0, -1, 0)


@dataclass(frozen=True, slots=True)
class Listing:
    """Paths relative to the root, and of each three numbers: when it was changed (ns), its size, its inode."""

    paths: tuple[str, ...]
    stats: bytes

    def stat_of(self, position: int) -> bytes:
        """What the file system tells of one file."""
        return self.stats[position * 24 : position * 24 + 24]

    def numbers(self, position: int) -> tuple[int, int, int]:
        """The three numbers of one file."""
        changed, size, inode = array("q", self.stat_of(position))
        return changed, size, inode

    def position(self, path: str) -> int:
        """Where a path stands in the list."""
        return self.paths.index(path)


@dataclass(frozen=True, slots=True)
class Known:
    """The listing that the index was made from; `young` are files that may have changed since without a trace."""

    listing: Listing
    young: frozenset[str]


def packed(paths: Iterable[str]) -> bytes:
    """Paths as one value."""
    return b"\0".join(map(os.fsencode, paths))


def unpacked(value: bytes) -> list[str]:
    """The paths of one value."""
    return [os.fsdecode(path) for path in value.split(b"\0")] if value else []


def listing(root: Path, records: str) -> Listing:
    """List the record files below a folder of the root, which is not followed where it is a link."""
    steps = PurePosixPath(records).parts
    above = ("/".join(steps[: length + 1]) for length in range(len(steps)))
    link = next((folder for folder in above if (root / folder).is_symlink()), None)
    if link:
        return Listing((link,), array("q", _NOTHING).tobytes())
    paths: list[str] = []
    stats = array("q")
    _list(f"{root}{os.sep}{records}", records, paths, stats)
    return Listing(tuple(paths), stats.tobytes())


def stat_of(told: os.stat_result) -> tuple[int, int, int]:
    """The three numbers of a file."""
    return told.st_mtime_ns, told.st_size, told.st_ino


def _list(folder: str, name: str, paths: list[str], stats: "array[int]") -> None:
    try:
        with os.scandir(folder) as scan:
            entries = sorted((entry.name, entry) for entry in scan if entry.name[0] != ".")
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        paths.append(name)
        stats.extend(_NOTHING)
        return
    for short, entry in entries:
        path = f"{name}/{short}"
        if entry.is_dir(follow_symlinks=False):
            _list(entry.path, path, paths, stats)
        elif short.endswith(SUFFIX) and not entry.is_symlink():
            paths.append(path)
            stats.extend(_told(entry))


def _told(entry: "os.DirEntry[str]") -> tuple[int, int, int]:
    try:
        return stat_of(entry.stat(follow_symlinks=False))
    except OSError:
        return _NOTHING
