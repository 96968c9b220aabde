"""The types of a setting's values: each reads what TOML gives, or says what to write instead.

Every refusal is a `wrong-value` error with a `hint`, so that a problem can show both.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated, Literal, TypeVar, get_args

from pydantic import BeforeValidator, PlainSerializer, PlainValidator
from pydantic_core import PydanticCustomError

from mrtrack.model.dates import DATE_FORMS, EntryName, PartialDate, parse_date, parse_entry_name
from mrtrack.model.words import Decision, Status

T = TypeVar("T")

ViewKind = Literal["actions", "recommendations", "evaluations"]
VIEW_KINDS: tuple[ViewKind, ...] = get_args(ViewKind)

LONGEST_DAYS = 36_500
LONGEST_LIST = 1_000_000
LARGEST_FILE = 1_000_000_000
DEEPEST_NESTING = 100
LONGEST_LINE = 10_000_000
MOST_LINES = 10_000_000
MOST_VALUES = 10_000_000

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    (str, "a text"),
    ((int, float), "a number"),
    ((date, time), "a date"),
    ((list, tuple), "a list"),
    (dict, "a table"),
)


def refuse(reason: str, hint: str) -> PydanticCustomError:
    """The error of a value that cannot stand where it stands, and what to write there."""
    return PydanticCustomError("wrong-value", "{reason}", {"reason": reason, "hint": hint})


def described(value: object) -> str:
    """What kind of value something is, in the words of the person who wrote it."""
    return next((words for kinds, words in _KINDS if isinstance(value, kinds)), "something else")


def misplaced(value: object, belongs: str, hint: str) -> PydanticCustomError:
    """The error of a value of the wrong kind."""
    return refuse(f"{described(value)} stands here, where {belongs} belongs", hint)


def _text(value: object) -> str:
    hint = 'write one line in quotes: "…"'
    if not isinstance(value, str):
        raise misplaced(value, "a text", hint)
    if not value.strip():
        raise refuse("the text is empty", "write the text, or take the line out")
    if unseen := _UNSEEN.search(value):
        if unseen[0] in "\r\n":
            raise refuse("the text runs over several lines, where one line belongs", hint)
        raise refuse(f"the text holds the invisible character U+{ord(unseen[0]):04X}", "delete it")
    if value != value.strip():
        raise refuse("the text begins or ends with a space", "take the space out")
    return value


def _role(value: object) -> str:
    text = _text(value)
    if "@" in text:
        raise refuse(
            f"“{text}” is an e-mail address, and records hold none", 'write a role or a unit: "M&E unit"'
        )
    return text


def _folder(value: object) -> str:
    text = _text(value)
    path = PurePosixPath(text.replace("\\", "/"))
    if path.is_absolute() or PureWindowsPath(text).drive:
        raise refuse(
            f"“{text}” is an absolute path",
            'write the folder as seen from mrtrack.toml: "records" or "data/records"',
        )
    if ".." in path.parts:
        raise refuse(f"“{text}” leads out of the repository", "name a folder beside or below mrtrack.toml")
    return str(path)


def _items(value: object) -> object:
    if not isinstance(value, (list, tuple)):
        raise misplaced(value, "a list of texts", 'write it in brackets: ["…", "…"]')
    return tuple(value)


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else _items(value)


def _whole(most: int) -> Callable[[object], int]:
    hint = f"write a whole number from 1 to {most}, without quotes"

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise misplaced(value, "a number", hint)
        if not isinstance(value, int):
            raise refuse("the number is not whole", hint)
        if not 1 <= value <= most:
            raise refuse(f"the number is {'too small' if value < 1 else 'too large'}", hint)
        return value

    return read


def _asked(value: object) -> bool:
    if not isinstance(value, bool):
        raise misplaced(value, "true", "write true without quotes, or take the line out")
    if not value:
        raise refuse(
            "a view asks with true; false would ask nothing",
            'take the line out; to see closed actions alone, write status = ["completed", …]',
        )
    return value


def _date(value: object) -> PartialDate:
    hint = f"write {DATE_FORMS}, in quotes"
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, (datetime, time)):
        raise refuse("a time of day stands here, where a date belongs", hint)
    if isinstance(value, date):
        return parse_date(value.isoformat())
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999:
        value = f"{value:04d}"
    if not isinstance(value, str):
        raise misplaced(value, "a date", hint)
    try:
        return parse_date(value)
    except ValueError as error:
        raise refuse(str(error), hint) from None


def _entry_name(value: object) -> EntryName:
    hint = 'write the day of the entry, "2021-10-08", or "2021-10-08#2" for the second of that day'
    if isinstance(value, EntryName):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return EntryName(value)
    if not isinstance(value, str):
        raise misplaced(value, "the day of an entry", hint)
    try:
        return parse_entry_name(value)
    except ValueError as error:
        raise refuse(str(error), hint) from None


def tables(name: str) -> Callable[[object], object]:
    """What reads a list of tables: each begins with its name in double brackets."""
    hint = f"write [[{name}]] alone on its line for each, and its keys below it"

    def read(value: object) -> object:
        if not isinstance(value, (list, tuple)):
            raise misplaced(value, "a list of tables", hint)
        return tuple(value)

    return read


def _one_of(words: Iterable[T], what: str) -> Callable[[object], T]:
    known = {str(word): word for word in words}
    hint = "write one of: " + ", ".join(f'"{word}"' for word in known)

    def read(value: object) -> T:
        if not isinstance(value, str):
            raise misplaced(value, "a text", hint)
        if value not in known:
            raise refuse(f"“{value}” is no {what}", hint)
        return known[value]

    return read


class Weight(StrEnum):
    """How much a rule's findings matter here; `off` is not asked at all."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class ExtraType(StrEnum):
    """What a key of an organisation's own holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FLAG = "flag"


HISTORY_RULES = (
    "item-removed",
    "item-renumbered",
    "item-moved",
    "entry-removed",
    "entry-changed",
    "entries-reordered",
    "entries-fused",
    "changed-without-entry",
)
"""The rules about history that an exception can name, as `mrtrack.rules.history_kinds` defines them."""

LANGUAGES = ("en", "fr", "es")
"""The languages that what is made for readers can be in: English, French, Spanish."""

BUILT_IN_VIEWS = frozenset({"overdue", "due-soon", "stale", "open", "disputed", "no-response", "no-evidence"})


def _view_name(value: object) -> str:
    name = _text(value)
    if name in BUILT_IN_VIEWS or name in VIEW_KINDS:
        raise refuse(f"“{name}” is a list that mrtrack has already", "give the view another name")
    return name


Text = Annotated[str, PlainValidator(_text)]
Role = Annotated[str, PlainValidator(_role)]
Folder = Annotated[str, PlainValidator(_folder)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_items)]
Names = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more)]
DayCount = Annotated[int, PlainValidator(_whole(LONGEST_DAYS))]
RowCount = Annotated[int, PlainValidator(_whole(LONGEST_LIST))]
ByteCount = Annotated[int, PlainValidator(_whole(LARGEST_FILE))]
Depth = Annotated[int, PlainValidator(_whole(DEEPEST_NESTING))]
LineCount = Annotated[int, PlainValidator(_whole(MOST_LINES))]
LineLength = Annotated[int, PlainValidator(_whole(LONGEST_LINE))]
ValueCount = Annotated[int, PlainValidator(_whole(MOST_VALUES))]
Asked = Annotated[bool, PlainValidator(_asked)]
DateText = Annotated[PartialDate, PlainValidator(_date), PlainSerializer(str)]
EntryNameText = Annotated[EntryName, PlainValidator(_entry_name), PlainSerializer(str)]
HistoryRule = Annotated[str, PlainValidator(_one_of(HISTORY_RULES, "rule about history"))]
StatusName = Annotated[Status, PlainValidator(_one_of(Status, "status of an action")), PlainSerializer(str)]
DecisionName = Annotated[Decision, PlainValidator(_one_of(Decision, "decision")), PlainSerializer(str)]
WeightName = Annotated[Weight, PlainValidator(_one_of(Weight, "severity")), PlainSerializer(str)]
ViewKindName = Annotated[ViewKind, PlainValidator(_one_of(VIEW_KINDS, "kind of view"))]
ExtraTypeName = Annotated[
    ExtraType, PlainValidator(_one_of(ExtraType, "type of a key")), PlainSerializer(str)
]
LanguageName = Annotated[str, PlainValidator(_one_of(LANGUAGES, "language that mrtrack has texts in"))]
ViewName = Annotated[str, PlainValidator(_view_name)]
