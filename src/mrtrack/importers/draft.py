"""What a page was found to say, before it becomes a record: pieces of the page by the field they belong to.

Every stretch of a page ends either in a field of a draft, or in a claim that says why it is left out, or it
is left over; the account follows from these alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from mrtrack.importers.page import Page, Piece

Kind = Literal[
    "evaluation",
    "recommendation",
    "action",
    "team",
    "document",
    "lesson",
    "finding",
    "approved_by",
    "prepared_by",
]


class Fate(StrEnum):
    """What became of a piece of the source that is in no field."""

    FURNITURE = "furniture"
    REPEATED = "repeated"
    WITHHELD = "withheld"
    LEFT_OVER = "left over"


@dataclass(slots=True)
class Draft:
    """One thing that the page speaks of: its fields, named as in a record, and the things that are part of it.

    Beside the keys of a record there are `added`, `updated` and `closed` (the days of stamps), `comment` and
    `url` (what goes to an entry, or where there is no day, to `extra`), `when` (a date, a range or a timeline
    as printed), and `extra.NAME`.
    """

    kind: Kind
    fields: dict[str, list[Piece]] = field(default_factory=dict)
    parts: list["Draft"] = field(default_factory=list)

    def add(self, key: str, pieces: Iterable[Piece]) -> None:
        """Give a field more pieces; empty ones are passed over."""
        kept = [piece for piece in pieces if piece.start < piece.end]
        if kept:
            self.fields.setdefault(key, []).extend(kept)

    def of(self, kind: Kind) -> list["Draft"]:
        """The parts of one kind."""
        return [part for part in self.parts if part.kind == kind]

    def begin(self, kind: Kind) -> "Draft":
        """A new part at the end."""
        part = Draft(kind)
        self.parts.append(part)
        return part

    def text(self, key: str) -> str:
        """The words of a field on one line; empty where it has none."""
        return " ".join(piece.text for piece in self.fields.get(key, ()))

    def walk(self) -> Iterator["Draft"]:
        """This draft and all its parts."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Claim:
    """A piece that goes into no field, and why: which label, of what it is a repetition, what is withheld."""

    piece: Piece
    fate: Fate
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know about how a page was read; `line` is 0 where it is about the whole."""

    line: int
    what: str


@dataclass(slots=True)
class Outline:
    """What a page was found to say: its evaluations, what is left out and why, and what was judged."""

    page: Page
    kind: str
    evaluations: list[Draft] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def claim(self, piece: Piece, fate: Fate, why: str) -> None:
        """Say why a piece goes into no field."""
        if piece.start < piece.end:
            self.claims.append(Claim(piece, fate, why))

    def note(self, line: int, what: str) -> None:
        """Tell a person how something was read."""
        self.notes.append(Note(line, what))
