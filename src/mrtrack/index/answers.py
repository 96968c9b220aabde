"""Answers from the index: as `PlainAnswers` gives them, without reading a record but for the prose that is shown."""

from __future__ import annotations

import json
import os
import zlib
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from mrtrack.index.asking import Item, Question
from mrtrack.index.database import Odd
from mrtrack.index.summing import Tally, counted_tally, horizon_of, kept_tally, summed, turned_tally
from mrtrack.model.lean import lean_evaluation
from mrtrack.query.answers import ROWS, Page
from mrtrack.query.filters import CRITERIA, Filter, action_says
from mrtrack.query.horizon import Horizon, horizon
from mrtrack.query.order import in_order, sort_keys
from mrtrack.query.rows import action_row, columns, evaluation_row, recommendation_rows
from mrtrack.query.selection import select
from mrtrack.query.summary import Summary, summarise

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import date

    from mrtrack.index.counting import Days
    from mrtrack.model.record import Evaluation
    from mrtrack.model.settings import Days as Limits
    from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow
    from mrtrack.query.selection import Selection

T = TypeVar("T")


class IndexAnswers:
    """Answers as of a day; `content` gives the bytes of a record's file, as long as it is the one that was read."""

    def __init__(
        self,
        database: sqlite3.Connection,
        content: Callable[[str], bytes],
        as_of: date,
        limits: Limits,
    ) -> None:
        self._database, self._content = database, content
        self._as_of, self._limits = as_of, limits
        self._day = as_of.toordinal()
        self._days: Days = (limits.long_overdue, limits.due_soon, limits.stale)
        self._tallies: dict[Filter, Tally] = {}
        self._recommendations: dict[int, list[RecommendationRow]] = {}

    def rows(
        self, kind: str, wanted: Filter, order: str | None, limit: int | None, *, counted: bool = True
    ) -> Page:
        """See `Answers`."""
        keys = sort_keys(order, columns(ROWS[kind]))
        question = self._question(wanted)
        if keys and not (kind == "actions" and all(question.sorts(name) for name, _ in keys)):
            return self._looked_at(kind, wanted, order, limit)
        if wanted.text is not None:
            return self._rows_saying(kind, wanted, order, limit)
        if kind == "actions":
            items, total = question.actions(keys, limit, counted=counted)
            return Page([self._action(item) for item in items], total)
        if kind == "recommendations":
            items, total = question.recommendations(limit)
            return Page([self._recommendation(item) for item in items], total)
        items, total = question.evaluations(limit)
        return Page([self._evaluation_row(item.file) for item in items], total)

    def _rows_saying(self, kind: str, wanted: Filter, order: str | None, limit: int | None) -> Page:
        """Rows whose words hold a text: of actions by the full text, of others by looking at them all."""
        from mrtrack.index import texts  # noqa: PLC0415 - only questions about words need it

        said = None
        if kind == "actions" and self._question(wanted).is_present and not texts.missing(self._database):
            said = texts.said(self._database, wanted.text or "")
        if said is None:
            return self._looked_at(kind, wanted, order, limit)
        question = Question(self._database, wanted, self._day, self._days, saying=said.source)
        items, total = question.actions(sort_keys(order, columns(ROWS[kind])), limit if said.exact else None)
        if said.exact:
            return Page([self._action(item) for item in items], total)
        rows = [row for row in map(self._action, items) if action_says(wanted, row)]
        return Page(rows[:limit], len(rows))

    def _looked_at(self, kind: str, wanted: Filter, order: str | None, limit: int | None) -> Page:
        rows = getattr(self.selection(wanted), kind)
        return Page(in_order(rows, columns(ROWS[kind]), order)[:limit], len(rows))

    def summary(self, wanted: Filter, longest: int | None) -> Summary:
        """See `Answers`."""
        if wanted.text is not None:
            return summarise(self.selection(wanted), self._limits.due_soon, longest)
        return summed(self._tally(wanted), self._question(wanted), longest)

    def horizon(self, wanted: Filter) -> Horizon:
        """See `Answers`."""
        if wanted.text is not None:
            return horizon(self.selection(wanted).actions, self._as_of)
        return horizon_of(self._tally(wanted), self._question(wanted), self._as_of)

    def selection(self, wanted: Filter) -> Selection:
        """See `Answers`."""
        items, _ = self._question(wanted).evaluations()
        return select((self._evaluation(item.file) for item in items), wanted, self._as_of, self._limits)

    def _question(self, wanted: Filter) -> Question:
        return Question(self._database, wanted, self._day, self._days)

    def _tally(self, wanted: Filter) -> Tally:
        if wanted not in self._tallies:
            asked = self._as_of, self._days
            kept = None
            if not wanted.asks(CRITERIA):
                kept = kept_tally(self._database, *asked) or turned_tally(self._database, *asked)
            self._tallies[wanted] = kept or counted_tally(self._question(wanted), *asked)
        return self._tallies[wanted]

    def _action(self, item: Item) -> ActionRow:
        parent = self._recommendation(item)
        others = (parent.parent.of.recommendations or ())[: item.recommendation]
        before = sum(len(one.actions or ()) for one in others)
        action = (parent.of.actions or ())[item.action - before]
        return _there(action_row(action, parent, self._as_of, self._limits))

    def _recommendation(self, item: Item) -> RecommendationRow:
        if item.file not in self._recommendations:
            rows = recommendation_rows(self._evaluation_row(item.file), self._as_of)
            self._recommendations[item.file] = list(rows)
        return self._recommendations[item.file][item.recommendation]

    def _evaluation_row(self, file: int) -> EvaluationRow:
        return _there(evaluation_row(self._evaluation(file), self._as_of, self._limits))

    def _evaluation(self, file: int) -> Evaluation:
        return kept_evaluation(self._database, file, self._content)


def kept_evaluation(database: sqlite3.Connection, file: int, content: Callable[[str], bytes]) -> Evaluation:
    """The record of a file, lean; `content` gives the bytes of a path."""
    asked = "SELECT path, data FROM files JOIN records USING (file) WHERE file = ?"
    path, data = database.execute(asked, [file]).fetchone()
    name = os.fsdecode(path)
    return lean_evaluation(json.loads(zlib.decompress(data)), cache(lambda: content(name)))


def _there(row: T | None) -> T:
    """A row of what the index says was there."""
    if row is None:
        raise Odd
    return row
