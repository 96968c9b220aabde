"""What an export reads: one or several repositories, a record at a time, so that memory does not grow with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from mrtrack import git
from mrtrack.changes import HistoryRow
from mrtrack.changes.published import published_history
from mrtrack.cli import terminal
from mrtrack.cli.found import Target
from mrtrack.cli.options import Asked, Question
from mrtrack.cli.progress import progress
from mrtrack.cli.session import Session, date_option, today
from mrtrack.cli.views import view_of
from mrtrack.config.root import find_root
from mrtrack.config.settings_file import read_settings
from mrtrack.edit.refusal import Refused
from mrtrack.git.last_changes import uncommitted
from mrtrack.model.settings import Settings
from mrtrack.model.wording import label
from mrtrack.problems import Problem
from mrtrack.query.publishing import published_selection
from mrtrack.query.selection import Selection
from mrtrack.reports.exports.portions import About, Portion
from mrtrack.source.reader import Reading
from mrtrack.store.records import Repository

if TYPE_CHECKING:
    from mrtrack.query.rows import Row


@dataclass(frozen=True)
class Exported:
    """What is exported: the repositories by their names, and how to go on where a record cannot be read."""

    questions: Mapping[str, Question]
    partial: bool
    unread: list[Problem] = field(default_factory=list)

    @property
    def as_of(self) -> date:
        """The day asked about."""
        return next(iter(self.questions.values())).as_of

    @property
    def about(self) -> About:
        """What is told about the export."""
        first = next(iter(self.questions.values()))
        omitted = {key: None for one in self.questions.values() for key in _settings(one).publish.omit}
        return About(
            as_of=self.as_of,
            commits={name: _commit(one.session.repository) for name, one in self.questions.items()},
            filtered=bool(first.asked.view or any(first.asked.criteria.values())),
            omitted=tuple(omitted),
            unread=lambda: [f"{problem.place}: {problem.message}" for problem in self.unread],
        )

    def wording(self, word: StrEnum | None) -> str:
        """The label of a closed word, as the first repository has it."""
        return label(word, _settings(next(iter(self.questions.values()))))

    def portions(self) -> Iterator[Portion]:
        """The rows for publication, an evaluation at a time.

        Raises:
            Refused: where a record cannot be read, and the rest is not wanted without it.
        """
        for name, question in self.questions.items():
            self._miss(question.session.unread_of(()))
            yield from self._portions(name, question)

    def remark_on_unread(self) -> None:
        """Name what could not be read, on stderr."""
        for problem in self.unread:
            terminal.remark(terminal.one_line(f"{problem.place}: {problem.message}"))

    def _portions(self, name: str, question: Question) -> Iterator[Portion]:
        with progress(f"Exporting {name}", len(question.session.repository.names)) as done:
            for reading in self._readings(question):
                done(1)
                if reading.evaluation is None:
                    self._miss([problem for problem in [reading.first_problem] if problem])
                    continue
                target = Target(reading.evaluation, reading.evaluation, (), reading)
                yield self._portion(name, question, target)

    def _readings(self, question: Question) -> Iterator[Reading]:
        repository = question.session.repository
        named = question.asked.criteria.get("evaluation") or _criteria(question).get("evaluation")
        if named:
            found = {target.reading.path: target.reading for target in map(question.session.find, named)}
            yield from found.values()
        elif repository.commit:
            yield from repository.readings
        else:
            yield from map(repository.reading_of, repository.names)

    def _portion(self, name: str, question: Question, target: Target) -> Portion:
        criteria, settings = _criteria(question), _settings(question)
        whole = question.selection(criteria, target)
        shown = published_selection(whole, settings.publish.omit)
        asked = [*criteria.items(), *question.asked.criteria.items()]
        everything = not any(value for key, value in asked if key != "evaluation")
        refs = _refs(shown)

        def history() -> list[HistoryRow]:
            omit = settings.publish.omit
            return [
                row
                for top in whole.evaluations
                for row in published_history(top.of, question.as_of, lambda word: label(word, settings), omit)
                if everything or row.ref in refs
            ]

        return Portion(name, shown, history, frozenset(row.ref for row in whole.actions if row.open))

    def _miss(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            if not self.partial:
                raise Refused(
                    f"{problem.place}: {problem.message}; nothing was exported",
                    "mend it, or export what can be read with --partial",
                )
        self.unread.extend(problem for problem in problems if problem not in self.unread)


def open_export(asked: Asked, repositories: Sequence[str], *, partial: bool) -> Exported:
    """Open what is asked: the repository here, or those that are named by their folders ([NAME=]DIR).

    Raises:
        Refused: where a folder holds no records, or two are called the same.
        git.GitError: where git knows no such commit.
    """
    if not repositories:
        question = asked.open()
        return Exported({question.session.repository.root.name: question}, partial)
    as_of = date_option(asked.as_of, "--as-of")
    day = as_of.last if as_of else today()
    found: dict[str, Question] = {}
    for given in repositories:
        name, repository = _named(given, asked.at)
        if name in found:
            raise Refused(f"two repositories are called {name}", f"name them: --repo {name}-2={given}")
        found[name] = Question(Session.of(repository, today()), day, asked)
    return Exported(found, partial)


def _named(given: str, at: str | None) -> tuple[str, Repository]:
    name, equals, rest = given.partition("=")
    place = Path(rest if equals and name and not Path(given).is_dir() else given)
    if not place.is_dir():
        raise typer.BadParameter(f"there is no folder {place}", param_hint="--repo")
    root = find_root(place.resolve()) or git.top(place)
    if root is None:
        raise Refused(
            f"there are no records in {place}", "name the folder that holds mrtrack.toml or records/"
        )
    settings, problems = read_settings(root)
    commit = None if at is None else git.resolve(root, at)
    return (name if str(place) == rest else root.name), Repository(root, settings, problems, commit)


def _commit(repository: Repository) -> str:
    if repository.commit:
        return repository.commit
    try:
        head = git.resolve(repository.root, "HEAD")
        changed = uncommitted(repository.root, repository.settings.records)
    except git.GitError:
        return "none"
    return f"{head}, with changes that are not committed" if changed else head


def _criteria(question: Question) -> Mapping[str, Any]:
    return view_of(question.asked.view, _settings(question)).criteria if question.asked.view else {}


def _settings(question: Question) -> Settings:
    return question.session.repository.settings


def _refs(selection: Selection) -> set[str]:
    rows: tuple[Row, ...] = (*selection.evaluations, *selection.recommendations, *selection.actions)
    return {row.ref for row in rows}
