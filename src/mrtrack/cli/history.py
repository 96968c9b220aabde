"""`mrtrack history`: what changed, entry by entry."""

from typing import Annotated

import typer

from mrtrack.cli.options import Asked, Format, reading


@reading
def run(
    ref: Annotated[
        str | None,
        typer.Argument(metavar="[REF]", help="An evaluation, recommendation or action; without it, all."),
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Recorded on or after this date.")] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Recorded on or before this date.")
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Recorded by this unit, or part of its name.")
    ] = None,
    *,
    asked: Asked,
) -> None:
    """Show what was recorded, when, by whom and why."""
    from mrtrack.changes import HistoryRow, history_rows
    from mrtrack.cli import answers, terminal
    from mrtrack.cli.list import in_order
    from mrtrack.cli.session import date_option, unread_line
    from mrtrack.cli.views import view_of
    from mrtrack.model.settings import label
    from mrtrack.query.filters import folded
    from mrtrack.query.rows import Row, as_json, columns

    question = asked.open()
    settings = question.session.repository.settings
    target = question.session.find(ref) if ref else None
    view = view_of(asked.view, settings) if asked.view else None
    criteria = view.criteria if view else {}
    selection = question.selection(criteria, target)
    said = [*criteria.items(), *asked.criteria.items()]
    whole = not any(value for key, value in said if key != "evaluation")
    rows_chosen: tuple[Row, ...] = (*selection.evaluations, *selection.recommendations, *selection.actions)
    chosen = {row.ref for row in rows_chosen}
    first, last = date_option(since, "--since"), date_option(until, "--until")
    rows = [
        row
        for evaluation in selection.evaluations
        for row in history_rows(evaluation.of, question.as_of, lambda word: label(word, settings))
        if (whole or row.ref in chosen)
        and (target is None or not target.path or _is_below(row.ref, target.ref, target.evaluation))
        and (first is None or row.date >= first.first)
        and (last is None or row.date <= last.last)
        and (by is None or folded(by) in folded(row.by or ""))
    ]
    rows.sort(key=lambda row: row.date)
    keys = columns(HistoryRow)
    items = [as_json(row) for row in in_order(rows, keys, asked.sort)]
    shown = items[-asked.limit :] if asked.limit and not asked.sort else items[: asked.limit]
    if asked.format is Format.JSON:
        terminal.emit(answers.json_document("history", question.as_of, question.session.unread, shown))
    elif asked.format is Format.CSV:
        terminal.emit(answers.csv_text(shown, keys))
    elif asked.format is Format.MD:
        headings = {"date": "Recorded", "ref": "Ref", "text": "Change", "by": "By", "comment": "Comment"}
        terminal.emit(answers.markdown_table(shown, headings))
    else:
        from rich.text import Text

        from mrtrack.cli.screens.log import log

        note = unread_line(question.session)
        parts = log(shown, total=len(items))
        terminal.emit(terminal.render(*parts, *([Text(note, style="bold red")] if note else [])))
    question.finish()


def _is_below(ref: str, wanted: str, evaluation: object) -> bool:
    from mrtrack.model.record import Evaluation

    if ref == wanted:
        return True
    if not isinstance(evaluation, Evaluation):
        return False
    return any(
        f"{evaluation.id}:{action.id}" == ref
        for recommendation in evaluation.recommendations or ()
        if f"{evaluation.id}:{recommendation.id}" == wanted
        for action in recommendation.actions or ()
    )
