"""`mrtrack list`: rows of actions, recommendations or evaluations."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrtrack.cli.options import Asked, reading
from mrtrack.model.dates import EntryName, Happened, PartialDate

if TYPE_CHECKING:
    from rich.console import RenderableType


HEADINGS: dict[str, dict[str, str]] = {
    "actions": {
        "ref": "Ref",
        "title": "Title",
        "text": "Action",
        "responsible": "Lead",
        "due": "Due",
        "status": "Status",
        "days_overdue": "Days overdue",
        "updated": "Updated",
    },
    "recommendations": {
        "ref": "Ref",
        "title": "Title",
        "text": "Recommendation",
        "decision": "Decision",
        "priority": "Priority",
        "actions": "Actions",
    },
    "evaluations": {
        "evaluation": "Evaluation",
        "title": "Title",
        "organisation": "Organisation",
        "type": "Type",
        "status": "Status",
        "planned_end": "Planned end",
        "response_submitted": "Response submitted",
    },
}


@reading
def run(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[actions|recommendations|evaluations|VIEW]", help="What to list; bare: actions."
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """List actions, recommendations or evaluations.

    Views that are built in: overdue, due-soon, stale, open, disputed, no-response, no-evidence.
    """
    from mrtrack.cli import terminal
    from mrtrack.cli.results import Rows, emit_rows
    from mrtrack.cli.views import view_of
    from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow, as_json, columns

    question = asked.open()
    settings = question.session.repository.settings
    view = view_of(what or asked.view or "actions", settings)
    other = view_of(asked.view, settings) if asked.view else None
    selection = question.selection({**view.criteria, **(other.criteria if other else {})})
    rows: Sequence[Any] = getattr(selection, view.kind)
    order = asked.sort or (other.sort if other else None) or view.sort
    limit = asked.limit or (other.limit if other else None) or view.limit
    kinds = {"actions": ActionRow, "recommendations": RecommendationRow, "evaluations": EvaluationRow}
    keys = columns(kinds[view.kind])
    ordered = in_order(rows, keys, order)
    chosen = ordered[:limit] if limit else ordered
    items = [as_json(row) for row in chosen]

    def screen() -> "Iterable[RenderableType]":
        from mrtrack.cli.screens.tables import table_of

        return table_of(view.kind, chosen, settings, terminal.width(), total=len(rows))

    emit_rows(question, Rows(kind=view.kind, items=items, keys=keys, headings=HEADINGS[view.kind]), screen)
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
