"""Which rows an answer is about: one option twice means or, two options mean and.

A criterion about actions also selects the recommendations and evaluations that have such an action, one
about recommendations also selects evaluations; a criterion about what stands above always applies.
"""

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from mrtrack.model.dates import PartialDate
from mrtrack.model.spellings import folded
from mrtrack.model.words import NOT_STATED, Status
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow

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


def searchable(text: str) -> str:
    """A text for searching: folded as names are, and without accents."""
    if text.isascii():
        return folded(text)
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return folded(bare)


def evaluation_matches(wanted: Filter, row: EvaluationRow) -> bool:
    """Whether an evaluation itself fits the criteria about evaluations."""
    return (
        _is_one_of(wanted.evaluation, row.evaluation)
        and _is_one_of(wanted.evaluation_status, row.status or NOT_STATED)
        and is_part_of(wanted.organisation, (row.organisation,))
        and is_part_of(wanted.type, (row.type,))
        and is_any_of(wanted.country, row.countries)
        and is_any_of(wanted.tag, row.tags)
    )


def recommendation_matches(wanted: Filter, row: RecommendationRow) -> bool:
    """Whether a recommendation itself fits the criteria about recommendations."""
    return (
        _is_one_of(wanted.decision, row.decision or NOT_STATED)
        and is_part_of(wanted.priority, (row.priority,))
        and not (wanted.no_response and (row.responded or not row.counted))
    )


def action_matches(wanted: Filter, row: ActionRow) -> bool:
    """Whether an action itself fits the criteria about actions."""
    return (
        _is_one_of(wanted.status, row.status or NOT_STATED)
        and is_unit(wanted, wanted.lead, (row.responsible,))
        and is_unit(wanted, wanted.unit, (row.responsible, *row.supported_by))
        and not (wanted.open and not row.open)
        and not (wanted.overdue and not row.overdue)
        and not (wanted.due_soon and not row.due_soon)
        and not (wanted.stale and not row.stale)
        and not (wanted.disputed and not row.disputed)
        and not (wanted.no_lead and row.responsible)
        and not (wanted.no_evidence and not (row.status is Status.COMPLETED and not row.documents))
        and _before(row.due, wanted.due_before)
        and _after(row.due, wanted.due_after)
        and _before(row.completed_on, wanted.completed_before)
        and _after(row.completed_on, wanted.completed_after)
        and _updated_before(row.updated, wanted.updated_before)
    )


def action_says(wanted: Filter, row: ActionRow) -> bool:
    """Whether an action's own words hold the text: title, prose, units, timeline, comments up to the day."""
    entries = [entry for entry in row.of.history or () if row.updated and entry.date <= row.updated]
    comments = [entry.comment for entry in entries]
    return _says(wanted, (row.title, row.text, row.responsible, *row.supported_by, row.timeline, *comments))


def recommendation_says(wanted: Filter, row: RecommendationRow) -> bool:
    """Whether a recommendation's own words hold the text: title, prose and response."""
    return _says(wanted, (row.title, row.text, row.response))


def evaluation_says(wanted: Filter, row: EvaluationRow) -> bool:
    """Whether an evaluation's own words hold the text: title, description, organisation."""
    return _says(wanted, (row.title, row.of.description, row.organisation))


def _says(wanted: Filter, places: Iterable[str | None]) -> bool:
    if wanted.text is None:
        return True
    text = searchable(wanted.text)
    return any(text in searchable(place) for place in places if place)


def _is_one_of(wanted: Names, value: str) -> bool:
    return not wanted or value in wanted


def is_any_of(wanted: Names, values: Names) -> bool:
    """Whether a wanted word is one of the values, whole; nothing wanted lets all through."""
    if not wanted:
        return True
    given = {searchable(value) for value in values}
    return any(searchable(name) in given for name in wanted)


def is_part_of(wanted: Names, values: Iterable[str | None]) -> bool:
    """Whether a wanted text is part of one of the values; nothing wanted lets all through."""
    if not wanted:
        return True
    given = [searchable(value) for value in values if value]
    return any(searchable(name) in value for name in wanted for value in given)


def is_unit(wanted: Filter, names: Names, units: Iterable[str | None]) -> bool:
    """Whether one of the names is part of one of the units, each in its own spelling and in that of mrtrack.toml."""
    return not names or is_part_of(
        tuple(wanted.spellings(name) for name in names),
        [spelling for unit in units if unit for spelling in (unit, wanted.spellings(unit))],
    )


def _before(value: PartialDate | None, limit: PartialDate | None) -> bool:
    return limit is None or (value is not None and value.last < limit.first)


def _after(value: PartialDate | None, limit: PartialDate | None) -> bool:
    return limit is None or (value is not None and value.first > limit.last)


def _updated_before(value: date | None, limit: PartialDate | None) -> bool:
    return limit is None or value is None or value < limit.first
