"""The keys of a record that no history speaks of: what was added, taken away, reworded or set anew."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any

from mrtrack.changes.history import Wording
from mrtrack.changes.telling import Change, Subject, first_sentence, plain, was
from mrtrack.model.record import Accepted, Part

_LONGEST_VALUE = 40
_REWORDED = frozenset({"text", "title", "description", "reason", "plan"})


def key_changes(
    subject: Subject, before: Part, after: Part, apart: Collection[str], prefix: str = ""
) -> Iterator[Change]:
    """What differs in the keys of two blocks of one kind, those apart that are told elsewhere."""
    for key, declared in type(after).model_fields.items():
        if key not in apart:
            name = declared.alias or key
            yield from _values(subject, f"{prefix}{name}", getattr(before, key), getattr(after, key))


def accepted_changes(
    subject: Subject, before: tuple[Accepted, ...] | None, after: tuple[Accepted, ...] | None
) -> Iterator[Change]:
    """Findings of `check` that a person has accepted, or accepts no longer."""
    old, new = before or (), after or ()
    for one in new:
        if one not in old:
            words = f"finding {plain(one.rule)} accepted" + (f" by {plain(one.by)}" if one.by else "")
            yield subject.change(
                "accepted", words, None, plain(one.rule), reasons=(first_sentence(one.reason),)
            )
    still = {one.rule for one in new}
    for one in old:
        if one.rule not in still:
            yield subject.change("accepted", f"finding {plain(one.rule)} no longer accepted", plain(one.rule))


def shown(value: Any, wording: Wording) -> str | None:  # noqa: ANN401 - a value of any key
    """A value in a few words; None where it has none, or too many."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return wording(value)
    if isinstance(value, Part) or (isinstance(value, tuple) and any(isinstance(one, Part) for one in value)):
        return None
    text = plain(", ".join(map(str, value)) if isinstance(value, tuple) else str(value))
    return text if len(text) <= _LONGEST_VALUE else None


def _values(subject: Subject, key: str, before: Any, after: Any) -> Iterator[Change]:  # noqa: ANN401
    if before == after:
        return
    block = before if after is None else after
    if isinstance(block, Part):
        blank = type(block)()
        yield from key_changes(subject, before or blank, after or blank, (), f"{key}.")
    elif isinstance(block, Mapping):
        old, new = before or {}, after or {}
        for name in dict.fromkeys([*old, *new]):
            yield from _values(subject, f"{key}.{plain(str(name))}", old.get(name), new.get(name))
    else:
        words = _told(key, before, after, subject.wording)
        yield subject.change(key, words, _whole(before), _whole(after))


def _told(key: str, before: Any, after: Any, wording: Wording) -> str:  # noqa: ANN401
    name = key.replace("_", " ").replace(".", " ")
    if after is None:
        return f"{name} taken away"
    reworded = key.rpartition(".")[2] in _REWORDED
    if reworded:
        return f"{name} added" if before is None else f"{name} reworded"
    new, old = shown(after, wording), None if before is None else shown(before, wording)
    if new is not None and (before is None or old is not None):
        return was(f"{name} {new}", old)
    if isinstance(after, tuple) and isinstance(before or (), tuple):
        return f"{name}: {_items(before or (), after)}"
    return f"{name} added" if before is None else f"{name} changed"


def _items(before: tuple[Any, ...], after: tuple[Any, ...]) -> str:
    more = sum(one not in before for one in after)
    fewer = sum(one not in after for one in before)
    told = [f"{more} added"] * bool(more) + [f"{fewer} taken away"] * bool(fewer)
    return ", ".join(told) or "in another order"


def _whole(value: Any) -> str | None:  # noqa: ANN401
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "; ".join(_whole(one) or "" for one in value)
    if isinstance(value, Part):
        parts = (getattr(value, name) for name in type(value).model_fields)
        return " ".join(_whole(part) or "" for part in parts if part is not None)
    return str(value)
