"""What a source is once it has been read: numbered lines and tables, whatever format the file had.

Nothing here knows what the words mean; that is for the modules that outline a page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source.

    `number` counts from 1 and ascends over the page; in a text file it is the line of the file. `place` says
    where else a person would look (“page 3”, “row 12, Status”). `level` is that of a heading, 0 for others.
    """

    number: int
    text: str
    level: int = 0
    place: str = ""

    def piece(self, start: int = 0, end: int | None = None) -> "Piece":
        """A stretch of this line, without the white space around it."""
        text = self.text[start:end]
        begin = start + len(text) - len(text.lstrip())
        return Piece(self, begin, begin + len(text.strip()))

    @property
    def blank(self) -> bool:
        """Whether the line holds nothing but white space."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line: what a field of a record is made of, or what is left out and why."""

    line: Line
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the piece."""
        return self.line.text[self.start : self.end]

    def part(self, start: int, end: int | None = None) -> "Piece":
        """A stretch of this piece, counted from its own beginning."""
        return self.line.piece(self.start + start, self.end if end is None else self.start + end)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `spanned` is one that a cell above or to the left covers, and holds no lines.

    `from_above` tells that the covering cell begins in a row above, in the same column: what it says goes for
    this row too.
    """

    lines: tuple[Line, ...] = ()
    spanned: bool = False
    from_above: bool = False

    @property
    def text(self) -> str:
        """The words of the cell on one line."""
        return " ".join(line.text.strip() for line in self.lines if not line.blank)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the source rules it: every row has as many cells as the widest."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def lines(self) -> Iterator[Line]:
        """All lines, row after row."""
        return (line for row in self.rows for cell in row for line in cell.lines)


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Repair:
    """What was mended while reading, and how; `line` is 0 where it concerns the whole source."""

    line: int
    what: str


@dataclass(frozen=True)
class Page:
    """A source that was read: its name, the format it had, its blocks in reading order, what was mended.

    `left_out` holds lines that the format itself sets apart from the text (page headers and footers, text
    that a browser does not show), each with the reason; they are not in `blocks`.
    """

    name: str
    format: str
    blocks: tuple[Block, ...]
    repairs: tuple[Repair, ...] = ()
    left_out: tuple[tuple[Line, str], ...] = ()
    url: str | None = None
    sha256: str | None = None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines of the source in ascending order, those that were set apart included."""
        every = [*lines_of(self.blocks), *(line for line, _ in self.left_out)]
        return tuple(sorted(every, key=lambda line: line.number))


def lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """The lines of blocks in reading order."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from block.lines
