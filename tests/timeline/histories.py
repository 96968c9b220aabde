"""Actions and evaluations made from the keys that a test is about."""

from datetime import date
from typing import Any

from mrtrack.model.record import Action, Evaluation, Recommendation
from mrtrack.timeline import ActionState, action_on

Keys = dict[str, Any]


def action(*entries: Keys, **keys: Any) -> Action:
    """An action with a history and, beside it, what is written as the present."""
    history: Keys = {"history": list(entries)} if entries else {}
    return Action.model_validate({"id": "1.1", **keys, **history})


def evaluation(**keys: Any) -> Evaluation:
    """An evaluation of which only the keys that matter are known."""
    return Evaluation.model_validate({"schema": "1", "id": "example-2021", **keys})


def answered(response: Keys | None, **keys: Any) -> tuple[Recommendation, Evaluation]:
    """A recommendation with its response, and the evaluation that it belongs to."""
    one: Keys = {"id": "1"} if response is None else {"id": "1", "response": response}
    whole = evaluation(recommendations=[one], **keys)
    assert whole.recommendations
    return whole.recommendations[0], whole


def day(text: str) -> date:
    """A day as a record writes it."""
    return date.fromisoformat(text)


def state(as_of: str, *entries: Keys, **keys: Any) -> ActionState:
    """How an action with these entries and this present stood on a day."""
    found = action_on(action(*entries, **keys), evaluation(), day(as_of))
    assert found is not None
    return found
