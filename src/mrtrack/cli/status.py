"""`mrtrack status`: the first screen, of everything or of one evaluation."""

from typing import TYPE_CHECKING, Annotated

import typer

from mrtrack.cli.options import Asked, Format, reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType


@reading
def run(
    ref: Annotated[
        str | None, typer.Argument(metavar="[REF]", help="An evaluation; without it, everything.")
    ] = None,
    *,
    asked: Asked,
) -> None:
    """Show what needs attention, and who is behind."""
    from mrtrack.cli import formats, terminal
    from mrtrack.cli.results import Rows, emit_rows
    from mrtrack.cli.views import view_of
    from mrtrack.query.summary import summarise

    question = asked.open()
    settings = question.session.repository.settings
    view = view_of(asked.view, settings) if asked.view else None
    target = question.session.find(ref) if ref else None
    criteria = view.criteria if view else {}
    selection = question.selection(criteria, target)
    summary = summarise(selection)

    def screen() -> "Iterable[RenderableType]":
        from mrtrack.cli.screens.evaluation import one_evaluation
        from mrtrack.cli.screens.overview import nothing_yet, overview

        width = terminal.width()
        if target:
            return one_evaluation(selection, target.evaluation.id, settings, question.as_of, width)
        if not question.session.repository.readings:
            return nothing_yet()
        return overview(summary, selection.actions, question.as_of, settings.days, width, terminal.height())

    if asked.format is Format.JSON:
        whole = [summary.as_json()]
        terminal.emit(formats.json_document("status", question.as_of, question.session.unread, whole))
    else:
        items = [
            {"evaluation": item.row.evaluation, "title": item.row.title, **item.actions.as_json()}
            for item in summary.by_evaluation
        ]
        keys = ["evaluation", "title", *summary.actions.as_json()]
        headings = {key: key.replace("_", " ").replace("-", " ") for key in keys}
        emit_rows(question, Rows(kind="status", items=items, keys=keys, headings=headings), screen)
    question.finish()
