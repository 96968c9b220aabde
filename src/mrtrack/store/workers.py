"""Work on many files in chunks, on all cores; what leaves a worker is small."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

CHUNK = 25
MANY_FILES = 100
MANY_BYTES = 4_000_000

T = TypeVar("T")
R = TypeVar("R")


def workers_for(root: Path, paths: Sequence[str]) -> int:
    """How many processes to spread files over: one for each core where they are many or large, else one."""
    cores = os.cpu_count() or 1
    if cores == 1 or len(paths) < 2:
        return 1
    if len(paths) >= MANY_FILES:
        return cores
    large = sum(_size(root / path) for path in paths) >= MANY_BYTES
    return min(cores, len(paths)) if large else 1


def in_chunks(work: Callable[[Sequence[T]], R], items: Sequence[T], workers: int) -> Iterator[R]:
    """What the work gives for each chunk of the items, in their order; with one worker, in this process.

    A chunk is worked on without collecting garbage: records hold no circles. The first item is worked on here,
    so that what the work loads and makes once is there before the workers are.
    """
    if workers == 1:
        yield from (_uncollected(work, chunk) for chunk in _chunks(items, 0, workers))
        return
    yield _uncollected(work, items[:1])
    chunks = list(_chunks(items, 1, workers))
    import multiprocessing  # noqa: PLC0415 - heavy, and only many records need it
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - the same
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - the same
    from functools import partial  # noqa: PLC0415 - the same

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    done = 0
    try:
        with ProcessPoolExecutor(workers, context, gc.freeze) as pool:
            for outcome in pool.map(partial(_uncollected, work), chunks):
                yield outcome
                done += 1
    except BrokenProcessPool:
        # A worker was killed, as by a system that is short of memory: this process does the rest.
        for chunk in chunks[done:]:
            yield _uncollected(work, chunk)


def _chunks(items: Sequence[T], start: int, workers: int) -> Iterator[Sequence[T]]:
    """The items from a position on, in chunks that grow smaller towards the end, so that no worker waits for long."""
    while start < len(items):
        size = max(1, min(CHUNK, (len(items) - start) // (2 * workers)))
        yield items[start : start + size]
        start += size


def _uncollected(work: Callable[[Sequence[T]], R], chunk: Sequence[T]) -> R:
    collecting = gc.isenabled()
    gc.disable()
    try:
        return work(chunk)
    finally:
        if collecting:
            gc.enable()


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0
