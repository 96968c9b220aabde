"""Rows of a table of actions whose cells a capture has run together into lines.

A row has its text, its stamps, and a tail: who is responsible, the date, the status, the comment. The date
with the status right behind it is what a row is known by; both occur in prose too, but not together.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from mrtrack.importers.draft import Draft, Fate, Outline
from mrtrack.importers.outlining.leads import Unsplit
from mrtrack.importers.outlining.numbering import begins_like_a_row, give_text
from mrtrack.importers.outlining.stamps import has_stamp, take_stamps
from mrtrack.importers.page import Line, Piece
from mrtrack.importers.vocabulary.statuses import TAIL

_BUTTON = re.compile(r"(?:^|(?<=\s)|(?<=[.!?)\]»”⟧]))History(?:\s+(?:https?://|www\.)\S+)?\s*$")
_URL = re.compile(r"(?:https?://|www\.)\S+\s*$")
_SENTENCE_END = tuple('.!?)]»”"⟧:;')


def read_rows(
    lines: Sequence[Line], recommendation: Draft, outline: Outline, unsplit: list[Unsplit], *, own_lines: bool
) -> list[Line]:
    """Read rows into actions of a recommendation; the lines at the end that are no whole row come back.

    `own_lines` says that the text of an action stands on lines of its own, as where the table has a column
    for it; else text and responsible unit share a line, and are told apart once the page is read.
    """
    reader = _Rows([line for line in lines if not line.blank], recommendation, outline, unsplit, own_lines)
    return reader.read()


def take_comment(piece: Piece, action: Draft, outline: Outline) -> bool:
    """Give what follows a status to an action: its comment, a link at the end; whether a button ended it."""
    button = _BUTTON.search(piece.text)
    if button:
        outline.claim(piece.part(button.start()), Fate.FURNITURE, "button")
        piece = piece.part(0, button.start())
    link = _URL.search(piece.text)
    if link:
        action.add("url", [piece.part(link.start())])
        piece = piece.part(0, link.start())
    action.add("comment", [piece])
    return button is not None


class _Rows:
    def __init__(
        self,
        lines: list[Line],
        recommendation: Draft,
        outline: Outline,
        unsplit: list[Unsplit],
        own_lines: bool,
    ) -> None:
        self.lines = lines
        self.recommendation = recommendation
        self.outline = outline
        self.unsplit = unsplit
        self.own_lines = own_lines
        self.text: list[Piece] = []
        self.action: Draft | None = None
        self.held: list[Piece] = []
        self.commenting = False
        self.ended = False
        number = recommendation.text("number")
        self.anchors = [at for at, line in enumerate(lines) if has_stamp(line.text) or TAIL.search(line.text)]
        self.buttons = [at for at, line in enumerate(lines) if _BUTTON.search(line.text)]
        self.starts = [at for at, line in enumerate(lines) if begins_like_a_row(line.text, number)]

    def read(self) -> list[Line]:
        for index, line in enumerate(self.lines):
            if self.commenting and self._comment_goes_on(index):
                self.ended = take_comment(line.piece(), self._current(), self.outline)
                continue
            self.commenting = False
            self._row_line(line.piece())
        self._let_go_of_held()
        return [piece.line for piece in self.text]

    def _row_line(self, piece: Piece) -> None:
        if has_stamp(piece.text):
            self._let_go_of_held()
            before = piece.part(0, piece.text.index("["))
            self.action = self._begin([*self.text, before])
            _, behind = take_stamps(
                piece.part(len(before.text)), self.action, self.outline, "added", "updated"
            )
            self.text = []
            if behind.text and not self._tail(behind):
                self.held.append(behind)
        elif self.action is not None:
            if not self._tail(piece):
                self.held.append(piece)
        elif tail := TAIL.search(piece.text):
            self._unstamped(piece, tail)
        else:
            self.text.append(piece)

    def _tail(self, piece: Piece) -> bool:
        """Read the tail of the row whose stamps have passed; false where this is not yet it."""
        tail = TAIL.search(piece.text)
        if not tail or self.action is None:
            return False
        self.action.add("responsible", [*self.held, piece.part(0, tail.start())])
        self.held = []
        self._date_and_status(piece, tail)
        return True

    def _unstamped(self, piece: Piece, tail: re.Match[str]) -> None:
        before = piece.part(0, tail.start())
        if self.text and self.own_lines:
            self.action = self._begin(self.text)
            self.action.add("responsible", [before])
        else:
            self.action = self.recommendation.begin("action")
            self.unsplit.append(Unsplit(self.action, (*self.text, before)))
        self.text = []
        self._date_and_status(piece, tail)

    def _date_and_status(self, piece: Piece, tail: re.Match[str]) -> None:
        action = self._current()
        action.add("when", [piece.part(*tail.span("due"))])
        action.add("status", [piece.part(*tail.span("status"))])
        self.ended = take_comment(piece.part(tail.end()), action, self.outline)
        self.commenting = True
        self.last = action
        self.action = None

    def _current(self) -> Draft:
        return self.action if self.action is not None else self.last

    def _comment_goes_on(self, index: int) -> bool:
        """Whether a line after a tail still belongs to the comment, and not to the text of the next row."""
        anchor = self._next(self.anchors, index)
        if self.ended or anchor == index:
            return False
        if self.last.text("updated"):
            return self._next(self.buttons, index) < anchor
        start = self._next(self.starts, index)
        if start == index:
            return False
        if start < anchor:
            return True
        said = self.last.fields.get("comment")
        return said is not None and not said[-1].text.endswith(_SENTENCE_END)

    def _next(self, places: Sequence[int], index: int) -> int:
        """The first of these places that is not before an index; the end where there is none."""
        at = bisect_left(places, index)
        return places[at] if at < len(places) else len(self.lines)

    def _begin(self, text: Sequence[Piece]) -> Draft:
        action = self.recommendation.begin("action")
        give_text(action, text, self.outline)
        return action

    def _let_go_of_held(self) -> None:
        """A row without date and status: what followed its stamps stays unread, so that nothing is guessed."""
        if self.held:
            self.outline.note(
                self.held[0].line.number, "a row without date and status: the line is left over"
            )
        self.held = []
        self.action = None
