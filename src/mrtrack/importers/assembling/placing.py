"""Which field of which record each piece went to, and the words that the piece gives that field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mrtrack.importers.draft import Claim, Draft, Fate, Note
from mrtrack.importers.page import Line, Piece
from mrtrack.importers.vocabulary.when import Order
from mrtrack.importers.vocabulary.withheld import withheld_in
from mrtrack.model.spellings import folded
from mrtrack.model.words import Decision, Status

WITHHELD = "[withheld]"
_BULLETS = tuple("•▪◦‣·")


@dataclass(frozen=True, slots=True)
class Terms:
    """What helps to understand the printed words: the order of numeric dates, an organisation's own words.

    `members` are the units that a name of several stands for. `statuses` and `decisions` go before the usual
    words; None is for a word that states nothing.
    """

    order: Order | None = None
    statuses: Mapping[str, Status | None] = field(default_factory=dict)
    decisions: Mapping[str, Decision | None] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and the field that its words are in."""

    piece: Piece
    where: str


@dataclass(slots=True)
class Placing:
    """Collects where pieces went while a draft becomes a record; what was never placed is left over."""

    terms: Terms
    placed: list[Placed] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def line(self, draft: Draft, key: str, where: str) -> str | None:
        """The words of a field on one line, placed; None where it has none."""
        return " ".join(self._words(draft, key, where)) or None

    def prose(self, draft: Draft, key: str, where: str) -> str | None:
        """The words of a field in lines, with empty ones between paragraphs, placed; None where it has none."""
        pieces = draft.fields.get(key, [])
        words = list(self._words(draft, key, where))
        if not words:
            return None
        text = words[0]
        for before, piece, said in zip(pieces, pieces[1:], words[1:], strict=False):
            text += _between(before.line, piece.line) + _indent(piece) + said
        return text

    def items(self, draft: Draft, key: str, where: str) -> list[str]:
        """The words of each piece of a field, placed."""
        return list(self._words(draft, key, where))

    def place(self, draft: Draft, key: str, where: str) -> None:
        """Say where a field's pieces went whose words were read as a value."""
        self.placed += [Placed(piece, where) for piece in draft.fields.get(key, ())]

    def leave_out(self, draft: Draft, key: str, why: str) -> None:
        """Say why the words of a field are in no record."""
        self.claims += [Claim(piece, Fate.FURNITURE, why) for piece in draft.fields.get(key, ())]

    def note(self, pieces: Sequence[Piece], what: str) -> None:
        """Tell a person how something was read."""
        self.notes.append(Note(pieces[0].line.number if pieces else 0, what))

    def _words(self, draft: Draft, key: str, where: str) -> Iterable[str]:
        for piece in draft.fields.get(key, ()):
            at = 0
            said = ""
            for start, end, what in withheld_in(piece.text):
                self.placed.append(Placed(piece.part(at, start), where))
                self.claims.append(Claim(piece.part(start, end), Fate.WITHHELD, what))
                said += piece.text[at:start] + WITHHELD
                at = end
            self.placed.append(Placed(piece.part(at), where))
            yield said + piece.text[at:]


def without_contacts(text: str) -> str:
    """A text without the ways in which people are reached."""
    said, at = "", 0
    for start, end, _ in withheld_in(text):
        said += text[at:start] + WITHHELD
        at = end
    return said + text[at:]


def unstated_words(words: Mapping[str, object]) -> set[str]:
    """The words, folded, that an organisation or a mapping says to state nothing."""
    return {folded(word) for word, meaning in words.items() if meaning is None}


def _between(before: Line, line: Line) -> str:
    if before is line:
        return " "
    return "\n" if line.number - before.number <= 1 else "\n\n"


def _indent(piece: Piece) -> str:
    """The white space before a bullet, so that its items stay under it."""
    if not piece.text.startswith(_BULLETS):
        return ""
    before = piece.line.text[: piece.start]
    return before if before.isspace() else ""
