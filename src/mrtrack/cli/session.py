"""What a command works on: the repository around the current folder, and today."""

from __future__ import annotations

import os
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import typer

from mrtrack.cli import terminal
from mrtrack.config.root import find_root
from mrtrack.edit.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mrtrack.cli.found import Target
    from mrtrack.index.current import Index
    from mrtrack.model.dates import PartialDate
    from mrtrack.problems import Problem
    from mrtrack.source.reader import Reading
    from mrtrack.store.records import Repository


class Session:
    """A repository and the day on which a person asks or writes; `commit` asks the files of a past commit.

    The records are read, and the index is opened, when they are first asked for.
    """

    def __init__(self, root: Path, today: date, commit: str | None = None) -> None:
        self.root, self.today, self.commit = root, today, commit

    @classmethod
    def of(cls, repository: Repository, today: date) -> Session:
        """The session of a repository that was opened before."""
        session = cls(repository.root, today, repository.commit)
        session.__dict__.update(repository=repository, index=None)
        return session

    @cached_property
    def repository(self) -> Repository:
        """The records, with the settings of mrtrack.toml."""
        from mrtrack.config.settings_file import read_settings
        from mrtrack.store.records import Repository

        settings, problems = read_settings(self.root)
        return Repository(self.root, settings, problems, self.commit)

    @cached_property
    def index(self) -> Index | None:
        """The index of the records as they are now; None for those of a past commit, or where there is none."""
        from mrtrack.cli.progress import progress
        from mrtrack.index.current import current

        return None if self.commit else current(self.root, lambda: self.repository, progress)

    @property
    def asks_index(self) -> bool:
        """Whether the index was opened, and answers."""
        return self.__dict__.get("index") is not None

    def close(self) -> None:
        """Let others write the index; nothing more is asked of it."""
        if self.asks_index and self.index:
            self.index.close()

    @property
    def unread(self) -> list[Problem]:
        """The first problem of each file that could not be read, that of mrtrack.toml included."""
        if self.asks_index and self.index:
            return self.index.unread
        return self._unread_readings

    @cached_property
    def _unread_readings(self) -> list[Problem]:
        return self.unread_of(self.repository.readings)

    def unread_of(self, readings: Iterable[Reading]) -> list[Problem]:
        """The first problem of mrtrack.toml, and of each of these readings that gave no evaluation."""
        broken = [problem for problem in self.repository.settings_problems if problem.severity == "error"][:1]
        unread = (reading.first_problem for reading in readings if reading.evaluation is None)
        return broken + [problem for problem in unread if problem]

    def find(self, ref: str) -> Target:
        """What a REF names.

        Raises:
            Refused: where it names nothing, or a record that cannot be read.
        """
        from mrtrack.cli.found import inside

        name, _, inner = ref.partition(":")
        reading = self._reading(name)
        if reading.evaluation is None:
            problem = reading.first_problem
            told = f"{problem.place}: {problem.message}" if problem else reading.path
            raise Refused(f"{name} cannot be read ({told})", "mrtrack check tells more")
        return inside(reading, inner)

    def _reading(self, name: str) -> Reading:
        from mrtrack.cli.found import meant, name_of

        direct = self.repository.named(name)
        if direct is not None and name_of(direct) == name:
            return direct
        if self.asks_index and self.index:
            paths = self.index.names
            return self.repository.reading_of(paths[meant(name, paths)])
        by_name = {name_of(reading): reading for reading in self.repository.readings}
        return by_name[meant(name, by_name)]


def open_session(at: str | None = None, *, by_index: bool = True) -> Session:
    """The session of the current folder; with `at`, one that asks the files of a past commit.

    With `by_index` false, no index answers.

    Raises:
        Refused: outside of any repository.
        git.GitError: where git knows no such commit.
    """
    here = Path.cwd()
    root = find_root(here) or _top_of_work_tree(here)
    if root is None:
        raise Refused(
            "there are no records here",
            "go to the folder that holds mrtrack.toml or records/, name it with -C, or begin one: mrtrack init",
        )
    session = Session(root, today(), None if at is None else _commit(root, at))
    if not by_index:
        session.__dict__["index"] = None
    return session


def _top_of_work_tree(here: Path) -> Path | None:
    from mrtrack import git

    return git.top(here)


def _commit(root: Path, revision: str) -> str:
    from mrtrack import git

    return git.resolve(root, revision)


def today() -> date:
    """Today, or the day that `MRTRACK_TODAY` fixes."""
    fixed = os.environ.get("MRTRACK_TODAY")
    if not fixed:
        return date.today()  # noqa: DTZ011 - the day on the person's wall
    from mrtrack.model.dates import parse_day

    try:
        return parse_day(fixed)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="MRTRACK_TODAY") from None


def date_option(text: str | None, option: str) -> PartialDate | None:
    """A date given to an option.

    Raises:
        typer.BadParameter: where it is none.
    """
    if text is None:
        return None
    from mrtrack.model.dates import parse_date

    try:
        return parse_date(text)
    except ValueError as error:
        raise typer.BadParameter(
            f"{error}; write 2021, 2021-Q3, 2021-07 or 2021-07-31", param_hint=option
        ) from None


def report_unread(session: Session) -> None:
    """Name what could not be read, on stderr."""
    for problem in session.unread:
        terminal.remark(terminal.one_line(f"{problem.place}: {problem.message}"))


def unread_line(session: Session) -> str:
    """The line at the end of what a person reads, where something could not be read; else empty."""
    paths = [problem.path for problem in session.unread]
    if not paths:
        return ""
    named = ", ".join(PurePosixPath(path).name for path in paths[:3]) + (" …" if len(paths) > 3 else "")
    what = (
        "1 file could not be read and is"
        if len(paths) == 1
        else f"{len(paths)} files could not be read and are"
    )
    return f"{what} not counted here: {terminal.one_line(named)} (mrtrack check tells why)"
