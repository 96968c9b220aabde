"""`mrtrack status`: the first screen, of everything or of one evaluation."""

from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrtrack.cli.options import Asked, Format, reading

LONGEST = 10
"""How long the lists of the screen get."""

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mrtrack.cli.screens.parts import Piece
    from mrtrack.model.settings import Settings
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
    from mrtrack.cli import terminal
    from mrtrack.cli.results import Rows, emit_rows
    from mrtrack.store.clone import seems_to_lack_driver

    question = asked.open()
    settings = question.settings
    found = question.find(ref) if ref else None
    wanted = question.wanted(_criteria(asked.view, settings) if asked.view else {}, found)
    shown = asked.format is Format.TABLE and not asked.sort
    question.keep_totals(wanted)
    summary = question.answers.summary(wanted, (asked.limit or LONGEST) if shown else None)
    if asked.sort:
        summary = summary._replace(by_evaluation=_sorted(summary.by_evaluation, asked.sort))

    def screen() -> "Iterable[Piece]":
        if found:
            from mrtrack.cli.screens.evaluation import one_evaluation

            selection = question.answers.selection(wanted)
            return one_evaluation(selection, found.evaluation.id, settings, question.as_of, terminal.width())
        from mrtrack.cli.screens.overview import FOR_CHARTS, named_late, nothing_yet, overview

        if question.empty:
            return nothing_yet()
        size = (terminal.width(), terminal.height())
        dates = question.answers.horizon(wanted) if size[1] >= FOR_CHARTS else None
        named = named_late(size[1], asked.limit)
        overdue = wanted._replace(overdue=True)
        late = question.answers.briefs(overdue, "-days_overdue", named, counted=False)
        return overview(summary, late.rows, dates, question.as_of, settings.days, size, asked.limit)

    if asked.format is Format.JSON:
        from mrtrack.cli import formats

        text = formats.json_document("status", question.as_of, question.unread, [summary.as_json()])
        question.session.close()
        terminal.emit(text)
    else:
        items = [
            {"evaluation": item.evaluation, "title": item.title, **item.actions.as_json()}
            for item in summary.by_evaluation[: asked.limit]
        ]
        keys = ["evaluation", "title", *summary.actions.as_json()]
        headings = {key: key.replace("_", " ").replace("-", " ") for key in keys}
        emit_rows(question, Rows(kind="status", items=items, keys=keys, headings=headings), screen)
        if asked.format is Format.TABLE and seems_to_lack_driver(question.session.root):
            _tell_of_driver(question.session.root)
    question.finish()


def _criteria(view: str, settings: "Settings") -> "Mapping[str, Any]":
    from mrtrack.cli.views import view_of

    return view_of(view, settings).criteria


def _tell_of_driver(root: "Path") -> None:
    from mrtrack.cli import terminal
    from mrtrack.git.merging import lacks_driver

    if lacks_driver(root):
        terminal.remark("This clone merges records line by line; make it ready: mrtrack setup")


def _sorted(found: "Sequence[EvaluationSummary]", order: str) -> "tuple[EvaluationSummary, ...]":
    from mrtrack.cli.list import in_order

    rows = [
        SimpleNamespace(
            evaluation=item.evaluation,
            title=item.title,
            organisation=item.organisation,
            status=item.status,
            recommendations=item.recommendations,
            **{key.replace("-", "_"): count for key, count in item.actions.as_json().items()},
            item=item,
        )
        for item in found
    ]
    keys = [key for key in vars(rows[0]) if key != "item"] if rows else []
    return tuple(row.item for row in in_order(rows, keys, order if rows else None))
