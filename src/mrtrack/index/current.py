"""The index of a repository as it is now: opened, brought up to date where files changed, or not to be had.

`MRTRACK_INDEX=off` does without it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from mrtrack.config.regular import opened_regular, regular_content
from mrtrack.config.root import LARGEST_SETTINGS, SETTINGS_FILE
from mrtrack.index import database, kept_settings
from mrtrack.index.answers import IndexAnswers
from mrtrack.index.database import UNUSABLE, Odd
from mrtrack.index.listing import SUFFIX, listing, stat_of, unpacked
from mrtrack.index.summing import kept_tally
from mrtrack.index.totals import count_day, latest
from mrtrack.store.place import SWITCH

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from mrtrack.index.listing import Listing
    from mrtrack.model.record import Evaluation
    from mrtrack.model.settings import Settings
    from mrtrack.problems import Problem
    from mrtrack.store.records import Repository

FAILED = (*UNUSABLE, Odd, ValueError, KeyError, TypeError)
"""What asking the index may raise where it is odd after all; then records are read as if there was none."""


class Index:
    """An index that fits the files as they were listed. It holds until `close`; nobody writes it meanwhile."""

    def __init__(self, root: Path, connection: sqlite3.Connection, now: Listing) -> None:
        self.root, self._connection, self._now = root, connection, now
        self._answers: dict[date, IndexAnswers] = {}
        about = "SELECT key, value FROM about WHERE key IN ('settings', 'settings_problem')"
        self._about: dict[str, Any] = dict(connection.execute(about))
        self.settings: Settings = kept_settings.loaded(self._about["settings"])

    @cached_property
    def unread(self) -> list[Problem]:
        """The first problem of mrtrack.toml, and of each record that could not be read."""
        asked = "SELECT problem FROM files WHERE problem IS NOT NULL ORDER BY file"
        told = [self._about["settings_problem"], *(text for (text,) in self._connection.execute(asked))]
        found = [one for one in map(json.loads, told) if one]
        if not found:
            return []
        from mrtrack.problems import Problem, Severity  # noqa: PLC0415 - where all could be read, nothing asks

        return [Problem(**{**one, "severity": Severity(one["severity"])}) for one in found]

    @property
    def names(self) -> dict[str, str]:
        """The path of each record by the name of its evaluation; of those without an id, by that of the file."""
        asked = "SELECT path, id FROM files LEFT JOIN evaluations USING (file) ORDER BY file"
        found = [(os.fsdecode(path), name) for path, name in self._connection.execute(asked)]
        return {name or path.rpartition("/")[2].rpartition(".")[0]: path for path, name in found}

    def evaluation(self, name: str) -> Evaluation | None:
        """The evaluation of a name, lean: the record whose file is called so, else the last of this id.

        None where there is none that could be read.
        """
        file = self._file_called(name)
        if file is None:
            asked = "SELECT max(file) FROM evaluations WHERE id = ?"
            (file,) = self._connection.execute(asked, [name]).fetchone()
        known = "SELECT 1 FROM records WHERE file = ?"
        if file is None or not self._connection.execute(known, [file]).fetchone():
            return None
        from mrtrack.index.records import kept_evaluation  # noqa: PLC0415 - counts do without

        return kept_evaluation(self._connection, file, self._content)

    def _file_called(self, name: str) -> int | None:
        """The first file of this name, unless its record has another id."""
        end = f"/{name}{SUFFIX}"
        path = next((path for path in self._now.paths if path.endswith(end)), None)
        if path is None:
            return None
        asked = "SELECT file, id FROM files LEFT JOIN evaluations USING (file) WHERE path = ?"
        file, known = self._connection.execute(asked, [os.fsencode(path)]).fetchone()
        return int(file) if known in (name, None) else None

    @property
    def empty(self) -> bool:
        """Whether there is no record at all."""
        return not self._now.packed

    def answers(self, as_of: date) -> IndexAnswers:
        """Who answers as of a day."""
        if as_of not in self._answers:
            days = self.settings.days
            self._answers[as_of] = IndexAnswers(self._connection, self._content, as_of, days)
        return self._answers[as_of]

    def keep_day(self, day: date) -> None:
        """Keep what tells the totals of a day, where it is not kept; where that cannot be, answers are slower."""
        limits = self.settings.days
        days = limits.long_overdue, limits.due_soon, limits.stale
        if latest(self._connection) > day.toordinal():
            from mrtrack.index import turns  # noqa: PLC0415 - only past days need them

            if not turns.is_kept(self._connection, days):
                self._write(lambda connection: turns.keep(connection, days))
        elif not kept_tally(self._connection, day, days):
            self._write(lambda connection: count_day(connection, day, days))

    def keep_words(self, progress: Callable[[str, int], Any]) -> None:
        """Complete the full text; where that cannot be, answers are slower."""
        from mrtrack.index import texts  # noqa: PLC0415 - only questions about words need it

        files = texts.missing(self._connection)
        if files:
            with progress("Reading words", len(files)) as advance:
                self._write(lambda connection: texts.complete(connection, self.root, advance))

    def close(self) -> None:
        """Let others write; what could not be read is still known afterwards."""
        with contextlib.suppress(sqlite3.ProgrammingError):
            _ = self.unread
        self._connection.close()

    def _write(self, change: Callable[[sqlite3.Connection], None]) -> None:
        """Write into the index, and open it again.

        Raises:
            Odd: where somebody else wrote it meanwhile.
        """
        self._connection.close()
        with (
            contextlib.suppress(*UNUSABLE),
            database.locked(self.root),
            database.written(self.root, anew=False) as connection,
        ):
            self._demand_same(connection)
            change(connection)
        self._connection = database.opened(self.root)
        self._answers.clear()
        self._demand_same(self._connection)

    def _demand_same(self, connection: sqlite3.Connection) -> None:
        asked = "SELECT value FROM about WHERE key = 'stats'"
        if connection.execute(asked).fetchone()[0] != self._now.stats:
            raise Odd

    def _content(self, path: str) -> bytes:
        """The bytes of a record.

        Raises:
            Odd: where the file is no longer the one that was listed.
        """
        with opened_regular(self.root / path) as file:
            if self._now.stat_of(path) != stat_of(os.fstat(file.fileno())):
                raise Odd
            return file.readall()


class _Past(NamedTuple):
    """An index that tells of files as they were: how they are now, and what of it still holds."""

    now: Listing
    about: dict[str, Any]


def current(
    root: Path, repository: Callable[[], Repository], progress: Callable[[str, int], Any]
) -> Index | None:
    """The index of a repository, up to date; None where it is switched off or cannot be used.

    `repository` is opened only where something must be read; `progress` then tells how far that is.
    """
    if os.environ.get(SWITCH) == "off":
        return None
    try:
        found = _fresh(root)
        if isinstance(found, _Past):
            found = _followed(root, found, progress)
        return found or _renewed(root, repository, progress)
    except FAILED:
        return None


def _fresh(root: Path) -> Index | _Past | None:
    """The index, if it is there and nothing changed since; else what of it still holds."""
    toml = _settings_content(root)
    try:
        connection = database.opened(root)
    except Odd:
        return None
    about = dict(connection.execute("SELECT key, value FROM about WHERE key NOT IN ('day', 'texts')"))
    past = None
    if about["toml"] == toml:
        now = listing(root, about["records"])
        same = about["stats"] == now.stats and about["paths"] == now.packed
        if same and _unchanged(root, connection, about):
            return Index(root, connection, now)
        past = _Past(now, about)
    connection.close()
    return past


def _unchanged(root: Path, connection: sqlite3.Connection, about: dict[str, Any]) -> bool:
    """Whether files so young that a change may have left no trace hold what was read.

    Those that could not be read are among them; what kept them from being read may have gone without a trace.
    """
    young = unpacked(about["young"])
    if not young:
        return True
    most = kept_settings.loaded(about["settings"]).limits.bytes
    for path in young:
        digest = connection.execute("SELECT digest FROM files WHERE path = ?", [os.fsencode(path)]).fetchone()
        if not digest or _digest(root / path, most) != digest[0]:
            return False
    return True


def _digest(path: Path, most: int) -> bytes:
    """The digest of a record's content; none of what is no file, is too large, or cannot be read."""
    from mrtrack.store.blobs import blob_id  # noqa: PLC0415 - few files are young

    try:
        return blob_id(regular_content(path, most))
    except OSError:
        return b""


def _followed(root: Path, past: _Past, progress: Callable[[str, int], Any]) -> Index | None:
    """The index after what changed was read, where mrtrack.toml is the same; None where that cannot be."""
    from mrtrack.index.filling import Source, fill  # noqa: PLC0415 - only a change needs it

    source = Source(root, *json.loads(past.about["source"]))
    asked = "SELECT key, value FROM about WHERE key IN ('toml', 'source')"
    same = [past.about["toml"], past.about["source"]]
    with database.locked(root), contextlib.suppress(Odd, *UNUSABLE):
        with database.written(root, anew=False) as connection:
            kept = dict(connection.execute(asked))
            if [kept["toml"], kept["source"]] != same:
                raise Odd
            fill(connection, source, past.now, progress)
        return Index(root, database.opened(root), past.now)
    return None


def _renewed(root: Path, repository: Callable[[], Repository], progress: Callable[[str, int], Any]) -> Index:
    """The index after mrtrack.toml and what changed were read; a new one where the old one is of no use."""
    from mrtrack.index.filling import Source, fill  # noqa: PLC0415 - only a change needs it
    from mrtrack.model.shape import record_shape  # noqa: PLC0415 - the same
    from mrtrack.source.kinds import UNREADABLE  # noqa: PLC0415 - the same
    from mrtrack.source.sound import plan_of  # noqa: PLC0415 - the same

    toml = _settings_content(root)
    whole = repository()
    settings = whole.settings
    if any(problem.code == UNREADABLE.code for problem in whole.settings_problems):
        raise Odd
    decisive = kept_settings.decisive(settings)
    now = listing(root, settings.records)
    source = Source(root, plan_of(record_shape()), settings.limits.model_dump(), settings.days.response)

    def renew(*, anew: bool) -> None:
        with database.written(root, anew=anew) as connection:
            kept = connection.execute("SELECT value FROM about WHERE key = 'decisive'").fetchone()
            if kept and kept[0] != decisive:
                raise Odd
            fill(connection, source, now, progress)
            broken = next((one for one in whole.settings_problems if one.severity == "error"), None)
            _note_settings(connection, settings, toml, broken)
            put = "INSERT OR REPLACE INTO about VALUES ('source', ?)"
            connection.execute(put, [json.dumps(source[1:])])

    with database.locked(root):
        try:
            renew(anew=False)
        except (Odd, *UNUSABLE):
            renew(anew=True)
        return Index(root, database.opened(root), now)


def _note_settings(
    connection: sqlite3.Connection, settings: Settings, toml: bytes | None, broken: Problem | None
) -> None:
    from dataclasses import asdict  # noqa: PLC0415 - only a change needs it

    rows = [
        ("toml", toml),
        ("records", settings.records),
        ("decisive", kept_settings.decisive(settings)),
        ("settings", kept_settings.dumped(settings)),
        ("settings_problem", json.dumps(asdict(broken) if broken else None)),
    ]
    connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", rows)


def _settings_content(root: Path) -> bytes | None:
    """The settings as they are written; None where there are none.

    Raises:
        OSError: where they cannot be read, so that nobody can tell.
    """
    try:
        return regular_content(root / SETTINGS_FILE, LARGEST_SETTINGS)
    except FileNotFoundError:
        return None
