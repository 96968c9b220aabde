"""The bytes of a regular file, and of nothing else: a link, a pipe or a device is refused, never waited for."""

import os
import stat
from io import FileIO
from pathlib import Path

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class TooLargeError(OSError):
    """Raised where a file has more bytes than are asked for; `size` is how many were seen."""

    def __init__(self, size: int) -> None:
        super().__init__(0, f"it has {size:,} bytes")
        self.size = size


def regular_content(path: str | Path, most: int | None = None) -> bytes:
    """The bytes of a regular file, `most` of them at most; links are not followed.

    Raises:
        TooLargeError: where it has more.
        OSError: where there is no such file, it cannot be read, or it is something else.
    """
    with opened_regular(path) as file:
        size, read = os.fstat(file.fileno()).st_size, 0
        parts: list[bytes] = []
        while most is None or max(size, read) <= most:
            part = file.read(max(size - read, 0) + 1)
            if not part:
                return b"".join(parts)
            parts.append(part)
            read += len(part)
    raise TooLargeError(max(size, read))


def opened_regular(path: str | Path) -> FileIO:
    """A regular file, opened for reading; links are not followed.

    Raises:
        OSError: where there is no such file, it cannot be opened, or it is something else.
    """
    _demand_regular(os.lstat(path), path)
    file = FileIO(os.open(path, _FLAGS))
    try:
        _demand_regular(os.fstat(file.fileno()), path)
    except OSError:
        file.close()
        raise
    return file


def link_refused() -> OSError:
    """Why a link is not read."""
    return OSError(0, "it is a link, and links are not followed")


def _demand_regular(told: os.stat_result, path: str | Path) -> None:
    if stat.S_ISLNK(told.st_mode):
        raise link_refused()
    if stat.S_ISDIR(told.st_mode):
        os.scandir(path).close()
    if not stat.S_ISREG(told.st_mode):
        raise OSError(0, "not a regular file")
