"""Values of rows as a database and a pool of files hold them: typed, a partial date with its first and last day."""

import json
from collections.abc import Iterator
from typing import Any

from mrtrack.model.dates import Happened
from mrtrack.query.rows import json_value
from mrtrack.reports.exports.columns import TABLES, Column

NAMES = {"on": "happened"}
"""Columns that have another name here, as theirs is a word of SQL."""


def cells(row: Any, table: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - a row of any table
    """The columns of a row with their values in JSON's terms; a partial date gives three."""
    for column in TABLES[table].columns:
        name = NAMES.get(column.name, column.name)
        value = getattr(row, column.name)
        yield name, json_value(value)
        if column.kind in ("date", "happened"):
            day = value.date if isinstance(value, Happened) else value
            yield f"{name}_first", day.first.isoformat() if day else None
            yield f"{name}_last", day.last.isoformat() if day else None


def expanded(table: str) -> Iterator[Column]:
    """The columns of a table here, in the order of `cells`."""
    for column in TABLES[table].columns:
        name = NAMES.get(column.name, column.name)
        kept = "text" if column.kind in ("date", "happened") else column.kind
        yield Column(name, kept, column.meaning)
        if column.kind in ("date", "happened"):
            yield Column(f"{name}_first", "day", f"the first day of {name}")
            yield Column(f"{name}_last", "day", f"the last day of {name}")


def as_text(value: Any) -> Any:  # noqa: ANN401 - a value of any column
    """A value for a column of SQLite: lists as JSON, flags as 0 and 1."""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value
