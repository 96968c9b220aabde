"""The facts of an evaluation that a page lists with their names, and those of its blocks; prose stands elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from mrtrack.model.dates import PartialDate
from mrtrack.model.record import Evaluation, Money, Part, Period, Person
from mrtrack.reports.locale import Texts, marked
from mrtrack.reports.site.language import Language

Fact = tuple[str, str]

NAMES: Mapping[str, str] = {
    "organisation": marked("Organisation"),
    "partners": marked("Partners"),
    "commissioned_by": marked("Commissioned by"),
    "type": marked("Type"),
    "status": marked("Status"),
    "plan": marked("Evaluation plan"),
    "period": marked("Period evaluated"),
    "planned_end": marked("Planned end"),
    "completed": marked("Completion"),
    "report_date": marked("Date of the report"),
    "countries": marked("Countries"),
    "budget": marked("Budget"),
    "expenditure": marked("Expenditure"),
    "funding": marked("Funding"),
    "project_numbers": marked("Project numbers"),
    "joint_programme": marked("Joint programme"),
    "joint_evaluation": marked("Joint evaluation"),
    "team": marked("Evaluators"),
    "stakeholders": marked("Stakeholders"),
    "tags": marked("Tags"),
    "quality": marked("Quality of the report"),
    "gef": marked("Global Environment Facility"),
    "classification": marked("Classification"),
    "extra": marked("Further details"),
}
OF_RESPONSE: Mapping[str, str] = {
    "required": marked("Required"),
    "unit": marked("Unit"),
    "due": marked("Due"),
    "submitted": marked("Submitted"),
    "prepared_by": marked("Prepared by"),
    "approved_by": marked("Approved by"),
}


def facts(evaluation: Evaluation, language: Language) -> list[Fact]:
    """What is stated of an evaluation, each with its name in the language of the page."""
    return list(named(evaluation, NAMES, language))


def named(block: Part, names: Mapping[str, str], language: Language) -> Iterator[Fact]:
    """The keys of a block that are stated, with their names and what they say."""
    for key, name in names.items():
        value = getattr(block, key)
        if value is not None and value not in ((), {}):
            yield language.texts.gettext(name), told(value, language)


def told(value: Any, language: Language) -> str:  # noqa: ANN401, C901, PLR0911 - one case a kind of value
    """A value in words, as the language writes dates, numbers and lists."""
    texts = language.texts
    match value:
        case bool():
            return texts.gettext("yes") if value else texts.gettext("no")
        case StrEnum():
            return language.word(value)
        case PartialDate():
            return texts.when(value)
        case date():
            return texts.day(value)
        case Period():
            return _period(value, texts)
        case Money():
            amount = texts.number(float(value.amount)) if value.amount is not None else ""
            return f"{value.currency or ''}\u00a0{amount}".strip()
        case Person():
            return person(value, texts)
        case Part():
            pairs = ((key, getattr(value, key)) for key in type(value).model_fields)
            return _pairs(pairs, language)
        case Mapping():
            return _pairs(value.items(), language)
        case tuple() | list():
            return _joined((told(item, language) for item in value), value)
        case int() | float():
            return texts.number(value)
        case _:
            return str(value)


def person(one: Person, texts: Texts) -> str:
    """A person in a line: the role first, then the name, then the day."""
    day = texts.when(one.date) if one.date else None
    return ", ".join(filter(None, (one.title, one.name, one.nationality, day)))


def _period(period: Period, texts: Texts) -> str:
    ends = (texts.when(end) if end else "…" for end in (period.start, period.end))
    return " – ".join(ends)


def _pairs(pairs: Iterable[tuple[str, Any]], language: Language) -> str:
    parts = (f"{key.replace('_', ' ')}: {told(item, language)}" for key, item in pairs if item is not None)
    return "; ".join(parts)


def _joined(parts: Iterable[str], items: Any) -> str:  # noqa: ANN401 - the list that was told
    return ("; " if items and isinstance(items[0], Part) else ", ").join(parts)
