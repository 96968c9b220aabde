"""How a page heads its recommendations: one way a page, found before it is read; pure.

Headings inside the prose of a recommendation look like those of other pages, so only the way that the page
itself keeps to counts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mrtrack.importers.page import Line, Piece

_WORD = r"(?:Evaluation\s+)?(?:Recommendation|Recommandation|Recomendaci[oó]n)"
_NUMBER = r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[a-z]?)"

# In the order in which they count: what a page has of the first, it does not mean by the others.
_WAYS = (
    re.compile(rf"\s*{_NUMBER}\s*[.)]?\s*{_WORD}\s*:\s*"),
    re.compile(
        rf"\s*Rec(?:ommendation)?\.?\s*No\.?\s*:?\s*{_NUMBER}\s*(?::|\.|[–—-]\s|\s|$)\s*", re.IGNORECASE
    ),
    re.compile(
        rf"\s*{_WORD}(?:\s+(?:or|and)\s+issue)?\s+(?:No\.?\s*|n[°ºo]\.?\s*|#\s*)?{_NUMBER}\s*(?:[:.–—-]|$)\s*",
        re.IGNORECASE,
    ),
    re.compile(rf"\s*{_WORD}\s*:\s*"),
)
_NUMBERED = 3
_ALONE = re.compile(rf"\s*{_WORD}\s+{_NUMBER}\s*[.:]?\s*", re.IGNORECASE)
_LIST_ITEM = re.compile(r"\s*(?P<number>[0-9]{1,3})(?:\s*[.)])?(?:\s+(?P<text>\S.*)|\s*)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a recommendation: its number as printed, its other words, and the text on its line."""

    number: Piece | None
    words: tuple[Piece, ...]
    rest: Piece


@dataclass(frozen=True, slots=True)
class Way:
    """The way in which a page heads its recommendations; None where it does not."""

    pattern: re.Pattern[str] | None = None

    def heading(self, line: Line) -> Heading | None:
        """The heading that a line is, or begins with."""
        found = self.pattern.match(line.text) if self.pattern else None
        return _heading(line, found) if found else None


def way_of(lines: Sequence[Line], *, erc: bool) -> Way:
    """The way in which a page heads its recommendations.

    On pages of the Evaluation Resource Centre only the first and the last way are headings.
    """
    for nth, pattern in enumerate(_WAYS):
        if erc and nth in (1, 2):
            continue
        numbers = [
            found["number"] if nth < _NUMBERED else ""
            for line in lines
            if (found := pattern.match(line.text))
        ]
        if numbers:
            return Way(pattern)
    return Way()


def number_alone(line: Line, number: str) -> bool:
    """Whether a line only says the number of its recommendation once more: “Recommendation 3.”."""
    found = _ALONE.fullmatch(line.text)
    return found is not None and found["number"] == number


def list_item(line: Line, expected: int, *, alone: bool | None) -> tuple[Piece, Piece] | None:
    """The number and the text of an item of a plain list, if it is the next one.

    `alone` says whether the numbers of this list stand alone on their lines; None where none has passed.
    """
    found = _LIST_ITEM.match(line.text)
    if not found or int(found["number"]) != expected or alone is bool(found["text"]):
        return None
    start, end = found.span("number")
    return line.piece(start, end), line.piece(found.start("text")) if found["text"] else line.piece(end, end)


def _heading(line: Line, found: re.Match[str]) -> Heading:
    rest = line.piece(found.end())
    if "number" not in found.re.groupindex:
        return Heading(None, (line.piece(found.start(), found.end()),), rest)
    start, end = found.span("number")
    words: Iterable[Piece] = (line.piece(found.start(), start), line.piece(end, found.end()))
    return Heading(line.piece(start, end), tuple(piece for piece in words if piece.start < piece.end), rest)
