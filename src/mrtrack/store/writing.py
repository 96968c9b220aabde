"""Replacing a record so that the old file or the new one is always there, whole, whenever the machine stops.

Under the operating system's lock: read, edit, check, write beside, flush to disk, compare once more with what
was read, replace, flush the folder.
"""

import contextlib
import glob
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mrtrack.edit.refusal import Refused
from mrtrack.problems import Problem, is_error
from mrtrack.rules.checking import errors
from mrtrack.source.reader import Reading
from mrtrack.store import journal
from mrtrack.store.outputs import flush_folder
from mrtrack.store.place import cache_folder
from mrtrack.store.records import Repository

LOCK_SECONDS = 60.0
TEMPORARY = ".mrtrack-tmp"


@dataclass(frozen=True)
class Written:
    """One record before (None: it is new) and after a write."""

    path: str
    before: Reading | None
    after: Reading


def rewrite(
    repository: Repository, path: str, change: Callable[[Reading], Reading], *, dry_run: bool = False
) -> Written:
    """Change one record: `change` gets the record as it is now on disk, and gives the record as it shall be.

    Raises:
        Refused: where the record cannot be read, the change is refused or would break the record, another
            program wrote at the same time, or the file cannot be replaced.
    """
    _demand_settings(repository)
    with locked(repository.root, path):
        before = repository.reading_of(path)
        if before.evaluation is None:
            problem = before.first_problem
            what = f"{problem.place}: {problem.message}" if problem else path
            raise Refused(
                f"{path} cannot be read, so nothing was written ({what})", "mend it first: mrtrack check"
            )
        after = change(before)
        if after.content == before.content:
            raise Refused(f"{path} says so already, so nothing would change", "say what is new")
        refuse_new_errors(repository, before, after)
        if not dry_run:
            noted(repository, path, before.content, after.content)
        return Written(path, before, after)


def create(repository: Repository, after: Reading, *, dry_run: bool = False) -> Written:
    """Write a new record; a file of that name is never overwritten.

    Raises:
        Refused: where the file exists, the record is not valid, or the file cannot be written.
    """
    _demand_settings(repository)
    with locked(repository.root, after.path):
        target = repository.root / after.path
        if target.exists() or target.is_symlink():
            raise Refused(f"{after.path} exists already", "choose another id, or update that evaluation")
        refuse_new_errors(repository, None, after)
        if not dry_run:
            target.parent.mkdir(parents=True, exist_ok=True)
            noted(repository, after.path, None, after.content)
        return Written(after.path, None, after)


def take_back(repository: Repository, write: journal.Write) -> None:
    """Undo a write that the journal kept, if the record still is as that write left it.

    Raises:
        Refused: where the record was changed since.
    """
    with locked(repository.root, write.path):
        target = repository.root / write.path
        if write.before is None:
            if _bytes(target) != write.after:
                raise Refused(f"{write.path} was changed since", "look at git diff")
            target.unlink()
            flush_folder(target.parent)
        else:
            _replace(target, write.before, expected=write.after)
        journal.forget(write)


def refuse_new_errors(repository: Repository, before: Reading | None, after: Reading) -> None:
    """Let a change pass only if it brings no error that was not there before.

    Raises:
        Refused: naming the first such error.
    """
    found = errors(after, repository.settings)
    known = (
        {_sameness(problem) for problem in errors(before, repository.settings)} if found and before else set()
    )
    new = [problem for problem in found if _sameness(problem) not in known]
    if new:
        raise Refused(
            f"the record would not be valid: {new[0].ref or after.path}: {new[0].message}", new[0].hint
        )


def _demand_settings(repository: Repository) -> None:
    broken = next(filter(is_error, repository.settings_problems), None)
    if broken:
        raise Refused(f"{broken.place}: {broken.message}; nothing was written", "mend the settings first")


def noted(repository: Repository, path: str, before: bytes | None, after: bytes) -> None:
    """Replace a file, with a note of it for `undo` that goes again where the write is refused."""
    note = journal.keep(repository.root, path, before, after)
    try:
        _replace(repository.root / path, after, expected=before)
    except Refused:
        journal.forget(note)
        raise


def _sameness(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.ref, problem.message


@contextlib.contextmanager
def locked(root: Path, path: str) -> Iterator[None]:
    """Hold the lock of a record, given by its path below the root, while a block runs.

    Raises:
        Refused: where another process holds it for a minute, or no lock can be made.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only writing needs it

    folder = cache_folder(root) / "locks"
    name = path.replace("/", "%") + ".lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / name, timeout=LOCK_SECONDS)
        lock.acquire()
    except Timeout:
        raise Refused(
            f"{path} has been locked by another mrtrack for a minute; nothing was written", "try again"
        ) from None
    except OSError as error:
        raise Refused(
            f"no lock can be made in {folder}: {error.strerror}",
            "set MRTRACK_CACHE_DIR to a folder that can be written",
        ) from None
    try:
        yield
    finally:
        # A lock that cannot be given back goes with this process; what was written stands.
        with contextlib.suppress(OSError):
            lock.release()


def _replace(target: Path, content: bytes, *, expected: bytes | None) -> None:
    """Put the content in a file's place, by way of a file beside it that no other writer has."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(6)}{TEMPORARY}")
    try:
        _clear_away(target)
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if expected is not None:
            beside.chmod(target.stat().st_mode)
        if _bytes(target) != expected:
            raise Refused(
                f"{target.name} was changed by another program meanwhile; nothing was written", "try again"
            )
        beside.replace(target)
        flush_folder(target.parent)
    except OSError as error:
        raise Refused(
            f"{target.name} cannot be written: {error.strerror}", "look at the disk and at the permissions"
        ) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _clear_away(target: Path) -> None:
    """Delete what killed writes left beside a file."""
    for left in target.parent.glob(f".{glob.escape(target.name)}.*{TEMPORARY}"):
        left.unlink(missing_ok=True)


def _bytes(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None
