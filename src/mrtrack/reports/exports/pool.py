"""The records of one or several repositories as Parquet files, in folders by organisation and year."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from mrtrack.edit.refusal import Refused
from mrtrack.indicators.dimensions import Dimension, groups_of
from mrtrack.model.words import NOT_STATED
from mrtrack.query.rows import EvaluationRow
from mrtrack.reports.exports.cells import cells, expanded
from mrtrack.reports.exports.columns import TABLES, Column
from mrtrack.reports.exports.portions import About, Portion

PARTITIONS = ("organisation_key", "evaluation_year")
FIRST = (Column("repository", "text", "the repository that the row comes from"),)
LAST = (
    Column("organisation_key", "text", "the organisation as the name of a folder; not-stated for none"),
    Column(
        "evaluation_year", "number", "year in which the evaluation was completed, else reported, else to end"
    ),
)
ABOUT = "_about.json"
_DOCUMENT = ("title", "kind", "language", "url", "sha256")
_TYPES = {
    "flag": "BOOLEAN",
    "number": "INTEGER",
    "day": "DATE",
    "list": "VARCHAR[]",
    "documents": f"STRUCT({', '.join(f'{key} VARCHAR' for key in _DOCUMENT)})[]",
}
_ORDER = {"evaluations": ["evaluation"], "history": ["evaluation", "ref", "entry"]}
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_LONGEST_KEY = 60
_RESERVED = {NOT_STATED, "con", "prn", "aux", "nul"}


def write_pool(portions: Iterable[Portion], about: About, target: Path) -> None:
    """Write the files into an empty folder: below it one folder a table. Memory does not grow with the records.

    Raises:
        Refused: where duckdb is not installed, or the files cannot be written.
    """
    try:
        import duckdb
    except ImportError:
        hint = 'install it with: pip install "mrtrack[parquet]"'
        raise Refused("what writes Parquet files is not installed", hint) from None
    with TemporaryDirectory(prefix="mrtrack-") as place:
        scratch = Path(place)
        _write_lines(portions, scratch)
        settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": "1",
            "memory_limit": "400MB",
            "temp_directory": str(scratch / "spilled"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        try:
            with closing(duckdb.connect(":memory:", config=settings)) as engine:
                for table in TABLES:
                    engine.execute(_copy(table, scratch / f"{table}.jsonl", target / table))
        except duckdb.Error as error:
            raise Refused(f"the Parquet files cannot be written: {error}", "look at the disk") from None
    told = {"tables": {table: _meanings(table) for table in TABLES}, "about": dict(about.told())}
    (target / ABOUT).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def columns(table: str) -> list[Column]:
    """The columns of a table of the pool; the last two are the names of the folders."""
    return [*FIRST, *expanded(table), *LAST]


def folder_name(organisation: str | None) -> str:
    """An organisation's name made safe for a folder on every system.

    Names that differ in more than case, accents and punctuation get folders of their own.
    """
    if not organisation:
        return NOT_STATED
    letters = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", organisation.casefold())
        if not unicodedata.combining(sign)
    )
    plain = _NOT_PLAIN.sub("-", letters).strip("-")
    if plain and letters.isascii() and len(plain) <= _LONGEST_KEY and plain not in _RESERVED:
        return plain
    mark = hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{plain[:_LONGEST_KEY].strip('-')}-{mark}".strip("-")


def _write_lines(portions: Iterable[Portion], scratch: Path) -> None:
    with ExitStack() as stack:
        files = {
            table: stack.enter_context((scratch / f"{table}.jsonl").open("w", encoding="utf-8"))
            for table in TABLES
        }
        for portion in portions:
            folders = {row.evaluation: _folders(row) for row in portion.selection.evaluations}
            for table, file in files.items():
                _write_rows(table, portion, folders, file)


def _write_rows(
    table: str, portion: Portion, folders: Mapping[str, Mapping[str, Any]], file: IO[str]
) -> None:
    for row in portion.rows(table):
        line = {"repository": portion.repository, **dict(cells(row, table)), **folders[row.evaluation]}
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _folders(row: EvaluationRow) -> dict[str, Any]:
    (year,) = groups_of(row, Dimension.EVALUATION_YEAR, str)
    return {
        "organisation_key": folder_name(row.organisation),
        "evaluation_year": None if year == NOT_STATED else int(year),
    }


def _copy(table: str, source: Path, target: Path) -> str:
    named = ", ".join(
        f"{_quoted(column.name)}: {_quoted(_TYPES.get(column.kind, 'VARCHAR'))}" for column in columns(table)
    )
    order = ", ".join((*PARTITIONS, "repository", *_ORDER.get(table, ["evaluation", "ref"])))
    reading = f"read_json({_quoted(str(source))}, format = 'newline_delimited', columns = {{{named}}}, "
    reading += "maximum_object_size = 100000000)"
    options = f"FORMAT parquet, COMPRESSION zstd, PARTITION_BY ({', '.join(PARTITIONS)})"
    query = f"SELECT * FROM {reading} ORDER BY {order}"  # noqa: S608 - names of our own, quoted
    return f"COPY ({query}) TO {_quoted(str(target))} ({options})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _meanings(table: str) -> dict[str, str]:
    return {column.name: column.meaning for column in columns(table)}
