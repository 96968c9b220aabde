"""What an indicator comes to: the value with all that it was made of, for all rows or for one group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from mrtrack.indicators.definition import Indicator, Judged, Unit, median

_LISTED_DAYS = 8
NO_SUM = "the countries do not add up to this: an item counts once in each country of its evaluation"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that an indicator leaves out, with the reason in words."""

    reason: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one indicator comes to, as of a day. `group` is None for all rows, else the group it is about.

    `value` is a ratio from 0 to 1, days or a count, exact; None where there is nothing to count. What is made of
    other figures has neither numerator nor denominator. `uncertain` names the rows of the denominator that the
    records do not show for certain to belong where they are counted; `note` says in words what to know. `counted`
    are the rows of the denominator, each with how it entered, where they were asked for.
    """

    of: Indicator
    group: str | None
    as_of: date
    value: Fraction | None
    numerator: int | None
    denominator: int | None
    left_out: tuple[LeftOut, ...]
    uncertain: tuple[str, ...]
    note: str | None
    counted: tuple[tuple[str, Judged], ...] = field(default=(), repr=False)

    @property
    def left_out_count(self) -> int:
        """How many rows are left out, for whatever reason."""
        return sum(len(one.refs) for one in self.left_out)

    def as_json(self) -> dict[str, Any]:
        """The figure as an item of `stats --json`."""
        return {
            "id": self.of.id,
            "name": self.of.name,
            "group": self.group,
            "value": plain_number(self.value, self.of.unit),
            "numerator": self.numerator,
            "denominator": self.denominator,
            "left_out": self.left_out_count,
            "uncertain": len(self.uncertain),
            "unit": self.of.unit.value,
            "formula": self.of.formula,
            "reasons": [{"count": len(one.refs), "reason": one.reason} for one in self.left_out],
            "note": self.note,
            "as_of": self.as_of.isoformat(),
        }


@dataclass(slots=True)
class Tally:
    """The rows of one indicator and group, gathered while they are judged; what counts by name only if `named`."""

    named: bool = False
    counted: list[Judged] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    unsure: list[tuple[str, Judged]] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def add(self, ref: str, judged: Judged) -> None:
        """Put a judged row where it belongs."""
        if judged.left_out:
            self.left_out.setdefault(judged.left_out, []).append(ref)
            return
        self.counted.append(judged)
        if self.named:
            self.refs.append(ref)
        if judged.uncertain:
            self.unsure.append((ref, judged))


def figure(
    indicator: Indicator, tally: Tally, group: str | None, as_of: date, *, adds_up: bool = True
) -> Figure:
    """What the rows of a tally come to."""
    rows = tally.counted
    notes = [_unsure(indicator, [judged for _, judged in tally.unsure]), "" if adds_up else NO_SUM]
    return Figure(
        of=indicator,
        group=group,
        as_of=as_of,
        value=indicator.total(rows),
        numerator=sum(judged.amount for judged in rows) if indicator.shows_numerator else None,
        denominator=sum(judged.weight for judged in rows),
        left_out=tuple(LeftOut(reason, tuple(refs)) for reason, refs in tally.left_out.items()),
        uncertain=tuple(ref for ref, _ in tally.unsure),
        note="; ".join(note for note in notes if note) or None,
        counted=tuple(zip(tally.refs, tally.counted, strict=True)) if tally.named else (),
    )


def combined(
    indicator: Indicator, parts: Mapping[str, Figure], group: str | None, as_of: date, *, adds_up: bool = True
) -> Figure:
    """What an indicator comes to that is made of others; no value where one of them has none."""
    lacking = [parts[name].of for name, _ in indicator.parts if parts[name].value is None]
    value = None
    if not lacking:
        value = sum(((parts[name].value or 0) * weight for name, weight in indicator.parts), Fraction(0))
    notes = [f"no data for {one.name}" for one in lacking]
    if value is not None and indicator.band:
        notes.append(indicator.band(value))
    notes += [] if adds_up else [NO_SUM]
    return Figure(
        of=indicator,
        group=group,
        as_of=as_of,
        value=value,
        numerator=None,
        denominator=None,
        left_out=(),
        uncertain=(),
        note="; ".join(notes) or None,
    )


def plain_number(value: Fraction | None, unit: Unit) -> float | None:
    """A value as a number of JSON: a count is whole, days only where they have no part of a day."""
    if value is None:
        return None
    whole = unit is not Unit.RATIO and value.denominator == 1
    return int(value) if whole else float(value)


def in_words(figure: Figure) -> str:
    """The value as people read it: a ratio in percent with one decimal, days, a count; – where there is none."""
    return in_words_of(figure.of, figure.value)


def in_words_of(indicator: Indicator, value: Fraction | None) -> str:
    """A value of an indicator as people read it, as `in_words`."""
    if value is None:
        return "–"
    if indicator.unit is Unit.RATIO:
        return _percent(value)
    if indicator.unit is Unit.DAYS:
        return f"{short(value)} {'day' if value == 1 else 'days'}"
    return decimal(value, 0)


def made_of(figure: Figure) -> str:
    """What the value was made of: n of m, or over how many it is."""
    if figure.denominator is None:
        return ""
    if figure.of.unit is Unit.DAYS:
        return f"over {figure.denominator:,}"
    if figure.of.several_each:
        return f"in {figure.denominator:,}"
    return f"{figure.numerator:,} of {figure.denominator:,}"


def decimal(value: Fraction, places: int) -> str:
    """A value with so many decimals, halves rounded up; computed exactly."""
    scale = 10**places
    scaled = (2 * value.numerator * scale + value.denominator) // (2 * value.denominator)
    whole, rest = divmod(scaled, scale)
    return f"{whole:,}.{rest:0{places}}" if places else f"{whole:,}"


def short(value: Fraction) -> str:
    """Days in words: 110, or 77.5."""
    return decimal(value, 0 if value.denominator == 1 else 1)


def _percent(value: Fraction) -> str:
    """A ratio in percent; what is not all does not read 100.0 %, what is not nothing not 0.0 %."""
    least = Fraction(1, 1000)
    shown = value if value in (0, 1) else min(max(value, least), 1 - least)
    return f"{decimal(shown * 100, 1)} %"


def _unsure(indicator: Indicator, rows: Sequence[Judged]) -> str:
    if not rows:
        return ""
    days = sorted(judged.days for judged in rows if judged.days is not None)
    told = indicator.unsure.format(days=_days(days), middle=_middle(days))
    return f"{len(rows):,} uncertain: {told}"


def _days(days: Sequence[int]) -> str:
    if len(days) < 2:
        return "1 day" if days == [1] else "".join(f"{one:,} days" for one in days)
    if len(days) > _LISTED_DAYS:
        return f"{days[0]:,} to {days[-1]:,} days"
    return ", ".join(f"{one:,}" for one in days[:-1]) + f" and {days[-1]:,} days"


def _middle(days: Sequence[int]) -> str:
    middle = median(days)
    if middle is None or len(days) < 2:
        return ""
    return f" (median {short(middle)}, mean {short(Fraction(sum(days), len(days)))})"
