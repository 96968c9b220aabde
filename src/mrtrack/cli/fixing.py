"""`check --fix`: the safe repairs of many records, each written as any other change is."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mrtrack.source.reader import Reading
    from mrtrack.store.records import Repository
    from mrtrack.store.writing import Written


@dataclass(frozen=True, slots=True)
class Mended:
    """One record as it was written, and what was repaired in it, in words."""

    written: "Written"
    told: tuple[str, ...]


def fix_all(
    repository: "Repository", readings: "Iterable[Reading]", *, dry_run: bool = False
) -> list[Mended]:
    """Repair what is safe in each record that needs it; the others are not touched.

    Raises:
        Refused: where a record cannot be written; those before it are.
    """
    from mrtrack.rules.fixing import Fixed, fixes
    from mrtrack.store.writing import rewrite

    mended: list[Mended] = []
    for reading in readings:
        if not fixes(reading, repository.settings).told:
            continue
        last: list[Fixed] = []

        def change(now: "Reading", last: list[Fixed] = last) -> "Reading":
            last.append(fixes(now, repository.settings))
            return last[-1].reading

        written = rewrite(repository, reading.path, change, dry_run=dry_run)
        mended.append(Mended(written, last[-1].told))
    return mended
