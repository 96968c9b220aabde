"""What mrtrack asks of git about single files of a commit, and whether a clone holds the whole history."""

from collections.abc import Sequence
from pathlib import Path

from mrtrack.git.commits import contents_of, resolve
from mrtrack.git.program import GitError, run

_AT_ONCE = 200


def files_of(folder: Path, commit: str, paths: Sequence[str]) -> dict[str, bytes]:
    """The contents that some files, their paths relative to `folder`, have in a commit.

    What is no regular file there is left out.

    Raises:
        GitError: where git cannot tell.
    """
    name = resolve(folder, commit)
    hashes: dict[str, str] = {}
    for first in range(0, len(paths), _AT_ONCE):
        listed = run(folder, "ls-tree", "-z", name, "--", *paths[first : first + _AT_ONCE])
        for line in listed.split(b"\0"):
            about, _, path = line.partition(b"\t")
            if about and about.split()[0] in (b"100644", b"100755"):
                hashes[path.decode("utf-8", "surrogateescape")] = about.split()[2].decode("ascii")
    return dict(zip(hashes, contents_of(folder, list(hashes.values())), strict=True))


def is_shallow(folder: Path) -> bool:
    """Whether the clone lacks the older part of the history."""
    try:
        return run(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except GitError:
        return False
