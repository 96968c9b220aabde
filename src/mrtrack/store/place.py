"""Where mrtrack keeps what is not part of the records: locks, what `undo` takes back, and what makes it fast."""

import os
from pathlib import Path
from urllib.parse import quote

_LONGEST_NAME = 120

SWITCH = "MRTRACK_INDEX"
"""The name in the environment that, where it is `off`, does without what only makes answers fast."""


def cache_folder(root: Path) -> Path:
    """The folder for one repository in the user's cache folder; `MRTRACK_CACHE_DIR` overrides the latter.

    It is called after where the repository lies.
    """
    chosen = os.environ.get("MRTRACK_CACHE_DIR")
    base = Path(chosen) if chosen else _users_cache()
    return base / _name(os.fsencode(root.resolve()))


def _name(path: bytes) -> str:
    name = quote(path, safe=" ")
    if len(name) <= _LONGEST_NAME:
        return name
    from hashlib import sha256  # noqa: PLC0415 - few paths are so long

    return sha256(path).hexdigest()


def _users_cache() -> Path:
    from platformdirs import user_cache_path  # noqa: PLC0415 - not where the folder is told

    return user_cache_path("mrtrack", appauthor=False)
