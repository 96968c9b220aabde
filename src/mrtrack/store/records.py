"""The records of a repository: which files they are, and what reading each of them gives.

Links are not followed, and nothing outside the records folder is read. Reading never changes a file. A file
or folder that cannot be read, or a link in the place of a record, is a reading with that problem.
"""

import gc
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import filterfalse
from pathlib import Path, PurePosixPath

from mrtrack import git
from mrtrack.config.regular import TooLargeError, link_refused
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Limits, Settings
from mrtrack.problems import Problem
from mrtrack.source import kinds
from mrtrack.source.reader import Reading, read, unread
from mrtrack.store.contents import file_content

SUFFIX = ".yaml"


@dataclass(frozen=True)
class Repository:
    """A folder with records, its settings, and what is wrong with these; `commit` asks a past commit.

    `known` are readings by their path that were made elsewhere: a file of the same content is not read again.
    """

    root: Path
    settings: Settings
    settings_problems: tuple[Problem, ...] = ()
    commit: str | None = None
    known: Mapping[str, Reading] = field(default_factory=dict, repr=False)

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Every record, in the order of its path, read or with the problems that kept it from being read.

        Raises:
            git.GitError: where a past commit is asked and git cannot tell.
        """
        collecting = gc.isenabled()
        gc.disable()
        try:
            return tuple(self._read(path, content) for path, content in self.contents())
        finally:
            if collecting:
                gc.enable()

    @property
    def names(self) -> list[str]:
        """The record files on disk, in order; where a folder cannot be read, or is a link, that folder.

        They are paths relative to the root with slashes, as problems name them.
        """
        return sorted(self._names(), key=_steps)

    def named(self, evaluation: str) -> Reading | None:
        """The record whose file is named after an evaluation, without reading any other; None where there is none."""
        if self.commit:
            return None
        begun = (name for name in self._names(evaluation) if PurePosixPath(name).stem == evaluation)
        name = min(begun, key=_steps, default=None)
        return self.reading_of(name) if name else None

    @property
    def evaluations(self) -> list[Evaluation]:
        """The evaluations that could be read."""
        return [reading.evaluation for reading in self.readings if reading.evaluation]

    @property
    def unread(self) -> list[Reading]:
        """The records that could not be read."""
        return [reading for reading in self.readings if reading.evaluation is None]

    def reading_of(self, path: str) -> Reading:
        """Read one record anew from disk, its path relative to the root."""
        return self.reading_of_content(path, self.content_of(path))

    def content_of(self, path: str) -> bytes | OSError:
        """The bytes of a file, its path relative to the root, or why they cannot be had or are too many."""
        return file_content(self.root / path, self.settings.limits.bytes)

    def reading_of_content(self, path: str, content: bytes | OSError) -> Reading:
        """Read the content of a file, or tell why there is none."""
        return self._read(path, content)

    def new_path(self, evaluation: str) -> str:
        """The path, relative to the root, at which a new evaluation's record is written."""
        return f"{self.settings.records}/{evaluation}{SUFFIX}"

    @property
    def _link(self) -> Path | None:
        """The records folder, or the one above it below the root, that is a link."""
        steps = PurePosixPath(self.settings.records).parts
        above = (self.root.joinpath(*steps[: length + 1]) for length in range(len(steps)))
        return next((folder for folder in above if folder.is_symlink()), None)

    def _names(self, begin: str = "") -> Iterator[str]:
        """What `names` gives, in no order; of the files only those whose name begins so."""
        if link := self._link:
            yield link.relative_to(self.root).as_posix()
            return
        folder = os.path.join(self.root, *PurePosixPath(self.settings.records).parts)  # noqa: PTH118 - many, as text
        above = len(os.path.join(self.root, ""))  # noqa: PTH118 - the same
        for file in _record_files(folder, begin):
            yield file[above:].replace(os.sep, "/") or "."

    def contents(self) -> Iterator[tuple[str, bytes | OSError]]:
        """Every record file by its path, in order: its bytes, or why they cannot be had.

        Raises:
            git.GitError: as `readings` does.
        """
        if self.commit:
            files = git.files_at(self.root, self.commit, self.settings.records, SUFFIX)
            for name in sorted(filterfalse(self._is_hidden, files)):
                content = files[name]
                yield name, link_refused() if content is None else content
            return
        for name in self.names:
            yield name, self.content_of(name)

    def _is_hidden(self, path: str) -> bool:
        below = PurePosixPath(path).relative_to(self.settings.records)
        return any(part.startswith(".") for part in below.parts)

    def _read(self, path: str, content: bytes | OSError) -> Reading:
        known = self.known.get(path)
        if known is not None and known.content == content and known.data is not None:
            return known
        return reading_of(path, content, self.settings.limits)


def _steps(name: str) -> list[str]:
    return name.split("/")


def record_paths(folder: Path) -> Iterator[Path]:
    """Every record file below a folder, links called like one, and every folder that cannot be read.

    Links to folders and hidden files are passed over.
    """
    return map(Path, _record_files(str(folder)))


def _record_files(folder: str, begin: str = "") -> Iterator[str]:
    """What `record_paths` gives, of the files only those whose name begins so."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as scan:
                entries = list(scan)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            yield here
            continue
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            elif name.startswith(begin) and name.endswith(SUFFIX):
                yield entry.path


def reading_of(path: str, content: bytes | OSError, limits: Limits) -> Reading:
    """Read the content of a file within limits, or tell why there is none."""
    if isinstance(content, TooLargeError):
        return unread(path, content.size, limits)
    if isinstance(content, OSError):
        return _unreadable(path, content)
    return read(content, path, limits)


def _unreadable(path: str, error: OSError) -> Reading:
    kind = kinds.UNREADABLE
    reason = error.strerror or str(error)
    problem = Problem(
        path,
        0,
        0,
        kind.code,
        kind.name,
        kind.severity,
        f"the file cannot be read: {reason}",
        "look at the file and at its permissions",
    )
    return Reading(path, b"", "", problems=(problem,))
