"""The bytes of a record's file, as a value where they cannot be had."""

from pathlib import Path

from mrtrack.config.regular import regular_content


def file_content(path: Path, most: int | None = None) -> bytes | OSError:
    """The bytes of a regular file, `most` of them at most, or why they cannot be had; links are not followed."""
    try:
        return regular_content(path, most)
    except OSError as error:
        return error
