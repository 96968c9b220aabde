"""The number that an item begins with, told apart from its text; pure."""

import re
from collections.abc import Sequence

from mrtrack.importers.draft import Draft, Fate, Outline
from mrtrack.importers.page import Piece

_BULLET = re.compile(r"[•▪◦‣·*–—-]\s+(?=\S)")
_WORDS = r"(?:(?:Key\s+)?Action|Acción|Mesure|Actividad|Activity)\s+"
_DOTTED = r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}"
_NUMBER = re.compile(
    rf"(?:{_WORDS})?(?P<number>{_DOTTED}[a-z]?(?:\s*[.):–-])?|[0-9]{{1,2}}\s*[.)]|\(?[a-zA-Z]\)|\([0-9]{{1,2}}\))(?:\s+|(?=[A-ZÀ-Ý⟦]))",
)
_DIGITS = re.compile(r"[0-9]+")
_LONGEST_ROW = 4_000


def number_of(text: str) -> tuple[int, int] | None:
    """Where the number stands that a text begins with: “1.1”, “1.1.”, “2)”, “a)”; None where there is none."""
    found = _NUMBER.match(text)
    if not found:
        return None
    return found.span("number") if not _is_quantity(found, text) else None


def begins_like_a_row(text: str, recommendation: str) -> bool:
    """Whether a line begins with a bullet, or with a number that fits the recommendation's own."""
    stripped = text.strip()
    if _BULLET.match(stripped):
        return True
    span = number_of(stripped)
    if not span:
        return False
    first = _DIGITS.match(stripped[slice(*span)])
    return not (first and recommendation and "." in stripped[slice(*span)]) or first[
        0
    ] == recommendation.strip(". ")


def give_text(draft: Draft, pieces: Sequence[Piece], outline: Outline) -> None:
    """Give an item its text, without a bullet before it, and its number where it has a single one."""
    kept = [piece for piece in pieces if piece.text]
    if not kept:
        return
    bullet = _BULLET.match(kept[0].text)
    if bullet:
        outline.claim(kept[0].part(0, bullet.end()), Fate.FURNITURE, "bullet")
        kept[0] = kept[0].part(bullet.end())
    span = number_of(kept[0].text)
    if span and _several(kept, kept[0].text[slice(*span)]):
        outline.note(
            kept[0].line.number, "several numbers in one row: kept as one action with its whole text"
        )
    elif span:
        draft.add("number", [kept[0].part(*span)])
        words = kept[0].part(0, span[0])
        outline.claim(words, Fate.FURNITURE, "word before a number")
        kept[0] = kept[0].part(span[1])
    draft.add("text", kept)


def _is_quantity(found: re.Match[str], text: str) -> bool:
    """Whether the number counts something: “1.5 million”, “2.5 per cent”."""
    bare = found["number"][-1:].isdigit() and found.start("number") == 0
    following = text[found.end() : found.end() + 1]
    return bare and following.islower()


def _several(pieces: Sequence[Piece], number: str) -> bool:
    """Whether the number that comes next in the count stands further on in the same row."""
    digits = _DIGITS.findall(number)
    if len(digits) < 2:
        return False
    following = r"\.".join([*digits[:-1], str(int(digits[-1]) + 1)])
    text = " ".join(piece.text for piece in pieces)[:_LONGEST_ROW]
    return re.search(rf"(?:^|\s){following}[.):]?\s+\S", text) is not None
