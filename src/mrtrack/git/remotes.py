"""What mrtrack asks of git where a change leaves this clone: branches to propose, the remote, and the push."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mrtrack.git.branches import current_branch
from mrtrack.git.commits import resolve
from mrtrack.git.program import GitError, attempt, run

_MARK = "mrtrackProposed"
_NO_OPTIONS = "push options"
_TELLING = ("! [", "error:", "fatal:", "remote: error", "remote: fatal")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A branch that was proposed from this clone, and what became of it as far as is known here."""

    branch: str
    subject: str
    is_merged: bool
    is_pushed: bool
    ahead: int


def push_remote(folder: Path) -> str | None:
    """The name of the remote to push to: the one that git is told to use, else origin, else the only one."""
    names = run(folder, "remote").decode("utf-8", "replace").split()
    branch = current_branch(folder)
    keys = [f"branch.{branch}.pushRemote", "remote.pushDefault", f"branch.{branch}.remote"]
    wanted = [*(_config(folder, key) for key in keys), "origin", *(names if len(names) == 1 else ())]
    return next((name for name in wanted if name in names), None)


def has_branch(folder: Path, remote: str, branch: str) -> bool:
    """Whether a remote had a branch when this clone last heard of it."""
    return branch in _names(folder, f"refs/remotes/{remote}/")


def push_address(folder: Path, remote: str) -> str:
    """The address that git pushes to for a remote.

    Raises:
        GitError: where there is no such remote.
    """
    return run(folder, "remote", "get-url", "--push", remote).decode("utf-8", "replace").strip()


def push(folder: Path, remote: str, branch: str, options: Sequence[str] = ()) -> str:
    """Push a branch and have it follow the remote's; answers with the words of git and of the remote.

    Where the remote takes no push options, it is pushed without them.

    Raises:
        GitError: where the push is refused, with the line that says why.
    """
    asked = [part for option in options for part in ("--push-option", option)]
    done, words = attempt(folder, "push", *asked, "--set-upstream", remote, f"refs/heads/{branch}")
    if not done and asked and _NO_OPTIONS in words:
        return push(folder, remote, branch)
    if not done:
        lines = [line.strip() for line in words.splitlines()]
        told = [line for line in lines if line.startswith(_TELLING)] or [line for line in lines if line]
        raise GitError(told[0] if told else "the push was refused without a word")
    return words


def begin_branch(folder: Path, name: str, at: str | None = None) -> None:
    """Make a branch and go to it; the changed files stay as they are.

    It begins at the commit `at`, where the changed files allow that; else at the last commit here.

    Raises:
        GitError: where git refuses.
    """
    create = ("switch", "--quiet", "--no-track", "--create", name)
    if at and attempt(folder, *create, resolve(folder, at))[0]:
        return
    run(folder, *create, reading=False)


def free_name(folder: Path, wanted: str, remote: str | None) -> str:
    """A name for a branch that nobody has, as far as this clone knows: `wanted`, or with a number behind it."""
    taken = set(_names(folder, "refs/heads/"))
    if remote:
        taken |= set(_names(folder, f"refs/remotes/{remote}/"))
    numbered = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 3))
    folded = {name.casefold() for name in taken}
    return next(name for name in numbered if name.casefold() not in folded)


def leave_branch(folder: Path, branch: str, back_to: str | None) -> None:
    """Go back from a branch that got no commit, and take it away; the files stay as they are.

    Raises:
        GitError: where git refuses.
    """
    goal = [back_to] if back_to else ["--detach", "HEAD"]
    run(folder, "switch", "--quiet", *goal, reading=False)
    run(folder, "branch", "--quiet", "--delete", "--force", "--", branch, reading=False)


def mark_proposed(folder: Path, branch: str) -> None:
    """Remember in this clone that a branch was proposed.

    Raises:
        GitError: where git refuses.
    """
    run(folder, "config", "--local", f"branch.{branch}.{_MARK}", "true", reading=False)


def is_proposed(folder: Path, branch: str) -> bool:
    """Whether a branch was proposed from this clone."""
    return _config(folder, f"branch.{branch}.{_MARK}") == "true"


def proposals(folder: Path, main: str) -> list[Proposal]:
    """The branches that were proposed from this clone and are still here, and whether `main` has taken them in.

    Raises:
        GitError: where git cannot tell.
    """
    return [
        _proposal(folder, main, name) for name in _names(folder, "refs/heads/") if is_proposed(folder, name)
    ]


def refresh(folder: Path, remote: str) -> bool:
    """Ask the remote for news of its branches; false where it does not answer.

    Raises:
        GitError: where git is missing.
    """
    done, _ = attempt(folder, "fetch", "--quiet", "--prune", "--no-auto-maintenance", remote)
    return done


def ahead_of(folder: Path, main: str, branch: str = "HEAD") -> int:
    """How many commits a branch has that another has not.

    Raises:
        GitError: where one of them is unknown.
    """
    names = [resolve(folder, name) for name in (main, branch)]
    return int(run(folder, "rev-list", "--count", f"{names[0]}..{names[1]}"))


def is_taken_in(folder: Path, main: str, branch: str = "HEAD") -> bool:
    """Whether the main branch has what a branch changed: its commits, or the files as the branch left them.

    Raises:
        GitError: where one of them is unknown.
    """
    tip, goal = resolve(folder, branch), resolve(folder, main)
    if not ahead_of(folder, main, branch):
        return True
    base = run(folder, "merge-base", goal, tip).decode("ascii").split()[0]
    changed = os.fsdecode(run(folder, "diff", "--name-only", "--no-renames", "-z", base, tip)).split("\0")[
        :-1
    ]
    if not changed:
        return False
    top = Path(os.fsdecode(run(folder, "rev-parse", "--show-toplevel").rstrip(b"\r\n")))
    return not run(top, "diff", "--name-only", "--no-renames", goal, tip, "--", *changed)


def subject_of(folder: Path, revision: str = "HEAD") -> str:
    """The first line of a commit's message.

    Raises:
        GitError: where there is no such commit.
    """
    told = run(folder, "log", "--max-count=1", "--format=%s", resolve(folder, revision), "--")
    return told.decode("utf-8", "replace").strip()


def _proposal(folder: Path, main: str, branch: str) -> Proposal:
    name = f"refs/heads/{branch}"
    upstream = run(folder, "for-each-ref", "--format=%(upstream)", name).decode("utf-8", "replace").strip()
    try:
        waiting = ahead_of(folder, upstream, name) if upstream else 0
    except GitError:
        upstream = ""
        waiting = 0
    return Proposal(
        branch, subject_of(folder, name), is_taken_in(folder, main, name), bool(upstream), waiting
    )


def _names(folder: Path, under: str) -> list[str]:
    told = run(folder, "for-each-ref", "--format=%(refname)", under).decode("utf-8", "replace")
    return [line.removeprefix(under) for line in told.splitlines()]


def _config(folder: Path, key: str) -> str:
    try:
        return run(folder, "config", "--get", key).decode("utf-8", "replace").strip()
    except GitError:
        return ""
