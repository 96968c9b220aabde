"""What mrtrack asks of git where a repository begins: making one, and the name its main branch will have."""

from pathlib import Path

from mrtrack.git.branches import current_branch, main_branch
from mrtrack.git.program import GitError, run


def begin(folder: Path, main: str) -> None:
    """Make a git repository; its branch is called `main` unless git is configured otherwise.

    Raises:
        GitError: where git is missing or refuses.
    """
    try:
        configured = run(folder, "config", "--get", "init.defaultBranch").strip()
    except GitError:
        configured = b""
    named = () if configured else ("-c", f"init.defaultBranch={main}")
    run(folder, *named, "init", "--quiet", reading=False)


def main_branch_to_be(folder: Path) -> str:
    """The name of the main branch, without its remote's; the current branch's where no commit says."""
    try:
        return main_branch(folder).removeprefix("origin/")
    except GitError:
        return current_branch(folder) or "main"
