"""From a decision, or the course of an evaluation, to the operations that record it; pure."""

from collections.abc import Mapping
from typing import Any

from mrtrack import timeline
from mrtrack.edit.log import Log, Recorded, in_words, open_log
from mrtrack.edit.operations import Operation, Remove, Set
from mrtrack.edit.refusal import Refused
from mrtrack.model.dates import PartialDate, parse_date
from mrtrack.model.record import Evaluation, EvaluationEntry, Recommendation, Response, ResponseEntry
from mrtrack.model.shape import Path
from mrtrack.model.words import Decision, EvaluationStatus


def answer(
    path: Path,
    recommendation: Recommendation,
    decision: Decision | None,
    text: str | None,
    recorded: Recorded,
) -> list[Operation]:
    """The operations that record the answer to the recommendation at a path.

    Raises:
        Refused: where nothing is new, a text would be overwritten, or a changed decision lacks its reason.
    """
    item = recommendation.id
    response = recommendation.response or Response()
    log = open_log(item, ResponseEntry, response, response.history or (), recorded)
    before: Decision | None = log.value("decision")
    if text and response.text:
        raise Refused(
            f"recommendation {item} has a response already",
            "say what is new with --comment, or change the text itself with mrtrack edit",
        )
    values = {}
    if decision and (decision is not before or not log.logged("decision")):
        values["decision"] = decision.value
    if not values and not text and not recorded.says_something:
        told = f"is {in_words(before)} already" if decision else "gets no decision and no text"
        raise Refused(f"recommendation {item} {told}", "name a decision, a --text or a --comment")
    if decision and before and decision is not before:
        log.demand_reason(f"the decision on {item} changes from {in_words(before)}")
    below: Path = (*path, "response")
    written: list[Operation] = [Set((*below, "text"), text)] if text else []
    return written + log.add(below, values, ("decision",))


def course(
    evaluation: Evaluation,
    status: EvaluationStatus | None,
    planned_end: PartialDate | None,
    recorded: Recorded,
) -> list[Operation]:
    """The operations that record where an evaluation itself stands; its end is written once it is completed.

    Raises:
        Refused: where nothing is new, or a postponement, cancellation or re-opening lacks its reason.
    """
    log = open_log(evaluation.id, EvaluationEntry, evaluation, evaluation.history or (), recorded)
    before: EvaluationStatus | None = log.value("status")
    end: PartialDate | None = log.value("planned_end")
    values: dict[str, Any] = {}
    if status and (status is not before or not log.logged("status")):
        values["status"] = status.value
    if planned_end and planned_end != end:
        values["planned_end"] = str(planned_end)
    if not values and not recorded.says_something:
        told = [f"is {status} already"] if status else []
        told += [f"is planned to end in {end} already"] if planned_end else []
        raise Refused(
            f"{evaluation.id} {' and '.join(told) or 'gets nothing new'}",
            "say what changed: a status, --planned-end or --comment",
        )
    if "status" in values:
        _demand_reason_of_status(log, status)
    if "planned_end" in values and end:
        log.demand_reason(f"the planned end of {evaluation.id} moves from {end}")
    end_of_it = _end_of(evaluation, log, values)
    if evaluation.completed and end_of_it is None:
        values["extra"] = {"previous_completed": str(evaluation.completed)}
    operations = log.add((), values, ("status", "planned_end"))
    if end_of_it != evaluation.completed:
        operations.append(Set(("completed",), str(end_of_it)) if end_of_it else Remove(("completed",)))
    return operations


def _end_of(
    evaluation: Evaluation, log: Log[EvaluationEntry], values: Mapping[str, Any]
) -> PartialDate | None:
    """When the evaluation ended, after its status changes: it has no end while it goes on."""
    was_struck = log.struck is not None and "status" in log.struck.model_fields_set
    if "status" not in values and not was_struck:
        return evaluation.completed
    stands = EvaluationStatus(values["status"]) if "status" in values else log.value("status")
    if stands in (EvaluationStatus.PLANNED, EvaluationStatus.ONGOING):
        return None
    if stands is not EvaluationStatus.COMPLETED or evaluation.completed:
        return evaluation.completed
    if "status" not in values and log.struck:
        return timeline.previous_value(log.struck, "completed")  # type: ignore[no-any-return]
    recorded = log.recorded
    return recorded.on.date if recorded.on else parse_date(recorded.date.isoformat())


def _demand_reason_of_status(log: Log[EvaluationEntry], status: EvaluationStatus | None) -> None:
    before = log.value("status")
    if status is EvaluationStatus.CANCELLED:
        log.demand_reason(f"{log.item} is cancelled")
    elif before in (EvaluationStatus.COMPLETED, EvaluationStatus.CANCELLED):
        log.demand_reason(f"{log.item} was {before} and becomes {status}")


def whole_response(
    *,
    required: bool | None,
    due: PartialDate | None,
    submitted: PartialDate | None,
    prepared_by: str | None,
    approved_by: str | None,
    approved: PartialDate | None,
) -> list[Operation]:
    """The operations that write what is known of the management response as a whole; None is left as it is."""
    above: Path = ("management_response",)
    told: dict[Path, object] = {
        ("required",): None if required is None else str(required).lower(),
        ("due",): due,
        ("submitted",): submitted,
        ("prepared_by", "title"): prepared_by,
        ("approved_by", "title"): approved_by,
        ("approved_by", "date"): approved,
    }
    return [Set((*above, *path), str(value)) for path, value in told.items() if value]
