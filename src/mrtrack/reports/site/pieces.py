"""What each download says of one action, made once for the many files that an action stands in.

They are kept from one build to the next, by all that they are made from: only those of changed records are made anew.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import accumulate, groupby, pairwise
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
from mrtrack.reports.site.language import Language
from mrtrack.reports.site.subject import Subject

_ACTIONS = TABLES["actions"].columns
_BETWEEN = b"\xff"
_KEYS = columns(ActionRow)
_FORMAT = 2
_LENGTHS = struct.Struct(">4I")
_PART = struct.Struct(">III")
SHEET = RowMarkup("Actions", [Column(column.heading, column.width) for column in _ACTIONS])
Joined = bytes


class Form(IntEnum):
    """What an action is in a download: a line of CSV, an item of JSON, an entry of a calendar, a row of a sheet.

    The entry is empty where the action is not open, the row where only the long way can write it.
    """

    CSV = 0
    JSON = 1
    ICS = 2
    XLSX = 3


_LEVELS = (zlib.Z_NO_COMPRESSION,) * Form.XLSX + (zlib.Z_BEST_SPEED,)


@dataclass(frozen=True)
class Pieces:
    """The pieces of a subject's actions in one language; `load` and `keep` are asked for what was made before."""

    subject: Subject
    language: Language
    load: Callable[[bytes], bytes | None]
    keep: Callable[[bytes, bytes], None]
    _packed: dict[str, list[bytes]] = field(default_factory=dict)
    _known: dict[tuple[str, Form], Joined | list[bytes]] = field(default_factory=dict)

    def joined(self, rows: Iterable[ActionRow], form: Form, between: bytes = b"") -> bytes:
        """The pieces of rows in their order, with something between them."""
        return between.join(
            self._whole(name, form, between) if whole else between.join(self._each(run, form))
            for name, run, whole in self._runs(rows)
        )

    def sheet(self, rows: Sequence[ActionRow]) -> list[Packed] | None:
        """Rows as the parts of a workbook's sheet; None where one of them can be written the long way only.

        What comes from many evaluations, of each as a whole, is kept by the evaluation and its place.
        """
        runs = list(self._runs(rows))
        if len(runs) == 1 or not all(whole for *_, whole in runs):
            made = list(self._each(rows, Form.XLSX))
            return [SHEET.packed(made, FIRST)] if all(made) else None
        parts = []
        first = FIRST
        for (_, run, _), key in zip(runs, self.sheet_keys(rows), strict=True):
            part = _part(self.load(key))
            if part is None:
                made = list(self._each(run, Form.XLSX))
                if not all(made):
                    return None
                part = SHEET.packed(made, first)
                self.keep(key, _kept_part(part))
            parts.append(part)
            first += len(run)
        return parts

    def key(self, evaluation: str) -> bytes:
        """What the pieces of an evaluation are kept by."""
        return bytes.fromhex(digest([self._common, self.subject.digests[evaluation]]))

    def sheet_keys(self, rows: Iterable[ActionRow]) -> Iterator[bytes]:
        """What the parts of a sheet are kept by, of each evaluation in its turn."""
        place = FIRST
        for name, run, _ in self._runs(rows):
            yield bytes.fromhex(digest([self._common, self.subject.digests[name], str(place)]))
            place += len(run)

    def _runs(self, rows: Iterable[ActionRow]) -> Iterator[tuple[str, list[ActionRow], bool]]:
        """Rows of one evaluation that follow each other, and whether they are all of its actions, in their order."""
        for name, run in groupby(rows, attrgetter("evaluation")):
            found = list(run)
            yield name, found, found == self.subject.actions_of[name]

    def _whole(self, evaluation: str, form: Form, between: bytes) -> bytes:
        found = self._of_evaluation(evaluation, form)
        return found.replace(_BETWEEN, between) if isinstance(found, Joined) else between.join(found)

    def _each(self, rows: Iterable[ActionRow], form: Form) -> Iterator[bytes]:
        for row in rows:
            found = self._of_evaluation(row.evaluation, form)
            if isinstance(found, Joined):
                found = self._known[row.evaluation, form] = found.split(_BETWEEN)
            yield found[self._places[row.ref]]

    def _of_evaluation(self, evaluation: str, form: Form) -> Joined | list[bytes]:
        """The pieces of an evaluation's actions, each for itself or all in one."""
        known = self._known.get((evaluation, form))
        if known is None:
            rows = self.subject.actions_of[evaluation]
            key = self.key(evaluation)
            if evaluation not in self._packed:
                self._packed[evaluation] = _parts(self.load(key))
            known = _unpacked(self._packed[evaluation][form], len(rows))
            if known is None:
                made = [list(pieces) for pieces in zip(*map(self._made, rows), strict=True)]
                self._known.update(((evaluation, one), made[one]) for one in Form)
                self.keep(key, _kept(made))
                known = made[form]
            self._known[evaluation, form] = known
        return known

    def _made(self, row: ActionRow) -> tuple[bytes, ...]:
        item = as_json(row)
        is_open = self.subject.counted[row.ref].open
        made = {
            Form.CSV: csv_text([item], _KEYS).partition("\n")[2],
            Form.JSON: json_text(item).rstrip("\n").replace("\n", "\n    "),
            Form.ICS: calendar_entry(row, self.subject.as_of, self.language.word) if is_open else "",
            Form.XLSX: SHEET.row([getattr(row, column.name) for column in _ACTIONS]) or "",
        }
        return tuple(made[form].encode() for form in Form)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {row.ref: place for rows in self.subject.actions_of.values() for place, row in enumerate(rows)}

    @cached_property
    def _common(self) -> str:
        subject = self.subject
        said = [str(_FORMAT), __version__, self.language.texts.language, subject.as_of.isoformat()]
        return digest([*said, subject.settings.model_dump_json()])


def _kept(forms: Iterable[list[bytes]]) -> bytes:
    """What is kept of an evaluation: all but the rows of sheets unpacked, for that is asked for at every change."""
    parts = [
        zlib.compress(_BETWEEN.join(pieces), level) for pieces, level in zip(forms, _LEVELS, strict=True)
    ]
    return b"".join([_LENGTHS.pack(*map(len, parts)), *parts])


def _parts(content: bytes | None) -> list[bytes]:
    """What was kept of an evaluation, by form."""
    if content is None or len(content) < _LENGTHS.size:
        return [b""] * len(Form)
    ends = list(accumulate(_LENGTHS.unpack_from(content), initial=_LENGTHS.size))
    return [content[place:end] for place, end in pairwise(ends)]


def _unpacked(content: bytes, count: int) -> Joined | None:
    """The pieces of so many actions; None where it is not they."""
    try:
        pieces = zlib.decompress(content)
    except zlib.error:
        return None
    return pieces if pieces.count(_BETWEEN) == count - 1 else None


def _kept_part(part: Packed) -> bytes:
    return _PART.pack(zlib.crc32(part.content), part.checksum, part.size) + part.content


def _part(content: bytes | None) -> Packed | None:
    """A part of a sheet; None where it is not as it was kept."""
    if content is None or len(content) < _PART.size:
        return None
    told, checksum, size = _PART.unpack_from(content)
    packed = content[_PART.size :]
    return Packed(packed, checksum, size) if zlib.crc32(packed) == told else None
