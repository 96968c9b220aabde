"""The look that all screens share: counts, bars, dates, and tables without lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mrtrack.cli.screens.parts import Column, Padding, Piece, Table, Text
from mrtrack.cli.terminal import one_line
from mrtrack.model.words import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mrtrack.query.rows import ActionRow
    from mrtrack.query.summary import ActionCounts

STATUS_STYLE: dict[Status | None, str] = {
    Status.COMPLETED: "green",
    Status.INITIATED: "cyan",
    Status.NOT_INITIATED: "",
    Status.NO_LONGER_APPLICABLE: "dim",
    None: "",
}
DONE, LATE, OPEN = "█", "▒", "·"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its word: 1 action, 2 actions."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def day(value: date) -> str:
    """A day in words: 22 November 2026."""
    return f"{value.day} {value:%B %Y}"


def text(value: str | None, style: str = "") -> Text:
    """A record's text on one line, harmless."""
    return Text(one_line(value), style=style, no_wrap=True)


def bar(counts: ActionCounts, cells: int) -> Text:
    """How far the applicable actions are: completed, overdue, otherwise open. Empty where there are none."""
    total = counts.applicable
    if not total:
        return Text(" " * cells)
    done = _share(counts.completed, total, cells)
    late = min(cells - done, _share(counts.overdue, total, cells))
    rest = cells - done - late
    if rest and counts.completed + counts.overdue == total:
        done, rest = (done + rest, 0) if counts.completed else (done, rest)
        late, rest = late + rest, 0
    return Text.assemble((DONE * done, "green"), (LATE * late, "red"), (OPEN * rest, "dim"))


def share(part: int, whole: int) -> str:
    """A share in percent, rounded down so that 100 % means all."""
    return f"{100 * part // whole} %" if whole else ""


def grid(columns: Sequence[tuple[str, str]], *, header: bool = False) -> Table:
    """A table without lines. A column is its heading and how it takes space.

    `<` and `>` are as wide as what stands in them, left and right; `*` takes what is left, and so does `~`, which
    breaks long cells into several lines.
    """
    return Table(
        [
            Column(heading, right=space == ">", rest=space in "*~", wrap=space == "~")
            for heading, space in columns
        ],
        header=header,
    )


def indented(part: Piece, columns: int = 2) -> Piece:
    """A part of a screen, moved to the right."""
    return Padding(part, columns)


def lateness(row: ActionRow) -> str:
    """How an action stands towards its due date, in words: 41 days overdue; due 2022-12."""
    if row.days_overdue:
        return f"{plural(row.days_overdue, 'day')} overdue"
    return f"due {row.due}" if row.due else one_line(row.timeline) or "no due date"


def _share(part: int, whole: int, cells: int) -> int:
    exact = part * cells / whole
    return max(1, int(exact)) if part else 0
