"""`mrtrack import`: records from pages, documents and tables, with an account of every line."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mrtrack.cli.entry_options import Commit, DryRun
from mrtrack.cli.writing import given_line


class DateOrder(StrEnum):
    """How a numeric date is meant that can be read in two ways."""

    DMY = "dmy"
    MDY = "mdy"


def run(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE…", help=".txt .md .html .docx .pdf, - for standard input, .csv .xlsx."),
    ] = None,
    into: Annotated[
        str | None, typer.Option(metavar="ID", help="Complete this evaluation's record; found unless said.")
    ] = None,
    id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="The id of the new record; made of its title unless given."),
    ] = None,
    organisation: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who answers the evaluation, where the page does not say."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="For a table: what its columns and words mean.")
    ] = None,
    guess: Annotated[
        str | None, typer.Option(metavar="TABLE", help="Print a mapping for this table to start from.")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="The sheet of a workbook; the first unless said.")
    ] = None,
    dates: Annotated[
        DateOrder | None, typer.Option(help="How 03/04/2021 is meant, where the document does not prove it.")
    ] = None,
    retrieved: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day on which the page was fetched.")
    ] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where the page was fetched.")] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the account of every line here, as text or .json."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what became of every line, beside the source.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the records as JSON.")] = False,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Make records of what institutions publish: pages, documents, tables.

    Every line of a source ends in the record or in the account. A record that is there already is never
    overwritten: what changed since becomes entries of today, shown as a difference first.
    """
    from mrtrack.cli import terminal
    from mrtrack.cli.importing import Import, Wishes
    from mrtrack.cli.session import open_session

    if guess:
        if files:
            raise typer.BadParameter("names the table itself; give no other FILE", param_hint="--guess")
        from mrtrack.cli.importing import guessed

        terminal.emit(guessed(guess, sheet))
        return
    if not files:
        raise typer.BadParameter("name a file: mrtrack import page.html", param_hint="FILE")
    if explain and json:
        raise typer.BadParameter(
            "--explain and --json both write the result; choose one", param_hint="--explain"
        )
    _demand_one_page(files, id, url, mapping)
    _demand_another_file(files, report)
    wishes = Wishes(
        into=into,
        id=id,
        organisation=None if organisation is None else given_line(organisation, "--organisation"),
        mapping=mapping,
        sheet=sheet,
        order=dates.value if dates else None,
        retrieved=retrieved,
        url=None if url is None else given_line(url, "--url"),
        dry_run=dry_run,
    )
    session = open_session()
    _demand_past(retrieved, session.today)
    work = Import(session, wishes)
    for file in files:
        work.take(file)
    work.tell(explain=explain, json=json)
    if report:
        work.write_report(report)
    if commit and not dry_run:
        work.commit()
    if work.failed:
        terminal.leave(1)


def _demand_another_file(files: list[str], report: Path | None) -> None:
    """Refuse a report that would take the place of a source."""
    if report and any(Path(file).exists() and report.exists() and report.samefile(file) for file in files):
        raise typer.BadParameter("is one of the files to import; name another", param_hint="--report")


def _demand_past(retrieved: str | None, today: date) -> None:
    """Refuse a day of fetching that lies ahead."""
    from mrtrack.cli.session import date_option

    fetched = date_option(retrieved, "--retrieved")
    if fetched and fetched.first > today:
        raise typer.BadParameter(f"{retrieved} lies ahead; today is {today}", param_hint="--retrieved")


def _demand_one_page(files: list[str], id: str | None, url: str | None, mapping: Path | None) -> None:
    """Refuse an id or an address where it could not be told which record or page it is of."""
    if id and mapping:
        raise typer.BadParameter(
            "the records of a table have the ids that its mapping says", param_hint="--id"
        )
    if len(files) > 1 and (id or url):
        raise typer.BadParameter(
            "this belongs to one page; import the files one by one", param_hint="--id" if id else "--url"
        )
