"""`mrtrack stats`: indicators with their formulas, of everything, broken down, over time, or with a receipt."""

from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrtrack.cli.options import Asked, Format, Question, reading
from mrtrack.indicators.dimensions import Dimension
from mrtrack.indicators.trend import Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mrtrack.cli.screens.parts import Piece
    from mrtrack.indicators.figures import Figure

HEADINGS = {
    "id": "Indicator",
    "group": "Group",
    "value": "Value",
    "numerator": "Numerator",
    "denominator": "Denominator",
    "left_out": "Left out",
    "uncertain": "Uncertain",
    "formula": "Formula",
    "reasons": "Left out because",
    "note": "Note",
}


@reading
def run(
    indicators: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INDICATOR…]", help="Indicators, or the beginnings of their names; bare: all."
        ),
    ] = None,
    by: Annotated[Dimension | None, typer.Option(help="Break the figures down.")] = None,
    trend: Annotated[
        Step | None, typer.Option(help="As of the last day of each month, quarter or year.")
    ] = None,
    chart: Annotated[bool, typer.Option("--chart", help="Draw bars.")] = False,
    why: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="FROM TO", help="Explain how the figures changed from one day to the other."),
    ] = None,
    refs: Annotated[bool, typer.Option("--refs", help="With --why: name what each part is made of.")] = False,
    receipt: Annotated[
        bool, typer.Option("--receipt", help="A receipt of the figures, computed from the last commit.")
    ] = False,
    partial: Annotated[
        bool, typer.Option("--partial", help="With --receipt: even where a record cannot be read.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="PATH", help="With --receipt: write it to this file."),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """Compute indicators: rates, delays, ageing, each with its formula and what it leaves out.

    docs/indicators.md explains them one by one. With --trend, --limit says how many periods, 24 unless told. What
    verify needs to compute figures again stands in a --receipt.
    """
    from mrtrack.cli import terminal
    from mrtrack.cli.figures import figures_of, over_time, wanted_of
    from mrtrack.cli.results import Rows, emit_rows, page
    from mrtrack.cli.screens.parts import Text

    if by and trend:
        raise typer.BadParameter("leave out --by: a trend is not broken down", param_hint="--trend")
    _demand_together({"--partial": partial, "-o": output, "--refs": refs}, receipt=receipt, why=bool(why))
    if receipt:
        _demand_alone("--receipt", {"--trend": trend, "--chart": chart, "--why": why}, asked)
        _receipt(asked, indicators or [], by, output, partial=partial)
        return
    if why:
        from mrtrack.cli.explaining import explain, explained

        _demand_alone("--why", {"--trend": trend, "--chart": chart, "--by": by, "--as-of": asked.as_of}, None)
        explain(asked.open(), explained(indicators or ()), why, refs=refs)
        return
    wanted = wanted_of(indicators or (), by)
    question = asked.open()
    figures = over_time(question, wanted, trend) if trend else figures_of(question, wanted, by, once=True)
    found = _arranged(figures, asked, grouped=bool(by or trend))
    counted = any(figure.denominator or figure.left_out for figure in figures)
    nothing = _nothing(question) if asked.format is Format.TABLE and not counted else ""
    if nothing:
        terminal.emit(page(question.session, [Text(nothing)]))
        question.finish()
        return

    def screen() -> "Iterable[Piece]":
        from mrtrack.cli.screens.figures import all_figures, broken_down

        width = terminal.width()
        if by or trend:
            return broken_down(found, question.as_of, width, chart=chart)
        return all_figures(found, question.as_of, width, chart=chart, families=asked.sort is None)

    items = [figure.as_json() for figure in found]
    keys = list(items[0])
    if asked.format is Format.MD:
        items = [item | _for_reading(figure) for item, figure in zip(items, found, strict=True)]
    emit_rows(question, Rows(kind="indicators", items=items, keys=keys, headings=HEADINGS), screen)
    question.finish()


def _arranged(figures: "list[Figure]", asked: Asked, *, grouped: bool) -> "list[Figure]":
    """Figures sorted and limited as asked: the indicators, or the groups of each below that of all rows.

    The periods of a trend were limited before.
    """
    if not grouped:
        return _sorted(figures, asked.sort)[: asked.limit]
    found: list[Figure] = []
    for _, same in groupby(figures, key=lambda figure: figure.of.id):
        listed = list(same)
        whole = [figure for figure in listed if figure.group is None]
        groups = _sorted([figure for figure in listed if figure.group is not None], asked.sort)
        found += whole + groups[: asked.limit]
    return found


def _sorted(figures: "list[Figure]", order: str | None) -> "list[Figure]":
    if not (order and figures):
        return figures
    from mrtrack.cli.list import in_order

    rows = [SimpleNamespace(**figure.as_json(), figure=figure) for figure in figures]
    return [row.figure for row in in_order(rows, list(figures[0].as_json()), order)]


def _for_reading(figure: "Figure") -> dict[str, Any]:
    from mrtrack.indicators.figures import in_words

    return {"value": in_words(figure), "group": figure.group or ""}


def _nothing(question: Question) -> str:
    """One sentence where there is nothing to count; else empty."""
    from mrtrack.cli.figures import selected

    if selected(question)[0].evaluations:
        return ""
    if not question.session.repository.evaluations and not question.session.unread:
        return "There is nothing to count yet: no record is here. mrtrack new or mrtrack import make one."
    if question.session.unread and not question.session.repository.evaluations:
        return "There is nothing to count: no record here can be read."
    if question.asked.view or any(question.asked.criteria.values()):
        return "Nothing fits what was asked for, so there is nothing to count."
    return f"There is nothing to count: no record tells of anything by {question.as_of}."


def _receipt(
    asked: Asked, names: list[str], by: Dimension | None, output: Path | None, *, partial: bool
) -> None:
    from mrtrack.cli.figures import wanted_of
    from mrtrack.cli.receipts import receipt_of, write
    from mrtrack.indicators.receipt_files import receipt_text

    write(receipt_text(receipt_of(asked, wanted_of(names, by), by, partial=partial)), output)


def _demand_together(given: dict[str, Any], *, receipt: bool, why: bool) -> None:
    needs = {"--partial": ("--receipt", receipt), "-o": ("--receipt", receipt), "--refs": ("--why", why)}
    for option, value in given.items():
        needed, there = needs[option]
        if value and not there:
            raise typer.BadParameter(f"it goes with {needed}", param_hint=option)


def _demand_alone(option: str, others: dict[str, Any], asked: Asked | None) -> None:
    """Refuse what would have no effect beside an option, rather than pass it over."""
    if asked:
        others |= {"--sort": asked.sort, "--limit": asked.limit}
        others |= {"--format": asked.format if asked.format is not Format.TABLE else None}
    for other, value in others.items():
        if value:
            raise typer.BadParameter(f"leave out {other}: {option} takes none", param_hint=option)
