"""What a row that came back says about an action, judged against the action as it is now; pure.

An answer is taken whole or not at all; all that speaks against it is found, each with its cell.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mrtrack.edit.progress import ActionChange
from mrtrack.importers.answers.cells import Cell, date_in
from mrtrack.importers.answers.columns import ANSWERED, HEADINGS
from mrtrack.importers.answers.returned import Row
from mrtrack.importers.vocabulary.statuses import status_word
from mrtrack.importers.vocabulary.when import Order
from mrtrack.importers.vocabulary.withheld import withheld_in
from mrtrack.model.dates import Happened, PartialDate, parse_date, parse_happened
from mrtrack.model.settings import Settings
from mrtrack.model.wording import label, read_status
from mrtrack.model.words import Status, is_open
from mrtrack.query.rows import ActionRow
from mrtrack.source.tree import INVISIBLE

WITHHELD = "[withheld]"

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://\S+")
_UNSAFE = re.compile(r"(?:javascript|data|vbscript|file):", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|by|before)\s+", re.IGNORECASE)
_ORDER = {Status.NOT_INITIATED: 0, Status.INITIATED: 1}


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against an answer: the column and the name of its cell, what is wrong, what to do."""

    column: str
    cell: str
    message: str
    hint: str = ""

    @property
    def text(self) -> str:
        """The objection as one line, with the cell."""
        return f"{self.cell} ({HEADINGS[self.column]}): {self._reason}" if self.cell else self._reason

    @property
    def beside(self) -> str:
        """The objection as it is told beside the row, where the cell has another name."""
        return self._reason if self.column == "ref" else f"{HEADINGS[self.column]}: {self._reason}"

    @property
    def _reason(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit says about an action, read; `withheld` names what is left out of it."""

    ref: str
    unit: str
    change: ActionChange = field(default_factory=ActionChange)
    on: Happened | None = None
    comment: str | None = None
    documents: tuple[tuple[str, str], ...] = ()
    withheld: tuple[str, ...] = ()

    @property
    def says(self) -> tuple[object, ...]:
        """All that it says, to be compared with what another says."""
        return self.ref, self.change, self.on, folded(self.comment), self.documents


@dataclass(slots=True)
class Judged:
    """A row read: its answer, and what speaks against it."""

    answer: Answer
    objections: list[Objection] = field(default_factory=list)


def read_answer(row: Row, settings: Settings, order: Order | None) -> Judged:
    """What a row says, each cell by itself."""
    judged = Judged(Answer(row.ref, row.unit))
    for column in ANSWERED:
        cell = row.cells.get(column)
        if cell and cell.failed:
            judged.objections.append(
                Objection(column, cell.name, "a formula failed here", "write the value itself")
            )
        elif cell and (hidden := INVISIBLE.search(cell.text)):
            code = f"U+{ord(hidden[0]):04X}"
            judged.objections.append(
                Objection(
                    column, cell.name, f"the text holds the invisible character {code}", "type it again"
                )
            )
    failed = {one.column for one in judged.objections}
    cells = {
        column: row.cells[column]
        for column in ANSWERED
        if column in row.cells and row.cells[column].text and column not in failed
    }
    _read_change(cells, settings, order, judged)
    _read_day(cells, order, judged)
    _read_words(cells, judged)
    _read_evidence(cells, judged)
    return judged


def against(row: Row, answer: Answer, now: ActionRow, settings: Settings, today: date) -> Iterator[Objection]:
    """What in an answer contradicts itself, the action as it is, or the calendar."""
    yield from _against_status(row, answer, now, settings)
    if answer.on and answer.on.date.first > today:
        told = f"{answer.on.date} lies ahead; today is {today}"
        yield _at(row, "on", told, "give a day up to today")
    if answer.on and not (answer.change.status or column_text(row, "comment") or answer.documents):
        told = "a day, and not what happened on it"
        yield _at(row, "on", told, "choose a status, or say what was done")
    yield from _against_due(row, answer, now, settings, today)


def _against_status(row: Row, answer: Answer, now: ActionRow, settings: Settings) -> Iterator[Objection]:
    before, after = now.status, answer.change.status
    if after is None or column_text(row, "comment"):
        return
    if _goes_back(before, after):
        sides = f"from “{label(before, settings)}” to “{label(after, settings)}”"
        yield _at(
            row, "status", f"the status goes back {sides} without a reason", "say why under “What was done”"
        )
    if after is Status.NO_LONGER_APPLICABLE:
        told = f"it becomes “{label(after, settings)}” without a reason"
        yield _at(row, "status", told, "say why under “What was done”")


def _against_due(
    row: Row, answer: Answer, now: ActionRow, settings: Settings, today: date
) -> Iterator[Objection]:
    moved, after = answer.change.due, answer.change.status
    if column_text(row, "reason") and not column_text(row, "new_due"):
        told = "a reason for a new date, and no date"
        yield _at(row, "reason", told, "give the date, or empty this cell")
    if moved is None or moved == now.due:
        return
    if after is not None and not is_open(after):
        told = f"it is “{label(after, settings)}” and gets a new due date as well"
        yield _at(row, "new_due", told, "leave one of both empty")
        return
    if moved.last < today:
        yield _at(row, "new_due", f"{moved} is over already", "give a day or a month to come")
    if now.due and not column_text(row, "reason"):
        told = f"the date moves from {now.due} without a reason"
        yield _at(row, "new_due", told, "say why in the next column")


def _at(row: Row, column: str, message: str, hint: str) -> Objection:
    cell = row.cells.get(column)
    return Objection(column, cell.name if cell else "", message, hint)


def column_text(row: Row, column: str) -> str:
    """What stands in a column of the row; empty where it has none."""
    cell = row.cells.get(column)
    return cell.text if cell else ""


def folded(text: str | None) -> str:
    """A text with single spaces, as two writings of it are compared."""
    return " ".join((text or "").split())


def _goes_back(before: Status | None, after: Status) -> bool:
    if before is None or before is after:
        return False
    return after in _ORDER and (before not in _ORDER or _ORDER[after] < _ORDER[before])


def _read_change(cells: Mapping[str, Cell], settings: Settings, order: Order | None, judged: Judged) -> None:
    status: Status | None = None
    due: PartialDate | None = None
    if cell := cells.get("status"):
        try:
            status = read_status(cell.text, settings)
        except ValueError as error:
            aliases = {alias: Status(word) for alias, word in settings.aliases.status.items()}
            status = status_word(cell.text, aliases)
            if status is None:
                judged.objections.append(Objection("status", cell.name, str(error)))
    if cell := cells.get("new_due"):
        try:
            due = parse_date(date_in(cell, order))
        except ValueError as error:
            judged.objections.append(Objection("new_due", cell.name, str(error)))
    judged.answer = replace(judged.answer, change=ActionChange(status=status, due=due))


def _read_day(cells: Mapping[str, Cell], order: Order | None, judged: Judged) -> None:
    cell = cells.get("on")
    if cell is None:
        return
    bare = _UNTIL.sub("", cell.text, count=1)
    try:
        day = date_in(Cell(cell.name, bare), order)
    except ValueError as error:
        judged.objections.append(Objection("on", cell.name, str(error)))
        return
    happened = parse_happened(f"until {day}" if bare != cell.text else day)
    judged.answer = replace(judged.answer, on=happened)


def _read_words(cells: Mapping[str, Cell], judged: Judged) -> None:
    """The comment: what was done, then why the date moves, as a paragraph of its own where both are said."""
    said: list[str] = []
    withheld: list[str] = []
    for column in ("comment", "reason"):
        if cell := cells.get(column):
            text = _without_contacts(cell, withheld)
            if text and folded(text) not in map(folded, said):
                said.append(text)
    judged.answer = replace(judged.answer, comment="\n\n".join(said) or None, withheld=tuple(withheld))


def _read_evidence(cells: Mapping[str, Cell], judged: Judged) -> None:
    title, link = cells.get("evidence"), cells.get("link")
    if link is None:
        if title:
            hint = "give its address in the next column, or name it under “What was done”"
            judged.objections.append(
                Objection("evidence", title.name, "evidence without a web address", hint)
            )
        return
    withheld: list[str] = []
    titles = [line for line in _without_contacts(title, withheld).split("\n") if line] if title else []
    addresses = link.text.split()
    if not all(map(_ADDRESS.fullmatch, addresses)):
        addresses = link.text.split("\n")
    for address in addresses:
        if not _ADDRESS.fullmatch(address) or _UNSAFE.match(address):
            hint = "copy it from the browser: https://…"
            judged.objections.append(
                Objection("link", link.name, f"“{address[:60]}” is no web address", hint)
            )
        elif withheld_in(address):
            told = "the address holds an e-mail address or a telephone number"
            judged.objections.append(Objection("link", link.name, told, "link to the document itself"))
    if title and len(titles) > 1 and len(titles) != len(addresses):
        told = f"{len(titles)} titles for {len(addresses)} web addresses"
        judged.objections.append(Objection("evidence", title.name, told, "one a line, in the same order"))
    if len(titles) == 1:
        titles *= len(addresses)
    documents = tuple(
        (titles[number] if number < len(titles) else "", address) for number, address in enumerate(addresses)
    )
    judged.answer = replace(judged.answer, documents=documents, withheld=(*judged.answer.withheld, *withheld))


def _without_contacts(cell: Cell, withheld: list[str]) -> str:
    """The text of a cell without addresses and numbers of people, which are noted."""
    text = cell.text
    for start, end, what in reversed(withheld_in(text)):
        text = f"{text[:start]}{WITHHELD}{text[end:]}"
        article = "an" if what[0] in "aeiou" else "a"
        withheld.append(f"{article} {what} in {cell.name} was withheld")
    return text


def edited_cells(row: Row, columns: Sequence[str]) -> Iterator[Objection]:
    """What speaks against a row whose locked cells were written over."""
    for column in columns:
        cell = row.cells[column]
        told = "this cell is locked, and was changed"
        yield Objection(
            column, cell.name, told, "put back what stood there; what is new goes in a yellow cell"
        )
