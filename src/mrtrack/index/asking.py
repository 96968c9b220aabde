"""The questions in SQL: which items a filter lets through as of a day, in which order, and how many stand where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mrtrack.index.conditions import conditions
from mrtrack.index.counting import added_up

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from mrtrack.index.counting import Counts, Days
    from mrtrack.index.texts import Said
    from mrtrack.query.filters import Filter


MANY = 2_000
"""How many actions are worth looking for one after the other rather than by an index."""

PLACE = ("file", "recommendation", "action")
"""The columns that tell where an action stands, as `Item` has them."""


class Item(NamedTuple):
    """Where an item stands: its file, its recommendation's position there, and its own among all actions there."""

    file: int
    recommendation: int = 0
    action: int = 0


class Question:
    """A filter as of a day, to be asked of the index. Days are ordinals; `days` are the limits.

    `is_present` tells that nothing recorded lies after the day, so that what stands now answers. `saying` tells
    where actions stand whose words are wanted; the filter's own `text` is not looked at.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        wanted: Filter,
        day: int,
        days: Days,
        *,
        saying: Said | None = None,
    ) -> None:
        self._database, self._wanted, self._day, self._days = database, wanted, day, days
        self._limits = conditions(database, wanted, day, days)
        self._saying = saying
        (latest,) = database.execute("SELECT value FROM about WHERE key = 'latest'").fetchone()
        self.is_present = latest <= day

    def count(self) -> int:
        """How many actions fit."""
        sources = [self._saying.source] if self._saying and self._limits.is_none else self._sources()
        return sum(self._rows(f"SELECT count(*) FROM {source}")[0][0] for source in sources)

    def actions(
        self,
        columns: Sequence[str],
        order: Sequence[tuple[str, bool]],
        limit: int | None,
        *,
        many: bool = False,
    ) -> list[tuple[Any, ...]]:
        """Columns, which begin with PLACE, of the first actions that fit, in an order of columns that `sorts` knows.

        They are found first, by the columns that an order needs, and only then looked up. Where `many` fit, the first
        in the order of the records are met soon by looking at one after the other.
        """
        if self._saying and self._limits.is_none and limit is not None and not order:
            return self._saying_page(self._saying, columns, limit)
        keys = [self._key(name, down=down) for name, down in order]
        told = "".join(f", {column} AS key{nth}" for nth, (column, *_) in enumerate(keys))
        sorted_by = [
            f"key{nth} {'DESC' if down else 'ASC'}{nulls}" for nth, (_, down, nulls) in enumerate(keys)
        ]
        limits = self._limits
        one_by_one = many and not (order or self._saying or limits.recommendation or limits.evaluation)
        place = f" ORDER BY {', '.join([*sorted_by, 'a.file, a.action'])}"
        place += "" if limit is None else f" LIMIT {limit}"
        again = "".join(f", key{nth}" for nth in range(len(keys)))
        asked = ", ".join(f"a.{column}" for column in columns) + again
        rows: list[tuple[Any, ...]] = []
        sources = self._sources(one_by_one=one_by_one)
        for source, (table, held) in zip(sources, self._tables(), strict=True):
            found = f"SELECT a.file AS at_file, a.action AS at_action{told} FROM {source}{place}"
            joined = f"({found}) CROSS JOIN {table} ON a.file = at_file AND a.action = at_action"
            rows += self._rows(f"SELECT {asked} FROM {_where(joined, held)}{place}")
        width = len(columns)
        if len(sources) > 1:
            downs = [down for _, down, _ in keys]
            rows.sort(key=lambda row: (*_in_python(row[width:], downs), row[0], row[2]))
        return [row[:width] for row in rows[:limit]]

    def _saying_page(self, said: Said, columns: Sequence[str], limit: int) -> list[tuple[Any, ...]]:
        """The first actions whose words are wanted, where nothing else is."""
        found = f"SELECT t.file, t.action FROM {said.source} AND w.rowid"
        early = f"SELECT * FROM ({found} <= {said.ordered} ORDER BY w.rowid LIMIT {limit})"
        first = f"{early} UNION ALL {found} > {said.ordered} ORDER BY 1, 2 LIMIT {limit}"
        told = f"SELECT {', '.join(columns)} FROM ({first}) JOIN actions_now USING (file, action)"
        return self._rows(f"{told} ORDER BY file, action")

    def recommendations(self, limit: int | None) -> tuple[list[Item], int]:
        """The first recommendations that fit, in the order of the records, and how many fit in all."""
        return self._page("r.file, r.recommendation", self._recommendations(), limit)

    def evaluations(self, limit: int | None = None) -> tuple[list[Item], int]:
        """The first evaluations that fit, in the order of the records, and how many fit in all."""
        return self._page("e.file", self._evaluations(), limit)

    def counts(
        self, group: str, columns: str, files: Sequence[int] | None = None
    ) -> dict[int | None, Counts]:
        """The counts of the actions that fit by `file` or `lead`; in some files alone, or in all."""
        sources = self._sources(*_in(files, "a"))
        told = (f"SELECT a.{group}, {columns} FROM {source} GROUP BY a.{group}" for source in sources)
        return added_up(self._database, told, self._limits.values if self._limits.evaluation else ())

    def recommendation_counts(self, key: str, files: Sequence[int] | None = None) -> list[tuple[int, int]]:
        """How many counted recommendations fit: by `decision`, or by `file`; in some files alone, or in all."""
        source = self._recommendations("r.counted", files=files)
        return self._rows(f"SELECT r.{key}, count(*) FROM {source} GROUP BY r.{key}")

    def whole_counts(self, columns: str) -> Counts:
        """The counts of all actions that fit."""
        rows = [row for source in self._sources() for row in self._rows(f"SELECT {columns} FROM {source}")]
        return tuple(map(sum, zip(*rows, strict=True)))

    def evaluation_counts(self, files: Sequence[int] | None = None) -> list[tuple[Any, ...]]:
        """The evaluations that fit by status: the status, how many, how many overdue; then of their responses.

        These are how many are required, there, still due, overdue, and due soon.
        """
        day, soon = self._day, self._days[1]
        waiting = "e.required AND NOT e.responded"
        told = (
            "count(*)",
            f"coalesce(sum(e.late_after < {day}), 0)",
            "coalesce(sum(e.required), 0)",
            "coalesce(sum(e.responded), 0)",
            f"coalesce(sum({waiting} AND NOT coalesce(e.response_due < {day}, 0)), 0)",
            f"coalesce(sum({waiting} AND e.response_due < {day}), 0)",
            f"coalesce(sum(NOT e.responded AND e.response_due BETWEEN {day} AND {day + soon}), 0)",
        )
        source = self._evaluations(files=files)
        return self._rows(f"SELECT e.status, {', '.join(told)} FROM {source} GROUP BY e.status")

    def names(self, kind: str) -> dict[int, str]:
        """The names of a kind by their numbers."""
        return dict(self._database.execute("SELECT name, text FROM names WHERE kind = ?", [kind]))

    def evaluation_lines(self, files: Sequence[int] | None = None) -> list[tuple[Any, ...]]:
        """Of each evaluation that fits: file, id, title, number of its organisation's name, status."""
        source = self._evaluations(files=files)
        return self._rows(f"SELECT e.file, e.id, e.title, e.organisation, e.status FROM {source}")

    def sorts(self, column: str) -> bool:
        """Whether actions can be put in the order of a column here."""
        return column in ("due", "days_overdue", "updated")

    def _key(self, name: str, *, down: bool) -> tuple[str, bool, str]:
        """The column to sort by, whether it descends, and where those without a value go.

        What is longest overdue has the earliest due date.
        """
        last = " NULLS LAST"
        if name == "days_overdue" and self._wanted.overdue:
            return "a.open_due", not down, ""
        if name == "days_overdue":
            return f"CASE WHEN a.open_due < {self._day} THEN a.open_due END", not down, last
        return {"due": "a.due_last", "updated": "a.updated"}[name], down, last

    def _page(self, columns: str, source: str, limit: int | None) -> tuple[list[Item], int]:
        told = f"SELECT {columns} FROM {source} ORDER BY {columns}"
        if limit is None:
            found = [Item(*row) for row in self._rows(told)]
            return found, len(found)
        (total,) = self._rows(f"SELECT count(*) FROM {source}")[0]
        return [Item(*row) for row in self._rows(f"{told} LIMIT {limit}")], total

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        asked = statement.count("?")
        values = self._limits.values * (asked // len(self._limits.values)) if asked else ()
        return self._database.execute(statement, values).fetchall()

    def _sources(self, *beside: str, one_by_one: bool = False) -> list[str]:
        """The actions that fit, as what follows FROM: in each table that holds some, looked up or `one_by_one`."""
        limits = self._limits
        joined = " NOT INDEXED" if one_by_one else ""
        if limits.recommendation:
            joined += f" JOIN {self._recommendation_table()} USING (file, recommendation)"
        if limits.evaluation:
            joined += f" JOIN {self._evaluation_table()} USING (file)"
        beside = (*limits.action, *limits.recommendation, *limits.evaluation, *beside)
        return [_where(f"{self._said(table)}{joined}", (*held, *beside)) for table, held in self._tables()]

    def _said(self, table: str) -> str:
        """A table of actions; where words are wanted, of those that the full text finds, each looked up there."""
        if not self._saying:
            return table
        return f"(SELECT t.file, t.action FROM {self._saying.source}) CROSS JOIN {table} USING (file, action)"

    def _promised(self, columns: str, *beside: str) -> str:
        """The places of the actions that fit by themselves."""
        told = self._tables()
        limits = (*self._limits.action, *beside)
        return " UNION ".join(
            f"SELECT DISTINCT {columns} FROM {_where(table, (*held, *limits))}" for table, held in told
        )

    def _tables(self) -> list[tuple[str, tuple[str, ...]]]:
        """The tables of actions, each with what holds of those that were there."""
        if self.is_present:
            return [("actions_now a", ())]
        begun = f"a.since <= {self._day}"
        return [("actions_now a", (begun,)), ("actions_before a", (begun, f"a.until > {self._day}"))]

    def _recommendations(self, *beside: str, files: Sequence[int] | None = None) -> str:
        limits = self._limits
        joined = self._asked_recommendations(files)
        if limits.evaluation:
            joined += f" JOIN {self._evaluation_table()} USING (file)"
        return _where(joined, (*limits.recommendation, *limits.evaluation, *_in(files, "r"), *beside))

    def _asked_recommendations(self, files: Sequence[int] | None) -> str:
        """The recommendations, of those actions alone that fit where a filter is about actions."""
        joined = self._recommendation_table()
        if not self._limits.about_actions:
            return joined
        promised = self._promised("a.file, a.recommendation", *_in(files, "a"))
        return f"({promised}) JOIN {joined} USING (file, recommendation)"

    def _evaluations(self, *beside: str, files: Sequence[int] | None = None) -> str:
        limits = self._limits
        joined = self._evaluation_table()
        if limits.about_actions and not limits.recommendation:
            joined = f"({self._promised('a.file', *_in(files, 'a'))}) JOIN {joined} USING (file)"
        elif limits.about_recommendations:
            told = f"SELECT DISTINCT r.file FROM {_where(self._asked_recommendations(files), limits.recommendation)}"
            joined = f"({told}) JOIN {joined} USING (file)"
        return _where(joined, (*limits.evaluation, *_in(files, "e"), *beside))

    def _evaluation_table(self) -> str:
        return f"(SELECT * FROM evaluation_states JOIN evaluations USING (file) WHERE {self._held}) e"

    def _recommendation_table(self) -> str:
        joined = "recommendation_states JOIN recommendations USING (file, recommendation)"
        return f"(SELECT * FROM {joined} WHERE {self._held}) r"

    @property
    def _held(self) -> str:
        return f"since <= {self._day} AND until > {self._day}"


def _where(source: str, wanted: Sequence[str]) -> str:
    return f"{source} WHERE {' AND '.join(wanted)}" if wanted else source


def _in(files: Sequence[int] | None, table: str) -> tuple[str, ...]:
    return () if files is None else (f"{table}.file IN ({', '.join(map(str, files))})",)


def _in_python(values: Sequence[int | None], downs: Sequence[bool]) -> Iterator[tuple[bool, int]]:
    """What Python sorts by as SQL does: what has no value last."""
    for value, down in zip(values, downs, strict=True):
        yield value is None, -(value or 0) if down else value or 0
