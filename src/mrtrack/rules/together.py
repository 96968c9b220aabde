"""Rules about records beside each other: one evaluation twice, references to nothing, one unit spelt in two ways."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial

from mrtrack.model.shape import Path
from mrtrack.problems import Severity
from mrtrack.rules.rule import Finding, FoundAcross, RecordUnderCheck, at_first, at_once, rule_across
from mrtrack.rules.sketch import Sketch, named_units

_WORD = re.compile(r"[^\W_]+")
_AND = re.compile(r"\s*&\s*")
_DIGIT = re.compile(r"[0-9]")
_SHORT = 4


@rule_across("R601", "evaluation-twice", Severity.WARNING, "evaluations seem to be recorded twice")
def evaluation_twice(sketches: Sequence[Sketch]) -> FoundAcross:
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
    alike: dict[object, list[Sketch]] = {}
    for sketch in _by_path(sketches):
        if sketch.sameness:
            alike.setdefault(sketch.sameness, []).append(sketch)
    for group in alike.values():
        first = group[0].id
        ids: set[str] = set()
        named: set[str] = set()
        for sketch in group:
            own, others = sketch.id, set(sketch.same_evaluation)
            if ids and own not in ids and own not in named and not ids & others:
                told = f"{first} has the same organisation, title and end"
                hint = f"take one of the two away; or, if both answer it, write same_evaluation: and below it {first}"
                yield sketch, at_once(Finding(("title",), told, hint))
            ids.add(own)
            named |= others


@rule_across("R602", "serves-nothing", Severity.ERROR, "actions serve a recommendation that is not there")
def serves_nothing(sketches: Sequence[Sketch]) -> FoundAcross:
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
    known = {sketch.name: sketch.asked for sketch in sketches}
    for sketch in sketches:
        for path, evaluation, named in sketch.served_elsewhere:
            asked = known.get(evaluation)
            if asked is not None and named not in asked:
                told = f"{evaluation} has no recommendation “{named}”"
                listed = ", ".join(asked[:12]) + (" …" if len(asked) > 12 else "")
                yield sketch, at_once(Finding(path, told, f"there are: {listed or 'none'}"))


@rule_across("R603", "unit-spelt-differently", Severity.WARNING, "units are spelt in more than one way")
def unit_spelt_differently(sketches: Sequence[Sketch]) -> FoundAcross:
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
    by_organisation: dict[str, list[Sketch]] = {}
    for sketch in _by_path(sketches):
        by_organisation.setdefault(_organisation(sketch), []).append(sketch)
    for own in by_organisation.values():
        alike = _spelt_differently(own)
        for sketch in own if alike else ():
            first = {_name(unit, declared): unit for unit, declared, _ in reversed(sketch.units)}
            for name, unit in first.items():
                spellings = alike.get(name)
                if spellings and spellings.is_otherwise(name):
                    usual = spellings.usual
                    told = f"“{unit}” is likely “{usual}”, which stands {_times(spellings.times[usual])}"
                    either = "an alias if they are one, two units if they are two"
                    hint = f"write “{usual}”; or tell mrtrack.toml: {either}"
                    yield sketch, at_first(partial(_where_named, unit), told, hint)


@rule_across("R604", "serves-elsewhere", Severity.WARNING, "actions serve evaluations that are not here")
def serves_elsewhere(sketches: Sequence[Sketch]) -> FoundAcross:
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
    known = {sketch.name for sketch in sketches}
    for sketch in sketches:
        for path, evaluation, _ in sketch.served_elsewhere:
            if evaluation not in known:
                told = f"there is no record of an evaluation “{evaluation}” here"
                hint = "write the id of the evaluation as its file is called"
                yield sketch, at_once(Finding(path, told, hint))


def _where_named(unit: str, record: RecordUnderCheck) -> Iterator[Path]:
    named = named_units(record.evaluation) if record.evaluation else ()
    return (path for path, name in named if name == unit)


@dataclass
class _Spellings:
    """The spellings of what is likely one unit, and how often each stands.

    Spellings that mrtrack.toml declares to be one are counted together, under their name there.
    """

    times: dict[str, int] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)

    def add(self, name: str, times: int, *, declared: bool) -> None:
        self.times[name] = self.times.get(name, 0) + times
        if declared:
            self.declared.add(name)

    @cached_property
    def usual(self) -> str:
        """The spelling that is likely right, once all are added."""
        return max(self.times, key=lambda name: (name in self.declared, self.times[name]))

    def is_otherwise(self, name: str) -> bool:
        """Whether a spelling likely means the usual one."""
        both_declared = name in self.declared and self.usual in self.declared
        return name != self.usual and not both_declared


def _organisation(sketch: Sketch) -> str:
    return sketch.organisation or f"\n{sketch.path}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _spelt_differently(sketches: Sequence[Sketch]) -> dict[str, _Spellings]:
    """Each name of a unit that is spelt in several ways, with all of them."""
    written: dict[tuple[str, str | None], int] = {}
    for sketch in sketches:
        for unit, declared, times in sketch.units:
            written[unit, declared] = written.get((unit, declared), 0) + times
    alike: dict[str, list[tuple[str, str | None]]] = {}
    for unit, declared in written:
        alike.setdefault(_in_common(_name(unit, declared)), []).append((unit, declared))
    found: dict[str, _Spellings] = {}
    for common, several in alike.items():
        spellings = _Spellings()
        for unit, declared in several if common and len(several) > 1 else ():
            name = _name(unit, declared)
            spellings.add(name, written[unit, declared], declared=bool(declared))
            found[name] = spellings
    return found


def _name(unit: str, declared: str | None) -> str:
    """The name that mrtrack.toml gives a unit, else the one that the record does."""
    return declared or " ".join(unit.split())


@lru_cache(maxsize=4096)
def _in_common(name: str) -> str:
    """What all spellings of a unit's name have in common."""
    words = [_singular(word) for word in _WORD.findall(_AND.sub(" and ", name.casefold()))]
    between = " " if _DIGIT.search(name) else ""
    return between.join(words)


def _singular(word: str) -> str:
    if len(word) <= _SHORT or _DIGIT.search(word):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _by_path(sketches: Sequence[Sketch]) -> list[Sketch]:
    return sorted(sketches, key=lambda sketch: sketch.path)
