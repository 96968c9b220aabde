"""The line that stands for an action wherever actions are listed: what, where, who, by when and how far."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from mrtrack.model.harmless import clean
from mrtrack.query.rows import ActionRow
from mrtrack.reports.site.addresses import ref_address, unit_page
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.subject import Subject
from mrtrack.reports.site.wording import tone

_LONGEST = 160
_REMEMBERED = 32_768


class Line(NamedTuple):
    """An action in a list; addresses are relative to the site's front page."""

    ref: str
    href: str
    words: str
    evaluation: str
    lead: str
    lead_href: str
    due: str
    tone: str
    status: str
    late: str


def lines(rows: Iterable[ActionRow], subject: Subject, language: Language) -> list[Line]:
    """The lines of actions, in their order."""
    return [_line(row, subject, language) for row in rows]


@lru_cache(maxsize=_REMEMBERED)
def brief(text: str | None) -> str:
    """The beginning of a text on one line, with … where it goes on."""
    words = " ".join((text or "")[: 4 * _LONGEST].split())
    if len(words) <= _LONGEST and len(text or "") <= 4 * _LONGEST:
        return words
    return words[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _line(row: ActionRow, subject: Subject, language: Language) -> Line:
    unit = subject.unit(row.responsible) if row.responsible else ""
    above = row.parent.parent
    return Line(
        ref=row.ref,
        href=ref_address(row.ref),
        words=clean(brief(row.title or row.text or row.parent.title or row.parent.text)),
        evaluation=clean(brief(above.title)) or above.evaluation,
        lead=clean(unit),
        lead_href=unit_page(unit) if unit else "",
        due=language.texts.when(row.due) if row.due else clean(row.timeline or ""),
        tone=tone(row),
        status=language.word(row.status),
        late=language.late(row),
    )
