"""Rules about records beside each other: one evaluation twice, references to nothing, one unit spelt in two ways."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.shape import Path
from mrtrack.model.spellings import folded
from mrtrack.problems import Severity
from mrtrack.rules.rule import Finding, RecordUnderCheck, rule_across

_WORD = re.compile(r"[^\W_]+")
_AND = re.compile(r"\s*&\s*")
_DIGIT = re.compile(r"[0-9]")
_SHORT = 4
_FILE = re.compile(r"(?:.*/)?(?P<stem>[^/]+)\.ya?ml", re.DOTALL)

Found = Iterator[tuple[RecordUnderCheck, Finding]]


@rule_across("R601", "evaluation-twice", Severity.WARNING, "evaluations seem to be recorded twice")
def evaluation_twice(records: Sequence[RecordUnderCheck]) -> Found:
    """Two records have the same organisation, title and end: likely one evaluation, recorded twice.

    The end is `completed`, else `planned_end`, else the end of `period`; where none is stated, nothing is
    compared. Where several records answer one evaluation, each organisation's in its own file,
    `same_evaluation` names the others.

    Bad (in records/water-review.yaml, while water-2021 has this organisation, title and end too):

    ```yaml
    title: Evaluation of the water programme
    organisation: Example Agency
    completed: 2020-09
    ```

    Good (in records/water-review.yaml):

    ```yaml
    title: Evaluation of the water programme
    organisation: Example Agency
    same_evaluation:
      - water-2021
    completed: 2020-09
    ```
    """
    alike: dict[tuple[str, str, date], list[RecordUnderCheck]] = {}
    for record in _by_path(records):
        key = _sameness(record.evaluation) if record.evaluation else None
        if key:
            alike.setdefault(key, []).append(record)
    for group in alike.values():
        first = group[0].text("id")
        ids: set[str] = set()
        named: set[str] = set()
        for record in group:
            own, others = (
                record.text("id"),
                set((record.evaluation and record.evaluation.same_evaluation) or ()),
            )
            if ids and own not in ids and own not in named and not ids & others:
                told = f"{first} has the same organisation, title and end"
                hint = f"take one of the two away; or, if both answer it, write same_evaluation: and below it {first}"
                yield record, Finding(("title",), told, hint)
            ids.add(own)
            named |= others


@rule_across("R602", "serves-nothing", Severity.ERROR, "actions serve a recommendation that is not there")
def serves_nothing(records: Sequence[RecordUnderCheck]) -> Found:
    """An action serves a recommendation of another evaluation, and that evaluation has none of this id.

    `other-evaluation:5` names recommendation 5 of the record other-evaluation. Within one record,
    unknown-reference finds the same; serves-elsewhere tells of an evaluation that is not here at all.

    Bad (where water-2020 has the recommendations 1 to 4):

    ```yaml
    serves: ["water-2020:5"]
    ```

    Good (where water-2020 has the recommendations 1 to 4):

    ```yaml
    serves: ["water-2020:4"]
    ```
    """
    known = _asked(records)
    for record in records:
        for path, evaluation, named in _served_elsewhere(record):
            asked = known.get(evaluation)
            if asked is not None and named not in asked:
                told = f"{evaluation} has no recommendation “{named}”"
                listed = ", ".join(asked[:12]) + (" …" if len(asked) > 12 else "")
                yield record, Finding(path, told, f"there are: {listed or 'none'}")


@rule_across("R603", "unit-spelt-differently", Severity.WARNING, "units are spelt in more than one way")
def unit_spelt_differently(records: Sequence[RecordUnderCheck]) -> Found:
    """One unit's name is written in several ways, so that its actions are counted as those of several units.

    Compared are the units of one organisation (without an organisation, those of one record): leads,
    supporters, who is addressed and who answers. Two spellings are one name where they differ only in case,
    in singular and plural, in punctuation or in spaces; never where a digit differs. Told is the rarer one.
    Whether two names are one unit is for the organisation to say: the aliases of `[units]` in mrtrack.toml
    make them one, and two units declared there are two.

    Bad:

    ```yaml
    - id: "1.1"
      responsible: Communications team
    - id: "1.2"
      responsible: Communications team
    - id: "1.3"
      responsible: Communication Team
    ```

    Good:

    ```yaml
    - id: "1.1"
      responsible: Communications team
    - id: "1.2"
      responsible: Communications team
    - id: "1.3"
      responsible: Communications team
    ```
    """
    organisations: dict[str, dict[str, _Unit]] = {}
    meanings: dict[str, tuple[str, str]] = {}
    for record in _by_path(records):
        if record.evaluation is None:
            continue
        organisation = folded(record.evaluation.organisation or "") or f"\n{record.reading.path}"
        units = organisations.setdefault(organisation, {})
        for path, name in _units(record.evaluation):
            if name not in meanings:
                meanings[name] = _known(name, record.settings)
            key, known = meanings[name]
            if key:
                units.setdefault(key, _Unit()).add(known, name, record, path)
    for units in organisations.values():
        for unit in units.values():
            yield from unit.findings()


@rule_across("R604", "serves-elsewhere", Severity.WARNING, "actions serve evaluations that are not here")
def serves_elsewhere(records: Sequence[RecordUnderCheck]) -> Found:
    """An action serves a recommendation of an evaluation that has no record in this repository.

    The record may be kept elsewhere; or the id is not written as the file of the evaluation is called.

    Bad (where there is a record water-2020, and none water-20):

    ```yaml
    serves: ["water-20:4"]
    ```

    Good (where there is a record water-2020, and none water-20):

    ```yaml
    serves: ["water-2020:4"]
    ```
    """
    known = _asked(records)
    for record in records:
        for path, evaluation, _ in _served_elsewhere(record):
            if evaluation not in known:
                told = f"there is no record of an evaluation “{evaluation}” here"
                yield record, Finding(path, told, "write the id of the evaluation as its file is called")


@dataclass
class _Unit:
    """The spellings of what is likely one unit: how often each stands, and where first in each record.

    Spellings that mrtrack.toml declares to be one are counted together, under their name there.
    """

    times: Counter[str] = field(default_factory=Counter)
    declared: set[str] = field(default_factory=set)
    places: dict[tuple[str, str], tuple[RecordUnderCheck, Path, str]] = field(default_factory=dict)

    def add(self, known: str, written: str, record: RecordUnderCheck, path: Path) -> None:
        self.times[known] += 1
        if folded(written) in record.settings.unit_names:
            self.declared.add(known)
        self.places.setdefault((known, record.reading.path), (record, path, written))

    def findings(self) -> Found:
        if len(self.times) < 2:
            return
        usual = max(self.times, key=lambda name: (name in self.declared, self.times[name]))
        for (known, _), (record, path, written) in self.places.items():
            if known == usual or (known in self.declared and usual in self.declared):
                continue
            told = f"“{written}” is likely “{usual}”, which stands {_times(self.times[usual])}"
            hint = (
                f"write “{usual}”; or tell mrtrack.toml: an alias if they are one, two units if they are two"
            )
            yield record, Finding(path, told, hint)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _known(name: str, settings: Settings) -> tuple[str, str]:
    """What all spellings of a unit's name have in common, and the name that mrtrack.toml or the record gives it."""
    known = settings.unit_names.get(folded(name)) or " ".join(name.split())
    words = [_singular(word) for word in _WORD.findall(_AND.sub(" and ", known.casefold()))]
    between = " " if _DIGIT.search(known) else ""
    return between.join(words), known


def _singular(word: str) -> str:
    if len(word) <= _SHORT or _DIGIT.search(word):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _units(evaluation: Evaluation) -> Iterator[tuple[Path, str]]:
    answer = evaluation.management_response
    if answer and answer.unit:
        yield ("management_response", "unit"), answer.unit
    for nth, recommendation in enumerate(evaluation.recommendations or ()):
        here: Path = ("recommendations", nth)
        for index, name in enumerate(recommendation.addressed_to or ()):
            yield (*here, "addressed_to", index), name
        response = recommendation.response
        for index, position in enumerate((response.positions if response else None) or ()):
            if position.unit:
                yield (*here, "response", "positions", index, "unit"), position.unit
        for index, action in enumerate(recommendation.actions or ()):
            if action.responsible:
                yield (*here, "actions", index, "responsible"), action.responsible
            for place, name in enumerate(action.supported_by or ()):
                yield (*here, "actions", index, "supported_by", place), name


def _asked(records: Sequence[RecordUnderCheck]) -> dict[str, list[str] | None]:
    """The ids of the recommendations of each evaluation; None where its file cannot be read."""
    asked: dict[str, list[str] | None] = {}
    for record in records:
        name = record.text("id") or _stem(record)
        if record.evaluation:
            asked[name] = [one.id for one in record.evaluation.recommendations or ()]
        elif record.tree:
            asked[name] = [record.text(*path, "id") for path in record.recommendations]
        else:
            asked[name] = None
    return asked


def _served_elsewhere(record: RecordUnderCheck) -> Iterator[tuple[Path, str, str]]:
    """The paths in `serves` that name a recommendation of another evaluation; that evaluation, and the name."""
    for path, action in record.valid_actions:
        for index, name in enumerate(action.serves or ()):
            evaluation, _, named = name.rpartition(":")
            if evaluation and evaluation != record.text("id"):
                yield (*path, "serves", index), evaluation, named


def _sameness(evaluation: Evaluation) -> tuple[str, str, date] | None:
    period = evaluation.period
    end = evaluation.completed or evaluation.planned_end or (period.end if period else None)
    if not evaluation.title or end is None:
        return None
    return folded(evaluation.organisation or ""), folded(evaluation.title), end.last


def _by_path(records: Sequence[RecordUnderCheck]) -> list[RecordUnderCheck]:
    return sorted(records, key=lambda record: record.reading.path)


def _stem(record: RecordUnderCheck) -> str:
    file = _FILE.fullmatch(record.reading.path)
    return file["stem"] if file else ""
