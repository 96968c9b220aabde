"""The account of an import on the screen: every line of the source, and beside it what became of it."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from mrtrack.cli.terminal import clean
from mrtrack.importers.account import FIELD, Account, AccountLine
from mrtrack.importers.draft import Fate
from mrtrack.importers.told import became

_WHAT = 26
_STYLES = {Fate.LEFT_OVER: "bold red", Fate.WITHHELD: "yellow", Fate.REPEATED: "dim", Fate.FURNITURE: "dim"}


def explained(account: Account) -> Iterator[Text | Table]:
    """Every line of a source that has words, with its number and what became of it."""
    yield Text(f"{clean(account.source)}: {account.kind}", style="bold")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(width=_WHAT, overflow="fold")
    table.add_column(ratio=1)
    for line in account.lines:
        style = _style(line)
        table.add_row(
            str(line.number), Text(clean(became(line)), style=style), Text(clean(line.text), style=style)
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
