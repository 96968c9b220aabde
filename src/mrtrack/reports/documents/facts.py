"""What the head of a document says about an evaluation: each fact with its name, in the order of the record."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from mrtrack.model import record
from mrtrack.query.rows import EvaluationRow
from mrtrack.reports.documents.contents import Document, Fact, Person
from mrtrack.reports.prose import harmless, is_web_link

_IN_ADDRESSES = "!#$%&'()*+,/:;=?@~-._"
Wording = Callable[[StrEnum | None], str]


def text_of(value: object) -> str:
    """A value as text that a document can show; empty where there is none."""
    return "" if value is None else harmless(value)


def line_of(value: object) -> str:
    """The same on one line."""
    return " ".join(text_of(value).split())


def capital(text: str) -> str:
    """A text with a capital to begin with."""
    return text[:1].upper() + text[1:]


def document_of(document: record.Document) -> Document:
    """A document with what it is called; an address that leads elsewhere than to the web is shown in its title."""
    url = line_of(document.url)
    title = line_of(document.title)
    linked = is_web_link(url)
    if url and not linked:
        title = f"{title} ({url})" if title else url
    return Document(
        title=title or url or "document",
        kind=line_of(document.kind),
        language=line_of(document.language),
        url=quote(url, safe=_IN_ADDRESSES) if linked else "",
    )


def documents_of(documents: Iterable[record.Document] | None) -> list[Document]:
    """All documents of a list that may be absent."""
    return [document_of(document) for document in documents or ()]


def person_of(person: record.Person | None, role: str = "") -> Person:
    """A person; one who is not named has only a role."""
    return Person(
        role=role,
        name=line_of(person.name) if person else "",
        title=line_of(person.title) if person else "",
        date=line_of(person.date) if person else "",
        nationality=line_of(person.nationality) if person else "",
    )


def head_facts(row: EvaluationRow, wording: Wording) -> list[Fact]:
    """The facts of an evaluation that stand in its head; only those that are stated."""
    return [Fact(name=name, value=value) for name, value in _head(row, wording) if value]


def response_facts(row: EvaluationRow) -> list[Fact]:
    """The facts about the management response as a whole."""
    answer = row.of.management_response
    found = (
        ("Response required", yes_or_no(row.response_required)),
        ("Responsible unit", line_of(answer.unit) if answer else ""),
        ("Response due", line_of(row.response_due)),
        ("Response submitted", line_of(row.response_submitted)),
    )
    return [Fact(name=name, value=value) for name, value in found if value]


def extra_facts(extra: Any) -> list[Fact]:  # noqa: ANN401 - whatever an organisation keeps under `extra`
    """An organisation's own keys."""
    return [Fact(name=named(key), value=_flat(value)) for key, value in (extra or {}).items()]


def period_of(period: record.Period | None) -> str:
    """A period in words: 2018 – 2021."""
    return " – ".join(line_of(end) for end in (period.start, period.end) if end) if period else ""


def yes_or_no(flag: bool | None) -> str:
    """A flag in words; empty where it is not stated."""
    return "" if flag is None else "Yes" if flag else "No"


def named(key: str) -> str:
    """A key of the record as a name that people read."""
    return capital(line_of(key).replace("_", " "))


def _head(row: EvaluationRow, wording: Wording) -> Iterator[tuple[str, str]]:
    of = row.of
    yield "Organisation", line_of(row.organisation)
    yield "Partners", _listed(of.partners)
    yield "Commissioned by", line_of(of.commissioned_by)
    yield "Evaluation type", line_of(row.type)
    yield "Status", capital(wording(row.status)) if row.status else ""
    yield "Reason", line_of(of.reason)
    yield "Period of review", period_of(of.period)
    yield "Evaluation plan", line_of(of.plan)
    yield "Planned end", line_of(row.planned_end)
    yield "Completed", line_of(row.completed)
    yield "Date of evaluation report", line_of(row.report_date)
    yield "Budget", _money(of.budget)
    yield "Expenditure", _money(of.expenditure)
    yield "Source of funding", line_of(of.funding)
    yield "Project numbers", _listed(of.project_numbers)
    yield "Joint programme", yes_or_no(of.joint_programme)
    yield "Joint evaluation", yes_or_no(of.joint_evaluation)
    for name, block in (("GEF", of.gef), ("", of.classification), ("Quality", of.quality)):
        yield from _block(name, block)
    yield "Countries", _listed(of.countries)
    yield "Key stakeholders", _listed(of.stakeholders)
    yield "Tags", _listed(of.tags)
    yield "Same evaluation as", _listed(of.same_evaluation)
    for fact in extra_facts(of.extra):
        yield fact.name, fact.value
    yield "Record", of.id


def _block(name: str, block: record.Part | None) -> Iterator[tuple[str, str]]:
    for key in type(block).model_fields if block else ():
        value = getattr(block, key)
        said = _listed(value) if isinstance(value, tuple) else line_of(value)
        own = key.replace("_", " ").replace("sdg", "SDG").replace("pims", "PIMS")
        yield f"{name} {own}" if name else capital(own), said.replace("-", " ") if key == "rating" else said


def _money(money: record.Money | None) -> str:
    if money is None or money.amount is None:
        return line_of(money.currency) if money else ""
    return f"{money.amount:,} {line_of(money.currency)}".strip()


def _listed(values: Iterable[object] | None) -> str:
    return "; ".join(map(line_of, values or ()))


def _flat(value: Any) -> str:  # noqa: ANN401 - whatever an organisation keeps under `extra`
    if isinstance(value, (tuple, list)):
        return "; ".join(map(_flat, value))
    if isinstance(value, dict):
        return "; ".join(f"{line_of(key)}: {_flat(item)}" for key, item in value.items())
    return yes_or_no(value) if isinstance(value, bool) else line_of(value)
