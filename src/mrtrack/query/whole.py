"""A record whole, as plain data: its own keys, and beside each action what is derived of it as of a day."""

from typing import Any

from mrtrack.model.record import Evaluation
from mrtrack.query.rows import as_json
from mrtrack.query.selection import Selection


def whole_record(evaluation: Evaluation, selection: Selection) -> dict[str, Any]:
    """The record of `show --json`; `derived` is null beside an action that the selection does not hold."""
    record: dict[str, Any] = evaluation.model_dump(mode="json", by_alias=True, exclude_unset=True)
    derived = {row.ref: as_json(row) for row in selection.actions}
    for recommendation in record.get("recommendations", ()):
        for action in recommendation.get("actions", ()):
            action["derived"] = derived.get(f"{evaluation.id}:{action['id']}")
    return record
