"""Whether a comment says that something was done, or only that it will be, clause by clause.

Words and their order, in English, French and Spanish; no grammar. A clause that may tell of something done does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mrtrack.rules.tense_words import LANGUAGES, Language, compiled

_SENTENCE = re.compile(r"[.!?]+[\u201d\u2019\"')\]]*(?=\s|$)|\n\s*\n|\n\s*[-*•]|\s*;\s*")
_PIECE = re.compile(r"\s*[,:()\[\]\u2013\u2014]\s*|\s-\s")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Promise:
    """The words that put something off, as they stand in a comment, and the clause around them on one line."""

    words: str
    clause: str


def only_promise(comment: str) -> Promise | None:
    """The first promise of a comment that tells of nothing done; None where it tells of that, or promises nothing."""
    words = _WORD.findall(comment.casefold())
    languages = _languages(words)
    if not any(_puts_off(comment, " ".join(words), language) for language in languages):
        return None
    promise: Promise | None = None
    for clause, will, done in _clauses(comment, languages):
        if done:
            return None
        if will and not promise:
            promise = Promise(will, " ".join(clause.split()))
    return promise


def tells_of_something_done(comment: str) -> bool:
    """Whether any clause of a comment tells of something done."""
    return any(done for *_, done in _clauses(comment, _languages(_WORD.findall(comment.casefold()))))


def _clauses(comment: str, languages: list[Language]) -> Iterator[tuple[str, str, bool]]:
    """Each clause, in each language: its text, the words that put it off, whether it tells of something done."""
    for sentence in _split(comment, _SENTENCE):
        for language in languages:
            yield from _of_sentence(sentence, language)


def _of_sentence(sentence: str, language: Language) -> Iterator[tuple[str, str, bool]]:
    pieces = _split(sentence, _PIECE)
    promised = False
    for clause in (part for piece in pieces for part in _split(piece, compiled(language.joint))):
        will = compiled(language.will).search(clause)
        promised = promised or bool(will)
        said = compiled(language.that).sub(" ", clause[: will.start()]) if will else clause
        yield clause, will[0] if will else "", _is_done(clause, said, language, bare=not promised)


def _is_done(clause: str, said: str, language: Language, *, bare: bool) -> bool:
    """Whether what is said, which is the clause or its beginning, tells of something done."""
    done = compiled(language.finite).search(said)
    if not done and bare and not compiled(language.aside).match(clause):
        done = compiled(language.bare).search(clause)
    undone = done and (compiled(language.unless).match(clause) or compiled(language.undone).search(said))
    return bool(done and not undone)


def _split(text: str, between: re.Pattern[str]) -> Iterator[str]:
    edges = [0, *(edge for found in between.finditer(text) for edge in found.span()), len(text)]
    for start, end in list(pairwise(edges))[::2]:
        if text[start:end].strip():
            yield text[start:end].strip()


def _puts_off(comment: str, words: str, language: Language) -> bool:
    """Whether anything in a comment is put off; its words alone, searched fast, often tell that nothing is."""
    if language.hints and not any(hint in words for hint in language.hints):
        return False
    return compiled(language.will).search(comment) is not None


def _languages(words: list[str]) -> list[Language]:
    counts = [(sum(map(language.stop.__contains__, words)), language) for language in LANGUAGES]
    most = max(count for count, _ in counts)
    return [language for count, language in counts if count == most]
