"""The history as it may leave the repository."""

from datetime import date
from typing import Any

import pytest

from mrtrack.changes.published import published_history
from mrtrack.model.record import Evaluation

HISTORY: list[dict[str, Any]] = [
    {"date": "2021-01-10", "status": "initiated", "by": "Unit"},
    {"date": "2021-02-01", "comment": "Between us.", "internal": True},
    {"date": "2021-02-01", "status": "completed", "comment": "Held."},
    {"date": "2021-03-01", "corrects": "2021-02-01#2", "comment": "Not held.", "internal": True},
    {"date": "2021-04-01", "comment": "Later."},
]


def told(omit: tuple[str, ...], *entries: dict[str, Any]) -> list[tuple[str, bool, str | None, str | None]]:
    action = {"id": "1.1", "text": "Do it.", "history": list(entries)}
    record = {"schema": "1", "id": "water-2021", "recommendations": [{"id": "1", "actions": [action]}]}
    rows = published_history(Evaluation.model_validate(record), date(2021, 3, 31), str, omit)
    return [(str(row.entry), row.corrected, row.by, row.comment) for row in rows]


def test_entries_keep_their_names_and_that_they_were_corrected_by_one_left_out() -> None:
    assert told((), *HISTORY) == [
        ("2021-01-10", False, "Unit", None),
        ("2021-02-01#2", True, None, "Held."),
    ]


@pytest.mark.parametrize("omit", [(), ("recommendations.actions.history.by",)])
def test_without_internal_entries_all_is_told_but_what_is_omitted(omit: tuple[str, ...]) -> None:
    assert told(omit, HISTORY[0], HISTORY[2]) == [
        ("2021-01-10", False, None if omit else "Unit", None),
        ("2021-02-01", False, None, "Held."),
    ]
