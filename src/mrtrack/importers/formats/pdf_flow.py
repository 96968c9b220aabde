"""Which printed lines are one line that only the width of the page or of a cell broke."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mrtrack.importers.formats.pdf_print import Printed

_NUMBERED = re.compile(r"\(?(?:[0-9]+(?:\.[0-9]+)*|[a-z])[.)]\s|[0-9]+(?:\.[0-9]+)+\s")
_LABEL = re.compile(r"[^\W\d_][^.:;]{1,50}:")
_SENTENCE_END = re.compile(r"[.;:!?؟。…][\"'”’»)]*$")  # noqa: RUF001 - as it is printed
_HYPHENATED = re.compile(r"\w[-‐‑/]$")  # noqa: RUF001 - hyphens as they are printed
_BREAKING = "-‐‑/–—\u00ad"  # noqa: RUF001 - signs after which a line may break without a space
_SLACK = 2.5
_INDENT = 60.0
_USUAL_STEP = 1.25
_WIDEST_STEP = 2.3
_DOUBT = 1.5
_DOUBT_IF_SPACED = 6.0


@dataclass(frozen=True, slots=True)
class Edges:
    """Between which edges, in points, the lines of a page or of a cell are set."""

    left: float
    right: float


@dataclass(slots=True)
class Habits:
    """How the lines of one paragraph are printed below each other, learnt from the lines themselves.

    Some programs print the space at which they broke a line, and none where a paragraph ends.
    """

    steps: dict[float, Counter[float]] = field(default_factory=dict)
    full: Counter[bool] = field(default_factory=Counter)
    short: Counter[bool] = field(default_factory=Counter)

    def learn(self, lines: Sequence[Printed], edges: Edges) -> None:
        """Count what the lines show that belong together as far as their width tells."""
        for line, after in pairwise(lines):
            step = after.bottom - line.bottom
            if line.page != after.page or not 0 < step < _WIDEST_STEP * line.size:
                continue
            if _wrapped(line, after, edges):
                self.steps.setdefault(round(line.size), Counter())[round(step * 2) / 2] += 1
                self.full[line.spaced] += 1
            elif edges.right - line.x1 > 0.3 * (edges.right - edges.left):
                self.short[line.spaced] += 1
        if lines and edges.right - lines[-1].x1 > 0.3 * (edges.right - edges.left):
            self.short[lines[-1].spaced] += 1

    @property
    def spaces_tell(self) -> bool:
        """Whether a space is printed after a line that goes on, and none after one that ends."""
        full, short = self.full.total(), self.short.total()
        return full > 2 and short > 2 and self.full[True] >= 0.6 * full and self.short[True] <= 0.1 * short

    def step(self, line: Printed) -> float:
        """How far below a line the next one of its paragraph stands, in points."""
        counted = self.steps.get(round(line.size))
        if counted is None or counted.total() < 3:
            return self._share * line.size
        most = max(counted.values())
        return min(step for step, times in counted.items() if times * 3 >= most)

    @property
    def _share(self) -> float:
        """The step in sizes of the letters, where a size of its own is too rare to tell."""
        shares: Counter[float] = Counter()
        for size, counted in self.steps.items():
            for step, times in counted.items():
                shares[step / size] += times
        return max(_USUAL_STEP, shares.most_common(1)[0][0]) if shares.total() > 2 else _USUAL_STEP

    def gap(self, line: Printed, after: Printed) -> bool:
        """Whether more than the usual step lies between two lines of a page."""
        return after.bottom - line.bottom > 1.25 * self.step(line) + 0.5

    def ends(self, line: Printed, edges: Edges) -> bool:
        """Whether a line is known to end its paragraph: it had room for a space, and has none."""
        if not self.spaces_tell or line.spaced or line.leftward or line.text[-1:] in _BREAKING:
            return False
        single = " " not in line.text
        return edges.right - line.x1 > (line.size if single else line.space + 1)

    def goes_on(self, line: Printed) -> bool:
        """Whether a line is known to go on with another word, wherever the next one stands."""
        return self.spaces_tell and line.spaced and not line.leftward


def goes_on(line: Printed, after: Printed, edges: Edges, habits: Habits) -> bool:
    """Whether the second line is the first one's own text, broken only because the width was full."""
    if line.page == after.page and (after.bottom <= line.bottom or habits.gap(line, after)):
        return False
    return not habits.ends(line, edges) and _wrapped(line, after, edges)


def runs_on(line: Printed, after: Printed, edges: Edges, habits: Habits) -> bool:
    """Whether the first line is full and the second one reads on, wherever the two stand."""
    if habits.spaces_tell and not line.leftward:
        return line.spaced or (not habits.ends(line, edges) and after.text[:1].islower())
    new_sentence = _SENTENCE_END.search(line.text) and not after.text[:1].islower()
    return not new_sentence and not after.bulleted and _full(line, after, edges)


def paragraphs(lines: Iterable[Printed], edges: Edges, habits: Habits) -> list[list[Printed]]:
    """Lines put together with those that go on with them."""
    found: list[list[Printed]] = []
    for line in lines:
        if found and goes_on(found[-1][-1], line, edges, habits):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def joined(lines: Sequence[Printed], edges: Edges, habits: Habits) -> str:
    """The text of a paragraph; a soft hyphen at the end of a line goes, a printed one stays."""
    text = lines[0].text
    for line, after in pairwise(lines):
        if text.endswith("\u00ad"):
            text = text[:-1] + after.text
        elif not habits.goes_on(line) and (_HYPHENATED.search(text) or _word_broken(line, after, edges)):
            text += after.text
        else:
            text += f" {after.text}"
    return text


def _wrapped(line: Printed, after: Printed, edges: Edges) -> bool:
    if abs(line.size - after.size) > 0.6 or line.last_font != after.font or line.leftward != after.leftward:
        return False
    if after.bulleted or not _below(line, after):
        return False
    begins = _NUMBERED.match(after.text) or (_LABEL.match(after.text) and len(after.text) < 60)
    if begins and _SENTENCE_END.search(line.text):
        return False
    return _full(line, after, edges)


def _full(line: Printed, after: Printed, edges: Edges) -> bool:
    """Whether the first word of the next line had no room any more."""
    room = line.x0 - edges.left if line.leftward else edges.right - line.x1
    doubt = _DOUBT_IF_SPACED if line.spaced else _DOUBT
    return room < line.space + after.first + doubt


def _below(line: Printed, after: Printed) -> bool:
    """Whether a line begins where the one above does, or its text after a bullet, or both are centred."""
    if line.leftward:
        return abs(line.x1 - after.x1) < _SLACK or 0 < after.x1 - line.x1 < _INDENT
    if min(abs(after.x0 - line.x0), abs(after.x0 - line.hang)) < _SLACK:
        return True
    first_indented = 0 < line.x0 - after.x0 < _INDENT
    centred = abs((line.x0 + line.x1) - (after.x0 + after.x1)) < 2 * _SLACK
    return first_indented or centred


def _word_broken(line: Printed, after: Printed, edges: Edges) -> bool:
    """Whether a word too long for a narrow cell goes on in the next line."""
    alone = " " not in line.text and line.text[-1:].isalnum()
    room = edges.right - line.x1
    goes = re.match(r"[^\W\d_]{1,3}(?![^\W\d_])", after.text)
    return bool(alone and goes and after.text[:1].islower() and room < after.letter + 0.5)
