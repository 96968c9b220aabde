"""The records as a SQLite database that explains itself: four tables, views for common questions, every column told."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from mrtrack.edit.refusal import Refused
from mrtrack.reports.exports.cells import as_text, cells, expanded
from mrtrack.reports.exports.columns import TABLES, Column
from mrtrack.reports.exports.portions import About, Portion

KEYS = {
    "evaluations": ["PRIMARY KEY (evaluation)"],
    "recommendations": [
        "PRIMARY KEY (ref)",
        "FOREIGN KEY (evaluation) REFERENCES evaluations (evaluation)",
    ],
    "actions": [
        "PRIMARY KEY (ref)",
        "FOREIGN KEY (evaluation) REFERENCES evaluations (evaluation)",
        "FOREIGN KEY (recommendation_ref) REFERENCES recommendations (ref)",
    ],
    "history": [
        "PRIMARY KEY (ref, entry)",
        "FOREIGN KEY (evaluation) REFERENCES evaluations (evaluation)",
        "FOREIGN KEY (recommendation_ref) REFERENCES recommendations (ref)",
        "FOREIGN KEY (action_ref) REFERENCES actions (ref)",
    ],
}
_RECOMMENDATION = Column("recommendation_ref", "text", "ref of the recommendation")
ADDED = {
    "evaluations": [],
    "recommendations": [],
    "actions": [_RECOMMENDATION],
    "history": [
        _RECOMMENDATION,
        Column("action_ref", "text", "ref of the action, where the entry is about one"),
    ],
}
INDEXES = {
    "evaluations": ["organisation", "status"],
    "recommendations": ["evaluation", "decision"],
    "actions": ["evaluation", "recommendation_ref", "responsible", "status", "due_last"],
    "history": ["evaluation", "recommendation_ref", "action_ref", "date"],
}
VIEWS = {
    "open_actions": (
        "actions neither completed nor no longer applicable, with their evaluation",
        """SELECT actions.ref, evaluations.title AS evaluation_title, organisation, actions.title, actions.text,
  responsible, actions.status, due, due_last, actions.overdue, days_overdue, last_comment
FROM actions JOIN evaluations USING (evaluation)
WHERE actions.status IS NULL OR actions.status IN ('not-initiated', 'initiated')
ORDER BY due_last, ref""",
    ),
    "progress": (
        "for each evaluation, how many actions it has and how far they are",
        """SELECT evaluation, evaluations.title, organisation, count(ref) AS actions,
  count(ref) FILTER (WHERE actions.status = 'completed') AS completed,
  count(ref) FILTER (WHERE actions.status = 'no-longer-applicable') AS no_longer_applicable,
  count(ref) FILTER (WHERE actions.overdue) AS overdue
FROM evaluations LEFT JOIN actions USING (evaluation)
GROUP BY evaluation""",
    ),
    "leads": (
        "for each lead, how many actions it has and how far they are",
        """SELECT responsible, count(*) AS actions,
  count(*) FILTER (WHERE status = 'completed') AS completed,
  count(*) FILTER (WHERE overdue) AS overdue,
  max(days_overdue) AS longest_overdue_days
FROM actions
GROUP BY responsible""",
    ),
}
_TYPES = {"flag": "INTEGER", "number": "INTEGER"}


def write_database(portions: Iterable[Portion], about: About, target: Path) -> None:
    """Write the database to a file that is empty or not there.

    Raises:
        Refused: where two rows have the same reference, as records with errors can, or it cannot be written.
    """
    try:
        with closing(sqlite3.connect(target)) as database:
            database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {schema()}")
            with database:
                for portion in portions:
                    for table in TABLES:
                        _insert(database, table, portion)
                database.executemany("INSERT INTO about VALUES (?, ?)", about.told())
            for table, names in INDEXES.items():
                for name in names:
                    database.execute(f"CREATE INDEX {table}_{name} ON {table} ({name})")
            database.execute("ANALYZE")
            database.commit()
    except sqlite3.IntegrityError as error:
        raise Refused(f"two rows have the same reference ({error})", "mrtrack check names them") from None
    except sqlite3.Error as error:
        raise Refused(
            f"the database cannot be written: {error}", "look at the disk and at the permissions"
        ) from None


def schema() -> str:
    """The statements that make the tables, each column with its meaning, and the views."""
    return "\n".join([*_about(), *(_table(name) for name in TABLES), *_views()])


def columns(table: str) -> list[Column]:
    """The columns of a table of the database."""
    return [*expanded(table), *ADDED[table]]


def _insert(database: sqlite3.Connection, table: str, portion: Portion) -> None:
    marks = ", ".join("?" for _ in columns(table))
    database.executemany(f"INSERT INTO {table} VALUES ({marks})", _rows(table, portion))  # noqa: S608 - names of our own


def _rows(table: str, portion: Portion) -> Iterator[list[Any]]:
    above = {row.ref: f"{row.evaluation}:{row.recommendation}" for row in portion.selection.actions}
    asked = {row.ref for row in portion.selection.recommendations}
    for row in portion.rows(table):
        found = [as_text(value) for _, value in cells(row, table)]
        if table == "actions":
            found.append(above[row.ref])
        elif table == "history":
            found += [
                row.ref if row.ref in asked else above.get(row.ref),
                row.ref if row.ref in above else None,
            ]
        yield found


def _table(name: str) -> str:
    found = columns(name)
    lines = []
    for place, column in enumerate(found):
        comma = "," if place < len(found) - 1 or KEYS[name] else ""
        check = f" CHECK ({column.name} IN (0, 1))" if column.kind == "flag" else ""
        lines.append(f"  {column.name} {_TYPES.get(column.kind, 'TEXT')}{check}{comma} -- {_meaning(column)}")
    lines += [f"  {key}{',' if key != KEYS[name][-1] else ''}" for key in KEYS[name]]
    return f"CREATE TABLE {name} ( -- one row is {TABLES[name].row}\n" + "\n".join(lines) + "\n) STRICT;"


def _meaning(column: Column) -> str:
    lists = {"list": " (a JSON list)", "documents": " (a JSON list of title, kind, language, url, sha256)"}
    return column.meaning + lists.get(column.kind, "")


def _views() -> Iterator[str]:
    for name, (meaning, query) in VIEWS.items():
        yield f"CREATE VIEW {name} AS -- {meaning}\n{query};"


def _about() -> Iterator[str]:
    yield "CREATE TABLE about ( -- what to know about this database\n  name TEXT,\n  value TEXT\n) STRICT;"
    yield (
        "CREATE TABLE columns ( -- what every column means\n"
        "  table_name TEXT,\n  column_name TEXT,\n  meaning TEXT,\n  PRIMARY KEY (table_name, column_name)\n) STRICT;"
    )
    for table in TABLES:
        for column in columns(table):
            told = _meaning(column).replace("'", "''")
            yield f"INSERT INTO columns VALUES ('{table}', '{column.name}', '{told}');"  # noqa: S608 - words of our own
