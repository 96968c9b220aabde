"""The key of an action in a workbook: when it went out, and what the action and its locked cells were then; pure.

With it an answer is read by what it is about, not by where it stands.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from mrtrack.importers.answers.columns import FINGERPRINTED
from mrtrack.model.dates import parse_day
from mrtrack.model.record import Action
from mrtrack.source.tree import INVISIBLE

FORM_VERSION = "1"

_KEY = re.compile(r"(?P<form>[0-9]+) (?P<day>[0-9-]{10}) (?P<state>[0-9a-f]{16}) (?P<cells>[0-9a-f.]+)")
_NOT_ASCII_WORD = re.compile("[^0-9A-Za-z]+")
_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Key:
    """The day the form went out, a digest of the action's state on it, and one of each locked cell."""

    day: date
    state: str
    cells: tuple[str, ...]

    def __str__(self) -> str:
        return f"{FORM_VERSION} {self.day} {self.state} {'.'.join(self.cells)}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The key that a text is.

        Raises:
            ValueError: where it is none; the message is for people.
        """
        found = _KEY.fullmatch(" ".join(text.split()))
        if found is None:
            raise ValueError("its key is missing or was changed")
        if found["form"] != FORM_VERSION:
            raise ValueError("it was made by a newer mrtrack")
        return cls(parse_day(found["day"]), found["state"], tuple(found["cells"].split(".")))

    def edited(self, texts: Mapping[str, str], *, loose: bool) -> list[str]:
        """The locked columns whose cell says something else now; a column that is gone is not edited."""
        return [
            column
            for column, cell in zip(FINGERPRINTED, self.cells, strict=False)
            if column in texts and fingerprint(texts[column], loose=loose) != cell
        ]


def key_of(action: Action, texts: Mapping[str, str], day: date, *, loose: bool) -> Key:
    """The key of an action whose locked cells show these texts; `loose` as `fingerprint` has it."""
    cells = tuple(fingerprint(texts[column], loose=loose) for column in FINGERPRINTED)
    return Key(day, state_of(action, day), cells)


def state_of(action: Action, by: date | None = None) -> str:
    """A digest of all that an action says, with the entries recorded by a day; not of findings that were accepted.

    A form of an earlier day has an earlier state: answers to it are refused where entries came since.
    """
    if by and action.history and action.history[-1].date > by:
        entries = tuple(entry for entry in action.history if entry.date <= by)
        action = action.model_copy(update={"history": entries})
    said = action.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"accepted"})
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def fingerprint(text: str, *, loose: bool) -> str:
    """A short digest of a cell's text, white space aside.

    `loose` looks at Latin letters and digits only: a spreadsheet that saves CSV may lose all others.
    """
    seen = unicodedata.normalize("NFC", INVISIBLE.sub("", text)).replace("\ufffd", "")
    plain = _NOT_ASCII_WORD.sub("", seen) if loose else " ".join(seen.split())
    return hashlib.sha256(plain.encode()).hexdigest()[:_LENGTH]
