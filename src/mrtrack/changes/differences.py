"""What differs between two states of the records, matched by id and told in words; not how lines differ."""

import textwrap
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from mrtrack.changes.counts import Count, counts
from mrtrack.changes.items import action_changes, evaluation_changes, recommendation_changes
from mrtrack.changes.summaries import (
    new_action,
    new_evaluation,
    new_recommendation,
    removed_action,
    removed_evaluation,
    removed_recommendation,
)
from mrtrack.changes.telling import Change, Line, Subject, clipped, counted
from mrtrack.model.record import Action, Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.wording import label

HEADLINE = 72


class Fate(StrEnum):
    """What became of an evaluation's record."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class EvaluationDifferences:
    """All that differs in one evaluation, a line an item."""

    evaluation: str
    title: str | None
    fate: Fate
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs between two states of the records, and the counts that differ."""

    evaluations: tuple[EvaluationDifferences, ...]
    counts: tuple[Count, ...]

    @property
    def changes(self) -> list[Change]:
        """Every change by itself, in the order in which they are told."""
        return [change for one in self.evaluations for line in one.lines for change in line.changes]


def differences(
    before: Sequence[Evaluation],
    after: Sequence[Evaluation],
    as_of: date,
    settings: Settings,
    unread: Collection[str] = (),
) -> Differences:
    """What differs between two states of the records, evaluation by evaluation.

    `unread` names the evaluations whose record could not be read on one side: nothing is told of them, and
    they are left out of the counts of both sides. `as_of` is the day of the counts.
    """

    def wording(word: StrEnum | None) -> str:
        return label(word, settings)

    old = {one.id: one for one in reversed(before) if one.id not in unread}
    new = {one.id: one for one in reversed(after) if one.id not in unread}
    told: list[EvaluationDifferences] = []
    for name in sorted(old.keys() | new.keys()):
        found = _of_one(Subject(name, "", wording), old.get(name), new.get(name), as_of)
        if found.lines:
            told.append(found)
    sides = [[side[name] for name in sorted(side)] for side in (old, new)]
    return Differences(tuple(told), counts(sides[0], sides[1], as_of, settings, wording) if told else ())


def headline(found: Differences) -> str:
    """What changed in one line of at most 72 characters: for a commit or a branch."""
    if not found.evaluations:
        return "No record changes"
    if len(found.evaluations) > 1:
        lines = sum(len(one.lines) if one.fate is Fate.CHANGED else 1 for one in found.evaluations)
        return f"{len(found.evaluations)} records: {counted(lines, 'change')}"
    (one,) = found.evaluations
    if one.fate is not Fate.CHANGED:
        return clipped(f"{one.evaluation}: {one.fate} evaluation", HEADLINE)
    whole = f"{one.evaluation}: {', '.join(line.brief for line in one.lines)}"
    if len(whole) > HEADLINE and len(one.lines) > 1:
        whole = f"{one.evaluation}: {counted(len(one.lines), 'change')}"
    return clipped(whole, HEADLINE)


def as_lines(found: Differences) -> list[str]:
    """What changed, line by line of at most 72 characters where words allow it: for the body of a commit."""
    lines: list[str] = []
    for one in found.evaluations:
        if lines:
            lines.append("")
        lines.append(one.evaluation if one.fate is Fate.CHANGED else f"{one.evaluation} ({one.fate})")
        for line in one.lines:
            lines += textwrap.wrap(
                line.text,
                HEADLINE,
                initial_indent="- ",
                subsequent_indent="  ",
                break_long_words=False,
                break_on_hyphens=False,
            )
    if found.counts:
        lines += ["", *textwrap.wrap(", ".join(count.text for count in found.counts), HEADLINE)]
    return lines


def _of_one(
    subject: Subject, before: Evaluation | None, after: Evaluation | None, as_of: date
) -> EvaluationDifferences:
    if before is None and after is not None:
        return EvaluationDifferences(after.id, after.title, Fate.NEW, new_evaluation(subject, after, as_of))
    if after is None and before is not None:
        line = Line("", (removed_evaluation(subject, before),))
        return EvaluationDifferences(before.id, before.title, Fate.REMOVED, (line,))
    title = after.title if after else None
    lines = tuple(_lines(subject, before, after)) if before and after and before != after else ()
    return EvaluationDifferences(subject.ref, title, Fate.CHANGED, lines)


def _lines(subject: Subject, before: Evaluation, after: Evaluation) -> Iterator[Line]:
    def named(ref: str, name: str) -> Subject:
        return Subject(f"{after.id}:{ref}", name, subject.wording)

    whole = Subject(after.id, "evaluation", subject.wording)
    yield from _line(whole, evaluation_changes(whole, before, after))
    asked = {one.id: one for one in before.recommendations or ()}
    promised = {action.id: (action, one.id) for one in asked.values() for action in one.actions or ()}
    there: set[str] = set()
    for one in after.recommendations or ():
        item = named(one.id, f"recommendation {one.id}")
        kept = asked.pop(one.id, None)
        if kept:
            yield from _line(item, recommendation_changes(item, kept, one))
        else:
            yield Line(item.name, (new_recommendation(item, one, promised.keys()),))
        for action in one.actions or ():
            there.add(action.id)
            known = promised.get(action.id)
            if known or kept:
                yield from _action_line(named(action.id, action.id), known, action, one.id)
    for lost in asked.values():
        item = named(lost.id, f"recommendation {lost.id}")
        yield Line(item.name, (removed_recommendation(item, lost, there),))
    for action, above in promised.values():
        if action.id not in there and above not in asked:
            yield Line(action.id, (removed_action(named(action.id, action.id), action),))


def _action_line(
    item: Subject, known: tuple[Action, str] | None, action: Action, under: str
) -> Iterator[Line]:
    if known is None:
        yield Line(item.name, (new_action(item, action),))
        return
    before, above = known
    moved = f"moved from recommendation {above} to {under}"
    left = [item.change("moved", moved, above, under)] if above != under else []
    yield from _line(item, chain(left, action_changes(item, before, action)))


def _line(item: Subject, told: Iterator[Change]) -> Iterator[Line]:
    changes = tuple(told)
    if changes:
        yield Line(item.name, changes)
