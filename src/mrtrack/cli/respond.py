"""`mrtrack respond`: management's answer to a recommendation, or to an evaluation as a whole."""

from typing import Annotated

import typer

from mrtrack.cli.collecting import WRITING, spared_collector
from mrtrack.cli.entry_options import By, Comment, Commit, Corrects, Dated, Documents, DryRun, On


@spared_collector(WRITING)
def run(
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF", help="A recommendation; or an evaluation, for the response as a whole."
        ),
    ],
    decision: Annotated[
        str | None, typer.Argument(metavar="[DECISION]", help="accepted, partially-accepted, rejected.")
    ] = None,
    text: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="The response in words; say the reasons of a partial or rejected one."
        ),
    ] = None,
    comment: Comment = None,
    document: Documents = None,
    corrects: Corrects = None,
    on: On = None,
    date: Dated = None,
    by: By = None,
    submitted: Annotated[
        str | None, typer.Option(metavar="DATE", help="Of the response as a whole: when it was submitted.")
    ] = None,
    due: Annotated[
        str | None, typer.Option(metavar="DATE", help="Of the response as a whole: when it is due.")
    ] = None,
    prepared_by: Annotated[
        str | None,
        typer.Option(metavar="TITLE", help="Of the response as a whole: who prepared it (role, or name)."),
    ] = None,
    approved_by: Annotated[
        str | None,
        typer.Option(metavar="TITLE", help="Of the response as a whole: who approved it (role, or name)."),
    ] = None,
    approved: Annotated[
        str | None, typer.Option(metavar="DATE", help="Of the response as a whole: when it was approved.")
    ] = None,
    required: Annotated[
        bool | None,
        typer.Option(
            "--required/--not-required", help="Of the response as a whole: whether one is required."
        ),
    ] = None,
    dry_run: DryRun = False,
    commit: Commit = False,
) -> None:
    """Record a decision and its reasons.

    Given an evaluation, on a terminal, it walks through the recommendations without an answer.
    """
    from mrtrack.cli import terminal, writing
    from mrtrack.cli.answering import Whole, respond, respond_as_a_whole
    from mrtrack.cli.session import open_session
    from mrtrack.edit.refusal import Refused
    from mrtrack.model.record import Action, Evaluation

    session = open_session()
    target = session.find(ref)
    told = writing.Told(by=by, on=on, date=date, comment=comment, documents=document, corrects=corrects)
    whole = Whole(
        required=required,
        due=due,
        submitted=submitted,
        prepared_by=prepared_by,
        approved_by=approved_by,
        approved=approved,
    )
    about_one = bool(decision or text or not told.is_empty)
    if isinstance(target.item, Action):
        raise Refused(f"{target.ref} is an action, and a decision is about a recommendation", "name that")
    if not isinstance(target.item, Evaluation):
        if not whole.is_empty:
            raise Refused(
                "--required, --due, --submitted, --prepared-by and --approved are about the response as a whole",
                f"name the evaluation: {target.evaluation.id}",
            )
        if not about_one and terminal.is_dialogue():
            from mrtrack.cli.dialogue import ask_for_answer

            decision, text = ask_for_answer(target)
        respond(session, target, decision, text, told, dry_run=dry_run, commit=commit)
    elif about_one or (whole.is_empty and not terminal.is_dialogue()):
        raise Refused(
            f"{target.ref} is an evaluation, and a decision is about one recommendation",
            f"name it: {target.ref}:1; of the response as a whole: --submitted, --approved-by …",
        )
    elif not whole.is_empty:
        respond_as_a_whole(session, target, whole, dry_run=dry_run, commit=commit)
    else:
        from mrtrack.cli.dialogue import ask_for_answers

        for recommendation, chosen, words in ask_for_answers(session, target):
            respond(session, recommendation, chosen, words, told, dry_run=dry_run, commit=commit)
