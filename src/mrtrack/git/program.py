"""The git program, run so that nothing around it leads it elsewhere.

Reading never takes a lock or runs a hook, and the variables that point git elsewhere are left out of its
environment.
"""

import os
import subprocess
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


class SilentRefusalError(GitError):
    """Raised where git refuses without a word."""


def run(folder: Path, *arguments: str, stdin: bytes = b"", reading: bool = True) -> bytes:
    """What git prints in a folder.

    `reading` is false for what writes: then hooks run and locks are taken as git does.

    Raises:
        GitError: where git is missing or refuses, with the first line of its words.
        SilentRefusalError: where it refuses without any.
    """
    done = _done(folder, [*(_READ_ONLY if reading else ()), *arguments], stdin)
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(words[0]) if words else SilentRefusalError(f"git {arguments[0]} failed")
    return done.stdout


def attempt(folder: Path, *arguments: str) -> tuple[bool, str]:
    """Whether a command that writes succeeds, and all that git says beside its result, a remote's words included.

    Raises:
        GitError: where git is missing.
    """
    done = _done(folder, list(arguments), b"")
    return done.returncode == 0, done.stderr.decode("utf-8", "replace")


def _done(folder: Path, arguments: list[str], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
    command = ["git", *arguments]
    surroundings = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments after --
            command, cwd=folder, env=surroundings, input=stdin, capture_output=True, check=False
        )
    except OSError as error:
        raise GitError("the git program was not found; install git") from error
