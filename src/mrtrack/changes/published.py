"""The log as it may leave the repository: without internal entries and what `[publish] omit` names."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from mrtrack import timeline
from mrtrack.changes.history import HistoryRow, Wording, histories, history_rows
from mrtrack.model.record import Evaluation
from mrtrack.query.publishing import published


def published_history(
    evaluation: Evaluation, as_of: date, wording: Wording, omit: Iterable[str]
) -> list[HistoryRow]:
    """The entries for publication, recorded by a day, in the order of their days; `evaluation` is the whole record.

    An entry keeps its name, and whether it was corrected, be it by an entry that is left out.
    """
    shown = published(evaluation, omit)
    if shown is evaluation:
        return history_rows(evaluation, as_of, wording)
    internal = set(_internal(evaluation, as_of))
    told = history_rows(evaluation, as_of, wording)
    kept = dict(_numbered(row for row in told if (row.ref, str(row.entry)) not in internal))
    return [
        row._replace(entry=kept[place].entry, corrected=kept[place].corrected)
        for place, row in _numbered(history_rows(shown, as_of, wording))
    ]


def _internal(evaluation: Evaluation, as_of: date) -> Iterator[tuple[str, str]]:
    for ref, entries in histories(evaluation):
        for name, entry in timeline.names(entry for entry in entries if entry.date <= as_of):
            if entry.internal:
                yield ref, str(name)


def _numbered(rows: Iterable[HistoryRow]) -> Iterator[tuple[tuple[str, int], HistoryRow]]:
    """Each entry with what it is about, and which one of that history it is."""
    count: Counter[str] = Counter()
    for row in rows:
        count[row.ref] += 1
        yield (row.ref, count[row.ref]), row
