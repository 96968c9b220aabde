"""Charts in characters: bars of parts, each part in a shade and a colour of its own, and bars of counts."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mrtrack.cli.screens.parts import Text

SHADES = "█▓▒░·"
FULL = SHADES[0]


class Part(NamedTuple):
    """A part of a whole: how many it is, what it is called, its shade (0 is the darkest) and its colour."""

    number: int
    name: str
    shade: int
    style: str


def stacked(parts: Sequence[Part], cells: int) -> Text:
    """A bar of all parts; one that is there has a cell at least, and together they fill the bar."""
    sizes = _sizes([part.number for part in parts], cells)
    told = Text()
    for part, size in zip(parts, sizes, strict=True):
        told.append(SHADES[part.shade] * size, part.style)
    return told


def legend(parts: Sequence[Part], width: int) -> Iterator[Text]:
    """The parts that are there in words, each after its shade, on lines of at most a width."""
    line = Text()
    for part in parts:
        if not part.number:
            continue
        piece = Text.assemble((SHADES[part.shade], part.style), f" {part.number:,} {part.name}")
        if line and line.cell_len + 2 + piece.cell_len > width:
            yield line
            line = Text()
        line = Text.assemble(line, "  ", piece) if line else piece
    yield line


def counted(count: int, largest: int, cells: int, style: str) -> Text:
    """A bar as long as its count, the largest of the chart filling it, and the number behind it."""
    size = max(1, count * cells // largest) if count else 0
    return Text.assemble(
        (FULL * size, style), " " if size else "", (f"{count:,}" if count else "–", "" if count else "dim")
    )


def _sizes(counts: Sequence[int], cells: int) -> list[int]:
    """Cells by largest remainder, so that nothing that is there vanishes and the bar is full."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    exact = [count * cells / total for count in counts]
    sizes = [max(1, int(share)) if count else 0 for share, count in zip(exact, counts, strict=True)]
    by_rest = sorted(range(len(counts)), key=lambda place: sizes[place] - exact[place])
    for place in by_rest:
        if sum(sizes) < cells and counts[place]:
            sizes[place] += 1
    while sum(sizes) > cells and max(sizes) > 1:
        large = [place for place, size in enumerate(sizes) if size > 1]
        sizes[max(large, key=lambda place: sizes[place] - exact[place])] -= 1
    return sizes
