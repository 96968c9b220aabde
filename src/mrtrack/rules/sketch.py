"""The sketch of a record: the little that rules about records beside each other need to know of it.

Ten thousand sketches fit where ten thousand records would not, and each is made apart from the others.
"""

from __future__ import annotations

import re
from array import array
from datetime import date  # noqa: TC003 - sketches that were kept are validated by these types
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from mrtrack import timeline
from mrtrack.model.record import Action
from mrtrack.model.shape import Path  # noqa: TC001 - the same
from mrtrack.model.spellings import folded
from mrtrack.model.words import Decision, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mrtrack.model.record import Evaluation
    from mrtrack.model.settings import Settings
    from mrtrack.rules.histories import History
    from mrtrack.rules.rule import RecordUnderCheck

_folded = lru_cache(maxsize=4096)(folded)
_FILE = re.compile(r"(?:.*/)?(?P<stem>[^/]+)\.ya?ml", re.DOTALL)


class Asked(NamedTuple):
    """A recommendation: its id, the one it is a part of, the decision on it, whether actions stand under it."""

    id: str
    part_of: str | None
    decision: Decision | None
    has_actions: bool


Unit = tuple[str, str | None, int]
"""A unit's name as it is written, its name in mrtrack.toml if it has one, and how often it stands.

It is a plain tuple, since there are many: they go from one process to another in a third of the time.
"""


class Served(NamedTuple):
    """A recommendation of another evaluation that an action serves, and where that stands."""

    path: Path
    evaluation: str
    name: str


class Sketch(NamedTuple):
    """What is asked of a record beside others. All but `path`, `id` and `asked` is empty where it is not valid.

    `asked` are the ids of its recommendations, None where the file cannot be read; `recommendations` tell more of
    them, where one has no action. `sameness` is what an evaluation recorded twice has twice. `serves` are the names
    as they are written. `proven` are the ids of completed actions, one for each document that proves one, and
    `proof_urls` the fingerprints of their URLs, one after the other.
    """

    path: str
    id: str
    asked: tuple[str, ...] | None
    organisation: str = ""
    sameness: tuple[str, str, date] | None = None
    same_evaluation: tuple[str, ...] = ()
    recommendations: tuple[Asked, ...] = ()
    units: tuple[Unit, ...] = ()
    serves: tuple[str, ...] = ()
    served_elsewhere: tuple[Served, ...] = ()
    proven: tuple[str, ...] = ()
    proof_urls: bytes = b""

    @property
    def name(self) -> str:
        """How other records name this one: its id, else the name of its file."""
        file = _FILE.fullmatch(self.path)
        return self.id or (file["stem"] if file else "")

    @property
    def fingerprints(self) -> array[int]:
        """The fingerprints of the URLs, one for each of `proven`: equal where the URLs are."""
        return array("Q", self.proof_urls)


def sketch(record: RecordUnderCheck) -> Sketch:
    """The sketch of a record, valid or not."""
    evaluation, path, written = record.evaluation, record.reading.path, record.text("id")
    if evaluation is None:
        asked = tuple(record.text(*item, "id") for item in record.recommendations)
        return Sketch(path, written, asked if record.data is not None else None)
    actions = record.valid_actions
    asked_for = tuple(_asked(evaluation))
    proofs = [(action, url) for history in record.histories for action, url, _ in proofs_in(history)]
    return Sketch(
        path,
        written,
        tuple(one.id for one in asked_for),
        _folded(evaluation.organisation or ""),
        _sameness(evaluation),
        evaluation.same_evaluation or (),
        () if all(one.has_actions for one in asked_for) else asked_for,
        _units(evaluation, record.settings),
        tuple(name for _, action in actions for name in action.serves or ()),
        tuple(_served_elsewhere(actions, written)),
        tuple(action for action, _ in proofs),
        array("Q", (fingerprint(url) for _, url in proofs)).tobytes(),
    )


def _asked(evaluation: Evaluation) -> Iterator[Asked]:
    for one in evaluation.recommendations or ():
        decision = one.response.decision if one.response else None
        yield Asked(one.id, one.part_of, decision, bool(one.actions))


def _sameness(evaluation: Evaluation) -> tuple[str, str, date] | None:
    period = evaluation.period
    end = evaluation.completed or evaluation.planned_end or (period.end if period else None)
    if not evaluation.title or end is None:
        return None
    return _folded(evaluation.organisation or ""), folded(evaluation.title), end.last


def _units(evaluation: Evaluation, settings: Settings) -> tuple[Unit, ...]:
    times: dict[str, int] = {}
    for _, name in named_units(evaluation):
        times[name] = times.get(name, 0) + 1
    declared = settings.unit_names
    return tuple(
        (name, declared.get(_folded(name)) if declared else None, count) for name, count in times.items()
    )


def named_units(evaluation: Evaluation) -> Iterator[tuple[Path, str]]:
    """Each place where a unit is named, in the order of the text, and its name there."""
    answer = evaluation.management_response
    if answer and answer.unit:
        yield ("management_response", "unit"), answer.unit
    for nth, recommendation in enumerate(evaluation.recommendations or ()):
        here: Path = ("recommendations", nth)
        for index, name in enumerate(recommendation.addressed_to or ()):
            yield (*here, "addressed_to", index), name
        response = recommendation.response
        for index, position in enumerate((response.positions if response else None) or ()):
            if position.unit:
                yield (*here, "response", "positions", index, "unit"), position.unit
        for index, action in enumerate(recommendation.actions or ()):
            if action.responsible:
                yield (*here, "actions", index, "responsible"), action.responsible
            for place, name in enumerate(action.supported_by or ()):
                yield (*here, "actions", index, "supported_by", place), name


def _served_elsewhere(actions: Sequence[tuple[Path, Action]], own: str) -> Iterator[Served]:
    """The paths in `serves` that name a recommendation of another evaluation; that evaluation, and the name."""
    for path, action in actions:
        for index, name in enumerate(action.serves or ()):
            evaluation, _, named = name.rpartition(":")
            if evaluation and evaluation != own:
                yield Served((*path, "serves", index), evaluation, named)


def fingerprint(url: str) -> int:
    """A number of 64 bits that stands for a URL."""
    return int.from_bytes(blake2b(url.encode("utf-8"), digest_size=8).digest(), "big")


def proofs_in(history: History) -> Iterator[tuple[str, str, Path]]:
    """The documents that prove a completed action: its id, the URL of each, and the last place where that stands."""
    action = history.present
    if (
        not isinstance(action, Action)
        or action.status is not Status.COMPLETED
        or "documents" not in history.named
    ):
        return
    entries = action.history or ()
    since = timeline.reopened_at([entries[index] for index in history.live])
    places: dict[str, Path] = {}
    for index in history.live[since:]:
        for nth, document in enumerate(entries[index].documents or ()):
            if document.url:
                places[document.url] = (*history.item, "history", index, "documents", nth, "url")
    for url, place in places.items():
        yield action.id, url, place
