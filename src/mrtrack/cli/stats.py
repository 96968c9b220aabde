"""`mrtrack stats`: indicators with their formulas, of everything, broken down, or over time."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrtrack.cli.options import Asked, Format, Question, reading
from mrtrack.indicators.dimensions import Dimension
from mrtrack.indicators.trend import Step

if TYPE_CHECKING:
    from rich.console import RenderableType

    from mrtrack.indicators.definition import Indicator
    from mrtrack.indicators.figures import Figure

LONGEST_TREND = 24
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
    *,
    asked: Asked,
) -> None:
    """Compute indicators: rates, delays, ageing, each with its formula and what it leaves out.

    docs/indicators.md explains them one by one. With --trend, --limit says how many periods, 24 unless told.
    """
    from mrtrack.cli import terminal
    from mrtrack.cli.results import Rows, emit_rows

    if by and trend:
        raise typer.BadParameter("leave out --by: a trend is not broken down", param_hint="--trend")
    wanted = _wanted(indicators or (), by)
    question = asked.open()
    figures = _over_time(question, wanted, trend) if trend else _as_of(question, wanted, by)
    found = _arranged(figures, asked, grouped=bool(by or trend))

    def screen() -> "Iterable[RenderableType]":
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


def _wanted(names: Sequence[str], by: Dimension | None) -> "list[Indicator]":
    from mrtrack.indicators.catalogue import INDICATORS, indicator_named
    from mrtrack.indicators.dimensions import OFFERED

    if not names:
        return [one for one in INDICATORS if by is None or one.about in OFFERED[by]]
    try:
        named = [indicator_named(name) for name in names]
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="INDICATOR") from None
    wanted = [one for one in INDICATORS if one in named]
    for one in wanted:
        if by and one.about not in OFFERED[by]:
            offered = ", ".join(other for other in Dimension if one.about in OFFERED[other])
            raise typer.BadParameter(
                f"{one.id} is about {one.about}, which have no {by}; there are: {offered}", param_hint="--by"
            )
    return wanted


def _as_of(question: Question, wanted: "Sequence[Indicator]", by: Dimension | None) -> "list[Figure]":
    from mrtrack.cli.views import view_of
    from mrtrack.indicators.measuring import measure
    from mrtrack.model.settings import same_unit
    from mrtrack.query.filters import Filter
    from mrtrack.query.selection import select

    repository = question.session.repository
    settings = repository.settings
    view = view_of(question.asked.view, settings) if question.asked.view else None
    selection = question.selection(view.criteria if view else {})
    filtered = bool(view) or any(question.asked.criteria.values())
    around = None
    if filtered and any(one.about == "recommendations" for one in wanted):
        around = select(repository.evaluations, Filter(), question.as_of, settings.days).actions
    return measure(selection, wanted, by, around=around, spellings=lambda name: same_unit(name, settings))


def _over_time(question: Question, wanted: "Sequence[Indicator]", step: Step) -> "list[Figure]":
    from mrtrack.cli.terminal import remark
    from mrtrack.cli.views import view_of
    from mrtrack.indicators.trend import begins, points

    view = view_of(question.asked.view, question.session.repository.settings) if question.asked.view else None
    selection = question.selection(view.criteria if view else {})
    every = points(begins(selection), question.as_of, step)
    limit = question.asked.limit or LONGEST_TREND
    if len(every) > limit and not question.asked.limit:
        remark(f"The last {limit} of {len(every)} {step}s; all of them: --limit {len(every)}")
    measured = [
        [replace(one, group=point.name) for one in _as_of(replace(question, as_of=point.as_of), wanted, None)]
        for point in every[-limit:]
    ]
    return [one for same in zip(*measured, strict=True) for one in same]


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
