"""The parts that a chart is made of, and the patterns by which they can be told apart without colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

PATTERNS = {
    "completed": "solid",
    "initiated": "slanted",
    "not-initiated": "dotted",
    "no-longer-applicable": "lined",
    "not-stated": "plain",
    "overdue": "crossed",
    "open": "slanted",
    "accepted": "solid",
    "partially-accepted": "slanted",
    "rejected": "crossed",
}


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole: the word that gives it its pattern, what it is called, and how many."""

    word: str
    label: str
    count: int
    told: str


def total(shares: Sequence[Share]) -> int:
    """How many all parts are together."""
    return sum(share.count for share in shares)


def fill(word: str) -> str:
    """The address of the pattern that stands for a word."""
    return f"url(#_{PATTERNS[word]})"


@cache
def swatch(word: str) -> Markup:
    """A small sample of a word's pattern, for a legend."""
    drawn = (
        '<svg class="swatch" width="16" height="16" aria-hidden="true">'
        '<rect class="edge" x="0.5" y="0.5" width="15" height="15" rx="3" fill="{}"/></svg>'
    )
    return Markup(drawn).format(fill(word))  # noqa: S704 - the text above


def patterns() -> Markup:
    """The patterns that charts refer to; a page holds them once."""
    return Markup(  # noqa: S704 - the texts below
        '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
        + "".join(
            f'<pattern id="_{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect class="p-{name}" width="8" height="8"/>{marks}</pattern>'
            for name, marks in _MARKS.items()
        )
        + "</defs></svg>"
    )


_MARKS = {
    "solid": "",
    "slanted": '<path class="m-slanted" d="M-2 2 2 -2M0 8 8 0M6 10 10 6"/>',
    "dotted": '<circle class="m-dotted" cx="2" cy="2" r="1.2"/><circle class="m-dotted" cx="6" cy="6" r="1.2"/>',
    "lined": '<path class="m-lined" d="M0 2H8M0 6H8"/>',
    "plain": "",
    "crossed": '<path class="m-crossed" d="M0 0 8 8M0 8 8 0"/>',
}
