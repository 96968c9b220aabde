"""Laws of explaining a change: whatever the records hold, the parts add up."""

from datetime import date

from counted import chosen
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_indicator_laws import moments, portfolios

from mrtrack.indicators.catalogue import INDICATORS
from mrtrack.indicators.causes import Step
from mrtrack.indicators.changing import Asked, cannot_explain, told, why
from mrtrack.indicators.measuring import measure
from mrtrack.model.record import Evaluation
from mrtrack.query.selection import Selection

EXPLAINED = [one for one in INDICATORS if not cannot_explain(one)]


def filtered(rows: Selection, lead: str | None) -> Selection:
    """The rows of one lead, or all."""
    if lead is None:
        return rows
    actions = tuple(row for row in rows.actions if row.responsible == lead)
    return Selection(rows.as_of, rows.evaluations, rows.recommendations, actions)


@settings(max_examples=25)
@given(portfolios, moments, moments, st.sampled_from((None, "Unit A")))
def test_the_parts_add_up_to_the_change_of_numerator_and_denominator(
    portfolio: list[Evaluation], one_day: date, other_day: date, lead: str | None
) -> None:
    assume(one_day != other_day)
    first, last = sorted((one_day, other_day))
    every = [chosen(portfolio, day) for day in (first, last)]
    then, now = (Asked(filtered(rows, lead), rows.actions) for rows in every)
    figures = [
        {one.of.id: one for one in measure(rows.selection, EXPLAINED, around=rows.around)}
        for rows in (then, now)
    ]
    for indicator in EXPLAINED:
        found = why(indicator, then, now, 180)
        before, after = (known[indicator.id] for known in figures)
        for key in ("numerator", "denominator", "value"):
            assert getattr(found.before, key) == getattr(before, key), (indicator.id, key)
            assert getattr(found.after, key) == getattr(after, key), (indicator.id, key)
        moves = [part for part in found.parts if part.cause.step is Step.MOVE]
        for key in ("numerator", "denominator"):
            change = getattr(after, key) - getattr(before, key)
            assert change == sum(getattr(part, key) for part in found.parts), (indicator.id, key)
            unmoved = getattr(after, key) - getattr(found.unmoved, key)
            assert unmoved == sum(getattr(part, key) for part in moves), (indicator.id, key)
        assert all(len(set(part.refs)) == len(part.refs) > 0 for part in found.parts)
        assert told(found)


@settings(max_examples=12)
@given(portfolios, moments)
def test_between_a_day_and_itself_nothing_changed(portfolio: list[Evaluation], day: date) -> None:
    rows = chosen(portfolio, day)
    asked = Asked(rows, rows.actions)
    assert all(why(one, asked, asked, 180).parts == () for one in EXPLAINED)


@settings(max_examples=12)
@given(portfolios, moments, moments)
def test_without_any_moved_date_nothing_is_put_down_to_moves(
    portfolio: list[Evaluation], one_day: date, other_day: date
) -> None:
    first, last = sorted((one_day, other_day))
    then, now = chosen(portfolio, first), chosen(portfolio, last)
    dues = {row.ref: row.due for row in then.actions}
    stood = all(dues.get(row.ref, row.original_due or row.due) == row.due for row in now.actions)
    assume(stood and all(row.postponements == 0 for row in now.actions))
    for one in EXPLAINED:
        found = why(one, Asked(then, then.actions), Asked(now, now.actions), 180)
        assert found.unmoved == found.after
