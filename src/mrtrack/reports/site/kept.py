"""What a site needs of a record that has not changed since the last build, without reading it: its rows, as of a day.

The record itself is read when something is asked that rows do not tell: only then is a page of it made anew.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from mrtrack import __version__
from mrtrack.model.dates import parse_date, parse_day
from mrtrack.model.record import Document, Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.words import Decision, EvaluationStatus, Status, Verdict
from mrtrack.query.filters import Filter
from mrtrack.query.publishing import published, published_selection
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow, as_json, columns
from mrtrack.query.selection import Selection, select
from mrtrack.reports.site.folder import digest
from mrtrack.reports.site.history import histories

if TYPE_CHECKING:
    from mrtrack.source.reader import Reading

T = TypeVar("T")
Reader = Callable[[], "Reading"]
_FORMAT = 2
_UNUSABLE = (zlib.error, ValueError, KeyError, TypeError, IndexError)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as a site needs it: its rows to count and to show, and what else is asked of every record.

    `same` are the evaluations that it names as the same; `days` are those of its entries, with the item of each;
    `marks` differ where anything differs that lists and downloads tell of its actions, of each in its turn.
    """

    evaluation: str
    digest: str
    whole: Selection
    shown: Selection
    same: tuple[str, ...]
    days: tuple[tuple[date, str], ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Keeper:
    """Gives what is kept of records as of a day; `load` and `keep` are asked for what was kept before."""

    settings: Settings
    as_of: date
    load: Callable[[bytes], bytes | None]
    keep: Callable[[bytes, bytes], None]

    def of(self, content: bytes, read: Reader) -> "Kept | Reading":
        """What is kept of a record, by its content; it is read where nothing is. The reading, where that fails."""
        name = digest([content])
        key = bytes.fromhex(digest([self._common, name]))
        again = cache(read)
        found = self._unpacked(self.load(key), name, again)
        if found:
            return found
        reading = again()
        if reading.evaluation is None:
            return reading
        made = self.made(reading.evaluation, name)
        self.keep(key, _packed(made))
        return made

    def made(self, evaluation: Evaluation, name: str) -> Kept:
        """What is to be kept of a record; `name` stands for its content."""
        whole = select([evaluation], Filter(), self.as_of, self.settings.days)
        shown = published_selection(whole, self.settings.publish.omit)
        left = published(evaluation, self.settings.publish.omit)
        days = {(entry.date, item) for item, entries in histories(left) for entry in entries}
        same = left.same_evaluation or ()
        return Kept(evaluation.id, name, whole, shown, same, tuple(sorted(days)), tuple(_marks(whole, shown)))

    @cached_property
    def _common(self) -> str:
        return digest([str(_FORMAT), __version__, self.as_of.isoformat(), self.settings.model_dump_json()])

    def _unpacked(self, content: bytes | None, name: str, read: Reader) -> Kept | None:
        if content is None:
            return None
        omit = self.settings.publish.omit

        def whole() -> Evaluation:
            return cast("Evaluation", read().evaluation)

        try:
            data = json.loads(zlib.decompress(content))
            counted = _selection(data["whole"], self.as_of, whole)
            shown = data["shown"]
            return Kept(
                data["id"],
                name,
                counted,
                _selection(shown, self.as_of, cache(lambda: published(whole(), omit))) if shown else counted,
                tuple(data["same"]),
                tuple((_day(day), item) for day, item in data["days"]),
                tuple(data["marks"]),
            )
        except _UNUSABLE:
            return None


class _Later:
    """Stands for a part of a record, which is read when something is asked of it."""

    def __init__(self, find: Callable[[], object]) -> None:
        self._find = find

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a value of any key
        return getattr(self._find(), name)


def _packed(kept: Kept) -> bytes:
    same = all(
        one is other
        for rows, others in zip(_rows(kept.whole), _rows(kept.shown), strict=True)
        for one, other in zip(rows, others, strict=False)
    ) and all(
        len(rows) == len(others) for rows, others in zip(_rows(kept.whole), _rows(kept.shown), strict=True)
    )
    data = {
        "id": kept.evaluation,
        "whole": _data(kept.whole),
        "shown": None if same else _data(kept.shown),
        "same": kept.same,
        "days": [(day.isoformat(), item) for day, item in kept.days],
        "marks": kept.marks,
    }
    return zlib.compress(json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode(), 1)


def _marks(whole: Selection, shown: Selection) -> Iterator[str]:
    counted = {row.ref: row for row in whole.actions}
    for row in shown.actions:
        above, top = row.parent, row.parent.parent
        said = [as_json(row), counted[row.ref].open, above.title, above.text, top.title, top.organisation]
        yield digest([json.dumps(said, ensure_ascii=True)])


def _rows(selection: Selection) -> tuple[Sequence[object], ...]:
    return selection.evaluations, selection.recommendations, selection.actions


def _data(selection: Selection) -> dict[str, list[Any]]:
    places = {row.ref: place for place, row in enumerate(selection.recommendations)}
    return {
        "evaluations": [[*as_json(row).values(), row.responded] for row in selection.evaluations],
        "recommendations": [[*as_json(row).values(), row.counted] for row in selection.recommendations],
        "actions": [[*as_json(row).values(), places[row.parent.ref]] for row in selection.actions],
    }


def _selection(data: Mapping[str, list[Any]], as_of: date, of: Callable[[], Evaluation]) -> Selection:
    above: Any = _Later(of)
    tops = [
        EvaluationRow(**_values(EvaluationRow, row, "responded"), of=above) for row in data["evaluations"]
    ]
    middles = []
    for row in data["recommendations"]:
        of_recommendation: Any = _Later(partial(_recommendation, of, row[2]))
        middles.append(
            RecommendationRow(
                **_values(RecommendationRow, row, "counted"), parent=tops[0], of=of_recommendation
            )
        )
    actions = []
    for *row, place in data["actions"]:
        of_action: Any = _Later(partial(_action, of, row[2], row[3]))
        actions.append(ActionRow(**_values(ActionRow, row), parent=middles[place], of=of_action))
    return Selection(as_of, tuple(tops), tuple(middles), tuple(actions))


def _recommendation(of: Callable[[], Evaluation], name: str) -> object:
    return next(one for one in of().recommendations or () if one.id == name)


def _action(of: Callable[[], Evaluation], recommendation: str, name: str) -> object:
    found: Any = _recommendation(of, recommendation)
    return next(one for one in found.actions or () if one.id == name)


def _values(kind: type, row: list[Any], *more: str) -> dict[str, Any]:
    names, forms = _forms(kind, more)
    for place, form in forms:
        value = row[place]
        if value is not None:
            row[place] = form(value)
    return dict(zip(names, row, strict=True))


@cache
def _forms(kind: type, more: tuple[str, ...]) -> tuple[list[str], list[tuple[int, Callable[[Any], Any]]]]:
    """The names of a row's values in their order, and by place what makes those of a value that are not as kept."""
    known = {**_FORMS, **_OF[kind]}
    names = [*columns(kind), *more]
    return names, [(place, known[name]) for place, name in enumerate(names) if name in known]


def _documents(items: list[Any]) -> tuple[Document, ...]:
    return tuple(Document.model_validate(item) for item in items) if items else ()


_date = cache(parse_date)
_day = cache(parse_day)
_FORMS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("planned_end", "report_date", "due", "original_due", "completed_on"), _date),
    **dict.fromkeys(("response_submitted", "response_due", "updated", "added"), _day),
    **dict.fromkeys(("countries", "tags", "addressed_to", "supported_by", "serves"), tuple),
    "decision": cache(Decision),
    "verdict": cache(Verdict),
    "documents": _documents,
}
_OF: Mapping[type, Mapping[str, Callable[[Any], Any]]] = {
    EvaluationRow: {"status": cache(EvaluationStatus), "completed": _date},
    RecommendationRow: {},
    ActionRow: {"status": cache(Status)},
}
