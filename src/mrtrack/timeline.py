"""What was so on a day: status, dates and verdicts as the entries of a history tell them (DESIGN rules 1-4).

Pure questions about models; nothing here is stored. Periods count in days; every date keeps its precision.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from mrtrack.model.dates import EntryName, PartialDate, parse_date
from mrtrack.model.words import Decision, EvaluationStatus, Status, Verdict, is_open

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mrtrack.model.record import (
        Action,
        ActionEntry,
        Document,
        Entry,
        Evaluation,
        Recommendation,
        Response,
    )

E = TypeVar("E", bound="Entry")
Basis = Literal["stated", "recorded"]
FOREVER = date.max
NEVER_BEFORE = date.min
_ENDED = (EvaluationStatus.COMPLETED, EvaluationStatus.CANCELLED)


class Moved(NamedTuple):
    """One move of a date to a later last day."""

    entry: Entry
    before: PartialDate
    after: PartialDate


class ActionState(NamedTuple):
    """An action as it stood on a day.

    `completed_on` is the day of completion as precisely as it is known; its basis is `recorded` where the
    source only shows that it had happened by then. `documents` are those recorded since the action was last
    re-opened, so that they can prove its completion.
    """

    status: Status | None
    due: PartialDate | None
    original_due: PartialDate | None
    postponements: tuple[Moved, ...]
    responsible: str | None
    verdict: Verdict | None
    completed_on: PartialDate | None
    completed_basis: Basis | None
    added: date | None
    updated: date | None
    last_comment: str | None
    documents: tuple[Document, ...]

    @property
    def open(self) -> bool:
        """Neither completed nor no longer applicable; not stated is open."""
        return is_open(self.status)

    @property
    def disputed(self) -> bool:
        """Completed, and an independent reader did not confirm it."""
        return self.status is Status.COMPLETED and self.verdict is Verdict.NOT_CONFIRMED

    def days_overdue(self, as_of: date) -> int:
        """Days since the last day of `due`, while the action is open; 0 where it is not overdue."""
        if not self.open or self.due is None:
            return 0
        return max(0, (as_of - self.due.last).days)

    def due_within(self, as_of: date, days: int) -> bool:
        """Whether the action is open and its due period ends today or within so many days."""
        return self.open and self.due is not None and timedelta(0) <= self.due.last - as_of <= timedelta(days)

    def stale(self, as_of: date, days: int) -> bool:
        """Whether the action is open and nothing was recorded for so many days."""
        return self.open and (self.updated is None or (as_of - self.updated).days >= days)


def names(entries: Iterable[E]) -> Iterator[tuple[EntryName, E]]:
    """Each entry with the name that a correction calls it by: its day, and which one of that day."""
    of_day: dict[date, int] = {}
    for entry in entries:
        of_day[entry.date] = of_day.get(entry.date, 0) + 1
        yield EntryName(entry.date, of_day[entry.date]), entry


def corrected(entries: Sequence[E]) -> dict[int, int]:
    """The positions of the entries that count for nothing, each with the position of its correction.

    A correction that is itself corrected counts for nothing, so that what it had struck stands again.
    """
    void: dict[int, int] = {}
    for entry in entries:
        if getattr(entry, "corrects", None):
            break
    else:
        return void
    position = {name: index for index, (name, _) in enumerate(names(entries))}
    for index in range(len(entries) - 1, -1, -1):
        target = getattr(entries[index], "corrects", None)
        struck = position.get(target) if target and index not in void else None
        if struck is not None and struck < index:
            void.setdefault(struck, index)
    return void


def standing(entries: Iterable[E] | None, as_of: date = FOREVER) -> list[E]:
    """The entries recorded by a day that count: those that no correction of that time has struck."""
    known = list(entries or ())
    if as_of is not FOREVER:
        known = [entry for entry in known if entry.date <= as_of]
    void = corrected(known)
    return [entry for index, entry in enumerate(known) if index not in void] if void else known


def last_value(entries: Iterable[Entry], key: str) -> tuple[bool, Any]:
    """Whether the entries name a key at all, and the value they name last (None: taken away)."""
    for entry in reversed(list(entries)):
        if key in entry.model_fields_set:
            return True, getattr(entry, key)
    return False, None


def holds_from(evaluation: Evaluation) -> date:
    """The day from which a value without an entry holds: the earliest `retrieved`, else always (rule 1)."""
    days = [source.retrieved.last for source in evaluation.sources or () if source.retrieved]
    return min(days, default=NEVER_BEFORE)


def value_on(entries: Sequence[E] | None, key: str, written: Any, as_of: date, since: date) -> Any:  # noqa: ANN401
    """The value of a key on a day: as the log names it, else as it was stated without an entry.

    Such a statement holds from `since`; one that the log shows to have changed before then, from always.
    """
    named, value = last_value(standing(entries, as_of), key)
    if named:
        return value
    ever = next((entry for entry in standing(entries) if key in entry.model_fields_set), None)
    told_by_then = since <= as_of or (ever is not None and ever.date < since)
    if not told_by_then:
        return None
    return written if ever is None else previous_value(ever, key)


def previous_value(entry: Entry, key: str) -> Any:  # noqa: ANN401 - a value of any key
    """What stood before an entry changed a key, where the log above does not show it; None where it is not told.

    A due date has its own key, `previous_due`; of the other keys it is `previous_KEY` under `extra`, so that the
    first entry about a value that was only written does not take it out of every earlier answer.
    """
    if key == "due":
        return getattr(entry, "previous_due", None)
    told = (getattr(entry, "extra", None) or {}).get(f"previous_{key}")
    if not isinstance(told, str):
        return None
    status = EvaluationStatus if entry.about == "evaluation" else Status
    forms = {"status": status, "decision": Decision, "planned_end": parse_date, "completed": parse_date}
    try:
        return forms[key](told) if key in forms else told
    except ValueError:
        return None


def added_by(action: Action, evaluation: Evaluation, as_of: date) -> bool:
    """Whether an action was there on a day: from its first entry; without any, as long as its evaluation."""
    return action.history[0].date <= as_of if action.history else exists_on(evaluation, as_of)


def action_on(action: Action, evaluation: Evaluation, as_of: date) -> ActionState | None:
    """An action as it stood on a day; None on a day before its first entry."""
    if not added_by(action, evaluation, as_of):
        return None
    entries = action.history or ()
    since = holds_from(evaluation)
    valid = standing(entries, as_of)
    known = [entry for entry in entries if entry.date <= as_of]
    status: Status | None = value_on(entries, "status", action.status, as_of, since)
    run = present_run(valid) if status is Status.COMPLETED else []
    completion = run[0] if run else None
    return ActionState(
        status=status,
        due=value_on(entries, "due", action.due, as_of, since),
        original_due=original_due(known),
        postponements=tuple(postponements(valid)),
        responsible=value_on(entries, "responsible", action.responsible, as_of, since),
        verdict=_verdict(known),
        completed_on=_day_of(completion) if completion else None,
        completed_basis=_basis_of(completion) if completion else None,
        added=entries[0].date if entries else None,
        updated=known[-1].date if known else None,
        last_comment=next((entry.comment for entry in reversed(valid) if entry.comment), None),
        documents=proof(valid),
    )


def original_due(entries: Sequence[ActionEntry]) -> PartialDate | None:
    """The due date an action was added with (rule 3); None where the log does not tell.

    The first entry's, or that of the entry which corrected it; else the `previous_due` of the first entry
    that moves the date.
    """
    void = corrected(entries)
    index = 0
    while index in void:
        index = void[index]
    if entries and entries[index].due is not None:
        return entries[index].due
    moved = next((entry for entry in standing(entries) if "due" in entry.model_fields_set), None)
    return moved.previous_due if moved else None


def postponements(valid: Iterable[ActionEntry]) -> Iterator[Moved]:
    """The entries that move `due` to a later last day, among those that count."""
    due: PartialDate | None = None
    for entry in valid:
        if "due" not in entry.model_fields_set:
            continue
        before = due or entry.previous_due
        if before and entry.due and entry.due.last > before.last:
            yield Moved(entry, before, entry.due)
        due = entry.due


def present_run(valid: Iterable[ActionEntry]) -> list[ActionEntry]:
    """The unbroken run of entries that say the status which stands at the end."""
    run: list[ActionEntry] = []
    for entry in valid:
        if entry.status is not None:
            run = [*run, entry] if run and run[0].status is entry.status else [entry]
    return run


def status_set_at(entries: Sequence[ActionEntry]) -> int | None:
    """The position of the entry that set the status which stands; None where no entry names one."""
    run = present_run(standing(entries))
    return next((index for index, entry in enumerate(entries) if run and entry is run[0]), None)


def proof(valid: Sequence[ActionEntry]) -> tuple[Document, ...]:
    """The documents that can prove a completion: those recorded since the action was last re-opened."""
    return tuple(document for entry in valid[reopened_at(valid) :] for document in entry.documents or ())


def reopened_at(valid: Sequence[ActionEntry]) -> int:
    """The position of the entry that opened a completed action again last; 0 where none did."""
    at, completed = 0, False
    for index, entry in enumerate(valid):
        if entry.status is not None:
            at = index if completed and entry.status is not Status.COMPLETED else at
            completed = entry.status is Status.COMPLETED
    return at


def status_setter(valid: Iterable[ActionEntry]) -> str | None:
    """Who recorded the status that stands at the end of the entries; None where nobody is named."""
    run = present_run(valid)
    return run[0].by if run else None


def decision_on(recommendation: Recommendation, evaluation: Evaluation, as_of: date) -> Decision | None:
    """The decision on a recommendation on a day (rule 4): its entry, else its date, else the approval."""
    response = recommendation.response
    if response is None:
        return None
    since = (response.date.last if response.date else answered_by(evaluation)) or holds_from(evaluation)
    decision: Decision | None = value_on(response.history, "decision", response.decision, as_of, since)
    return decision


def responded_on(recommendation: Recommendation, evaluation: Evaluation, as_of: date) -> bool:
    """Whether a recommendation had an answer by a day, be it a decision or only a text."""
    if recommendation.response is None:
        return False
    if decision_on(recommendation, evaluation, as_of) is not None:
        return True
    day = _answer_day(recommendation.response) or answered_by(evaluation)
    return day is None or day <= as_of


def counted(evaluation: Evaluation) -> list[Recommendation]:
    """The recommendations to count: where parts carry decisions, the parts, else the whole (rule 6)."""
    asked = evaluation.recommendations or ()
    split = {part.part_of for part in asked if part.response and part.response.decision}
    return [one for one in asked if one.id not in split and (one.part_of is None or one.part_of in split)]


def answered_by(evaluation: Evaluation) -> date | None:
    """The day the management response was submitted or approved, as far as stated."""
    answer = evaluation.management_response
    if answer and answer.submitted:
        return answer.submitted.last
    if answer and answer.approved_by and answer.approved_by.date:
        return answer.approved_by.date.last
    return None


def submitted_on(evaluation: Evaluation, as_of: date) -> tuple[bool, date | None]:
    """Whether the management response was there on a day, and since when, as far as that is stated.

    It is there from the day stated; else once a source shows an answer to every recommendation. Decisions that
    were only recorded here do not make a response: submitting it is a step of its own.
    """
    if stated := answered_by(evaluation):
        return (True, stated) if stated <= as_of else (False, None)
    answers = [one.response for one in counted(evaluation)]
    published = [answer for answer in answers if answer and (answer.date or not answer.history)]
    days = [answer.date.last for answer in published if answer.date]
    if not answers or len(published) < len(answers) or any(day > as_of for day in days):
        return False, None
    return True, max(days, default=None)


def response_due(evaluation: Evaluation, days: int) -> date | None:
    """The last day for the management response: as stated, else so many days after the evaluation ended."""
    answer = evaluation.management_response
    if answer is None or not answer.required:
        return None
    if answer.due:
        return answer.due.last
    end = evaluation.completed or evaluation.report_date
    return end.last + timedelta(days) if end else None


def exists_from(evaluation: Evaluation) -> date:
    """The day from which an evaluation is there: its first entry, or its report (else its end) if that was earlier.

    Where nothing of it is stated, always. Rule 4 lets the first entry alone decide; then the first news recorded
    about an imported evaluation would take it out of every earlier answer.
    """
    stated = evaluation.report_date or evaluation.completed
    days = [*([stated.last] if stated else []), *(entry.date for entry in (evaluation.history or ())[:1])]
    return min(days, default=NEVER_BEFORE)


def exists_on(evaluation: Evaluation, as_of: date) -> bool:
    """Whether an evaluation was there on a day; see `exists_from`."""
    return exists_from(evaluation) <= as_of


def evaluation_status_on(evaluation: Evaluation, as_of: date) -> EvaluationStatus | None:
    """Where an evaluation stood on a day."""
    since = holds_from(evaluation)
    status: EvaluationStatus | None = value_on(evaluation.history, "status", evaluation.status, as_of, since)
    return status


def planned_end_on(evaluation: Evaluation, as_of: date) -> PartialDate | None:
    """The planned end of an evaluation as it was on a day."""
    since, written = holds_from(evaluation), evaluation.planned_end
    end: PartialDate | None = value_on(evaluation.history, "planned_end", written, as_of, since)
    return end


def evaluation_overdue_on(evaluation: Evaluation, as_of: date) -> bool:
    """Whether an evaluation was to have ended before a day and was neither completed nor cancelled."""
    end = planned_end_on(evaluation, as_of)
    return end is not None and end.last < as_of and not ended_on(evaluation, as_of)


def ended_on(evaluation: Evaluation, as_of: date) -> bool:
    """Whether an evaluation was completed or cancelled by a day; one without a status, whether its end was past."""
    status = evaluation_status_on(evaluation, as_of)
    ended = evaluation.completed or evaluation.report_date
    return status in _ENDED or (status is None and ended is not None and ended.last <= as_of)


def _answer_day(response: Response) -> date | None:
    days = [response.date.last] if response.date else []
    return min(days + [entry.date for entry in response.history or ()], default=None)


def _day_of(entry: ActionEntry) -> PartialDate:
    return entry.on.date if entry.on else PartialDate(entry.date.isoformat(), entry.date, entry.date)


def _basis_of(entry: ActionEntry) -> Basis:
    return "recorded" if entry.on and entry.on.until else "stated"


def _verdict(known: Sequence[ActionEntry]) -> Verdict | None:
    """The last verdict about the run that stands; what it judged may have been struck or left since."""
    void = corrected(known)
    present = present_run(standing(known))
    for index in range(len(known) - 1, -1, -1):
        verdict = known[index].verdict
        if verdict is None or index in void:
            continue
        judged = present_run(standing(known[: index + 1]))
        if any(one is other for one in judged for other in present) or not (judged or present):
            return verdict
    return None
