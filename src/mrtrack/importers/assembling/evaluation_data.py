"""From the draft of an evaluation to what its record says of it, apart from its recommendations."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from mrtrack.importers.assembling.placing import Placing
from mrtrack.importers.draft import Draft, Kind
from mrtrack.importers.vocabulary.codes import amount_in, countries_in, country_code
from mrtrack.importers.vocabulary.statuses import evaluation_status_word, flag_word, rating_word
from mrtrack.importers.vocabulary.when import read_date, read_when
from mrtrack.importers.vocabulary.withheld import withheld_in

Data = dict[str, Any]
_LINES = ("title", "organisation", "commissioned_by", "type", "plan", "funding")
_DATES = ("planned_end", "completed", "report_date")
_FLAGS = ("joint_programme", "joint_evaluation")
_LINK = ("http://", "https://")
_SPLIT = re.compile(r"\s*[,;]\s*")
_TEAM: Mapping[Kind, tuple[str, ...]] = {
    "team": ("name", "title", "date", "nationality"),
    "approved_by": ("name", "title", "date"),
    "prepared_by": ("name", "title", "date"),
}


def evaluation_data(draft: Draft, placing: Placing) -> Data:
    """The fields of an evaluation, in no order; what cannot be read as its field needs is kept under `extra`."""
    reader = _Reader(draft, placing)
    data: Data = {key: placing.line(draft, key, key) for key in _LINES}
    data |= {key: placing.prose(draft, key, key) for key in ("description", "reason")}
    data |= {key: reader.value(key, _date(placing)) for key in _DATES}
    data |= {key: reader.value(key, _flag) for key in _FLAGS}
    data |= {
        key: reader.value(key, _money(draft.text(f"{key}.currency"))) for key in ("budget", "expenditure")
    }
    data["status"] = reader.value(
        "status", lambda text: str(word) if (word := evaluation_status_word(text)) else None
    )
    data["period"] = reader.value("period", _period(placing))
    data["quality"] = reader.value(
        "quality", lambda text: {"rating": str(word)} if (word := rating_word(text)) else None
    )
    data["project_numbers"] = reader.value(
        "project_numbers", lambda text: [part for part in _SPLIT.split(text) if part]
    )
    stakeholders = placing.line(draft, "stakeholders", "stakeholders")
    data["stakeholders"] = [stakeholders] if stakeholders else None
    data["countries"] = reader.value("countries", _countries)
    data["gef"] = reader.group(
        "gef", ("title", "type", "focal_area", "project_type", "phase", "project_id", "pims")
    )
    data["classification"] = {
        key: reader.items(f"classification.{key}")
        for key in ("sdg_goals", "sdg_targets", "focus_areas", "outcomes")
    }
    data["team"] = [reader.person(part) for part in draft.of("team")]
    data["documents"] = [reader.document(part) for part in draft.of("document")]
    data["lessons"] = [placing.prose(part, "text", "lessons") for part in draft.of("lesson")]
    data["findings"] = [placing.prose(part, "text", "findings") for part in draft.of("finding")]
    data["management_response"] = _management_response(draft, reader, placing)
    if not draft.text("gef") or flag_word(draft.text("gef")) is False or data["gef"]:
        placing.leave_out(draft, "gef", "said by the block of the Facility, or by its absence")
    else:
        reader.extra["gef_evaluation"] = placing.line(draft, "gef", "extra.gef_evaluation")
    if draft.fields.get("extra.joint_with"):
        reader.extra["joint_with"] = reader.items("extra.joint_with")
    for key in [key for key in draft.fields if key.startswith("extra.") and key != "extra.joint_with"]:
        reader.extra[key.removeprefix("extra.")] = placing.prose(draft, key, key)
    data["extra"] = reader.extra
    return data


class _Reader:
    def __init__(self, draft: Draft, placing: Placing) -> None:
        self.draft = draft
        self.placing = placing
        self.extra: Data = {}

    def value(self, key: str, read: Callable[[str], Any]) -> Any:  # noqa: ANN401 - data of any form
        """A value that is read from its words; words that cannot be read so are kept as printed."""
        printed = self.draft.text(key)
        if not printed:
            return None
        value = None if withheld_in(printed) else read(printed)
        if value is not None:
            self.placing.place(self.draft, key, key)
            self.placing.place(self.draft, f"{key}.currency", key)
            return value
        name = key.rpartition(".")[2]
        self.extra[name] = self.placing.line(self.draft, key, f"extra.{name}")
        self.placing.place(self.draft, f"{key}.currency", f"extra.{name}")
        self.placing.note(
            self.draft.fields[key],
            f"“{printed}” cannot be read as {name.replace('_', ' ')}; kept under extra",
        )
        return None

    def group(self, name: str, keys: tuple[str, ...]) -> Data:
        return {key: self.placing.line(self.draft, f"{name}.{key}", f"{name}.{key}") for key in keys}

    def items(self, key: str) -> list[str]:
        return self.placing.items(self.draft, key, key)

    def person(self, part: Draft) -> Data:
        data = {key: self.placing.line(part, key, f"{part.kind} {key}") for key in ("name", "title")}
        if printed := part.text("nationality"):
            words = self.placing.line(part, "nationality", f"{part.kind} nationality")
            data["nationality"] = country_code(printed) or words
        if printed := part.text("date"):
            data["date"] = read_date(printed, self.placing.terms.order)
            if data["date"]:
                self.placing.place(part, "date", f"{part.kind} date")
        return data

    def document(self, part: Draft) -> Data:
        return {
            key: self.placing.line(part, key, f"documents {key}")
            for key in ("title", "kind", "language", "url")
        }


def _management_response(draft: Draft, reader: _Reader, placing: Placing) -> Data:
    data: Data = {"required": reader.value("management_response.required", _flag)}
    data["unit"] = placing.line(draft, "management_response.unit", "management_response.unit")
    for key in ("due", "submitted"):
        data[key] = reader.value(f"management_response.{key}", _date(placing))
    for kind in ("prepared_by", "approved_by"):
        people = draft.of(kind)
        data[kind] = reader.person(people[0]) if people else None
    data["text"] = placing.prose(draft, "management_response.text", "management_response.text")
    titles = reader.items("management_response.documents")
    data["documents"] = [{"url" if title.startswith(_LINK) else "title": title} for title in titles]
    return data


def _date(placing: Placing) -> Callable[[str], str | None]:
    return lambda text: read_date(text, placing.terms.order)


def _period(placing: Placing) -> Callable[[str], Data | None]:
    def read(text: str) -> Data | None:
        when = read_when(text, placing.terms.order)
        whole = when.due and not when.timeline
        return {"from": when.start or when.due, "to": when.due} if whole else None

    return read


def _flag(text: str) -> str | None:
    word = flag_word(text)
    return None if word is None else str(word).lower()


def _money(currency: str) -> Callable[[str], Data | None]:
    """Reads an amount; its label may have printed the currency."""
    named = amount_in(f"{currency} 1") if currency else None

    def read(text: str) -> Data | None:
        amount = amount_in(text)
        return (
            {"amount": amount[0], "currency": amount[1] or (named[1] if named else None)} if amount else None
        )

    return read


def _countries(text: str) -> list[str] | None:
    codes = [code for _, _, code in countries_in(text)]
    return [code for code in codes if code] if codes and all(codes) else None
