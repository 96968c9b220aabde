"""What a site needs of a record that has not changed since the last build, without reading it: its rows, as of a day.

The record itself is read when something is asked that rows do not tell: only then is a page of it made anew.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from heapq import nlargest
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from mrtrack import __version__
from mrtrack.model.dates import parse_day
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.query.filters import Filter
from mrtrack.query.publishing import published, published_selection
from mrtrack.query.rows import as_json
from mrtrack.query.selection import Selection, select
from mrtrack.reports.site.folder import digest
from mrtrack.reports.site.history import MOST_NEWS, histories
from mrtrack.reports.site.rows import data_of, selection_of

if TYPE_CHECKING:
    from mrtrack.source.reader import Reading

Reader = Callable[[], "Reading"]
_FORMAT = 5
MARK = 16
"""How many bytes a mark has."""
_UNUSABLE = (zlib.error, ValueError, KeyError, TypeError, IndexError)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as a site needs it: its rows to count and to show, and what else is asked of every record.

    Rows that were kept lack long texts, and what they are of: `full` reads the record for those to show with all.
    `same` are the evaluations that it names as the same; `days` are those of its latest entries, with the item of
    each; `marks` differ where anything differs that lists and downloads tell of its actions, of each in its turn.
    """

    evaluation: str
    digest: str
    whole: Selection
    shown: Selection
    full: Callable[[], Selection]
    same: tuple[str, ...]
    days: tuple[tuple[date, str], ...]
    marks: tuple[bytes, ...]


@dataclass(frozen=True)
class Keeper:
    """Gives what is kept of records as of a day; `load` and `keep` are asked for what was kept before."""

    settings: Settings
    as_of: date
    load: Callable[[bytes], bytes | None]
    keep: Callable[[bytes, bytes], None]

    def of(self, content: bytes, read: Reader) -> "Kept | Reading":
        """What is kept of a record, by its content; it is read where nothing is. The reading, where that fails."""
        name = digest([content])
        key = bytes.fromhex(digest([self._common, name]))
        again = cache(read)
        found = self._unpacked(self.load(key), name, again)
        if found:
            return found
        reading = again()
        if reading.evaluation is None:
            return reading
        made = self.made(reading.evaluation, name)
        self.keep(key, _packed(made))
        return made

    def made(self, evaluation: Evaluation, name: str) -> Kept:
        """What is to be kept of a record; `name` stands for its content."""
        whole = self._whole(evaluation)
        shown = published_selection(whole, self.settings.publish.omit)
        left = published(evaluation, self.settings.publish.omit)
        same = left.same_evaluation or ()
        days = tuple(_latest(left, self.as_of))
        marks = tuple(_marks(whole, shown))
        return Kept(evaluation.id, name, whole, shown, lambda: shown, same, days, marks)

    def _whole(self, evaluation: Evaluation) -> Selection:
        return select([evaluation], Filter(), self.as_of, self.settings.days)

    def _shown(self, reading: "Reading") -> Selection:
        evaluation = cast("Evaluation", reading.evaluation)
        return published_selection(self._whole(evaluation), self.settings.publish.omit)

    @cached_property
    def _common(self) -> str:
        return digest([str(_FORMAT), __version__, self.as_of.isoformat(), self.settings.model_dump_json()])

    def _unpacked(self, content: bytes | None, name: str, read: Reader) -> Kept | None:
        if content is None:
            return None
        try:
            data = json.loads(zlib.decompress(content))
            counted = selection_of(data["whole"], self.as_of)
            shown = data["shown"]
            marks = bytes.fromhex(data["marks"])
            return Kept(
                data["id"],
                name,
                counted,
                selection_of(shown, self.as_of) if shown else counted,
                cache(lambda: self._shown(read())),
                tuple(data["same"]),
                tuple((_day(day), item) for day, item in data["days"]),
                tuple(marks[place : place + MARK] for place in range(0, len(marks), MARK)),
            )
        except _UNUSABLE:
            return None


def _latest(evaluation: Evaluation, as_of: date) -> Iterator[tuple[date, str]]:
    """The days by one on which most lately something was recorded, in their order, as many as a page tells at most."""
    days = {(entry.date, item) for item, entries in histories(evaluation) for entry in entries}
    known = sorted(one for one in days if one[0] <= as_of)
    yield from sorted(nlargest(MOST_NEWS, known, key=itemgetter(0)))


def _packed(kept: Kept) -> bytes:
    """What is kept, with a checksum, and not made smaller: it is asked for at every build."""
    same = all(
        one is other
        for rows, others in zip(_rows(kept.whole), _rows(kept.shown), strict=True)
        for one, other in zip(rows, others, strict=False)
    ) and all(
        len(rows) == len(others) for rows, others in zip(_rows(kept.whole), _rows(kept.shown), strict=True)
    )
    data = {
        "id": kept.evaluation,
        "whole": data_of(kept.whole),
        "shown": None if same else data_of(kept.shown),
        "same": kept.same,
        "days": [(day.isoformat(), item) for day, item in kept.days],
        "marks": b"".join(kept.marks).hex(),
    }
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return zlib.compress(text.encode("ascii"), zlib.Z_NO_COMPRESSION)


def _marks(whole: Selection, shown: Selection) -> Iterator[bytes]:
    counted = {row.ref: row for row in whole.actions}
    for row in shown.actions:
        above, top = row.parent, row.parent.parent
        said = [as_json(row), counted[row.ref].open, above.title, above.text, top.title, top.organisation]
        yield hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).digest()[:MARK]


def _rows(selection: Selection) -> tuple[Sequence[object], ...]:
    return selection.evaluations, selection.recommendations, selection.actions


_day = cache(parse_day)
