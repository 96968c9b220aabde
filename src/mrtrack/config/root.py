"""Where a repository of records begins, seen from a folder inside it."""

from pathlib import Path

SETTINGS_FILE = "mrtrack.toml"
RECORDS_FOLDER = "records"
LARGEST_SETTINGS = 1_000_000
"""How many bytes mrtrack.toml may have."""


def find_root(start: Path) -> Path | None:
    """The nearest folder upward that holds mrtrack.toml, else the nearest that holds `records/`.

    None where no folder up to the root of the file system holds either.
    """
    here = start.resolve()
    folders = (here, *here.parents)
    with_settings = (folder for folder in folders if _exists(folder / SETTINGS_FILE, file=True))
    with_records = (folder for folder in folders if _exists(folder / RECORDS_FOLDER, file=False))
    return next(with_settings, None) or next(with_records, None)


def _exists(path: Path, *, file: bool) -> bool:
    try:
        return path.is_file() if file else path.is_dir()
    except OSError:
        return False
