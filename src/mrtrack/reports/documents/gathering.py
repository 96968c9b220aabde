"""The contents of a document, gathered from what was asked about: fields as published, figures of all of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mrtrack.changes.published import published_history
from mrtrack.indicators.catalogue import indicator_named
from mrtrack.indicators.figures import in_words, made_of
from mrtrack.indicators.measuring import measure
from mrtrack.model.dates import parse_date
from mrtrack.model.settings import Settings
from mrtrack.model.wording import label
from mrtrack.model.words import NOT_STATED, Decision, Status
from mrtrack.query.publishing import published_selection
from mrtrack.query.selection import Selection
from mrtrack.query.summary import ActionCounts, Summary, summarise
from mrtrack.reports.documents.contents import (
    Action,
    Contents,
    Count,
    Entry,
    Evaluation,
    Figure,
    Ranked,
    Totals,
)
from mrtrack.reports.documents.facts import capital, line_of
from mrtrack.reports.documents.sheets import sheets

INDICATORS = (
    "acceptance-rate",
    "implementation-rate",
    "on-time-rate",
    "overdue-rate-open",
    "evidence-rate",
    "days-late-median",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a document was asked for beside its rows: the period, and what to say about how they were chosen."""

    since: date
    until: date
    with_history: bool = False
    chosen: str = ""
    part: str = ""
    commit: str = ""
    unread: tuple[str, ...] = ()


def gathered(selection: Selection, settings: Settings, wanted: Wanted) -> Contents:
    """The contents of a document about the rows of a selection."""
    omit = settings.publish.omit
    shown = published_selection(selection, omit)

    def wording(word: StrEnum | None) -> str:
        return label(word, settings)

    histories = {
        row.ref: published_history(row.of, selection.as_of, wording, omit) for row in selection.evaluations
    }
    evaluations = sheets(shown, histories, wording)
    actions = [action for one in evaluations for action in one.actions]
    names = {one.id: one.title for one in evaluations}
    summary = summarise(shown)
    stands_open = [action for action in actions if action.open]
    return Contents(
        evaluation=None,
        evaluations=evaluations,
        actions=actions,
        overdue=sorted((one for one in actions if one.overdue), key=lambda one: -one.days_overdue),
        due_soon=_by_due(one for one in actions if one.due_soon),
        upcoming=_by_due(one for one in stands_open if one.due and not one.overdue),
        undated=[one for one in stands_open if not one.due and not one.overdue],
        done=_latest(_completed_in(actions, wanted)),
        changes=_changes(evaluations, wanted),
        totals=_totals(summary, settings),
        by_evaluation=[
            _ranked(item.evaluation, names[item.evaluation], item.actions) for item in summary.by_evaluation
        ],
        by_lead=[_ranked("", line_of(item.lead), item.actions) for item in summary.by_lead],
        figures=_figures(selection),
        as_of=selection.as_of.isoformat(),
        since=wanted.since.isoformat(),
        until=wanted.until.isoformat(),
        commit=wanted.commit,
        with_history=wanted.with_history,
        chosen=wanted.chosen,
        part=wanted.part,
        unread=list(wanted.unread),
    )


def for_each(contents: Contents) -> list[Contents]:
    """The contents of one document of each evaluation."""
    return [replace(contents, evaluation=one) for one in contents.evaluations]


def _completed_in(actions: Iterable[Action], wanted: Wanted) -> list[Action]:
    return [
        action
        for action in actions
        if action.completed and wanted.since <= parse_date(action.completed).last <= wanted.until
    ]


def _latest(actions: Iterable[Action]) -> list[Action]:
    return sorted(actions, key=lambda one: parse_date(one.completed).last, reverse=True)


def _by_due(actions: Iterable[Action]) -> list[Action]:
    dated = [(parse_date(one.due).last if one.due else date.max, one) for one in actions]
    return [one for _, one in sorted(dated, key=lambda pair: pair[0])]


def _changes(evaluations: Iterable[Evaluation], wanted: Wanted) -> list[Entry]:
    since, until = wanted.since.isoformat(), wanted.until.isoformat()
    found = [entry for one in evaluations for entry in one.history if since <= entry.date <= until]
    return sorted(found, key=lambda entry: entry.date, reverse=True)


def _totals(summary: Summary, settings: Settings) -> Totals:
    counts = summary.actions
    return Totals(
        evaluations=summary.evaluations["total"],
        responses_required=summary.responses["required"],
        responses_submitted=summary.responses["submitted"],
        responses_overdue=summary.responses["overdue"],
        recommendations=summary.recommendations,
        decisions=_counts(summary.decisions, Decision, settings),
        actions=counts.total,
        statuses=_counts(counts.as_json(), Status, settings),
        open=counts.open,
        overdue=counts.overdue,
        long_overdue=counts.long_overdue,
        due_soon=counts.due_soon,
        stale=counts.stale,
        disputed=counts.disputed,
    )


def _counts(
    counted: Mapping[str, int], words: type[Status] | type[Decision], settings: Settings
) -> list[Count]:
    listed = [(capital(label(word, settings)), counted[word.value]) for word in words]
    listed.append((capital(label(None, settings)), counted[NOT_STATED]))
    whole = sum(value for _, value in listed)
    return [
        Count(name=name, value=value, share=round(100 * value / whole) if whole else 0)
        for name, value in listed
    ]


def _ranked(ref: str, name: str, counts: ActionCounts) -> Ranked:
    return Ranked(
        ref=ref,
        name=name,
        total=counts.total,
        completed=counts.completed,
        open=counts.open,
        overdue=counts.overdue,
        long_overdue=counts.long_overdue,
        due_soon=counts.due_soon,
    )


def _figures(selection: Selection) -> list[Figure]:
    found = measure(selection, [indicator_named(name) for name in INDICATORS])
    return [
        Figure(
            id=one.of.id,
            name=one.of.name,
            value=in_words(one),
            made_of=made_of(one),
            note=one.note or "",
        )
        for one in found
    ]
