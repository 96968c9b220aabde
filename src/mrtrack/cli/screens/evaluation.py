"""The screen of one evaluation: its facts, each recommendation with its answer, each action with its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mrtrack.cli.cells import cell_len, clipped
from mrtrack.cli.screens.parts import Piece, Text
from mrtrack.cli.screens.style import STATUS_STYLE, bar, day, grid, indented, lateness, share, text
from mrtrack.cli.terminal import one_line
from mrtrack.model.wording import label
from mrtrack.query.summary import count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mrtrack.model.settings import Settings
    from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow
    from mrtrack.query.selection import Selection


def one_evaluation(
    selection: Selection, name: str, settings: Settings, as_of: date, width: int
) -> Iterator[Piece]:
    """The parts of the screen; says so where the evaluation was not there yet, or nothing of it fits the filters."""
    row = next((row for row in selection.evaluations if row.evaluation == name), None)
    if row is None:
        yield Text(f"{name}: nothing to show as of {day(as_of)}", style="dim")
        return
    yield Text.assemble((one_line(row.evaluation), "bold"), "  ", (one_line(row.title), "bold"))
    yield Text(" · ".join(_facts(row, settings, as_of)), style="dim")
    counts = count(selection.actions)
    if counts.total:
        yield Text("")
        done = share(counts.completed, counts.applicable)
        told = f"  {counts.completed:,} of {counts.applicable:,} completed ({done})"
        late = f", {counts.overdue:,} overdue" if counts.overdue else ""
        rest = f", {counts.open:,} open" if counts.open else ""
        yield Text.assemble(bar(counts, 30 if width >= 100 else 20), told, (late, "red"), rest)
    for recommendation in selection.recommendations:
        yield Text("")
        yield from _recommendation(recommendation, selection, settings, width)
    yield Text("")
    yield Text(f"More: mrtrack show {name}:{_example(selection)} · mrtrack history {name}", style="dim")


def _facts(row: EvaluationRow, settings: Settings, as_of: date) -> Iterator[str]:
    if row.organisation:
        yield one_line(row.organisation)
    if row.type:
        yield one_line(row.type)
    end = f" {row.completed}" if row.completed and row.status == "completed" else ""
    if row.status:
        yield f"{label(row.status, settings)}{end}"
    if row.overdue:
        yield f"planned end {row.planned_end} is past"
    if row.response_submitted:
        yield f"response {row.response_submitted}"
    elif row.response_overdue:
        yield f"RESPONSE OVERDUE since {row.response_due}"
    elif row.response_due:
        yield f"response due {row.response_due}"
    yield f"as of {day(as_of)}"


def _recommendation(
    row: RecommendationRow, selection: Selection, settings: Settings, width: int
) -> Iterator[Piece]:
    answer = "no decision stated" if row.responded else "no response"
    decision = label(row.decision, settings) if row.decision else answer
    head = clipped(
        f"{one_line(row.recommendation)}  {one_line(row.title or row.text)}", width - cell_len(decision) - 2
    )
    gap = " " * (width - cell_len(head) - cell_len(decision))
    yield Text.assemble((head, "bold"), gap, (decision, "" if row.decision else "dim"))
    actions = [action for action in selection.actions if action.recommendation == row.recommendation]
    if not actions:
        yield Text("   no actions", style="dim")
        return
    wide = width >= 100
    table = grid([("", "<"), ("", "<"), ("", "*"), *([("", "<")] if wide else [])])
    names = max(cell_len(one_line(action.action)) for action in selection.actions)
    states = max(_state(action, settings).cell_len for action in selection.actions)
    table.keep_wide(names, states)
    for action in actions:
        lead = [Text(clipped(one_line(action.responsible), 34), style="dim")] if wide else []
        table.add_row(text(action.action), _state(action, settings), text(action.title or action.text), *lead)
    yield indented(table, 3)


def _state(row: ActionRow, settings: Settings) -> Text:
    if row.disputed:
        return Text("disputed", style="yellow")
    if row.overdue:
        return Text(lateness(row), style="red")
    if row.open and (row.due or row.timeline):
        return Text(clipped(f"{label(row.status, settings)}, {lateness(row)}", 28))
    return Text(label(row.status, settings), style=STATUS_STYLE[row.status])


def _example(selection: Selection) -> str:
    first = next(iter(selection.actions), None)
    return one_line(first.action) if first else "1"
