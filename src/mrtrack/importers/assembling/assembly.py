"""From what a page was found to say to the data of records, and the account of the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mrtrack.edit.beginnings import suggested_id
from mrtrack.importers.account import Account, account_of
from mrtrack.importers.assembling.evaluation_data import evaluation_data
from mrtrack.importers.assembling.naming import Names, sort_key
from mrtrack.importers.assembling.placing import Placing, Terms
from mrtrack.importers.assembling.recommendation_data import recommendation_data
from mrtrack.importers.draft import Draft, Outline
from mrtrack.importers.vocabulary.when import proved_order
from mrtrack.model.dates import parse_date, parse_day

Data = dict[str, Any]
_DATE_KEYS = (
    "when",
    "start",
    "date",
    "report_date",
    "completed",
    "planned_end",
    "added",
    "updated",
    "closed",
)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known beside the page: values for every record, an id for each evaluation, ids that are taken.

    `ids` and `fixed` go with the evaluations of the outline, in order; an empty id is made of the title.
    `retrieved` is the day on which the page was fetched.
    """

    year: int
    ids: Sequence[str] = ()
    fixed: Sequence[Mapping[str, str]] = ()
    taken: Iterable[str] = ()
    retrieved: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Assembled:
    """The data of the records that a page gives, and its account."""

    records: tuple[Data, ...]
    account: Account


@dataclass(slots=True)
class _Run:
    outline: Outline
    placing: Placing
    given: Given
    taken: set[str] = field(default_factory=set)


def assemble(outline: Outline, terms: Terms, given: Given) -> Assembled:
    """The records of a page. Left-over prose goes to `extra.unplaced` of the record that it stands beside."""
    order = proved_order(_dates(outline)) or terms.order
    run = _Run(outline, Placing(replace(terms, order=order)), given, set(given.taken))
    records = [_record(nth, draft, run) for nth, draft in enumerate(outline.evaluations)]
    claims = [*outline.claims, *run.placing.claims]
    notes = [*outline.notes, *run.placing.notes]
    account = account_of(outline.page, outline.kind, run.placing.placed, claims, notes)
    _add_unplaced(records, outline, account)
    return Assembled(tuple(_without_nothing(record) for record in records), account)


def _record(nth: int, draft: Draft, run: _Run) -> Data:
    fixed = dict(run.given.fixed[nth]) if nth < len(run.given.fixed) else {}
    data = {**evaluation_data(draft, run.placing)}
    data |= {key: value for key, value in fixed.items() if not data.get(key)}
    stamped = run.outline.kind.startswith("ERC")
    agreed = None if stamped else _agreed(data["management_response"])
    names = Names()
    drafts = draft.of("recommendation")
    ids = names.recommendations([one.text("number") for one in drafts])
    data["recommendations"] = [
        recommendation_data(one, name, names, run.placing, stamped=stamped, agreed=agreed)
        for one, name in zip(drafts, ids, strict=True)
    ]
    data["recommendations"].sort(key=lambda one: sort_key(one["id"])[:1])
    data["sources"] = [_source(run)]
    data["schema"] = "1"
    data["id"] = _id(nth, data, run)
    return data


def _id(nth: int, data: Data, run: _Run) -> str:
    chosen = run.given.ids[nth] if nth < len(run.given.ids) else ""
    if not chosen:
        title = data.get("title") or data.get("commissioned_by") or data.get("plan") or "evaluation"
        chosen = suggested_id(title, _year(data) or run.given.year, run.taken)
    run.taken.add(chosen)
    return chosen


def _year(data: Mapping[str, Any]) -> int | None:
    """The year in which an evaluation ended, was reported, is to end or was answered: the first that is stated."""
    answer = data["management_response"]
    answered = (one["response"].get("date") for one in data["recommendations"])
    dates = (
        *(data.get(key) for key in ("completed", "report_date", "planned_end")),
        (data.get("period") or {}).get("to"),
        _agreed(answer),
        *answered,
        *(action.get("due") for one in data["recommendations"] for action in one["actions"]),
    )
    return next((parse_date(date).last.year for date in dates if date), None)


def _source(run: _Run) -> Data:
    page = run.outline.page
    url = run.given.url or page.url
    return {"title": run.outline.kind, "url": url, "sha256": page.sha256, "retrieved": run.given.retrieved}


def _agreed(response: Mapping[str, Any]) -> str | None:
    """The day on which a response was approved, else submitted, if it is a whole day."""
    for date in ((response.get("approved_by") or {}).get("date"), response.get("submitted")):
        if date:
            try:
                parse_day(date)
            except ValueError:
                continue
            return str(date)
    return None


def _dates(outline: Outline) -> Iterable[str]:
    for evaluation in outline.evaluations:
        for draft in evaluation.walk():
            for key in _DATE_KEYS:
                yield from (piece.text for piece in draft.fields.get(key, ()))


def _add_unplaced(records: Sequence[Data], outline: Outline, account: Account) -> None:
    """Give each record the left-over words of its own lines; a page with one record gives it all of them."""
    if not records or not account.left_over:
        return
    owners: dict[str, int] = {}
    if len(records) > 1:
        for nth, evaluation in enumerate(outline.evaluations):
            for draft in evaluation.walk():
                for piece in (piece for pieces in draft.fields.values() for piece in pieces):
                    owners.setdefault(_row(piece.line.place), nth)
    unplaced: dict[int, list[str]] = {}
    for line in account.left_over:
        unplaced.setdefault(owners.get(_row(line.place), 0), []).append(line.left_over)
    for nth, lines in unplaced.items():
        records[nth].setdefault("extra", {})["unplaced"] = "\n".join(lines)


def _row(place: str) -> str:
    return place.partition(",")[0]


def _without_nothing(data: Any) -> Any:  # noqa: ANN401 - data of any form
    if isinstance(data, dict):
        kept = {key: _without_nothing(value) for key, value in data.items()}
        return {key: value for key, value in kept.items() if value not in (None, "", [], {}, ())}
    if isinstance(data, (list, tuple)):
        return [one for one in map(_without_nothing, data) if one not in (None, "", [], {}, ())]
    return data
