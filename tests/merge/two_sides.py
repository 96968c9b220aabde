"""What tests of merging share: one record, and sides made of it by exact changes of its text."""

from typing import Any

from mrtrack.merge.merging import Merged, merge
from mrtrack.model.settings import Settings
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import Reading, read
from waterworks import WATER

PATH = "records/water-2021.yaml"
RECORD = WATER
LAST_OF_1_1 = "              The meeting was moved to follow the budget.\n"
LAST_OF_1_4 = "          - date: 2021-05-04\n            by: M&E unit\n            status: completed\n"


def changed(*changes: tuple[str, str], text: str = RECORD) -> bytes:
    """The record with stretches of its text replaced, each of which stands there once."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.encode()


def entry(day: str, *lines: str, by: str = "M&E unit") -> str:
    """An entry in the history of an action, as text."""
    return "".join(
        f"            {line}\n" if nth else f"          - {line}\n"
        for nth, line in enumerate((f"date: {day}", f"by: {by}", *lines))
    )


def after_1_1(*entries: str) -> tuple[str, str]:
    """The change that adds entries to action 1.1."""
    return LAST_OF_1_1, LAST_OF_1_1 + "".join(entries)


def merged(ours: bytes, theirs: bytes, base: bytes | None = RECORD.encode()) -> Merged:
    """The merge of two sides; where it is one without conflicts, it is a valid record."""
    result = merge(base, ours, theirs, PATH)
    if not result.conflicts:
        assert [problem for problem in check(as_read(result), Settings()) if is_error(problem)] == []
    return result


def as_read(result: Merged) -> Reading:
    """What a merged file says."""
    assert result.content is not None, result.conflicts
    return read(result.content, PATH)


def both_ways(ours: bytes, theirs: bytes, base: bytes | None = RECORD.encode()) -> Reading:
    """What a merge without conflicts says; the other way round it says the same."""
    one, other = merged(ours, theirs, base), merged(theirs, ours, base)
    assert one.conflicts == other.conflicts == ()
    assert as_read(one).evaluation == as_read(other).evaluation
    return as_read(one)


def told(result: Merged) -> list[tuple[str, str]]:
    """Where the conflicts are, and what is told of them."""
    return [(conflict.place, conflict.message) for conflict in result.conflicts]


def new_lines(before: bytes, result: Merged) -> list[str]:
    """The lines that a merge put into a text; it took none out."""
    assert result.content is not None
    rest = result.content.decode().splitlines()
    found: list[str] = []
    for line in before.decode().splitlines():
        while rest and rest[0] != line:
            found.append(rest.pop(0))
        assert rest, line
        rest.pop(0)
    return found + rest


def action(reading: Reading, ref: str) -> Any:
    """An action of what was read."""
    assert reading.evaluation
    found = [
        one
        for recommendation in reading.evaluation.recommendations or ()
        for one in recommendation.actions or ()
        if one.id == ref
    ]
    assert len(found) == 1, ref
    return found[0]
