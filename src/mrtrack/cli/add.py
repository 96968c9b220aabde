"""`mrtrack add`: a recommendation to an evaluation, an action to a recommendation."""

from typing import Annotated, Any

import typer

from mrtrack.cli.collecting import WRITING, spared_collector
from mrtrack.cli.entry_options import By, Comment, Commit, Dated, DryRun


@spared_collector(WRITING)
def run(
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF", help="An evaluation (adds a recommendation) or a recommendation (adds an action)."
        ),
    ],
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What is asked for, or what will be done.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="A short title.")] = None,
    id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Its id; the next number unless given.")
    ] = None,
    number: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The number that the report prints, where it is no id.")
    ] = None,
    priority: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of a recommendation: its priority.")
    ] = None,
    addressed_to: Annotated[
        list[str] | None,
        typer.Option(metavar="UNIT", help="Of a recommendation: whom it asks; may be repeated."),
    ] = None,
    part_of: Annotated[
        str | None, typer.Option(metavar="ID", help="Of a recommendation: the one it is a part of.")
    ] = None,
    lead: Annotated[str | None, typer.Option(metavar="UNIT", help="Of an action: who leads.")] = None,
    support: Annotated[
        list[str] | None, typer.Option(metavar="UNIT", help="Of an action: who helps; may be repeated.")
    ] = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="Of an action: by when.")] = None,
    start: Annotated[str | None, typer.Option(metavar="DATE", help="Of an action: from when.")] = None,
    timeline: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Of an action: a timeline that is no date.")
    ] = None,
    status: Annotated[str | None, typer.Option(metavar="WORD", help="Of an action: where it stands.")] = None,
    serves: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Of an action: another recommendation it answers; may be repeated."),
    ] = None,
    comment: Comment = None,
    date: Dated = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Add a recommendation or an action.

    Below an evaluation a recommendation is added, below a recommendation an action. Without options, on a
    terminal, it asks.
    """
    from collections.abc import Sequence

    from mrtrack.cli import terminal, writing
    from mrtrack.cli.found import inside
    from mrtrack.cli.session import date_option, open_session
    from mrtrack.edit.beginnings import new_action, new_recommendation
    from mrtrack.edit.operations import Operation
    from mrtrack.edit.refusal import Refused
    from mrtrack.model.record import Action, Evaluation
    from mrtrack.model.wording import read_status
    from mrtrack.source.reader import Reading

    session = open_session()
    target = session.find(ref)
    if isinstance(target.item, Action):
        raise Refused(
            f"{target.ref} is an action; nothing is added below it",
            "name its recommendation, or use mrtrack update",
        )
    of_evaluation = isinstance(target.item, Evaluation)
    for_action: dict[str, Any] = {
        "responsible": lead,
        "supported_by": support,
        "due": due,
        "start": start,
        "timeline": timeline,
        "serves": serves,
        "status": status,
    }
    for_recommendation: dict[str, Any] = {
        "priority": priority,
        "addressed_to": addressed_to,
        "part_of": part_of,
    }
    given: dict[str, Any] = {
        "id": id,
        "number": number,
        "title": (title.strip() or title) if title else title,
        "text": writing.given_text(text, "--text"),
    }
    if not (text or title) and terminal.is_dialogue():
        from mrtrack.cli.dialogue import ask_for_item

        asked = {key: value for key, value in ask_for_item(target).items() if value}
        given |= {key: value for key, value in asked.items() if key in given}
        for_action |= {key: value for key, value in asked.items() if key in for_action}
    _demand_fit(
        for_action if of_evaluation else for_recommendation,
        target.ref,
        "an action" if of_evaluation else "a recommendation",
    )
    if not (given["text"] or given["title"]):
        raise typer.BadParameter("say what it is: --text (or --title)", param_hint="--text")
    for key in ("due", "start"):
        date_option(for_action[key], f"--{key}")
    try:
        for_action["status"] = str(read_status(status, session.repository.settings)) if status else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--status") from None
    given |= for_recommendation if of_evaluation else for_action
    entry = (
        None if of_evaluation else writing.recorded(session, writing.Told(by=by, date=date, comment=comment))
    )
    names: list[str] = []

    def operations(reading: Reading) -> Sequence[Operation]:
        evaluation = inside(reading, "").evaluation
        if entry is None:
            name, made = new_recommendation(evaluation, given)
        else:
            name, made = new_action(evaluation, target.item.id, given, entry)
        names.append(name)
        return made

    write = writing.apply_to(session.repository, target.reading.path, [operations], dry_run=dry_run)
    added = f"{target.evaluation.id}:{names[-1]}"
    told = "recommendation added" if of_evaluation else "action added"
    following = (
        f"Next: mrtrack respond {added} accepted"
        if of_evaluation
        else f"Next: mrtrack status {target.evaluation.id}"
    )
    writing.tell([write], [f"{added}  {told}", following], dry_run=dry_run)
    if commit and not dry_run:
        writing.commit(session, [write], f"{added}: {told}")


def _demand_fit(misplaced: dict[str, Any], ref: str, kind: str) -> None:
    from mrtrack.edit.refusal import Refused

    options = {"responsible": "lead", "supported_by": "support"}
    stray = [f"--{options.get(key, key).replace('_', '-')}" for key, value in misplaced.items() if value]
    if stray:
        raise Refused(
            f"{', '.join(stray)} {'are' if stray[1:] else 'is'} about {kind}, and none is added below {ref}",
            "leave it out, or name another REF",
        )
