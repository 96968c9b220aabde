"""What there is to tell a unit: of the actions that it leads, those overdue, due soon, stale or disputed.

Which action is told, and under what, is found in the whole records; what is shown of it, in the published ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mrtrack import timeline
from mrtrack.model.dates import PartialDate
from mrtrack.model.record import ActionEntry
from mrtrack.model.settings import Settings
from mrtrack.model.wording import label, same_unit
from mrtrack.query.rows import ActionRow
from mrtrack.query.selection import Selection

LONGEST_TEXT = 600
SECTIONS = ("disputed", "overdue", "due_soon", "stale")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One action as a message tells it. What is not stated, or not published, is None.

    `evaluation` and `asked_for` are the titles of the evaluation and of its recommendation, `recommendation` the
    number of the latter. `status` is in the organisation's words; `days_late` and `days_left` count from the last
    day of `due`; `moved` counts the entries that moved it to a later one. `doubt…` is what the independent reader
    said of a completion that is disputed.
    """

    ref: str
    evaluation: str
    recommendation: str
    asked_for: str | None
    text: str | None
    due: PartialDate | None
    original_due: PartialDate | None
    moved: int
    days_late: int | None
    days_left: int | None
    long_overdue: bool
    status: str | None
    updated: date | None
    doubt: str | None
    doubt_by: str | None
    doubt_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a unit is told. Each action stands once, in the first list that it fits, in the order of `SECTIONS`.

    `entries` are the actions that are told, each with the number of entries it has now; `others` counts the unit's
    open actions that are not told.
    """

    unit: str
    overdue: tuple[Told, ...]
    due_soon: tuple[Told, ...]
    stale: tuple[Told, ...]
    disputed: tuple[Told, ...]
    entries: Mapping[str, int]
    others: int


def tellings(selection: Selection, published: Selection, settings: Settings) -> list[Telling]:
    """What there is to tell each unit that leads one of these actions, in the order of the units' names.

    `published` is the same selection as it may leave the repository.
    """
    shown = {row.ref: row for row in published.actions}
    by_unit: dict[str, list[ActionRow]] = {}
    for row in selection.actions:
        if row.responsible and row.ref in shown:
            by_unit.setdefault(same_unit(row.responsible, settings), []).append(row)
    found = [_telling(unit, rows, shown, settings, selection.as_of) for unit, rows in by_unit.items()]
    return sorted((one for one in found if one.entries), key=lambda one: (one.unit.casefold(), one.unit))


def _telling(
    unit: str, rows: Sequence[ActionRow], shown: Mapping[str, ActionRow], settings: Settings, as_of: date
) -> Telling:
    lists: dict[str, list[ActionRow]] = {name: [] for name in SECTIONS}
    for row in rows:
        fitting = next((name for name in SECTIONS if getattr(row, name)), None)
        if fitting:
            lists[fitting].append(row)
    lists["overdue"].sort(key=lambda row: -(row.days_overdue or 0))
    lists["due_soon"].sort(key=lambda row: row.due.last if row.due else date.max)
    lists["stale"].sort(key=lambda row: row.updated or date.min)
    entries = {row.ref: len(row.of.history or ()) for some in lists.values() for row in some}
    return Telling(
        unit=unit,
        entries=entries,
        others=sum(row.open and row.ref not in entries for row in rows),
        **{
            name: tuple(_told(row, shown[row.ref], settings, as_of) for row in some)
            for name, some in lists.items()
        },
    )


def _told(row: ActionRow, shown: ActionRow, settings: Settings, as_of: date) -> Told:
    due = shown.due
    doubt = _doubt(shown, as_of) if row.disputed else None
    recommendation = shown.parent
    return Told(
        ref=row.ref,
        evaluation=recommendation.parent.title or row.evaluation,
        recommendation=recommendation.number or row.recommendation,
        asked_for=recommendation.title,
        text=_shortened(" – ".join(filter(None, (shown.title, shown.text))) or recommendation.text),
        due=due,
        original_due=shown.original_due if shown.original_due != due else None,
        moved=row.postponements if due else 0,
        days_late=row.days_overdue if due else None,
        days_left=(due.last - as_of).days if due and row.due_soon else None,
        long_overdue=row.long_overdue,
        status=None if row.status and not shown.status else label(shown.status, settings),
        updated=shown.updated,
        doubt=_shortened(doubt.comment) if doubt else None,
        doubt_by=doubt.by if doubt else None,
        doubt_on=doubt.date if doubt else None,
    )


def _doubt(shown: ActionRow, as_of: date) -> ActionEntry | None:
    entries = timeline.standing(shown.of.history, as_of)
    return next((entry for entry in reversed(entries) if entry.verdict), None)


def _shortened(text: str | None) -> str | None:
    flat = " ".join((text or "").split())
    if len(flat) <= LONGEST_TEXT:
        return flat or None
    return flat[:LONGEST_TEXT].rsplit(" ", 1)[0] + " …"
