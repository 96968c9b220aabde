"""The types of a record's values: each turns text into a value, or says what to write instead.

Every scalar of a record arrives as text. A type carries its `Mark`, so that checks of layout and the
writer know what kind of text stands where.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mrtrack.model.dates import DATE_FORMS, EntryName, Happened, PartialDate
from mrtrack.model.forms import (
    AMOUNT,
    CURRENCY,
    EVALUATION_ID,
    FORMS,
    ID,
    SERVES,
    SHA256,
    EmptyText,
    NewerSchema,
    plain,
)
from mrtrack.model.words import Decision, EvaluationStatus, Rating, Status, Verdict

T = TypeVar("T")

Form = Mapping[str, object]
MarkKind = Literal["line", "prose", "id", "typed", "free"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What kind of text a value is: a line of text, prose, an id, a value with a form of its own, or free.

    `form` says the same to programs that know JSON Schema, as they see the value by YAML 1.2; `name` is what reads
    its text, in `mrtrack.model.forms`. `read` makes the value of what stands in a record; without it, what stands
    there is taken as the annotated type has it.
    """

    kind: MarkKind
    form: Form = field(hash=False)
    name: str = ""
    read: Callable[[object], object] | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - the library's
        """The core schema itself: a record has two hundred fields, and working each out takes a while."""
        if self.read is None:
            return handler(source)
        written = core_schema.plain_serializer_function_ser_schema(plain)
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
    code: str, name: str, hint: str, *, form: Form = _TEXT, kind: MarkKind = "typed"
) -> tuple[object, ...]:
    parse = FORMS[name]

    def read(value: object) -> object:
        if not isinstance(value, str):
            if value is not None and not isinstance(value, (Mapping, Sequence)):
                return value
            value = _text(value)
        try:
            return parse(value)
        except EmptyText as error:
            empty = "write the text, or leave the key out"
            raise PydanticCustomError("bad-text", "{reason}", {"reason": str(error), "hint": empty}) from None
        except NewerSchema as newer:
            told = {
                "schema": newer.schema,
                "hint": f"install a version of mrtrack that reads schema {newer.schema}",
            }
            message = "this record is written in schema {schema}; this mrtrack reads schema 1"
            raise PydanticCustomError("newer-schema", message, told) from None
        except ValueError as error:
            raise PydanticCustomError(code, "{reason}", {"reason": str(error), "hint": hint}) from None

    return (Mark(kind, form, name, read),)


def _word(name: str, words: type[StrEnum]) -> tuple[object, ...]:
    form = {"type": "string", "enum": [word.value for word in words]}
    return _from_text("unknown-word", name, f"write one of: {', '.join(words)}", form=form)


Line = Annotated[
    str,
    *_from_text(
        "bad-text",
        "line",
        "write it on one line; put quotes around it where it holds a : or a #",
        kind="line",
    ),
]
Prose = Annotated[str, *_from_text("bad-text", "prose", "write the text, or leave the key out", kind="prose")]
Id = Annotated[
    str,
    *_from_text(
        "bad-id",
        "id",
        "write letters, digits, dots and hyphens, with a letter or digit at both ends",
        kind="id",
        form=_pattern(ID.pattern),
    ),
]
EvaluationId = Annotated[
    str,
    *_from_text(
        "bad-id",
        "evaluation-id",
        "write lower-case letters, digits, dots and hyphens, with a letter or digit at both ends",
        kind="id",
        form=_pattern(EVALUATION_ID.pattern),
    ),
]
Serves = Annotated[
    str,
    *_from_text(
        "bad-id",
        "serves",
        "write the id of a recommendation, or other-evaluation:5",
        kind="id",
        form=_pattern(SERVES.pattern),
    ),
]
Date = Annotated[
    PartialDate, *_from_text("bad-date", "date", f"write {DATE_FORMS}", form=_pattern(_DATE, "integer"))
]
Day = Annotated[date, *_from_text("bad-date", "day", "write the whole day: 2021-07-31", form=_pattern(_DAY))]
On = Annotated[
    Happened,
    *_from_text(
        "bad-date",
        "happened",
        f"write {DATE_FORMS}, or until and the date",
        form=_pattern(f"(?:until )?{_DATE}", "integer"),
    ),
]
Corrects = Annotated[
    EntryName,
    *_from_text(
        "bad-date",
        "entry-name",
        "write the date of the entry, 2021-10-08, or 2021-10-08#2 for the second of that day",
        form=_pattern(f"{_DAY}(?:#[1-9][0-9]{{0,3}})?"),
    ),
]
Amount = Annotated[
    Decimal,
    *_from_text(
        "bad-number",
        "amount",
        "write digits, and a point before decimals: 30000 or 30000.50",
        form=_pattern(AMOUNT.pattern, "number"),
    ),
]
Currency = Annotated[
    str,
    *_from_text(
        "bad-text",
        "currency",
        "write its three letters: USD, EUR, CHF",
        form=_pattern(CURRENCY.pattern),
    ),
]
Checksum = Annotated[
    str,
    *_from_text(
        "bad-text",
        "sha256",
        "write its 64 hexadecimal digits",
        form=_pattern(SHA256.pattern),
    ),
]
Flag = Annotated[
    bool,
    *_from_text("bad-flag", "flag", "write true or false", form={"enum": [True, False, "true", "false"]}),
]
SchemaVersion = Annotated[
    int, *_from_text("bad-number", "schema", "write schema: 1", form={"enum": [1, "1"]})
]
StatusWord = Annotated[Status, *_word("status", Status)]
DecisionWord = Annotated[Decision, *_word("decision", Decision)]
EvaluationStatusWord = Annotated[EvaluationStatus, *_word("evaluation-status", EvaluationStatus)]
VerdictWord = Annotated[Verdict, *_word("verdict", Verdict)]
RatingWord = Annotated[Rating, *_word("rating", Rating)]


def _some(values: tuple[T, ...]) -> tuple[T, ...]:
    if not values:
        raise PydanticCustomError("empty-list", "the list is empty", {"hint": "leave the key out"})
    return values


NON_EMPTY = AfterValidator(_some)

Extra = Annotated[dict[str, Any], Mark("free", {"type": "object"})]
