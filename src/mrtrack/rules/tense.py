"""Whether a comment says that something was done, or only that it will be, clause by clause.

Words and their order, in English, French and Spanish; no grammar. A clause that may tell of something done does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from typing import NamedTuple

from mrtrack.rules.tense_words import ENGLISH, LANGUAGES, Language, compiled

_SENTENCE = re.compile(r"[.!?]+[\u201d\u2019\"')\]]*(?=\s|$)|\n\s*\n|\n\s*[-*•]|\s*;\s*")
_PIECE = re.compile(r"\s*[,:()\[\]\u2013\u2014]\s*|\s-\s")
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = (
    "".join(sign.lower() if sign.isalpha() else " " for sign in map(chr, range(128))).encode().ljust(256)
)
"""Each byte as the small letter that it is in ASCII, or as a space."""
_NOT_ENGLISH = frozenset[str]().union(*(language.stop for language in LANGUAGES)) - ENGLISH.stop
_BITS = 21
_PLACES = tuple(range(0, _BITS * len(LANGUAGES), _BITS))
_MOST = 2**_BITS - 1
_COUNTS = {
    word: sum(1 << place for place, language in zip(_PLACES, LANGUAGES, strict=True) if word in language.stop)
    for word in frozenset[str]().union(*(language.stop for language in LANGUAGES))
}
"""What each small word counts for: one in each language that has it, `_PLACES` telling where that stands.

All three fit into a number that a processor adds at once, and each has room for two million words.
"""


@dataclass(frozen=True, slots=True)
class Promise:
    """The words that put something off, as they stand in a comment, and the clause around them on one line."""

    words: str
    clause: str


class _Clause(NamedTuple):
    """A clause in small letters, where it begins, where something is put off in it, and whether something is done."""

    start: int
    text: str
    will: tuple[int, int] | None
    done: bool


def only_promise(comment: str) -> Promise | None:
    """The first promise of a comment that tells of nothing done; None where it tells of that, or promises nothing."""
    words = _words(comment)
    languages = _languages(words)
    if not any(_may_put_off(words, language) for language in languages):
        return None
    small = _in_small_letters(comment)
    promise: Promise | None = None
    for clause in _clauses(small, languages):
        if clause.done:
            return None
        if clause.will and not promise:
            start, end = clause.will
            said = comment[clause.start : clause.start + len(clause.text)]
            promise = Promise(comment[clause.start + start : clause.start + end], " ".join(said.split()))
    return promise if any(_puts_off(small, words, language) for language in languages) else None


def tells_of_something_done(comment: str) -> bool:
    """Whether any clause of a comment tells of something done."""
    small = _in_small_letters(comment)
    return any(clause.done for clause in _clauses(small, _languages(_words(comment))))


def _in_small_letters(comment: str) -> str:
    """A comment in small letters, each where it stood: patterns are searched in them in a third of the time."""
    small = comment.lower()
    if len(small) == len(comment):
        return small
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in comment)


def _clauses(comment: str, languages: list[Language]) -> Iterator[_Clause]:
    """Each clause, in each language."""
    for start, sentence in _split(comment, _SENTENCE):
        for language in languages:
            yield from _of_sentence(start, sentence, language)


def _of_sentence(start: int, sentence: str, language: Language) -> Iterator[_Clause]:
    promised = False
    for within, piece in _split(sentence, _PIECE):
        for at, clause in _split(piece, compiled(language.joint)):
            will = compiled(language.will).search(clause)
            promised = promised or bool(will)
            said = compiled(language.that).sub(" ", clause[: will.start()]) if will else clause
            done = _is_done(clause, said, language, bare=not promised)
            yield _Clause(start + within + at, clause, will.span() if will else None, done)


def _is_done(clause: str, said: str, language: Language, *, bare: bool) -> bool:
    """Whether what is said, which is the clause or its beginning, tells of something done."""
    done = compiled(language.finite).search(said)
    if not done and bare and not compiled(language.aside).match(clause):
        done = compiled(language.bare).search(clause)
    undone = done and (compiled(language.unless).match(clause) or compiled(language.undone).search(said))
    return bool(done and not undone)


def _split(text: str, between: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The parts of a text, without the spaces around them, each after where it begins."""
    begun = 0
    ends = chain((found.span() for found in between.finditer(text)), [(len(text), len(text))])
    for start, end in ends:
        part = text[begun:start]
        if said := part.strip():
            yield begun + part.index(said[0]), said
        begun = end


def _may_put_off(words: list[str], language: Language) -> bool:
    """Whether anything may be put off: the words alone, looked up fast, often tell that nothing is."""
    if not language.hints:
        return True
    told = language.hinting.intersection(words)
    if not told:
        return False
    together = " ".join(words)
    return any(hint in together for word in told for hint in language.hints_by_word[word])


def _puts_off(comment: str, words: list[str], language: Language) -> bool:
    """Whether anything in a comment is put off."""
    return _may_put_off(words, language) and compiled(language.will).search(comment) is not None


def _words(comment: str) -> list[str]:
    """The words of a comment, in small letters; a text of ASCII alone is taken apart in a fifth of the time."""
    if comment.isascii():
        return comment.encode("ascii").translate(_LETTERS).decode("ascii").split()
    return _WORD.findall(_in_small_letters(comment))


def _languages(words: list[str]) -> list[Language]:
    """The languages of which most small words stand here: counted all at once, each in its own digits of one number.

    Where none stands that only another language has, it is English, as soon as one does that English has.
    """
    if _NOT_ENGLISH.isdisjoint(words) and not ENGLISH.stop.isdisjoint(words):
        return [ENGLISH]
    total = sum(map(_COUNTS.get, words, repeat(0)))
    counts = [total >> place & _MOST for place in _PLACES]
    most = max(counts)
    return [language for language, count in zip(LANGUAGES, counts, strict=True) if count == most]
