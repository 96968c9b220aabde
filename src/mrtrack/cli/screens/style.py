"""The look that all screens share: counts, bars, dates, and tables without lines."""

from collections.abc import Sequence
from datetime import date

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mrtrack.cli.terminal import one_line
from mrtrack.model.words import Status
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
    return Text(one_line(value), style=style, no_wrap=True, overflow="ellipsis")


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
    """A table without lines. A column is its heading and how it takes space: `<`, `>` or `*` (what is left)."""
    table = Table(
        box=None, show_header=header, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False, expand=True
    )
    for heading, space in columns:
        table.add_column(
            heading,
            justify="right" if space == ">" else "left",
            ratio=1 if space == "*" else None,
            no_wrap=True,
            overflow="ellipsis",
        )
    return table


def indented(part: RenderableType, columns: int = 2) -> RenderableType:
    """A part of a screen, moved to the right."""
    return Padding(part, (0, 0, 0, columns))


def lateness(row: ActionRow) -> str:
    """How an action stands towards its due date, in words: 41 days overdue; due 2022-12."""
    if row.days_overdue:
        return f"{plural(row.days_overdue, 'day')} overdue"
    return f"due {row.due}" if row.due else one_line(row.timeline) or "no due date"


def _share(part: int, whole: int, cells: int) -> int:
    exact = part * cells / whole
    return max(1, int(exact)) if part else 0
