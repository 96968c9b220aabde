"""A clone of a repository of records with a bare remote beside it, for tests of what leaves the clone."""

from pathlib import Path

from conftest import Run, git

SAMPLE = "example-2024-wells"


def published(place: Path, mrtrack: Run, main: str = "main") -> Path:
    """Begin a repository here and publish it to a bare repository beside it; answers with that one's folder."""
    remote = place.parent / "remote.git"
    git("init", "--quiet", "--bare", str(remote))
    assert mrtrack("init").code == 0
    git("add", "--all")
    git("commit", "--quiet", "--message", "Begin the records")
    git("remote", "add", "origin", str(remote))
    git("push", "--quiet", "--set-upstream", "origin", main)
    return remote


def update(mrtrack: Run, *arguments: str) -> None:
    """Change the sample's second action."""
    done = mrtrack("update", f"{SAMPLE}:2.1", *arguments, "--by", "Training unit")
    assert done.code == 0, done.err
