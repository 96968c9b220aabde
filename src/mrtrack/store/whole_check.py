"""Checking many records, on all cores and in little memory: read, checked and let go, a chunk at a time.

What leaves a worker is small: problems, and the sketches that records are checked by beside each other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from mrtrack.problems import Problem
from mrtrack.rules.checking import check_record, check_sketches, under_check
from mrtrack.rules.sketch import Sketch, sketch
from mrtrack.store.records import Repository
from mrtrack.store.workers import in_chunks, workers_for

Progress = Callable[[int], None]
_Shared = dict[Any, Any]


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
    checked = Checked()
    sketches: list[Sketch] = []
    shared: _Shared = {}
    work = partial(_check_chunk, repository, today)
    for outcome in in_chunks(work, paths, workers or workers_for(repository.root, paths)):
        checked.problems += outcome.problems
        checked.records += outcome.records
        checked.unread += outcome.unread
        if together:
            sketches += (_sharing(one, shared) for one in outcome.sketches)
        progress(outcome.records)
    if together:
        settings = repository.settings
        checked.problems += check_sketches(
            sketches, settings, lambda path: under_check(repository.reading_of(path), settings, today)
        )
    return checked


def _check_chunk(repository: Repository, today: date | None, paths: Sequence[str]) -> _Outcome:
    outcome = _Outcome([], len(paths), [], [])
    for path in paths:
        record = under_check(repository.reading_of(path), repository.settings, today)
        outcome.problems.extend(check_record(record))
        outcome.sketches.append(sketch(record))
        if record.evaluation is None and record.reading.first_problem:
            outcome.unread.append(record.reading.first_problem)
    return outcome


def _sharing(one: Sketch, shared: _Shared) -> Sketch:
    """The same sketch, with what other sketches have too kept once: nearly all units and places do."""

    def same(value: Any) -> Any:  # noqa: ANN401 - names and paths alike
        return shared.setdefault(value, value)

    return one._replace(
        asked=same(one.asked),
        organisation=same(one.organisation),
        units=tuple(map(same, one.units)),
        proofs=tuple(map(same, one.proofs)),
    )
