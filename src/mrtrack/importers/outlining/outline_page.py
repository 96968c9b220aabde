"""From a page to what it says: an evaluation, its recommendations, the answers and the actions.

Read by labels and headings, line by line and row by row; what no rule knows is left over, never guessed.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from mrtrack.importers.draft import Draft, Fate, Outline
from mrtrack.importers.outlining import cells, furniture
from mrtrack.importers.outlining.actions import Actions
from mrtrack.importers.outlining.columns import Head as TableHead
from mrtrack.importers.outlining.columns import head_of_line, head_of_row
from mrtrack.importers.outlining.dialect import Dialect, dialect_of
from mrtrack.importers.outlining.head import Head
from mrtrack.importers.outlining.headings import Heading, list_item, number_alone
from mrtrack.importers.outlining.labels import EVALUATION, Label, label_of
from mrtrack.importers.outlining.listed import Listed
from mrtrack.importers.outlining.stamps import has_stamp, take_stamps
from mrtrack.importers.page import Cell, Line, Page, Piece, Table
from mrtrack.importers.vocabulary.statuses import flag_word
from mrtrack.model.spellings import folded

Section = Literal[
    "head", "legend", "list", "lessons", "findings", "text", "response", "actions", "steps", "footer"
]

_LEFT_OUT: Mapping[Section, str] = {
    "footer": "below the page: news, address, rights",
    "legend": "explains the document's own terms",
}
_PARTS: dict[str, Section] = {"lessons": "lessons", "findings": "findings", "recommendations": "list"}


def outline_page(page: Page) -> Outline:
    """What a page says, with what is left out and why; lines that are in neither are left over."""
    lines = page.lines
    dialect = dialect_of(lines)
    reader = _Reader(Outline(page, dialect.kind), dialect, _footers(lines, dialect))
    for line, why in page.left_out:
        reader.outline.claim(line.piece(), Fate.FURNITURE, why)
    for block in page.blocks:
        if isinstance(block, Line):
            reader.line(block)
        else:
            reader.table(block)
    reader.finish()
    return reader.outline


def _footers(lines: Sequence[Line], dialect: Dialect) -> frozenset[int]:
    """The page headers and footers; a line that a label announces, or that is one, is none."""
    if dialect.erc:
        return frozenset()
    filled = [line for line in lines if not line.blank]
    labels = [label_of(line, dialect.labels, EVALUATION) for line in filled]
    announced = {line.number for line, label in zip(filled, labels, strict=True) if label}
    announced |= {
        line.number for line, label in zip(filled[1:], labels, strict=False) if label and not label.value.text
    }
    return furniture.footers(lines, frozenset(announced))


class _Reader:
    def __init__(self, outline: Outline, dialect: Dialect, footers: frozenset[int]) -> None:
        self.outline = outline
        self.dialect = dialect
        self.footers = footers
        self.evaluation = Draft("evaluation")
        outline.evaluations.append(self.evaluation)
        self.head = Head(self.evaluation, outline, erc=dialect.erc)
        self.listed = Listed(self.evaluation, outline)
        self.section: Section = "head"
        self.recommendation: Draft | None = None
        self.actions = Actions(outline)
        self.waiting: tuple[Draft, str] | None = None
        self.columns: TableHead | None = None
        self.above: dict[str, Cell] = {}
        self.items = 0
        self.alone: bool | None = None

    def line(self, line: Line) -> None:
        if line.blank:
            self.head.blank()
        elif line.number in self.footers:
            self.outline.claim(line.piece(), Fate.FURNITURE, "page header or footer")
        elif heading := self.dialect.way.heading(line):
            self._begin_headed(heading)
        elif not self._is_known(line):
            self._content(line)

    def table(self, table: Table) -> None:
        self.columns = None
        for row in table.rows:
            filled = [cell for cell in row if cell.text]
            if filled:
                self._row(row, filled)
        self.columns = None

    def finish(self) -> None:
        self.actions.finish(self.recommendation)
        self.listed.finish()
        self.head.finish()

    # Lines

    def _is_known(self, line: Line) -> bool:
        """Read a line that announces something; false where it is content."""
        text = line.text.strip()
        begun = self.section != "head" or self.head.first_label
        if begun and self.dialect.erc and furniture.ends_the_page(text):
            self._enter("footer")
        elif self.section == "head" and not self.dialect.erc and furniture.begins_a_legend(text):
            self.section = "legend"
        if self.section in ("footer", "legend"):
            return False
        part = _PARTS.get(folded(text).strip(":"))
        if (
            part
            and (self.dialect.erc or part == "list")
            and self.section in ("head", "lessons", "findings", "list")
        ):
            self._begin_part(line, part)
            return True
        label = self._label(line)
        if label:
            self._labelled(label)
            return True
        kind = furniture.known_furniture(text)
        if kind and not (kind == "button" and self.section == "actions"):
            self._known(line, kind)
            return True
        head = head_of_line(text) if self.section not in ("head", "list") else None
        if head:
            self._enter("actions")
            self.actions.begin_rows(self.recommendation, head)
            self.outline.claim(line.piece(), Fate.FURNITURE, "head of the table")
        return head is not None

    def _label(self, line: Line) -> Label | None:
        if self.section == "head":
            announced = label_of(line, self.dialect.labels)
            response = announced if announced and announced.field == "response.text" else None
            return response if response and self._answers(response) else self.head.label(line)
        if self.section in ("lessons", "findings"):
            return None
        label = label_of(line, self.dialect.labels)
        if label and label.alone and label.form == "line":
            return None
        return label

    def _answers(self, label: Label) -> bool:
        """Whether “Management Response”, before any recommendation, is the answer to one without a heading."""
        value = label.value.text
        if has_stamp(value):
            return True
        return bool(value) and flag_word(value) is None and self.dialect.way.pattern is None

    def _labelled(self, label: Label) -> None:
        if self.section == "head" and label.field != "response.text":
            self.head.take_label(label)
            return
        self.outline.claim(label.words, Fate.FURNITURE, "label")
        self.waiting = None
        match label.field:
            case "response.text":
                self._begin_response(label.value)
            case "actions":
                self._begin_actions(label.value)
            case "comment" | "status" | "responsible" | "when":
                self._give(self.actions.of_label(self._current(), label.field), label)
            case _:
                self._give(self._current(), label)

    def _content(self, line: Line) -> None:
        piece = line.piece()
        if self.waiting:
            draft, key = self.waiting
            draft.add(key, [piece])
            self.waiting = None if key != "comment" else self.waiting
            return
        reason = _LEFT_OUT.get(self.section)
        if reason:
            self.outline.claim(piece, Fate.FURNITURE, reason)
            return
        readers: Mapping[Section, Callable[[], None]] = {
            "head": lambda: self.head.content(line),
            "list": lambda: self.listed.line(line),
            "lessons": lambda: self._part_line(line),
            "findings": lambda: self._part_line(line),
            "text": lambda: self._text(piece),
            "response": lambda: self._response(piece),
            "actions": lambda: self.actions.loose.append(line),
            "steps": lambda: self.actions.step(self._current(), piece),
        }
        readers[self.section]()

    def _known(self, line: Line, kind: str) -> None:
        self.outline.claim(line.piece(), Fate.FURNITURE, kind)
        if self.section == "head":
            self.head.interrupt(described=folded(line.text) == "share")

    # Recommendations

    def _begin_headed(self, heading: Heading) -> None:
        before = self.listed if self.section == "list" else self.actions
        number = heading.number or before.take_number()
        self._enter("text")
        self.recommendation = self.evaluation.begin("recommendation")
        for words in heading.words:
            self.outline.claim(words, Fate.FURNITURE, "heading")
        self.recommendation.add("number", [number] if number else [])
        self._text(heading.rest)

    def _begin_unheaded(self, lines: Sequence[Line]) -> None:
        """A recommendation whose heading is not there: the lines before its response are its text."""
        self.recommendation = self.evaluation.begin("recommendation")
        for line in lines:
            self._text(line.piece())

    def _text(self, piece: Piece) -> None:
        draft = self._current()
        if number_alone(piece.line, draft.text("number")) and piece.text == piece.line.text.strip():
            self.outline.claim(piece, Fate.FURNITURE, "number, printed again")
        else:
            draft.add("text", [piece])

    def _current(self) -> Draft:
        if self.recommendation is None:
            self.recommendation = self.evaluation.begin("recommendation")
        return self.recommendation

    # Responses

    def _begin_response(self, value: Piece) -> None:
        if self.section == "head":
            self._begin_unheaded(self.head.trailing())
        elif self.section in ("actions", "steps") and (self.dialect.way.pattern is None or not self._whole()):
            self.actions.end_rows(self._current())
            lines = self.actions.take_pending()
            if lines or self._whole():
                self._begin_unheaded(lines)
        elif self.section == "list":
            self.recommendation = self.listed.last()
        self._enter("response")
        self._response(value)

    def _whole(self) -> bool:
        """Whether the recommendation that is being read has its answer already."""
        return self.recommendation is None or any(
            key.startswith("response.") for key in self.recommendation.fields
        )

    def _response(self, piece: Piece) -> None:
        draft = self._current()
        if has_stamp(piece.text):
            before, behind = take_stamps(piece, draft, self.outline, "response.date", "response.updated")
            draft.add("response.text", [before, behind])
        else:
            draft.add("response.text", [piece])

    # Actions

    def _begin_actions(self, value: Piece) -> None:
        if self.dialect.erc:
            self._enter("actions")
            if value.text:
                self.outline.note(value.line.number, "words behind a label: left over")
        else:
            self._enter("steps")
            self.actions.begin(self._current(), value)

    def _give(self, draft: Draft, label: Label) -> None:
        draft.add(label.field, [label.value])
        if label.form == "prose" or not label.value.text:
            self.waiting = (draft, label.field)

    # Tables

    def _row(self, row: Sequence[Cell], filled: Sequence[Cell]) -> None:
        head = head_of_row(row)
        if head:
            self._take_head(head, filled)
        elif self.section == "head" and self.head.cells(row):
            pass
        elif self.columns and (len(filled) > 1 or not self._spans_all(row)):
            self._item_row(cells.fields_of(row, self.columns), row)
        else:
            for line in (line for cell in filled for line in cell.lines):
                self.line(line)

    def _spans_all(self, row: Sequence[Cell]) -> bool:
        return len(row) > 1 and all(cell.spanned for cell in row[1:])

    def _take_head(self, head: TableHead, filled: Sequence[Cell]) -> None:
        for line in (line for cell in filled for line in cell.lines):
            self.outline.claim(line.piece(), Fate.FURNITURE, "head of the table")
        if self.section == "head" and not self.dialect.erc:
            self.section = "actions"
        if self.recommendation is not None:
            self.actions.end_rows(self.recommendation)
        before = (
            self.columns.fields
            if self.columns and len(self.columns.fields) == len(head.fields)
            else head.fields
        )
        self.above = {}
        merged = tuple(new or old for new, old in zip(head.fields, before, strict=True))
        self.columns = TableHead(merged)

    def _item_row(self, fields: dict[str, Cell], row: Sequence[Cell]) -> None:
        fields = self.above = cells.with_those_above(fields, self.above)
        if fields.get("recommendation", Cell()).text:
            self._begin_in_cell(fields)
        recommendation = self._current()
        for line in fields.get("response", Cell()).lines:
            self._response(line.piece())
        for key in ("decision", "priority", "addressed_to"):
            pieces = [line.piece() for line in fields.get(key, Cell()).lines]
            recommendation.add("response.decision" if key == "decision" else key, pieces)
        if cells.is_answer(fields):
            for line in fields["action"].lines:
                self._response(line.piece())
        elif cells.speaks_of_action(fields):
            self._action_row(fields, recommendation)
        unknown = [cell for cell in row if cell.text and not any(cell is known for known in fields.values())]
        for line in (line for cell in unknown for line in cell.lines):
            self.outline.note(line.number, "in a column that nobody knows: left over")

    def _begin_in_cell(self, fields: dict[str, Cell]) -> None:
        self._enter("actions")
        number, words, text = cells.recommendation_of(fields["recommendation"])
        self.recommendation = self.evaluation.begin("recommendation")
        for piece in words:
            self.outline.claim(piece, Fate.FURNITURE, "heading")
        numbers = [number] if number else [line.piece() for line in fields.get("number", Cell()).lines]
        self.recommendation.add("number", numbers)
        self.recommendation.add("text", text)

    def _action_row(self, fields: dict[str, Cell], recommendation: Draft) -> None:
        actions = recommendation.of("action")
        if actions and cells.goes_on(fields):
            cells.continue_action(fields, actions[-1], self.outline)
            return
        self.section = "actions"
        action = recommendation.begin("action")
        if not fields.get("recommendation") and fields.get("number"):
            action.add("number", [line.piece() for line in fields["number"].lines])
        cells.read_action(fields, action, self.outline)

    # Parts of the page

    def _begin_part(self, line: Line, part: Section) -> None:
        self.outline.claim(line.piece(), Fate.FURNITURE, "heading")
        self._enter(part)
        self.items = 0
        self.alone = None

    def _part_line(self, line: Line) -> None:
        kind: Literal["lesson", "finding"] = "lesson" if self.section == "lessons" else "finding"
        item = list_item(line, self.items + 1, alone=self.alone)
        if item:
            number, text = item
            self.alone = not text.text
            self.items += 1
            self.outline.claim(
                line.piece(number.start, text.start if text.text else None),
                Fate.FURNITURE,
                "number of an item",
            )
            self.evaluation.begin(kind).add("text", [text])
            return
        parts = self.evaluation.of(kind)
        (parts[-1] if parts else self.evaluation.begin(kind)).add("text", [line.piece()])

    def _enter(self, section: Section) -> None:
        """Leave the section that is being read, settle what it holds, and go to another."""
        if self.recommendation is not None:
            self.actions.end_rows(self.recommendation)
            self.actions.settle(self.recommendation)
        self.section = section
        self.waiting = None
        if section in ("text", "response"):
            self.actions.action = None
