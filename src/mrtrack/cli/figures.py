"""The figures that a question asks for: as of its day, or at the points of a trend."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from mrtrack.cli.options import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mrtrack.indicators.definition import Indicator
    from mrtrack.indicators.dimensions import Dimension
    from mrtrack.indicators.figures import Figure
    from mrtrack.indicators.trend import Step
    from mrtrack.query.rows import ActionRow
    from mrtrack.query.selection import Selection

LONGEST_TREND = 24


def wanted_of(names: Sequence[str], by: "Dimension | None") -> "list[Indicator]":
    """The indicators of the names that a person typed, in the order of the catalogue; of none, all that can be.

    Raises:
        typer.BadParameter: where a name is none, or cannot be broken down so.
    """
    from mrtrack.indicators.catalogue import INDICATORS, indicator_named
    from mrtrack.indicators.dimensions import OFFERED, Dimension

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


def selected(question: Question, *, once: bool = False) -> "tuple[Selection, Iterable[ActionRow] | None]":
    """The rows that a question is about, as of its day; and all actions, where filters hide some.

    What is asked `once` is asked of the index; for many days, records are read once and kept.
    """
    from mrtrack.cli.views import view_of
    from mrtrack.query.filters import Filter

    settings = question.settings if once else question.session.repository.settings
    view = view_of(question.asked.view, settings) if question.asked.view else None
    wanted = question.wanted(view.criteria if view else {})
    answers = question.answers if once else question.plain_answers
    selection = answers.selection(wanted)
    if not (view or any(question.asked.criteria.values())):
        return selection, None
    return selection, answers.selection(Filter()).actions


def figures_of(
    question: Question,
    wanted: "Sequence[Indicator]",
    by: "Dimension | None" = None,
    *,
    named: bool = False,
    once: bool = False,
) -> "list[Figure]":
    """What the indicators come to, as of the day that is asked about; with `named`, with every row they count.

    `once` is as `selected` takes it.
    """
    from mrtrack.indicators.measuring import measure
    from mrtrack.model.wording import same_unit

    settings = question.settings if once else question.session.repository.settings
    selection, around = selected(question, once=once)
    return measure(
        selection,
        wanted,
        by,
        around=around,
        spellings=lambda name: same_unit(name, settings),
        named=named,
    )


def over_time(question: Question, wanted: "Sequence[Indicator]", step: "Step") -> "list[Figure]":
    """What the indicators come to at each point of a trend; --limit says how many periods."""
    from mrtrack.cli.terminal import remark
    from mrtrack.indicators.trend import begins, points

    selection, _ = selected(question)
    every = points(begins(selection), question.as_of, step)
    limit = question.asked.limit or LONGEST_TREND
    if len(every) > limit and not question.asked.limit:
        remark(f"The last {limit} of {len(every)} {step}s; all of them: --limit {len(every)}")
    measured = [
        [replace(one, group=point.name) for one in figures_of(question._replace(as_of=point.as_of), wanted)]
        for point in every[-limit:]
    ]
    return [one for same in zip(*measured, strict=True) for one in same]
