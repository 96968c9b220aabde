"""Where mrtrack keeps what is not part of the records: locks, what `undo` takes back, and what makes it fast."""

import hashlib
import os
from pathlib import Path

SWITCH = "MRTRACK_INDEX"
"""The name in the environment that, where it is `off`, does without what only makes answers fast."""


def cache_folder(root: Path) -> Path:
    """The folder for one repository in the user's cache folder; `MRTRACK_CACHE_DIR` overrides the latter."""
    chosen = os.environ.get("MRTRACK_CACHE_DIR")
    base = Path(chosen) if chosen else _users_cache()
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
    return base / name


def _users_cache() -> Path:
    from platformdirs import user_cache_path  # noqa: PLC0415 - not where the folder is told

    return user_cache_path("mrtrack", appauthor=False)
