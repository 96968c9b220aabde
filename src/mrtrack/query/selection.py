"""The rows of many evaluations that a filter lets through, as of a day."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mrtrack.query import matching
from mrtrack.query.filters import OF_ACTIONS, OF_RECOMMENDATIONS, Filter
from mrtrack.query.rows import (
    ActionRow,
    EvaluationRow,
    RecommendationRow,
    action_rows,
    evaluation_row,
    recommendation_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mrtrack.model.record import Evaluation
    from mrtrack.model.settings import Days


class Selection(NamedTuple):
    """What was asked about: the evaluations, recommendations and actions, each in the records' order."""

    as_of: date
    evaluations: tuple[EvaluationRow, ...]
    recommendations: tuple[RecommendationRow, ...]
    actions: tuple[ActionRow, ...]


def select(evaluations: "Iterable[Evaluation]", wanted: Filter, as_of: date, days: "Days") -> Selection:
    """Ask the evaluations, in the order given, for the rows that a filter lets through."""
    chosen: list[EvaluationRow] = []
    asked: list[RecommendationRow] = []
    promised: list[ActionRow] = []
    about_actions = wanted.asks(OF_ACTIONS)
    about_recommendations = about_actions or wanted.asks(OF_RECOMMENDATIONS)
    for evaluation in evaluations:
        top = evaluation_row(evaluation, as_of, days)
        if top is None or not matching.evaluation_matches(wanted, top):
            continue
        here = len(asked), len(promised)
        for middle in recommendation_rows(top, as_of):
            if not matching.recommendation_matches(wanted, middle):
                continue
            actions = [
                row for row in action_rows(middle, as_of, days) if matching.action_matches(wanted, row)
            ]
            if about_actions and not actions:
                continue
            said = [row for row in actions if matching.action_says(wanted, row)]
            if said or matching.recommendation_says(wanted, middle):
                asked.append(middle)
            promised += said
        found = (len(asked), len(promised)) != here
        if found or (matching.evaluation_says(wanted, top) and not about_recommendations):
            chosen.append(top)
    return Selection(as_of, tuple(chosen), tuple(asked), tuple(promised))
