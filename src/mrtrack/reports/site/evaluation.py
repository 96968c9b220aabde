"""The page of one evaluation as plain values: its facts, its recommendations with their actions, its history."""

from itertools import groupby
from typing import NamedTuple

from mrtrack.model.record import Position
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow
from mrtrack.reports.charts.shares import Share
from mrtrack.reports.site import facts
from mrtrack.reports.site.addresses import evaluation_page, ref_address, unit_page
from mrtrack.reports.site.facts import Fact
from mrtrack.reports.site.history import Told, histories, told
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.lines import Line, lines
from mrtrack.reports.site.papers import Link, documents
from mrtrack.reports.site.subject import Subject
from mrtrack.reports.site.wording import key, tone


class ActionPart(NamedTuple):
    """An action as its evaluation's page shows it."""

    id: str
    number: str
    title: str | None
    text: str | None
    tone: str
    status: str
    late: str
    lead: Link | None
    support: list[Link]
    due: str
    original_due: str
    postponed: int
    start: str
    completed: str
    verdict: str
    disputed: bool
    serves: list[Link]
    extra: str
    history: list[Told]


class RecommendationPart(NamedTuple):
    """A recommendation as its evaluation's page shows it."""

    id: str
    number: str
    title: str | None
    text: str | None
    part_of: str | None
    facts: list[Fact]
    decision: str
    decision_tone: str
    responded: bool
    answered: str
    response: str | None
    positions: list[tuple[str, str, str | None]]
    history: list[Told]
    actions: list[ActionPart]
    elsewhere: list[Line]


class EvaluationPart(NamedTuple):
    """An evaluation as its page shows it."""

    id: str
    title: str
    row: EvaluationRow
    facts: list[Fact]
    description: str | None
    reason: str | None
    same: list[Link]
    documents: list[tuple[str, str | None]]
    sources: list[tuple[str, str | None]]
    response_facts: list[Fact]
    response_text: str | None
    response_documents: list[tuple[str, str | None]]
    response_state: str
    findings: tuple[str, ...]
    lessons: tuple[str, ...]
    recommendations: list[RecommendationPart]
    standing: tuple[Share, ...]
    days: list[tuple[str, list[Told]]]
    entries: int


def evaluation_part(evaluation: str, subject: Subject, language: Language) -> EvaluationPart:
    """All that the page of an evaluation shows."""
    full = subject.full(evaluation)
    row = full.evaluations[0]
    of = row.of
    logged = {
        item: told(item, entries, subject.as_of, language) for item, entries in histories(of) if entries
    }
    actions: dict[str, list[ActionRow]] = {}
    for action in full.actions:
        actions.setdefault(action.recommendation, []).append(action)
    every = sorted(
        (entry for item in logged.values() for entry in item), key=lambda entry: entry.date, reverse=True
    )
    answer = of.management_response
    return EvaluationPart(
        id=row.evaluation,
        title=row.title or row.evaluation,
        row=row,
        facts=facts.facts(of, language),
        description=of.description,
        reason=of.reason,
        same=[
            (name, evaluation_page(name) if name in subject.evaluations else None)
            for name in of.same_evaluation or ()
        ],
        documents=documents(of.documents, language.texts),
        sources=documents(of.sources, language.texts),
        response_facts=list(facts.named(answer, facts.OF_RESPONSE, language)) if answer else [],
        response_text=answer.text if answer else None,
        response_documents=documents(answer.documents if answer else None, language.texts),
        response_state=_state(row, language),
        findings=of.findings or (),
        lessons=of.lessons or (),
        recommendations=[
            _recommendation(one, actions.get(one.recommendation, []), logged, subject, language)
            for one in full.recommendations
        ],
        standing=language.standing(subject.figures(full.actions)),
        days=[(day, list(entries)) for day, entries in groupby(every, key=lambda entry: entry.day)],
        entries=len(every),
    )


def _state(row: EvaluationRow, language: Language) -> str:
    gettext = language.texts.gettext
    if row.response_submitted:
        return gettext("submitted on %(day)s") % {"day": language.texts.day(row.response_submitted)}
    if row.responded:
        return gettext("submitted")
    if row.response_due:
        form = gettext("overdue since %(day)s") if row.response_overdue else gettext("due by %(day)s")
        return form % {"day": language.texts.day(row.response_due)}
    if row.response_required is False:
        return gettext("not required")
    return gettext("not submitted") if row.response_required else gettext("not stated")


def _recommendation(
    row: RecommendationRow,
    actions: list[ActionRow],
    logged: dict[str, list[Told]],
    subject: Subject,
    language: Language,
) -> RecommendationPart:
    of = row.of
    response = of.response if row.responded else None
    return RecommendationPart(
        id=row.recommendation,
        number=row.number or row.recommendation,
        title=row.title,
        text=row.text,
        part_of=row.part_of,
        facts=_about(row, language),
        decision=language.word(row.decision)
        if row.decision
        else language.texts.gettext("decision not stated"),
        decision_tone=key(row.decision),
        responded=row.responded,
        answered=_answered(row, language),
        response=response.text if response else None,
        positions=[_position(one, language) for one in (response and response.positions) or ()],
        history=logged.get(row.recommendation, []),
        actions=[_action(one, logged, subject, language) for one in actions],
        elsewhere=lines(subject.answers.get(row.ref, ()), subject, language),
    )


def _about(row: RecommendationRow, language: Language) -> list[Fact]:
    gettext = language.texts.gettext
    told = (
        (gettext("Addressed to"), ", ".join(row.addressed_to)),
        (gettext("Priority"), row.priority or ""),
        (gettext("Further details"), facts.told(row.of.extra, language) if row.of.extra else ""),
    )
    return [(name, value) for name, value in told if value]


def _answered(row: RecommendationRow, language: Language) -> str:
    response = row.of.response
    if not row.responded or response is None:
        return ""
    day = response.updated or response.date
    return language.texts.when(day) if day else ""


def _position(one: Position, language: Language) -> tuple[str, str, str | None]:
    day = language.texts.when(one.date) if one.date else None
    words = (language.word(one.decision) if one.decision else None, day)
    return one.unit or "–", ", ".join(filter(None, words)), one.text


def _action(
    row: ActionRow, logged: dict[str, list[Told]], subject: Subject, language: Language
) -> ActionPart:
    texts = language.texts
    moved = row.original_due is not None and row.original_due != row.due
    completed = texts.when(row.completed_on) if row.completed_on else ""
    if completed and row.completed_on_basis == "recorded":
        completed = texts.gettext("by %(day)s") % {"day": completed}
    return ActionPart(
        id=row.action,
        number=row.of.number or row.action,
        title=row.title,
        text=row.text,
        tone=tone(row),
        status=language.word(row.status),
        late=language.late(row),
        lead=_unit(row.responsible, subject) if row.responsible else None,
        support=[_unit(name, subject) for name in row.supported_by],
        due=texts.when(row.due) if row.due else row.timeline or "",
        original_due=texts.when(row.original_due) if moved and row.original_due else "",
        postponed=row.postponements,
        start=texts.when(row.of.start) if row.of.start else "",
        completed=completed,
        verdict=language.word(row.verdict) if row.verdict else "",
        disputed=row.disputed,
        serves=[_served(ref, row, subject) for ref in row.serves],
        extra=facts.told(row.of.extra, language) if row.of.extra else "",
        history=logged.get(row.action, []),
    )


def _unit(name: str, subject: Subject) -> Link:
    return name, unit_page(subject.unit(name))


def _served(ref: str, row: ActionRow, subject: Subject) -> Link:
    whole = ref if ":" in ref else f"{row.evaluation}:{ref}"
    return ref, ref_address(whole) if subject.knows(whole) else None
