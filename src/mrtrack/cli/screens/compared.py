"""The screen of what differs between two states of the records: an evaluation after the other, a line an item."""

import textwrap
from collections.abc import Iterator, Sequence

from mrtrack.changes.differences import Differences, EvaluationDifferences, Fate
from mrtrack.changes.telling import Line
from mrtrack.cli.screens.parts import Piece, Text
from mrtrack.cli.screens.style import grid, indented, plural, text
from mrtrack.cli.terminal import one_line

_STICKY = "\u00a0"
_FATES = {Fate.NEW: "green", Fate.REMOVED: "red", Fate.CHANGED: ""}


def compared(found: Differences, between: str, width: int) -> Iterator[Piece]:
    """What differs, with the counts first; `between` says which two states are compared."""
    if not found.evaluations:
        yield Text("No record changes.")
        yield Text(one_line(between), style="dim")
        return
    yield Text.assemble(
        (
            plural(len(found.evaluations), "evaluation") + " differ" + "s" * (len(found.evaluations) == 1),
            "bold",
        ),
        (f"  {one_line(between)}", "dim"),
    )
    if found.counts:
        yield Text(_counts([count.text for count in found.counts], width))
    for one in found.evaluations:
        yield Text("")
        yield _heading(one)
        for line in one.lines:
            yield indented(_line(line))


def _counts(counts: Sequence[str], width: int) -> str:
    """The counts, broken between one count and the next only."""
    whole = " · ".join(count.replace(" ", _STICKY) for count in counts)
    return textwrap.fill(whole, width).replace(_STICKY, " ")


def _heading(one: EvaluationDifferences) -> Piece:
    heading = text(one.evaluation, "bold cyan")
    if one.fate is not Fate.CHANGED:
        heading.append(f"  {one.fate}", style=_FATES[one.fate])
    if one.title and one.fate is not Fate.NEW:
        heading.append(f"  {one_line(one.title)}", style="")
    return heading


def _line(line: Line) -> Piece:
    if not line.name:
        return Text(one_line(line.words))
    table = grid([("", "<"), ("", "~")])
    table.add_row(Text(one_line(line.name), style="cyan"), Text(one_line(line.words)))
    return table
