"""`mrtrack status`: the first screen, of everything or of one evaluation."""

from typing import Annotated

import typer

from mrtrack.cli.options import Asked, Format, reading


@reading
def run(
    ref: Annotated[
        str | None, typer.Argument(metavar="[REF]", help="An evaluation; without it, everything.")
    ] = None,
    *,
    asked: Asked,
) -> None:
    """Show what needs attention, and who is behind."""
    from mrtrack.cli import answers, terminal
    from mrtrack.cli.session import unread_line
    from mrtrack.cli.views import view_of
    from mrtrack.query.summary import summarise

    question = asked.open()
    settings = question.session.repository.settings
    view = view_of(asked.view, settings) if asked.view else None
    target = question.session.find(ref) if ref else None
    criteria = view.criteria if view else {}
    selection = question.selection(criteria, target)
    summary = summarise(selection)
    unread = question.session.unread
    if asked.format is Format.JSON:
        terminal.emit(answers.json_document("status", question.as_of, unread, [summary.as_json()]))
    elif asked.format is Format.TABLE:
        from rich.text import Text

        from mrtrack.cli.screens.evaluation import one_evaluation
        from mrtrack.cli.screens.overview import nothing_yet, overview

        width = terminal.width()
        if target:
            parts = one_evaluation(selection, target.evaluation.id, settings, question.as_of, width)
        elif not question.session.repository.readings:
            parts = nothing_yet()
        else:
            parts = overview(
                summary, selection.actions, question.as_of, settings.days, width, terminal.height()
            )
        note = unread_line(question.session)
        terminal.emit(terminal.render(*parts, *([Text(note, style="bold red")] if note else [])))
    else:
        rows = [
            {**item["actions"], "evaluation": item["evaluation"], "title": item["title"]}
            for item in summary.as_json()["by_evaluation"]
        ]
        keys = ["evaluation", "title", *summary.actions.as_json()]
        if asked.format is Format.CSV:
            terminal.emit(answers.csv_text(rows, keys))
        else:
            terminal.emit(
                answers.markdown_table(rows, {key: key.replace("_", " ").replace("-", " ") for key in keys})
            )
    question.finish()
