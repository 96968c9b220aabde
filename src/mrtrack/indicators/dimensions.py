"""What figures can be broken down by, and in which groups of it a row stands."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from mrtrack.indicators.definition import About
from mrtrack.model.words import NOT_STATED, Decision
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow, Row

Groups = tuple[str, ...]
_DECISIONS = [str(word) for word in Decision]


class Dimension(StrEnum):
    """What to break figures down by. Only `country` puts one row into several groups."""

    EVALUATION_YEAR = "evaluation-year"
    DUE_YEAR = "due-year"
    LEAD = "lead"
    ORGANISATION = "organisation"
    TYPE = "type"
    COUNTRY = "country"
    DECISION = "decision"


OFFERED: Mapping[Dimension, frozenset[About]] = {
    Dimension.EVALUATION_YEAR: frozenset({"actions", "recommendations", "evaluations"}),
    Dimension.DUE_YEAR: frozenset({"actions"}),
    Dimension.LEAD: frozenset({"actions"}),
    Dimension.ORGANISATION: frozenset({"actions", "recommendations", "evaluations"}),
    Dimension.TYPE: frozenset({"actions", "recommendations", "evaluations"}),
    Dimension.COUNTRY: frozenset({"actions", "recommendations", "evaluations"}),
    Dimension.DECISION: frozenset({"actions", "recommendations"}),
}


def groups_of(row: Row, by: Dimension, spellings: Callable[[str], str]) -> Groups:
    """The groups in which a row stands; `not-stated` where the record says nothing.

    `spellings` gives the one name of a unit that is written in several ways.
    """
    if by is Dimension.LEAD:
        lead = row.responsible if isinstance(row, ActionRow) else None
        return (spellings(lead) if lead else NOT_STATED,)
    if by is Dimension.DUE_YEAR:
        due = row.due if isinstance(row, ActionRow) else None
        return (f"{due.last.year:04}" if due else NOT_STATED,)
    if by is Dimension.DECISION:
        decision = None if isinstance(row, EvaluationRow) else row.decision
        return (decision.value if decision else NOT_STATED,)
    return _of_evaluation(_evaluation_of(row), by)


def in_order(groups: Iterable[str], by: Dimension) -> list[str]:
    """Groups for reading: decisions as the record orders them, all else by name; what is not stated last."""
    if by is Dimension.DECISION:
        return sorted(groups, key=[*_DECISIONS, NOT_STATED].index)
    return sorted(groups, key=lambda group: (group == NOT_STATED, group.casefold(), group))


def _evaluation_of(row: Row) -> EvaluationRow:
    if isinstance(row, EvaluationRow):
        return row
    return row.parent if isinstance(row, RecommendationRow) else row.parent.parent


def _of_evaluation(row: EvaluationRow, by: Dimension) -> Groups:
    if by is Dimension.COUNTRY:
        return tuple(dict.fromkeys(row.countries)) or (NOT_STATED,)
    if by is Dimension.EVALUATION_YEAR:
        end = row.completed or row.report_date or row.planned_end
        return (f"{end.last.year:04}" if end else NOT_STATED,)
    name = row.organisation if by is Dimension.ORGANISATION else row.type
    return (" ".join(name.split()) if name else NOT_STATED,)
