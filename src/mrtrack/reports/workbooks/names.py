"""The names of the files that units are sent: readable, plain letters, each once."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from mrtrack.model.plain import plain

_LONGEST = 60
_OTHER = re.compile("[^a-z0-9]+")


def file_stems(units: Iterable[str], day: date) -> Iterator[str]:
    """A name for each unit, without the ending: `field-office-2026-11-22`."""
    taken: set[str] = set()
    for unit in units:
        stem = _OTHER.sub("-", plain(unit))[:_LONGEST].strip("-") or "unit"
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        yield f"{name}-{day}"
