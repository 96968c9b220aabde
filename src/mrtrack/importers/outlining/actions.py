"""The actions of a recommendation, in the ways in which pages print them outside of real tables.

Rows run together into lines, labels one below the other, or plain prose under the heading of the actions.
"""

from collections.abc import Sequence
from itertools import pairwise

from mrtrack.importers.draft import Draft, Outline
from mrtrack.importers.outlining.columns import Head
from mrtrack.importers.outlining.dated import read_dated_rows
from mrtrack.importers.outlining.leads import Unsplit, split_leads
from mrtrack.importers.outlining.numbering import begins_like_a_row, give_text
from mrtrack.importers.outlining.rows import read_rows
from mrtrack.importers.page import Line, Piece


class Actions:
    """Reads lines under the heading of actions; `loose` are lines of rows, `pending` what was no whole row."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.action: Draft | None = None
        self.head: Head | None = None
        self.loose: list[Line] = []
        self.pending: list[Line] = []
        self.unsplit: list[Unsplit] = []

    def begin(self, recommendation: Draft, value: Piece) -> None:
        """The heading of actions whose labels follow; its own line may begin the text."""
        self.action = recommendation.begin("action")
        if value.text:
            give_text(self.action, [value], self.outline)

    def begin_rows(self, recommendation: Draft | None, head: Head) -> None:
        """The head of a table whose cells were run together: rows follow, and an empty action was none."""
        if self.action is not None and not self.action.fields and recommendation:
            recommendation.parts.remove(self.action)
        self.action = None
        self.head = head

    def step(self, recommendation: Draft, piece: Piece) -> None:
        """A line of an action that labels tell of; a number of its own begins the next action."""
        number = recommendation.text("number")
        dotted = "." in piece.text.partition(" ")[0].rstrip(".") and begins_like_a_row(piece.text, number)
        if self.action is None or (self.action.fields and dotted) or "when" in self.action.fields:
            self.action = recommendation.begin("action")
        if "text" in self.action.fields:
            self.action.add("text", [piece])
        else:
            give_text(self.action, [piece], self.outline)

    def of_label(self, recommendation: Draft, field: str) -> Draft:
        """The action that a label speaks of; one that has such a value already is followed by another."""
        if self.action is None:
            there = recommendation.of("action")
            self.action = there[-1] if there else recommendation.begin("action")
        if self.action.text(field) and field != "comment":
            self.action = recommendation.begin("action")
        return self.action

    def end_rows(self, recommendation: Draft) -> None:
        """Read the lines of a table that were run together; what is no whole row is pending."""
        lines, self.loose = self.loose, []
        head, self.head = self.head, None
        if not lines:
            return
        if head and head.has("when") and not head.status_follows_date:
            self.pending = read_dated_rows(lines, head, recommendation, self.outline, self.unsplit)
        else:
            own_lines = head is None or head.has("action")
            self.pending = read_rows(lines, recommendation, self.outline, self.unsplit, own_lines=own_lines)

    def settle(self, recommendation: Draft) -> None:
        """Lines that have neither date nor status: actions if they are numbered, or alone under the heading."""
        lines = [line for line in self.take_pending() if any(map(str.isalnum, line.text))]
        if not lines:
            return
        starts = _starts(lines, recommendation.text("number"))
        if not starts and recommendation.of("action"):
            self.outline.note(lines[0].number, "lines behind the last whole row are left over")
            return
        for start, end in pairwise([*(starts or [0]), len(lines)]):
            give_text(
                recommendation.begin("action"), [line.piece() for line in lines[start:end]], self.outline
            )

    def take_pending(self) -> list[Line]:
        """Take away the lines that were no whole row."""
        lines, self.pending = self.pending, []
        return lines

    def take_number(self) -> Piece | None:
        """A number alone on the last line: that of a recommendation whose heading has none of its own."""
        if self.loose and self.loose[-1].text.strip(" .)").isdigit():
            return self.loose.pop().piece()
        return None

    def finish(self, recommendation: Draft | None) -> None:
        """Read what is left, and tell apart text and lead where they were printed as one."""
        if recommendation is not None:
            self.end_rows(recommendation)
            self.settle(recommendation)
        split_leads(self.unsplit, self.outline)


def _starts(lines: Sequence[Line], number: str) -> list[int]:
    return [nth for nth, line in enumerate(lines) if begins_like_a_row(line.text, number)]
