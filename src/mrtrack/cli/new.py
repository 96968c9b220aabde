"""`mrtrack new`: a new evaluation."""

from pathlib import PurePosixPath
from typing import Annotated, Any

import typer

from mrtrack.cli.collecting import WRITING, spared_collector
from mrtrack.cli.entry_options import By, Comment, Commit, Dated, DryRun


@spared_collector(WRITING)
def run(
    evaluation: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Its id; made of title and year unless given.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Its title.")] = None,
    organisation: Annotated[str | None, typer.Option(metavar="NAME", help="Who answers it.")] = None,
    type: Annotated[str | None, typer.Option(metavar="NAME", help="Outcome, Project, Thematic …")] = None,
    status: Annotated[
        str | None, typer.Option(metavar="WORD", help="planned (unless said), ongoing, completed.")
    ] = None,
    planned_end: Annotated[str | None, typer.Option(metavar="DATE", help="When it is to end.")] = None,
    completed: Annotated[str | None, typer.Option(metavar="DATE", help="When it ended, if it has.")] = None,
    period: Annotated[
        str | None, typer.Option(metavar="FROM..TO", help="The years it looks at: 2018..2021.")
    ] = None,
    plan: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The evaluation plan it belongs to.")
    ] = None,
    commissioned_by: Annotated[str | None, typer.Option(metavar="UNIT", help="Who commissioned it.")] = None,
    country: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="KEN, GLOBAL …; may be repeated.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="A word to find it by; may be repeated.")
    ] = None,
    description: Annotated[str | None, typer.Option(metavar="TEXT", help="What it is about.")] = None,
    response_due: Annotated[
        str | None, typer.Option(metavar="DATE", help="When the management response is due.")
    ] = None,
    response_required: Annotated[
        bool | None,
        typer.Option(
            "--response-required/--no-response-required", help="Whether a management response is required."
        ),
    ] = None,
    comment: Comment = None,
    date: Dated = None,
    by: By = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Begin the record of an evaluation.

    Without options, on a terminal, it asks.
    """
    from mrtrack.cli import terminal, writing
    from mrtrack.cli.session import date_option, open_session
    from mrtrack.edit.beginnings import new_evaluation, suggested_id
    from mrtrack.edit.layout import new_record
    from mrtrack.edit.refusal import Refused
    from mrtrack.model.wording import read_evaluation_status
    from mrtrack.source.reader import read
    from mrtrack.store.writing import create

    session = open_session()
    given: dict[str, Any] = {
        "title": (title.strip() or title) if title else title,
        "organisation": organisation,
        "type": type,
        "planned_end": planned_end,
    }
    if title is None and evaluation is None and terminal.is_dialogue():
        from mrtrack.cli.dialogue import ask_for_evaluation

        asked = ask_for_evaluation(session)
        given |= {key: value for key, value in asked.items() if value}
    if not given["title"]:
        raise typer.BadParameter(
            'give the evaluation a title: --title "Evaluation of the water programme"', param_hint="--title"
        )
    for key, value in (
        ("planned_end", given["planned_end"]),
        ("completed", completed),
        ("response_due", response_due),
    ):
        date_option(value, "--" + key.replace("_", "-"))
    settings = session.repository.settings
    try:
        word = read_evaluation_status(status, settings) if status else "completed" if completed else "planned"
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--status") from None
    told = writing.Told(by=by, date=date, comment=comment)
    entry = writing.recorded(session, told)
    answer = {
        "required": None if response_required is None else str(response_required).lower(),
        "due": response_due,
    }
    taken = {PurePosixPath(name).stem: name for name in session.repository.names}
    if evaluation in taken:
        raise Refused(
            f"there is an evaluation {evaluation} already, in {taken[evaluation]}",
            "choose another id, or update that evaluation",
        )
    data = new_evaluation(
        evaluation or suggested_id(given["title"], session.today.year, taken),
        {
            **given,
            "description": writing.given_text(description, "--description"),
            "commissioned_by": commissioned_by,
            "status": str(word),
            "period": _period(period),
            "plan": plan,
            "completed": completed,
            "countries": country,
            "tags": tag,
            "management_response": {key: value for key, value in answer.items() if value},
        },
        entry,
    )
    path = session.repository.new_path(data["id"])
    after = read(new_record(data).encode("utf-8"), path)
    if after.evaluation is None and after.first_problem:
        raise Refused(after.first_problem.message, after.first_problem.hint)
    write = create(session.repository, after, dry_run=dry_run)
    writing.tell(
        [write], [f"{path}  begun ({word})", f'Next: mrtrack add {data["id"]} --text "…"'], dry_run=dry_run
    )
    if commit and not dry_run:
        writing.commit(session, [write], f"Begin {data['id']}: {given['title']}")


def _period(text: str | None) -> dict[str, str] | None:
    from mrtrack.cli.session import date_option

    if text is None:
        return None
    start, dots, end = text.partition("..")
    first, last = (date_option(part or None, "--period") for part in (start, end))
    if not (first or last) or (first and last and last.last < first.first):
        raise typer.BadParameter(f"“{text}” is no period; write 2018..2021", param_hint="--period")
    return {key: value for key, value in (("from", start), ("to", end if dots else start)) if value}
