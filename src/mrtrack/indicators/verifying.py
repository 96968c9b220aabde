"""Whether a receipt still holds: its figures computed again, and the entries that it counted; pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mrtrack.indicators.catalogue import BY_ID
from mrtrack.indicators.receipts import Data, digest, entries_by, entries_told, places
from mrtrack.model.record import Evaluation


class Kind(StrEnum):
    """What a finding is about; a `note` is told, and takes nothing from the receipt."""

    RECEIPT = "receipt"
    COMMIT = "commit"
    FIGURE = "figure"
    HISTORY = "history"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that differs, in words, with the indicator, its group and the references that it is about."""

    kind: Kind
    text: str
    indicator: str | None = None
    group: str | None = None
    refs: tuple[str, ...] = ()


def seal(told: Data) -> Iterator[Finding]:
    """That the receipt is not as it was written, where it is not."""
    if digest(told) != told["digest"]:
        words = "the receipt was changed after it was made: its digest does not fit what it says"
        yield Finding(kind=Kind.RECEIPT, text=words)


def figure_findings(told: Data, anew: Data) -> Iterator[Finding]:
    """What differs between the figures of a receipt and those computed again from its commit."""
    for before, after in _pairs(told["figures"], anew.get("figures") or ()):
        name, group = _name(before or after)
        words = f"{name} in {group}" if group else name
        if before is None or after is None:
            lost = "is in the receipt only" if after is None else "is not in the receipt"
            yield Finding(kind=Kind.FIGURE, text=f"{words} {lost}", indicator=name, group=group)
            continue
        moved = _moved(places(before), places(after))
        if not moved and before.get("exact") == after.get("exact"):
            continue
        words += f": the receipt says {_told(before)}, computed again it is {_told(after)}"
        yield Finding(kind=Kind.FIGURE, text=words, indicator=name, group=group, refs=tuple(moved))
        for ref, change in moved.items():
            yield Finding(kind=Kind.FIGURE, text=f"{ref}: {change}", indicator=name, group=group, refs=(ref,))


def record_findings(told: Data, anew: Data) -> Iterator[Finding]:
    """The records of the commit that are not those which the receipt names."""
    known = {record.get("path"): record.get("sha256") for record in anew.get("records") or ()}
    for record in told["records"]:
        path = str(record.get("path"))
        if path not in known:
            words = f"{path}: the commit has no such record, or nothing of it was counted"
            yield Finding(kind=Kind.RECEIPT, text=words, refs=(str(record.get("evaluation")),))
        elif known[path] != record.get("sha256"):
            words = f"{path}: the commit holds another content than the receipt says"
            yield Finding(kind=Kind.RECEIPT, text=words, refs=(str(record.get("evaluation")),))


def history_findings(
    told: Data, present: Iterable[Evaluation], now: Data | None, unread: Collection[str]
) -> list[Finding]:
    """What became of the history of the receipt's day on the present branch.

    `present` are the records as they are now, and `now` is the receipt that they would give of that day; None
    where they cannot answer; `unread` are the paths that cannot be read now. What was recorded for that day since is
    no fault, and told.
    """
    as_of = date.fromisoformat(told["as_of"])
    here = {evaluation.id: entries_by(evaluation, as_of) for evaluation in present}
    lost: list[Finding] = []
    fresh: dict[str, list[str]] = {}
    for record in told["records"]:
        name = str(record.get("evaluation"))
        if name not in here and record.get("path") in unread:
            lost.append(_history(f"{name} cannot be read now, so that nothing of it can be compared", name))
            continue
        if name not in here:
            lost.append(_history(f"{name} is no longer there, with all that was recorded of it", name))
            continue
        then = entries_told(record)
        lost += _lost(then, here[name])
        fresh |= {ref: days for ref, marks in here[name].items() if (days := _days(marks, then.get(ref, ())))}
    named = {ref for finding in lost for ref in finding.refs}
    notes = [
        Finding(kind=Kind.NOTE, text=f"{ref}: recorded since, for that day: {', '.join(days)}", refs=(ref,))
        for ref, days in fresh.items()
    ]
    counted = list(_counted_otherwise(told, now, named, fresh)) if now else []
    return lost + counted + notes


def _lost(then: Mapping[str, list[str]], here: Mapping[str, list[str]]) -> Iterator[Finding]:
    for ref, marks in then.items():
        if ref not in here:
            yield _history(f"{ref} is no longer there", ref)
            continue
        for day in _days(marks, here[ref]):
            yield _history(f"{ref}: the entry of {day} was changed or removed", ref)


def _counted_otherwise(
    told: Data, now: Data, named: set[str], fresh: Mapping[str, object]
) -> Iterator[Finding]:
    known = {str(record.get("evaluation")) for record in told["records"]}
    seen: set[str] = set()
    for before, after in _pairs(told["figures"], now.get("figures") or ()):
        name, group = _name(before or after)
        indicator = BY_ID.get(name)
        then, today = places(before or {}), places(after or {})
        for ref, change in _moved(then, today).items():
            within = ref.partition(":")[0]
            if ref in named or within in named or ref in fresh or within not in known or ref in seen:
                continue
            seen.add(ref)
            sure = bool(indicator and indicator.about == "actions")
            words = f"{ref}: {change}, in {name}; no entry of that day says why"
            yield Finding(
                kind=Kind.HISTORY if sure else Kind.NOTE, text=words, indicator=name, group=group, refs=(ref,)
            )


def _history(words: str, ref: str) -> Finding:
    return Finding(kind=Kind.HISTORY, text=words, refs=(ref,))


def _days(marks: Iterable[str], others: Iterable[str]) -> list[str]:
    """The days of the entries that are among the first and not among the others."""
    left = Counter(marks) - Counter(others)
    return [mark.split(" ")[0] for mark in left.elements()]


def _pairs(before: Iterable[Data], after: Iterable[Data]) -> Iterator[tuple[Data | None, Data | None]]:
    old, new = ({_name(one): one for one in figures} for figures in (before, after))
    for key in {**old, **new}:
        yield old.get(key), new.get(key)


def _name(figure: Data | None) -> tuple[str, str | None]:
    figure = figure or {}
    return str(figure.get("indicator")), figure.get("group")


def _told(figure: Data) -> str:
    made = figure.get("made_of")
    return f"{figure.get('value')} ({made})" if made else str(figure.get("value"))


def _moved(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    return {
        ref: f"was {before.get(ref, 'not counted')}, is {after.get(ref, 'not counted')}"
        for ref in {**before, **after}
        if before.get(ref) != after.get(ref)
    }
