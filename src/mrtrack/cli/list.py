"""`mrtrack list`: rows of actions, recommendations or evaluations."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Annotated, Any

import typer

from mrtrack.cli.options import Asked, Format, reading
from mrtrack.model.dates import EntryName, Happened, PartialDate


@reading
def run(
    what: Annotated[
        str,
        typer.Argument(
            metavar="[actions|recommendations|evaluations|VIEW]", help="What to list; bare: actions."
        ),
    ] = "actions",
    *,
    asked: Asked,
) -> None:
    """List actions, recommendations or evaluations.

    Views that are built in: overdue, due-soon, stale, open, disputed, no-response, no-evidence.
    """
    from mrtrack.cli import answers, terminal
    from mrtrack.cli.session import unread_line
    from mrtrack.cli.views import view_of
    from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow, as_json, columns

    question = asked.open()
    settings = question.session.repository.settings
    view = view_of(what, settings)
    other = view_of(asked.view, settings) if asked.view else None
    selection = question.selection({**view.criteria, **(other.criteria if other else {})})
    rows: Sequence[Any] = getattr(selection, view.kind)
    order = asked.sort or (other.sort if other else None) or view.sort
    limit = asked.limit or (other.limit if other else None) or view.limit
    kinds = {"actions": ActionRow, "recommendations": RecommendationRow, "evaluations": EvaluationRow}
    keys = columns(kinds[view.kind])
    ordered = in_order(rows, keys, order)
    chosen = ordered[:limit] if limit else ordered
    shown = [as_json(row) for row in chosen]
    if asked.format is Format.JSON:
        terminal.emit(answers.json_document(view.kind, question.as_of, question.session.unread, shown))
    elif asked.format is Format.CSV:
        terminal.emit(answers.csv_text(shown, keys))
    elif asked.format is Format.MD:
        from mrtrack.cli.screens.tables import HEADINGS

        terminal.emit(answers.markdown_table(shown, HEADINGS[view.kind]))
    else:
        from rich.text import Text

        from mrtrack.cli.screens.tables import table_of

        note = unread_line(question.session)
        parts = table_of(view.kind, chosen, settings, terminal.width(), total=len(rows))
        terminal.emit(terminal.render(*parts, *([Text(note, style="bold red")] if note else [])))
    question.finish()


def in_order(rows: Sequence[Any], keys: Sequence[str], order: str | None) -> list[Any]:
    """Rows sorted by the named columns, `-` for descending; dates by their last day, what has no value last.

    Raises:
        typer.BadParameter: where the rows have no such column.
    """
    ordered = list(rows)
    for part in reversed([part.strip() for part in (order or "").split(",") if part.strip()]):
        name = part.removeprefix("-").replace("-", "_")
        if name not in keys:
            raise typer.BadParameter(
                f"there is no column “{name}”; there are: {', '.join(keys)}", param_hint="--sort"
            )
        values = [(getattr(row, name), row) for row in ordered]
        stated = [(_sortable(value), row) for value, row in values if value not in (None, "", ())]
        stated.sort(key=itemgetter(0), reverse=part.startswith("-"))
        ordered = [row for _, row in stated] + [row for value, row in values if value in (None, "", ())]
    return ordered


def _sortable(value: Any) -> Any:  # noqa: ANN401 - a value of any column
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, (tuple, EntryName)):
        return str(value)
    if isinstance(value, Happened):
        return value.date.last
    return value.last if isinstance(value, PartialDate) else value
