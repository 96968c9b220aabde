"""`mrtrack list`: rows of actions, recommendations or evaluations."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrtrack.cli.options import Asked, Format, reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mrtrack.cli.results import Rows
    from mrtrack.cli.screens.parts import Piece
    from mrtrack.cli.views import Kind

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

    question = asked.open()
    settings = question.settings
    view = view_of(what or asked.view or "actions", settings)
    other = view_of(asked.view, settings) if asked.view else None
    wanted = question.wanted({**view.criteria, **(other.criteria if other else {})})
    order = asked.sort or (other.sort if other else None) or view.sort
    limit = asked.limit or (other.limit if other else None) or view.limit
    if wanted.text:
        question.keep_words()
    shown = asked.format is Format.TABLE
    with sorting():
        found = (
            question.answers.briefs(wanted, order, limit)
            if shown and view.kind == "actions"
            else question.answers.rows(view.kind, wanted, order, limit)
        )

    def screen() -> "Iterable[Piece]":
        from mrtrack.cli.screens.tables import table_of

        return table_of(view.kind, found.rows, settings, terminal.width(), total=found.total)

    rows = Rows(view.kind, [], [], {}) if shown else _as_json(view.kind, found.rows)
    emit_rows(question, rows, screen)
    question.finish()


def _as_json(kind: "Kind", rows: "Sequence[Any]") -> "Rows":
    from mrtrack.cli.results import Rows
    from mrtrack.query.rows import ROWS, as_json, columns

    return Rows(kind, [as_json(row) for row in rows], columns(ROWS[kind]), HEADINGS[kind])


def in_order(rows: "Sequence[Any]", keys: "Sequence[str]", order: str | None) -> list[Any]:
    """Rows sorted as `--sort` names it.

    Raises:
        typer.BadParameter: where the rows have no such column.
    """
    from mrtrack.query import sorting as ordering

    with sorting():
        return ordering.in_order(rows, keys, order)


@contextmanager
def sorting() -> "Iterator[None]":
    """Tell of a column that rows do not have as of a wrong option.

    Raises:
        typer.BadParameter: in its place.
    """
    from mrtrack.query.order import UnknownColumnError

    try:
        yield
    except UnknownColumnError as error:
        raise typer.BadParameter(str(error), param_hint="--sort") from None
