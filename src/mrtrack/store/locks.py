"""A lock on a file, which is the operating system's: gone when the process that holds it dies."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_PAUSE_SECONDS = 0.05


@contextlib.contextmanager
def held(file: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of a file, which is made where there is none, while a block runs.

    Raises:
        TimeoutError: where another process holds it for so many seconds.
        OSError: where no lock can be made.
    """
    if sys.platform == "win32":
        from filelock import FileLock  # noqa: PLC0415 - other systems lock files without it, at a tenth of the cost

        with FileLock(file, timeout=seconds):
            yield
        return
    import fcntl  # noqa: PLC0415 - not there on every system

    patience = time.monotonic() + seconds
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > patience:
                    raise TimeoutError(f"{file} is locked") from None
                time.sleep(_PAUSE_SECONDS)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)
    finally:
        os.close(handle)
