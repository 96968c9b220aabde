"""What changed of one action, recommendation or evaluation that is there on both sides."""

from collections.abc import Iterator

from mrtrack import timeline
from mrtrack.changes.keys import accepted_changes, key_changes
from mrtrack.changes.logs import Log, compared, entry_changes
from mrtrack.changes.telling import Change, Subject, counted, plain, was
from mrtrack.model.dates import PartialDate
from mrtrack.model.record import Action, ActionEntry, Evaluation, Recommendation, Response
from mrtrack.model.words import Status

_TIMES = ("", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def action_changes(subject: Subject, before: Action, after: Action) -> Iterator[Change]:
    """What changed of an action: status and dates first, then who and what, then the words."""
    if before == after:
        return
    log = compared(before.history, after.history)
    yield from _status(subject, log, before, after)
    yield from _due(subject, log, before.due, after.due)
    yield from _word(subject, log, "responsible", (before.responsible, after.responsible))
    yield from _verdicts(subject, log)
    yield from entry_changes(subject, log)
    yield from key_changes(
        subject, before, after, {"id", "status", "due", "responsible", "history", "accepted"}
    )
    yield from accepted_changes(subject, before.accepted, after.accepted)


def recommendation_changes(
    subject: Subject, before: Recommendation, after: Recommendation
) -> Iterator[Change]:
    """What changed of a recommendation itself: the answer first; not its actions."""
    yield from _answer(subject, before.response, after.response)
    yield from key_changes(subject, before, after, {"id", "response", "actions", "accepted"})
    yield from accepted_changes(subject, before.accepted, after.accepted)


def evaluation_changes(subject: Subject, before: Evaluation, after: Evaluation) -> Iterator[Change]:
    """What changed of an evaluation itself; not its recommendations."""
    log = compared(before.history, after.history)
    yield from _word(subject, log, "status", (before.status, after.status))
    yield from _moved(
        subject, log, "planned_end", log.values("planned_end", (before.planned_end, after.planned_end))
    )
    yield from entry_changes(subject, log)
    apart = {"schema_", "id", "status", "planned_end", "history", "recommendations", "accepted"}
    yield from key_changes(subject, before, after, apart)
    yield from accepted_changes(subject, before.accepted, after.accepted)


def _status(subject: Subject, log: Log, before: Action, after: Action) -> Iterator[Change]:
    for change in _word(subject, log, "status", (before.status, after.status)):
        lateness = _lateness(log, after) if change.after == Status.COMPLETED else ""
        yield subject.change(
            change.change,
            change.words + lateness,
            change.before,
            change.after,
            reasons=change.reasons,
            brief=change.brief,
        )


def _lateness(log: Log, action: Action) -> str:
    entry = next((one for one in log.naming("status") if one.status is Status.COMPLETED), None)  # type: ignore[union-attr]
    due = log.values("due", (action.due, action.due))[1]
    if entry is None or due is None:
        return ""
    known = entry.on if entry.on and not entry.on.until else None
    days = ((known.date.last if known else entry.date) - due.last).days
    return f", {'done' if known else 'recorded'} {counted(days, 'day')} after it was due" if days > 0 else ""


def _word(subject: Subject, log: Log, key: str, written: tuple[object, object]) -> Iterator[Change]:
    before, after = log.values(key, written)
    steps = log.steps(key, before, after)
    if before == after and len(steps) == 1:
        return
    what = "lead " if key == "responsible" else ""

    def said(value: object) -> str:
        return plain(str(value)) if key == "responsible" else subject.wording(value)  # type: ignore[arg-type]

    if after is None:
        words = was(f"{what or key + ' '}no longer stated", said(before))
    else:
        words = was(what + ", then ".join(map(said, steps)), None if before is None else said(before))
    words += ", without an entry" if log.unlogged(key, before) else ""
    brief = f"{what}{said(after)}" if after is not None else words
    kind = "lead" if key == "responsible" else key
    yield subject.change(kind, words, _text(before), _text(after), reasons=log.reasons(key), brief=brief)


def _due(
    subject: Subject, log: Log, before: PartialDate | None, after: PartialDate | None
) -> Iterator[Change]:
    pair = log.values("due", (before, after))
    told = next((entry for entry in log.naming("due") if isinstance(entry, ActionEntry)), None)
    if pair[0] is None and told and told.previous_due:
        pair = (told.previous_due, pair[1])
    yield from _moved(subject, log, "due", pair)


def _moved(
    subject: Subject, log: Log, key: str, pair: tuple[PartialDate | None, PartialDate | None]
) -> Iterator[Change]:
    before, after = pair
    steps = log.steps(key, before, after)
    if before == after and len(steps) == 1:
        return
    name = key.replace("_", " ")
    if after is None:
        words = was(f"{name} date taken away", str(before))
    elif before is None and len(steps) == 1:
        words = f"{name} {after}"
    else:
        path = " → ".join(str(step) if step else "none" for step in ([before, *steps] if before else steps))
        words = f"{name} moved {path}{_times(log) if key == 'due' else ''}"
    words += ", without an entry" if log.unlogged(key, before) else ""
    brief = f"{name} {after}" if after else f"no {name} date"
    yield subject.change(key, words, _text(before), _text(after), reasons=log.reasons(key), brief=brief)


def _times(log: Log) -> str:
    """Which postponement it is, from the second on: “, second time”, “, second and third time”."""
    entries = [entry for entry in log.after if isinstance(entry, ActionEntry)]
    moves = list(timeline.postponements(timeline.standing(entries)))
    told = [
        _TIMES[number] if number < len(_TIMES) else f"{number}th"
        for number, move in enumerate(moves, 1)
        if number > 1 and any(move.entry is entry for entry in log.new)
    ]
    return f", {' and '.join(told)} time" if told else ""


def _verdicts(subject: Subject, log: Log) -> Iterator[Change]:
    for entry in log.naming("verdict"):
        if isinstance(entry, ActionEntry) and entry.verdict:
            words = subject.wording(entry.verdict)
            by = f" by {plain(entry.by)}" if entry.by else ""
            yield subject.change(
                "verdict", words + by, None, entry.verdict, reasons=log.reasons("verdict"), brief=words
            )


def _answer(subject: Subject, before: Response | None, after: Response | None) -> Iterator[Change]:
    if before == after:
        return
    if after is None:
        yield subject.change("response", "response taken away")
        return
    old = before or Response()
    log = compared(old.history, after.history)
    decided = list(_word(subject, log, "decision", (old.decision, after.decision)))
    yield from decided
    if before is None and not decided:
        yield subject.change("response", "answered in words")
    yield from entry_changes(subject, log)
    apart = {"decision", "history"}
    if before is None:
        return
    yield from key_changes(subject, old, after, apart, "response.")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
