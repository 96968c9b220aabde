"""What tests of importing share: a page imported in one go, and what its record and its account say."""

import re
from collections.abc import Iterator
from typing import Any

from mrtrack.edit.layout import new_record
from mrtrack.importers.account import FIELD, Account
from mrtrack.importers.assembling.assembly import Assembled, Given
from mrtrack.importers.assembling.placing import WITHHELD, Terms
from mrtrack.importers.formats.catalogue import read_page
from mrtrack.importers.importing import import_page
from mrtrack.importers.page import Page
from mrtrack.model.settings import Limits, Settings
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import Reading, read

Data = dict[str, Any]

# What is read into a closed word, a code, a date or a number, or is made by the import itself.
CLOSED = {
    "schema", "id", "status", "decision", "date", "on", "due", "start", "submitted", "completed", "planned_end",
    "report_date", "from", "to", "amount", "currency", "countries", "nationality", "rating", "required",
    "updated", "joint_programme", "joint_evaluation", "sources",
}  # fmt: skip
DATES = {"date", "on", "due", "start", "submitted", "completed", "planned_end", "report_date", "from", "to"}


def page_of(content: str | bytes, name: str = "page.txt") -> Page:
    """A source as it is read."""
    return read_page(content.encode() if isinstance(content, str) else content, name)


def assembled(content: str | bytes, name: str = "page.txt") -> Assembled:
    """The record and the account of a source."""
    return import_page(page_of(content, name), Terms(), Given(2026))


def record_of(content: str | bytes, name: str = "page.txt") -> Data:
    """The record of a source that has one."""
    (record,) = assembled(content, name).records
    return record


def reading_of(record: Data) -> Reading:
    """A record as it is read from its file."""
    return read(new_record(record).encode(), f"records/{record['id']}.yaml", Limits(bytes=50_000_000))


def faults(record: Data) -> list[str]:
    """The errors that reading and the rules find in a record."""
    reading = reading_of(record)
    assert reading.evaluation or reading.problems
    return [f"{one.code}: {one.message}" for one in check(reading, Settings()) if is_error(one)]


def actions_of(record: Data) -> dict[str, Data]:
    """The actions of a record by their ids."""
    return {one["id"]: one for rec in record.get("recommendations", ()) for one in rec.get("actions", ())}


def leaves(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of a record with the keys that lead to it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from leaves(value, path)
    else:
        yield path, str(data)


def packed(text: str) -> str:
    """A text without white space and without what stands in place of what is withheld."""
    return "".join(text.replace(WITHHELD, "").split())


def uncovered(page: Page, account: Account) -> list[str]:
    """Where an account breaks its law: each line once, in order, each of its letters in one stretch.

    Only where a field is read from a part of another may two stretches overlap.
    """
    lines = [line for line in page.lines if not line.blank]
    broken = [] if [line.number for line in lines] == [line.number for line in account.lines] else ["lines"]
    for line, told in zip(lines, account.lines, strict=False):
        at, covered = 0, set[int]()
        for one in told.stretches:
            if one.start < at and one.fate != FIELD:
                broken.append(f"{line.number}: {line.text[one.start : one.end]} overlaps")
            if one.text not in (line.text[one.start : one.end], WITHHELD):
                broken.append(f"{line.number}: {one.text} is not there")
            at = max(at, one.end)
            covered |= set(range(one.start, one.end))
        lost = "".join(letter for n, letter in enumerate(line.text) if n not in covered)
        if lost.strip():
            broken.append(f"{line.number}: {lost.strip()} is lost")
    return broken


def unread(page: Page, text: str) -> str:
    """The letters of a text from where on the page has not the same ones; empty where it has them all."""
    told = "".join(letter for line in page.lines for letter in line.text if letter.isalnum())
    there = "".join(letter for letter in text if letter.isalnum())
    return (
        ""
        if told == there or page.repairs
        else next(there[at:] for at in range(len(there) + 1) if told[at : at + 1] != there[at : at + 1])
    )


def invented(record: Data, source: str) -> list[str]:
    """What a record says that the source does not: words of its prose, the days and sums of its values."""
    words = packed(source)
    source = source.replace("\u00a0", " ")
    numbers = {
        int(digits)
        for digits in re.findall(r"[0-9]{1,8}", re.sub(r"(?<=[0-9])[ ,.'](?=[0-9]{3})", "", source))
    }
    numbers |= {int(digits) for digits in re.findall(r"[0-9]{1,8}", source)}
    month = re.search(
        r"jan|f[eé]|ma|av|apr|ju|a[ou]|se|oct|no|d[eéi]|en|ab|ag|Q[1-4]|quarter", source, re.IGNORECASE
    )
    found = []
    for path, text in leaves({key: value for key, value in record.items() if key != "sources"}):
        key = "extra" if "extra" in path else path[-1]
        if key in DATES:
            year, *rest = (int(part) for part in re.findall("[0-9]+", text))
            odd = year not in numbers or (not month and not set(rest) <= numbers)
        elif key == "amount":
            odd = int(float(text)) not in numbers
        else:
            odd = key not in CLOSED and any(
                part not in words for word in text.split() for part in map(packed, word.split(WITHHELD))
            )
        found += [f"{'.'.join(path)}: {text}"] if odd else []
    return found


def misplaced(record: Data, account: Account) -> list[str]:
    """The stretches that the account calls a field of prose and that are not in that field."""
    found = []
    for line in account.lines:
        for one in line.stretches:
            said = field_text(record, one.where) if one.fate == FIELD else None
            if said is not None and packed(one.text).removesuffix(".") not in packed(said):
                found.append(f"{line.number}: {one.text} is not in {one.where}: {said}")
    return found


def field_text(record: Data, where: str) -> str | None:
    """What the field holds that an account names; None for one that is read into a value."""
    first, _, key = where.partition(" ")
    items = {rec["id"]: rec for rec in record.get("recommendations", ())} | actions_of(record)
    if first in ("team", "approved_by", "prepared_by"):
        people = [record.get("team", ()), record.get("management_response", {})]
        return "\n".join(text for path, text in leaves(people)) if key in ("name", "title") else None
    if first in items:
        return _of_item(items[first], key)
    if first.rpartition(".")[2] in CLOSED | {"project_numbers"} | {
        "period",
        "budget",
        "expenditure",
        "quality",
        "gef",
    }:
        return None
    value: Any = record
    for step in where.partition(" ")[0].split("."):
        value = value.get(step, {})
    return "\n".join(text for _, text in leaves(value))


def _of_item(item: Data, key: str) -> str | None:
    match key:
        case "response":
            return str(item.get("response", {}).get("text", ""))
        case "comment" | "documents":
            holders = [*item.get("history", ()), item.get("extra", {})]
            return "\n".join(text for one in holders for _, text in leaves(one.get(key, "")))
        case "responsible":
            support = ", ".join(item.get("supported_by", ()))
            split = (
                f"{item.get('responsible', '')}, supported by {support}" if support else item["responsible"]
            )
            return str(item.get("responsibility", split))
        case "supported_by":
            return "\n".join(item["supported_by"])
        case "title" | "text" | "priority" | "addressed_to" | "timeline":
            return "\n".join(text for _, text in leaves(item.get(key, "")))
    name = key.removeprefix("extra.")
    return str(item.get("extra", {}).get(name, "")) if name != key else None
