"""Which item of a page is which item of a record: by text, then by number with like text, never by position.

Nothing here knows what an item says beside its text; where two answers are equally near, none is given.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

SIMILAR = 0.85
"""From here on (of 1) two texts are taken for the same, whatever their numbers."""

LIKE = 0.6
"""From here on two texts are taken for the same where their printed numbers are equal as well."""

MARGIN = 0.02
"""Candidates whose similarity differs by less than this are equally near."""

_SHORT = 60
_NUMBERING = re.compile(
    r"^\s*(?:(?:recommendation|key action|action)\s+\d{1,3}(?:\.\d{1,3})*\s*[.):]*\s"
    r"|\d{1,3}(?:\.\d{1,3})+[.):]?\s|\d{1,3}[.):]\s|[a-z][.)]\s)\s*"
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Item:
    """What is matched: a recommendation or an action by its id, the number a source prints, and its text."""

    id: str
    number: str | None
    text: str

    @property
    def numbers(self) -> set[str]:
        """The id and the printed number, as they are compared."""
        return {name.strip().casefold().rstrip(".") for name in (self.id, self.number) if name}


@dataclass(frozen=True, slots=True)
class Unclear:
    """An item of the page and the items of the record that it could be, but of which none was taken.

    `equally_near` tells apart several that are, from one that has the number and an unlike text.
    """

    new: Item
    candidates: tuple[Item, ...]
    equally_near: bool


@dataclass(slots=True)
class Matches:
    """What was found, as positions: `pairs` of old and new, `gone` of the old, `added` of the new."""

    pairs: list[tuple[int, int]] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)


@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """The words of a text in small letters, without leading numbering, punctuation and line breaks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(_NUMBERING.sub("", folded, count=1)))


def similarity(one: str, other: str) -> float:
    """How alike two texts are once normalised, from 0 to 1; by characters where both are short, else by words."""
    return _similarity(normalised(one), normalised(other), 0.0)


def match(old: Sequence[Item], new: Sequence[Item]) -> Matches:
    """Find for each new item the old one that it is; each is taken once."""
    matching = _Matching(old, new)
    matching.by_equal_text()
    matching.by_similar_text()
    matching.by_id()
    matching.by_number()
    matching.by_being_the_only_one_without_text()
    return matching.result()


class _Matching:
    """A matching under way: what is found, and the positions that are still free on either side."""

    def __init__(self, old: Sequence[Item], new: Sequence[Item]) -> None:
        self.old, self.new = old, new
        self.old_texts = [normalised(item.text) for item in old]
        self.new_texts = [normalised(item.text) for item in new]
        self.free_old = dict.fromkeys(range(len(old)))
        self.free_new = dict.fromkeys(range(len(new)))
        self.found = Matches()

    def result(self) -> Matches:
        self.found.pairs.sort()
        self.found.gone = list(self.free_old)
        self.found.added = list(self.free_new)
        return self.found

    def by_equal_text(self) -> None:
        olds, news = _by_text(self.old_texts), _by_text(self.new_texts)
        for text, positions in news.items():
            candidates = olds.get(text, [])
            if not text or not candidates:
                continue
            if len(positions) == len(candidates) == 1:
                self._pair(candidates[0], positions[0])
            elif pairs := self._paired_by_id(candidates, positions):
                for one, other in pairs:
                    self._pair(one, other)
            else:
                self._stop(candidates, positions)

    def by_similar_text(self) -> None:
        near = sorted(self._near(), reverse=True)
        while near:
            best, one, other = near[0]
            level = [
                pair for pair in near if pair[0] > best - MARGIN and (pair[1] == one or pair[2] == other)
            ]
            olds, news = sorted({pair[1] for pair in level}), sorted({pair[2] for pair in level})
            if len(level) == 1:
                self._pair(one, other)
            else:
                self._stop(olds, news)
            near = [pair for pair in near if pair[1] not in olds and pair[2] not in news]

    def by_id(self) -> None:
        """Before numbers, since a source may print one number twice, and ids are an item's own."""
        for other in list(self.free_new):
            name = self.new[other].id.casefold()
            same = [one for one in self.free_old if self.old[one].id.casefold() == name]
            if len(same) == 1 and self._like(same[0], other):
                self._pair(same[0], other)

    def by_number(self) -> None:
        for other in list(self.free_new):
            numbers = self.new[other].numbers
            same = [one for one in self.free_old if self.old[one].numbers & numbers]
            like = [one for one in same if self._like(one, other)]
            if len(like) == 1:
                self._pair(like[0], other)
            elif same:
                self._stop(like or same, [other], equally_near=len(like) > 1)

    def by_being_the_only_one_without_text(self) -> None:
        """What a table tracks recommendations by: one action without text, whatever its id."""
        olds = [one for one, text in enumerate(self.old_texts) if not text]
        news = [other for other, text in enumerate(self.new_texts) if not text]
        if len(olds) == len(news) == 1 and olds[0] in self.free_old and news[0] in self.free_new:
            self._pair(olds[0], news[0])

    def _paired_by_id(self, olds: Sequence[int], news: Sequence[int]) -> list[tuple[int, int]]:
        """Pairs of items of one text, where the record has all that the page has under the same ids."""
        by_id = {self.old[one].id.casefold(): one for one in olds}
        ids = [self.new[other].id.casefold() for other in news]
        if len(by_id) != len(olds) or len(set(ids)) != len(ids) or not by_id.keys() >= set(ids):
            return []
        return [(by_id[name], other) for name, other in zip(ids, news, strict=True)]

    def _near(self) -> Iterator[tuple[float, int, int]]:
        for other in self.free_new:
            for one in self.free_old:
                score = _similarity(self.old_texts[one], self.new_texts[other], SIMILAR)
                if score >= SIMILAR:
                    yield score, one, other

    def _like(self, one: int, other: int) -> bool:
        """Whether the texts of two items of one number are like; one may be the beginning or end of the other."""
        shorter, longer = sorted((self.old_texts[one], self.new_texts[other]), key=len)
        if f"{longer} ".startswith(f"{shorter} ".lstrip()) or f" {longer}".endswith(f" {shorter}"):
            return True
        return _similarity(shorter, longer, LIKE) >= LIKE

    def _pair(self, one: int, other: int) -> None:
        self.found.pairs.append((one, other))
        del self.free_old[one], self.free_new[other]

    def _stop(self, olds: Sequence[int], news: Sequence[int], *, equally_near: bool = True) -> None:
        candidates = tuple(self.old[one] for one in olds)
        self.found.unclear += [Unclear(self.new[other], candidates, equally_near) for other in news]
        for one in olds:
            self.free_old.pop(one, None)
        for other in news:
            self.free_new.pop(other, None)


def _by_text(texts: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for position, text in enumerate(texts):
        found[text].append(position)
    return found


def _similarity(one: str, other: str, least: float) -> float:
    """The similarity of two normalised texts; 0 where it can be seen at once to be below the least asked for."""
    if one == other:
        return 1.0 if one else 0.0
    one, other = sorted((one, other))
    if len(one) <= _SHORT and len(other) <= _SHORT:
        return _ratio(one, other, least)
    if _bound(_counted(one), _counted(other)) < least:
        return 0.0
    return _ratio(one.split(), other.split(), least)


def _ratio(one: Sequence[str], other: Sequence[str], least: float) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


@lru_cache(maxsize=4096)
def _counted(text: str) -> tuple[Counter[str], int]:
    words = text.split()
    return Counter(words), len(words)


def _bound(one: tuple[Counter[str], int], other: tuple[Counter[str], int]) -> float:
    """What the similarity by words cannot exceed: the share of the words that both texts have."""
    (words, length), (others, other_length) = one, other
    most = 2 * min(length, other_length) / (length + other_length)
    if most < LIKE:
        return most
    shared = sum(min(count, others[word]) for word, count in words.items() if word in others)
    return 2 * shared / (length + other_length)
