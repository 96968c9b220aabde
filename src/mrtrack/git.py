"""What mrtrack asks of git, through the git program: names, revisions, files of a commit, one commit.

Revisions are resolved to hashes before they are used, reading never takes a lock or runs a hook, and the
variables that point git elsewhere are left out of its environment.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

_READ_ONLY = ("--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
_ELSEWHERE = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
)


class GitError(Exception):
    """Raised where git is missing, or refuses; the message is git's first line, or says that git is missing."""


class _SilentRefusalError(GitError):
    """Raised where git refuses without a word."""


def user_name(folder: Path) -> str | None:
    """The `user.name` that git knows for a folder; None where it knows none or git is missing."""
    try:
        return _run(folder, "config", "--get", "user.name").decode("utf-8", "replace").strip() or None
    except GitError:
        return None


def top(folder: Path) -> Path | None:
    """The folder of the git work tree that a folder lies in; None outside of any."""
    try:
        return Path(os.fsdecode(_run(folder, "rev-parse", "--show-toplevel").rstrip(b"\r\n")))
    except GitError:
        return None


def resolve(folder: Path, revision: str) -> str:
    """The hash of the commit that a revision names.

    Raises:
        GitError: where it names none, or where git cannot tell.
    """
    try:
        found = _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except _SilentRefusalError:
        found = b""
    name = found.decode("ascii", "replace").strip()
    if not name.isalnum():
        raise GitError(f"git knows no commit “{revision}”")
    return name


def files_at(folder: Path, commit: str, under: str, suffix: str) -> dict[str, bytes]:
    """The regular files of a commit below a folder (relative to `folder`), by path, with their content.

    Raises:
        GitError: where git cannot tell.
    """
    listed = _run(folder, "ls-tree", "-r", "-z", commit, "--", f"{under}/")
    blobs: dict[str, str] = {}
    for line in listed.split(b"\0"):
        about, _, path = line.partition(b"\t")
        name = path.decode("utf-8", "surrogateescape")
        if about and about.split()[0] in (b"100644", b"100755") and name.endswith(suffix):
            blobs[name] = about.split()[2].decode("ascii")
    return dict(zip(blobs, _contents(folder, list(blobs.values())), strict=True))


def content_at_head(folder: Path, path: str) -> bytes | None:
    """The content that a file, its path relative to `folder`, has in the last commit; None where it has none."""
    try:
        return _run(folder, "cat-file", "blob", f"HEAD:./{path}")
    except GitError:
        return None


def commit(folder: Path, paths: Sequence[str], message: str) -> str:
    """Commit just these files, and answer with the short hash.

    Raises:
        GitError: where git refuses; its words are the message.
    """
    _run(folder, "add", "--", *paths, reading=False)
    _run(folder, "commit", "--quiet", "--message", message, "--", *paths, reading=False)
    return _run(folder, "rev-parse", "--short", "HEAD").decode("ascii").strip()


def _contents(folder: Path, hashes: Sequence[str]) -> Iterator[bytes]:
    if not hashes:
        return
    answer = _run(
        folder, "cat-file", "--batch", stdin="".join(f"{name}\n" for name in hashes).encode("ascii")
    )
    position = 0
    for _ in hashes:
        end = answer.index(b"\n", position)
        *_, size_or_fault = answer[position:end].split()
        if not size_or_fault.isdigit():
            told = answer[position:end].decode("ascii", "replace")
            raise GitError(f"git cannot read an object of the commit: {told}")
        size = int(size_or_fault)
        yield answer[end + 1 : end + 1 + size]
        position = end + 1 + size + 1


def _run(folder: Path, *arguments: str, stdin: bytes = b"", reading: bool = True) -> bytes:
    command: Iterable[str] = ("git", *(_READ_ONLY if reading else ()), *arguments)
    surroundings = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, arguments after --
            list(command), cwd=folder, env=surroundings, input=stdin, capture_output=True, check=False
        )
    except OSError as error:
        raise GitError("the git program was not found; install git") from error
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(words[0]) if words else _SilentRefusalError(f"git {arguments[0]} failed")
    return done.stdout
