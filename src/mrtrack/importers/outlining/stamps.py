"""The stamps of the Evaluation Resource Centre: on which days a thing was added and last updated; pure."""

import re
from collections.abc import Iterator
from itertools import pairwise

from mrtrack.importers.draft import Draft, Fate, Outline
from mrtrack.importers.page import Piece

_STAMP = re.compile(r"\[\s*(?P<what>Added|Last\s+Updated)\s*:\s*(?P<day>[^\]\[]{0,20})\]", re.IGNORECASE)


def has_stamp(text: str) -> bool:
    """Whether a text holds a stamp."""
    return "[" in text and _STAMP.search(text) is not None


def take_stamps(
    piece: Piece, draft: Draft, outline: Outline, added: str, updated: str
) -> tuple[Piece, Piece]:
    """Give the days of a piece's stamps to fields of a draft; what stands before and behind the stamps."""
    found = list(_STAMP.finditer(piece.text))
    if not found:
        return piece, piece.part(0, 0)
    for stamp in found:
        key = added if stamp["what"].casefold() == "added" else updated
        draft.add(key, [piece.part(*stamp.span("day"))])
        for words in _words_of(piece, stamp):
            outline.claim(words, Fate.FURNITURE, "words of a stamp")
    for before, after in pairwise(found):
        between = piece.part(before.end(), after.start())
        draft.add("comment", [between])
    return piece.part(0, found[0].start()), piece.part(found[-1].end())


def _words_of(piece: Piece, stamp: re.Match[str]) -> Iterator[Piece]:
    start, end = stamp.span("day")
    yield piece.part(stamp.start(), start)
    yield piece.part(end, stamp.end())
