"""Rules of identity and reference: ids that are one of a kind, and names of items that are there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from mrtrack.model.dates import quoted
from mrtrack.model.shape import Path
from mrtrack.problems import Severity
from mrtrack.rules.histories import items_at
from mrtrack.rules.rule import Finding, FoundAcross, RecordUnderCheck, at_once, rule, rule_across
from mrtrack.rules.sketch import Sketch

_FILE_NAME = re.compile(r"(?:.*[/\\:])?(?P<stem>[^/\\:]+)\.ya?ml", re.DOTALL)
_LONGEST_NAME = 200
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))]
)
"""Source: Microsoft, "Naming Files, Paths, and Namespaces"."""
_MOST_LISTED = 12


@rule("S351", "id-not-stem", Severity.ERROR, "ids differ from the name of their file")
def id_not_stem(record: RecordUnderCheck) -> Iterator[Finding]:
    """The id of the evaluation is not the name of its file.

    A reference such as `water-2021:1.1` leads to the file water-2021.yaml; where the two differ, a person
    looks for it in vain.

    Bad (in water-2021.yaml):

    ```yaml
    id: water-2020
    ```

    Good (in water-2021.yaml):

    ```yaml
    id: water-2021
    ```
    """
    file = _FILE_NAME.fullmatch(record.reading.path)
    written = record.text("id")
    if file and written and written != file["stem"]:
        called = f"{written}.yaml" if len(written) <= _LONGEST_NAME else "by its id"
        yield Finding(
            ("id",),
            f"the id is {quoted(written)}, but the file is called {file['stem']}.yaml",
            f"call the file {called}, or write id: {file['stem']}",
        )


@rule("S366", "device-name", Severity.WARNING, "ids are names of devices on Windows")
def device_name(record: RecordUnderCheck) -> Iterator[Finding]:
    """The id of the evaluation, and so the name of its file, is that of a device on Windows.

    Windows takes `con`, `prn`, `aux`, `nul`, `com1` to `com9` and `lpt1` to `lpt9` for devices, whatever stands
    after a dot: a repository with such a file cannot be checked out there.

    Bad:

    ```yaml
    id: aux
    ```

    Good:

    ```yaml
    id: auxiliary-2021
    ```
    """
    written = record.text("id") or ""
    device = written.partition(".")[0]
    if device in _DEVICES:
        told = f"{quoted(written)} cannot name a file on Windows, where {device} is a device"
        yield Finding(("id",), told, f"add to it: {device}-2021")


@rule("S352", "duplicate-id", Severity.ERROR, "ids stand twice in their evaluation")
def duplicate_id(record: RecordUnderCheck) -> Iterator[Finding]:
    """Two recommendations or actions of the evaluation have the same id, or ids that differ only in case.

    A reference names one item. Ids are unique over the recommendations and actions of an evaluation together.

    Bad:

    ```yaml
    actions:
      - id: "1.1"
      - id: "1.1"
    ```

    Good:

    ```yaml
    actions:
      - id: "1.1"
      - id: "1.2"
    ```
    """
    seen: dict[str, Path] = {}
    for path, written in record.ids.items():
        first = seen.setdefault(written.casefold(), path)
        if not written or first == path:
            continue
        other = record.ids[first]
        same = "is" if other == written else f"differs only in case from “{other}”,"
        told = f"“{written}” {same} the id of {_item(record, first)} above"
        yield Finding((*path, "id"), told, "give this one an id of its own")


@rule("S362", "unknown-reference", Severity.ERROR, "references lead nowhere")
def unknown_reference(record: RecordUnderCheck) -> Iterator[Finding]:
    """A recommendation is named that this evaluation does not have.

    `part_of` names the recommendation that this one is a part of; `serves` names others that the same action
    answers. The recommendation that an action stands under is not named again.

    Bad:

    ```yaml
    recommendations:
      - id: "1"
        actions:
          - id: "1.1"
            serves: ["7"]
      - id: "2"
    ```

    Good:

    ```yaml
    recommendations:
      - id: "1"
        actions:
          - id: "1.1"
            serves: ["2"]
      - id: "2"
    ```
    """
    if record.keys.isdisjoint(("part_of", "serves")):
        return
    known = dict.fromkeys(record.ids[path] for path in record.recommendations)
    names = _Names(record, known)
    for path, recommendation in record.having("part_of", record.recommendations):
        named = recommendation["part_of"]
        if named and isinstance(named, str) and named not in known:
            yield Finding((*path, "part_of"), *names.lacking(named))
    for action, item in record.having("serves", record.actions):
        own = record.ids[action[:2]]
        for path in items_at(item, ("serves",), above=action):
            evaluation, _, named = record.text(*path).rpartition(":")
            if not named or evaluation not in ("", record.text("id")):
                continue
            if named == own:
                told = f"the action stands under recommendation {own} already"
                yield Finding(path, told, "name only the other recommendations that it answers")
            elif named not in known:
                yield Finding(path, *names.lacking(named))


@rule("S363", "part-of-itself", Severity.ERROR, "recommendations are parts of themselves")
def part_of_itself(record: RecordUnderCheck) -> Iterator[Finding]:
    """A recommendation is a part of itself, at once or by way of others.

    Bad:

    ```yaml
    recommendations:
      - id: 2a
        part_of: 2b
      - id: 2b
        part_of: 2a
    ```

    Good:

    ```yaml
    recommendations:
      - id: "2"
      - id: 2a
        part_of: "2"
      - id: 2b
        part_of: "2"
    ```
    """
    if "part_of" not in record.keys:
        return
    places = {record.ids[path]: path for path in record.recommendations}
    places.pop("", None)
    whole = {part: record.text(*path, "part_of") for part, path in places.items()}
    seen: set[str] = set()
    for start in places:
        chain: dict[str, None] = {}
        part = start
        while part in places and part not in seen:
            seen.add(part)
            chain[part] = None
            part = whole[part]
        if part in chain:
            circle = list(chain)[list(chain).index(part) :]
            told = ", ".join(f"{one} is part of {whole[one]}" for one in circle)
            yield Finding((*places[part], "part_of"), told, "take part_of out of the one that is the whole")


@rule_across("S364", "evaluation-id-taken", Severity.ERROR, "evaluations share an id")
def evaluation_id_taken(sketches: Sequence[Sketch]) -> FoundAcross:
    """Two files hold an evaluation of the same id, so that a reference to it could mean either.

    Bad (in records/water-2021.yaml, while records/2021/water-2021.yaml has this id too):

    ```yaml
    id: water-2021
    ```

    Good (in records/water-2021-review.yaml):

    ```yaml
    id: water-2021-review
    ```
    """
    first: dict[str, str] = {}
    for sketch in sorted(sketches, key=lambda sketch: sketch.path):
        taken = first.setdefault(sketch.id.casefold(), sketch.path) if sketch.id else sketch.path
        if taken != sketch.path:
            told = f"“{sketch.id}” is the id of {taken} too"
            hint = "give one of the two another id and file name, or delete one"
            yield sketch, at_once(Finding(("id",), told, hint))


def _item(record: RecordUnderCheck, path: Path) -> str:
    return f"an action of recommendation {record.ids[path[:2]]}" if len(path) > 2 else "a recommendation"


class _Names:
    """The names of a record's items, looked through once for all that are lacking."""

    def __init__(self, record: RecordUnderCheck, recommendations: Iterable[str]) -> None:
        self._record, self._recommendations = record, recommendations

    def lacking(self, named: str) -> tuple[str, str]:
        """What is said of a name that no recommendation has, and what to write."""
        action = named in self._actions
        told = "an action, not a recommendation" if action else "no recommendation of this evaluation"
        alike = self._folded.get(named.casefold())
        return f"“{named}” is {told}", f"did you mean “{alike}”?" if alike else f"there are: {self._listed}"

    @cached_property
    def _actions(self) -> set[str]:
        return {self._record.ids[path] for path in self._record.actions}

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {name.casefold(): name for name in reversed(list(self._recommendations))}

    @cached_property
    def _listed(self) -> str:
        first = list(islice(self._recommendations, _MOST_LISTED + 1))
        return ", ".join(first[:_MOST_LISTED]) + (" …" if len(first) > _MOST_LISTED else "")
