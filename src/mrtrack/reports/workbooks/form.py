"""A form before it is laid out: for whom, of which day, with which rows; the same for workbooks and CSV."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mrtrack.importers.answers.context import shown_cells
from mrtrack.importers.answers.keys import key_of
from mrtrack.model.settings import Settings
from mrtrack.model.wording import label
from mrtrack.model.words import Status
from mrtrack.reports.workbooks.units import Asking

Value = str | date | int | float


@dataclass(frozen=True, slots=True)
class Line:
    """One action: its cells by the keys of their columns, its key; what was refused of it, and where."""

    cells: Mapping[str, Value]
    key: str
    marked: frozenset[str] = frozenset()
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What a unit is asked, on which day; `statuses` are the words that it chooses from."""

    unit: str
    day: date
    statuses: tuple[str, ...]
    lines: tuple[Line, ...]
    summary: str = field(default="")

    @property
    def refused(self) -> bool:
        """Whether this is a copy of answers that were refused."""
        return any(line.reasons for line in self.lines)


def form_of(asking: Asking, settings: Settings, day: date, *, loose: bool) -> Form:
    """The form for one unit; `loose` where it will be CSV."""
    lines = []
    for row in asking.rows:
        cells = shown_cells(row, asking.unit, settings, day)
        lines.append(Line(cells, str(key_of(row.of, cells, day, loose=loose))))
    return Form(asking.unit, day, status_words(settings), tuple(lines), _summary(asking))


def status_words(settings: Settings) -> tuple[str, ...]:
    """The statuses in the organisation's words, in the order of the work."""
    return tuple(_first_upper(label(status, settings)) for status in Status)


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _summary(asking: Asking) -> str:
    number = len(asking.rows)
    parts = [f"{number} open action{'' if number == 1 else 's'}"]
    if asking.overdue:
        parts.append(f"{asking.overdue} overdue")
    if asking.supported:
        parts.append(f"{asking.supported} that you support")
    return ", ".join(parts)
