"""What each download says of one action, made once for the many files that an action stands in.

They are kept from one build to the next, by all that they are made from: only those of changed records are made anew.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mrtrack import __version__
from mrtrack.query.rows import ActionRow, as_json, columns
from mrtrack.reports.exports.calendar import calendar_entry
from mrtrack.reports.exports.columns import TABLES
from mrtrack.reports.exports.delimited import csv_text
from mrtrack.reports.exports.document import json_text
from mrtrack.reports.exports.rows_markup import RowMarkup
from mrtrack.reports.exports.workbook import Column
from mrtrack.reports.site.folder import digest
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.subject import Subject

_ACTIONS = TABLES["actions"].columns
_BETWEEN = "\0"
_KEYS = columns(ActionRow)
_FORMAT = 1
SHEET = RowMarkup("Actions", [Column(column.heading, column.width) for column in _ACTIONS])


@dataclass(frozen=True, slots=True)
class Piece:
    """An action as a line of CSV, an item of JSON, an entry of a calendar (where it is open) and a row of a sheet.

    The row is empty where only the long way can write it.
    """

    csv: str
    json: str
    ics: str
    xlsx: str


@dataclass(frozen=True)
class Pieces:
    """The pieces of a subject's actions in one language; `load` and `keep` are asked for what was made before."""

    subject: Subject
    language: Language
    load: Callable[[bytes], bytes | None]
    keep: Callable[[bytes, bytes], None]
    _known: dict[str, Mapping[str, Piece]] = field(default_factory=dict)

    def of(self, rows: Iterable[ActionRow]) -> Sequence[Piece]:
        """The pieces of rows, in their order."""
        return [self._of_evaluation(row.evaluation)[row.ref] for row in rows]

    def key(self, evaluation: str) -> bytes:
        """What the pieces of an evaluation are kept by."""
        return bytes.fromhex(digest([self._common, self.subject.digests[evaluation]]))

    def _of_evaluation(self, evaluation: str) -> Mapping[str, Piece]:
        known = self._known.get(evaluation)
        if known is None:
            rows = self.subject.actions_of.get(evaluation, [])
            key = self.key(evaluation)
            pieces = _unpacked(self.load(key), len(rows))
            if pieces is None:
                pieces = [self._made(row) for row in rows]
                self.keep(key, _packed(pieces))
            known = self._known[evaluation] = dict(zip((row.ref for row in rows), pieces, strict=True))
        return known

    def _made(self, row: ActionRow) -> Piece:
        item = as_json(row)
        is_open = self.subject.counted[row.ref].open
        return Piece(
            csv_text([item], _KEYS).partition("\n")[2],
            json_text(item).rstrip("\n").replace("\n", "\n    "),
            calendar_entry(row, self.subject.as_of, self.language.word) if is_open else "",
            SHEET.row([getattr(row, column.name) for column in _ACTIONS]) or "",
        )

    @cached_property
    def _common(self) -> str:
        subject = self.subject
        said = [str(_FORMAT), __version__, self.language.texts.language, subject.as_of.isoformat()]
        return digest([*said, subject.settings.model_dump_json()])


def _packed(pieces: Iterable[Piece]) -> bytes:
    parts = (part for piece in pieces for part in (piece.csv, piece.json, piece.ics, piece.xlsx))
    return zlib.compress(_BETWEEN.join(parts).encode("utf-8", "surrogatepass"), 1)


def _unpacked(content: bytes | None, count: int) -> list[Piece] | None:
    """The pieces of so many actions; None where it is not they."""
    if content is None:
        return None
    try:
        parts = zlib.decompress(content).decode("utf-8", "surrogatepass").split(_BETWEEN) if count else []
    except (zlib.error, UnicodeDecodeError):
        return None
    if len(parts) != 4 * count:
        return None
    return [Piece(*parts[place : place + 4]) for place in range(0, len(parts), 4)]
