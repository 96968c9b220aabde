"""What a form shows of an action in its locked cells, as text; pure."""

import re
from datetime import date

from mrtrack.model.settings import Settings
from mrtrack.model.wording import label, same_unit
from mrtrack.query.rows import ActionRow
from mrtrack.source.tree import INVISIBLE

LEAD = "lead"
SUPPORT = "support"

_LONGEST = 8_000
_LONGEST_RECOMMENDATION = 360
_ITEM = re.compile(r"\s*(?:[-*•–]|\(?[0-9a-z]{1,3}[.)])\s")
_NO_DATE = "no date"


def shown_cells(row: ActionRow, unit: str, settings: Settings, day: date) -> dict[str, str]:
    """The texts of the locked cells of an action, for the unit that is asked, as of a day."""
    above = row.parent
    name = above.number or above.recommendation
    asked = "\n".join(_flowing(text) for text in (above.title, above.text) if text)
    promised = "\n".join(_flowing(text) for text in (row.title, row.text) if text)
    texts = {
        "ref": row.ref,
        "evaluation": above.parent.title or row.evaluation,
        "recommendation": _clipped(f"{name}. {asked}" if asked else name, _LONGEST_RECOMMENDATION),
        "action": promised,
        "part": part_of(row, unit, settings),
        "due": due_words(row, day),
        "status_now": label(row.status, settings),
        "last_comment": _flowing(row.last_comment or ""),
    }
    return {key: _harmless(text) for key, text in texts.items()}


def part_of(row: ActionRow, unit: str, settings: Settings) -> str:
    """Whether a unit leads an action or supports it."""
    leads = row.responsible is not None and same_unit(row.responsible, settings) == unit
    return LEAD if leads else SUPPORT


def due_words(row: ActionRow, day: date) -> str:
    """When an action is due, and how that lies to a day; words, so that no spreadsheet makes a date of it."""
    if row.due is None:
        return row.timeline or _NO_DATE
    if row.days_overdue:
        days = "1 day" if row.days_overdue == 1 else f"{row.days_overdue:,} days"
        return f"{row.due}, {days} overdue"
    left = (row.due.last - day).days
    return f"{row.due}, in {left:,} day{'' if left == 1 else 's'}" if left else f"{row.due}, ends today"


def _harmless(text: str) -> str:
    return _clipped(INVISIBLE.sub("\ufffd", text.replace("\r\n", "\n")).strip(), _LONGEST)


def _flowing(text: str) -> str:
    """Prose with each paragraph and each item of a list on one line."""
    lines: list[str] = []
    for line in text.strip().split("\n"):
        if lines and lines[-1] and line.strip() and not _ITEM.match(line):
            lines[-1] = f"{lines[-1]} {line.strip()}"
        elif line.strip() or (lines and lines[-1]):
            lines.append(line.strip())
    return "\n".join(lines)


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
