"""What each download says of one action, made once for the many files that an action stands in.

The rows of sheets are kept from one build to the next, by all that they are made from; texts are found in the files.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from mrtrack import __version__
from mrtrack.query.rows import ActionRow, as_json, columns
from mrtrack.reports.exports.calendar import calendar_entry
from mrtrack.reports.exports.columns import TABLES
from mrtrack.reports.exports.delimited import csv_text
from mrtrack.reports.exports.document import json_text
from mrtrack.reports.exports.packed import Packed
from mrtrack.reports.exports.rows_markup import FIRST, RowMarkup
from mrtrack.reports.exports.workbook import Column
from mrtrack.reports.site.folder import digest
from mrtrack.reports.site.former import Former, Parts
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.subject import Subject

_ACTIONS = TABLES["actions"].columns
_BETWEEN = b"\xff"
_KEYS = columns(ActionRow)
_FORMAT = 3
_PART = struct.Struct(">III")
SHEET = RowMarkup("Actions", [Column(column.heading, column.width) for column in _ACTIONS])


class Form(IntEnum):
    """What an action is in a download: a line of CSV, an item of JSON, an entry of a calendar.

    The entry is empty where the action is not open.
    """

    CSV = 0
    JSON = 1
    ICS = 2


@dataclass(frozen=True)
class Pieces:
    """The pieces of a subject's actions in one language; `load` and `keep` are asked for what was made before."""

    subject: Subject
    language: Language
    former: Former
    load: Callable[[bytes], bytes | None]
    keep: Callable[[bytes, bytes], None]
    _texts: dict[str, tuple[bytes, ...]] = field(default_factory=dict)
    _sheet_rows: dict[str, list[bytes]] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def joined(self, rows: Iterable[ActionRow], form: Form, between: bytes = b"") -> bytes:
        """The pieces of rows in their order, with something between them."""
        return between.join([self._text(row)[form] for row in rows])

    def file(
        self, path: str, rows: Sequence[ActionRow], form: Form, around: tuple[bytes, bytes, bytes]
    ) -> bytes:
        """A file of pieces, as `Former.file` makes it."""
        marks = self.subject.marks
        parts = Parts([marks[row.ref] for row in rows], lambda place: self._text(rows[place])[form])
        return self.former.file(path, self._made_with, around, parts)

    def sheet(self, rows: Sequence[ActionRow]) -> list[Packed] | None:
        """Rows as the parts of a workbook's sheet; None where one of them can be written the long way only.

        What comes from many evaluations, of each as a whole, is kept by the evaluation and its place.
        """
        runs = list(self._runs(rows))
        if len(runs) == 1 or not all(whole for *_, whole in runs):
            made = [piece for _, run, _ in runs for piece in self._each(run)]
            return [SHEET.packed(made, FIRST)] if all(made) else None
        parts = []
        first = FIRST
        for (_, run, _), key in zip(runs, self.sheet_keys(rows), strict=True):
            part = _part(self.load(key))
            if part is None:
                made = list(self._each(run))
                if not all(made):
                    return None
                part = SHEET.packed(made, first)
                self.keep(key, _kept_part(part))
            parts.append(part)
            first += len(run)
        return parts

    def key(self, evaluation: str) -> bytes:
        """What the rows of an evaluation's sheet are kept by."""
        return bytes.fromhex(self._name(evaluation))

    def sheet_keys(self, rows: Iterable[ActionRow]) -> Iterator[bytes]:
        """What the parts of a sheet are kept by, of each evaluation in its turn."""
        place = FIRST
        for name, run, _ in self._runs(rows):
            yield bytes.fromhex(digest([self._name(name), str(place)]))
            place += len(run)

    def file_keys(self, stem: str) -> Iterator[bytes]:
        """What the parts of the files of a name are kept by."""
        for form in Form:
            yield self.former.key(f"{stem}.{form.name.lower()}", self._made_with)

    def _name(self, evaluation: str) -> str:
        known = self._names.get(evaluation)
        if known is None:
            marked = self.subject.marked(self.subject.actions_of[evaluation])
            known = self._names[evaluation] = digest([self._made_with, marked])
        return known

    def _runs(self, rows: Iterable[ActionRow]) -> Iterator[tuple[str, list[ActionRow], bool]]:
        """Rows of one evaluation that follow each other, and whether they are all of its actions, in their order."""
        for name, run in groupby(rows, attrgetter("evaluation")):
            found = list(run)
            yield name, found, found == self.subject.actions_of[name]

    def _text(self, row: ActionRow) -> tuple[bytes, ...]:
        known = self._texts.get(row.ref)
        if known is None:
            full = self.subject.actions_in_full(row.evaluation)[self.subject.places[row.ref]]
            item = as_json(full)
            is_open = self.subject.counted[row.ref].open
            made = {
                Form.CSV: csv_text([item], _KEYS).partition("\n")[2],
                Form.JSON: json_text(item).rstrip("\n").replace("\n", "\n    "),
                Form.ICS: calendar_entry(full, self.subject.as_of, self.language.word) if is_open else "",
            }
            known = self._texts[row.ref] = tuple(made[form].encode() for form in Form)
        return known

    def _each(self, rows: Sequence[ActionRow]) -> Iterator[bytes]:
        """The rows of a sheet, of actions of one evaluation; empty where only the long way can write them."""
        evaluation = rows[0].evaluation
        known = self._sheet_rows.get(evaluation)
        if known is None:
            key = self.key(evaluation)
            known = _unpacked(self.load(key), len(self.subject.actions_of[evaluation]))
            if known is None:
                every = self.subject.actions_in_full(evaluation)
                values = ([getattr(row, column.name) for column in _ACTIONS] for row in every)
                known = [(SHEET.row(one) or "").encode() for one in values]
                self.keep(key, zlib.compress(_BETWEEN.join(known), zlib.Z_BEST_SPEED))
            self._sheet_rows[evaluation] = known
        return (known[self.subject.places[row.ref]] for row in rows)

    @cached_property
    def _made_with(self) -> bytes:
        subject = self.subject
        said = [str(_FORMAT), __version__, self.language.texts.language, subject.as_of.isoformat()]
        return digest([*said, subject.settings.model_dump_json()]).encode()


def _unpacked(content: bytes | None, count: int) -> list[bytes] | None:
    """The pieces of so many actions; None where it is not they."""
    try:
        pieces = zlib.decompress(content or b"").split(_BETWEEN)
    except zlib.error:
        return None
    return pieces if len(pieces) == count else None


def _kept_part(part: Packed) -> bytes:
    return _PART.pack(zlib.crc32(part.content), part.checksum, part.size) + part.content


def _part(content: bytes | None) -> Packed | None:
    """A part of a sheet; None where it is not as it was kept."""
    if content is None or len(content) < _PART.size:
        return None
    told, checksum, size = _PART.unpack_from(content)
    packed = content[_PART.size :]
    return Packed(packed, checksum, size) if zlib.crc32(packed) == told else None
