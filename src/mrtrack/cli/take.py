"""`mrtrack take`: the answers of units, read from the files that `ask` made, into the records."""

from pathlib import Path
from typing import Annotated

import typer

from mrtrack.cli.entry_options import By, Commit, DryRun
from mrtrack.cli.import_files import DateOrder


def run(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE…", help="Workbooks or CSV that came back, or folders of them."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Where copies of what is refused go; refused/ beside the file unless said.",
        ),
    ] = None,
    dates: Annotated[
        DateOrder | None,
        typer.Option(help="How 03/04/2026 is meant, where CSV does not prove it."),
    ] = None,
    by: By = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before writing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what became of each row as JSON.")] = False,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Take the answers of units into the records.

    Each answer becomes an entry by the unit, or is refused with the cell named; nothing else changes. What was
    taken already changes nothing. Refused rows go into a copy that says why, to be mended and sent again.
    """
    from mrtrack.cli import terminal
    from mrtrack.cli.session import open_session
    from mrtrack.cli.taking import Taking, files_of

    named = files_of(files or ())
    if not named:
        raise typer.BadParameter("name what came back: mrtrack take answers/", param_hint="FILE")
    taking = Taking(open_session(), by=by, order=dates.value if dates else None)
    taking.read(named)
    if not json:
        terminal.emit(taking.told())
    if taking.taken and not dry_run:
        if (
            not yes
            and not json
            and terminal.is_dialogue()
            and not typer.confirm(taking.question, default=True)
        ):
            raise typer.Abort
        taking.write()
    if not dry_run:
        taking.write_refused(output)
    if json:
        terminal.emit(taking.document())
    else:
        terminal.emit(taking.summary(dry_run=dry_run))
    if commit and not dry_run:
        taking.commit()
    if taking.failed:
        terminal.leave(1)
