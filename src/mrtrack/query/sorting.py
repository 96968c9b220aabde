"""Rows in an order."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from mrtrack.model.dates import EntryName, Happened, PartialDate
from mrtrack.query.order import sort_keys


def in_order(rows: Sequence[Any], columns: Sequence[str], order: str | None) -> list[Any]:
    """Rows sorted by the named columns, `-` for descending; dates by their last day, what has no value last.

    Raises:
        UnknownColumnError: where the rows have no such column.
    """
    ordered = list(rows)
    for name, descending in reversed(sort_keys(order, columns)):
        values = [(getattr(row, name), row) for row in ordered]
        stated = [(_sortable(value), row) for value, row in values if value not in (None, "", ())]
        stated.sort(key=itemgetter(0), reverse=descending)
        ordered = [row for _, row in stated] + [row for value, row in values if value in (None, "", ())]
    return ordered


def _sortable(value: Any) -> Any:  # noqa: ANN401 - a value of any column
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, (tuple, EntryName)):
        return str(value)
    if isinstance(value, Happened):
        return value.date.last
    return value.last if isinstance(value, PartialDate) else value
