"""What became of the answers of units, file by file and row by row, for a person; `take` decides, this tells."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mrtrack.cli import terminal
from mrtrack.importers.answers.columns import HEADINGS
from mrtrack.importers.answers.outcomes import Compared, Fate, Outcome

_MARGIN = 13
_SIDE = 24


@dataclass(frozen=True, slots=True)
class FileTold:
    """One file: its name, its rows, why it could not be read, and what else was written in it."""

    name: str
    outcomes: Sequence[Outcome]
    unreadable: str = ""
    beside: Sequence[str] = ()


def told(files: Iterable[FileTold], words: Mapping[str, str]) -> str:
    """The files with their rows; `words` say what each taken answer changes, by its ref."""
    lines: list[str] = []
    for file in files:
        unit = next((one.answer.unit for one in file.outcomes if one.answer.unit), "")
        lines.append(terminal.one_line(f"{file.name}{f'  ({unit})' if unit else ''}"))
        if file.unreadable:
            lines += _item("not read", file.unreadable)
        for one in file.outcomes:
            lines += _row(one, words)
        if not file.unreadable and all(one.fate is Fate.UNANSWERED for one in file.outcomes):
            lines += _item("", "no answers in it yet")
        for note in file.beside:
            lines += _item("beside", note)
        lines.append("")
    return "".join(f"{line}\n" for line in lines)


def _row(one: Outcome, words: Mapping[str, str]) -> Iterator[str]:
    if one.fate is Fate.TAKEN:
        yield from _item("taken", words.get(one.ref, ""), one.ref)
        for note in one.answer.withheld:
            yield from _item("", note)
    elif one.fate is Fate.UNCHANGED:
        yield from _item("unchanged", one.note, one.ref)
    elif one.fate is Fate.REFUSED:
        head, *more = [objection.text for objection in one.objections]
        yield from _item("refused", head, one.ref or f"row {one.row.number}")
        for text in more:
            yield from _item("", text)
        yield from _sides(one.compared)


def _sides(compared: Sequence[Compared]) -> Iterator[str]:
    """What the file shows and what the record says now, side by side."""
    if not compared:
        return
    rows = [
        ("", "in the file", "in the record"),
        *((HEADINGS[one.column], one.then, one.now) for one in compared),
    ]
    width = max(_SIDE, (terminal.width() - _MARGIN - 16) // 2 - 2)
    for name, then, now in rows:
        left, right = (textwrap.wrap(terminal.one_line(text) or "–", width) for text in (then, now))
        for number in range(max(len(left), len(right))):
            sides = [side[number] if number < len(side) else "" for side in (left, right)]
            head = name if number == 0 else ""
            yield f"{'':{_MARGIN}}{head:<14}{sides[0]:<{width}}  {sides[1]}".rstrip()


def _item(head: str, text: str, ref: str = "") -> list[str]:
    named = f"{terminal.one_line(ref)}  " if ref else ""
    columns = terminal.width() if terminal.is_terminal() else 100_000
    return textwrap.wrap(
        terminal.one_line(text),
        columns,
        initial_indent=f"  {head:<{_MARGIN - 2}}{named}",
        subsequent_indent=" " * _MARGIN,
        break_on_hyphens=False,
        break_long_words=False,
    )
