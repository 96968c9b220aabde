"""The screen of a history: one entry after the other, oldest first, each with what it changed and why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mrtrack.cli.screens.parts import Piece, Stack, Text
from mrtrack.cli.screens.style import grid, indented, plural
from mrtrack.cli.terminal import clean, flowing, one_line


def log(items: Sequence[Mapping[str, Any]], *, total: int, refs: bool = True) -> Iterator[Piece]:
    """The entries, grouped by the day on which they were recorded; `refs` names the item of each."""
    day = None
    for item in items:
        if item["date"] != day:
            if day is not None:
                yield Text("")
            day = item["date"]
            yield Text(str(day), style="bold")
        yield indented(_entry(item, refs=refs))
    if not items:
        yield Text("Nothing was recorded.", style="dim")
    elif len(items) < total:
        yield Text(f"\n{plural(total, 'entry', 'entries')} ({len(items):,} shown)", style="dim")


def _entry(item: Mapping[str, Any], *, refs: bool) -> Piece:
    if not refs:
        return Stack([_head(item), *(indented(line) for line in _below(item))])
    table = grid([("", "<"), ("", "~")])
    table.add_row(Text(one_line(item["ref"]), style="cyan"), _head(item))
    for line in _below(item):
        table.add_row(Text(""), line)
    return table


def _head(item: Mapping[str, Any]) -> Text:
    parts = [(one_line(item["text"]), "strike dim" if item["corrected"] else "")]
    if item["corrected"]:
        parts.append((" (corrected later)", "yellow"))
    if item["on"]:
        known = str(item["on"])
        day = known.removeprefix("until ")
        if not known.startswith("until "):
            parts.append((f", happened {day}", ""))
        elif day != str(item["date"]):
            parts.append((f", happened by {day}", ""))
    if item["by"]:
        parts.append((f"  by {one_line(item['by'])}", "dim"))
    return Text.assemble(*parts)


def _below(item: Mapping[str, Any]) -> Iterator[Text]:
    if item["comment"]:
        yield Text(flowing(str(item["comment"])), style="italic")
    for document in item["documents"]:
        title, address = document.get("title"), document.get("url")
        yield Text(clean(" ".join(part for part in (title, address) if part)), style="blue")
