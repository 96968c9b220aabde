"""An action in brief: what a line of a screen says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from mrtrack.model.words import Status
    from mrtrack.query.rows import ActionRow


class Brief(NamedTuple):
    """An action as of a day; `words` are its title, else its text. Else as `ActionRow` has it."""

    ref: str
    words: str | None
    responsible: str | None
    due: str | None
    status: Status | None
    days_overdue: int | None
    disputed: bool
    updated: date | None


def brief(row: ActionRow) -> Brief:
    """A row in brief."""
    return Brief(
        row.ref,
        row.title or row.text,
        row.responsible,
        str(row.due) if row.due else None,
        row.status,
        row.days_overdue,
        row.disputed,
        row.updated,
    )
