"""What a command works on: the repository around the current folder, today, and what a REF means there."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path, PurePosixPath

import typer

from mrtrack import git
from mrtrack.cli import terminal
from mrtrack.config.root import find_root
from mrtrack.config.settings_file import read_settings
from mrtrack.edit.refusal import Refused
from mrtrack.model.dates import PartialDate, parse_date, parse_day
from mrtrack.model.record import Action, Evaluation, Recommendation
from mrtrack.model.shape import Path as RecordPath
from mrtrack.problems import Problem
from mrtrack.source.reader import Reading
from mrtrack.store.records import Repository


@dataclass(frozen=True)
class Target:
    """What a REF names: an evaluation, or a recommendation or action in it, with its path in the record."""

    reading: Reading
    evaluation: Evaluation
    item: Evaluation | Recommendation | Action
    path: RecordPath

    @property
    def ref(self) -> str:
        """The exact reference."""
        return self.evaluation.id if not self.path else f"{self.evaluation.id}:{self.item.id}"


@dataclass(frozen=True)
class Session:
    """A repository and the day on which a person asks or writes."""

    repository: Repository
    today: date

    @cached_property
    def unread(self) -> list[Problem]:
        """The first problem of each file that could not be read, that of mrtrack.toml included."""
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
        name, _, inner = ref.partition(":")
        reading = self._reading(name)
        if reading.evaluation is None:
            problem = reading.first_problem
            told = f"{problem.place}: {problem.message}" if problem else reading.path
            raise Refused(f"{name} cannot be read ({told})", "mrtrack check tells more")
        return inside(reading, inner)

    def _reading(self, name: str) -> Reading:
        direct = self.repository.named(name)
        if direct is not None and _name(direct) == name:
            return direct
        by_name = {_name(reading): reading for reading in self.repository.readings}
        if name in by_name:
            return by_name[name]
        begun = [known for known in by_name if known.startswith(name.casefold())] if name else []
        if len(begun) == 1 and terminal.is_terminal():
            return by_name[begun[0]]
        raise Refused(f"there is no evaluation “{name}”", _meant(name, by_name, begun))


def open_session(at: str | None = None) -> Session:
    """The session of the current folder; with `at`, one that asks the files of a past commit.

    Raises:
        Refused: outside of any repository.
        git.GitError: where git knows no such commit.
    """
    here = Path.cwd()
    root = find_root(here) or git.top(here)
    if root is None:
        raise Refused(
            "there are no records here",
            "go to the folder that holds mrtrack.toml or records/, name it with -C, or begin one: mrtrack init",
        )
    settings, problems = read_settings(root)
    commit = None if at is None else git.resolve(root, at)
    return Session(Repository(root, settings, problems, commit), today())


def today() -> date:
    """Today, or the day that `MRTRACK_TODAY` fixes."""
    fixed = os.environ.get("MRTRACK_TODAY")
    if not fixed:
        return date.today()  # noqa: DTZ011 - the day on the person's wall
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


def _name(reading: Reading) -> str:
    return reading.evaluation.id if reading.evaluation else PurePosixPath(reading.path).stem


def inside(reading: Reading, inner: str) -> Target:
    """What an id names within a record that was read; the evaluation itself where the id is empty.

    Raises:
        Refused: where the record has no such item.
    """
    evaluation = reading.evaluation
    if evaluation is None:
        raise Refused(f"{reading.path} cannot be read", "mrtrack check tells why")
    if not inner:
        return Target(reading, evaluation, evaluation, ())
    known: dict[str, tuple[RecordPath, Recommendation | Action]] = {}
    for index, recommendation in enumerate(evaluation.recommendations or ()):
        known.setdefault(recommendation.id.casefold(), (("recommendations", index), recommendation))
        for nth, action in enumerate(recommendation.actions or ()):
            known.setdefault(action.id.casefold(), (("recommendations", index, "actions", nth), action))
    found = known.get(inner.casefold())
    if found is None:
        ids = [item.id for _, item in known.values()]
        raise Refused(f"{evaluation.id} has no recommendation or action “{inner}”", _meant(inner, ids, []))
    return Target(reading, evaluation, found[1], found[0])


def _meant(name: str, known: Iterable[str], begun: Sequence[str]) -> str:
    ids = list(known)
    near = list(begun) or get_close_matches(name, ids, n=3, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(near[:5])}?"
    return (
        f"there are: {', '.join(ids[:8])}{' …' if len(ids) > 8 else ''}"
        if ids
        else "there is none yet: mrtrack new, mrtrack add"
    )
