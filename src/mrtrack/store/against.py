"""Checking a change: what it touches by the rules, what was there by those about history, and its settings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from mrtrack.config.kinds import UNKNOWN_SETTING, WRONG_SETTING
from mrtrack.config.root import LARGEST_SETTINGS, SETTINGS_FILE
from mrtrack.config.settings_file import read_settings
from mrtrack.config.weaker import held_to, weaker_settings
from mrtrack.git.branches import changed_files
from mrtrack.model.settings import Settings
from mrtrack.problems import Problem, is_error
from mrtrack.rules.agreement import present_differs_from_log
from mrtrack.rules.catalogue import RULE_KINDS
from mrtrack.rules.checking import check, check_sketches, under_check
from mrtrack.rules.history_kinds import ARRIVED_LATE, CHANGED_WITHOUT_ENTRY
from mrtrack.rules.rewriting import renamed, rewritten_history
from mrtrack.rules.sketch import Sketch
from mrtrack.rules.touched import on_touched, touched
from mrtrack.source.reader import Reading
from mrtrack.store.base import Base, bases
from mrtrack.store.contents import file_content
from mrtrack.store.records import Repository
from mrtrack.store.whole_check import check_each

_PARTLY_READ = frozenset({UNKNOWN_SETTING.code, WRONG_SETTING.code})


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What checking a change found, how many records it changes, and what it was compared with, in words.

    `unread` has the first problem of each record, changed or not, that could not be read.
    """

    problems: tuple[Problem, ...]
    records_checked: int
    base_names: tuple[str, ...]
    unread: tuple[Problem, ...]


def check_against(root: Path, ref: str, today: date | None = None) -> ChangeReport:
    """Check what the work tree changes since it parted from `ref`; by severities, limits and exceptions of then.

    Errors are told wherever they stand in a changed record, the rest where the change touches it; what concerns
    records beside each other, where a changed one takes part.

    Raises:
        GitError: where git knows no such revision, or this clone lacks the history that it takes.
    """
    start, *sides = bases(root, ref)
    own, told = read_settings(root, {kind.name for kind in RULE_KINDS})
    settings = held_to(own, start.settings)
    repository = Repository(root, settings, told)
    names = repository.names
    each, sketches = check_each(repository, names, today, all_of_them=True)
    change = _Change(repository, tuple(sketches), start, start.changed(settings.records))
    problems = [*told, *_weaker(root, start.settings, own, told)]
    history = list(change.rewritten(start.settings))
    uncommitted = changed_files(root, "HEAD", [settings.records]) if sides else ()
    for side in sides:
        paths = [path for path in side.changed(settings.records) if path not in uncommitted]
        merged = _Change(repository, change.sketches, side, tuple(paths)).rewritten(start.settings)
        history += (problem for problem in merged if problem.code != ARRIVED_LATE.code)
    unsaid = {
        (problem.path, problem.line, problem.column)
        for problem in history
        if problem.code == CHANGED_WITHOUT_ENTRY.code
    }
    for problem in (*change.checked(today), *change.checked_together(today)):
        place = (problem.path, problem.line, problem.column)
        if not (problem.code == present_differs_from_log.kind.code and place in unsaid):
            problems.append(problem)
    compared_with = (start.name, *(side.name for side in sides))
    found = _in_order([*problems, *history])
    return ChangeReport(found, len(change.after), compared_with, tuple(each.unread))


@dataclass(frozen=True)
class _Change:
    """The records of the repository beside those of a base, as far as their files differ.

    Only these are read; what the others are asked is in the sketches.
    """

    repository: Repository
    sketches: tuple[Sketch, ...]
    base: Base
    paths: Sequence[str]

    @cached_property
    def after(self) -> tuple[Reading, ...]:
        """The changed records as they are now."""
        paths = set(self.paths)
        return tuple(self._reading(sketch.path) for sketch in self.sketches if sketch.path in paths)

    @cached_property
    def pairs(self) -> tuple[tuple[Reading, Reading | None], ...]:
        """Each changed record of the base with what it is now: of its id, else broken in its file, else renamed."""
        olds = self.base.readings(self.paths)
        known = {reading.evaluation.id for reading in olds if reading.evaluation}
        new = [one for one in self.after if one.evaluation and one.evaluation.id not in known]
        return tuple((old, self._now(old) or renamed(old, new)) for old in olds)

    def rewritten(self, settings: Settings) -> Iterator[Problem]:
        """What was done to the history of the base, but for the exceptions of these settings."""
        for old, now in self.pairs:
            yield from rewritten_history(old, now, self.after, settings.history.exceptions)

    def checked(self, today: date | None) -> Iterator[Problem]:
        """What the rules about one record find in the changed records, where the change touches them."""
        before = {id(now): old for old, now in self.pairs if now}
        for reading in self.after:
            found = check(reading, self.repository.settings, today)
            yield from on_touched(found, reading, touched(before.get(id(reading)), reading))

    def checked_together(self, today: date | None) -> Iterator[Problem]:
        """What the rules about records beside each other find: errors, and what is only there with the change."""
        paths = set(self.paths)
        rest = [sketch for sketch in self.sketches if sketch.path not in paths]
        without = set(self._beside(rest, today))
        for problem in self._beside(self.sketches, today):
            if is_error(problem) or problem not in without:
                yield problem

    def _beside(self, sketches: Sequence[Sketch], today: date | None) -> tuple[Problem, ...]:
        settings = self.repository.settings
        return check_sketches(
            sketches, settings, lambda path: under_check(self._reading(path), settings, today)
        )

    def _now(self, old: Reading) -> Reading | None:
        name = old.evaluation.id if old.evaluation else None
        here = [sketch.path for sketch in self.sketches if sketch.path == old.path]
        named = [sketch.path for sketch in self.sketches if name and sketch.id == name]
        for path in (*here, *named):
            reading = self._reading(path)
            if reading.evaluation and reading.evaluation.id == name:
                return reading
        unread = self._reading(old.path) if here else None
        return unread if unread and unread.evaluation is None else None

    def _reading(self, path: str) -> Reading:
        if path not in self._read:
            self._read[path] = self.repository.reading_of(path)
        return self._read[path]

    @cached_property
    def _read(self) -> dict[str, Reading]:
        return {}


def _weaker(root: Path, base: Settings, own: Settings, told: Iterable[Problem]) -> tuple[Problem, ...]:
    """Where the settings became weaker; nothing where they could not be read, which is told already."""
    if any(problem.code not in _PARTLY_READ for problem in told):
        return ()
    content = file_content(root / SETTINGS_FILE, LARGEST_SETTINGS)
    return weaker_settings(base, own, b"" if isinstance(content, OSError) else content, RULE_KINDS)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda one: (one.path, one.line, one.column, one.code)))
