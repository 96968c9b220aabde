"""What changed in a period, for people: section by section, each item with its reason; a long one is cut short."""

from collections.abc import Iterator

from mrtrack.changes.digest import About, Digest, Item
from mrtrack.cli.cells import clipped
from mrtrack.cli.screens.parts import Piece, Text
from mrtrack.cli.screens.style import day, indented, plural
from mrtrack.cli.terminal import clean, flowing, one_line

_BETWEEN = " · "
_LONGEST_REASON = 240
_URGENT = {About.UNPROVEN, About.OVERDUE, About.REOPENED}


def meeting(found: Digest, width: int) -> Iterator[Piece]:
    """The digest; what asks for attention has its heading in colour."""
    yield Text(f"What changed from {day(found.since)} to {day(found.until)}", style="bold")
    told = _in_lines(found.summary, width) or "Nothing of note was recorded in this time."
    yield Text(told, style="dim")
    for about in About:
        items = found.section(about)
        if items:
            yield Text("")
            yield Text.assemble(
                (about.value, "bold red" if about in _URGENT else "bold"), (f"  {len(items):,}", "dim")
            )
        for item in items:
            yield from _item(item, width)
    if found.others:
        words = plural(found.others, "other entry", "other entries")
        yield Text(f"\n{words}, comments and documents: mrtrack history --since {found.since}", style="dim")


def _in_lines(summary: str, width: int) -> str:
    """The summary, broken only between its parts."""
    lines: list[str] = []
    for part in summary.split(_BETWEEN) if summary else ():
        longer = f"{lines[-1]}{_BETWEEN}{part}" if lines else ""
        if lines and len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return "\n".join(lines)


def _item(item: Item, width: int) -> Iterator[Piece]:
    by = f"  by {one_line('; '.join(item.by))}" if item.by else ""
    head = Text.assemble((one_line(item.ref), "cyan"), f"  {one_line(item.text)}", (by, "dim"))
    yield indented(head, 2)
    if item.title:
        yield indented(Text(clipped(one_line(item.title), width - 6)), 6)
    if item.reason:
        yield indented(Text(clipped(flowing(item.reason), _LONGEST_REASON), style="italic"), 6)
    elif item.lacks_reason:
        yield indented(Text("no reason is recorded", style="yellow"), 6)
    for one in item.documents:
        told = clean(" ".join(part for part in (one.title, one.url) if part))
        yield indented(Text(told, style="blue"), 6)
