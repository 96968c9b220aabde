"""The git program, run so that nothing around it leads it elsewhere.

Reading never takes a lock and starts no program that the repository names: no hook, filter, monitor, pager,
signature check, nor what would fetch objects that were left at a remote. Paths mean what they say, no pattern.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_ALWAYS = ("-c", "safe.bareRepository=explicit")
_READ_ONLY = (
    "--no-optional-locks",
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.quotePath=false"),
    *("-c", "log.showSignature=false"),
)
_COMPARING = {
    "diff": ("--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty"),
    "log": ("--no-ext-diff", "--no-textconv"),
    "status": ("--ignore-submodules=dirty",),
}
"""What looks into files, and what keeps it from asking other programs about them."""

_OFFLINE = {"GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
_ELSEWHERE = {
    "GIT_ATTR_SOURCE",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DIR",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
}
_ITS_OWN = ("local", "worktree")


class GitError(Exception):
    """Raised where git is missing, or refuses; the message is git's first line, or says that git is missing."""


class SilentRefusalError(GitError):
    """Raised where git refuses without a word."""


def run(folder: Path, *arguments: str, stdin: bytes = b"", reading: bool = True) -> bytes:
    """What git prints in a folder.

    `reading` is false for what writes: then hooks and filters run and locks are taken as git does.

    Raises:
        GitError: where git is missing or refuses, with the first line of its words.
        SilentRefusalError: where it refuses without any.
    """
    done = _read(folder, arguments, stdin) if reading else _done(folder, arguments, stdin)
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(words[0]) if words else SilentRefusalError(f"git {arguments[0]} failed")
    return done.stdout


def attempt(folder: Path, *arguments: str) -> tuple[bool, str]:
    """Whether a command that writes succeeds, and all that git says beside its result, a remote's words included.

    Raises:
        GitError: where git is missing.
    """
    done = _done(folder, arguments, b"")
    return done.returncode == 0, done.stderr.decode("utf-8", "replace")


def _read(folder: Path, arguments: Sequence[str], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
    command, *rest = arguments
    settings = dict(_OFFLINE)
    if command in _COMPARING:
        settings |= _without_filters(folder)
        rest = [*_COMPARING[command], *rest]
    return _done(folder, [*_READ_ONLY, command, *rest], stdin, settings)


def _without_filters(folder: Path) -> dict[str, str]:
    """Variables that switch off the filters which the repository's own configuration names.

    Those that the person configured for all repositories stay.
    """
    asked = ("config", "--null", "--show-scope", "--name-only", "--get-regexp", r"^filter\.")
    told = _done(folder, [*_READ_ONLY, *asked], b"", _OFFLINE).stdout.decode("utf-8", "surrogateescape")
    parts = told.split("\0")
    keys = [key for scope, key in zip(parts[::2], parts[1::2], strict=False) if scope in _ITS_OWN]
    drivers = dict.fromkeys(key.rpartition(".")[0] for key in keys)
    off = [
        (f"{driver}.{key}", value)
        for driver in drivers
        for key, value in (("clean", ""), ("smudge", ""), ("process", ""), ("required", "false"))
    ]
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)
    switched = {"GIT_CONFIG_COUNT": str(first + len(off))}
    for number, (key, value) in enumerate(off, first):
        switched |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return switched if off else {}


def _done(
    folder: Path, arguments: Sequence[str], stdin: bytes, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = ["git", *_ALWAYS, *arguments]
    around = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    surroundings = {**around, "GIT_LITERAL_PATHSPECS": "1", **(settings or {})}
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments after --
            command, cwd=folder, env=surroundings, input=stdin, capture_output=True, check=False
        )
    except OSError as error:
        raise GitError("the git program was not found; install git") from error
