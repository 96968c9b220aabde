"""Checking many records, on all cores and in little memory: read, checked and let go, a chunk at a time.

What leaves a worker is small: problems, and the sketches that records are checked by beside each other.
"""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from mrtrack.problems import Problem
from mrtrack.rules.checking import check_record, check_sketches, under_check
from mrtrack.rules.sketch import Sketch, sketch
from mrtrack.store.records import Repository

CHUNK = 25
MANY_FILES = 100
MANY_BYTES = 4_000_000

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
    for outcome in _outcomes(repository, paths, today, workers or _workers(repository, paths)):
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


def _workers(repository: Repository, paths: Sequence[str]) -> int:
    cores = os.cpu_count() or 1
    if cores == 1 or len(paths) < 2:
        return 1
    if len(paths) >= MANY_FILES:
        return cores
    large = sum(_size(repository.root / path) for path in paths) >= MANY_BYTES
    return min(cores, len(paths)) if large else 1


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _outcomes(
    repository: Repository, paths: Sequence[str], today: date | None, workers: int
) -> Iterator[_Outcome]:
    size = max(1, min(CHUNK, len(paths) // workers))
    chunks = [paths[start : start + size] for start in range(0, len(paths), size)]
    if workers == 1:
        for chunk in chunks:
            yield _check_chunk(repository, today, chunk)
        return
    import multiprocessing  # noqa: PLC0415 - heavy, and only many records need it
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - the same
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - the same

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    done = 0
    try:
        with ProcessPoolExecutor(workers, context, gc.freeze) as pool:
            for outcome in pool.map(partial(_check_chunk, repository, today), chunks):
                yield outcome
                done += 1
    except BrokenProcessPool:
        # A worker was killed, as by a system that is short of memory: this process does the rest.
        for chunk in chunks[done:]:
            yield _check_chunk(repository, today, chunk)


def _check_chunk(repository: Repository, today: date | None, paths: Sequence[str]) -> _Outcome:
    """Check some records. Records hold no circles, so that nothing is to be collected while one is checked."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        outcome = _Outcome([], len(paths), [], [])
        for path in paths:
            record = under_check(repository.reading_of(path), repository.settings, today)
            outcome.problems.extend(check_record(record))
            outcome.sketches.append(sketch(record))
            if record.evaluation is None and record.reading.first_problem:
                outcome.unread.append(record.reading.first_problem)
        return outcome
    finally:
        if collecting:
            gc.enable()


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
