"""Checking many records, on all cores and in little memory: read, checked and let go, a chunk at a time.

What leaves a worker is small: problems, and the sketches that records are checked by beside each other. Where
records are many, those that were checked before are not read again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from mrtrack.problems import Problem
from mrtrack.rules.checking import check_record, check_sketches, under_check
from mrtrack.rules.lasting import last_day
from mrtrack.rules.rule import RecordUnderCheck
from mrtrack.rules.sketch import Sketch, sketch
from mrtrack.store.blobs import blob_id
from mrtrack.store.known_findings import Found, KnownFindings, Row, known_findings
from mrtrack.store.records import Repository
from mrtrack.store.workers import MANY_FILES, in_chunks, workers_for

Progress = Callable[[int], None]
_Shared = dict[Any, Any]
_ROWS_AT_ONCE = 2_000


@dataclass
class Checked:
    """What checking found, how many records there were, and the first problem of each that could not be read."""

    problems: list[Problem] = field(default_factory=list)
    records: int = 0
    unread: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What checking one chunk gives."""

    problems: list[Problem]
    records: int
    unread: list[Problem]
    sketches: list[Sketch]
    rows: list[Row]


def check_records(
    repository: Repository,
    paths: Sequence[str],
    today: date | None,
    *,
    together: bool,
    workers: int | None = None,
    progress: Progress = lambda _: None,
) -> Checked:
    """Check the records at these paths, in their order; `together` checks them beside each other as well.

    The number of `workers` is chosen where it is not given: one for each core where records are many, else none
    but this process. `progress` is told after each chunk how many records it had.
    """
    checked, sketches = check_each(
        repository, paths, today, all_of_them=together, workers=workers, progress=progress
    )
    if together:
        settings = repository.settings
        checked.problems += check_sketches(
            sketches, settings, lambda path: under_check(repository.reading_of(path), settings, today)
        )
    return checked


def check_each(
    repository: Repository,
    paths: Sequence[str],
    today: date | None,
    *,
    all_of_them: bool,
    workers: int | None = None,
    progress: Progress = lambda _: None,
) -> tuple[Checked, list[Sketch]]:
    """Check the records at these paths each by itself, and give the sketches to check them by beside each other.

    `all_of_them` tells that there are no others: then what was kept of others is forgotten, and sketches are made.
    """
    checked = Checked()
    sketches: list[Sketch] = []
    shared: _Shared = {}
    rows: list[Row] = []
    grown = False
    known = None
    if today and len(paths) >= MANY_FILES:
        known = known_findings(repository.root, repository.settings, today)
    work = partial(_check_chunk, repository, today, known)
    for outcome in in_chunks(work, paths, workers or workers_for(repository.root, paths)):
        checked.problems += outcome.problems
        checked.records += outcome.records
        checked.unread += outcome.unread
        if all_of_them:
            sketches += (_sharing(one, shared) for one in outcome.sketches)
        if known:
            rows += outcome.rows
            if len(rows) >= _ROWS_AT_ONCE:
                known.keep(rows)
                rows.clear()
                grown = True
        progress(outcome.records)
    if known and (rows or grown):
        known.keep(rows, paths if all_of_them else None)
    return checked, sketches


def _check_chunk(
    repository: Repository, today: date | None, known: KnownFindings | None, paths: Sequence[str]
) -> _Outcome:
    outcome = _Outcome([], len(paths), [], [], [])
    answers = known.answers(paths) if known else {}
    for path in paths:
        content = repository.content_of(path)
        name = blob_id(content) if known and isinstance(content, bytes) else b""
        answer = answers.get(path, b"") if name else b""
        found = known.found(answer, path, name) if known and answer else None
        if found is None:
            record = under_check(repository.reading_of_content(path, content), repository.settings, today)
            found = _found(record)
            row = known.row(path, name, found, last_day(record)) if known and name else None
            outcome.rows.extend([row] if row else [])
        outcome.problems.extend(found.problems)
        outcome.sketches.append(found.sketch)
        outcome.unread.extend([found.unread] if found.unread else [])
    return outcome


def _found(record: RecordUnderCheck) -> Found:
    unread = record.reading.first_problem if record.evaluation is None else None
    return Found(check_record(record), unread, sketch(record))


def _sharing(one: Sketch, shared: _Shared) -> Sketch:
    """The same sketch, with what other sketches have too kept once: nearly all units and ids do."""

    def same(value: Any) -> Any:  # noqa: ANN401 - names and tuples alike
        return shared.setdefault(value, value)

    return one._replace(
        asked=same(one.asked),
        organisation=same(one.organisation),
        units=tuple(map(same, one.units)),
        proven=tuple(map(same, one.proven)),
    )
