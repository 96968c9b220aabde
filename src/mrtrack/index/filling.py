"""Bringing the index up to date: what changed is read, on all cores where it is much, and its rows take their place.

A file whose numbers changed is compared by its digest first; only another content is read. The digest is the one
that git gives to a content, so that an index made in another clone serves.
"""

from __future__ import annotations

import contextlib
import os
import time
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from mrtrack.index import totals, turns
from mrtrack.index.database import Odd
from mrtrack.index.kept_settings import kept_limits
from mrtrack.index.listing import BYTES, Known, Listing, packed, times, unpacked
from mrtrack.store.workers import in_chunks, workers_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from mrtrack.index.rows import Kept, Row

    Progress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]

GAP = 1 << 20


class Source(NamedTuple):
    """What files are read with: where they lie, a plan of sound records, and what limits and days are set."""

    root: Path
    plan: Any
    limits: dict[str, int]
    response_days: int


_YOUNG_NANOSECONDS = 2_000_000_000
_TABLES = (
    "files",
    "records",
    "evaluations",
    "evaluation_states",
    "recommendations",
    "recommendation_states",
    "actions_now",
    "actions_before",
    "texts",
    "worded",
)
_NAMES = ("organisation", "type", "countries", "tags", "priority", "lead", "support")


def changed_paths(known: Known, now: Listing) -> list[str]:
    """The paths whose file may be another than the one that was read; those that are gone are not among them."""
    if known.listing.packed == now.packed:
        stats = zip(_each(known.listing.stats), _each(now.stats), strict=True)
        moved = {path for path, (before, after) in zip(now.paths, stats, strict=True) if before != after}
        return sorted(moved | known.young)
    before = dict(zip(known.listing.paths, _each(known.listing.stats), strict=True))
    told = zip(now.paths, _each(now.stats), strict=True)
    return [path for path, one in told if path in known.young or before.get(path) != one]


def known_listing(database: sqlite3.Connection) -> Known:
    """The listing that the index was made from."""
    about = dict(database.execute("SELECT key, value FROM about WHERE key IN ('paths', 'stats', 'young')"))
    listing = Listing(about.get("paths", b""), about.get("stats", b""))
    return Known(listing, frozenset(unpacked(about.get("young", b""))))


def fill(
    database: sqlite3.Connection,
    source: Source,
    now: Listing,
    progress: Progress,
) -> None:
    """Make the index tell of the files as they were listed; `progress` tells how far that is.

    Raises:
        Odd: where new files find no room between others, so that the index must begin anew.
        sqlite3.Error: where it cannot be written.
    """
    began = time.time_ns()
    known = known_listing(database)
    paths = changed_paths(known, now)
    same = bool(now.packed) and known.listing.packed == now.packed
    files, digests = _files(database, paths if same else None)
    gone: set[str] = set() if same else files.keys() - set(now.paths)
    touched = [files[path] for path in (*gone, *paths) if path in files]
    followers = [kept.followed(database, touched) for kept in (totals, turns)]
    for path in gone:
        _remove(database, files.pop(path))
    if not same:
        _number(now.paths, files)
    names = _Names(database)
    moved: list[int] = []
    work = partial(_kept_of_many, source, digests)
    with progress("Reading", len(paths)) as advance:
        for chunk in in_chunks(work, paths, workers_for(source.root, paths)):
            advance(len(chunk))
            for kept in chunk:
                if not kept.digest or kept.digest != digests.get(kept.path):
                    if kept.path in digests:
                        _remove(database, files[kept.path])
                    _insert(database, files[kept.path], kept, names)
                    moved.append(files[kept.path])
    names.write()
    _note_listing(database, now, began, same_paths=same)
    for follow in followers:
        follow({*touched, *moved})


def _files(
    database: sqlite3.Connection, paths: Sequence[str] | None
) -> tuple[dict[str, int], dict[str, bytes]]:
    """The numbers and digests of some files, or of all."""
    files: dict[str, int] = {}
    digests: dict[str, bytes] = {}
    asked = "SELECT file, path, digest FROM files"
    if paths is not None and len(paths) <= totals.MANY:
        names = [os.fsencode(path) for path in paths]
        rows = database.execute(f"{asked} WHERE path IN ({', '.join('?' * len(names))})", names)
    else:
        rows = database.execute(asked)
    for file, path, digest in rows:
        name = os.fsdecode(path)
        files[name], digests[name] = file, digest
    return files, digests


def _kept_of_many(source: Source, digests: Mapping[str, bytes], paths: Sequence[str]) -> list[Kept]:
    from mrtrack.index.rows import Kept  # noqa: PLC0415 - only a change needs it
    from mrtrack.store.blobs import blob_id  # noqa: PLC0415 - the same
    from mrtrack.store.contents import file_content  # noqa: PLC0415 - the same

    found = []
    for path in paths:
        content = file_content(source.root / path, source.limits["bytes"])
        digest = b"" if isinstance(content, OSError) else blob_id(content)
        if digest and digest == digests.get(path):
            found.append(Kept(path, digest))
        else:
            found.append(_kept_of(source, path, content, digest))
    return found


def _kept_of(source: Source, path: str, content: bytes | OSError, digest: bytes) -> Kept:
    """What is kept of a file: the short way where nothing is wrong, else as the reader reads it."""
    from mrtrack.index.rows import Kept, kept_of, kept_of_sound  # noqa: PLC0415 - only a change needs it
    from mrtrack.source.sound import Unsure, sound_record  # noqa: PLC0415 - the same

    if isinstance(content, bytes):
        with contextlib.suppress(Unsure):
            record = sound_record(content, source.plan, kept_limits(source.limits))
            return kept_of_sound(record, content, Kept(path, digest), source.response_days)
    from mrtrack.model.settings import Limits  # noqa: PLC0415 - loads the models
    from mrtrack.store.records import reading_of  # noqa: PLC0415 - the same

    reading = reading_of(path, content, Limits(**source.limits))
    return kept_of(reading, digest, source.response_days)


def _number(paths: Sequence[str], files: dict[str, int]) -> None:
    """Give each new file a number between those of its neighbours, so that numbers are in the order of paths."""
    if not files:
        files.update((path, (position + 1) * GAP) for position, path in enumerate(paths))
        return
    taken = [files[path] for path in paths if path in files]
    if taken != sorted(taken):
        raise Odd
    last = 0
    for position, path in enumerate(paths):
        if path not in files:
            following = next((files[other] for other in paths[position + 1 :] if other in files), None)
            files[path] = last + GAP if following is None else (last + following) // 2
            if files[path] in (last, following):
                raise Odd
        last = files[path]


class _Names:
    """The numbers of names, kind by kind; new ones are written at the end."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._known: dict[tuple[str, str], int] = {
            (kind, text): name for name, kind, text in database.execute("SELECT name, kind, text FROM names")
        }
        self._written = len(self._known)

    def number(self, kind: str, text: str | None) -> int | None:
        """The number of a name; None for none."""
        return None if text is None else self._known.setdefault((kind, text), len(self._known) + 1)

    def write(self) -> None:
        """Write the names that are new."""
        new = list(self._known.items())[self._written :]
        self._database.executemany(
            "INSERT INTO names VALUES (?, ?, ?)", [(number, *key) for key, number in new]
        )


def _insert(database: sqlite3.Connection, file: int, kept: Kept, names: _Names) -> None:
    def put(table: str, rows: Iterable[Row]) -> None:
        listed = [(file, *row) for row in rows]
        if listed:
            marks = ", ".join("?" * len(listed[0]))
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", listed)

    put("files", [(os.fsencode(kept.path), kept.digest, kept.problem, _latest(kept))])
    if kept.evaluation is None:
        return
    put("records", [(kept.data,)])
    name, title, organisation, kind, countries, tags, required, due = kept.evaluation
    named = zip(_NAMES[:4], (organisation, kind, countries, tags), strict=True)
    put("evaluations", [(name, title, *(names.number(*pair) for pair in named), required, due)])
    put("evaluation_states", kept.evaluation_states)
    put(
        "recommendations",
        [
            (nth, names.number("priority", priority), counted)
            for nth, priority, counted in kept.recommendations
        ],
    )
    put("recommendation_states", kept.recommendation_states)
    put("actions_now", _with_names(kept.actions_now, 4, names))
    put("actions_before", _with_names(kept.actions_before, 5, names))


def _latest(kept: Kept) -> int:
    """The last day on which a state of the record began; 0 where it has none."""
    begun = (
        *(row[0] for row in kept.evaluation_states),
        *(row[1] for row in kept.recommendation_states),
        *(row[2] for row in kept.actions_now),
    )
    return max(begun, default=0)


def _with_names(rows: Iterable[Row], lead: int, names: _Names) -> Iterator[Row]:
    for row in rows:
        numbers = names.number("lead", row[lead]), names.number("support", row[lead + 1])
        yield (*row[:lead], *numbers, *row[lead + 2 :])


def _remove(database: sqlite3.Connection, file: int) -> None:
    for table in _TABLES:
        database.execute(f"DELETE FROM {table} WHERE file = ?", [file])


def _note_listing(database: sqlite3.Connection, now: Listing, began: int, *, same_paths: bool) -> None:
    (latest,) = database.execute("SELECT max(latest) FROM files").fetchone()
    limit = began - _YOUNG_NANOSECONDS
    asked = "SELECT path FROM files WHERE problem IS NOT NULL AND digest = x''"
    unread = {os.fsdecode(path) for (path,) in database.execute(asked)}
    told = zip(now.paths, times(now.stats), strict=True)
    young = [path for path, changed in told if max(changed) > limit or path in unread]
    rows = [("stats", now.stats), ("young", packed(young)), ("latest", latest or 0)]
    if not same_paths:
        rows.append(("paths", now.packed))
    database.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", rows)


def _each(stats: bytes) -> list[bytes]:
    """What the file system told of each file."""
    return [stats[place : place + BYTES] for place in range(0, len(stats), BYTES)]
