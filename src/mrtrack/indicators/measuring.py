"""Figures over a selection: every row is looked at once, whatever is asked about it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from mrtrack.indicators import facts
from mrtrack.indicators.catalogue import BY_ID, INDICATORS
from mrtrack.indicators.definition import About, Indicator
from mrtrack.indicators.dimensions import OFFERED, Dimension, groups_of, in_order
from mrtrack.indicators.figures import Figure, Tally, combined, figure
from mrtrack.query.rows import ActionRow, Row
from mrtrack.query.selection import Selection

Group = str | None
_Tallies = dict[Group, dict[str, Tally]]


def measure(
    selection: Selection,
    wanted: Sequence[Indicator] = INDICATORS,
    by: Dimension | None = None,
    *,
    around: Iterable[ActionRow] | None = None,
    spellings: Callable[[str], str] = str,
    named: bool = False,
) -> list[Figure]:
    """What indicators come to over a selection, in the order asked for.

    Broken down by a dimension, each figure over all rows is followed by those of the groups; an indicator whose
    rows do not know the dimension has no figures. A recommendation's state follows from all actions that answer
    it: `around` gives them where the selection holds only some. With `named`, figures name every row they count.
    """
    asked = [one for one in wanted if by is None or one.about in OFFERED[by]]
    needed = {one.id: one for one in with_parts(asked)}
    tallies: _Tallies = defaultdict(lambda: defaultdict(lambda: Tally(named=named)))
    groups: dict[About, dict[str, None]] = defaultdict(dict)
    several = False
    for about, row, known in _facts(selection, around, {one.about for one in needed.values()}):
        stands_in = groups_of(row, by, spellings) if by and about in OFFERED[by] else ()
        several |= len(stands_in) > 1
        groups[about].update(dict.fromkeys(stands_in))
        into = [tallies[None], *(tallies[group] for group in stands_in)]
        for indicator in needed.values():
            judged = indicator.judge(known) if indicator.judge and indicator.about == about else None
            if judged:
                for tally in into:
                    tally[indicator.id].add(row.ref, judged)
    result: list[Figure] = []
    figures: dict[Group, dict[str, Figure]] = defaultdict(dict)
    for indicator in asked:
        listed = in_order(groups[indicator.about], by) if by else []
        for group in (None, *listed):
            adds_up = group is not None or not several
            result.append(_figure(indicator, group, selection, tallies, figures, adds_up=adds_up))
    return result


def with_parts(asked: Iterable[Indicator]) -> Iterator[Indicator]:
    """Indicators, each followed by those that it is made of."""
    for indicator in asked:
        yield indicator
        yield from with_parts(BY_ID[name] for name, _ in indicator.parts)


def _facts(
    selection: Selection, around: Iterable[ActionRow] | None, about: set[About]
) -> Iterator[tuple[About, Row, Any]]:
    as_of = selection.as_of
    if "actions" in about:
        for action in selection.actions:
            yield "actions", action, facts.of_action(action, as_of)
    if "recommendations" in about:
        answers = facts.answering(selection.recommendations, selection.actions if around is None else around)
        for one in selection.recommendations:
            known = facts.RecommendationFacts(one, as_of, answers.get(one.ref, ()))
            yield "recommendations", one, known
    if "evaluations" in about:
        for evaluation in selection.evaluations:
            yield "evaluations", evaluation, facts.of_evaluation(evaluation, as_of)


def _figure(
    indicator: Indicator,
    group: Group,
    selection: Selection,
    tallies: _Tallies,
    known: dict[Group, dict[str, Figure]],
    *,
    adds_up: bool,
) -> Figure:
    if indicator.id not in known[group]:
        if indicator.parts:
            parts = {
                name: _figure(BY_ID[name], group, selection, tallies, known, adds_up=adds_up)
                for name, _ in indicator.parts
            }
            found = combined(indicator, parts, group, selection.as_of, adds_up=adds_up)
        else:
            tally = tallies[group][indicator.id]
            found = figure(indicator, tally, group, selection.as_of, adds_up=adds_up)
        known[group][indicator.id] = found
    return known[group][indicator.id]
