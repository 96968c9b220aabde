"""The rows behind the table of all actions, as a script that a page can load from disk; the page's script reads it.

What many rows share (evaluations, units, dates) is written once, and rows point to it.
"""

import json
import zlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from mrtrack import __version__
from mrtrack.model.dates import PartialDate
from mrtrack.model.harmless import clean
from mrtrack.query.rows import ActionRow
from mrtrack.reports.locale import Texts
from mrtrack.reports.site.addresses import unit_page
from mrtrack.reports.site.folder import digest
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.subject import Subject
from mrtrack.reports.site.wording import key

T = TypeVar("T", bound=Hashable)
Due = tuple[str, str, str]
Places = tuple[int, int, list[int], int]
_FORMAT = 1
_LONGEST = 2_000
_REMEMBERED = 4_096


@dataclass(frozen=True)
class Table:
    """The rows of a subject's actions; `load` and `keep` are asked for those of an evaluation made before."""

    subject: Subject
    language: Language
    load: Callable[[bytes], bytes | None]
    keep: Callable[[bytes, bytes], None]

    def script(self) -> bytes:
        """The rows as a script; nothing of a record can be anything but text in it."""
        subject = self.subject
        shared: tuple[Shared[str], Shared[str], Shared[Due]] = (Shared(), Shared(), Shared())
        rows = [self._rows(name, self._places(name, *shared)) for name in subject.actions_of]
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
        listed = f"{before},{_literal('rows')}:[{','.join(rows)}]}}"
        return f"window.mrtrackActions = JSON.parse('{listed}');\n".encode("ascii")

    def key(self, evaluation: str) -> bytes:
        """What the rows of an evaluation are kept by."""
        return bytes.fromhex(digest([self._common, self.subject.marked(self.subject.actions_of[evaluation])]))

    def _rows(self, evaluation: str, places: list[Places]) -> str:
        key, placed = self.key(evaluation), digest([repr(places)])
        found = _unpacked(self.load(key))
        if found.startswith(placed):
            return found.removeprefix(placed)
        rows = self.subject.actions_of[evaluation]
        made = _literal([_row(row, where) for row, where in zip(rows, places, strict=True)])[1:-1]
        self.keep(key, zlib.compress(f"{placed}{made}".encode("ascii"), 1))
        return made

    def _places(
        self, evaluation: str, evaluations: "Shared[str]", units: "Shared[str]", dues: "Shared[Due]"
    ) -> list[Places]:
        """Where what the rows of an evaluation share with others stands."""
        unit = self.subject.unit
        texts = self.language.texts
        top = evaluations.place(evaluation)
        return [
            (
                top,
                units.place(unit(row.responsible) if row.responsible else None),
                [units.place(name) for name in dict.fromkeys(map(unit, row.supported_by))],
                dues.place(_due(row.due, texts) if row.due else None),
            )
            for row in self.subject.actions_of[evaluation]
        ]

    @cached_property
    def _common(self) -> str:
        return digest(["rows of the table", str(_FORMAT), __version__])


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


def _unpacked(content: bytes | None) -> str:
    try:
        return zlib.decompress(content or b"").decode("ascii")
    except (zlib.error, UnicodeDecodeError):
        return ""


def _words(text: str) -> str:
    return clean(" ".join(text.split())[:_LONGEST])


@lru_cache(maxsize=_REMEMBERED)
def _due(due: PartialDate, texts: Texts) -> Due:
    return due.text, due.last.isoformat(), texts.when(due)
