"""The receipt of figures as data: what was counted, of which files and entries; not its file, nor whether it holds."""

import hashlib
import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mrtrack.indicators.definition import Judged
from mrtrack.indicators.figures import Figure, in_words, made_of
from mrtrack.model.record import Evaluation
from mrtrack.source.reader import Reading

Data = dict[str, Any]
FORM = "1"
_WIDTH = 88
_REF = re.compile(r"([^\s,()]+)(?: \((\d+)\))?")
_ENTRY_DIGITS = 12
_LEFT_OUT_WHEN_EMPTY = ("unread",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What figures were computed from and what was asked; `filters` are the options by their names."""

    commit: str
    version: str
    made: date
    as_of: date
    indicators: Sequence[str]
    by: str | None
    view: str | None
    filters: Mapping[str, Any]
    unread: Sequence[str]


def receipt(figures: Iterable[Figure], readings: Iterable[Reading], about: Circumstances) -> Data:
    """The receipt of figures, its values all text; `readings` are the records that were asked."""
    listed = [figure_data(one) for one in figures]
    named = {ref.partition(":")[0] for one in listed for ref in places(one)}
    asked: Data = {"indicators": list(about.indicators), "by": about.by, "view": about.view}
    asked["filters"] = {key: _given(value) for key, value in about.filters.items()}
    data = {
        "receipt": FORM,
        "as_of": about.as_of.isoformat(),
        "made": about.made.isoformat(),
        "mrtrack": about.version,
        "commit": about.commit,
        "asked": _without_blanks(asked),
        "unread": list(about.unread),
        "figures": listed,
        "records": [
            _record(reading, reading.evaluation, about.as_of)
            for reading in readings
            if reading.evaluation and reading.evaluation.id in named
        ],
    }
    data = {key: value for key, value in data.items() if value or key not in _LEFT_OUT_WHEN_EMPTY}
    return {**data, "digest": digest(data)}


def digest(data: Data) -> str:
    """The SHA-256 of a receipt's content but for the digest itself, however its YAML is laid out."""
    content = trimmed({key: value for key, value in data.items() if key != "digest"})
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode('ascii')).hexdigest()}"


def trimmed(value: Any) -> Any:  # noqa: ANN401 - data of any form
    """Data without the line ends that YAML's blocks add to texts."""
    if isinstance(value, dict):
        return {key: trimmed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [trimmed(one) for one in value]
    return value.rstrip("\n") if isinstance(value, str) else value


def figure_data(figure: Figure) -> Data:
    """One figure as it stands in a receipt, with the references of all rows that it is about."""
    shown = figure.of.shows_numerator
    hits = [(ref, one) for ref, one in figure.counted if one.amount or not shown]
    others = [(ref, one) for ref, one in figure.counted if shown and not one.amount]
    return _without_blanks(
        {
            "indicator": figure.of.id,
            "name": figure.of.name,
            "formula": figure.of.formula,
            "group": figure.group,
            "value": in_words(figure),
            "made_of": made_of(figure),
            "exact": None if figure.value is None else str(figure.value),
            "note": figure.note,
            "parts": [name for name, _ in figure.of.parts],
            "in_numerator" if shown else "counted": _refs(hits, always=not shown),
            "only_in_denominator": _refs(others, always=False, amounts=False),
            "uncertain": _refs([(ref, Judged(1)) for ref in figure.uncertain]),
            "left_out": [
                {"reason": one.reason, "refs": _refs([(ref, Judged(1)) for ref in one.refs])}
                for one in figure.left_out
            ],
        }
    )


def places(figure: Data) -> dict[str, str]:
    """Where each reference of a receipt's figure stands, in words: “in the numerator”, “left out: no due date”."""
    found: dict[str, str] = {}
    for key, words in (
        ("in_numerator", "in the numerator"),
        ("counted", "counted"),
        ("only_in_denominator", "in the denominator only"),
    ):
        for ref, amount in _read_refs(figure.get(key)):
            found[ref] = f"{words} with {amount}" if amount else words
    for ref, _ in _read_refs(figure.get("uncertain")):
        found[ref] = f"{found.get(ref, 'counted')}, uncertain"
    for one in figure.get("left_out") or ():
        for ref, _ in _read_refs(one.get("refs")):
            found[ref] = f"left out: {one.get('reason')}"
    return found


def entries_by(evaluation: Evaluation, as_of: date) -> dict[str, list[str]]:
    """The entries of each item of a record that were recorded by a day, each as its day and its digest."""
    histories: list[tuple[str, Sequence[Any]]] = [(evaluation.id, evaluation.history or ())]
    for one in evaluation.recommendations or ():
        answered = (one.response and one.response.history) or ()
        histories.append((f"{evaluation.id}:{one.id}", answered))
        histories += [(f"{evaluation.id}:{action.id}", action.history or ()) for action in one.actions or ()]
    return {
        ref: [f"{entry.date} {_mark(entry)}" for entry in entries if entry.date <= as_of]
        for ref, entries in histories
    }


def entries_told(record: Data) -> dict[str, list[str]]:
    """The entries that a receipt tells of one of its records, as `entries_by` has them."""
    told = record.get("entries")
    texts = told.items() if isinstance(told, dict) else ()
    return {ref: [one.strip() for one in str(text).split(",") if one.strip()] for ref, text in texts}


def _record(reading: Reading, evaluation: Evaluation, as_of: date) -> Data:
    entries = {ref: ", ".join(marks) for ref, marks in entries_by(evaluation, as_of).items() if marks}
    return {
        "evaluation": evaluation.id,
        "path": reading.path,
        "sha256": hashlib.sha256(reading.content).hexdigest(),
        "entries": entries,
    }


def _mark(entry: Any) -> str:  # noqa: ANN401 - an entry of any history
    data = entry.model_dump(mode="json", by_alias=True, exclude_unset=True)
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_ENTRY_DIGITS]


def _refs(
    rows: Iterable[tuple[str, Judged]], *, always: bool = False, amounts: bool = True
) -> str | dict[str, str]:
    """References, grouped by their evaluation where they are inside one, with what each adds."""

    def told(ref: str, judged: Judged) -> str:
        shown = always or (amounts and judged.amount != 1)
        return f"{ref} ({judged.amount})" if shown else ref

    listed = [(*ref.partition(":"), judged) for ref, judged in rows]
    if not any(inner for _, _, inner, _ in listed):
        return _lines(told(name, judged) for name, _, _, judged in listed)
    inside: dict[str, list[str]] = {}
    for name, _, inner, judged in listed:
        inside.setdefault(name, []).append(told(inner, judged))
    return {name: _lines(words) for name, words in inside.items()}


def _lines(words: Iterable[str]) -> str:
    unbroken = ", ".join(word.replace(" ", "\xa0") for word in words)
    lines = textwrap.wrap(unbroken, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace("\xa0", " ")


def _read_refs(told: object) -> Iterator[tuple[str, str]]:
    if isinstance(told, dict):
        for name, text in told.items():
            yield from ((f"{name}:{inner}", amount) for inner, amount in _REF.findall(str(text)))
    elif isinstance(told, str):
        yield from _REF.findall(told)


def _given(value: Any) -> Any:  # noqa: ANN401 - what an option holds
    if isinstance(value, bool):
        return "true" if value else None
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else str(value)


def _without_blanks(data: Data) -> Data:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
