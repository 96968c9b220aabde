"""`mrtrack export`: the rows as files for other programs, without what is not to leave the repository."""

from enum import StrEnum
from functools import partial
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrtrack.cli.options import Asked, reading
from mrtrack.edit.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mrtrack.cli.exporting import Exported
    from mrtrack.reports.exports.portions import About, Portion

    Writer = Callable[[Iterator[Portion], About, Path], None]


class What(StrEnum):
    """The formats that can be written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    ICS = "ics"
    SQLITE = "sqlite"
    PARQUET = "parquet"


_TABLES = ("actions", "recommendations", "evaluations", "history")
_OF_ONE_TABLE = (What.CSV, What.JSON)


@partial(reading, without=("format", "json", "strict"), brief=False)
def run(
    kind: Annotated[What, typer.Argument(metavar="csv|xlsx|json|ics|sqlite|parquet", help="The format.")],
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[actions|recommendations|evaluations|history|DIR]",
            help="The table, for csv and json (bare: actions); the folder, for parquet.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="Where to write it.")
    ] = None,
    repo: Annotated[
        list[str] | None,
        typer.Option(metavar="[NAME=]DIR", help="For parquet: another repository to pool; may be repeated."),
    ] = None,
    unread: Annotated[
        bool, typer.Option("--partial", help="Leave out the records that cannot be read.")
    ] = False,
    *,
    asked: Asked,
) -> None:
    """Write the records for other programs: tables, a workbook, a calendar, a database, a pool of files.

    xlsx, sqlite and parquet hold evaluations, recommendations, actions and history; ics the open actions that have
    a due date. What [publish] omit names, and internal entries, are left out.
    """
    from mrtrack.cli.exporting import open_export

    table = _table(kind, what, asked)
    folder = _folder(what, output) if kind is What.PARQUET else None
    if repo and kind is not What.PARQUET:
        raise typer.BadParameter("only parquet pools several repositories", param_hint="--repo")
    exported = open_export(asked, repo or [], partial=unread)
    if folder:
        _write_folder(exported, folder)
    elif kind in _BINARY:
        _write_file(exported, kind, output)
    else:
        _write_text(_TEXTS[kind](exported, table, asked), output)
    exported.remark_on_unread()


def _table(kind: What, what: str | None, asked: Asked) -> str:
    if kind not in _OF_ONE_TABLE:
        for option, value in (("--sort", asked.sort), ("--limit", asked.limit)):
            if value:
                raise typer.BadParameter("only csv and json are sorted and cut", param_hint=option)
    if kind in _OF_ONE_TABLE and what is not None and what not in _TABLES:
        raise typer.BadParameter(f"there is no table “{what}”; there are: {', '.join(_TABLES)}")
    if kind is What.ICS and what == "actions":
        return what
    if kind in (What.ICS, *_BINARY) and what is not None:
        holds = "the open actions" if kind is What.ICS else "all tables"
        raise typer.BadParameter(f"export {kind} writes {holds}; leave out “{what}”, or name a file with -o")
    return what or "actions"


def _folder(what: str | None, output: Path | None) -> Path:
    if (what is None) == (output is None):
        raise typer.BadParameter("name one folder to write: mrtrack export parquet DIR")
    return output or Path(str(what))


def _csv(exported: "Exported", table: str, asked: Asked) -> bytes:
    from mrtrack.reports.exports.columns import TABLES
    from mrtrack.reports.exports.delimited import csv_text

    keys = [column.name for column in TABLES[table].columns]
    return csv_text(_items(exported, table, asked), keys).encode("utf-8", "backslashreplace")


def _json(exported: "Exported", table: str, asked: Asked) -> bytes:
    from mrtrack.reports.exports.document import json_document

    items = _items(exported, table, asked)
    return json_document(table, exported.as_of, exported.unread, items).encode("utf-8", "backslashreplace")


def _ics(exported: "Exported", _table: str, _asked: Asked) -> bytes:
    from mrtrack.reports.exports.calendar import calendar

    rows = (row for portion in exported.portions() for row in portion.due())
    return calendar(rows, exported.as_of, exported.wording)


def _items(exported: "Exported", table: str, asked: Asked) -> "list[dict[str, Any]]":
    from mrtrack.cli.list import in_order
    from mrtrack.query.rows import as_json
    from mrtrack.reports.exports.columns import TABLES

    rows: Iterable[Any] = (row for portion in exported.portions() for row in portion.rows(table))
    if asked.sort:
        rows = in_order(list(rows), [column.name for column in TABLES[table].columns], asked.sort)
    elif table == "history":
        rows = sorted(rows, key=attrgetter("date"))[-(asked.limit or 0) :]
    items = [as_json(row) for row in rows]
    return items[: asked.limit]


_TEXTS = {What.CSV: _csv, What.JSON: _json, What.ICS: _ics}
_BINARY = {What.XLSX: "a workbook", What.SQLITE: "a database"}


def _write_text(content: bytes, output: Path | None) -> None:
    from mrtrack.cli.terminal import emit_bytes
    from mrtrack.store.outputs import write_output

    if output:
        write_output(output, content)
    else:
        emit_bytes(content, is_text=True)


def _write_file(exported: "Exported", kind: What, output: Path | None) -> None:
    from mrtrack.cli.terminal import emit_bytes, is_terminal
    from mrtrack.store.outputs import whole_file

    if output is None and is_terminal():
        raise Refused(f"{_BINARY[kind]} is no text to show here", f"name a file: -o records.{kind}")
    write = _writer(kind)
    if output:
        with whole_file(output) as beside:
            write(exported.portions(), exported.about, beside)
        return
    with TemporaryDirectory(prefix="mrtrack-") as place:
        file = Path(place) / kind.value
        write(exported.portions(), exported.about, file)
        emit_bytes(file.read_bytes())


def _write_folder(exported: "Exported", folder: Path) -> None:
    from mrtrack.reports.exports.pool import write_pool
    from mrtrack.store.outputs import whole_folder

    with whole_folder(folder) as beside:
        write_pool(exported.portions(), exported.about, beside)


def _writer(kind: What) -> "Writer":
    if kind is What.XLSX:
        from mrtrack.reports.exports.records_book import write_book

        return write_book
    from mrtrack.reports.exports.database import write_database

    return write_database
