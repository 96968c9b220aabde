"""What came of asking: which actions a unit has reported on since the day on which it was asked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from mrtrack.model.record import ActionEntry, Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.spellings import folded
from mrtrack.model.wording import same_unit
from mrtrack.store.asked import Asking


class AskedRow(NamedTuple):
    """One asking as of a day; its fields, in their order, are the keys of its JSON item.

    An action is `answered` where an entry of the unit, or of a member of it, came in since; `recorded_by_others`
    where only others have recorded something; else it is `waiting`. `days_waited` counts to the day of the last
    of these entries or, while something is waiting, to the day that the rows are as of.
    """

    unit: str
    asked: date
    refs: tuple[str, ...]
    answered: tuple[str, ...]
    recorded_by_others: tuple[str, ...]
    waiting: tuple[str, ...]
    last_answer: date | None
    days_waited: int


def asked_rows(
    askings: Iterable[Asking], evaluations: Iterable[Evaluation], settings: Settings, as_of: date
) -> list[AskedRow]:
    """The askings of the days up to a day, each with what was recorded since; the first one first."""
    asked = [one for one in askings if one.day <= as_of]
    wanted = {ref for one in asked for ref in one.refs}
    histories = {ref: entries for ref, entries in _histories(evaluations) if ref in wanted}
    return [_row(one, histories, settings, as_of) for one in asked]


def _row(
    asking: Asking, histories: Mapping[str, tuple[ActionEntry, ...]], settings: Settings, as_of: date
) -> AskedRow:
    names = _names_of(asking.unit, settings)
    answered: list[str] = []
    others: list[str] = []
    waiting: list[str] = []
    days: list[date] = []
    for ref, known in asking.entries.items():
        later = histories.get(ref, ())[known:]
        since = [entry for entry in later if asking.day <= entry.date <= as_of]
        own = [entry for entry in since if entry.by and folded(same_unit(entry.by, settings)) in names]
        (answered if own else others if since else waiting).append(ref)
        days += [entry.date for entry in own or since]
    end = as_of if waiting else max(days, default=asking.day)
    return AskedRow(
        unit=asking.unit,
        asked=asking.day,
        refs=asking.refs,
        answered=tuple(answered),
        recorded_by_others=tuple(others),
        waiting=tuple(waiting),
        last_answer=max(days, default=None),
        days_waited=(end - asking.day).days,
    )


def _names_of(unit: str, settings: Settings) -> set[str]:
    declared = settings.units.get(unit)
    members = declared.members if declared else ()
    return {folded(same_unit(name, settings)) for name in (unit, *members)}


def _histories(evaluations: Iterable[Evaluation]) -> Iterator[tuple[str, tuple[ActionEntry, ...]]]:
    for evaluation in evaluations:
        for recommendation in evaluation.recommendations or ():
            for action in recommendation.actions or ():
                yield f"{evaluation.id}:{action.id}", tuple(action.history or ())
