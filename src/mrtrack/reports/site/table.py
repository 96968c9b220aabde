"""The rows behind the table of all actions, as a script that a page can load from disk; the page's script reads it.

What many rows share (evaluations, units, dates) is written once, and rows point to it.
"""

import json
from collections.abc import Hashable
from functools import lru_cache
from typing import Any, Generic, TypeVar

from mrtrack.model.dates import PartialDate
from mrtrack.model.harmless import clean
from mrtrack.query.rows import ActionRow
from mrtrack.reports.locale import Texts
from mrtrack.reports.site.addresses import unit_page
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.subject import Subject
from mrtrack.reports.site.wording import key

T = TypeVar("T", bound=Hashable)
_LONGEST = 2_000
_REMEMBERED = 4_096


def table_script(subject: Subject, language: Language) -> bytes:
    """The rows of the table as a script; nothing of a record can be anything but text in it."""
    evaluations: Shared[str] = Shared()
    units: Shared[str] = Shared()
    dues: Shared[tuple[str, str, str]] = Shared()
    rows = [_row(row, evaluations, units, dues, subject, language) for row in subject.shown.actions]
    document = {
        "evaluations": [_evaluation(name, subject) for name in evaluations.values],
        "units": [[clean(name), unit_page(name)] for name in units.values],
        "dues": dues.values,
        "late": {row.days_overdue: language.late(row) for row in subject.shown.actions if row.days_overdue},
        "rows": rows,
    }
    text = json.dumps(document, ensure_ascii=True, separators=(",", ":"))
    literal = json.dumps(text)[1:-1].replace("'", "\\'").replace("<", "\\u003c")
    return f"window.mrtrackActions = JSON.parse('{literal}');\n".encode("ascii")


class Shared(Generic[T]):
    """Values that are written once, each with its place."""

    def __init__(self) -> None:
        self.values: list[T] = []
        self._places: dict[T, int] = {}

    def place(self, value: T | None) -> int:
        """Where a value stands; -1 for none."""
        if value is None:
            return -1
        place = self._places.get(value)
        if place is None:
            place = self._places[value] = len(self.values)
            self.values.append(value)
        return place


def _row(
    row: ActionRow,
    evaluations: Shared[str],
    units: Shared[str],
    dues: Shared[tuple[str, str, str]],
    subject: Subject,
    language: Language,
) -> list[Any]:
    due = _due(row.due, language.texts) if row.due else None
    lead = subject.unit(row.responsible) if row.responsible else None
    return [
        evaluations.place(row.evaluation),
        row.action,
        _words(row.title or row.text or row.parent.title or row.parent.text or ""),
        _words(row.text or "") if row.title else "",
        units.place(lead),
        [units.place(name) for name in dict.fromkeys(map(subject.unit, row.supported_by))],
        dues.place(due),
        key(row.status),
        key(row.decision),
        _flags(row),
        row.days_overdue or 0,
    ]


def _evaluation(name: str, subject: Subject) -> list[str]:
    row = subject.evaluations[name]
    return [name, _words(row.title or name), _words(row.organisation or "")]


def _flags(row: ActionRow) -> int:
    """What the table's filters ask of a row, a bit each, in the order in which the page's script knows them."""
    told = (row.open, row.overdue, row.long_overdue, row.due_soon, row.stale, row.disputed)
    return sum(1 << place for place, flag in enumerate(told) if flag) if any(told) else 0


def _words(text: str) -> str:
    return clean(" ".join(text.split())[:_LONGEST])


@lru_cache(maxsize=_REMEMBERED)
def _due(due: PartialDate, texts: Texts) -> tuple[str, str, str]:
    return due.text, due.last.isoformat(), texts.when(due)
