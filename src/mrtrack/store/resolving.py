"""Putting a merged record in the place of the file that a stopped merge left; `undo` takes that back."""

from mrtrack.store.records import Repository
from mrtrack.store.writing import locked, noted


def put_merged(repository: Repository, path: str, before: bytes, after: bytes) -> None:
    """Replace a file that may hold markers, and so is no record, by what its merge gave.

    Raises:
        Refused: where another program wrote at the same time, or the file cannot be replaced.
    """
    with locked(repository.root, path):
        noted(repository, path, before, after)
