"""The words of one organisation: its labels for closed words, its names for units, and what a person typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from mrtrack.model.harmless import clean
from mrtrack.model.spellings import Vocabulary, folded
from mrtrack.model.words import NOT_STATED, Decision, EvaluationStatus, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from mrtrack.model.settings import Aliases, Labels, Settings

E = TypeVar("E", bound="StrEnum")


def same_unit(name: str, settings: Settings) -> str:
    """The name by which a unit is known here; its own, with single spaces, where no alias is declared."""
    return settings.unit_names.get(folded(name)) or " ".join(name.split())


def label(word: StrEnum | None, settings: Settings) -> str:
    """The organisation's label for a closed word, else the word with spaces, made harmless; None reads “not stated”."""
    if word is None:
        return NOT_STATED.replace("-", " ")
    labels = vocabulary(type(word), settings.labels, settings.aliases).labels
    return clean(labels[word]) if labels.get(word) else word.replace("-", " ")


def read_status(text: str, settings: Settings) -> Status:
    """The status of an action that a person typed; see `read_word`."""
    return read_word(text, Status, settings)


def read_decision(text: str, settings: Settings) -> Decision:
    """The decision on a recommendation that a person typed; see `read_word`."""
    return read_word(text, Decision, settings)


def read_evaluation_status(text: str, settings: Settings) -> EvaluationStatus:
    """The status of an evaluation that a person typed; see `read_word`."""
    return read_word(text, EvaluationStatus, settings)


def read_word(text: str, words: type[E], settings: Settings) -> E:
    """The closed word that a person typed: any unique beginning of it or of its label, or a whole alias.

    Case does not matter, nor whether hyphens or spaces join the parts.

    Raises:
        ValueError: where it is none of the words, or the beginning of several; the message is for people.
    """
    return words(vocabulary(words, settings.labels, settings.aliases).meant(text))


def read_wanted(text: str, words: type[StrEnum], settings: Settings) -> str:
    """The word that a filter asks for: one of the closed words, or `not-stated`.

    Raises:
        ValueError: as `read_word` does.
    """
    return vocabulary(words, settings.labels, settings.aliases, NOT_STATED).meant(text)


def vocabulary(words: type[StrEnum], labels: Labels, aliases: Aliases, *beside: str) -> Vocabulary:
    """The closed words of one kind, and `beside` others, as an organisation writes them."""
    wanted = (*words, *beside)
    if words is Status:
        return Vocabulary(words, wanted, _plain(labels.status), _plain(aliases.status))
    if words is Decision:
        return Vocabulary(words, wanted, _plain(labels.decision), _plain(aliases.decision))
    return Vocabulary(words, wanted)


def _plain(words: Mapping[Any, str]) -> Mapping[str, str]:
    return {str(key): str(value) for key, value in words.items()}
