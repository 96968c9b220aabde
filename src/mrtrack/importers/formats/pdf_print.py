"""The lines that are printed on a page of a PDF, with where they stand; not how they belong together."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Char = Mapping[str, Any]

BULLETS = frozenset("•▪▫–‣◦●○■□►➢✓·\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf0e0\ue00c\uf076")
_SPACE = 0.28
_WORD_GAP = 0.17
_TWICE = 0.9
_JOINED_LETTERS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed line: its words, its box in points from the page's top left, its letters.

    `hang` is where the text after a bullet or a number begins, `first` the width of the first word, `spaced`
    whether a space is printed after the last word, `leftward` whether the line is read from right to left.
    """

    page: int
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str
    last_font: str
    hang: float
    first: float
    letter: float
    spaced: bool
    leftward: bool

    @property
    def space(self) -> float:
        """How wide a space is, about."""
        return self.size * _SPACE

    @property
    def bulleted(self) -> bool:
        """Whether the line begins with the bullet of a list."""
        return self.text.startswith("• ") or self.text == "•"


def printed_lines(chars: Sequence[Char], page: int) -> list[Printed]:
    """The lines that letters form, from top to bottom; `page` counts from 1."""
    followed = {id(char) for char, after in pairwise(chars) if after["text"].isspace()}
    inked = [char for char in chars if char["text"].strip() or char["text"] == "\u00ad"]
    return [_printed(line, page, followed) for line in _rows(inked)]


def printed_once(chars: Iterable[Char]) -> list[Char]:
    """Letters without those printed a second time over themselves, which some programs do for bold ones."""
    places: dict[tuple[str, int, int], list[Char]] = {}
    kept = []
    for char in chars:
        text, x, y = char["text"], char["x0"], char["top"]
        near = (
            other
            for column in (-1, 0, 1)
            for row in (-1, 0, 1)
            for other in places.get((text, int(x) + column, int(y) + row), ())
        )
        if not any(abs(other["x0"] - x) < _TWICE and abs(other["top"] - y) < _TWICE for other in near):
            places.setdefault((text, int(x), int(y)), []).append(char)
            kept.append(char)
    return kept


def _rows(chars: Iterable[Char]) -> Iterator[list[Char]]:
    """Letters that stand beside each other, so that a raised figure stays in its line."""
    line: list[Char] = []
    bottom = 0.0
    for char in sorted(chars, key=lambda char: (char["top"] + char["bottom"]) / 2):
        if line and (char["top"] + char["bottom"]) / 2 > bottom:
            yield sorted(line, key=lambda char: char["x0"])
            line = []
        if not line:
            bottom = char["bottom"]
        elif char["size"] > line[0]["size"] * 1.2:
            bottom = max(bottom, char["bottom"])
        line.append(char)
    if line:
        yield sorted(line, key=lambda char: char["x0"])


def _printed(chars: list[Char], page: int, followed: set[int]) -> Printed:
    words = _words(chars)
    leftward = _reads_leftward(chars)
    in_order = words[::-1] if leftward else words
    texts = [_word_text(word, leftward=leftward) for word in in_order]
    texts = _runs_in_order(texts, leftward=leftward)
    marked = len(words) > 1 and (texts[0] in BULLETS or texts[0].rstrip(".)").isalnum())
    if texts[0] in BULLETS:
        texts[0] = "•"
    size = _usual([char["size"] for char in chars])
    first, last = in_order[0], in_order[-1]
    end = last[0] if leftward else last[-1]
    return Printed(
        page=page,
        text=" ".join(texts),
        x0=chars[0]["x0"],
        x1=max(char["x1"] for char in chars),
        top=min(char["top"] for char in chars),
        bottom=_usual([char["bottom"] for char in chars]),
        size=size,
        font=_font(first[0]) if texts[0] != "•" or len(words) == 1 else _font(in_order[1][0]),
        last_font=_font(end),
        hang=in_order[1][0]["x0"] if marked else chars[0]["x0"],
        first=first[-1]["x1"] - first[0]["x0"],
        letter=first[0]["x1"] - first[0]["x0"],
        spaced=id(end) in followed,
        leftward=leftward,
    )


def _font(char: Char) -> str:
    return str(char["fontname"]).rpartition("+")[2]


def _usual(values: Sequence[float]) -> float:
    rounded = [round(value, 1) for value in values]
    return max(set(rounded), key=rounded.count)


def _words(chars: list[Char]) -> list[list[Char]]:
    words = [[chars[0]]]
    reach = chars[0]["x1"]
    for char in chars[1:]:
        if char["x0"] - reach > _WORD_GAP * char["size"]:
            words.append([char])
        else:
            words[-1].append(char)
        reach = max(reach, char["x1"])
    return words


def _direction(text: str) -> int:
    """-1 for letters that are read from right to left, 1 for others and for figures, 0 for the rest."""
    kinds = {unicodedata.bidirectional(letter) for letter in text}
    if kinds & {"R", "AL"}:
        return -1
    return 1 if kinds & {"L", "EN", "AN"} else 0


def _reads_leftward(chars: Iterable[Char]) -> bool:
    kinds = [unicodedata.bidirectional(letter) for char in chars for letter in char["text"]]
    return kinds.count("R") + kinds.count("AL") > kinds.count("L")


def _word_text(word: list[Char], *, leftward: bool) -> str:
    """The letters of a word in the order in which they are read."""
    if not any(_direction(char["text"]) < 0 for char in word):
        return "".join(_letters(char) for char in word)
    runs: list[tuple[bool, list[str]]] = []
    for char in word:
        direction = _direction(char["text"])
        against = direction < 0 or (direction == 0 and leftward)
        if not runs or runs[-1][0] != against:
            runs.append((against, []))
        runs[-1][1].append(_letters(char))
    texts = ["".join(reversed(run) if against else run) for against, run in runs]
    return "".join(reversed(texts) if leftward else texts)


def _letters(char: Char) -> str:
    """The letters that a sign stands for: one sign may be fi, or a joined form of an Arabic letter."""
    return _JOINED_LETTERS.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]), char["text"])


def _runs_in_order(words: list[str], *, leftward: bool) -> list[str]:
    """Words of a line, those beside each other that are written against the line in their own order."""
    ordered: list[str] = []
    run: list[str] = []
    for word in words:
        direction = _direction(word)
        if direction and (direction > 0) == leftward:
            run.append(word)
        else:
            ordered += [*_own_order(run), word]
            run = []
    return ordered + _own_order(run)


def _own_order(run: list[str]) -> list[str]:
    """Figures alone, which belong to no script, keep the order of the line."""
    return run[::-1] if any(word.upper() != word.lower() or _direction(word) < 0 for word in run) else run
