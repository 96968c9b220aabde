"""The rows of one evaluation as data that can be kept, and the rows that such data gives again, column by column.

Of long texts only those are kept that lists show; to ask a kept row for another is an error, and never an empty text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import repeat
from typing import Any, NoReturn

from mrtrack.model.dates import parse_date, parse_day
from mrtrack.model.words import Decision, EvaluationStatus, Status, Verdict
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow, as_json, columns
from mrtrack.query.selection import Selection

Data = dict[str, list[Any]]
Form = Callable[[Any], Any]
_LONG = ("response", "last_comment", "documents")


def data_of(selection: Selection) -> Data:
    """Rows as values that JSON knows: of each table its columns, None for one in which nothing stands."""
    places = {row.ref: place for place, row in enumerate(selection.recommendations)}
    return {
        "evaluations": _columns([*as_json(row).values(), row.responded] for row in selection.evaluations),
        "recommendations": _columns([*_short(row), row.counted] for row in selection.recommendations),
        "actions": _columns([*_short(row), places[row.parent.ref]] for row in selection.actions),
    }


def selection_of(data: Mapping[str, list[Any]], as_of: date) -> Selection:
    """The rows again, without what they are of."""
    evaluations, asked, promised = data["evaluations"], data["recommendations"], data["actions"]
    tops = [EvaluationRow._make(row) for row in _values(EvaluationRow, evaluations, [_NOT_KEPT])]
    middles: list[RecommendationRow] = []
    actions: list[ActionRow] = []
    if asked:
        above = repeat(tops[0], len(asked[0]))
        middles += map(RecommendationRow._make, _values(RecommendationRow, asked, above, repeat(_NOT_KEPT)))
    if promised:
        *promised, places = promised
        parents = map(middles.__getitem__, places)
        actions += map(ActionRow._make, _values(ActionRow, promised, parents, repeat(_NOT_KEPT)))
    return Selection(as_of, tuple(tops), tuple(middles), tuple(actions))


class _NotKept:
    """Stands for what is not kept; whoever asks for it should have asked for the record's full rows."""

    __slots__ = ()

    def __getattr__(self, name: str) -> NoReturn:
        raise LookupError(f"{name} of what was not kept")

    def __bool__(self) -> NoReturn:
        raise LookupError("a text that was not kept")

    __str__ = __len__ = __iter__ = __bool__


_NOT_KEPT = _NotKept()


def _short(row: ActionRow | RecommendationRow) -> Iterator[Any]:
    for name, value in as_json(row).items():
        if name == "text":
            yield None if row.title else value or ""
        else:
            yield None if name in _LONG else value


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
        column if form is None else map(form, column)
        for column, form in zip(map(_filled, kept), forms, strict=True)
    ]
    return zip(*made, *carried, strict=False)


def _filled(column: list[Any] | None) -> Iterable[Any]:
    return repeat(None) if column is None else column


@cache
def _forms(kind: type) -> tuple[Form | None, ...]:
    """What makes the values of each column from those that were kept; None where they are the same."""
    known = {**_FORMS, **_OF[kind]}
    return tuple(known.get(name) for name in columns(kind))


def _stated(form: Form) -> Form:
    """A form for values of which some are not stated, and many the same."""
    return cache(lambda value: None if value is None else form(value))


def _text(value: str | None) -> Any:  # noqa: ANN401 - a text, or what stands for none
    return _NOT_KEPT if value is None else value


_date, _day = _stated(parse_date), _stated(parse_day)
_FORMS: Mapping[str, Form] = {
    **dict.fromkeys(("planned_end", "report_date", "due", "original_due", "completed_on"), _date),
    **dict.fromkeys(("response_submitted", "response_due", "updated", "added"), _day),
    **dict.fromkeys(("countries", "tags", "addressed_to", "supported_by", "serves"), tuple),
    "decision": _stated(Decision),
    "verdict": _stated(Verdict),
    "text": _text,
    **dict.fromkeys(_LONG, lambda _: _NOT_KEPT),
}
_OF: Mapping[type, Mapping[str, Form]] = {
    EvaluationRow: {"status": _stated(EvaluationStatus), "completed": _date},
    RecommendationRow: {},
    ActionRow: {"status": _stated(Status)},
}
