"""What mrtrack asks of git about commits: names, revisions, the files of a commit; and one commit it makes.

Revisions are resolved to hashes before they are used.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from mrtrack.git.program import GitError, SilentRefusalError, run


def user_name(folder: Path) -> str | None:
    """The `user.name` that git knows for a folder; None where it knows none or git is missing."""
    try:
        return run(folder, "config", "--get", "user.name").decode("utf-8", "replace").strip() or None
    except GitError:
        return None


def top(folder: Path) -> Path | None:
    """The folder of the git work tree that a folder lies in; None outside of any."""
    try:
        return Path(os.fsdecode(run(folder, "rev-parse", "--show-toplevel").rstrip(b"\r\n")))
    except GitError:
        return None


def resolve(folder: Path, revision: str) -> str:
    """The hash of the commit that a revision names.

    Raises:
        GitError: where it names none, or where git cannot tell.
    """
    try:
        found = run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except SilentRefusalError:
        found = b""
    name = found.decode("ascii", "replace").strip()
    if not name.isalnum():
        raise GitError(f"git knows no commit “{revision}”")
    return name


def files_at(folder: Path, commit: str, under: str, suffix: str) -> dict[str, bytes | None]:
    """The files of a commit below a folder (relative to `folder`), by path, with their content; None for a link.

    Raises:
        GitError: where git cannot tell.
    """
    listed = run(folder, "ls-tree", "-r", "-z", commit, "--", f"{under}/")
    blobs: dict[str, str] = {}
    links: dict[str, None] = {}
    for line in listed.split(b"\0"):
        about, _, path = line.partition(b"\t")
        name = path.decode("utf-8", "surrogateescape")
        if about and name.endswith(suffix):
            mode, _, blob = about.split()
            if mode in (b"100644", b"100755"):
                blobs[name] = blob.decode("ascii")
            elif mode == b"120000":
                links[name] = None
    return {**links, **dict(zip(blobs, contents_of(folder, list(blobs.values())), strict=True))}


def content_at_head(folder: Path, path: str) -> bytes | None:
    """The content that a file, its path relative to `folder`, has in the last commit; None where it has none."""
    try:
        return run(folder, "cat-file", "blob", f"HEAD:./{path}")
    except GitError:
        return None


def commit(folder: Path, paths: Sequence[str], message: str) -> str:
    """Commit just these files, and answer with the short hash.

    Raises:
        GitError: where git refuses; its words are the message.
    """
    run(folder, "add", "--", *paths, reading=False)
    run(folder, "commit", "--quiet", "--message", message, "--", *paths, reading=False)
    return run(folder, "rev-parse", "--short", "HEAD").decode("ascii").strip()


def contents_of(folder: Path, hashes: Sequence[str]) -> Iterator[bytes]:
    """The contents of objects, by their hashes.

    Raises:
        GitError: where git has not got one of them.
    """
    if not hashes:
        return
    answer = run(folder, "cat-file", "--batch", stdin="".join(f"{name}\n" for name in hashes).encode("ascii"))
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
