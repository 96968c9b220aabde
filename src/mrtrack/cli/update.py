"""`mrtrack update`: record what happened to actions, or to an evaluation itself."""

from typing import TYPE_CHECKING, Annotated

import typer

from mrtrack.cli.collecting import WRITING, spared_collector
from mrtrack.cli.entry_options import By, Comment, Commit, Corrects, Dated, Documents, DryRun, On

if TYPE_CHECKING:
    from mrtrack.cli.found import Target


@spared_collector(WRITING)
def run(
    refs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="REF… [STATUS]", help="Actions or evaluations, then their new status if it changes."
        ),
    ] = None,
    due: Annotated[
        str | None, typer.Option(metavar="DATE", help="The new due date; none takes it away.")
    ] = None,
    lead: Annotated[str | None, typer.Option(metavar="UNIT", help="Who leads from now on.")] = None,
    comment: Comment = None,
    document: Documents = None,
    verdict: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="An independent reader's finding: confirmed or not-confirmed."),
    ] = None,
    planned_end: Annotated[
        str | None, typer.Option(metavar="DATE", help="Of an evaluation: its new planned end.")
    ] = None,
    corrects: Corrects = None,
    on: On = None,
    date: Dated = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Record progress on actions or evaluations.

    A status, a moved date, a new lead, a comment, evidence, an independent verdict.

    Statuses of an action: not-initiated, initiated, completed, no-longer-applicable. Of an evaluation: planned,
    ongoing, completed, cancelled. The beginning of the word is enough. Without options, on a terminal, it asks.
    """
    from dataclasses import replace

    from mrtrack.cli import terminal, writing
    from mrtrack.cli.news import News, change_of, split_status
    from mrtrack.cli.session import open_session

    session = open_session()
    told = writing.Told(by=by, on=on, date=date, comment=comment, documents=document, corrects=corrects)
    named, status = split_status(refs or [], session)
    news = News(status=status, due=due, lead=lead, verdict=verdict, planned_end=planned_end)
    if news.is_empty and told.is_empty and terminal.is_dialogue():
        from mrtrack.cli.dialogue import ask_for_progress

        named, news, told = ask_for_progress(session, named, told)
    elif not named:
        raise typer.BadParameter(
            "name what is to be updated: mrtrack update water-2021:1.1 completed", param_hint="REF"
        )
    targets = {target.ref: target for target in map(session.find, named)}.values()
    entry = writing.recorded(session, told)
    by_path: dict[str, list[Target]] = {}
    for target in targets:
        by_path.setdefault(target.reading.path, []).append(target)
    changes = {
        path: [change_of(target, news, entry, session) for target in group] for path, group in by_path.items()
    }
    known = {path: group[0].reading for path, group in by_path.items()}
    repository = replace(session.repository, known=known)
    if len(changes) > 1:
        for path, operations in changes.items():
            writing.apply_to(repository, path, operations, dry_run=True)
    writes = [
        writing.apply_to(repository, path, operations, dry_run=dry_run)
        for path, operations in changes.items()
    ]
    lines = [
        writing.last_change(write.after, target.ref, session)
        for write in writes
        for target in by_path[write.path]
    ]
    writing.tell(writes, lines, dry_run=dry_run)
    if commit and not dry_run:
        writing.commit(session, writes, "\n".join(lines))
