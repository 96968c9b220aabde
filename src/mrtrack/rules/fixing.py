"""What of a record's problems is safe to repair, repaired and proven: the same data, few lines, all comments.

Never touched: the entries of a history, what cannot be read, what was accepted or whose rule is off. The
present is written from the log, never the log from the present. Pure: nothing is written to a file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mrtrack.edit.layout import new_record
from mrtrack.edit.operations import EditRefused, Operation, Remove, Set
from mrtrack.edit.splice import splice
from mrtrack.edit.tidying import comments, in_order, quoted, trailing_spaces, without_trailing_spaces
from mrtrack.edit.verify import encode, verify
from mrtrack.model.spellings import folded
from mrtrack.problems import is_error
from mrtrack.rules import agreement, entries, layout
from mrtrack.rules.checking import check, counting, under_check
from mrtrack.source.places import ref_at
from mrtrack.source.reader import Reading, read
from mrtrack.source.tree import Scalar, find, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mrtrack.model.settings import Settings
    from mrtrack.model.shape import Path
    from mrtrack.rules.rule import RecordUnderCheck, Rule

_NAMED = 8


@dataclass(frozen=True, slots=True)
class Fixed:
    """A record after its repairs, and what was repaired, in words; nothing was where these are none."""

    reading: Reading
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Repair:
    """One repair at one path, its name for a person, and what it changes of the data."""

    path: Path
    name: str
    operations: tuple[Operation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Step:
    """One sort of repair: which are due, the text with some of them made, and how they are told."""

    due: Callable[[RecordUnderCheck], Iterator[_Repair]]
    make: Callable[[Reading, Sequence[_Repair]], str]
    tell: Callable[[Sequence[_Repair]], Iterator[str]]


def fixes(reading: Reading, settings: Settings) -> Fixed:
    """A record with everything repaired that is safe to repair; one that cannot be read stays as it is."""
    told: list[str] = []
    if reading.evaluation is None:
        return Fixed(reading, ())
    record = under_check(reading, settings)
    for step in _STEPS:
        repairs = list(step.due(record))
        if repairs:
            reading, made = _made(reading, settings, step, repairs)
            record = under_check(reading, settings)
            told += step.tell(made) if made else ()
    return Fixed(reading, tuple(told))


def _made(
    reading: Reading, settings: Settings, step: _Step, repairs: Sequence[_Repair]
) -> tuple[Reading, list[_Repair]]:
    """The record after as many of the repairs as can be proven, all at once where that goes."""
    try:
        return _proven(reading, settings, step, repairs), list(repairs)
    except EditRefused:
        if len(repairs) == 1:
            return reading, []
    half = len(repairs) // 2
    reading, first = _made(reading, settings, step, repairs[:half])
    reading, second = _made(reading, settings, step, repairs[half:])
    return reading, first + second


def _proven(before: Reading, settings: Settings, step: _Step, repairs: Sequence[_Repair]) -> Reading:
    """The record after repairs, read again by both readers.

    Raises:
        EditRefused: where the result says anything else than was meant, loses a comment, or is not valid.
    """
    text = step.make(before, repairs)
    content = text.encode() if step is _MARKS else encode(before, text)
    after = read(content, before.path, settings.limits)
    verify(before, after, [operation for repair in repairs for operation in repair.operations])
    if not (before.tree and after.tree) or comments(before.text, before.tree) != comments(text, after.tree):
        raise EditRefused((), "a comment would be lost", "change these lines in an editor")
    new = _errors(after, settings) - _errors(before, settings)
    if new:
        raise EditRefused((), "the repaired record would not be valid", "change these lines in an editor")
    return after


def _errors(reading: Reading, settings: Settings) -> Counter[tuple[str, str, str]]:
    found = filter(is_error, check(reading, settings))
    return Counter((problem.code, problem.ref, problem.message) for problem in found)


def _marks(record: RecordUnderCheck) -> Iterator[_Repair]:
    if record.reading.content.startswith(b"\xef\xbb\xbf"):
        yield _Repair((), "the byte order mark at the beginning is gone")
    if "\r\n" in record.reading.text:
        yield _Repair((), "lines end with LF instead of CR LF")


def _spaces(record: RecordUnderCheck) -> Iterator[_Repair]:
    lines = trailing_spaces(record.reading.text, record.tree) if record.tree else []
    if lines:
        count = f"{len(lines):,} lines" if len(lines) > 1 else "1 line"
        yield _Repair((), f"spaces at the end of {count} are gone")


def _without_spaces(reading: Reading, _: Sequence[_Repair]) -> str:
    if reading.tree is None:
        return reading.text
    return without_trailing_spaces(reading.text, trailing_spaces(reading.text, reading.tree))


def _unquoted(record: RecordUnderCheck) -> Iterator[_Repair]:
    for finding in counting(record, layout.unquoted_number):
        yield _Repair(finding.path, record.text(*finding.path))


def _in_brackets(record: RecordUnderCheck) -> Iterator[_Repair]:
    for rule in (layout.flow_list, layout.flow_block):
        for finding in counting(record, rule):
            value = Set(finding.path, plain(find(record.tree, finding.path)))
            yield _Repair(finding.path, _name(record, finding.path), (value,))


def _out_of_order(record: RecordUnderCheck) -> Iterator[_Repair]:
    paths = dict.fromkeys(finding.path[:-1] for finding in counting(record, layout.key_order))
    for path in paths:
        yield _Repair(path, _name(record, path))


def _presents(record: RecordUnderCheck) -> Iterator[_Repair]:
    """The present of each history whose log is sound: in order, and without a correction of nothing."""
    doubtful = _doubtful(record)
    for history in record.histories:
        for key in history.keys:
            otherwise = agreement.told_otherwise(history, key)
            if otherwise is None or history.item in doubtful:
                continue
            written, value = getattr(history.present, key), otherwise[1]
            path = (*history.item, key)
            was = f"was {written}" if written else "was not written"
            now = f"is {value}" if value else "is taken out"
            change: Operation = Set(path, str(value)) if value else Remove(path)
            told = f"{_ref(record, path)}: {key} {now}, as the history says ({was})"
            yield _Repair(path, told, (change,))


def _doubtful(record: RecordUnderCheck) -> set[Path]:
    rules: tuple[Rule, ...] = (entries.entries_out_of_order, entries.corrects_nothing)
    return {finding.path[:-3] for rule in rules for finding in rule.find(record)}


def _aliases(record: RecordUnderCheck) -> Iterator[_Repair]:
    """Units under another declared spelling, where no entry names the lead: the log stays as it was written."""
    logged = {history.item for history in record.histories if history.naming("responsible") is not None}
    for action in record.actions:
        if action not in logged:
            yield from _renamed(record, [(*action, "responsible")])
        below = find(record.tree, (*action, "supported_by"))
        count = len(getattr(below, "items", ()))
        yield from _renamed(record, [(*action, "supported_by", index) for index in range(count)])


def _renamed(record: RecordUnderCheck, paths: Sequence[Path]) -> Iterator[_Repair]:
    written = {path: record.text(*path) for path in paths}
    taken = {folded(text) for text in written.values()}
    for path, text in written.items():
        name = record.settings.unit_names.get(folded(text))
        if name is None or name == text:
            continue
        if folded(name) != folded(text):
            if folded(name) in taken:
                continue
            taken.add(folded(name))
        key = next(step for step in reversed(path) if isinstance(step, str))
        yield _Repair(path, f"{_ref(record, path)}: {key} is “{name}” (was “{text}”)", (Set(path, name),))


def _ref(record: RecordUnderCheck, path: Path) -> str:
    return ref_at(record.data, path) or record.reading.path


def _name(record: RecordUnderCheck, path: Path) -> str:
    inner = ref_at(record.data, path).partition(":")[2]
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    whole = find(record.tree, path)
    is_item = inner and path and isinstance(path[-1], int) and not isinstance(whole, Scalar)
    of_list = key in ("recommendations", "actions")
    return (inner if is_item and of_list else f"{inner} {key}".strip()) or "the record"


def _spliced(reading: Reading, repairs: Sequence[_Repair]) -> str:
    operations = [operation for repair in repairs for operation in repair.operations]
    if [operation.path for operation in operations] == [()]:
        return new_record(reading.data)
    return splice(reading, operations)


def _each(repairs: Sequence[_Repair]) -> Iterator[str]:
    yield from (repair.name for repair in repairs)


def _together(what: str) -> Callable[[Sequence[_Repair]], Iterator[str]]:
    def tell(repairs: Sequence[_Repair]) -> Iterator[str]:
        names = list(dict.fromkeys(repair.name for repair in repairs))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"{what}: {', '.join(names[:_NAMED])}{more}"

    return tell


_MARKS = _Step(_marks, lambda reading, _: reading.text.replace("\r\n", "\n"), _each)
_STEPS = (
    _MARKS,
    _Step(_spaces, _without_spaces, _each),
    _Step(
        _unquoted,
        lambda reading, repairs: (
            quoted(reading.text, reading.tree, [repair.path for repair in repairs]) if reading.tree else ""
        ),
        _together("put in quotes"),
    ),
    _Step(_in_brackets, _spliced, _together("written one a line instead of in brackets")),
    _Step(
        _out_of_order,
        lambda reading, repairs: (
            in_order(reading.text, reading.tree, [repair.path for repair in repairs]) if reading.tree else ""
        ),
        _together("keys put in their order"),
    ),
    _Step(_presents, _spliced, _each),
    _Step(_aliases, _spliced, _each),
)
