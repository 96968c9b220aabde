"""`mrtrack history`: what changed, entry by entry."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mrtrack.cli.options import Asked, Format, reading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mrtrack.cli.found import Found
    from mrtrack.cli.screens.parts import Piece


class HistoryFormat(StrEnum):
    """How a history is written; HTML is for a digest."""

    TABLE = "table"
    CSV = "csv"
    MD = "md"
    JSON = "json"
    HTML = "html"


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
    digest: Annotated[
        bool,
        typer.Option("--digest", help="Told for a meeting; the last three months unless --since says other."),
    ] = False,
    format: Annotated[
        HistoryFormat, typer.Option(help="How to write the result; html with --digest.")
    ] = HistoryFormat.TABLE,
    *,
    asked: Asked,
) -> None:
    """Show what was recorded, when, by whom and why.

    With --digest: the new evaluations, decisions, completions with and without a document, moved dates with their
    reasons, and what became overdue.
    """
    from mrtrack.changes import HistoryRow, history_rows
    from mrtrack.cli.list import in_order
    from mrtrack.cli.results import Rows, emit_rows
    from mrtrack.cli.session import date_option
    from mrtrack.cli.views import view_of
    from mrtrack.model.spellings import searchable
    from mrtrack.model.wording import label
    from mrtrack.query.rows import Row, as_json, columns

    if asked.format is Format.TABLE and format is not HistoryFormat.HTML:
        asked = asked._replace(format=Format(format.value))
    if digest:
        from mrtrack.cli.digesting import tell

        if by:
            raise typer.BadParameter("leave out --by: a digest tells of everybody", param_hint="--digest")
        tell(asked, ref, since, until, html=format is HistoryFormat.HTML)
        return
    if format is HistoryFormat.HTML:
        raise typer.BadParameter("html is for --digest", param_hint="--format")
    question = asked.open()
    settings = question.settings
    target = question.find(ref) if ref else None
    view = view_of(asked.view, settings) if asked.view else None
    criteria = view.criteria if view else {}
    selection = question.answers.selection(question.wanted(criteria, target))
    said = [*criteria.items(), *asked.criteria.items()]
    whole = not any(value for key, value in said if key != "evaluation")
    rows_chosen: tuple[Row, ...] = (*selection.evaluations, *selection.recommendations, *selection.actions)
    chosen = {row.ref for row in rows_chosen}
    below = _below(target) if target and target.path else None
    first, last = date_option(since, "--since"), date_option(until, "--until")
    rows = [
        row
        for evaluation in selection.evaluations
        for row in history_rows(evaluation.of, question.as_of, lambda word: label(word, settings))
        if (whole or row.ref in chosen)
        and (below is None or row.ref in below)
        and (first is None or row.date >= first.first)
        and (last is None or row.date <= last.last)
        and (by is None or searchable(by) in searchable(row.by or ""))
    ]
    rows.sort(key=lambda row: row.date)
    keys = columns(HistoryRow)
    items = [as_json(row) for row in in_order(rows, keys, asked.sort)]
    shown = items[-asked.limit :] if asked.limit and not asked.sort else items[: asked.limit]
    headings = {"date": "Recorded", "ref": "Ref", "text": "Change", "by": "By", "comment": "Comment"}

    def screen() -> "Iterable[Piece]":
        from mrtrack.cli.screens.log import log

        return log(shown, total=len(items))

    emit_rows(question, Rows(kind="history", items=shown, keys=keys, headings=headings), screen)
    question.finish()


def _below(target: "Found") -> set[str]:
    actions = getattr(target.item, "actions", None) or ()
    return {target.ref, *(f"{target.evaluation.id}:{action.id}" for action in actions)}
