"""How much is overdue, and for how long."""

from collections.abc import Callable

from mrtrack.indicators.definition import Family, Indicator, Judged, Unit, hit, share, sum_of
from mrtrack.indicators.facts import ActionFacts

_NEVER_OVERDUE = "nothing; an action without a due date is not overdue"


def _overdue(facts: ActionFacts) -> Judged:
    return hit(facts.row.overdue)


def _overdue_of_open(facts: ActionFacts) -> Judged | None:
    return hit(facts.row.overdue) if facts.row.open else None


def _long_overdue(facts: ActionFacts) -> Judged:
    return hit(facts.row.long_overdue)


def _long_overdue_of_open(facts: ActionFacts) -> Judged | None:
    return hit(facts.row.long_overdue) if facts.row.open else None


def _between(least: int, most: int | None) -> Callable[[ActionFacts], Judged | None]:
    def judge(facts: ActionFacts) -> Judged | None:
        days = facts.row.days_overdue
        if not days:
            return None
        return hit(days >= least and (most is None or days <= most))

    return judge


def _band(name: str, words: str, least: int, most: int | None) -> Indicator:
    return Indicator(
        id=name,
        name=f"Overdue {words}",
        about="actions",
        unit=Unit.COUNT,
        formula=f"actions overdue {words}",
        numerator=f"actions overdue {words}",
        denominator="overdue actions",
        judge=_between(least, most),
        total=sum_of,
    )


AGEING = Family(
    "Overdue",
    "An action is overdue while it is open and the last day of its due date is past; long overdue by more than "
    "`days.long_overdue` of mrtrack.toml, 180 unless told.",
    (
        Indicator(
            id="overdue-rate",
            name="Overdue rate",
            about="actions",
            formula="overdue ÷ all actions",
            numerator="overdue actions",
            denominator="all actions",
            leaves_out=_NEVER_OVERDUE,
            judge=_overdue,
            total=share,
        ),
        Indicator(
            id="overdue-rate-open",
            name="Overdue rate, of the open",
            about="actions",
            formula="overdue ÷ open actions",
            numerator="overdue actions",
            denominator="actions neither completed nor no longer applicable",
            leaves_out=_NEVER_OVERDUE,
            judge=_overdue_of_open,
            total=share,
        ),
        Indicator(
            id="long-overdue-rate",
            name="Long overdue rate",
            about="actions",
            formula="long overdue ÷ all actions",
            numerator="long overdue actions",
            denominator="all actions",
            leaves_out=_NEVER_OVERDUE,
            judge=_long_overdue,
            total=share,
        ),
        Indicator(
            id="long-overdue-rate-open",
            name="Long overdue rate, of the open",
            about="actions",
            formula="long overdue ÷ open actions",
            numerator="long overdue actions",
            denominator="actions neither completed nor no longer applicable",
            leaves_out=_NEVER_OVERDUE,
            judge=_long_overdue_of_open,
            total=share,
        ),
        _band("ageing-30", "by 1 to 30 days", 1, 30),
        _band("ageing-90", "by 31 to 90 days", 31, 90),
        _band("ageing-180", "by 91 to 180 days", 91, 180),
        _band("ageing-more", "by more than 180 days", 181, None),
    ),
)
