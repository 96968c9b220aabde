"""`mrtrack ask`: a workbook for each unit, with its open actions and cells for its answers."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrtrack.cli.options import Asked, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mrtrack.cli.options import Question
    from mrtrack.cli.screens.parts import Piece
    from mrtrack.query.rows import ActionRow
    from mrtrack.reports.workbooks import Asking


class FormFormat(StrEnum):
    """The files that units fill in."""

    XLSX = "xlsx"
    CSV = "csv"


@reading
def run(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="The folder for the files.")
    ] = None,
    format: Annotated[
        FormFormat, typer.Option(help="Workbooks, or CSV for those without a spreadsheet program.")
    ] = FormFormat.XLSX,
    no_guard: Annotated[
        bool,
        typer.Option("--no-guard", help="CSV without apostrophes before what a spreadsheet would calculate."),
    ] = False,
    *,
    asked: Asked,
) -> None:
    """Make a file for each unit with its open actions, to fill in and send back.

    Without --unit or --lead every unit that leads an open action is asked. Other filters choose the actions.
    `mrtrack take` reads the answers.
    """
    from mrtrack.cli import terminal
    from mrtrack.cli.options import Format
    from mrtrack.reports.workbooks import askings

    if output is None:
        raise typer.BadParameter("say where the files go: mrtrack ask -o asked", param_hint="-o")
    question = asked.open()
    rows = _rows(question)
    criteria = asked.criteria
    found = askings(
        rows,
        question.session.repository.settings,
        criteria.get("unit") or (),
        criteria.get("lead") or (),
    )
    written = list(_write(question, found, output, format, guard=not no_guard))
    if asked.format is Format.JSON:
        from mrtrack.cli import formats

        terminal.emit(formats.json_document("workbooks", question.as_of, question.session.unread, written))
    else:
        terminal.emit(terminal.render(*_screen(written)))
        _tell_nobody(rows, asked)
    question.finish()
    if not written:
        terminal.leave(1)


def _rows(question: "Question") -> "Sequence[ActionRow]":
    """The open actions in the order in which an officer would look at them: what is due first goes first."""
    from datetime import date

    from mrtrack.query.publishing import open_for_units, published_selection

    selection = question.selection({})
    omit = question.session.repository.settings.publish.omit
    rows = open_for_units(selection, published_selection(selection, omit))
    return sorted(rows, key=lambda row: row.due.last if row.due else date.max)


def _write(
    question: "Question", found: "Iterable[Asking]", folder: Path, format: FormFormat, *, guard: bool
) -> "Iterator[dict[str, Any]]":
    from mrtrack.edit.refusal import Refused
    from mrtrack.reports.workbooks import csv_for_unit, workbook_for_unit
    from mrtrack.reports.workbooks.names import file_stems
    from mrtrack.store.outputs import write_output

    settings = question.session.repository.settings
    files: list[tuple[Asking, Path, bytes]] = []
    found = list(found)
    for asking, stem in zip(found, file_stems([one.unit for one in found], question.as_of), strict=True):
        path = folder / f"{stem}.{format}"
        content = (
            csv_for_unit(asking.unit, asking.rows, settings, question.as_of, guard=guard)
            if format is FormFormat.CSV
            else workbook_for_unit(asking.unit, asking.rows, settings, question.as_of)
        )
        if path.exists() and path.read_bytes() != content:
            raise Refused(
                f"{path} is there already and says something else",
                "it may hold answers: take them first, or name another folder",
            )
        files.append((asking, path, content))
    if files:
        folder.mkdir(parents=True, exist_ok=True)
    for asking, path, content in files:
        write_output(path, content)
        yield {
            "path": path.as_posix(),
            "unit": asking.unit,
            "actions": len(asking.rows),
            "leads": asking.led,
            "supports": asking.supported,
            "overdue": asking.overdue,
        }


def _screen(written: "Sequence[dict[str, Any]]") -> "Iterator[Piece]":
    from mrtrack.cli.screens.parts import Text
    from mrtrack.cli.screens.style import grid, plural
    from mrtrack.cli.terminal import one_line

    if not written:
        yield Text("No unit has an open action here; nothing was made.")
        return
    table = grid([("unit", "~"), ("leads", ">"), ("supports", ">"), ("overdue", ">")], header=True)
    for one in written:
        overdue = Text(str(one["overdue"] or "–"), style="red" if one["overdue"] else "")
        table.add_row(
            Text(one_line(one["unit"])), str(one["leads"] or "–"), str(one["supports"] or "–"), overdue
        )
    yield table
    example = Path(written[0]["path"])
    files = f"{plural(len(written), 'file')} in {example.parent}, named after the unit and the day"
    yield Text(f"\n{files if len(written) > 1 else example}")
    yield Text("Send them; what comes back is read with: mrtrack take FILE…", style="dim")


def _tell_nobody(rows: "Iterable[ActionRow]", asked: Asked) -> None:
    """Say how many actions nobody is asked about, since nobody leads them."""
    from mrtrack.cli import terminal

    if asked.criteria.get("unit") or asked.criteria.get("lead"):
        return
    left = sum(row.responsible is None for row in rows)
    if left:
        have = "1 open action has" if left == 1 else f"{left} open actions have"
        terminal.remark(f"{have} no lead, so that nobody is asked: mrtrack list --open --no-lead")
