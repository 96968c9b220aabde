"""What an export is made of: the rows for publication, a portion at a time, and what is told about them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from mrtrack.changes import HistoryRow
from mrtrack.query.rows import ActionRow
from mrtrack.query.selection import Selection
from mrtrack.reports.exports.columns import TABLES

Wording = Callable[[StrEnum | None], str]


@dataclass(frozen=True, slots=True)
class Portion:
    """The rows of one evaluation, or of several, of one repository; `open_actions` are the references of those.

    Rows are made ready for publication already; whether an action is open was asked before.
    """

    repository: str
    selection: Selection
    history: Callable[[], Sequence[HistoryRow]]
    open_actions: frozenset[str]

    def rows(self, table: str) -> Iterable[Any]:
        """The rows of one of the four tables."""
        return self.history() if table == "history" else getattr(self.selection, table)

    def due(self) -> Iterator[ActionRow]:
        """The open actions."""
        return (row for row in self.selection.actions if row.ref in self.open_actions)


@dataclass(frozen=True, slots=True)
class About:
    """What is told about an export: the day asked about, the commits by repository, and what is not in it."""

    as_of: date
    commits: Mapping[str, str]
    filtered: bool
    omitted: Sequence[str]
    unread: Callable[[], Sequence[str]]

    def told(self) -> Iterator[tuple[str, str]]:
        """What to know about the export, a name and a value each; to be asked when all portions are through."""
        yield "as of", self.as_of.isoformat()
        for name, commit in self.commits.items():
            yield ("commit" if len(self.commits) == 1 else f"commit of {name}"), commit
        if self.filtered:
            yield "rows", "a selection: filters were given"
        if self.omitted:
            yield "left out", ", ".join(self.omitted)
        for line in self.unread():
            yield "not read", line


def values(row: Any, table: str) -> list[Any]:  # noqa: ANN401 - a row of any table
    """The values of a row, in the order of the table's columns."""
    return [getattr(row, column.name) for column in TABLES[table].columns]
