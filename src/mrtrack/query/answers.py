"""What a reading command may ask of records: rows, counts, or everything that a filter lets through.

There are two that answer: `PlainAnswers`, which looks at every record, and the index; both say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mrtrack.query.filters import Filter
    from mrtrack.query.horizon import Horizon
    from mrtrack.query.selection import Selection
    from mrtrack.query.summary import Summary


class Page(NamedTuple):
    """The first rows of an answer, and how many there are in all."""

    rows: Sequence[Any]
    total: int


class Answers(Protocol):
    """Who answers; the day asked about and the limits in days are its own."""

    def rows(self, kind: str, wanted: Filter, order: str | None, limit: int | None) -> Page:
        """Rows of a kind that a filter lets through, in an order; at most `limit`.

        Raises:
            UnknownColumnError: where the order names a column that the rows do not have.
        """

    def briefs(self, wanted: Filter, order: str | None, limit: int | None, *, counted: bool = True) -> Page:
        """Actions that a filter lets through, in brief, in an order; at most `limit`.

        Where they need not be `counted`, the total may be that of the rows alone.

        Raises:
            UnknownColumnError: where the order names a column that whole rows do not have.
        """

    def summary(self, wanted: Filter, longest: int | None) -> Summary:
        """The counts; `longest` is how long its lists need to be, None for whole."""

    def horizon(self, wanted: Filter) -> Horizon:
        """The open actions by time."""

    def selection(self, wanted: Filter) -> Selection:
        """Everything that a filter lets through."""
