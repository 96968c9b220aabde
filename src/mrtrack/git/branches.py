"""What mrtrack asks of git about branches: which is the main one, and where a change began."""

import os
from collections.abc import Sequence
from pathlib import Path

from mrtrack.git.commits import resolve
from mrtrack.git.program import GitError, run
from mrtrack.git.work_tree import dirty_files

_USUAL = ("main", "master")


def main_branch(folder: Path, named: str | None = None) -> str:
    """The revision of the main branch: the one that is named, else that of origin, else main or master.

    Raises:
        GitError: where there is none of these.
    """
    origin = _words(folder, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    wanted = (
        [named, f"origin/{named}"] if named else [origin, *(f"origin/{name}" for name in _USUAL), *_USUAL]
    )
    for revision in wanted:
        if revision and _is_commit(folder, revision):
            return revision
    told = f"git knows no branch “{named}”" if named else "git knows no main branch"
    raise GitError(told)


def merge_base(folder: Path, one: str, other: str = "HEAD") -> str:
    """The hash of the commit at which two revisions parted.

    Raises:
        GitError: where a revision is unknown, or the two have no commit in common (as in a shallow clone).
    """
    names = [resolve(folder, revision) for revision in (one, other)]
    found = _words(folder, "merge-base", *names)
    if not found:
        raise GitError(f"{one} and {other} have no commit in common; fetch the whole history")
    return found.split()[0]


def parents(folder: Path, revision: str = "HEAD") -> tuple[str, ...]:
    """The hashes of a commit's parents: two or more for a merge.

    Raises:
        GitError: where the revision is unknown.
    """
    told = run(folder, "rev-list", "--parents", "--max-count=1", resolve(folder, revision), "--")
    return tuple(told.decode("ascii").split()[1:])


def current_branch(folder: Path) -> str | None:
    """The name of the branch that is checked out; None where none is."""
    return _words(folder, "symbolic-ref", "--quiet", "--short", "HEAD") or None


def changed_files(folder: Path, commit: str, under: Sequence[str]) -> tuple[str, ...]:
    """The files below some folders that differ between a commit and the work tree, those not yet added included.

    Paths are relative to `folder`. A file that was changed since the commit, and changed back in the work tree
    alone, is among them.

    Raises:
        GitError: where git cannot tell.
    """
    since, last = resolve(folder, commit), resolve(folder, "HEAD")
    found = {one.path for one in dirty_files(folder, *under) if one.inside}
    if since != last:
        asked = ("--name-only", "--no-renames", "--relative", "-z", since, last)
        told = run(folder, "diff", *asked, "--", *under)
        found |= {os.fsdecode(path) for path in told.split(b"\0") if path}
    return tuple(sorted(found))


def _is_commit(folder: Path, revision: str) -> bool:
    try:
        resolve(folder, revision)
    except GitError:
        return False
    return True


def _words(folder: Path, *arguments: str) -> str:
    try:
        return run(folder, *arguments).decode("utf-8", "replace").strip()
    except GitError:
        return ""
