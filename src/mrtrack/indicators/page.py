"""The page docs/indicators.md, written from the definitions."""

from collections.abc import Iterator

from mrtrack.indicators.catalogue import FAMILIES
from mrtrack.indicators.definition import Family, Indicator, Unit
from mrtrack.indicators.dimensions import OFFERED, Dimension

_BEGINNING = """\
# The indicators

`mrtrack stats` prints them all, `mrtrack stats overdue-rate closure-rate` those that are named; the beginning of
a name is enough where no other begins so. Each comes with its formula, and with what it leaves out.

- The **value** is a ratio from 0 to 1 (shown in percent), days, or a count. Where there is nothing to count, a
  ratio or a number of days has no value.
- What is **left out** is in neither numerator nor denominator, for the reason that is printed with it.
- What is **uncertain** is counted, though the records do not show for certain where it belongs. A completion that
  is only recorded to have happened by some day (`on: until …`) counts as on time where that day lies within the due
  period; recorded later, it counts as not on time, and as uncertain.
- An action whose first entry already says completed was completed at some time before; it is left out where the
  day matters. So is one that was completed `until` the very day it was added.
- The answer is as of a day, today unless `--as-of` says otherwise, and reads the entries recorded by that day.

`--by` breaks figures down, `--trend month|quarter|year` asks about the last day of each period, and `--chart` draws
bars. Filters choose what is counted: `mrtrack stats overdue-rate --lead Director`. `--why FROM TO` explains a change,
and `--receipt` gives figures a receipt that `mrtrack verify` checks: [Figures that can be checked](auditing.md).
"""

_BY = """\
## What figures can be broken down by

| `--by` | groups | counts |
| --- | --- | --- |
"""

_GROUPS = {
    Dimension.EVALUATION_YEAR: "the year the evaluation was completed, else of its report, else of its planned end",
    Dimension.DUE_YEAR: "the year in which the present due date ends",
    Dimension.LEAD: "the unit that answers for the action; spellings that mrtrack.toml declares to be one are one",
    Dimension.ORGANISATION: "the organisation that answers",
    Dimension.TYPE: "the type of the evaluation",
    Dimension.COUNTRY: "each country of the evaluation: an item counts once in each, so the groups do not add up",
    Dimension.DECISION: "the decision on the recommendation",
}
_UNITS = {Unit.RATIO: "a ratio from 0 to 1", Unit.DAYS: "days", Unit.COUNT: "a count"}


def indicators_page() -> str:
    """The text of docs/indicators.md."""
    return "\n".join([_BEGINNING, *_overview(), _BY + "\n".join(_dimensions()) + "\n", *_chapters()])


def _overview() -> Iterator[str]:
    yield "| indicator | | formula |"
    yield "| --- | --- | --- |"
    for family in FAMILIES:
        for one in family.indicators:
            yield f"| [`{one.id}`](#{one.id}) | {one.name} | {one.formula} |"
    yield ""


def _dimensions() -> Iterator[str]:
    for dimension in Dimension:
        counts = ", ".join(sorted(OFFERED[dimension]))
        yield f"| `{dimension}` | {_GROUPS[dimension]} | {counts} |"


def _chapters() -> Iterator[str]:
    for family in FAMILIES:
        yield _family(family)
        yield from (_chapter(one) for one in family.indicators)


def _family(family: Family) -> str:
    return f"## {family.title}\n\n{family.explanation}\n"


def _chapter(one: Indicator) -> str:
    rows = [
        ("name", one.name),
        ("formula", one.formula),
        ("value", _UNITS[one.unit]),
        ("numerator", one.numerator),
        ("denominator", one.denominator),
        ("leaves out", one.leaves_out),
        ("uncertain", one.unsure.format(days="some days", middle="") or "nothing"),
        ("source", one.source),
    ]
    table = "\n".join(f"| {key} | {told} |" for key, told in rows)
    return f"### {one.id}\n\n| | |\n| --- | --- |\n{table}\n"
