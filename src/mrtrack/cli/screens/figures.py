"""Indicators for people: a line each, its formula below it, and what is left out or uncertain in words."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby

from mrtrack.cli.cells import cell_len, clipped
from mrtrack.cli.screens.parts import Piece, Text
from mrtrack.cli.screens.style import DONE, OPEN, day, indented
from mrtrack.cli.terminal import one_line
from mrtrack.indicators.catalogue import FAMILIES
from mrtrack.indicators.definition import Unit
from mrtrack.indicators.figures import Figure, in_words, made_of
from mrtrack.model.words import NOT_STATED, Decision

_VALUE, _MADE_OF, _BAR = 11, 17, 22
_NAME = 40
_WORDS = (NOT_STATED, *Decision)


def all_figures(
    figures: Sequence[Figure], as_of: date, width: int, *, chart: bool, families: bool
) -> Iterator[Piece]:
    """Indicators over all rows, under the headings of their families."""
    yield Text(f"as of {day(as_of)}", style="dim")
    heading = ""
    for figure in figures:
        title = _family_of(figure) if families else ""
        if title != heading:
            yield Text("")
            yield Text(title, style="bold")
            heading = title
        yield _line(figure, figure.of.name, width, _share_of(figure) if chart else None, chart=chart)
        yield _below(figure.of.formula)
        yield from _remarks(figure)


def broken_down(figures: Sequence[Figure], as_of: date, width: int, *, chart: bool) -> Iterator[Piece]:
    """Indicators one after the other, each with its figure over all rows and those of its groups or periods."""
    yield Text(f"as of {day(as_of)}", style="dim")
    for _, same in groupby(figures, key=lambda figure: figure.of.id):
        listed = list(same)
        yield Text("")
        yield Text(listed[0].of.name, style="bold")
        yield indented(Text(listed[0].of.formula, style="dim"), 2)
        largest = _largest(listed)
        for figure in listed:
            share = _share_of(figure, largest) if chart else None
            yield _line(figure, _group(figure), width, share, chart=chart)
            yield from _remarks(figure)


def _line(figure: Figure, label: str, width: int, share: Fraction | None, *, chart: bool) -> Piece:
    room = width - 2 - _VALUE - _MADE_OF - (_BAR if chart else 0)
    room = min(room, _NAME) if chart else min(room, _NAME + _BAR // 2)
    name = clipped(one_line(label), room - 1)
    parts: list[str | tuple[str, str]] = ["  ", name, " " * (room - cell_len(name))]
    if chart:
        parts += [*_bar(share, _BAR - 2), "  "]
    value = in_words(figure)
    parts.append((f"{value:>{_VALUE}}", "bold" if figure.value is not None else "dim"))
    parts.append((f"   {made_of(figure)}", "dim"))
    return Text.assemble(*parts, no_wrap=True)


def _bar(share: Fraction | None, cells: int) -> Iterable[tuple[str, str]]:
    if share is None:
        return [(" " * cells, "")]
    full = int(min(share, Fraction(1)) * cells)
    full = max(full, 1) if share else 0
    return [(DONE * full, "cyan"), (OPEN * (cells - full), "dim")]


def _share_of(figure: Figure, largest: Fraction | None = None) -> Fraction | None:
    """How far a bar reaches: a ratio as it is, a count in its whole, days beside the most there are."""
    if figure.value is None:
        return None
    if figure.of.unit is Unit.RATIO:
        return figure.value
    if figure.of.unit is Unit.DAYS:
        return figure.value / largest if largest else None
    if figure.of.several_each:
        return figure.value / largest if largest else None
    return Fraction(figure.numerator or 0, figure.denominator) if figure.denominator else None


def _largest(figures: Iterable[Figure]) -> Fraction | None:
    return max((figure.value for figure in figures if figure.value), default=None)


def _remarks(figure: Figure) -> Iterator[Piece]:
    if figure.note:
        yield _below(figure.note, "yellow")
    if figure.left_out:
        told = "; ".join(f"{len(one.refs):,} {one.reason}" for one in figure.left_out)
        yield _below(f"left out: {told}", "yellow")


def _below(words: str, style: str = "dim") -> Piece:
    return indented(Text(words, style=style), 6)


def _group(figure: Figure) -> str:
    if figure.group is None:
        return "all"
    return figure.group.replace("-", " ") if figure.group in _WORDS else figure.group


def _family_of(figure: Figure) -> str:
    return next(family.title for family in FAMILIES if figure.of in family.indicators)
