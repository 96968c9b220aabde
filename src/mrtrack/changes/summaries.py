"""An evaluation, a recommendation or an action that is new or gone, summed up in a few words."""

from collections.abc import Collection, Sequence
from datetime import date

from mrtrack import timeline
from mrtrack.changes.telling import Change, Line, Subject, counted, first_sentence, plain
from mrtrack.model.record import Action, Evaluation, Recommendation
from mrtrack.model.words import Decision, Status, is_open


def new_evaluation(subject: Subject, evaluation: Evaluation, as_of: date) -> tuple[Line, ...]:
    """Three lines: what it is called, the recommendations with their decisions, the actions and the next due."""
    asked = timeline.counted(evaluation)
    promised = [action for one in evaluation.recommendations or () for action in one.actions or ()]
    title = plain(evaluation.title or evaluation.id)
    told = (
        subject.change("new-evaluation", f"new evaluation: {title}", None, title, brief="new evaluation"),
        subject.change("recommendations", _asked(asked, subject), None, str(len(asked))),
        subject.change("actions", _promised(promised, subject, as_of), None, str(len(promised))),
    )
    return tuple(Line("", (change,)) for change in told)


def removed_evaluation(subject: Subject, evaluation: Evaluation) -> Change:
    """That an evaluation's record is gone, and with it what."""
    asked = evaluation.recommendations or ()
    promised = sum(len(one.actions or ()) for one in asked)
    words = (
        f"evaluation removed, with {counted(len(asked), 'recommendation')} and {counted(promised, 'action')}"
    )
    return subject.change("removed", words, plain(evaluation.title or evaluation.id))


def new_recommendation(subject: Subject, one: Recommendation, known: Collection[str]) -> Change:
    """A new recommendation: its decision and how many actions came with it, not counting those known."""
    words = ["added"]
    if one.response:
        decision = one.response.decision
        words.append(subject.wording(decision) if decision else "answered in words")
    came = [action for action in one.actions or () if action.id not in known]
    if came:
        words.append(counted(len(came), "action"))
    about = first_sentence(one.title or one.text)
    return subject.change(
        "added", ", ".join(words), None, about or one.id, reasons=(about,) if about else (), brief="added"
    )


def removed_recommendation(subject: Subject, one: Recommendation, kept: Collection[str]) -> Change:
    """A recommendation that is gone, with the actions that went with it."""
    gone = sum(action.id not in kept for action in one.actions or ())
    words = "removed" + (f", with {counted(gone, 'action')}" if gone else "")
    return subject.change("removed", words, first_sentence(one.title or one.text) or one.id, brief="removed")


def new_action(subject: Subject, action: Action) -> Change:
    """A new action: how far it is, by when, who leads, and what it is."""
    words = ["added"]
    words += [subject.wording(action.status)] if action.status else []
    words += [f"due {action.due}"] if action.due else []
    words += [f"lead {plain(action.responsible)}"] if action.responsible else []
    about = first_sentence(action.title or action.text)
    return subject.change(
        "added", ", ".join(words), None, about or action.id, reasons=(about,) if about else (), brief="added"
    )


def removed_action(subject: Subject, action: Action) -> Change:
    """An action that is gone, and what it was."""
    about = first_sentence(action.title or action.text)
    return subject.change(
        "removed", "removed", about or action.id, None, reasons=(about,) if about else (), brief="removed"
    )


def _asked(asked: Sequence[Recommendation], subject: Subject) -> str:
    decisions = [one.response.decision if one.response else None for one in asked]
    told = [
        f"{decisions.count(decision)} {subject.wording(decision)}"
        for decision in (*Decision, None)
        if decision in decisions
    ]
    return f"{counted(len(asked), 'recommendation')}{': ' * bool(told)}{', '.join(told)}"


def _promised(promised: Sequence[Action], subject: Subject, as_of: date) -> str:
    waiting = [action for action in promised if is_open(action.status)]
    done = sum(action.status is Status.COMPLETED for action in promised)
    told = [f"{done} {subject.wording(Status.COMPLETED)}"] if done else []
    told += [f"{len(waiting)} open"] if waiting else []
    days = [action.due for action in waiting if action.due]
    late = sum(due.last < as_of for due in days)
    told += [f"{late} overdue"] if late else []
    coming = min((due for due in days if due.last >= as_of), key=lambda due: due.last, default=None)
    told += [f"next due {coming}"] if coming else []
    return f"{counted(len(promised), 'action')}{': ' * bool(told)}{', '.join(told)}"
