"""The front page as plain values: totals, charts, what needs attention, what changed."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from heapq import nlargest

from mrtrack.model.harmless import clean
from mrtrack.model.words import Decision, Status
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow
from mrtrack.query.summary import ActionCounts, count
from mrtrack.reports.charts.columns import Column
from mrtrack.reports.charts.shares import Share
from mrtrack.reports.site.addresses import ref_address, unit_page
from mrtrack.reports.site.history import MOST_NEWS, Told, histories, told
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.lines import Line, brief, lines
from mrtrack.reports.site.subject import Subject, by_due

_MOST_LINES = 6
_MOST_UNITS = 8
_MOST_YEARS = 14
_RECENT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to know, and where its rows are to be seen."""

    name: str
    number: str
    note: str
    href: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A reason to act: how many there are, the first of them, and where all of them are."""

    name: str
    count: int
    lines: list[Line]
    href: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An evaluation that waits for something, and since when."""

    evaluation: str
    title: str
    since: str


@dataclass(frozen=True, slots=True)
class News:
    """An entry that was recorded lately, and where it belongs."""

    ref: str
    href: str
    title: str
    entry: Told


@dataclass(frozen=True, slots=True)
class UnitBar:
    """A unit with how its actions stand."""

    name: str
    href: str
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the front page shows."""

    figures: list[Figure]
    statuses: tuple[Share, ...]
    decisions: tuple[Share, ...]
    years: list[Column]
    units: list[UnitBar]
    longest: int
    alarms: list[Alarm]
    responses: list[Waiting]
    evaluations: list[Waiting]
    news: list[News]
    recent: bool


def overview(subject: Subject, language: Language) -> Overview:
    """The front page of a site."""
    counts = count(subject.whole.actions)
    asked = [row for row in subject.whole.recommendations if row.counted]
    news = list(_news(subject, language))
    units = _units(subject, language)
    return Overview(
        figures=list(_figures(len(subject.whole.evaluations), len(asked), counts, language)),
        statuses=_statuses(counts, language),
        decisions=_decisions(asked, language),
        years=_years(subject, language),
        units=units,
        longest=max((sum(share.count for share in unit.shares) for unit in units), default=0),
        alarms=[alarm for alarm in _alarms(subject, language) if alarm.count],
        responses=_responses(subject, language),
        evaluations=_late_evaluations(subject, language),
        news=news,
        recent=bool(news) and subject.as_of - news[0].entry.date <= _RECENT,
    )


def _figures(evaluations: int, asked: int, actions: ActionCounts, language: Language) -> Iterator[Figure]:
    gettext, number = language.texts.gettext, language.texts.number
    share = language.texts.percent
    done = gettext("%(share)s of those applicable") % {"share": share(actions.completed, actions.applicable)}
    of_open = gettext("%(share)s of the open") % {"share": share(actions.overdue, actions.open)}
    soon = gettext("%(count)s due soon") % {"count": number(actions.due_soon)}
    yield Figure(gettext("Evaluations"), number(evaluations), "", "evaluations.html")
    yield Figure(gettext("Recommendations"), number(asked), "", "evaluations.html")
    yield Figure(gettext("Actions"), number(actions.total), "", "actions.html")
    yield Figure(
        gettext("Completed"), number(actions.completed), done, "actions.html#status=completed", "completed"
    )
    yield Figure(gettext("Open"), number(actions.open), soon, "actions.html#show=open", "open")
    yield Figure(gettext("Overdue"), number(actions.overdue), of_open, "actions.html#show=overdue", "overdue")


def _statuses(counts: ActionCounts, language: Language) -> tuple[Share, ...]:
    return language.shares(
        [
            (Status.COMPLETED, counts.completed),
            (Status.INITIATED, counts.initiated),
            (Status.NOT_INITIATED, counts.not_initiated),
            (None, counts.not_stated),
            (Status.NO_LONGER_APPLICABLE, counts.no_longer_applicable),
        ]
    )


def _decisions(asked: Sequence[RecommendationRow], language: Language) -> tuple[Share, ...]:
    counts = Counter(row.decision for row in asked)
    words: list[Decision | None] = [*Decision, None]
    return language.shares([(one, counts[one]) for one in words])


def _years(subject: Subject, language: Language) -> list[Column]:
    years = sorted(year for year, rows in subject.years.items() if rows.actions)[-_MOST_YEARS:]
    return [language.column(str(year), subject.figures(subject.years[year].actions)) for year in years]


def _units(subject: Subject, language: Language) -> list[UnitBar]:
    found = [
        UnitBar(clean(unit.name), unit_page(unit.name), language.standing(subject.figures(unit.leads)))
        for unit in subject.units.values()
        if unit.leads
    ]
    waited_for = [unit for unit in found if unit.shares[1].count or unit.shares[2].count]
    waited_for.sort(key=lambda unit: (-unit.shares[2].count, -unit.shares[1].count, unit.name))
    return waited_for[:_MOST_UNITS]


def _alarms(subject: Subject, language: Language) -> Iterator[Alarm]:
    gettext = language.texts.gettext
    rows = subject.shown.actions

    def alarm(name: str, show: str, wanted: Callable[[ActionRow], bool]) -> Alarm:
        found = by_due(row for row in rows if wanted(row))
        first = lines(found[:_MOST_LINES], subject, language)
        return Alarm(name, len(found), first, f"actions.html#show={show}")

    yield alarm(gettext("Overdue actions, the longest first"), "overdue", lambda row: row.overdue)
    yield alarm(
        gettext("Completed, but not confirmed by an independent reader"), "disputed", lambda row: row.disputed
    )
    yield alarm(gettext("Due soon"), "due-soon", lambda row: row.due_soon)


def _responses(subject: Subject, language: Language) -> list[Waiting]:
    late = [row for row in subject.shown.evaluations if row.response_overdue and row.response_due]
    late.sort(key=lambda row: (row.response_due, row.evaluation))
    return [_waiting(row, language.texts.day(row.response_due)) for row in late if row.response_due]


def _late_evaluations(subject: Subject, language: Language) -> list[Waiting]:
    late = [row for row in subject.shown.evaluations if row.overdue and row.planned_end]
    late.sort(key=lambda row: (row.planned_end.last if row.planned_end else subject.as_of, row.evaluation))
    return [_waiting(row, language.texts.when(row.planned_end)) for row in late if row.planned_end]


def _waiting(row: EvaluationRow, since: str) -> Waiting:
    return Waiting(row.evaluation, clean(brief(row.title)) or row.evaluation, since)


def _news(subject: Subject, language: Language) -> Iterator[News]:
    """The entries recorded last; of one day, those of the evaluations that come first."""
    days = (
        (day, -place, item, row)
        for place, row in enumerate(subject.shown.evaluations)
        for day, item in subject.days[row.evaluation]
        if day <= subject.as_of
    )
    count = 0
    for day, _, item, row in nlargest(MOST_NEWS, days, key=lambda one: one[:2]):
        entries = dict(histories(subject.full(row.evaluation).evaluations[0].of))[item]
        for entry in told(item, entries, subject.as_of, language):
            if entry.date == day and count < MOST_NEWS:
                count += 1
                ref = f"{row.evaluation}:{item}" if item else row.evaluation
                yield News(ref, ref_address(ref), clean(brief(row.title)) or row.evaluation, entry)
