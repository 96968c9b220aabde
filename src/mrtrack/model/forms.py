"""How the text of each kind of value is understood: a value, or a ValueError that says what is wrong; by plain names.

Needs no models, so that a sound record can be told without them.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from mrtrack.model.dates import parse_date, parse_day, parse_entry_name, parse_happened, quoted
from mrtrack.model.words import Decision, EvaluationStatus, Rating, Status, Verdict

E = TypeVar("E", bound=StrEnum)

ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
EVALUATION_ID = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
SERVES = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?:)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,4})?")
CURRENCY = re.compile(r"[A-Z]{3}")
SHA256 = re.compile(r"[0-9a-f]{64}")

FLOW_KEYS = frozenset({"period", "budget", "expenditure", "countries", "serves", "tags"})
"""The keys whose value stands on one line, in brackets or braces."""

SCHEMA = 1
"""The version of the record's form that this program reads."""


class EmptyText(ValueError):  # noqa: N818 - says what is wrong, as its base does
    """Raised where there is no text."""


class NewerSchema(ValueError):  # noqa: N818 - the same
    """Raised where a record is written in a later form; `schema` is its version."""

    def __init__(self, schema: int) -> None:
        super().__init__(f"this record is written in schema {schema}; this mrtrack reads schema {SCHEMA}")
        self.schema = schema


def plain(value: object) -> str | int | float | bool:
    """A value as JSON writes it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, (bool, int)) else str(value)


def word(words: type[E], what: str) -> Callable[[str], E]:
    """What reads one of the words of a closed list."""
    by_text = {one.value: one for one in words}

    def parse(text: str) -> E:
        found = by_text.get(text)
        if found is None:
            raise ValueError(f"{quoted(text)} is no {what}")
        return found

    return parse


def _line(text: str) -> str:
    line = text.strip("\n")
    if not line or line.isspace():
        raise EmptyText("the text is empty")
    if "\n" in line:
        raise ValueError("the text runs over several lines, where one line belongs")
    return line


def _prose(text: str) -> str:
    prose = text.rstrip("\n")
    if not prose or prose.isspace():
        raise EmptyText("the text is empty")
    return prose


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(f"{quoted(text)} is no {what}")
        return text

    return parse


def _amount(text: str) -> Decimal:
    if not AMOUNT.fullmatch(text):
        raise ValueError(f"{quoted(text)} is no amount")
    return Decimal(text)


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f"{quoted(text)} is neither true nor false")
    return text == "true"


def _schema(text: str) -> int:
    if text == str(SCHEMA):
        return SCHEMA
    if re.fullmatch(r"[0-9]{1,6}", text) and int(text) > SCHEMA:
        raise NewerSchema(int(text))
    raise ValueError(f"{quoted(text)} is no version of the record's schema")


FORMS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "line": _line,
        "prose": _prose,
        "id": _matching(ID, "id"),
        "evaluation-id": _matching(EVALUATION_ID, "id of an evaluation"),
        "serves": _matching(SERVES, "recommendation"),
        "date": parse_date,
        "day": parse_day,
        "happened": parse_happened,
        "entry-name": parse_entry_name,
        "amount": _amount,
        "currency": _matching(CURRENCY, "currency"),
        "sha256": _matching(SHA256, "SHA-256"),
        "flag": _flag,
        "schema": _schema,
        "status": word(Status, "status of an action"),
        "decision": word(Decision, "decision"),
        "evaluation-status": word(EvaluationStatus, "status of an evaluation"),
        "verdict": word(Verdict, "verdict"),
        "rating": word(Rating, "rating"),
    }
)
"""What reads the text of a value, by the name of its form."""
