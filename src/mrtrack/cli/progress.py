"""A progress bar on stderr, for work that takes longer than a second while a person is watching."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

_SECONDS = 1.0


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Give a function that is told how many more are done; the bar is gone when the work is."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    bar = _Bar(what, total)
    try:
        yield bar.advance
    finally:
        bar.close()


class _Bar:
    """A bar that is not there for the first second, so that quick work shows none."""

    def __init__(self, what: str, total: int) -> None:
        self.what, self.total, self.done = what, total, 0
        self.begun = time.monotonic()
        self.shown: Progress | None = None

    def advance(self, more: int) -> None:
        self.done += more
        if self.shown is None and time.monotonic() - self.begun > _SECONDS:
            self.shown = _shown(self.what, self.total)
        if self.shown is not None:
            self.shown.update(self.shown.task_ids[0], completed=self.done, refresh=True)

    def close(self) -> None:
        if self.shown is not None:
            self.shown.stop()


def _shown(what: str, total: int) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    shown = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    shown.add_task(what, total=total)
    shown.start()
    return shown
