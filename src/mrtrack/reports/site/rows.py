"""The rows of one evaluation as data that can be kept, and the rows that such data gives again, column by column."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import repeat
from typing import Any

from mrtrack.model.dates import parse_date, parse_day
from mrtrack.model.record import Document, Evaluation
from mrtrack.model.words import Decision, EvaluationStatus, Status, Verdict
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow, as_json, columns
from mrtrack.query.selection import Selection

Data = dict[str, list[Any]]
Form = Callable[[Any], Any]


def data_of(selection: Selection) -> Data:
    """Rows as values that JSON knows: of each table its columns, None for one in which nothing stands."""
    places = {row.ref: place for place, row in enumerate(selection.recommendations)}
    return {
        "evaluations": _columns([*as_json(row).values(), row.responded] for row in selection.evaluations),
        "recommendations": _columns(
            [*as_json(row).values(), row.counted] for row in selection.recommendations
        ),
        "actions": _columns([*as_json(row).values(), places[row.parent.ref]] for row in selection.actions),
    }


def selection_of(data: Mapping[str, list[Any]], as_of: date, of: Callable[[], Evaluation]) -> Selection:
    """The rows again. What they are of is found when something is asked of it: `of` gives the evaluation."""
    evaluations, asked, promised = data["evaluations"], data["recommendations"], data["actions"]
    tops = [EvaluationRow._make(row) for row in _values(EvaluationRow, evaluations, [_Later(of)])]
    middles: list[RecommendationRow] = []
    actions: list[ActionRow] = []
    if asked:
        found = map(_Later, repeat(of), asked[2])
        middles += map(RecommendationRow._make, _values(RecommendationRow, asked, repeat(tops[0]), found))
    if promised:
        *promised, places = promised
        parts = map(_Later, repeat(of), promised[2], promised[3])
        parents = map(middles.__getitem__, places)
        actions += map(ActionRow._make, _values(ActionRow, promised, parents, parts))
    return Selection(as_of, tuple(tops), tuple(middles), tuple(actions))


class _Later:
    """Stands for an evaluation, or a recommendation or action of it, which is read when something is asked of it."""

    __slots__ = ("_action", "_of", "_recommendation")

    def __init__(
        self, of: Callable[[], Evaluation], recommendation: str | None = None, action: str | None = None
    ) -> None:
        self._of = of
        self._recommendation = recommendation
        self._action = action

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a value of any key
        found: Any = self._of()
        if self._recommendation is not None:
            found = next(one for one in found.recommendations or () if one.id == self._recommendation)
        if self._action is not None:
            found = next(one for one in found.actions or () if one.id == self._action)
        return getattr(found, name)


def _columns(rows: Iterable[Sequence[Any]]) -> list[Any]:
    return [
        list(column) if any(value is not None for value in column) else None
        for column in zip(*rows, strict=True)
    ]


def _values(kind: type, kept: Sequence[Any], *carried: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The values of rows, one row after the other, with what they carry along at the end."""
    if not kept:
        return iter(())
    forms = (*_forms(kind), *repeat(None, len(kept) - len(_forms(kind))))
    made = [
        repeat(None) if column is None else column if form is None else map(form, column)
        for column, form in zip(kept, forms, strict=True)
    ]
    return zip(*made, *carried, strict=False)


@cache
def _forms(kind: type) -> tuple[Form | None, ...]:
    """What makes the values of each column from those that were kept; None where they are the same."""
    known = {**_FORMS, **_OF[kind]}
    return tuple(known.get(name) for name in columns(kind))


def _stated(form: Form) -> Form:
    """A form for values of which some are not stated, and many the same."""
    return cache(lambda value: None if value is None else form(value))


def _documents(items: list[Any]) -> tuple[Document, ...]:
    return tuple(map(Document.model_validate, items)) if items else ()


_date, _day = _stated(parse_date), _stated(parse_day)
_FORMS: Mapping[str, Form] = {
    **dict.fromkeys(("planned_end", "report_date", "due", "original_due", "completed_on"), _date),
    **dict.fromkeys(("response_submitted", "response_due", "updated", "added"), _day),
    **dict.fromkeys(("countries", "tags", "addressed_to", "supported_by", "serves"), tuple),
    "decision": _stated(Decision),
    "verdict": _stated(Verdict),
    "documents": _documents,
}
_OF: Mapping[type, Mapping[str, Form]] = {
    EvaluationRow: {"status": _stated(EvaluationStatus), "completed": _date},
    RecommendationRow: {},
    ActionRow: {"status": _stated(Status)},
}
