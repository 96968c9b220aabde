"""What a page states that a record does not: absent fields are filled, different ones are told and left.

Nothing here knows histories; what the entries of a record speak of is in `mrtrack.importers.newer`.
"""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mrtrack.edit.operations import Append, Operation, Set
from mrtrack.model.dates import quoted
from mrtrack.model.shape import Path

_OF_ONE_THING = frozenset({"period", "budget", "expenditure", "quality", "prepared_by", "approved_by"})


@dataclass(slots=True)
class Outcome:
    """What a page comes to at one place of a record: the operations, and lines that tell people what they mean."""

    operations: list[Operation] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Take in what another place came to."""
        self.operations += other.operations
        self.told += other.told


def complete(
    path: Path, name: str, old: Mapping[str, Any], new: Mapping[str, Any], skipped: Collection[str]
) -> Outcome:
    """Fill the block of keys at a path from that of a page, key by key; the skipped keys are looked at elsewhere."""
    outcome = Outcome()
    for key, value in new.items():
        if key not in skipped:
            outcome.add(_completed((*path, key), f"{name} {key}".strip(), old.get(key), value))
    return outcome


def same_words(one: Any, other: Any) -> bool:  # noqa: ANN401 - data of any form
    """Whether two data say the same, white space and forms of characters aside."""
    if isinstance(one, str) and isinstance(other, str):
        return _words(one) == _words(other)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same_words(one[key], other[key]) for key in one)
    if isinstance(one, (str, Mapping)) or isinstance(other, (str, Mapping)):
        return False
    if isinstance(one, Sequence) and isinstance(other, Sequence):
        return len(one) == len(other) and all(map(same_words, one, other))
    return one is None and other is None


def new_sources(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], *, something_changed: bool
) -> Outcome:
    """Name the sources that the record does not name yet.

    A source is known by its checksum, its address, or its title where it has no checksum. One that is known
    by its address alone, and has changed since, is named again only where it brought something.
    """
    outcome = Outcome()
    for source in new:
        known = [other for other in old if _is_same_source(other, source)]
        same = [other for other in known if not _differs(other, source)]
        if not known or (something_changed and not same):
            outcome.operations.append(Append(("sources",), source))
            outcome.told.append(
                f"sources: {_shown(source.get('title') or source.get('url') or source)} is new"
            )
    return outcome


def _completed(path: Path, name: str, old: Any, new: Any) -> Outcome:  # noqa: ANN401 - data of any form
    if _is_void(new) or same_words(old, new):
        return Outcome()
    if _is_void(old):
        return Outcome([Set(path, new)], [f"{name}: {_shown(new)}, which the record did not state"])
    blocks = isinstance(old, Mapping) and isinstance(new, Mapping)
    if blocks and (path[-1] not in _OF_ONE_THING or _speak_of_one_thing(old, new)):
        return complete(path, name, old, new, ())
    return Outcome(
        told=[f"{name} differs: the record says {_shown(old)}, the page says {_shown(new)}; left as it is"]
    )


def _speak_of_one_thing(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether two blocks about a person, a sum or a period have something in common and nothing against it."""
    shared = old.keys() & new.keys()
    return bool(shared) and all(same_words(old[key], new[key]) for key in shared)


def _is_same_source(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    if any(new.get(key) and old.get(key) == new[key] for key in ("sha256", "url")) or same_words(old, new):
        return True
    return "sha256" not in new and bool(new.get("title")) and same_words(old.get("title"), new["title"])


def _differs(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return bool(old.get("sha256") and new.get("sha256") and old["sha256"] != new["sha256"])


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _is_void(data: Any) -> bool:  # noqa: ANN401 - data of any form
    return data is None or (not isinstance(data, str) and not data)


def _shown(data: Any) -> str:  # noqa: ANN401 - data of any form
    if isinstance(data, str):
        return quoted(data.strip())
    if isinstance(data, Mapping):
        return quoted(", ".join(_plainly(value) for value in data.values()))
    return quoted(", ".join(map(_plainly, data)))


def _plainly(data: Any) -> str:  # noqa: ANN401 - data of any form
    if isinstance(data, Mapping):
        return " ".join(map(_plainly, data.values()))
    return data if isinstance(data, str) else " ".join(map(_plainly, data or ()))
