"""What an indicator is: its words, and how one row enters it; not what it comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Literal

About = Literal["actions", "recommendations", "evaluations"]


class Unit(StrEnum):
    """What a value is: a ratio from 0 to 1, days, or a count."""

    RATIO = "ratio"
    DAYS = "days"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Judged:
    """How one row enters an indicator.

    `amount` goes into the numerator and `weight` into the denominator. An `uncertain` row is in the denominator,
    though the records do not show for certain where it belongs; `days` tells by how much it may have been late.
    A row that is `left_out` is in neither, for the reason given.
    """

    amount: int = 0
    weight: int = 1
    uncertain: bool = False
    days: int | None = None
    left_out: str | None = None


HIT = Judged(1)
MISS = Judged(0)
Judge = Callable[[Any], Judged | None]
Sum = Callable[[Sequence[Judged]], Fraction | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator: what it counts among, how a row is judged, and the words that explain it.

    `judge` answers None for a row that is not asked about at all. An indicator made of others has `parts`, each
    with its weight, instead. With `several_each` one row can add several to the numerator. `unsure` says what is
    uncertain; `{days}` and `{middle}` in it become the days of those rows, and their median and mean. `band` says
    in words where a value lies.
    """

    id: str
    name: str
    about: About
    unit: Unit = Unit.RATIO
    formula: str
    numerator: str
    denominator: str
    leaves_out: str = "nothing"
    unsure: str = ""
    source: str = "mrtrack"
    judge: Judge | None = None
    total: Sum
    shows_numerator: bool = True
    several_each: bool = False
    parts: tuple[tuple[str, Fraction], ...] = ()
    band: Callable[[Fraction], str] | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """Indicators that belong together, under one heading."""

    title: str
    explanation: str
    indicators: tuple[Indicator, ...]


def left_out(reason: str) -> Judged:
    """A row that is left out, for a reason in words."""
    return Judged(weight=0, left_out=reason)


def hit(is_one: bool) -> Judged:
    """A row that is in the denominator, and in the numerator if it is one of those asked for."""
    return HIT if is_one else MISS


def share(rows: Sequence[Judged]) -> Fraction | None:
    """The numerator divided by the denominator; None where there is nothing to count."""
    whole = sum(row.weight for row in rows)
    return Fraction(sum(row.amount for row in rows), whole) if whole else None


def sum_of(rows: Sequence[Judged]) -> Fraction:
    """The sum of the amounts: a count, 0 where there is nothing."""
    return Fraction(sum(row.amount for row in rows))


def median_of(rows: Sequence[Judged]) -> Fraction | None:
    """The middle amount, or the mean of the two in the middle; None where there is nothing to count."""
    return median([row.amount for row in rows])


def median(numbers: Sequence[int]) -> Fraction | None:
    """The middle number, or the mean of the two in the middle, exactly; None of none."""
    if not numbers:
        return None
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return Fraction(ordered[half] + ordered[-half - 1], 2)
