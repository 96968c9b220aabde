"""Rows run together into lines, of a table of actions whose status does not follow the date: numbered, dated.

The unit that answers stands behind the date or before it, as the head of the table has them; a status ends
the row.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from mrtrack.importers.draft import Draft, Outline
from mrtrack.importers.outlining.columns import Head
from mrtrack.importers.outlining.leads import Unsplit
from mrtrack.importers.outlining.numbering import give_text, number_of
from mrtrack.importers.page import Line, Piece
from mrtrack.importers.vocabulary.statuses import status_word

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|janv|févr|mars|avr|mai|juin|juil|août|déc|ene|abr|ago|dic)"
    r"\w{0,7}\.?"
)
_DATE = re.compile(
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th|er)?\s+(?:de\s+)?)?{_MONTH}\s+(?:de\s+)?(?:[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+)?[0-9]{{4}}\b"
    r"|\bQ[1-4][ ,]+[0-9]{4}\b|\b[0-9]{4}/[0-9]{1,2}(?:/[0-9]{1,2})?\b|\b[0-9]{1,2}/(?:[0-9]{1,2}/)?[0-9]{4}\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[»”)\]⟧])\s+(?=[A-ZÀ-Ý⟦(])")
_LIST = re.compile(r"(?:(?<=\s)|^)(?:i|a|1)\)\s")
_WORD = re.compile(r"\S+")
_MOST_STATUS_WORDS = 4
_VAGUE = re.compile(
    r"ongoing|continu|commenc|fall|autumn|spring|summer|winter|mid-|early|late|quarter|annual|year|month|tbd|determined",
    re.IGNORECASE,
)
_LONGEST_TIMELINE = 14


def read_dated_rows(
    lines: Sequence[Line], head: Head, recommendation: Draft, outline: Outline, unsplit: list[Unsplit]
) -> list[Line]:
    """Read numbered rows into actions of a recommendation; lines before the first row come back."""
    kept = [line for line in lines if not line.blank]
    starts = [n for n, line in enumerate(kept) if number_of(line.text.strip())]
    rows = [[line.piece() for line in kept[start:end]] for start, end in pairwise([*starts, len(kept)])]
    behind = head.has("when", "responsible") and head.fields.index("responsible") > head.fields.index("when")
    leads = {lead for row in rows if (lead := _lead_behind(row))} if behind else set()
    for row in rows:
        action = recommendation.begin("action")
        if head.has("status"):
            row[-1] = _without_status(row[-1], action)
        text = _take_end(row, action, leads, unsplit, behind=behind)
        if text and head.has("deliverables"):
            text = _take_deliverables(text, action, outline)
        if text:
            give_text(action, text, outline)
    return kept[: starts[0]] if starts else kept


def _lead_behind(row: Sequence[Piece]) -> str:
    found = list(_DATE.finditer(row[-1].text))
    return row[-1].text[found[-1].end() :].strip() if found else ""


def _take_end(
    row: list[Piece], action: Draft, leads: set[str], unsplit: list[Unsplit], *, behind: bool
) -> list[Piece]:
    """Give an action its date and its lead; the pieces before them are the text."""
    last = row[-1]
    found = list(_DATE.finditer(last.text))
    if found:
        date = found[-1]
        action.add("when", [last.part(*date.span())])
        before = [*row[:-1], last.part(0, date.start())]
        if behind:
            action.add("responsible", [last.part(date.end())])
            return before
        action.add("comment", [last.part(date.end())])
        unsplit.append(Unsplit(action, tuple(before)))
        return []
    lead = next(
        (
            known
            for known in sorted(leads | _short(leads), key=len, reverse=True)
            if _ends_with(last.text, known)
        ),
        "",
    )
    rest = last.part(0, len(last.text) - len(lead))
    if lead:
        action.add("responsible", [last.part(len(last.text) - len(lead))])
    cuts = [cut.end() for cut in _SENTENCE.finditer(rest.text)]
    fragment = rest.text[cuts[-1] :] if cuts else ""
    if _VAGUE.search(fragment) and len(fragment.split()) <= _LONGEST_TIMELINE and not fragment.endswith("."):
        action.add("when", [rest.part(cuts[-1])])
        rest = rest.part(0, cuts[-1])
    return [*row[:-1], rest]


def _without_status(piece: Piece, action: Draft) -> Piece:
    """Give an action the status that ends its row; what stands before it."""
    words = [found.start() for found in _WORD.finditer(piece.text)]
    for start in words[-_MOST_STATUS_WORDS:]:
        if start and status_word(piece.text[start:]):
            action.add("status", [piece.part(start)])
            return piece.part(0, start)
    return piece


def _short(leads: Iterable[str]) -> set[str]:
    """The short forms that leads give of themselves in brackets."""
    return {found[1] for lead in leads if (found := re.search(r"\(([A-Z&]{2,})\)", lead))}


def _ends_with(text: str, lead: str) -> bool:
    return bool(lead) and text.endswith(" " + lead)


def _take_deliverables(text: list[Piece], action: Draft, outline: Outline) -> list[Piece]:
    """Tell the deliverables from the action: where their list begins, or at the only end of a sentence."""
    for nth, piece in enumerate(text):
        begin = _LIST.search(piece.text, 3)
        if begin:
            action.add("extra.deliverables", [piece.part(begin.start()), *text[nth + 1 :]])
            return [*text[:nth], piece.part(0, begin.start())]
    number = number_of(text[0].text)
    cuts = [cut.end() for cut in _SENTENCE.finditer(text[0].text, number[1] if number else 0)]
    cuts = [cut for cut in cuts if not number or cut > number[1] + 1]
    if len(text) == 1 and len(cuts) == 1:
        outline.note(
            text[0].line.number, "the deliverables were told from the action by the end of a sentence"
        )
        action.add("extra.deliverables", [text[0].part(cuts[0])])
        return [text[0].part(0, cuts[0])]
    outline.note(
        text[0].line.number, "the deliverables could not be told from the action and stand in its text"
    )
    return text
