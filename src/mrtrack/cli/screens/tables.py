"""Rows for people: what fits the width, the most telling columns first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mrtrack.cli.cells import clipped
from mrtrack.cli.screens.parts import Piece, Text
from mrtrack.cli.screens.style import STATUS_STYLE, grid, plural, text
from mrtrack.cli.terminal import one_line
from mrtrack.model.wording import label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mrtrack.model.settings import Settings
    from mrtrack.query.brief import Brief
    from mrtrack.query.rows import EvaluationRow, RecommendationRow


def table_of(
    kind: str, rows: Sequence[Any], settings: Settings, width: int, *, total: int
) -> Iterator[Piece]:
    """A table of rows and, below it, how many there are."""
    if rows:
        yield _TABLES[kind](rows, settings, width)
    shown = f" ({len(rows):,} shown)" if len(rows) < total else ""
    yield Text(f"{plural(total, kind.removesuffix('s'))}{shown}" if total else f"No {kind} fit.", style="dim")


def _actions(rows: Sequence[Brief], settings: Settings, width: int) -> Piece:
    wide = width >= 110
    columns = [("ref", "<"), ("action", "*"), ("lead", "<"), ("due", "<"), ("status", "<")]
    table = grid([*columns, *([("late", ">"), ("updated", "<")] if wide else [])], header=True)
    for row in rows:
        cells = [
            text(row.ref, "bold"),
            text(row.words),
            Text(clipped(one_line(row.responsible) or "–", 30 if wide else 14)),
            Text(row.due or "–", style="red" if row.days_overdue else ""),
            _status(row, settings, wide=wide),
        ]
        if wide:
            cells += [Text(_late(row), style="red"), Text(str(row.updated or ""), style="dim")]
        table.add_row(*cells)
    return table


def _status(row: Brief, settings: Settings, *, wide: bool) -> Text:
    if row.disputed:
        return Text("disputed", style="yellow")
    if row.days_overdue and not wide:
        return Text(f"{_late(row)} late", style="red")
    return Text(label(row.status, settings), style=STATUS_STYLE[row.status])


def _late(row: Brief) -> str:
    return f"{row.days_overdue:,} d" if row.days_overdue else ""


def _recommendations(rows: Sequence[RecommendationRow], settings: Settings, width: int) -> Piece:
    priority = any(row.priority for row in rows)
    columns = [
        ("ref", "<"),
        ("recommendation", "*"),
        *([("priority", "<")] if priority else []),
        ("decision", "<"),
        ("actions", ">"),
    ]
    table = grid(columns, header=True)
    for row in rows:
        cells = [text(row.ref, "bold"), text(row.title or row.text)]
        if priority:
            cells.append(Text(clipped(one_line(row.priority), 24 if width >= 110 else 12)))
        table.add_row(*cells, Text(label(row.decision, settings)), Text(str(row.actions)))
    return table


def _evaluations(rows: Sequence[EvaluationRow], settings: Settings, width: int) -> Piece:
    wide = width >= 110
    columns = [
        ("evaluation", "<"),
        ("title", "*"),
        *([("organisation", "<")] if wide else []),
        ("status", "<"),
        ("response", "<"),
    ]
    table = grid(columns, header=True)
    for row in rows:
        organisation = [Text(clipped(one_line(row.organisation), 30), style="dim")] if wide else []
        table.add_row(
            text(row.evaluation, "bold"),
            text(row.title),
            *organisation,
            _course(row, settings),
            _response(row),
        )
    return table


def _course(row: EvaluationRow, settings: Settings) -> Text:
    told = label(row.status, settings)
    return Text(f"{told}, late", style="red") if row.overdue else Text(told)


def _response(row: EvaluationRow) -> Text:
    if row.response_submitted:
        return Text(str(row.response_submitted), style="green")
    if row.response_overdue:
        return Text("overdue", style="red")
    if row.response_required and row.response_due:
        return Text(f"due {row.response_due}")
    return Text("not required" if row.response_required is False else "–", style="dim")


_TABLES: dict[str, Callable[[Sequence[Any], Settings, int], Piece]] = {
    "actions": _actions,
    "recommendations": _recommendations,
    "evaluations": _evaluations,
}
