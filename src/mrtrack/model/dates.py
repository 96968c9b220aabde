"""Dates as precise as they were given: a year, a quarter, a month or a day."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

DATE_FORMS = "2021, 2021-Q3, 2021-07 or 2021-07-31"

_FORM = re.compile(r"(?P<year>[0-9]{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ENTRY = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:#(?P<nth>[1-9][0-9]{0,3}))?")
_LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """A text in quotation marks for a message; what is long, or runs over lines, is cut short."""
    line, runs_on, _ = text.partition("\n")
    return f"“{line[:_LONGEST_QUOTE]}…”" if runs_on or len(line) > _LONGEST_QUOTE else f"“{line}”"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date that keeps the precision it was given.

    `first` and `last` are the first and the last day of the period that the text names: a period is
    over after its last day, so `2021-07` is overdue from 2021-08-01.
    """

    text: str
    first: date
    last: date

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse_date(text: str) -> PartialDate:
    """Read `2021`, `2021-Q3`, `2021-07` or `2021-07-31`.

    Raises:
        ValueError: for any other form, and for days that no calendar has; the message is for people.
    """
    form = _FORM.fullmatch(text)
    if not form:
        raise ValueError(f"{quoted(text)} is not a date")
    year = int(form["year"])
    if year < 1:
        raise ValueError(f"{quoted(text)}: there is no year 0")
    if form["quarter"]:
        end = int(form["quarter"]) * 3
        return PartialDate(text, date(year, end - 2, 1), date(year, end, calendar.monthrange(year, end)[1]))
    if not form["month"]:
        return PartialDate(text, date(year, 1, 1), date(year, 12, 31))
    month = int(form["month"])
    if not 1 <= month <= 12:
        raise ValueError(f"{quoted(text)}: there is no month {form['month']}")
    days = calendar.monthrange(year, month)[1]
    if not form["day"]:
        return PartialDate(text, date(year, month, 1), date(year, month, days))
    day = int(form["day"])
    if not 1 <= day <= days:
        raise ValueError(f"{quoted(text)}: {calendar.month_name[month]} {year} has {days} days")
    return PartialDate(text, date(year, month, day), date(year, month, day))


@lru_cache(maxsize=4096)
def parse_day(text: str) -> date:
    """Read a whole day, `2021-07-31`.

    Raises:
        ValueError: for anything less precise and for days that no calendar has.
    """
    if not _DAY.fullmatch(text):
        parse_date(text)
        raise ValueError(f"{quoted(text)} names no single day")
    return parse_date(text).first


@dataclass(frozen=True, slots=True)
class Happened:
    """The day a thing happened, as `on` gives it: known, or only known to lie no later than (`until`)."""

    date: PartialDate
    until: bool = False

    def __str__(self) -> str:
        return f"until {self.date}" if self.until else str(self.date)


def parse_happened(text: str) -> Happened:
    """Read the value of `on`: a date, or `until` and a date.

    Raises:
        ValueError: for any other form.
    """
    words = text.split()
    if len(words) == 2 and words[0] == "until":
        return Happened(parse_date(words[1]), until=True)
    return Happened(parse_date(text))


@dataclass(frozen=True, slots=True)
class EntryName:
    """The name of an entry within its history: its day, and which one of that day (1 is the first)."""

    day: date
    nth: int = 1

    def __str__(self) -> str:
        return self.day.isoformat() if self.nth == 1 else f"{self.day.isoformat()}#{self.nth}"


def parse_entry_name(text: str) -> EntryName:
    """Read the value of `corrects`: `2021-10-08`, or `2021-10-08#2` for the second entry of that day.

    Raises:
        ValueError: for any other form.
    """
    form = _ENTRY.fullmatch(text)
    if not form:
        raise ValueError(f"{quoted(text)} names no entry")
    return EntryName(parse_day(form["day"]), int(form["nth"] or 1))
