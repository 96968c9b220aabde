"""Records and rows as they may leave the repository: without what `[publish] omit` names and internal entries.

Figures stay those of the whole records: a status, a count of days or of postponements is not made up anew from what
is left. What only a withheld key or entry tells is not shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from mrtrack import timeline
from mrtrack.model.record import Action, Evaluation, Part, Recommendation
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow, last_touched
from mrtrack.query.selection import Selection

P = TypeVar("P", bound=Part)
Gone = Mapping[str, Any]
"""Keys that are left out: each with the keys left out below it, or with none of them where all of it goes."""


def published(evaluation: Evaluation, omit: Iterable[str]) -> Evaluation:
    """The record without the keys that are to be left out (written with dots), and without internal entries.

    The present stays as the whole record has it; a history with entries left out need not show how it came about,
    so no figure is to be computed from what this gives. A record of which nothing is left out is given as it is.
    """
    return _published(evaluation, _tree(omit))


def published_selection(selection: Selection, omit: Iterable[str]) -> Selection:
    """The rows of a selection for publication; the records that they are `of` are published ones too.

    Texts, names and comments are those of the published record; statuses, dates and counts those of the whole one,
    as far as their keys are not left out. A day or a verdict that only a withheld entry tells is None, and so is a
    status that is left out: ask the whole rows whether an action is open.
    """
    press = _Press(_tree(omit), selection.as_of)
    recommendations = (press.recommendation(row) for row in selection.recommendations)
    actions = (press.action(row) for row in selection.actions)
    return Selection(
        selection.as_of,
        tuple(press.evaluation(row) for row in selection.evaluations),
        tuple(row for row in recommendations if row),
        tuple(row for row in actions if row),
    )


def open_for_units(selection: Selection, published: Selection) -> list[ActionRow]:
    """The open actions of a selection as the units are asked about them, which are outside as well.

    They are in the words that are published, with the lead and the record that they are found by.
    """
    still_open = {row.ref: row for row in selection.actions if row.open}
    return [
        row._replace(responsible=still_open[row.ref].responsible, of=still_open[row.ref].of)
        for row in published.actions
        if row.ref in still_open
    ]


@dataclass(slots=True)
class _Press:
    """Makes the rows for publication; each evaluation and recommendation once."""

    gone: Gone
    as_of: date
    tops: dict[str, tuple[Evaluation, EvaluationRow]] = field(default_factory=dict)
    middles: dict[str, RecommendationRow | None] = field(default_factory=dict)

    def evaluation(self, row: EvaluationRow) -> EvaluationRow:
        known = self.tops.get(row.ref)
        if known is None or known[0] is not row.of:
            known = self.tops[row.ref] = (row.of, self._evaluation(row))
            self.middles.clear()
        return known[1]

    def recommendation(self, row: RecommendationRow) -> RecommendationRow | None:
        parent = self.evaluation(row.parent)
        if parent.of is row.parent.of:
            return row
        if row.ref not in self.middles:
            of = _counterpart(row.of, row.parent.of.recommendations, parent.of.recommendations)
            self.middles[row.ref] = self._recommendation(row, of, parent) if of else None
        return self.middles[row.ref]

    def action(self, row: ActionRow) -> ActionRow | None:
        parent = self.recommendation(row.parent)
        if parent is None or parent is row.parent:
            return row if parent else None
        of = _counterpart(row.of, row.parent.of.actions, parent.of.actions)
        return self._action(row, of, parent) if of else None

    def _evaluation(self, row: EvaluationRow) -> EvaluationRow:
        of = _published(row.of, self.gone)
        if of is row.of:
            return row
        answer = of.management_response
        return row._replace(
            title=of.title,
            organisation=of.organisation,
            type=of.type,
            status=None if self._goes("status") else row.status,
            planned_end=None if self._goes("planned_end") else row.planned_end,
            completed=of.completed,
            report_date=of.report_date,
            response_required=answer.required if answer else None,
            response_submitted=_same(row.response_submitted, timeline.submitted_on(of, self.as_of)[1]),
            response_due=row.response_due if _due_shows(row.of, of) else None,
            countries=of.countries or (),
            tags=of.tags or (),
            updated=last_touched(of, self.as_of),
            of=of,
        )

    def _recommendation(
        self, row: RecommendationRow, of: Recommendation, parent: EvaluationRow
    ) -> RecommendationRow:
        return row._replace(
            number=of.number,
            title=of.title,
            text=of.text,
            addressed_to=of.addressed_to or (),
            part_of=of.part_of,
            priority=of.priority,
            decision=None if self._goes("recommendations", "response", "decision") else row.decision,
            response=of.response.text if of.response and row.responded else None,
            parent=parent,
            of=of,
        )

    def _action(self, row: ActionRow, of: Action, parent: RecommendationRow) -> ActionRow:
        told = timeline.action_on(of, parent.parent.of, self.as_of)
        dated = not self._goes("recommendations", "actions", "due")
        completed_on = _same(row.completed_on, told.completed_on if told else None)
        return row._replace(
            title=of.title,
            text=of.text,
            responsible=None if self._goes("recommendations", "actions", "responsible") else row.responsible,
            supported_by=of.supported_by or (),
            serves=of.serves or (),
            due=row.due if dated else None,
            original_due=_same(row.original_due, told.original_due if told and dated else None),
            timeline=of.timeline,
            status=None if self._goes("recommendations", "actions", "status") else row.status,
            days_overdue=row.days_overdue if dated else None,
            completed_on=completed_on,
            completed_on_basis=row.completed_on_basis if completed_on else None,
            added=told.added if told else None,
            updated=told.updated if told else None,
            decision=parent.decision,
            verdict=_same(row.verdict, told.verdict if told else None),
            last_comment=told.last_comment if told else None,
            documents=told.documents if told else (),
            parent=parent,
            of=of,
        )

    def _goes(self, *steps: str) -> bool:
        block: Gone | None = self.gone
        for step in steps:
            if not block:
                return block is None
            block = block.get(step, {})
        return block is None


def _published(evaluation: Evaluation, gone: Gone) -> Evaluation:
    return _without(evaluation, gone) if gone or _has_internal(evaluation) else evaluation


def _tree(omit: Iterable[str]) -> Gone:
    tree: dict[str, Any] = {}
    for key in sorted(omit, key=lambda key: -key.count(".")):
        *above, last = key.split(".")
        block = tree
        for step in above:
            block = block.setdefault(step, {})
        block[last] = None
    return tree


@cache
def _keys(kind: type[Part]) -> tuple[tuple[str, str], ...]:
    """The fields of a block, each with the key that it has in a record."""
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())


def _has_internal(evaluation: Evaluation) -> bool:
    asked = evaluation.recommendations or ()
    answers = (one.response.history or () for one in asked if one.response)
    promised = (action.history or () for one in asked for action in one.actions or ())
    return any(
        getattr(entry, "internal", None) for entry in chain(evaluation.history or (), *answers, *promised)
    )


def _without(model: P, gone: Gone) -> P:
    values: dict[str, Any] = {}
    changed = False
    there = model.model_fields_set
    for name, key in _keys(type(model)):
        if name not in there:
            continue
        before = getattr(model, name)
        below = gone.get(key, {})
        after = None if below is None else _left(before, below)
        if below is None or (after is None and before is not None):
            changed = True
            continue
        changed = changed or after is not before
        values[name] = after
    if not changed:
        return model
    kind: Any = type(model)
    made: P = kind.model_construct(set(values), **values)
    return made


def _left(value: Any, gone: Gone) -> Any:  # noqa: ANN401 - a value of any key
    """What is left of a value; None where nothing is."""
    if isinstance(value, Part):
        left = _without(value, gone)
        return left if left.model_fields_set else None
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if key not in gone} or None if gone else value
    if isinstance(value, tuple) and value and isinstance(value[0], Part):
        items = tuple(_items_left(value, gone))
        same = len(items) == len(value) and all(one is other for one, other in zip(items, value, strict=True))
        return value if same else items or None
    return value


def _items_left(items: Sequence[Part], gone: Gone) -> Iterator[Part]:
    for item in items:
        left = None if getattr(item, "internal", None) else _left(item, gone)
        if left is not None:
            yield left


def _counterpart(item: P, whole: Sequence[P] | None, left: Sequence[P] | None) -> P | None:
    """The published form of an item of a list of which nothing but the whole can go."""
    for one, other in zip(whole or (), left or (), strict=False):
        if one is item:
            return other
    return None


def _same(value: Any, other: Any) -> Any:  # noqa: ANN401 - a value of any key
    return value if value == other else None


def _due_shows(whole: Evaluation, left: Evaluation) -> bool:
    before, after = whole.management_response, left.management_response
    if not before or not after or after.required != before.required or after.due != before.due:
        return False
    ends = (whole.completed, whole.report_date), (left.completed, left.report_date)
    return bool(before.due) or ends[0] == ends[1]
