"""`stats --why FROM TO`: why figures changed between two days."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from mrtrack.cli.options import Format, Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mrtrack.cli.screens.parts import Piece
    from mrtrack.indicators.changing import State, Why
    from mrtrack.indicators.definition import Indicator

HEADINGS = {
    "id": "Indicator",
    "change": "Change",
    "numerator": "Numerator",
    "denominator": "Denominator",
    "value": "Value",
    "refs": "References",
}


def explain(question: Question, wanted: "Sequence[Indicator]", days: tuple[str, str], *, refs: bool) -> None:
    """Print why the indicators changed between two days.

    Raises:
        typer.BadParameter: where a day is none, the days are the wrong way round, or an indicator has no parts.
    """
    from mrtrack.cli import terminal
    from mrtrack.cli.results import Rows, emit_rows

    first, last = _days(days)
    found = [_why(question, one, first, last) for one in wanted]
    question = question._replace(as_of=last)
    items = [_item(one) for one in found]
    if question.asked.format is not Format.JSON:
        items = [row for one in found for row in _rows(one)]

    def screen() -> "Iterable[Piece]":
        from mrtrack.cli.screens.why import reasons

        return reasons(found, terminal.width(), refs=refs)

    keys = list(items[0])
    emit_rows(question, Rows(kind="indicator-changes", items=items, keys=keys, headings=HEADINGS), screen)
    question.finish()


def explained(names: Sequence[str]) -> "list[Indicator]":
    """The indicators whose change is to be explained.

    Raises:
        typer.BadParameter: where none is named, or one whose change no parts explain.
    """
    from mrtrack.cli.figures import wanted_of
    from mrtrack.indicators.changing import cannot_explain

    if not names:
        raise typer.BadParameter(
            "say which indicator: mrtrack stats --why 2025-12-31 2026-12-31 overdue-rate", param_hint="--why"
        )
    wanted = wanted_of(names, None)
    for one in wanted:
        reason = cannot_explain(one)
        if reason:
            raise typer.BadParameter(reason, param_hint="--why")
    return wanted


def _days(days: tuple[str, str]) -> Any:  # noqa: ANN401 - two days
    from mrtrack.cli.session import date_option

    first, last = (date_option(text, "--why") for text in days)
    if first is None or last is None or first.last >= last.last:
        raise typer.BadParameter("the second day comes after the first", param_hint="--why")
    return first.last, last.last


def _why(question: Question, indicator: "Indicator", first: Any, last: Any) -> "Why":  # noqa: ANN401 - days
    from mrtrack.cli.figures import selected
    from mrtrack.indicators.changing import Asked, why

    def asked(day: Any) -> Asked:  # noqa: ANN401 - a day
        selection, around = selected(question._replace(as_of=day))
        return Asked(selection, tuple(selection.actions if around is None else around))

    long_overdue = question.session.repository.settings.days.long_overdue
    return why(indicator, asked(first), asked(last), long_overdue)


def _item(found: "Why") -> dict[str, Any]:
    from mrtrack.indicators.changing import told

    return {
        "id": found.of.id,
        "name": found.of.name,
        "formula": found.of.formula,
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "before": _state(found, found.before),
        "after": _state(found, found.after),
        "without_moves": _state(found, found.unmoved),
        "parts": [
            {
                "change": part.cause.words,
                "kind": part.cause.step.value,
                "numerator": part.numerator,
                "denominator": part.denominator,
                "refs": list(part.refs),
            }
            for part in found.parts
        ],
        "text": told(found),
    }


def _rows(found: "Why") -> list[dict[str, Any]]:
    def row(change: str, numerator: int, denominator: int, value: str, refs: Sequence[str]) -> dict[str, Any]:
        listed = (found.of.id, change, numerator, denominator, value, list(refs))
        return dict(zip(HEADINGS, listed, strict=True))

    def total(words: str, state: "State") -> dict[str, Any]:
        from mrtrack.indicators.figures import in_words_of

        return row(words, state.numerator, state.denominator, in_words_of(found.of, state.value), ())

    parts = [row(one.cause.words, one.numerator, one.denominator, "", one.refs) for one in found.parts]
    return [
        total(f"as of {found.first}", found.before),
        *parts,
        total(f"as of {found.last}", found.after),
        total("without the moves", found.unmoved),
    ]


def _state(found: "Why", state: "State") -> dict[str, Any]:
    from mrtrack.indicators.figures import plain_number

    return {
        "value": plain_number(state.value, found.of.unit),
        "numerator": state.numerator,
        "denominator": state.denominator,
    }
