"""The bytes of a record's file."""

import os
import stat
from pathlib import Path


def file_content(path: Path) -> bytes | OSError:
    """The bytes of a regular file, or why they cannot be had; links are not followed."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return OSError(0, "it is a link, and links are not followed")
        if stat.S_ISDIR(mode):
            os.scandir(path).close()
        return path.read_bytes() if stat.S_ISREG(mode) else OSError(0, "not a regular file")
    except OSError as error:
        return error
