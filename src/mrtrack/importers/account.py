"""The account of an import: what became of every line of the source, stretch by stretch; pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mrtrack.importers.assembling.placing import WITHHELD, Placed, without_contacts
from mrtrack.importers.draft import Claim, Fate, Note
from mrtrack.importers.page import Line, Page, Repair
from mrtrack.importers.vocabulary.withheld import withheld_in

FIELD = "field"
FATES = (str(Fate.LEFT_OVER), FIELD, str(Fate.WITHHELD), str(Fate.REPEATED), str(Fate.FURNITURE))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a line and what became of it; `where` is the field, the reason, or what it repeats."""

    start: int
    end: int
    text: str
    fate: str
    where: str


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A line of the source that is not empty, with its stretches in order."""

    number: int
    place: str
    text: str
    stretches: tuple[Stretch, ...]

    @property
    def fate(self) -> str:
        """What became of the line as a whole: what is left over counts before what is in the record."""
        fates = {one.fate for one in self.stretches}
        return next(fate for fate in FATES if fate in fates)

    @property
    def left_over(self) -> str:
        """The words of the line that nobody knows what to do with."""
        return " ".join(one.text for one in self.stretches if one.fate == Fate.LEFT_OVER)


@dataclass(frozen=True)
class Account:
    """What one source said, what was mended and judged, and what became of each of its lines."""

    source: str
    format: str
    kind: str
    lines: tuple[AccountLine, ...]
    repairs: tuple[Repair, ...]
    notes: tuple[Note, ...]

    @cached_property
    def left_over(self) -> tuple[AccountLine, ...]:
        """The lines of which something is left over."""
        return tuple(line for line in self.lines if line.left_over)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many lines have each fate; every line counts once."""
        return Counter(line.fate for line in self.lines)

    def as_data(self) -> dict[str, object]:
        """The account as JSON has it."""
        return {
            "source": self.source,
            "format": self.format,
            "page": self.kind,
            "lines": len(self.lines),
            "fates": {fate: self.counts.get(fate, 0) for fate in FATES},
            "repairs": [{"line": one.line, "what": one.what} for one in self.repairs],
            "notes": [{"line": one.line, "what": one.what} for one in self.notes],
            "account": [
                {
                    "line": line.number,
                    "place": line.place,
                    "text": line.text,
                    "parts": [
                        {"text": one.text, "fate": one.fate, "where": one.where} for one in line.stretches
                    ],
                }
                for line in self.lines
            ],
        }


def account_of(
    page: Page, kind: str, placed: Sequence[Placed], claims: Sequence[Claim], notes: Sequence[Note]
) -> Account:
    """The account of a page: whatever stretch of it was neither placed nor claimed is left over."""
    known: defaultdict[int, list[Stretch]] = defaultdict(list)
    for one in placed:
        piece = one.piece
        known[id(piece.line)].append(_stretch(piece.line, piece.start, piece.end, FIELD, one.where))
    for claim in claims:
        piece = claim.piece
        known[id(piece.line)].append(_stretch(piece.line, piece.start, piece.end, claim.fate, claim.why))
    lines = tuple(_told(line, tuple(_whole(line, known[id(line)]))) for line in page.lines if not line.blank)
    told = {replace(note, what=without_contacts(note.what)) for note in notes}
    by_line = sorted(told, key=lambda note: (note.line, note.what))
    return Account(page.name, page.format, kind, lines, page.repairs, tuple(by_line))


def _told(line: Line, stretches: tuple[Stretch, ...]) -> AccountLine:
    """A line of the account, without the words of what is withheld."""
    text, at = "", 0
    for one in (one for one in stretches if one.fate == Fate.WITHHELD):
        text += line.text[at : one.start] + WITHHELD
        at = max(at, one.end)
    return AccountLine(line.number, line.place, (text + line.text[at:]).strip(), stretches)


def _whole(line: Line, known: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches of a line in order, with what lies between them; how people are reached is withheld."""
    kept = [one for one in known if one.fate in (FIELD, Fate.WITHHELD)]
    told = bytearray(len(line.text))
    for one in kept:
        told[one.start : one.end] = b"1" * (one.end - one.start)
    for start, end, what in withheld_in(line.text):
        if not any(told[start:end]):
            kept.append(_stretch(line, start, end, Fate.WITHHELD, what))
    withheld = sorted((one for one in kept if one.fate == Fate.WITHHELD), key=lambda one: one.start)
    for one in known:
        if one.fate not in (FIELD, Fate.WITHHELD):
            kept += _around(line, one, withheld)
    at = 0
    for one in sorted({one for one in kept if one.start < one.end}, key=lambda one: (one.start, one.end)):
        yield from _between(line, at, one.start)
        yield one
        at = max(at, one.end)
    yield from _between(line, at, len(line.text))


def _around(line: Line, one: Stretch, withheld: Iterable[Stretch]) -> Iterator[Stretch]:
    """The parts of a stretch that lie outside of what is withheld."""
    at = one.start
    for other in withheld:
        if other.start < one.end and at < other.end:
            yield _stretch(line, at, other.start, one.fate, one.where)
            at = other.end
    yield _stretch(line, at, one.end, one.fate, one.where)


def _between(line: Line, start: int, end: int) -> Iterator[Stretch]:
    if start >= end or not line.text[start:end].strip():
        return
    piece = line.piece(start, end)
    if any(map(str.isalnum, piece.text)):
        yield _stretch(line, piece.start, piece.end, Fate.LEFT_OVER, "")
    else:
        yield _stretch(line, piece.start, piece.end, Fate.FURNITURE, "punctuation")


def _stretch(line: Line, start: int, end: int, fate: str, where: str) -> Stretch:
    return Stretch(start, end, WITHHELD if fate == Fate.WITHHELD else line.text[start:end], str(fate), where)
