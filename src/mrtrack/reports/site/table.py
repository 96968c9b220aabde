"""The rows behind the table of all actions, as a script that a page can load from disk; the page's script reads it.

What many rows share (evaluations, units, dates) is written once, and rows point to it.
"""

import hashlib
import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from mrtrack import __version__
from mrtrack.model.dates import PartialDate
from mrtrack.model.harmless import clean
from mrtrack.query.rows import ActionRow
from mrtrack.reports.locale import Texts
from mrtrack.reports.site.addresses import unit_page
from mrtrack.reports.site.former import KEY, Former, Parts
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.subject import Subject
from mrtrack.reports.site.wording import key

T = TypeVar("T", bound=Hashable)
Due = tuple[str, str, str]
Places = tuple[int, int, list[int], int]
_MADE_WITH = f"1 {__version__}".encode()
_LONGEST = 2_000
_REMEMBERED = 4_096


@dataclass(frozen=True)
class Table:
    """The rows of a subject's actions; those of an evaluation that were in the `former` file are taken from it."""

    subject: Subject
    language: Language
    former: Former

    def script(self, path: str) -> bytes:
        """The rows as a script; nothing of a record can be anything but text in it."""
        subject = self.subject
        shared: tuple[Shared[str], Shared[str], Shared[Due]] = (Shared(), Shared(), Shared())
        places = [self._places(name, *shared) for name in subject.actions_of]
        evaluations, units, dues = shared
        head = {
            "evaluations": [_evaluation(name, subject) for name in evaluations.values],
            "units": [[clean(name), unit_page(name)] for name in units.values],
            "dues": dues.values,
            "late": {
                row.days_overdue: self.language.late(row) for row in subject.shown.actions if row.days_overdue
            },
        }
        before = _literal(head).removesuffix("}")
        opening = f"window.mrtrackActions = JSON.parse('{before},{_literal('rows')}:["
        names = list(subject.actions_of)
        parts = Parts(
            [self._key(*both) for both in zip(subject.actions_of.values(), places, strict=True)],
            lambda place: _rows(subject.actions_in_full(names[place]), places[place]),
        )
        return self.former.file(path, _MADE_WITH, (opening.encode("ascii"), b",", b"]}');\n"), parts)

    def key(self, path: str) -> bytes:
        """What the parts of the script are kept by."""
        return self.former.key(path, _MADE_WITH)

    def _key(self, rows: Sequence[ActionRow], places: list[Places]) -> bytes:
        return hashlib.sha256(f"{self.subject.marked(rows)} {places}".encode()).digest()[:KEY]

    def _places(
        self, evaluation: str, evaluations: "Shared[str]", units: "Shared[str]", dues: "Shared[Due]"
    ) -> list[Places]:
        """Where what the rows of an evaluation share with others stands."""
        unit, place, place_of_due = self.subject.unit, units.place, dues.place
        texts = self.language.texts
        top = evaluations.place(evaluation)
        return [
            (
                top,
                place(unit(row.responsible)) if row.responsible else -1,
                [place(name) for name in dict.fromkeys(map(unit, row.supported_by))]
                if row.supported_by
                else [],
                place_of_due(_due(row.due, texts)) if row.due else -1,
            )
            for row in self.subject.actions_of[evaluation]
        ]


class Shared(Generic[T]):
    """Values that are written once, each with its place."""

    def __init__(self) -> None:
        self.values: list[T] = []
        self._places: dict[T, int] = {}

    def place(self, value: T) -> int:
        """Where a value stands."""
        place = self._places.get(value)
        if place is None:
            place = self._places[value] = len(self.values)
            self.values.append(value)
        return place


def _rows(rows: Sequence[ActionRow], places: Sequence[Places]) -> bytes:
    made = _literal([_row(row, where) for row, where in zip(rows, places, strict=True)])
    return made[1:-1].encode("ascii")


def _row(row: ActionRow, places: Places) -> list[Any]:
    evaluation, lead, support, due = places
    return [
        evaluation,
        row.action,
        _words(row.title or row.text or row.parent.title or row.parent.text or ""),
        _words(row.text or "") if row.title else "",
        lead,
        support,
        due,
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


def _literal(value: object) -> str:
    """A value as JSON, as it may stand within a script's text in single quotation marks."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return json.dumps(text)[1:-1].replace("'", "\\'").replace("<", "\\u003c")


def _words(text: str) -> str:
    return clean(" ".join(text.split())[:_LONGEST])


@lru_cache(maxsize=_REMEMBERED)
def _due(due: PartialDate, texts: Texts) -> Due:
    return due.text, due.last.isoformat(), texts.when(due)
