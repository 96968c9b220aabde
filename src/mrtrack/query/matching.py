"""Which rows fit a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mrtrack.model.spellings import searchable
from mrtrack.model.words import NOT_STATED, Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mrtrack.model.dates import PartialDate
    from mrtrack.query.filters import Filter, Names
    from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow


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
