"""Columns that stand: one for each period, each cut into parts, on one scale with a few lines to read it by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mrtrack.reports.charts.shares import Share, fill, total

_HEIGHT = 200
_FLOOR = 172
_TOP = 18
_LEFT = 9.0
_MOST_LABELS = 9


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands below it, and its parts from the floor upwards."""

    label: str
    shares: tuple[Share, ...]


def columns(drawn: Sequence[Column], name: str, number: Callable[[int], str]) -> Markup:
    """The columns beside each other; every column's total stands on it where there is room for all."""
    highest = max((total(column.shares) for column in drawn), default=0)
    scale = _round_up(highest)
    parts = [_line(share * scale // 4, scale, number) for share in (0, 2, 4)] if scale else []
    step = (100 - _LEFT) / max(1, len(drawn))
    every = -(-len(drawn) // _MOST_LABELS)
    for place, column in enumerate(drawn):
        left = _LEFT + place * step
        parts.append(_column(column, left, step, scale))
        if place % every == 0:
            parts.append(_text("label", left + step / 2, _FLOOR + 18, column.label))
    return Markup('<svg class="columns" role="img" aria-label="{}" width="100%" height="{}">{}</svg>').format(
        name, _HEIGHT, Markup("").join(parts)
    )


def _column(column: Column, left: float, step: float, scale: int) -> Markup:
    parts = []
    foot = float(_FLOOR)
    for share in column.shares:
        if share.count:
            height = (_FLOOR - _TOP) * share.count / scale
            foot -= height
            parts.append(
                Markup(
                    '<rect class="edge" x="{:.3f}%" y="{:.2f}" width="{:.3f}%" height="{:.2f}" fill="{}"/>'
                ).format(left + step * 0.14, foot, step * 0.72, height, fill(share.word))
            )
    return Markup("").join(parts)


def _line(count: int, scale: int, number: Callable[[int], str]) -> Markup:
    height = _FLOOR - (_FLOOR - _TOP) * count / scale
    line = Markup('<line class="grid" x1="{}%" x2="100%" y1="{:.2f}" y2="{:.2f}"/>').format(
        _LEFT, height, height
    )
    return line + Markup('<text class="scale" x="{}%" y="{:.2f}">{}</text>').format(
        _LEFT - 1.5, height + 4, number(count)
    )


def _text(kind: str, left: float, top: float, text: str) -> Markup:
    return Markup('<text class="{}" x="{:.3f}%" y="{:.2f}">{}</text>').format(kind, left, top, text)


def _round_up(highest: int) -> int:
    """The least of 4, 8, 12, 20, 40, 80, 120, 200 … that reaches as high: its half and its whole are even numbers."""
    power = 1
    while highest:
        for step in (4, 8, 12, 20):
            if step * power >= highest:
                return step * power
        power *= 10
    return 0
