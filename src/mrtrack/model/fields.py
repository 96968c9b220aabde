"""The types of a record's values: each turns text into a value, or says what to write instead.

Every scalar of a record arrives as text. A type carries its `Mark`, so that checks of layout and the
writer know what kind of text stands where.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mrtrack.model.dates import (
    DATE_FORMS,
    EntryName,
    Happened,
    PartialDate,
    parse_date,
    parse_day,
    parse_entry_name,
    parse_happened,
    quoted,
)
from mrtrack.model.words import Decision, EvaluationStatus, Rating, Status, Verdict

T = TypeVar("T")

Form = Mapping[str, object]
MarkKind = Literal["line", "prose", "id", "typed", "free"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What kind of text a value is: a line of text, prose, an id, a value with a form of its own, or free.

    `form` says the same to programs that know JSON Schema, as they see the value by YAML 1.2. `read` makes the value
    of what stands in a record; without it, what stands there is taken as the annotated type has it.
    """

    kind: MarkKind
    form: Form = field(hash=False)
    read: Callable[[object], object] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - the library's
        """The core schema itself: a record has two hundred fields, and working each out takes a while."""
        if self.read is None:
            return handler(source)
        written = core_schema.plain_serializer_function_ser_schema(_plain)
        return core_schema.no_info_plain_validator_function(self.read, serialization=written)


_TEXT: Form = {"type": "string", "minLength": 1}
_DATE = "[0-9]{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
_DAY = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"


def _pattern(pattern: str, *types: str) -> Form:
    return {"type": ["string", *types] if types else "string", "pattern": f"^(?:{pattern})$"}


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        raise PydanticCustomError(
            "null-value", "there is no value here", {"hint": "write the value, or leave the key out"}
        )
    found = "a list" if isinstance(value, Sequence) else "a block of keys"
    raise PydanticCustomError(
        "wrong-type",
        "this is {found}, where one value belongs",
        {"found": found, "hint": "write one value after the key"},
    )


def _from_text(
    code: str, parse: Callable[[str], T], hint: str, *, form: Form = _TEXT, kind: MarkKind = "typed"
) -> tuple[object, ...]:
    def read(value: object) -> T:
        if not isinstance(value, str):
            if value is not None and not isinstance(value, (Mapping, Sequence)):
                return value  # type: ignore[return-value]
            value = _text(value)
        try:
            return parse(value)
        except PydanticCustomError:
            raise
        except ValueError as error:
            raise PydanticCustomError(code, "{reason}", {"reason": str(error), "hint": hint}) from None

    return (Mark(kind, form, read),)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, (bool, int)) else str(value)


def _empty_text() -> PydanticCustomError:
    hint = "write the text, or leave the key out"
    return PydanticCustomError("bad-text", "the text is empty", {"hint": hint})


def _line(text: str) -> str:
    line = text.strip("\n")
    if not line or line.isspace():
        raise _empty_text()
    if "\n" in line:
        raise ValueError("the text runs over several lines, where one line belongs")
    return line


def _prose(text: str) -> str:
    prose = text.rstrip("\n")
    if not prose or prose.isspace():
        raise _empty_text()
    return prose


_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_EVALUATION_ID = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_SERVES = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?:)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,4})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _matching(pattern: re.Pattern[str], what: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(f"{quoted(text)} is no {what}")
        return text

    return parse


def _amount(text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text):
        raise ValueError(f"{quoted(text)} is no amount")
    return Decimal(text)


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f"{quoted(text)} is neither true nor false")
    return text == "true"


def _schema(text: str) -> int:
    if text == "1":
        return 1
    if re.fullmatch(r"[0-9]{1,6}", text) and int(text) > 1:
        raise PydanticCustomError(
            "newer-schema",
            "this record is written in schema {schema}; this mrtrack reads schema 1",
            {"schema": int(text), "hint": f"install a version of mrtrack that reads schema {int(text)}"},
        )
    raise ValueError(f"{quoted(text)} is no version of the record's schema")


E = TypeVar("E", bound=StrEnum)


def _word(words: type[E], what: str) -> tuple[object, ...]:
    listed = ", ".join(words)
    by_text = {word.value: word for word in words}

    def parse(text: str) -> E:
        word = by_text.get(text)
        if word is None:
            raise ValueError(f"{quoted(text)} is no {what}")
        return word

    form = {"type": "string", "enum": [word.value for word in words]}
    return _from_text("unknown-word", parse, f"write one of: {listed}", form=form)


Line = Annotated[
    str,
    *_from_text(
        "bad-text", _line, "write it on one line; put quotes around it where it holds a : or a #", kind="line"
    ),
]
Prose = Annotated[str, *_from_text("bad-text", _prose, "write the text, or leave the key out", kind="prose")]
Id = Annotated[
    str,
    *_from_text(
        "bad-id",
        _matching(_ID, "id"),
        "write letters, digits, dots and hyphens, with a letter or digit at both ends",
        kind="id",
        form=_pattern(_ID.pattern),
    ),
]
EvaluationId = Annotated[
    str,
    *_from_text(
        "bad-id",
        _matching(_EVALUATION_ID, "id of an evaluation"),
        "write lower-case letters, digits, dots and hyphens, with a letter or digit at both ends",
        kind="id",
        form=_pattern(_EVALUATION_ID.pattern),
    ),
]
Serves = Annotated[
    str,
    *_from_text(
        "bad-id",
        _matching(_SERVES, "recommendation"),
        "write the id of a recommendation, or other-evaluation:5",
        kind="id",
        form=_pattern(_SERVES.pattern),
    ),
]
Date = Annotated[
    PartialDate, *_from_text("bad-date", parse_date, f"write {DATE_FORMS}", form=_pattern(_DATE, "integer"))
]
Day = Annotated[
    date, *_from_text("bad-date", parse_day, "write the whole day: 2021-07-31", form=_pattern(_DAY))
]
On = Annotated[
    Happened,
    *_from_text(
        "bad-date",
        parse_happened,
        f"write {DATE_FORMS}, or until and the date",
        form=_pattern(f"(?:until )?{_DATE}", "integer"),
    ),
]
Corrects = Annotated[
    EntryName,
    *_from_text(
        "bad-date",
        parse_entry_name,
        "write the date of the entry, 2021-10-08, or 2021-10-08#2 for the second of that day",
        form=_pattern(f"{_DAY}(?:#[1-9][0-9]{{0,3}})?"),
    ),
]
Amount = Annotated[
    Decimal,
    *_from_text(
        "bad-number",
        _amount,
        "write digits, and a point before decimals: 30000 or 30000.50",
        form=_pattern(_AMOUNT.pattern, "number"),
    ),
]
Currency = Annotated[
    str,
    *_from_text(
        "bad-text",
        _matching(_CURRENCY, "currency"),
        "write its three letters: USD, EUR, CHF",
        form=_pattern(_CURRENCY.pattern),
    ),
]
Checksum = Annotated[
    str,
    *_from_text(
        "bad-text",
        _matching(_SHA256, "SHA-256"),
        "write its 64 hexadecimal digits",
        form=_pattern(_SHA256.pattern),
    ),
]
Flag = Annotated[
    bool, *_from_text("bad-flag", _flag, "write true or false", form={"enum": [True, False, "true", "false"]})
]
SchemaVersion = Annotated[int, *_from_text("bad-number", _schema, "write schema: 1", form={"enum": [1, "1"]})]
StatusWord = Annotated[Status, *_word(Status, "status of an action")]
DecisionWord = Annotated[Decision, *_word(Decision, "decision")]
EvaluationStatusWord = Annotated[EvaluationStatus, *_word(EvaluationStatus, "status of an evaluation")]
VerdictWord = Annotated[Verdict, *_word(Verdict, "verdict")]
RatingWord = Annotated[Rating, *_word(Rating, "rating")]


def _some(values: tuple[T, ...]) -> tuple[T, ...]:
    if not values:
        raise PydanticCustomError("empty-list", "the list is empty", {"hint": "leave the key out"})
    return values


NON_EMPTY = AfterValidator(_some)

Extra = Annotated[dict[str, Any], Mark("free", {"type": "object"})]
