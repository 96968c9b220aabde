"""The counts of all records before and after: only those that differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mrtrack.changes.history import Wording
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.words import Decision, Status
from mrtrack.query.filters import Filter
from mrtrack.query.selection import select
from mrtrack.query.summary import Summary, summarise


@dataclass(frozen=True, slots=True)
class Count:
    """How many there were of something, and how many there are."""

    name: str
    before: int
    after: int

    @property
    def text(self) -> str:
        """The count as a person reads it: overdue 6 → 5."""
        return f"{self.name} {self.before:,} → {self.after:,}"


def counts(
    before: Sequence[Evaluation],
    after: Sequence[Evaluation],
    as_of: date,
    settings: Settings,
    wording: Wording,
) -> tuple[Count, ...]:
    """The counts that differ, of two states of the records as of one day; what asks for attention first."""
    sides = [summarise(select(side, Filter(), as_of, settings.days)) for side in (before, after)]
    old, new = (list(_counted(side, wording)) for side in sides)
    return tuple(Count(name, was, now) for (name, was), (_, now) in zip(old, new, strict=True) if was != now)


def _counted(summary: Summary, wording: Wording) -> Iterator[tuple[str, int]]:
    actions = summary.actions
    yield "overdue", actions.overdue
    yield "open", actions.open
    yield wording(Status.COMPLETED), actions.completed
    yield wording(Status.NO_LONGER_APPLICABLE), actions.no_longer_applicable
    yield "disputed", actions.disputed
    yield "response overdue", summary.responses["overdue"]
    yield "evaluations overdue", summary.evaluations["overdue"]
    for decision in Decision:
        yield f"recommendations {wording(decision)}", summary.decisions[decision.value]
    yield "evaluations", summary.evaluations["total"]
    yield "recommendations", summary.recommendations
    yield "actions", actions.total
