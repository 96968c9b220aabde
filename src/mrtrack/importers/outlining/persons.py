"""Who a line of names speaks of: the name, the title or role, the nationality, where the words tell; pure."""

import re
from dataclasses import dataclass

from mrtrack.importers.page import Piece
from mrtrack.importers.vocabulary.codes import country_code
from mrtrack.importers.vocabulary.withheld import withheld_in

_WORD = re.compile(r"\S+")
_INITIAL = re.compile(r"[A-Z]\.")
_HONORIFIC = {
    "mr",
    "mr.",
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "dr",
    "dr.",
    "prof",
    "prof.",
    "sr.",
    "sra.",
    "mme",
    "m.",
}
_PARTICLES = {
    "al",
    "bin",
    "da",
    "de",
    "del",
    "den",
    "der",
    "di",
    "do",
    "dos",
    "du",
    "el",
    "la",
    "le",
    "ter",
    "van",
    "von",
}
_ONLY_IN_NAMES = {"al", "bin", "den", "der", "ter", "van", "von"}
_ROLES = {
    *(
        "adviser",
        "advisor",
        "analyst",
        "assistant",
        "associate",
        "chief",
        "consultant",
        "consultants",
        "coordinator",
    ),
    *(
        "deputy",
        "director",
        "directeur",
        "directrice",
        "evaluation",
        "evaluator",
        "executive",
        "expert",
        "head",
    ),
    *(
        "independent",
        "international",
        "jefe",
        "lead",
        "leader",
        "local",
        "manager",
        "member",
        "national",
        "officer",
    ),
    *(
        "president",
        "principal",
        "programme",
        "project",
        "representative",
        "researcher",
        "secretary",
        "senior",
    ),
    *("specialist", "team", "technical", "unit", "office", "division", "department", "section", "management"),
    *(
        "consultor",
        "consultora",
        "consultante",
        "evaluador",
        "evaluadora",
        "experto",
        "experta",
        "équipe",
        "a.i.",
    ),
}
_UNITS = {"management", "office", "unit", "division", "department", "section", "programme", "project"}
_LONGEST_NATION = 6


@dataclass(frozen=True, slots=True)
class Named:
    """The parts of a line about a person; a part that the words do not tell is None."""

    name: Piece | None = None
    title: Piece | None = None
    nationality: Piece | None = None


def team_member(piece: Piece) -> Named:
    """A member of a team as a line without columns names them: name, title, nationality in capitals.

    The title begins with the first word that is one of a role; where none is, all is name.
    """
    words = [_Word(*found.span(), found[0]) for found in _WORD.finditer(piece.text)]
    spans = [(start, end) for start, end, _ in withheld_in(piece.text)]
    words = [word for word in words if not any(start <= word.start < end for start, end in spans)]
    nation = _nation(piece, words)
    if nation:
        words = [word for word in words if word.end <= nation.start - piece.start]
    role = next(
        (n for n, word in enumerate(words) if n and word.is_role and word.text.casefold() not in _UNITS),
        len(words),
    )
    name, title = words[:role], words[role:]
    return Named(_stretch(piece, name), _stretch(piece, title), nation)


def signatory(piece: Piece) -> Named:
    """Who signs, as documents print it: the title before the name, or the name, a comma and the title."""
    before, comma, _ = piece.text.partition(",")
    first = [_Word(*found.span(), found[0]) for found in _WORD.finditer(before)]
    if comma and 2 <= len(first) <= 4 and not any(word.is_role for word in first):
        return Named(piece.part(0, len(before)), piece.part(len(before) + 1))
    words = [_Word(*found.span(), found[0]) for found in _WORD.finditer(piece.text)]
    start = _name_start(words)
    if start is None:
        return Named(title=piece)
    name = piece.part(words[start].start)
    return Named(name, piece.part(0, words[start].start) if start else None)


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str

    @property
    def is_role(self) -> bool:
        plain = self.text.casefold().strip(",;()")
        return plain in _ROLES or plain in _HONORIFIC or any(part in _ROLES for part in plain.split("-"))

    @property
    def is_name(self) -> bool:
        return self.text[:1].isupper() and not self.is_role and self.text[-1:] not in ",;:)"


def _name_start(words: list[_Word]) -> int | None:
    """Where the name at the end of a line begins: at its honorific, else two words from the end.

    Particles that stand in no title do not count: “Peter van der Berg” has two words.
    """
    honorific = next((n for n, word in enumerate(words) if word.text.casefold() in _HONORIFIC), None)
    if honorific is not None and len(words) - honorific > 1:
        return honorific
    start = len(words) - 1
    while start > 0 and words[start - 1].text in _ONLY_IN_NAMES:
        start -= 1
    start -= 1
    if start < 0 or not words[start].is_name or not words[-1].is_name:
        return None
    while start and (_INITIAL.fullmatch(words[start].text) or words[start - 1].text.casefold() in _PARTICLES):
        start -= 1
    return start if start != 1 or words[0].is_role else 0


def _nation(piece: Piece, words: list[_Word]) -> Piece | None:
    """The words at the end that name a country in capitals; the first word is a name in any case."""
    for count in range(min(_LONGEST_NATION, len(words) - 1), 0, -1):
        nation = piece.part(words[-count].start, words[-1].end)
        if nation.text.isupper() and country_code(nation.text):
            return nation
    return None


def _stretch(piece: Piece, words: list[_Word]) -> Piece | None:
    return piece.part(words[0].start, words[-1].end) if words else None
