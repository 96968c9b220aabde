"""What a REF means: an evaluation by its name, and what is called so inside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mrtrack.cli import terminal
from mrtrack.edit.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mrtrack.model.record import Action, Evaluation, Recommendation
    from mrtrack.model.shape import Path as RecordPath
    from mrtrack.source.reader import Reading


@dataclass(frozen=True)
class Found:
    """What a REF names: an evaluation, or a recommendation or action in it, with its path in the record."""

    evaluation: Evaluation
    item: Evaluation | Recommendation | Action
    path: RecordPath

    @property
    def ref(self) -> str:
        """The exact reference."""
        return self.evaluation.id if not self.path else f"{self.evaluation.id}:{self.item.id}"


@dataclass(frozen=True)
class Target(Found):
    """What a REF names, in the record as it was read."""

    reading: Reading


def meant(name: str, known: Iterable[str]) -> str:
    """The evaluation that a name stands for: an exact id; on a terminal, any beginning that only one has.

    Raises:
        Refused: where it is none, with those that may be meant.
    """
    names = list(known)
    if name in names:
        return name
    begun = [one for one in names if one.startswith(name.casefold())] if name else []
    if len(begun) == 1 and terminal.is_terminal():
        return begun[0]
    raise Refused(f"there is no evaluation “{name}”", _near(name, names, begun))


def name_of(reading: Reading) -> str:
    """The id of the evaluation in a record; of one that could not be read, the name of its file."""
    return reading.evaluation.id if reading.evaluation else PurePosixPath(reading.path).stem


def inside(reading: Reading, inner: str) -> Target:
    """What an id names within a record that was read; the evaluation itself where the id is empty.

    Raises:
        Refused: where the record has no such item.
    """
    if reading.evaluation is None:
        raise Refused(f"{reading.path} cannot be read", "mrtrack check tells why")
    found = found_in(reading.evaluation, inner)
    return Target(found.evaluation, found.item, found.path, reading)


def found_in(evaluation: Evaluation, inner: str) -> Found:
    """What an id names within an evaluation; the evaluation itself where the id is empty.

    Raises:
        Refused: where the evaluation has no such item.
    """
    if not inner:
        return Found(evaluation, evaluation, ())
    known: dict[str, tuple[RecordPath, Recommendation | Action]] = {}
    for index, recommendation in enumerate(evaluation.recommendations or ()):
        known.setdefault(recommendation.id.casefold(), (("recommendations", index), recommendation))
        for nth, action in enumerate(recommendation.actions or ()):
            known.setdefault(action.id.casefold(), (("recommendations", index, "actions", nth), action))
    found = known.get(inner.casefold())
    if found is None:
        ids = [item.id for _, item in known.values()]
        raise Refused(f"{evaluation.id} has no recommendation or action “{inner}”", _near(inner, ids, []))
    return Found(evaluation, found[1], found[0])


def _near(name: str, known: Iterable[str], begun: Sequence[str]) -> str:
    from difflib import get_close_matches

    ids = list(known)
    near = list(begun) or get_close_matches(name, ids, n=3, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(near[:5])}?"
    return (
        f"there are: {', '.join(ids[:8])}{' …' if len(ids) > 8 else ''}"
        if ids
        else "there is none yet: mrtrack new, mrtrack add"
    )
