"""How a difference is told: one change of one item in words, and the line of all that changed of the item."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mrtrack.changes.history import Wording

_SENTENCE = re.compile(r"(?<=[.!?])\s")
_JOINING = "\u200c\u200d"
_SOFT_HYPHEN = "\u00ad"
_LONGEST_REASON = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one item.

    `change` is the kind: the key of the record that changed, or what became of the item (`added`, `removed`).
    `words` say it without the item's name, `reasons` are the first sentences of the comments about it, and
    `brief` is what a headline says.
    """

    ref: str
    name: str
    change: str
    before: str | None
    after: str | None
    words: str
    reasons: tuple[str, ...]
    brief: str

    @property
    def text(self) -> str:
        """The change as one line: which item, what, and why."""
        return sentence(self.name, [self.words], self.reasons)


@dataclass(frozen=True, slots=True)
class Line:
    """All that changed of one item."""

    name: str
    changes: tuple[Change, ...]

    @property
    def words(self) -> str:
        """The changes in their order, each reason after what it is the reason of, without the item's name."""
        groups: list[tuple[list[str], tuple[str, ...]]] = []
        for change in self.changes:
            if groups and set(change.reasons) <= set(groups[-1][1]) and (change.reasons or not groups[-1][1]):
                groups[-1][0].append(change.words)
            else:
                groups.append(([change.words], change.reasons))
        return "; ".join(sentence("", words, reasons) for words, reasons in groups)

    @property
    def text(self) -> str:
        """The line as a person reads it, the item's name first."""
        return f"{self.name} {self.words}" if self.name else self.words

    @property
    def brief(self) -> str:
        """What a headline says of the item: the change that matters most."""
        return " ".join(part for part in (self.name, self.changes[0].brief) if part)


@dataclass(frozen=True, slots=True)
class Subject:
    """The item that changes are about, and the words for its statuses and decisions."""

    ref: str
    name: str
    wording: Wording

    def change(
        self,
        kind: str,
        words: str,
        before: str | None = None,
        after: str | None = None,
        *,
        reasons: Sequence[str] = (),
        brief: str = "",
    ) -> Change:
        """A change of this item."""
        return Change(
            ref=self.ref,
            name=self.name,
            change=kind,
            before=before,
            after=after,
            words=words,
            reasons=tuple(reasons),
            brief=brief or words,
        )


def sentence(name: str, words: Iterable[str], reasons: Sequence[str]) -> str:
    """A name, what happened to it, and after a colon the reasons."""
    told = " ".join(part for part in (name, ", ".join(words)) if part)
    return f"{told}: {'; '.join(reasons)}" if reasons else told


def plain(text: str) -> str:
    """A record's text on one line, with a mark for every character that cannot be seen."""
    line = " ".join(text.replace(_SOFT_HYPHEN, "").split())
    return "".join(mark if mark.isprintable() or mark in _JOINING else "\ufffd" for mark in line)


def clipped(text: str, length: int) -> str:
    """A text of at most so many characters, with … where something was cut."""
    return text if len(text) <= length else text[: length - 1].rstrip(" ,;:") + "…"


def first_sentence(text: str | None) -> str:
    """The first sentence of a text without its full stop, clipped; empty where there is no text."""
    begin = _SENTENCE.split(plain(text or ""), maxsplit=1)[0]
    return clipped(begin.removesuffix("."), _LONGEST_REASON)


def reasons_of(comments: Iterable[str | None]) -> tuple[str, ...]:
    """The first sentences of comments, in their order, each once."""
    return tuple(dict.fromkeys(told for told in map(first_sentence, comments) if told))


def counted(number: int, one: str) -> str:
    """A number with its word: 1 action, 2 actions."""
    return f"{number:,} {one if number == 1 else one + 's'}"


def was(after: str, before: str | None) -> str:
    """What holds now, and in brackets what held before, where anything did."""
    return f"{after} (was {before})" if before else after
