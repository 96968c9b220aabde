"""Rows of a real table of recommendations or actions: each cell goes where the head of its column says."""

import re
from collections.abc import Mapping, Sequence

from mrtrack.importers.draft import Draft, Fate, Outline
from mrtrack.importers.outlining.columns import Head
from mrtrack.importers.outlining.numbering import give_text
from mrtrack.importers.outlining.rows import take_comment
from mrtrack.importers.outlining.stamps import has_stamp, take_stamps
from mrtrack.importers.page import Cell, Piece
from mrtrack.importers.vocabulary.when import read_when
from mrtrack.model.decisions import decision_word, leading_decision

_RECOMMENDATION = re.compile(
    r"(?:(?:Recommendation|Recommandation|Recomendaci[oó]n)\s*(?:No\.?\s*)?)?(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3})*[a-z]?)\s*(?:[.:)–-]\s*|\s+(?=\S)|$)",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)\S+")
_OF_ACTION = ("action", "responsible", "when", "start", "status", "comment", "documents", "deliverables")
_SPANNING = ("action", "responsible", "when", "start", "status")
_PLAIN = ("responsible", "when", "status")


def fields_of(row: Sequence[Cell], head: Head) -> dict[str, Cell]:
    """The cells of a row by their fields.

    Where a cell above covers the first column and a capture has left that out, the others stand too far to
    the left: such a row ends empty, and its date falls under its head one column further on.
    """
    captured = bool(row) and not any(cell.spanned for cell in row) and not row[-1].text
    here, further = _shifted(row, head, 0), _shifted(row, head, 1)
    return further if captured and not _is_dated(here) and _is_dated(further) else here


def with_those_above(fields: dict[str, Cell], above: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells of a row that says something of its own, with those of the rows above that go on over it."""
    if not any(fields[name].text for name in _SPANNING if name in fields):
        return fields
    return {
        name: above.get(name, cell) if cell.from_above and name in _SPANNING else cell
        for name, cell in fields.items()
    }


def recommendation_of(cell: Cell) -> tuple[Piece | None, list[Piece], list[Piece]]:
    """The number that a cell of a recommendation begins with, the words around it, and the text."""
    pieces = [line.piece() for line in cell.lines if not line.blank]
    found = _RECOMMENDATION.match(pieces[0].text) if pieces else None
    if not found or _is_prose(found, pieces[0].text):
        return None, [], pieces
    start, end = found.span("number")
    words = [pieces[0].part(0, start), pieces[0].part(end, found.end())]
    return pieces[0].part(start, end), words, [pieces[0].part(found.end()), *pieces[1:]]


def speaks_of_action(fields: dict[str, Cell]) -> bool:
    """Whether a row says anything about an action."""
    return any(fields[name].text for name in _OF_ACTION if name in fields)


def is_answer(fields: dict[str, Cell]) -> bool:
    """Whether what stands in the column of actions is the answer: a decision, and nothing about who or when."""
    text = fields["action"].text if "action" in fields else ""
    bare = not any(fields[name].text for name in _PLAIN if name in fields)
    return bare and bool(text) and (decision_word(text) is not None or leading_decision(text) > 0)


def read_action(fields: dict[str, Cell], action: Draft, outline: Outline) -> None:
    """Give an action what the cells of its row say."""
    text = []
    for piece in _pieces(fields.get("action")):
        if has_stamp(piece.text):
            before, behind = take_stamps(piece, action, outline, "added", "updated")
            text += [before, behind]
        else:
            text.append(piece)
    give_text(action, text, outline)
    for name in ("responsible", "when", "start", "status"):
        action.add(name, _pieces(fields.get(name)))
    action.add("extra.deliverables", _pieces(fields.get("deliverables")))
    for piece in _pieces(fields.get("comment")):
        take_comment(piece, action, outline)
    for piece in _pieces(fields.get("documents")):
        _take_document(piece, action, outline)


def goes_on(fields: dict[str, Cell]) -> bool:
    """Whether a row only carries on the texts of the one above: no date, no status, nobody responsible."""
    said = [name for name in _OF_ACTION if name in fields and fields[name].text]
    return bool(said) and all(name in ("comment", "documents") for name in said)


def continue_action(fields: dict[str, Cell], action: Draft, outline: Outline) -> None:
    """Give an action what a row without date, status and unit adds to its comment and documents."""
    for piece in _pieces(fields.get("comment")):
        take_comment(piece, action, outline)
    for piece in _pieces(fields.get("documents")):
        _take_document(piece, action, outline)


def _pieces(cell: Cell | None) -> list[Piece]:
    return [line.piece() for line in cell.lines if not line.blank] if cell else []


def _take_document(piece: Piece, action: Draft, outline: Outline) -> None:
    links = list(_URL.finditer(piece.text))
    if re.fullmatch(r"history(?:\s+\S+://\S+)?", piece.text, re.IGNORECASE):
        outline.claim(piece, Fate.FURNITURE, "button")
        return
    at = 0
    for link in links:
        action.add("document", [piece.part(at, link.start())])
        action.add("url", [piece.part(*link.span())])
        at = link.end()
    action.add("document", [piece.part(at)])


def _shifted(row: Sequence[Cell], head: Head, shift: int) -> dict[str, Cell]:
    cells = [*[Cell()] * shift, *row]
    return {field: cell for field, cell in zip(head.fields, cells, strict=False) if field}


def _is_dated(fields: dict[str, Cell]) -> bool:
    """Whether a date stands where dates belong."""
    when = fields["when"].text if "when" in fields else ""
    read = read_when(when) if when else None
    return bool(read and (read.due or read.start))


def _is_prose(found: re.Match[str], text: str) -> bool:
    """Whether the number belongs to a sentence: “3 workshops are needed”."""
    bare = text[: found.end()].strip().isdigit()
    return bare and text[found.end() : found.end() + 1].islower()
