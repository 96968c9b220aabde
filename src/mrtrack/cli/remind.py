"""`mrtrack remind`: a message for each unit with what it has to tell us, and who was asked when."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mrtrack.cli.options import Asked, Question, reading
from mrtrack.cli.reminding import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mrtrack.cli.screens.parts import Piece

WAIT = 14


@reading
def run(
    folder: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Write the messages into this folder: UNIT.eml and UNIT.md."
        ),
    ] = None,
    only: Annotated[
        Kind | None, typer.Option("--only", help="Write only mails, or only Markdown with its files beside.")
    ] = None,
    bare: Annotated[bool, typer.Option("--bare", help="Without workbook and calendar.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written; the message where it is one.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Also units that were asked lately.")] = False,
    wait: Annotated[
        int,
        typer.Option(min=0, metavar="DAYS", help="How long a unit has to answer before it is asked again."),
    ] = WAIT,
    address: Annotated[
        list[str] | None,
        typer.Option(
            "--address", metavar="UNIT=MAIL", help="Remember a unit's mail address; UNIT= forgets it."
        ),
    ] = None,
    log: Annotated[bool, typer.Option("--log", help="Show who was asked when, and who answered.")] = False,
    forget: Annotated[
        list[str] | None,
        typer.Option(
            "--forget", metavar="UNIT", help="Take back the last asking of a unit: its mail was not sent."
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """Write to each unit about its actions that are overdue, due soon, stale or disputed.

    The messages are drafts that a mail program opens ready to be sent, with the unit's workbook and calendar, and
    the same as Markdown. Who was asked, and at which address, is kept for you alone, outside of the records.
    """
    from mrtrack.cli import noting

    question = asked.open()
    if forget:
        noting.take_back(question, forget)
    if address:
        noting.keep_addresses(question, address)
    if log:
        _show_log(question)
    elif folder or not (forget or address):
        _write_messages(question, folder, only, bare=bare, dry_run=dry_run, again=again, wait=wait)
    question.finish()


def _show_log(question: Question) -> None:
    from mrtrack.cli.list import in_order
    from mrtrack.cli.reminding import named
    from mrtrack.cli.results import Rows, emit_rows
    from mrtrack.query.rows import as_json, columns
    from mrtrack.reports.messages.answers import AskedRow, asked_rows
    from mrtrack.store.asked import recall

    asked, repository = question.asked, question.session.repository
    askings = recall(repository.root).askings
    wanted = named(asked.criteria, [one.unit for one in askings], repository.settings)
    kept = [one for one in askings if one.unit in wanted]
    rows = asked_rows(kept, repository.evaluations, repository.settings, question.as_of)
    keys = columns(AskedRow)
    ordered = in_order(rows, keys, asked.sort)
    shown = ordered[-asked.limit :] if asked.limit and not asked.sort else ordered[: asked.limit]
    headings = {
        "asked": "Asked",
        "unit": "Unit",
        "refs": "About",
        "answered": "Answered",
        "recorded_by_others": "Recorded by others",
        "waiting": "Waiting",
        "days_waited": "Days waited",
    }

    def screen() -> "Iterable[Piece]":
        from mrtrack.cli.screens.reminders import asked_screen

        return asked_screen(shown, total=len(rows))

    items = [as_json(row) for row in shown]
    emit_rows(question, Rows(kind="askings", items=items, keys=keys, headings=headings), screen)


def _write_messages(
    question: Question,
    folder: Path | None,
    only: Kind | None,
    *,
    bare: bool,
    dry_run: bool,
    again: bool,
    wait: int,
) -> None:
    from mrtrack.cli import terminal
    from mrtrack.cli.list import in_order
    from mrtrack.cli.reminding import MessageRow, Run, messages, preview, put
    from mrtrack.cli.results import Rows, emit_rows
    from mrtrack.query.rows import as_json, columns

    plan = Run(question=question, only=only, bare=bare, again=again, wait=wait)
    made = messages(plan)
    found = made.messages
    is_written = folder is not None and not dry_run
    if folder is not None and is_written:
        put(found, plan, folder)
    rows = [one.row for one in found]
    ordered = in_order(rows, columns(MessageRow), question.asked.sort)
    shown = ordered[: question.asked.limit]
    headings = {
        "unit": "Unit",
        "overdue": "Overdue",
        "due_soon": "Due soon",
        "stale": "Stale",
        "disputed": "Disputed",
        "files": "Files",
        "asked": "Asked already",
    }

    def screen() -> "Iterable[Piece]":
        from mrtrack.cli.screens.reminders import messages_screen

        remarks = plan.remarks(made, folder, is_written=is_written)
        single = "" if is_written else preview(found)
        return messages_screen(shown, remarks, terminal.width(), single)

    items = [as_json(row) for row in shown]
    keys = columns(MessageRow)
    emit_rows(question, Rows(kind="messages", items=items, keys=keys, headings=headings), screen)
