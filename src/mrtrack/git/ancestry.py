"""What mrtrack asks of git about how far back a commit lies."""

from pathlib import Path

from mrtrack.git.commits import resolve
from mrtrack.git.program import SilentRefusalError, run


def commits_since(folder: Path, commit: str) -> int | None:
    """How many commits were made since one, up to the last here; None where it is none of the past of this branch.

    Raises:
        GitError: where git knows no such commit, or cannot tell.
    """
    name = resolve(folder, commit)
    try:
        run(folder, "merge-base", "--is-ancestor", name, "HEAD")
    except SilentRefusalError:
        return None
    return int(run(folder, "rev-list", "--count", f"{name}..HEAD", "--"))
