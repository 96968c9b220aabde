"""The screens of `mrtrack remind`: the messages in figures, and who was asked when."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from mrtrack.cli.cells import clipped
from mrtrack.cli.screens.parts import Piece, Text
from mrtrack.cli.screens.style import grid, plural, text
from mrtrack.cli.terminal import clean, one_line

if TYPE_CHECKING:
    from mrtrack.cli.reminding import MessageRow
    from mrtrack.reports.messages.answers import AskedRow


_COUNTS = {"overdue": "red", "due_soon": "yellow", "stale": "", "disputed": "yellow"}


def messages_screen(
    rows: Sequence["MessageRow"], remarks: Iterable[str], width: int, single: str
) -> Iterator[Piece]:
    """A line for each unit, and below what was done; before both the text of a single message."""
    if single:
        yield Text(clean(single))
    if rows:
        yield _table(rows, wide=width >= 110)
    else:
        yield Text("No unit asked about leads an action that is overdue, due soon, stale or disputed.")
    for line in remarks:
        yield Text(one_line(line))


def _table(rows: Sequence["MessageRow"], *, wide: bool) -> Piece:
    told = {name: style for name, style in _COUNTS.items() if any(getattr(row, name) for row in rows)}
    remarks = [_remark(row, wide=wide) for row in rows]
    columns = [("unit", "*"), *((name.replace("_", " "), ">") for name in told)]
    columns += [("", "<")] if any(remarks) else []
    table = grid([*columns, *([("to", "<")] if wide else [])], header=True)
    for row, remark in zip(rows, remarks, strict=True):
        counts = [_count(getattr(row, name), style) for name, style in told.items()]
        end = [Text(remark, style="dim")] if any(remarks) else []
        to = [Text(clipped(one_line(row.address) or "–", 40), style="dim")] if wide else []
        table.add_row(text(row.unit, "dim" if row.asked else "bold"), *counts, *end, *to)
    return table


def _remark(row: "MessageRow", *, wide: bool) -> str:
    if row.asked:
        return f"asked {row.asked}"
    return "" if row.address or wide else "no address"


def asked_screen(rows: Sequence["AskedRow"], *, total: int) -> Iterator[Piece]:
    """A line for each time that a unit was asked, and below how many there are and what is still open."""
    if not rows:
        yield Text("Nobody was asked.", style="dim")
        return
    is_shared = any(row.recorded_by_others for row in rows)
    columns = [("asked", "<"), ("unit", "*"), ("actions", ">"), ("answered", ">")]
    columns += [("by others", ">")] if is_shared else []
    table = grid([*columns, ("waiting", ">"), ("days", ">")], header=True)
    for row in rows:
        table.add_row(
            Text(str(row.asked)),
            text(row.unit, "bold"),
            Text(str(len(row.refs))),
            _count(len(row.answered), "green"),
            *([_count(len(row.recorded_by_others))] if is_shared else []),
            _count(len(row.waiting), "red"),
            Text(str(row.days_waited)),
        )
    yield table
    shown = f" ({len(rows):,} shown)" if len(rows) < total else ""
    waiting = len({(row.unit, ref) for row in rows for ref in row.waiting})
    units = len({row.unit for row in rows if row.waiting})
    still = f"; {plural(units, 'unit')} still to answer on {plural(waiting, 'action')}" if waiting else ""
    yield Text(f"{plural(total, 'asking')}{shown}{still}", style="dim")


def _count(number: int, style: str = "") -> Text:
    return Text(f"{number:,}", style=style) if number else Text("–", style="dim")
