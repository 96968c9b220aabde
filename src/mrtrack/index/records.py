"""The records that the index keeps, and rows of them; prose is cut out of the files where a row shows it."""

from __future__ import annotations

import json
import os
import zlib
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from mrtrack.index.database import Odd
from mrtrack.model.lean import lean_evaluation
from mrtrack.query.rows import action_row, evaluation_row, recommendation_rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import date

    from mrtrack.index.asking import Item
    from mrtrack.model.record import Evaluation
    from mrtrack.model.settings import Days
    from mrtrack.query.rows import ActionRow, EvaluationRow, RecommendationRow

T = TypeVar("T")


class KeptRecords:
    """Rows as of a day; `content` gives the bytes of a record's file, as long as it is the one that was read."""

    def __init__(
        self, database: sqlite3.Connection, content: Callable[[str], bytes], as_of: date, limits: Days
    ) -> None:
        self._database, self._content = database, content
        self._as_of, self._limits = as_of, limits
        self._recommendations: dict[int, list[RecommendationRow]] = {}

    def action(self, item: Item) -> ActionRow:
        """The row of an action."""
        parent = self.recommendation(item)
        others = (parent.parent.of.recommendations or ())[: item.recommendation]
        before = sum(len(one.actions or ()) for one in others)
        action = (parent.of.actions or ())[item.action - before]
        return _there(action_row(action, parent, self._as_of, self._limits))

    def recommendation(self, item: Item) -> RecommendationRow:
        """The row of a recommendation."""
        if item.file not in self._recommendations:
            rows = recommendation_rows(self.evaluation_row(item), self._as_of)
            self._recommendations[item.file] = list(rows)
        return self._recommendations[item.file][item.recommendation]

    def evaluation_row(self, item: Item) -> EvaluationRow:
        """The row of an evaluation."""
        return _there(evaluation_row(self.evaluation(item), self._as_of, self._limits))

    def evaluation(self, item: Item) -> Evaluation:
        """The evaluation, lean."""
        return kept_evaluation(self._database, item.file, self._content)


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
