"""What a site is about: the rows to count and the rows to show, by evaluation, unit and year, as of a day."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from mrtrack.model.settings import Settings
from mrtrack.model.wording import same_unit
from mrtrack.problems import Problem
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow
from mrtrack.query.selection import Selection


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where the record of an evaluation comes from: its last commit, and whether it was changed since.

    `commit` is empty where the record is in none; `age` counts how many records changed after this one.
    """

    commit: str = ""
    uncommitted: bool = False
    age: int = 0


@dataclass(frozen=True, slots=True)
class UnitRows:
    """The actions that a unit leads, and those it supports."""

    name: str
    leads: tuple[ActionRow, ...]
    supports: tuple[ActionRow, ...]

    @property
    def rows(self) -> tuple[ActionRow, ...]:
        """All of them, each once."""
        led = {row.ref for row in self.leads}
        return self.leads + tuple(row for row in self.supports if row.ref not in led)


@dataclass(frozen=True, slots=True)
class YearRows:
    """The evaluations that ended (else: are to end) in a year, and the actions due in it."""

    year: int
    evaluations: tuple[EvaluationRow, ...]
    actions: tuple[ActionRow, ...]

    @property
    def among(self) -> set[str]:
        """The evaluations that the year's page is about."""
        return {row.evaluation for row in self.evaluations} | {row.evaluation for row in self.actions}


@dataclass(frozen=True)
class Subject:
    """The selection whose figures are told, the same as it may be published, and where each record comes from.

    By evaluation: `digests` are of the records' contents, `same` the evaluations that it names as the same, `days`
    those of its latest entries, with the item of each. By action: `marks` differ where differs what lists and downloads
    tell of it. Rows may lack long texts, and what they are of: `full` gives those to show of an evaluation with all.
    """

    whole: Selection
    shown: Selection
    settings: Settings
    digests: Mapping[str, str]
    stamps: Mapping[str, Stamp]
    same: Mapping[str, Sequence[str]]
    days: Mapping[str, Sequence[tuple[date, str]]]
    marks: Mapping[str, bytes]
    full: Callable[[str], Selection]
    unread: Sequence[Problem] = field(default=())

    @property
    def as_of(self) -> date:
        """The day the site is about."""
        return self.shown.as_of

    @cached_property
    def evaluations(self) -> dict[str, EvaluationRow]:
        """The published row of each evaluation, in the records' order."""
        return {row.evaluation: row for row in self.shown.evaluations}

    @cached_property
    def recommendations_of(self) -> dict[str, list[RecommendationRow]]:
        """The published recommendations of each evaluation."""
        return _by(self.shown.recommendations)

    @cached_property
    def actions_of(self) -> dict[str, list[ActionRow]]:
        """The published actions of each evaluation."""
        return _by(self.shown.actions)

    @cached_property
    def counted(self) -> dict[str, ActionRow]:
        """Each action as the whole record has it, for figures."""
        return {row.ref: row for row in self.whole.actions}

    def actions_in_full(self, evaluation: str) -> Sequence[ActionRow]:
        """The published actions of an evaluation, with all of their texts."""
        return self.full(evaluation).actions

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each published action among those of its evaluation."""
        return {row.ref: place for rows in self.actions_of.values() for place, row in enumerate(rows)}

    @cached_property
    def units(self) -> dict[str, UnitRows]:
        """The units by their names, in alphabetical order, each with its actions by due date."""
        leads: dict[str, list[ActionRow]] = {}
        supports: dict[str, list[ActionRow]] = {}
        for row in self.shown.actions:
            if row.responsible:
                leads.setdefault(self.unit(row.responsible), []).append(row)
            for name in dict.fromkeys(self.unit(name) for name in row.supported_by):
                supports.setdefault(name, []).append(row)
        names = sorted({*leads, *supports}, key=lambda name: (name.casefold(), name))
        return {
            name: UnitRows(name, by_due(leads.get(name, ())), by_due(supports.get(name, ())))
            for name in names
        }

    @cached_property
    def years(self) -> dict[int, YearRows]:
        """The years in which an evaluation ended or an action is due, the latest first."""
        ended: dict[int, list[EvaluationRow]] = {}
        due: dict[int, list[ActionRow]] = {}
        for evaluation in self.shown.evaluations:
            end = evaluation.completed or evaluation.report_date or evaluation.planned_end
            if end:
                ended.setdefault(end.last.year, []).append(evaluation)
        for row in self.shown.actions:
            if row.due:
                due.setdefault(row.due.last.year, []).append(row)
        return {
            year: YearRows(year, tuple(ended.get(year, ())), by_due(due.get(year, ())))
            for year in sorted({*ended, *due}, reverse=True)
        }

    @cached_property
    def answers(self) -> dict[str, list[ActionRow]]:
        """The actions of other evaluations that serve a recommendation, by its ref."""
        found: dict[str, list[ActionRow]] = {}
        for row in self.shown.actions:
            for ref in row.serves:
                if ":" in ref and not ref.startswith(f"{row.evaluation}:"):
                    found.setdefault(ref, []).append(row)
        return found

    def knows(self, ref: str) -> bool:
        """Whether the site shows a recommendation, by its ref."""
        return ref in self._asked

    def unit(self, name: str) -> str:
        """The name by which a unit is known."""
        if name not in self._names:
            self._names[name] = same_unit(name, self.settings)
        return self._names[name]

    def figures(self, rows: Iterable[ActionRow]) -> list[ActionRow]:
        """The rows to count for rows that are shown."""
        if self._shows_all:
            return list(rows)
        return [self.counted[row.ref] for row in rows]

    def stamp(self, evaluations: Iterable[str]) -> Stamp:
        """Where a page about several records comes from: their last commit, and whether any was changed since."""
        stamps = [self.stamps[name] for name in evaluations]
        last = min((stamp for stamp in stamps if stamp.commit), key=lambda stamp: stamp.age, default=Stamp())
        return Stamp(last.commit, any(stamp.uncommitted for stamp in stamps), last.age)

    def digest(self, evaluations: Iterable[str]) -> str:
        """What a page about these records depends on, in a few letters."""
        told = (f"{name} {self.digests[name]}" for name in sorted(set(evaluations)))
        return hashlib.sha256("\n".join(told).encode()).hexdigest()

    def marked(self, rows: Iterable[ActionRow]) -> str:
        """What a list of these actions depends on, in a few letters."""
        return hashlib.sha256(b"".join([self.marks[row.ref] for row in rows])).hexdigest()

    @cached_property
    def _shows_all(self) -> bool:
        """Whether the rows that are shown are those that are counted, with nothing left out."""
        pairs = zip(self.whole.actions, self.shown.actions, strict=False)
        same = all(counted is shown for counted, shown in pairs)
        return same and len(self.whole.actions) == len(self.shown.actions)

    @cached_property
    def _asked(self) -> frozenset[str]:
        return frozenset(row.ref for row in self.shown.recommendations)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {}


def by_due(rows: Iterable[ActionRow]) -> tuple[ActionRow, ...]:
    """Actions by the last day of their due period; what has no date comes last."""
    return tuple(sorted(rows, key=lambda row: (row.due is None, row.due.last if row.due else date.max)))


def _by(rows: Iterable[ActionRow] | Iterable[RecommendationRow]) -> dict:  # type: ignore[type-arg]
    found: dict[str, list] = {}  # type: ignore[type-arg]
    for row in rows:
        found.setdefault(row.evaluation, []).append(row)
    return found
