"""The garbage collector, spared by commands that are over soon."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_READING = 50_000
WRITING = 1_000_000
"""A write loads the models and both readers, which stay, and little besides."""


@contextmanager
def spared_collector(objects_between: int = _READING) -> Iterator[None]:
    """Spare the garbage collector what stays until the end: a short command is over before much is left."""
    gc.freeze()
    gc.set_threshold(objects_between)
    try:
        yield
    finally:
        gc.freeze()
