"""Answers from the index: as `PlainAnswers` gives them, without reading a record but for the prose that is shown."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mrtrack.index.asking import MANY, PLACE, Item, Question
from mrtrack.index.counting import whole
from mrtrack.index.lines import COLUMNS, briefs
from mrtrack.index.schema import COUNTED
from mrtrack.index.summing import Tally, counted_tally, horizon_of, kept_tally, summed, turned_tally
from mrtrack.query.answers import Page
from mrtrack.query.brief import brief
from mrtrack.query.filters import CRITERIA, Filter
from mrtrack.query.horizon import Horizon, horizon
from mrtrack.query.order import named_keys
from mrtrack.query.summary import Summary, summarise

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import date

    from mrtrack.index.counting import Days
    from mrtrack.index.records import KeptRecords
    from mrtrack.model.settings import Days as Limits
    from mrtrack.query.selection import Selection


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

    def rows(self, kind: str, wanted: Filter, order: str | None, limit: int | None) -> Page:
        """See `Answers`."""
        if kind == "actions":
            found = self._actions(wanted, order, limit, PLACE)
            if found is None:
                return self._looked_at(kind, wanted, order, limit)
            return found._replace(rows=[self._records.action(Item(*row)) for row in found.rows])
        if order or wanted.text is not None:
            return self._looked_at(kind, wanted, order, limit)
        question = self._question(wanted)
        if kind == "recommendations":
            items, total = question.recommendations(limit)
            return Page([self._records.recommendation(item) for item in items], total)
        items, total = question.evaluations(limit)
        return Page([self._records.evaluation_row(item) for item in items], total)

    def briefs(self, wanted: Filter, order: str | None, limit: int | None, *, counted: bool = True) -> Page:
        """See `Answers`."""
        found = self._actions(wanted, order, limit, (*PLACE, *COLUMNS), counted=counted)
        if found is None:
            found = self._looked_at("actions", wanted, order, limit)
            return found._replace(rows=[brief(row) for row in found.rows])
        return found._replace(rows=list(briefs(self._database, found.rows, self._day, self._content)))

    def _actions(
        self,
        wanted: Filter,
        order: str | None,
        limit: int | None,
        columns: tuple[str, ...],
        *,
        counted: bool = True,
    ) -> Page | None:
        """Columns of actions; None where what is asked for must be looked for in the records."""
        keys = named_keys(order)
        question = self._question(wanted)
        if not all(question.sorts(name) for name, _ in keys):
            return None
        if wanted.text is not None:
            return self._saying(wanted, keys, limit, columns)
        if limit is None or not counted:
            rows = question.actions(columns, keys, limit)
            return Page(rows, len(rows))
        return self._counted(question, wanted, columns, keys, limit)

    def _counted(
        self,
        question: Question,
        wanted: Filter,
        columns: tuple[str, ...],
        keys: list[tuple[str, bool]],
        limit: int,
    ) -> Page:
        kept = self._kept_count(wanted)
        total = question.count() if kept is None else kept
        return Page(question.actions(columns, keys, limit, many=total > MANY), total)

    def _kept_count(self, wanted: Filter) -> int | None:
        """How many actions fit, where they are counted among the totals of the day; None where they are not."""
        asked = [name for name in CRITERIA if getattr(wanted, name)]
        if len(asked) != 1 or asked[0] not in COUNTED:
            return None
        kept = kept_tally(self._database, self._as_of, self._days)
        return whole(kept.totals.leads, len(COUNTED))[COUNTED.index(asked[0])] if kept else None

    def _saying(
        self, wanted: Filter, keys: list[tuple[str, bool]], limit: int | None, columns: tuple[str, ...]
    ) -> Page | None:
        """Actions whose words hold a text, by the full text."""
        from mrtrack.index import texts  # noqa: PLC0415 - only questions about words need it

        if not self._question(wanted).is_present or texts.missing(self._database):
            return None
        said = texts.said(self._database, wanted.text or "")
        if said is None:
            return None
        question = Question(self._database, wanted, self._day, self._days, saying=said)
        if said.exact and limit is not None:
            return self._counted(question, wanted, columns, keys, limit)
        found = question.actions(columns, keys, None)
        if said.exact:
            return Page(found, len(found))
        from mrtrack.query.matching import action_says  # noqa: PLC0415 - few texts need it

        rows = [row for row in found if action_says(wanted, self._records.action(Item(*row[:3])))]
        return Page(rows[:limit], len(rows))

    def _looked_at(self, kind: str, wanted: Filter, order: str | None, limit: int | None) -> Page:
        from mrtrack.query.rows import ROWS, columns  # noqa: PLC0415 - few questions need it
        from mrtrack.query.sorting import in_order  # noqa: PLC0415 - the same

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
        from mrtrack.query.selection import select  # noqa: PLC0415 - what is counted does without

        items, _ = self._question(wanted).evaluations()
        return select(map(self._records.evaluation, items), wanted, self._as_of, self._limits)

    @cached_property
    def _records(self) -> KeptRecords:
        from mrtrack.index.records import KeptRecords  # noqa: PLC0415 - what is counted does without

        return KeptRecords(self._database, self._content, self._as_of, self._limits)

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
