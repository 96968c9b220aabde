"""What the index keeps of one record, worked out apart from the database: in any process, for any record."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from mrtrack import timeline
from mrtrack.index.schema import DECISION, ENDLESS, EVALUATION_STATUS, STATUS, VERDICT
from mrtrack.model.lean import lean_evaluation, slimmed
from mrtrack.model.words import is_open
from mrtrack.query.spans import (
    ActionState,
    Span,
    action_spans,
    evaluation_spans,
    recommendation_spans,
)
from mrtrack.source.cuts import prose_cuts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mrtrack.model.lean import Data
    from mrtrack.model.record import Action, Evaluation
    from mrtrack.source.reader import Reading
    from mrtrack.source.sound import Sound

Row = tuple[Any, ...]


@dataclass(slots=True)
class Kept:
    """What is kept of one file: of one that could not be read, only why.

    Rows lack the number of the file; names in them are texts.
    """

    path: str
    digest: bytes
    problem: str | None = None
    data: bytes = b""
    evaluation: Row | None = None
    evaluation_states: list[Row] = field(default_factory=list)
    recommendations: list[Row] = field(default_factory=list)
    recommendation_states: list[Row] = field(default_factory=list)
    actions_now: list[Row] = field(default_factory=list)
    actions_before: list[Row] = field(default_factory=list)


def kept_of(reading: Reading, digest: bytes, response_days: int) -> Kept:
    """What the index keeps of a record; `response_days` are those until a response is due."""
    evaluation = reading.evaluation
    if evaluation is None:
        problem = reading.first_problem
        return Kept(reading.path, digest, json.dumps(asdict(problem)) if problem else "null")
    data = evaluation.model_dump(mode="json", exclude_unset=True)
    lean = slimmed(data, prose_cuts(reading.content, reading.tree, data))
    return _kept(Kept(reading.path, digest), evaluation, lean, response_days)


def kept_of_sound(record: Sound, content: bytes, kept: Kept, response_days: int) -> Kept:
    """What the index keeps of a record in which nothing is wrong; `kept` says of which file."""
    lean = slimmed(record.data, prose_cuts(content, record.tree, record.data))
    return _kept(kept, lean_evaluation(lean, lambda: content), lean, response_days)


def _kept(kept: Kept, evaluation: Evaluation, lean: Data, response_days: int) -> Kept:
    text = json.dumps(lean, ensure_ascii=False, separators=(",", ":"))
    kept.data = zlib.compress(text.encode(), 1)
    answer = evaluation.management_response
    due = timeline.response_due(evaluation, response_days)
    kept.evaluation = (
        evaluation.id,
        evaluation.title,
        evaluation.organisation,
        evaluation.type,
        listed(evaluation.countries),
        listed(evaluation.tags),
        answer.required if answer else None,
        _day(due),
    )
    kept.evaluation_states = [
        (*_days(span), EVALUATION_STATUS[now.status], _day(now.late_after), now.responded)
        for span, now in evaluation_spans(evaluation)
    ]
    _keep_recommendations(kept, evaluation)
    return kept


def listed(words: tuple[str, ...] | None) -> str | None:
    """Several names as one text."""
    return json.dumps(words, ensure_ascii=False) if words else None


def _keep_recommendations(kept: Kept, evaluation: Evaluation) -> None:
    counted = {one.id for one in timeline.counted(evaluation)}
    number = 0
    for nth, one in enumerate(evaluation.recommendations or ()):
        kept.recommendations.append((nth, one.priority, one.id in counted))
        kept.recommendation_states += (
            (nth, *_days(span), DECISION[now.decision], now.responded)
            for span, now in recommendation_spans(one, evaluation)
        )
        for action in one.actions or ():
            for until, row in _action_rows(action, evaluation):
                if until == ENDLESS:
                    kept.actions_now.append((number, nth, row[0], *row[1:]))
                else:
                    kept.actions_before.append((number, nth, row[0], until, *row[1:]))
            number += 1


def _action_rows(action: Action, evaluation: Evaluation) -> Iterator[tuple[int, Row]]:
    support = listed(action.supported_by)
    for span, now in action_spans(action, evaluation):
        since, until = _days(span)
        yield until, (since, *_state(now, support))


def _state(now: ActionState, support: str | None) -> Row:
    due, done = now.due, now.completed_on
    opened = is_open(now.status)
    return (
        STATUS[now.status],
        now.responsible,
        support,
        _day(due.first if due else None),
        _day(due.last if due else None),
        VERDICT[now.verdict],
        _day(done.first if done else None),
        _day(done.last if done else None),
        _day(now.updated),
        now.proven,
        _day(due.last) if due and opened else None,
        (_day(now.updated) or 0) if opened else None,
    )


def _days(span: Span) -> tuple[int, int]:
    endless = span.until == timeline.FOREVER
    return span.since.toordinal(), ENDLESS if endless else span.until.toordinal()


def _day(value: date | None) -> int | None:
    return value.toordinal() if value else None
