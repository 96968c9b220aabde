"""Which units are asked for answers, and about which actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mrtrack.importers.answers.context import LEAD, SUPPORT, part_of
from mrtrack.model.settings import Settings
from mrtrack.model.spellings import folded, searchable
from mrtrack.model.wording import same_unit
from mrtrack.query.rows import ActionRow


@dataclass(frozen=True, slots=True)
class Asking:
    """A unit by its known name, and the open actions that it is asked about: those it leads go first."""

    unit: str
    rows: tuple[ActionRow, ...]
    led: int

    @property
    def supported(self) -> int:
        """How many of the actions it only helps with."""
        return len(self.rows) - self.led

    @property
    def overdue(self) -> int:
        """How many of the actions are overdue."""
        return sum(row.overdue for row in self.rows)


def askings(
    rows: Iterable[ActionRow], settings: Settings, units: Sequence[str] = (), leads: Sequence[str] = ()
) -> list[Asking]:
    """The units to ask about their open actions, in the order of their names.

    Without names every unit that leads one; with `units` each unit so named, with `leads` each so named lead. A
    name is a unit's own, else part of it.
    """
    still = [row for row in rows if row.open]
    leading = {same_unit(row.responsible, settings) for row in still if row.responsible}
    helping = {same_unit(name, settings) for row in still for name in row.supported_by}
    names = _named(units, leading | helping, settings) if units else leading
    if leads:
        names = names & _named(leads, leading, settings)
    return [asking(name, still, settings) for name in sorted(names, key=lambda name: (folded(name), name))]


def asking(unit: str, rows: Iterable[ActionRow], settings: Settings) -> Asking:
    """What one unit is asked about, of these actions: the open ones that it leads, then those that it supports."""
    name = same_unit(unit, settings)
    its = [
        row
        for row in rows
        if row.open
        and any(same_unit(one, settings) == name for one in (row.responsible, *row.supported_by) if one)
    ]
    parts = {part: [row for row in its if part_of(row, name, settings) == part] for part in (LEAD, SUPPORT)}
    return Asking(name, (*parts[LEAD], *parts[SUPPORT]), len(parts[LEAD]))


def _named(wanted: Sequence[str], known: set[str], settings: Settings) -> set[str]:
    found: set[str] = set()
    for text in wanted:
        meant = searchable(same_unit(text, settings))
        own = {name for name in known if searchable(name) == meant}
        found |= own or {name for name in known if meant in searchable(name)}
    return found
