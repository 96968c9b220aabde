"""Where mrtrack keeps what is not part of the records: locks, what `undo` takes back, and what makes it fast."""

import hashlib
import os
from pathlib import Path

SWITCH = "MRTRACK_INDEX"
"""The name in the environment that, where it is `off`, does without what only makes answers fast."""


def cache_folder(root: Path) -> Path:
    """The folder for one repository in the user's cache folder; `MRTRACK_CACHE_DIR` overrides the latter."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - only writing needs it

    chosen = os.environ.get("MRTRACK_CACHE_DIR")
    base = Path(chosen) if chosen else user_cache_path("mrtrack", appauthor=False)
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    return base / name
