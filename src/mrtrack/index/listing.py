"""Which record files there are and what the file system tells of each, as one value to compare.

The order is that of `Repository.names`. Links to folders and hidden files are passed over; a folder that cannot be
listed stands for itself.
"""

import os
import stat
from array import array
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

SUFFIX = ".yaml"
_NOTHING = (0, 0, -1, 0)
BYTES = 32
"""How many bytes tell of one file."""
_BY_HANDLE = os.listdir in os.supports_fd and os.stat in os.supports_dir_fd


class Listing(NamedTuple):
    """Paths relative to the root, and of each when content and inode were changed (ns), its size and its inode."""

    paths: tuple[str, ...]
    stats: bytes

    def stat_of(self, position: int) -> bytes:
        """What the file system tells of one file."""
        return self.stats[position * BYTES : (position + 1) * BYTES]

    def numbers(self, position: int) -> tuple[int, int, int, int]:
        """The four numbers of one file."""
        content, inode_changed, size, inode = array("q", self.stat_of(position))
        return content, inode_changed, size, inode

    def position(self, path: str) -> int:
        """Where a path stands in the list."""
        return self.paths.index(path)


class Known(NamedTuple):
    """The listing that the index was made from; `young` are files that may have changed since without a trace."""

    listing: Listing
    young: frozenset[str]


def packed(paths: Iterable[str]) -> bytes:
    """Paths as one value."""
    return os.fsencode("\0".join(paths))


def unpacked(value: bytes) -> list[str]:
    """The paths of one value."""
    return os.fsdecode(value).split("\0") if value else []


def listing(root: Path, records: str) -> Listing:
    """List the record files below a folder of the root, which is not followed where it is a link."""
    steps = PurePosixPath(records).parts
    above = ("/".join(steps[: length + 1]) for length in range(len(steps)))
    link = next((folder for folder in above if (root / folder).is_symlink()), None)
    if link:
        return Listing((link,), array("q", _NOTHING).tobytes())
    paths: list[str] = []
    numbers: list[int] = []
    _list(f"{root}{os.sep}{records}", records, paths, numbers)
    return Listing(tuple(paths), array("q", numbers).tobytes())


def stat_of(told: os.stat_result) -> tuple[int, int, int, int]:
    """The four numbers of a file."""
    return told.st_mtime_ns, told.st_ctime_ns, told.st_size, told.st_ino


def _list(folder: str, name: str, paths: list[str], numbers: list[int]) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY) if _BY_HANDLE else None
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        paths.append(name)
        numbers += _NOTHING
        return
    try:
        _list_opened(handle, folder, name, paths, numbers)
    finally:
        if handle is not None:
            os.close(handle)


def _list_opened(handle: int | None, folder: str, name: str, paths: list[str], numbers: list[int]) -> None:
    """List a folder, by its handle where the system can: names are looked up there the quickest."""
    above = "" if handle is not None else f"{folder}{os.sep}"
    for short in sorted(os.listdir(folder if handle is None else handle)):
        if short[0] == ".":
            continue
        told = os.stat(above + short, dir_fd=handle, follow_symlinks=False)
        mode = told.st_mode
        if stat.S_ISREG(mode):
            if short.endswith(SUFFIX):
                paths.append(f"{name}/{short}")
                numbers += (told.st_mtime_ns, told.st_ctime_ns, told.st_size, told.st_ino)
        elif stat.S_ISDIR(mode):
            _list(f"{folder}{os.sep}{short}", f"{name}/{short}", paths, numbers)
        elif short.endswith(SUFFIX):
            paths.append(f"{name}/{short}")
            numbers += _NOTHING
