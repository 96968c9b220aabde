"""The rows behind the table of all actions, as a script that a page can load from disk; the page's script reads it.

What many rows share (evaluations, units, dates) is written once, and rows point to it.
"""

import json
from collections.abc import Hashable
from typing import Any, Generic, TypeVar

from mrtrack.model.harmless import HARMFUL, clean
from mrtrack.query.rows import ActionRow
from mrtrack.reports.site.addresses import unit_page
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.subject import Subject
from mrtrack.reports.site.wording import key

T = TypeVar("T", bound=Hashable)
_LONGEST = 2_000
_FLAGS = ("open", "overdue", "long_overdue", "due_soon", "stale", "disputed")


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
        if value not in self._places:
            self._places[value] = len(self.values)
            self.values.append(value)
        return self._places[value]


def _row(
    row: ActionRow,
    evaluations: Shared[str],
    units: Shared[str],
    dues: Shared[tuple[str, str, str]],
    subject: Subject,
    language: Language,
) -> list[Any]:
    due = (row.due.text, row.due.last.isoformat(), language.texts.when(row.due)) if row.due else None
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
        sum(1 << place for place, flag in enumerate(_FLAGS) if getattr(row, flag)),
        row.days_overdue or 0,
    ]


def _evaluation(name: str, subject: Subject) -> list[str]:
    row = subject.evaluations[name]
    return [name, _words(row.title or name), _words(row.organisation or "")]


def _words(text: str) -> str:
    short = " ".join(text.split())[:_LONGEST]
    return HARMFUL.sub("\ufffd", short)
