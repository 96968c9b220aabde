"""What an answer is about: one option twice means or, two options mean and.

A criterion about actions also selects the recommendations and evaluations that have such an action, one
about recommendations also selects evaluations; a criterion about what stands above always applies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mrtrack.model.dates import PartialDate

Names = tuple[str, ...]


class Filter(NamedTuple):
    """What a person asked for; an empty filter lets everything through.

    Names (organisation, type, unit, lead, priority) match where the given text is part of the name, in any
    case; ids, countries, tags and closed words match whole. Dates compare whole periods: due before 2022
    means due in a period that is over before 2022 begins.
    """

    evaluation: Names = ()
    evaluation_status: Names = ()
    organisation: Names = ()
    type: Names = ()
    country: Names = ()
    tag: Names = ()
    unit: Names = ()
    lead: Names = ()
    status: Names = ()
    decision: Names = ()
    priority: Names = ()
    open: bool = False
    overdue: bool = False
    due_soon: bool = False
    stale: bool = False
    disputed: bool = False
    no_lead: bool = False
    no_evidence: bool = False
    no_response: bool = False
    due_before: PartialDate | None = None
    due_after: PartialDate | None = None
    completed_before: PartialDate | None = None
    completed_after: PartialDate | None = None
    updated_before: PartialDate | None = None
    text: str | None = None
    spellings: Callable[[str], str] = str

    def asks(self, names: Iterable[str]) -> bool:
        """Whether any of the named criteria is set."""
        return any(getattr(self, name) for name in names)


OF_ACTIONS = (
    "unit",
    "lead",
    "status",
    "open",
    "overdue",
    "due_soon",
    "stale",
    "disputed",
    "no_lead",
    "no_evidence",
    "due_before",
    "due_after",
    "completed_before",
    "completed_after",
    "updated_before",
)
OF_RECOMMENDATIONS = ("decision", "priority", "no_response")
CRITERIA = tuple(name for name in Filter._fields if name != "spellings")
