"""The rows of a selection as the sheets that templates show: evaluations with their recommendations and actions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from mrtrack.changes.history import HistoryRow
from mrtrack.model.words import NOT_STATED
from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow
from mrtrack.query.selection import Selection
from mrtrack.reports.documents.contents import Action, Entry, Evaluation, Position, Recommendation
from mrtrack.reports.documents.facts import (
    Wording,
    capital,
    documents_of,
    extra_facts,
    head_facts,
    line_of,
    period_of,
    person_of,
    response_facts,
    text_of,
)


def sheets(
    selection: Selection, histories: Mapping[str, Iterable[HistoryRow]], wording: Wording
) -> list[Evaluation]:
    """The evaluations of a selection, which is one for publication, each with what the selection holds of it.

    `histories` are the entries that may be shown, by evaluation.
    """
    recommendations: dict[str, list[RecommendationRow]] = defaultdict(list)
    actions: dict[str, list[ActionRow]] = defaultdict(list)
    known = {row.ref for row in selection.recommendations}
    for middle in selection.recommendations:
        recommendations[middle.evaluation].append(middle)
    for action in selection.actions:
        if action.parent.ref not in known:
            known.add(action.parent.ref)
            recommendations[action.evaluation].append(action.parent)
        actions[action.parent.ref].append(action)
    return [
        _evaluation(row, recommendations[row.ref], actions, _entries(histories[row.ref]), wording)
        for row in selection.evaluations
    ]


def _evaluation(
    row: EvaluationRow,
    recommendations: Iterable[RecommendationRow],
    actions: dict[str, list[ActionRow]],
    entries: dict[str, list[Entry]],
    wording: Wording,
) -> Evaluation:
    of = row.of
    answer = of.management_response
    asked = [_recommendation(middle, actions[middle.ref], entries, wording) for middle in recommendations]
    return Evaluation(
        id=of.id,
        title=line_of(row.title) or of.id,
        description=text_of(of.description),
        organisation=line_of(row.organisation),
        type=line_of(row.type),
        status=capital(wording(row.status)),
        period=period_of(of.period),
        report_date=line_of(row.report_date),
        completed=line_of(row.completed),
        facts=head_facts(row, wording),
        team=[person_of(person) for person in of.team or ()],
        approval=[
            person_of(answer.approved_by if answer else None, "Approved by"),
            person_of(answer.prepared_by if answer else None, "Prepared by"),
        ],
        response_facts=response_facts(row),
        response=text_of(answer.text) if answer else "",
        response_documents=documents_of(answer.documents if answer else None),
        documents=documents_of(of.documents),
        sources=documents_of(of.sources),
        lessons=[text_of(text) for text in of.lessons or ()],
        findings=[text_of(text) for text in of.findings or ()],
        recommendations=asked,
        actions=[action for one in asked for action in one.actions],
        history=_history(of.id, asked, entries),
    )


def _recommendation(
    row: RecommendationRow, actions: Iterable[ActionRow], entries: dict[str, list[Entry]], wording: Wording
) -> Recommendation:
    response = row.of.response if row.responded else None
    return Recommendation(
        ref=row.ref,
        id=row.recommendation,
        number=line_of(row.number) or row.recommendation,
        part_of=line_of(row.part_of),
        addressed_to=[line_of(name) for name in row.addressed_to],
        title=line_of(row.title),
        priority=line_of(row.priority),
        text=text_of(row.text),
        answered=row.responded,
        decision=capital(wording(row.decision)),
        decided=row.decision or NOT_STATED,
        response=text_of(row.response),
        response_date=line_of(response.date) if response else "",
        response_updated=line_of(response.updated) if response else "",
        positions=[
            Position(
                unit=line_of(one.unit),
                decision=capital(wording(one.decision)) if one.decision else "",
                text=text_of(one.text),
                date=line_of(one.date),
            )
            for one in (response.positions if response else None) or ()
        ],
        actions=[_action(action, entries, wording) for action in actions],
        extra=extra_facts(row.of.extra),
        history=entries.get(row.ref, []),
    )


def _action(row: ActionRow, entries: dict[str, list[Entry]], wording: Wording) -> Action:
    return Action(
        ref=row.ref,
        evaluation=row.evaluation,
        recommendation=row.recommendation,
        id=row.action,
        number=line_of(row.of.number) or row.action,
        title=line_of(row.title),
        text=text_of(row.text),
        lead=line_of(row.responsible),
        support=[line_of(name) for name in row.supported_by],
        responsibility=line_of(row.of.responsibility),
        serves=[line_of(name) for name in row.serves],
        start=line_of(row.of.start),
        due=line_of(row.due),
        original_due=line_of(row.original_due),
        postponements=row.postponements,
        timeline=line_of(row.timeline),
        status=capital(wording(row.status)),
        state=row.status or NOT_STATED,
        standing=_standing(row, wording),
        open=row.open,
        overdue=row.overdue,
        long_overdue=row.long_overdue,
        due_soon=row.due_soon,
        stale=row.stale,
        disputed=row.disputed,
        days_overdue=row.days_overdue or 0,
        completed=line_of(row.completed_on),
        verdict=capital(wording(row.verdict)) if row.verdict else "",
        comment=text_of(row.last_comment),
        documents=documents_of(row.documents),
        added=line_of(row.added),
        updated=line_of(row.updated),
        extra=extra_facts(row.of.extra),
        history=entries.get(row.ref, []),
    )


def _standing(row: ActionRow, wording: Wording) -> str:
    told = []
    if row.days_overdue:
        told.append(f"overdue by {row.days_overdue:,} day{'s' if row.days_overdue != 1 else ''}")
    elif row.overdue:
        told.append("overdue")
    elif row.due_soon:
        told.append("due soon")
    if row.verdict:
        told.append(wording(row.verdict))
    return ", ".join(told)


def _history(
    evaluation: str, asked: Iterable[Recommendation], entries: dict[str, list[Entry]]
) -> list[Entry]:
    """The entries about what is shown, by their days."""
    refs = [evaluation]
    for one in asked:
        refs += [one.ref, *(action.ref for action in one.actions)]
    return sorted((entry for ref in refs for entry in entries.get(ref, ())), key=lambda entry: entry.date)


def _entries(rows: Iterable[HistoryRow]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        found[row.ref].append(_entry(row))
    return found


def _entry(row: HistoryRow) -> Entry:
    ref = row.ref.partition(":")[2]
    return Entry(
        ref=row.ref,
        item=ref or "Evaluation",
        date=str(row.date),
        on=line_of(row.on),
        by=line_of(row.by),
        change=capital(line_of(row.text)),
        comment=text_of(row.comment),
        documents=documents_of(row.documents),
        corrected=row.corrected,
    )
