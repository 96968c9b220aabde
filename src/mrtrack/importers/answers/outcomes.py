"""What becomes of each row that came back: taken, unchanged or refused, compared with the records; pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from mrtrack import timeline
from mrtrack.edit.refusal import Refused
from mrtrack.importers.answers.cells import order_in
from mrtrack.importers.answers.context import LEAD, part_of, shown_cells
from mrtrack.importers.answers.judging import (
    Answer,
    Judged,
    Objection,
    against,
    column_text,
    edited_cells,
    folded,
    read_answer,
)
from mrtrack.importers.answers.keys import Key, state_of
from mrtrack.importers.answers.returned import Returned, Row
from mrtrack.importers.vocabulary.when import Order
from mrtrack.model.record import ActionEntry
from mrtrack.model.settings import Settings
from mrtrack.query.rows import ActionRow

Lookup = Callable[[str], ActionRow | None]

_ASK_ANEW = "look at both, and ask this unit anew: mrtrack ask"
_COMPARED = ("action", "due", "status_now", "last_comment")


class Fate(StrEnum):
    """What becomes of a row."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"
    UNANSWERED = "unanswered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Compared:
    """A cell whose action changed meanwhile: what the workbook shows, and what the record says now."""

    column: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row and what becomes of it.

    `note` says why a row is unchanged. `compared` shows both sides where the action changed meanwhile. `state` is
    the digest on which a taken answer rests.
    """

    file: str
    row: Row
    fate: Fate
    answer: Answer
    objections: tuple[Objection, ...] = ()
    note: str = ""
    compared: tuple[Compared, ...] = field(default=())
    state: str = ""
    leads: bool = False

    @property
    def ref(self) -> str:
        """The action that the row is about."""
        return self.row.ref

    def refused(self, *objections: Objection) -> "Outcome":
        """The same row, with more that speaks against it."""
        return replace(self, fate=Fate.REFUSED, objections=(*self.objections, *objections))


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What rows are judged by; `by` and `order` only where a person says who answers, or how dates are meant."""

    settings: Settings
    today: date
    by: str | None = None
    order: Order | None = None


def outcomes_of(files: Sequence[Returned], lookup: Lookup, terms: Terms) -> list[Outcome]:
    """What becomes of every row of the files, answers that contradict each other among them."""
    found: list[Outcome] = []
    for file in files:
        dates = (
            row.cells[column] for row in file.rows for column in ("on", "new_due") if column in row.cells
        )
        order = terms.order or order_in(dates, loose=file.loose)
        found += [_outcome(file, row, lookup, terms, order) for row in file.rows]
    return _together(found)


def _outcome(file: Returned, row: Row, lookup: Lookup, terms: Terms, order: Order | None) -> Outcome:
    judged = read_answer(row, terms.settings, order)
    answer = replace(judged.answer, unit=terms.by or row.unit)
    plain = Outcome(file.name, row, Fate.UNANSWERED, answer)
    try:
        now = lookup(row.ref)
    except Refused as unknown:
        told = _objection(row, unknown.message, unknown.hint)
        return plain.refused(*judged.objections, told) if row.answered else plain
    key, trouble = _key_of(row, now)
    if key is None or now is None:
        return plain.refused(*judged.objections, *trouble) if row.answered else plain
    edited = [*edited_cells(row, key.edited(row.locked, loose=file.loose))]
    changed = state_of(now.of) != key.state
    if edited and not changed:
        return plain.refused(*edited, *judged.objections)
    if not row.answered:
        return plain
    return _weighed(plain, judged, key, now, terms, changed=changed)


def _weighed(
    plain: Outcome, judged: Judged, key: Key, now: ActionRow, terms: Terms, *, changed: bool
) -> Outcome:
    row, answer = plain.row, plain.answer
    if not judged.objections:
        earlier = _recorded(answer, now, key.day)
        if earlier:
            return replace(plain, fate=Fate.UNCHANGED, note=f"recorded on {earlier.date} already")
        if _says_nothing(answer, now):
            return replace(plain, fate=Fate.UNCHANGED, note="the record says so already")
    objections = list(judged.objections)
    compared: tuple[Compared, ...] = ()
    if not answer.unit:
        objections.append(_objection(row, "nobody is named who answers", "say who: --by UNIT"))
    if changed:
        compared = tuple(_compared(row, now, answer.unit, terms))
        objections.append(_objection(row, _changed(key, now, compared), _ASK_ANEW))
    objections += against(row, answer, now, terms.settings, terms.today)
    if objections:
        return replace(plain, compared=compared).refused(*objections)
    leads = part_of(now, answer.unit, terms.settings) == LEAD
    return replace(plain, fate=Fate.TAKEN, state=key.state, leads=leads)


def _key_of(row: Row, now: ActionRow | None) -> tuple[Key | None, list[Objection]]:
    if not row.ref:
        return None, [_objection(row, "an answer, and no ref beside it", "put the ref of its action here")]
    if now is None:
        return None, [_objection(row, f"the records have no action “{row.ref[:80]}”", "look at the ref")]
    if not row.key:
        told = f"{row.ref} was not asked in this file"
        return None, [_objection(row, told, "ask for it: mrtrack ask; or record it: mrtrack update")]
    try:
        return Key.read(row.key), []
    except ValueError as error:
        return None, [_objection(row, str(error), "ask anew: mrtrack ask")]


def _objection(row: Row, message: str, hint: str) -> Objection:
    return Objection("ref", row.cells["ref"].name, message, hint)


def _recorded(answer: Answer, now: ActionRow, since: date) -> ActionEntry | None:
    """The entry that says all that an answer says, recorded by the same unit since the form went out."""
    entries = now.of.history or ()
    valid = timeline.standing(entries)
    for index, entry in enumerate(valid):
        if entry.date >= since and entry.by == answer.unit and _same(entry, valid[:index], answer, now):
            return entry
    return None


def _same(entry: ActionEntry, before: Sequence[ActionEntry], answer: Answer, now: ActionRow) -> bool:
    documents = tuple((one.title or "", one.url or "") for one in entry.documents or ())
    on = None if answer.on is None or str(answer.on) == entry.date.isoformat() else str(answer.on)
    due_named, due = timeline.last_value(before, "due")
    stood = {"status": timeline.last_value(before, "status")[1], "due": due if due_named else now.due}
    said = {"status": answer.change.status, "due": answer.change.due}
    return (
        folded(entry.comment) == folded(answer.comment)
        and documents == answer.documents
        and (str(entry.on) if entry.on else None) == on
        and not entry.verdict
        and all(
            getattr(entry, key) == value or (getattr(entry, key) is None and value in (None, stood[key]))
            for key, value in said.items()
        )
        and not entry.clears_due
    )


def _says_nothing(answer: Answer, now: ActionRow) -> bool:
    entries = timeline.standing(now.of.history or ())
    logged, status = timeline.last_value(entries, "status")
    same_status = answer.change.status is None or (logged and status == answer.change.status)
    same_due = answer.change.due is None or answer.change.due == now.due
    return same_status and same_due and not (answer.on or answer.comment or answer.documents)


def _compared(row: Row, now: ActionRow, unit: str, terms: Terms) -> Iterator[Compared]:
    present = shown_cells(now, unit, terms.settings, terms.today)
    for column in _COMPARED:
        if column not in row.cells:
            continue
        then, there = column_text(row, column), present[column]
        if column == "due":
            then, there = (text.partition(",")[0] for text in (then, there))
        if folded(then) != folded(there):
            yield Compared(column, folded(then), folded(there))


def _changed(key: Key, now: ActionRow, compared: Iterable[Compared]) -> str:
    told = f"the action changed since this went out on {key.day}"
    if any(compared):
        return told
    since = [entry for entry in now.of.history or () if entry.date >= key.day]
    who = f" by {since[-1].by}" if since and since[-1].by else ""
    return (
        f"{told}: an entry was recorded on {since[-1].date}{who}"
        if since
        else f"{told}: its record was edited"
    )


def _together(found: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes with each action answered once: the same answer twice is one, two that differ are none.

    Where the unit that leads and others answer, the lead's answer is taken.
    """
    by_ref: dict[str, list[int]] = {}
    for index, one in enumerate(found):
        if one.fate is Fate.TAKEN:
            by_ref.setdefault(one.ref, []).append(index)
    result = list(found)
    for places in by_ref.values():
        if len(places) < 2:
            continue
        first, *others = places
        if all(_agree(found[first], found[other]) for other in others):
            for other in others:
                result[other] = replace(
                    found[other], fate=Fate.UNCHANGED, note=f"says the same as {_where(found[first])}"
                )
            continue
        leading = [place for place in places if found[place].leads]
        winner = leading[0] if len(leading) == 1 else None
        for place in places:
            rival = winner if winner is not None else next(one for one in places if one != place)
            if place != winner:
                hint = "leave one of them" if winner is None else "the unit that leads has answered"
                told = f"{_where(found[rival])} says otherwise about the same action"
                result[place] = found[place].refused(_objection(found[place].row, told, hint))
    return result


def _agree(one: Outcome, other: Outcome) -> bool:
    return one.answer.says == other.answer.says and one.answer.unit == other.answer.unit


def _where(one: Outcome) -> str:
    return f"row {one.row.number} of {one.file}"
