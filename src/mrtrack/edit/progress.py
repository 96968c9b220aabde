"""From what is new about an action to the operations that record it; pure.

What would say nothing, lacks its reason or contradicts the log is refused, with what to do instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mrtrack import timeline
from mrtrack.edit.log import Log, Recorded, in_words, open_log
from mrtrack.edit.operations import Operation
from mrtrack.edit.refusal import Refused
from mrtrack.model.dates import PartialDate
from mrtrack.model.record import Action, ActionEntry
from mrtrack.model.shape import Path
from mrtrack.model.words import Status, Verdict, is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionChange:
    """What is new about an action; `no_due` takes the date away."""

    status: Status | None = None
    due: PartialDate | None = None
    no_due: bool = False
    responsible: str | None = None
    verdict: Verdict | None = None


def action_progress(path: Path, action: Action, change: ActionChange, recorded: Recorded) -> list[Operation]:
    """The operations that record progress on the action at a path.

    Raises:
        Refused: where the change changes nothing, lacks its reason, or contradicts the log.
    """
    log = open_log(action.id, ActionEntry, action, action.history or (), recorded)
    values = dict(_new_values(log, change))
    if not values and not recorded.says_something:
        raise Refused(
            f"{action.id} {_as_it_is(change)}, so nothing would change",
            "say what is new: a status, --due, --lead, --comment or --document",
        )
    _demand_reasons(log, change, values)
    if change.verdict:
        _check_verdict(log, change.status or log.value("status"))
    if "responsible" not in values and log.value("responsible") is None and action.responsible:
        raise Refused(
            "the log does not say who led before the entry that is corrected", "name the lead: --lead"
        )
    return log.add(path, values, ("status", "due", "responsible"))


def _new_values(log: Log[ActionEntry], change: ActionChange) -> Iterator[tuple[str, Any]]:
    if change.status and (change.status is not log.value("status") or not log.logged("status")):
        yield "status", change.status.value
    due: PartialDate | None = log.value("due")
    if (change.no_due and due) or (change.due and change.due != due):
        yield "due", str(change.due) if change.due else None
    if change.responsible and change.responsible != log.value("responsible"):
        yield "responsible", change.responsible
    if change.verdict:
        yield "verdict", change.verdict.value


def _demand_reasons(log: Log[ActionEntry], change: ActionChange, values: dict[str, Any]) -> None:
    before = log.value("status")
    if "status" in values and change.status is Status.NO_LONGER_APPLICABLE:
        log.demand_reason(f"{log.item} becomes no longer applicable")
    elif change.status and is_open(change.status) and not is_open(before):
        log.demand_reason(f"{log.item} was {in_words(before)} and is opened again")
    if "due" in values and (due := log.value("due")):
        log.demand_reason(f"the due date of {log.item} moves from {due}")


def _check_verdict(log: Log[ActionEntry], status: Status | None) -> None:
    if status is None:
        raise Refused(f"{log.item} has no status that a verdict could be about", "record its status first")
    if timeline.status_setter(log.valid) == log.recorded.by:
        raise Refused(
            f"the status of {log.item} was set by {log.recorded.by}", "a verdict is somebody else's: say --by"
        )


def _as_it_is(change: ActionChange) -> str:
    told = []
    if change.status:
        told.append(f"is {in_words(change.status)} already")
    if change.due:
        told.append(f"is due {change.due} already")
    if change.no_due:
        told.append("has no due date")
    if change.responsible:
        told.append(f"is led by {change.responsible} already")
    return " and ".join(told) or "gets nothing new"
