"""What became of a receipt, for people: the verdict in one line, the figures, and what differs by name."""

from collections.abc import Iterator, Sequence
from datetime import date

from mrtrack.cli.cells import cell_len, clipped
from mrtrack.cli.screens.parts import Piece, Text
from mrtrack.cli.screens.style import day, indented, plural
from mrtrack.cli.terminal import one_line
from mrtrack.indicators.receipts import Data
from mrtrack.indicators.verifying import Finding, Kind
from mrtrack.model.words import NOT_STATED

_NAME, _VALUE = 46, 10
_NOT_STATED = NOT_STATED.replace("-", " ")
_HEADINGS = {
    Kind.RECEIPT: "The receipt",
    Kind.COMMIT: "The commit",
    Kind.FIGURE: "The figures",
    Kind.HISTORY: "The history of that day, as it is now",
    Kind.NOTE: "To know",
}


def verified(told: Data, found: Sequence[Finding], age: int | None, width: int) -> Iterator[Piece]:
    """The verdict on a receipt; `age` is how many commits ago its commit was, where that is known."""
    same = all(one.kind is Kind.NOTE for one in found)
    figures = plural(len(told["figures"]), "figure")
    ago = "" if age is None else ", the last one" if age == 0 else f", {plural(age, 'commit')} ago"
    words = f"{figures} as of {day(date.fromisoformat(told['as_of']))}, commit {one_line(told['commit'])[:7]}{ago}"
    verdict = ("same", "bold green") if same else ("not the same", "bold red")
    yield Text.assemble(verdict, f": {words}")
    if same:
        yield from (_figure(one, width) for one in told["figures"])
    for kind, heading in _HEADINGS.items():
        listed = [one for one in found if one.kind is kind]
        if listed:
            yield Text("")
            yield Text(heading, style="dim" if kind is Kind.NOTE else "bold")
        for one in listed:
            within = one.kind is Kind.FIGURE and len(one.refs) == 1 and _names(one)
            style = "dim" if kind is Kind.NOTE else ""
            yield indented(Text(one_line(one.text), style=style), 4 if within else 2)


def _names(finding: Finding) -> bool:
    return finding.text.startswith(finding.refs[0])


def _figure(figure: Data, width: int) -> Piece:
    group = figure.get("group")
    label = (
        f"  {one_line(str(group)).replace(NOT_STATED, _NOT_STATED)}"
        if group
        else one_line(figure.get("name"))
    )
    room = max(12, min(_NAME, width - 2 - _VALUE - 17))
    name = clipped(label, room - 1)
    value = f"{one_line(str(figure.get('value'))):>{_VALUE}}"
    made = one_line(str(figure.get("made_of", "")))
    return Text.assemble("  ", name, " " * (room - cell_len(name)), (value, "bold"), (f"   {made}", "dim"))
