"""How people spell what has one name: closed words typed in part, labels, aliases and names of units."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from mrtrack.model.words import Decision, EvaluationStatus, Rating, Status, Verdict

_NONE: Mapping[str, str] = MappingProxyType({})

Spelling = tuple[tuple[str | int, ...], str, str]

_CALLED: Mapping[type[StrEnum], str] = {
    Status: "status of an action",
    Decision: "decision",
    EvaluationStatus: "status of an evaluation",
    Verdict: "verdict",
    Rating: "rating",
}


class UnclearWordError(ValueError):
    """A word that a person typed and that names nothing, or not one thing; with what to write instead."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(f"{reason}; {hint}")
        self.reason = reason
        self.hint = hint


class Vocabulary(NamedTuple):
    """The words of one kind that can be meant, an organisation's labels for them, and its other words."""

    kind: type[StrEnum]
    words: tuple[str, ...]
    labels: Mapping[str, str] = _NONE
    aliases: Mapping[str, str] = _NONE

    def meant(self, text: str) -> str:
        """The word meant by any unique beginning of it or of its label, or by a whole alias.

        Raises:
            UnclearWordError: where it is none of the words, or the beginning of several.
        """
        typed = joined(text)
        whole = {joined(spelling): word for _, spelling, word in self.spellings()}
        if typed in whole:
            return str(whole[typed])
        begun = [word for word in self.words if typed and self._begins(word, typed)]
        if not begun:
            listed = ", ".join(map(self._shown, self.words))
            raise UnclearWordError(f"“{text}” is no {_CALLED[self.kind]}", f"write one of: {listed}")
        if len(begun) > 1:
            *some, last = map(self._shown, begun)
            raise UnclearWordError(f"“{text}” could be {', '.join(some)} or {last}", "write more of the word")
        return str(begun[0])

    def spellings(self) -> Iterator[Spelling]:
        """Every whole spelling: where it is declared (the word itself nowhere), its text, the word meant."""
        for word in self.words:
            yield (), word, word
        for word, label in self.labels.items():
            yield ("labels", word), label, word
        for alias, word in self.aliases.items():
            yield ("aliases", alias), alias, word

    def _begins(self, word: str, typed: str) -> bool:
        return word.startswith(typed) or joined(self.labels.get(word, word)).startswith(typed)

    def _shown(self, word: str) -> str:
        return f"{self.labels[word]} ({word})" if word in self.labels else str(word)


def clashes(spellings: Iterable[Spelling], fold: Callable[[str], str]) -> Iterator[Spelling]:
    """The spellings that an earlier one gives to another thing; in place of theirs, what that one means."""
    first: dict[str, str] = {}
    for path, text, meant in spellings:
        earlier = first.setdefault(fold(text), meant)
        if earlier != meant:
            yield path, text, earlier


def folded(text: str) -> str:
    """A text without differences of case and white space."""
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def searchable(text: str) -> str:
    """A text for searching: folded as names are, and without accents."""
    if text.isascii():
        return folded(text)
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return folded(bare)


def joined(text: str) -> str:
    """A text as closed words are written: folded, its parts joined by hyphens."""
    return "-".join(folded(text).replace("-", " ").replace("_", " ").split())
