"""Answers from the records themselves, each of which is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mrtrack.query.answers import Page
from mrtrack.query.brief import brief
from mrtrack.query.horizon import horizon
from mrtrack.query.rows import ROWS, columns
from mrtrack.query.selection import select
from mrtrack.query.sorting import in_order
from mrtrack.query.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mrtrack.model.record import Evaluation
    from mrtrack.model.settings import Days
    from mrtrack.query.filters import Filter
    from mrtrack.query.horizon import Horizon
    from mrtrack.query.selection import Selection
    from mrtrack.query.summary import Summary


@dataclass(frozen=True, slots=True)
class PlainAnswers:
    """Answers from the records themselves."""

    evaluations: Iterable[Evaluation]
    as_of: date
    days: Days

    def rows(self, kind: str, wanted: Filter, order: str | None, limit: int | None) -> Page:
        """See `Answers`."""
        rows = getattr(self.selection(wanted), kind)
        return Page(in_order(rows, columns(ROWS[kind]), order)[:limit], len(rows))

    def briefs(
        self,
        wanted: Filter,
        order: str | None,
        limit: int | None,
        *,
        counted: bool = True,  # noqa: ARG002 - it costs nothing here
    ) -> Page:
        """See `Answers`."""
        found = self.rows("actions", wanted, order, limit)
        return found._replace(rows=[brief(row) for row in found.rows])

    def summary(self, wanted: Filter, longest: int | None) -> Summary:
        """See `Answers`."""
        return summarise(self.selection(wanted), self.days.due_soon, longest)

    def horizon(self, wanted: Filter) -> Horizon:
        """See `Answers`."""
        return horizon(self.selection(wanted).actions, self.as_of)

    def selection(self, wanted: Filter) -> Selection:
        """See `Answers`."""
        return select(self.evaluations, wanted, self.as_of, self.days)
