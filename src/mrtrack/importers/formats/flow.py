"""Words put into numbered lines as a browser lays them out: white space, bullets, gaps; no markup is known here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mrtrack.importers.formats.mending import Mender
from mrtrack.importers.page import Block, Line, Table, lines_of

_SPACE = re.compile(r"[ \t\n\r\f]+")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 3_999


@dataclass(slots=True)
class Source:
    """What all lines of one source share: the next number, and who mends them."""

    mender: Mender = field(default_factory=Mender)
    last: int = 0


@dataclass(slots=True)
class List:
    """A list as far as it is read: whether and how it is numbered, and the number of the next item."""

    numbering: str = ""
    number: int = 1
    step: int = 1

    def marker(self, depth: int, number: int | None = None) -> str:
        """What stands before the next item; `depth` counts from 1, `number` is one that the item brings."""
        if not self.numbering:
            return "  " * depth + "• "
        here = self.number if number is None else number
        self.number = here + self.step
        return "  " * (depth - 1) + f"{numbered(here, self.numbering)}. "


class Flow:
    """Lines of one column of text: a page, or a cell of a table (where no gaps are kept)."""

    def __init__(self, source: Source, place: str = "", *, cell: bool = False) -> None:
        self.blocks: list[Block] = []
        self.cell = cell
        self.level = 0
        self.marker = ""
        self.lists: list[List] = []
        self._source = source
        self._place = place
        self._words: list[str] = []
        self._verbatim = False
        self._gap = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines that were put down."""
        return tuple(lines_of(self.blocks))

    def words(self, text: str) -> None:
        """More words on this line; any white space between them is one space."""
        self._words.append(_SPACE.sub(" ", text))

    def verbatim(self, text: str) -> None:
        """More text whose line ends and spaces count."""
        first, *others = text.replace("\r\n", "\n").split("\n")
        self._words.append(first)
        self._verbatim = True
        for other in others:
            if not self.end_line():
                self._put("")
            self._words.append(other)
            self._verbatim = True

    def end_line(self) -> bool:
        """Put the line down, if it holds any words; the answer is whether it did."""
        text, verbatim = "".join(self._words), self._verbatim
        self._words, self._verbatim = [], False
        if not text or text.isspace():
            return False
        for part in self._source.mender.split(text):
            if part and not part.isspace():
                self.settle()
            line = self._source.mender.mend(part, self._source.last + 1)
            line = line.rstrip() if verbatim else _SPACE.sub(" ", line).strip()
            if line:
                marker = "" if self.level and self.marker.endswith("• ") else self.marker
                self.marker = ""
                self._put(marker + line)
        return True

    def gap(self) -> None:
        """An empty line before whatever comes next, where anything does."""
        self._gap = not self.cell and bool(self.blocks)

    def settle(self) -> None:
        """Put the gap down that stands before what comes next."""
        if self._gap:
            self._gap = False
            self._put("", 0)

    def add(self, table: Table) -> None:
        """A table, whose lines were put down elsewhere."""
        self.blocks.append(table)
        self._gap = True

    def extend(self, lines: Iterable[Line]) -> None:
        """Lines that were put down elsewhere."""
        self.blocks.extend(lines)

    def _put(self, text: str, level: int | None = None) -> None:
        self._source.last += 1
        self.blocks.append(Line(self._source.last, text, self.level if level is None else level, self._place))


def numbered(number: int, numbering: str) -> str:
    """A number as a list of this kind prints it: 1, a, A, i or I."""
    text = str(number)
    if numbering in {"a", "A"} and number > 0:
        text = ""
        while number:
            number, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) + text
    elif numbering in {"i", "I"} and 0 < number <= _LARGEST_ROMAN:
        text = ""
        for value, sign in _ROMAN:
            times, number = divmod(number, value)
            text += sign * times
    return text.upper() if numbering in {"A", "I"} else text
