"""What screens are made of: styled text, tables without lines, and indentation, laid out in columns of the terminal.

Laying out is done here, so that a screen that is piped needs no more; colours on a terminal are rich's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mrtrack.cli.cells import cell_len, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Span = tuple[str, str]
Line = list[Span]

_WORD = re.compile(r"\S+\s*|\s+")


class Piece(Protocol):
    """A part of a screen."""

    def lines(self, width: int) -> Iterator[Line]:
        """Its lines, each at most so many columns wide."""


class Text:
    """A text in one or several styles, wrapped between words unless `no_wrap`, when it is cut with `…`."""

    def __init__(self, text: str = "", style: str = "", *, no_wrap: bool = False) -> None:
        self.spans: Line = [(text, style)] if text else []
        self.style = style
        self.no_wrap = no_wrap

    @classmethod
    def assemble(cls, *parts: str | Span | Text, no_wrap: bool = False) -> Text:
        """One text of several."""
        whole = cls(no_wrap=no_wrap)
        for part in parts:
            if isinstance(part, Text):
                whole.spans += part.spans
            else:
                whole.append(*((part, "") if isinstance(part, str) else part))
        return whole

    def append(self, text: str, style: str = "") -> None:
        """Add a text at the end; its style comes on top of that of the whole."""
        if text:
            self.spans.append((text, " ".join(filter(None, (self.style, style)))))

    def __bool__(self) -> bool:
        return bool(self.spans)

    @property
    def plain(self) -> str:
        """The text without styles."""
        return "".join(text for text, _ in self.spans)

    @property
    def cell_len(self) -> int:
        """The columns that its longest line takes."""
        return max((cell_len(line) for line in self.plain.split("\n")), default=0)

    def lines(self, width: int) -> Iterator[Line]:
        """See `Piece`."""
        for line in _split(self.spans):
            if self.no_wrap:
                yield _clipped(line, width)
            else:
                yield from _wrapped(line, width)


class Column(NamedTuple):
    """A column of a table; `rest` takes what space is left, `wrap` breaks long cells into several lines."""

    heading: str = ""
    right: bool = False
    rest: bool = False
    wrap: bool = False
    min_width: int = 0
    max_width: int | None = None

    def measure(self, cell: Text) -> int:
        """The columns that a cell takes as it is written here."""
        return cell.cell_len if self.wrap else cell_len(cell.plain.replace("\n", " "))


class Table:
    """A table without lines, its columns two spaces apart."""

    def __init__(self, columns: list[Column], *, header: bool = False) -> None:
        self.columns, self.header = columns, header
        self.rows: list[Sequence[Text]] = []

    def keep_wide(self, *widths: int) -> None:
        """Let the first columns be at least so wide, so that tables below each other agree."""
        for place, width in enumerate(widths):
            self.columns[place] = self.columns[place]._replace(min_width=width)

    def add_row(self, *cells: Text | str) -> None:
        """Add a row, a cell for each column."""
        self.rows.append([Text(cell) if isinstance(cell, str) else cell for cell in cells])

    def lines(self, width: int) -> Iterator[Line]:
        """See `Piece`."""
        head = [[Text(column.heading, "dim", no_wrap=True) for column in self.columns]] if self.header else []
        rows = [*head, *self.rows]
        widths = self._widths(rows, width)
        for row in rows:
            cells = [
                list(self._cell(cell, column, room))
                for cell, column, room in zip(row, self.columns, widths, strict=True)
            ]
            for number in range(max(map(len, cells))):
                line = _joined(
                    [
                        (lines[number] if number < len(lines) else [], column, room)
                        for lines, column, room in zip(cells, self.columns, widths, strict=True)
                    ]
                )
                yield _clipped(_bare(line), width)

    def _cell(self, cell: Text, column: Column, room: int) -> Iterator[Line]:
        if column.wrap:
            yield from cell.lines(room)
            return
        line = [(text.replace("\n", " "), style) for text, style in cell.spans]
        yield _clipped(_bare(line) if column.right else line, room)

    def _widths(self, rows: Iterable[Sequence[Text]], width: int) -> list[int]:
        natural = [column.min_width for column in self.columns]
        for row in rows:
            measured = (column.measure(cell) for column, cell in zip(self.columns, row, strict=True))
            natural = [max(pair) for pair in zip(natural, measured, strict=True)]
        limits = [column.max_width for column in self.columns]
        natural = [
            most if limit is None else min(most, limit) for most, limit in zip(natural, limits, strict=True)
        ]
        room = width - 2 * (len(self.columns) - 1)
        for nth, column in enumerate(self.columns):
            if column.rest:
                others = sum(natural) - natural[nth]
                natural[nth] = max(0, room - others)
        while sum(natural) > room and any(natural):
            natural[self._widest(natural)] -= 1
        return natural

    def _widest(self, widths: Sequence[int]) -> int:
        """The column to make narrower: texts first, then numbers, and last the first, which names the row."""
        order = [(nth == 0, column.right, -widths[nth], nth) for nth, column in enumerate(self.columns)]
        return min(rank for rank in order if widths[rank[-1]])[-1]


class Padding(NamedTuple):
    """A part moved to the right by so many columns."""

    part: Piece
    left: int = 0

    def lines(self, width: int) -> Iterator[Line]:
        """See `Piece`."""
        for line in self.part.lines(max(1, width - self.left)):
            yield [(" " * self.left, ""), *line]


class Stack(NamedTuple):
    """Parts one below the other."""

    parts: list[Piece]

    def lines(self, width: int) -> Iterator[Line]:
        """See `Piece`."""
        for part in self.parts:
            yield from part.lines(width)


def _joined(cells: Sequence[tuple[Line, Column, int]]) -> Line:
    whole: Line = []
    for nth, (line, column, room) in enumerate(cells):
        gap = " " * max(0, room - sum(cell_len(text) for text, _ in line))
        between = "  " if nth < len(cells) - 1 else ""
        whole += [(gap, ""), *line, (between, "")] if column.right else [*line, (gap + between, "")]
    return whole


def _bare(line: Line) -> Line:
    """A line without the spaces at its end."""
    while line and not line[-1][0].strip():
        line = line[:-1]
    return [*line[:-1], (line[-1][0].rstrip(), line[-1][1])] if line else line


def _split(spans: Line) -> Iterator[Line]:
    line: Line = []
    for text, style in spans:
        first, *others = text.split("\n")
        line.append((first, style))
        for other in others:
            yield line
            line = [(other, style)]
    yield line


def _clipped(line: Line, width: int) -> Line:
    if sum(cell_len(text) for text, _ in line) <= width:
        return line
    if width < 1:
        return []
    kept: Line = []
    left = width - 1
    for text, style in line:
        some = cut(text, left)
        kept.append((some, style))
        left -= cell_len(some)
        if some != text:
            return [*kept[:-1], (some.rstrip() + "…", style)]
    return kept


def _wrapped(line: Line, width: int) -> Iterator[Line]:
    """A line broken between words; a word that is longer than a line is broken where the line ends."""
    row: Line = []
    left = width
    for word in _words(line):
        room = cell_len("".join(text for text, _ in word).rstrip())
        if room > left and row:
            yield _bare(row)
            row, left = [], width
        for text, style in word:
            rest = text
            while cell_len(rest.rstrip()) > left:
                some = cut(rest, left) or ("" if row else rest[0])
                yield _added(row, some, style)
                rest = rest[len(some) :]
                row, left = [], width
            row = _added(row, rest, style)
            left -= cell_len(rest)
    yield _bare(row)


def _added(line: Line, text: str, style: str) -> Line:
    """A line with a text at its end, in the last span where that has the same style."""
    if line and line[-1][1] == style:
        return [*line[:-1], (line[-1][0] + text, style)]
    return [*line, (text, style)]


def _words(line: Line) -> Iterator[Line]:
    """The words of a line, each with the space after it; styles may change within a word."""
    word: Line = []
    for text, style in line:
        for some in _WORD.findall(text):
            if word and word[-1][0][-1].isspace():
                yield word
                word = []
            word.append((some, style))
    yield word
