"""An account in words: the summary of a source, and what became of each of its lines; pure text."""

from collections.abc import Iterator, Sequence

from mrtrack.importers.account import FATES, FIELD, Account, AccountLine
from mrtrack.importers.draft import Fate

_NUMBER = 6
_WHAT = 34
_MOST = 5


def summary(account: Account) -> list[str]:
    """A few lines about a source: how many of its lines are in the record, and what was mended and judged."""
    counts = account.counts
    others = (Fate.FURNITURE, Fate.REPEATED, Fate.WITHHELD)
    told = [f"{fate} {counts[fate]}" for fate in map(str, others) if counts.get(fate)]
    in_record = ", ".join([f"in the record {counts.get(FIELD, 0)}", *told])
    lines = [
        f"{account.source}: {account.kind}, {len(account.lines)} lines",
        f"  {in_record}; left over {counts.get(Fate.LEFT_OVER, 0)}",
    ]
    lines += _some("repaired", [_at(one.line, one.what) for one in account.repairs])
    lines += _some("judged", [_at(one.line, one.what) for one in account.notes])
    left = [_at(line.number, _clipped(line.left_over), line.place) for line in account.left_over]
    return [*lines, *_some("left over", left)]


def whole(account: Account) -> str:
    """The whole account as text: the summary with nothing left out, then every line of the source."""
    parts = [
        f"{account.source}: {account.kind} ({account.format}), {len(account.lines)} lines with words",
        *(f"{fate}: {account.counts.get(fate, 0)} lines" for fate in FATES),
        "",
        "Repaired",
        *(f"  {_at(one.line, one.what)}" for one in account.repairs),
        *([] if account.repairs else ["  nothing"]),
        "",
        "Judged",
        *(f"  {_at(one.line, one.what)}" for one in account.notes),
        *([] if account.notes else ["  nothing"]),
        "",
        "What became of every line",
        *(_beside(line) for line in account.lines),
    ]
    return "\n".join(parts) + "\n"


def became(line: AccountLine) -> str:
    """What became of a line in a few words: its fields, else why it is in none."""
    fields = list(dict.fromkeys(one.where for one in line.stretches if one.fate == FIELD))
    others = list(_others(line, with_labels=not fields))
    return ", ".join([*fields, *others])


def _others(line: AccountLine, *, with_labels: bool) -> Iterator[str]:
    told: set[str] = set()
    for one in line.stretches:
        if one.fate == FIELD or (one.fate == Fate.FURNITURE and not with_labels):
            continue
        what = {Fate.LEFT_OVER: "LEFT OVER", Fate.FURNITURE: f"({one.where})"}.get(
            Fate(one.fate), f"{one.fate}: {one.where}"
        )
        if what not in told:
            told.add(what)
            yield what


def _beside(line: AccountLine) -> str:
    place = f" [{line.place}]" if line.place else ""
    return f"{line.number:>{_NUMBER}}  {became(line):<{_WHAT}}  {line.text}{place}"


def _some(heading: str, lines: Sequence[str]) -> list[str]:
    """The first lines under a heading, and how many more there are."""
    if not lines:
        return []
    more = [f"    and {len(lines) - _MOST} more: see --report"] if len(lines) > _MOST else []
    return [f"  {heading}:", *(f"    {line}" for line in lines[:_MOST]), *more]


def _at(number: int, what: str, place: str = "") -> str:
    where = place or (f"line {number}" if number else "")
    return f"{where}: {what}" if where else what


def _clipped(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
