"""Why a figure changed, for people: one sentence, then the parts that lead from the one day to the other."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from mrtrack.cli.screens.style import day
from mrtrack.cli.terminal import clipped, one_line
from mrtrack.indicators.causes import Step
from mrtrack.indicators.changing import Part, State, Why, signed, told
from mrtrack.indicators.definition import Indicator
from mrtrack.indicators.figures import in_words_of

_NAME, _VALUE, _NUMBER = 38, 9, 13


def reasons(found: Sequence[Why], width: int, *, refs: bool) -> Iterator[RenderableType]:
    """Each indicator with its change; with `refs`, what each part is made of."""
    for number, one in enumerate(found):
        if number:
            yield Text("")
        yield Text(one.of.name, style="bold")
        yield Padding(Text(one.of.formula, style="dim"), (0, 0, 0, 2))
        yield Padding(Text(told(one) if one.parts else "nothing of it changed"), (0, 0, 1, 2))
        room = max(12, min(_NAME, width - 2 - _VALUE - 2 * _NUMBER))
        yield Text(
            f"  {'':{room}}{'':{_VALUE}}{'numerator':>{_NUMBER}}{'denominator':>{_NUMBER}}", style="dim"
        )
        yield _total(one.of, day(one.first), one.before, room)
        for part in one.parts:
            yield _part(part, room)
            if refs:
                yield Padding(Text(", ".join(one_line(ref) for ref in part.refs), style="cyan"), (0, 0, 0, 6))
        yield _total(one.of, day(one.last), one.after, room)
        if any(part.cause.step is Step.MOVE for part in one.parts):
            yield _total(one.of, "without the moves", one.unmoved, room)


def _total(of: Indicator, label: str, state: State, room: int) -> RenderableType:
    value = in_words_of(of, state.value)
    numbers = f"{state.numerator:>{_NUMBER},}{state.denominator:>{_NUMBER},}"
    return Text.assemble("  ", _fitted(label, room), (f"{value:>{_VALUE}}", "bold"), numbers)


def _part(part: Part, room: int) -> RenderableType:
    numbers = (signed(number) if number else "" for number in (part.numerator, part.denominator))
    columns = "".join(f"{number:>{_NUMBER}}" for number in numbers)
    return Text(f"  {_fitted(f'  {part.cause.words}', room)}{'':{_VALUE}}{columns}")


def _fitted(label: str, room: int) -> str:
    shown = clipped(label, room - 1)
    return shown + " " * (room - cell_len(shown))
