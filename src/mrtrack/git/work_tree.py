"""What mrtrack asks of git about the work tree: which of its files are not as last committed.

`git status` is asked, as `git diff` would write down in git's index what it has found.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from mrtrack.git.program import run


@dataclass(frozen=True, slots=True)
class Dirty:
    """A file that differs from the last commit: its path from `folder`, None where it lies outside; its state."""

    path: str
    inside: bool
    is_conflict: bool


def dirty_files(folder: Path, *under: str, untracked: bool = True) -> list[Dirty]:
    """The files of the work tree, or of some folders of it, that differ from the last commit.

    With `untracked` these are also the files that git does not know, but for those it is told to ignore.
    Paths are relative to `folder` where they lie in it (`inside`), else to the top of the work tree.

    Raises:
        GitError: where git cannot tell.
    """
    new = "--untracked-files=all" if untracked else "--untracked-files=no"
    told = run(folder, "status", "--porcelain=v1", "-z", "--no-renames", new, "--", *under)
    prefix = os.fsdecode(run(folder, "rev-parse", "--show-prefix").rstrip(b"\r\n"))
    found = []
    for line in filter(None, told.split(b"\0")):
        state, path = line[:2].decode("ascii"), os.fsdecode(line[3:])
        inside = path.startswith(prefix)
        conflict = "U" in state or state in ("AA", "DD")
        found.append(Dirty(path.removeprefix(prefix) if inside else path, inside, conflict))
    return found
