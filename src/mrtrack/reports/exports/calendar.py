"""Open actions as an iCalendar file (RFC 5545): one all-day entry an action, on the last day it is due.

An entry keeps its identity as long as its action keeps its reference, so that a calendar that reads the file again
moves it and never doubles it.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from mrtrack.model.harmless import clean, flowing
from mrtrack.query.rows import ActionRow

Wording = Callable[[StrEnum | None], str]
_OCTETS = 75
_SUMMARY = 100


def calendar(rows: Iterable[ActionRow], as_of: date, wording: Wording, name: str = "Actions due") -> bytes:
    """The calendar of those actions that have a due date, as they stood on a day; `wording` labels statuses.

    The rows are taken as open: choose them before they are made ready for publication.
    """
    return calendar_of((calendar_entry(row, as_of, wording) for row in rows), name)


def calendar_entry(row: ActionRow, as_of: date, wording: Wording) -> str:
    """The entry of one action, to be handed to `calendar_of`; empty where it has no due date."""
    return "".join(_folded(line) for line in _entry(row, as_of, wording))


def calendar_of(entries: Iterable[str], name: str) -> bytes:
    """The calendar of entries that are made already."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mrtrack//mrtrack//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    head = "".join(map(_folded, lines))
    return "".join([head, *entries, _folded("END:VCALENDAR")]).encode("utf-8")


def _entry(row: ActionRow, as_of: date, wording: Wording) -> Iterator[str]:
    if row.due is None:
        return
    day = row.due.last
    yield "BEGIN:VEVENT"
    yield f"UID:{row.ref}@mrtrack"
    yield f"DTSTAMP:{_basic(as_of)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(day)}"
    if day < date.max:
        yield f"DTEND;VALUE=DATE:{_basic(day + timedelta(days=1))}"
    yield f"SUMMARY:{_text(_summary(row))}"
    yield f"DESCRIPTION:{_text(_description(row, wording))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _summary(row: ActionRow) -> str:
    words = " ".join((row.title or row.text or "").split())
    short = words if len(words) <= _SUMMARY else f"{words[:_SUMMARY].rsplit(' ', 1)[0]}…"
    return f"{row.ref} {short}".strip()


def _description(row: ActionRow, wording: Wording) -> str:
    told = [
        ("", flowing(row.text or row.title or "")),
        ("Lead: ", row.responsible),
        ("With: ", ", ".join(row.supported_by)),
        ("Due: ", str(row.due)),
        ("Status: ", wording(row.status)),
        ("Evaluation: ", row.parent.parent.title),
    ]
    return "\n".join(f"{what}{value.strip()}" for what, value in told if value)


def _text(value: str) -> str:
    """A text of the calendar: what would end it, or begin another line of the file, is escaped or taken out."""
    plain = clean(value.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")


def _folded(line: str) -> str:
    """A line broken so that none is longer than 75 octets, and no letter is cut in two."""
    if len(line) <= _OCTETS and line.isascii():
        return f"{line}\r\n"
    parts: list[str] = []
    part, octets = "", 0
    for sign in line:
        size = len(sign.encode("utf-8"))
        if octets + size > _OCTETS:
            parts.append(part)
            part, octets = " ", 1
        part += sign
        octets += size
    return "\r\n".join([*parts, part]) + "\r\n"
