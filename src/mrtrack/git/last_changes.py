"""What mrtrack asks of git about when files last changed: the commit of each, and what is not committed yet."""

from pathlib import Path

from mrtrack.git.program import run
from mrtrack.git.work_tree import dirty_files

_COMMIT = b"\x01"


def last_changes(folder: Path, under: str, revision: str = "HEAD") -> dict[str, str]:
    """The last commit, up to a revision, that changed each file below a folder.

    Paths are relative to `folder`; the files changed last come first.

    Raises:
        GitError: where git cannot tell.
    """
    asked = ("--format=%x01%H", "--name-only", "--no-renames", "-z", "--relative")
    told = run(folder, "log", *asked, revision, "--", under)
    found: dict[str, str] = {}
    commit = ""
    for part in told.split(b"\0"):
        word = part.lstrip(b"\n")
        if word.startswith(_COMMIT):
            commit = word[1:].decode("ascii")
        elif word:
            found.setdefault(word.decode("utf-8", "surrogateescape"), commit)
    return found


def uncommitted(folder: Path, under: str) -> set[str]:
    """The files below a folder, relative to `folder`, that differ from the last commit or are new.

    Raises:
        GitError: where git cannot tell.
    """
    changed = {one.path for one in dirty_files(folder, under, untracked=False) if one.inside}
    new = run(folder, "ls-files", "-z", "--others", "--", under).split(b"\0")
    return changed | {path.decode("utf-8", "surrogateescape") for path in new if path}
