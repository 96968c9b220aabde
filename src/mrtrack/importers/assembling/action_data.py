"""From the draft of an action to its data: who, by when, how far, and the entries that the stamps allow."""

from typing import Any

from mrtrack.importers.assembling.naming import printed_number
from mrtrack.importers.assembling.placing import Placing, unstated_words
from mrtrack.importers.draft import Draft
from mrtrack.importers.vocabulary.responsibility import split_responsibility
from mrtrack.importers.vocabulary.statuses import status_word
from mrtrack.importers.vocabulary.when import read_date, read_when
from mrtrack.model.dates import parse_day
from mrtrack.model.spellings import folded
from mrtrack.model.words import Status

Data = dict[str, Any]
_NO_DEADLINE = "No deadline established"


def action_data(draft: Draft, given: str, placing: Placing, *, stamped: bool, agreed: str | None) -> Data:
    """The data of an action whose id is given.

    Args:
        draft: What the page says of it.
        given: Its id.
        placing: Learns where each piece went.
        stamped: Whether its days are stamps of the source's own system: the status of the last one was so by
            then. Without, a status that is printed without its own day is a present without an entry.
        agreed: The day on which the response was approved, and its actions added; None where unknown.
    """
    data: Data = {"id": given}
    _number(draft, data, placing)
    for key in ("title", "text"):
        data[key] = (placing.line if key == "title" else placing.prose)(draft, key, f"{given} {key}")
    extra = _extra(draft, placing, given)
    data |= _responsible(draft, placing, given) | _when(draft, placing, given)
    _supported(draft, data, placing)
    status = _status(draft, data, extra, placing)
    days = {key: _day(draft, key, given, extra, placing) for key in ("added", "updated", "closed")}
    said = _said(draft, given, placing)
    if stamped:
        history = _stamped(days["added"], days["updated"], status, said)
    else:
        history = _dated(days, status, said, data, extra, agreed)
    kept = {key: value for key, value in said.items() if not any(key in entry for entry in history)}
    extra |= kept
    return {**data, "status": status, "history": history, "extra": extra}


def _number(draft: Draft, data: Data, placing: Placing) -> None:
    printed = placing.line(draft, "number", f"{data['id']} number")
    data["number"] = printed_number(printed, data["id"]) if printed else None


def _responsible(draft: Draft, placing: Placing, given: str) -> Data:
    printed = placing.line(draft, "responsible", f"{given} responsible")
    if not printed:
        return {}
    split = split_responsibility(printed, placing.terms.members)
    return {"responsible": split.lead, "supported_by": list(split.support), "responsibility": split.printed}


def _supported(draft: Draft, data: Data, placing: Placing) -> None:
    """Units that help, where the source has a column for them."""
    printed = placing.line(draft, "supported_by", f"{data['id']} supported_by")
    if printed:
        data["supported_by"] = [*data.get("supported_by", []), printed]


def _when(draft: Draft, placing: Placing, given: str) -> Data:
    pieces = draft.fields.get("when", [])
    printed = draft.text("when")
    data: Data = {}
    if printed:
        read = read_when(printed, placing.terms.order)
        said = placing.line(
            draft, "when", f"{given} {'due' if read.due else 'start' if read.start else 'timeline'}"
        )
        timeline = read_when(said, placing.terms.order).timeline if said and read.timeline else None
        data = {"start": read.start, "due": read.due, "timeline": timeline}
        if read.ambiguous:
            placing.note(
                pieces, f"{printed} can be read in two ways, so it stays as printed; say --dates dmy or mdy"
            )
    start = draft.text("start")
    if start and not data.get("start"):
        date = read_date(start, placing.terms.order)
        if date:
            data["start"] = date
            placing.place(draft, "start", f"{given} start")
    return data


def _status(draft: Draft, data: Data, extra: Data, placing: Placing) -> Status | None:
    printed = draft.text("status")
    if not printed:
        return None
    own = {word: status for word, status in placing.terms.statuses.items() if status}
    unstated = unstated_words(placing.terms.statuses)
    status = None if folded(printed) in unstated else status_word(printed, own)
    if status:
        placing.place(draft, "status", f"{data['id']} status")
    elif printed == _NO_DEADLINE and not data.get("due"):
        placing.place(draft, "status", f"{data['id']} timeline")
        data["timeline"] = " ".join(filter(None, [data.get("timeline"), printed]))
    else:
        extra["status_printed"] = placing.line(draft, "status", f"{data['id']} extra.status_printed")
        if folded(printed) not in unstated:
            placing.note(
                draft.fields["status"], f"“{printed}” is no known status: not stated, the word is kept"
            )
    return status


def _day(draft: Draft, key: str, given: str, extra: Data, placing: Placing) -> str | None:
    """A day of a stamp or column; what is no whole day is kept as printed."""
    printed = draft.text(key)
    if not printed:
        return None
    read = read_date(printed, placing.terms.order)
    if read and _is_day(read):
        placing.place(draft, key, f"{given} history")
        return read
    extra[key] = placing.line(draft, key, f"{given} extra.{key}")
    placing.note(draft.fields[key], f"“{printed}” is no day, so there is no entry for it; kept under extra")
    return None


def _said(draft: Draft, given: str, placing: Placing) -> Data:
    """The comment and the documents, which belong to an entry where there is a day for one."""
    said: Data = {}
    comment = placing.prose(draft, "comment", f"{given} comment")
    if comment:
        said["comment"] = comment
    urls = placing.items(draft, "url", f"{given} documents")
    titles = placing.items(draft, "document", f"{given} documents")
    if urls or titles:
        paired = len(urls) == len(titles)
        said["documents"] = (
            [{"title": title, "url": url} for title, url in zip(titles, urls, strict=True)]
            if paired
            else [*({"title": title} for title in titles), *({"url": url} for url in urls)]
        )
    return said


def _stamped(added: str | None, updated: str | None, status: Status | None, said: Data) -> list[Data]:
    days = sorted(day for day in (added, updated) if day)
    if not days:
        return []
    last: Data = {"date": days[-1]}
    if status:
        last |= {"on": f"until {days[-1]}", "status": status.value}
    return [*({"date": day} for day in days[:-1]), {**last, **said}]


def _dated(
    days: dict[str, str | None],
    status: Status | None,
    said: Data,
    data: Data,
    extra: Data,
    agreed: str | None,
) -> list[Data]:
    """The entries of an action whose days are its own: when it was made, and when it was closed."""
    entries: list[Data] = []
    begun = days["added"] or agreed
    closed = days["closed"]
    if closed and not status:
        extra["closed"] = closed
    if begun and closed and status and closed < begun:
        extra["added"] = begun
    elif begun:
        kept = (
            {key: data[key] for key in ("due", "responsible") if data.get(key)}
            if agreed and not days["added"]
            else {}
        )
        entries.append({"date": begun, **kept})
    if closed and status:
        entries.append({"date": closed, "status": status.value, **said})
    elif days["updated"] and (not entries or days["updated"] >= entries[-1]["date"]):
        entries.append({"date": days["updated"], **said})
    return entries


def _extra(draft: Draft, placing: Placing, given: str) -> Data:
    names = [key for key in draft.fields if key.startswith("extra.")]
    return {key.removeprefix("extra."): placing.prose(draft, key, f"{given} {key}") for key in names}


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except ValueError:
        return False
    return True
