"""`mrtrack status`: the first screen, of everything or of one evaluation."""

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated

import typer

from mrtrack.cli.options import Asked, Format, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from mrtrack.query.summary import EvaluationSummary


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
    from mrtrack.git.merging import lacks_driver
    from mrtrack.query.summary import summarise

    question = asked.open()
    settings = question.session.repository.settings
    view = view_of(asked.view, settings) if asked.view else None
    target = question.session.find(ref) if ref else None
    criteria = view.criteria if view else {}
    selection = question.selection(criteria, target)
    summary = summarise(selection)
    if asked.sort:
        summary = replace(summary, by_evaluation=_sorted(summary.by_evaluation, asked.sort))

    def screen() -> "Iterable[RenderableType]":
        from mrtrack.cli.screens.evaluation import one_evaluation
        from mrtrack.cli.screens.overview import nothing_yet, overview
        from mrtrack.query.horizon import horizon

        width = terminal.width()
        if target:
            return one_evaluation(selection, target.evaluation.id, settings, question.as_of, width)
        if not question.session.repository.readings:
            return nothing_yet()
        dates = horizon(selection.actions, question.as_of)
        size = (width, terminal.height())
        return overview(summary, selection.actions, dates, question.as_of, settings.days, size, asked.limit)

    if asked.format is Format.JSON:
        whole = [summary.as_json()]
        terminal.emit(formats.json_document("status", question.as_of, question.session.unread, whole))
    else:
        items = [
            {"evaluation": item.row.evaluation, "title": item.row.title, **item.actions.as_json()}
            for item in summary.by_evaluation[: asked.limit]
        ]
        keys = ["evaluation", "title", *summary.actions.as_json()]
        headings = {key: key.replace("_", " ").replace("-", " ") for key in keys}
        emit_rows(question, Rows(kind="status", items=items, keys=keys, headings=headings), screen)
        if asked.format is Format.TABLE and lacks_driver(question.session.repository.root):
            terminal.remark("This clone merges records line by line; make it ready: mrtrack setup")
    question.finish()


def _sorted(found: "Sequence[EvaluationSummary]", order: str) -> "tuple[EvaluationSummary, ...]":
    from mrtrack.cli.list import in_order

    rows = [
        SimpleNamespace(
            evaluation=item.row.evaluation,
            title=item.row.title,
            organisation=item.row.organisation,
            status=item.row.status,
            recommendations=item.recommendations,
            **{key.replace("-", "_"): count for key, count in item.actions.as_json().items()},
            item=item,
        )
        for item in found
    ]
    keys = [key for key in vars(rows[0]) if key != "item"] if rows else []
    return tuple(row.item for row in in_order(rows, keys, order if rows else None))
