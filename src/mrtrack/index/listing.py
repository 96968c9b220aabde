"""Which record files there are and what the file system tells of each, as one value to compare.

The order is that of `Repository.names`. Links to folders and hidden files are passed over; a folder that cannot be
listed stands for itself.
"""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import PurePosixPath
from stat import S_ISDIR, S_ISREG
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SUFFIX = ".yaml"
_NUMBERS = Struct("=4q")
_PACK = _NUMBERS.pack
_NOTHING = _NUMBERS.pack(0, 0, -1, 0)
BYTES = _NUMBERS.size
"""How many bytes tell of one file."""
_BY_HANDLE = os.listdir in os.supports_fd and os.stat in os.supports_dir_fd


class Listing:
    """Paths relative to the root, `packed`, and the `stats` of their files, as `stat_of` gives them, one by one."""

    def __init__(self, packed: bytes, stats: bytes) -> None:
        self.packed, self.stats = packed, stats

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths."""
        return tuple(unpacked(self.packed))

    def stat_of(self, path: str) -> bytes:
        """What the file system told of the file of a path."""
        begin = self.paths.index(path) * BYTES
        return self.stats[begin : begin + BYTES]


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
        return Listing(packed((link,)), _NOTHING)
    paths: list[str] = []
    stats: list[bytes] = []
    _list(f"{root}{os.sep}{records}", records, paths, stats)
    return Listing(packed(paths), b"".join(stats))


def stat_of(told: os.stat_result) -> bytes:
    """When content and inode of a file were changed (ns), its size and its inode, as bytes."""
    return _NUMBERS.pack(told.st_mtime_ns, told.st_ctime_ns, told.st_size, told.st_ino)


def times(stats: bytes) -> Iterable[tuple[int, int]]:
    """When content and inode of each file were changed."""
    return ((content, inode) for content, inode, _, _ in _NUMBERS.iter_unpack(stats))


def _list(folder: str, name: str, paths: list[str], stats: list[bytes]) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY) if _BY_HANDLE else None
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        paths.append(name)
        stats.append(_NOTHING)
        return
    try:
        _list_opened(handle, folder, name, paths, stats)
    finally:
        if handle is not None:
            os.close(handle)


def _list_opened(handle: int | None, folder: str, name: str, paths: list[str], stats: list[bytes]) -> None:
    """List a folder, by its handle where the system can: names are looked up there the quickest."""
    above = "" if handle is not None else f"{folder}{os.sep}"
    files: list[str] = []
    for short in sorted(os.listdir(folder if handle is None else handle)):
        if short[0] == ".":
            continue
        told = os.lstat(above + short, dir_fd=handle)
        mode = told.st_mode
        if short.endswith(SUFFIX) and S_ISREG(mode):
            files.append(short)
            stats.append(_PACK(told.st_mtime_ns, told.st_ctime_ns, told.st_size, told.st_ino))
        elif S_ISDIR(mode):
            paths += _below(name, files)
            files = []
            _list(f"{folder}{os.sep}{short}", f"{name}/{short}", paths, stats)
        elif short.endswith(SUFFIX):
            files.append(short)
            stats.append(_NOTHING)
    paths += _below(name, files)


def _below(name: str, files: list[str]) -> list[str]:
    """The paths of some files of a folder as one text, if there are any."""
    return [f"{name}/" + f"\0{name}/".join(files)] if files else []
