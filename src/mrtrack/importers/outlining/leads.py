"""Who is responsible, told apart from the text of an action where a capture has run both into one line.

Judged once the whole page is read: by the end of a sentence, by words that end several rows of the page, by
capitals, by the names of units. Where nothing tells, all is text and nobody is named.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mrtrack.importers.draft import Draft, Outline
from mrtrack.importers.outlining.numbering import give_text
from mrtrack.importers.page import Piece

_SENTENCE_END = re.compile(r"[.!?»”)\]⟧](?:\s+)(?=[A-ZÀ-ÝŒ⟦])")
_CAPITALS = re.compile(
    r"(?:(?<=\s)|^)[A-ZÀ-Ý][A-ZÀ-Ý0-9&/-]+(?:(?:\s*[,/&-]\s*|\s+(?:and|et|y)\s+|\s+)[A-ZÀ-Ý][A-ZÀ-Ý0-9&/-]+)*\s*$"
)
_UNIT = (
    r"(?:Unit|Team|Office|Officer|Programme|Program|Project|Division|Department|Section|Bureau|Centre|Center|"
    r"Committee|Ministry|Manager|Director|Coordinator|Specialist|Management|Directorate|Secretariat|Cluster|"
    r"Unité|Équipe|Equipe|Bureau|Projet|Oficina|Equipo|Unidad|Proyecto|Ministerio|Ministère)"
)
_NAME = r"[A-ZÀ-Ý][\w\u2019'&./-]*"
_UNIT_NAME = re.compile(
    rf"(?:(?<=\s)|^)(?:{_NAME}\s+(?:(?:of|and|for|the|de|du|des|la|et|y|&)\s+)*)*{_UNIT}s?(?:\s+(?:(?:of|for|de|du)\s+)?{_NAME})*\s*$"
)
_MOST_WORDS = 12
_LONGEST_TAIL = 300


@dataclass(frozen=True, slots=True)
class Unsplit:
    """An action whose text and responsible unit stand in the same pieces."""

    action: Draft
    pieces: tuple[Piece, ...]

    @property
    def end(self) -> str:
        """The words that the unit is at the end of."""
        return next((piece.text for piece in reversed(self.pieces) if piece.text), "")


def split_leads(unsplit: Sequence[Unsplit], outline: Outline) -> None:
    """Give each action its text and, where the page tells, who is responsible."""
    endings = Counter(ending for one in unsplit for ending in _endings(one.end))
    for one in unsplit:
        pieces = [piece for piece in one.pieces if piece.text]
        if not pieces:
            continue
        last = pieces[-1]
        at, why = _boundary(one.end, endings)
        if at:
            one.action.add("responsible", [last.part(at)])
            pieces[-1] = last.part(0, at)
            outline.note(last.line.number, f"who is responsible was told from the text by {why}")
        else:
            outline.note(
                last.line.number, "who is responsible could not be told from the text, so nobody is named"
            )
        give_text(one.action, pieces, outline)


def _boundary(text: str, endings: Counter[str]) -> tuple[int, str]:
    tail = max(0, len(text) - _LONGEST_TAIL)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, tail)]
    if ends and len(text[ends[-1] :].split()) <= _MOST_WORDS:
        return ends[-1], "the end of a sentence"
    shared = max((ending for ending in _endings(text) if endings[ending] > 1), key=len, default="")
    if shared:
        return len(text) - len(shared), "the words that end several rows"
    for form, why in ((_CAPITALS, "its capitals"), (_UNIT_NAME, "the name of a unit")):
        found = form.search(text, tail)
        if found and found.start():
            return found.start(), why
    return 0, ""


def _endings(text: str) -> list[str]:
    """The last words of a text, from one to twelve, that begin with a capital; never the whole text."""
    words = [found.start() for found in re.finditer(r"\S+", text[-_LONGEST_TAIL:])]
    offset = max(0, len(text) - _LONGEST_TAIL)
    starts = [offset + start for start in words[-_MOST_WORDS:] if offset + start]
    return [text[start:] for start in starts if text[start].isupper()]
