"""Why a figure changed, for people: one sentence, then the parts that lead from the one day to the other."""

from collections.abc import Iterator, Sequence

from mrtrack.cli.cells import cell_len, clipped
from mrtrack.cli.screens.parts import Piece, Text
from mrtrack.cli.screens.style import day, indented
from mrtrack.cli.terminal import one_line
from mrtrack.indicators.causes import Step
from mrtrack.indicators.changing import Part, State, Why, signed, told
from mrtrack.indicators.definition import Indicator
from mrtrack.indicators.figures import in_words_of

_NAME, _VALUE, _NUMBER = 38, 9, 13


def reasons(found: Sequence[Why], width: int, *, refs: bool) -> Iterator[Piece]:
    """Each indicator with its change; with `refs`, what each part is made of."""
    for number, one in enumerate(found):
        if number:
            yield Text("")
        yield Text(one.of.name, style="bold")
        yield indented(Text(one.of.formula, style="dim"), 2)
        yield indented(Text(told(one) if one.parts else "nothing of it changed"))
        yield Text("")
        room = max(12, min(_NAME, width - 2 - _VALUE - 2 * _NUMBER))
        yield Text(
            f"  {'':{room}}{'':{_VALUE}}{'numerator':>{_NUMBER}}{'denominator':>{_NUMBER}}", style="dim"
        )
        yield _total(one.of, day(one.first), one.before, room)
        for part in one.parts:
            yield _part(part, room)
            if refs:
                yield indented(Text(", ".join(one_line(ref) for ref in part.refs), style="cyan"), 6)
        yield _total(one.of, day(one.last), one.after, room)
        if any(part.cause.step is Step.MOVE for part in one.parts):
            yield _total(one.of, "without the moves", one.unmoved, room)


def _total(of: Indicator, label: str, state: State, room: int) -> Piece:
    value = in_words_of(of, state.value)
    numbers = f"{state.numerator:>{_NUMBER},}{state.denominator:>{_NUMBER},}"
    return Text.assemble("  ", _fitted(label, room), (f"{value:>{_VALUE}}", "bold"), numbers)


def _part(part: Part, room: int) -> Piece:
    numbers = (signed(number) if number else "" for number in (part.numerator, part.denominator))
    columns = "".join(f"{number:>{_NUMBER}}" for number in numbers)
    return Text(f"  {_fitted(f'  {part.cause.words}', room)}{'':{_VALUE}}{columns}")


def _fitted(label: str, room: int) -> str:
    shown = clipped(label, room - 1)
    return shown + " " * (room - cell_len(shown))
