"""The account of an import on the screen: every line of the source, and beside it what became of it."""

from collections.abc import Iterator

from mrtrack.cli.screens.parts import Column, Table, Text
from mrtrack.cli.terminal import clean
from mrtrack.importers.account import FIELD, Account, AccountLine
from mrtrack.importers.draft import Fate
from mrtrack.importers.told import became

_WHAT = 26
_STYLES = {Fate.LEFT_OVER: "bold red", Fate.WITHHELD: "yellow", Fate.REPEATED: "dim", Fate.FURNITURE: "dim"}


def explained(account: Account) -> Iterator[Text | Table]:
    """Every line of a source that has words, with its number and what became of it."""
    yield Text(f"{clean(account.source)}: {account.kind}", style="bold")
    table = Table([Column(right=True), Column(wrap=True, max_width=_WHAT), Column(rest=True, wrap=True)])
    for line in account.lines:
        style = _style(line)
        table.add_row(
            Text(str(line.number), style="dim"),
            Text(clean(became(line)), style=style),
            Text(clean(line.text), style=style),
        )
    yield table


def _style(line: AccountLine) -> str:
    fates = {one.fate for one in line.stretches}
    worst = next((fate for fate in (Fate.LEFT_OVER, Fate.WITHHELD) if fate in fates), None)
    if worst:
        return _STYLES[worst]
    if FIELD in fates:
        return ""
    return next((_STYLES[Fate(fate)] for fate in fates), "")
