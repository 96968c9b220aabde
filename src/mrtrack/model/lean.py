"""A record as plain data that needs no models to be asked: what questions look at, and where its prose stands.

A lean block answers for the keys of KINDS as the model of `mrtrack.model.record` does, absent ones being None.
Prose stays in the file: kept is where it stands, or the text itself where it cannot be cut out as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from mrtrack.model.cut import Cut
from mrtrack.model.dates import parse_date, parse_day, parse_entry_name, parse_happened
from mrtrack.model.words import Decision, EvaluationStatus, Rating, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mrtrack.model.record import Evaluation

Data = dict[str, Any]


class Prose:
    """A text of several lines; see the module."""


class Blocks(NamedTuple):
    """A list of blocks of one kind."""

    kind: str


class Block(NamedTuple):
    """One block of a kind."""

    kind: str


Form = Callable[[Any], Any] | type[Prose] | Blocks | Block

_ENTRY: Mapping[str, Form] = {
    "date": parse_day,
    "on": parse_happened,
    "by": str,
    "comment": Prose,
    "documents": Blocks("document"),
    "corrects": parse_entry_name,
    "internal": bool,
    "extra": dict,
}
KINDS: Mapping[str, Mapping[str, Form]] = {
    "evaluation": {
        "id": str,
        "title": str,
        "description": Prose,
        "organisation": str,
        "type": str,
        "status": EvaluationStatus,
        "planned_end": parse_date,
        "completed": parse_date,
        "report_date": parse_date,
        "countries": tuple,
        "tags": tuple,
        "quality": Block("quality"),
        "sources": Blocks("source"),
        "management_response": Block("management_response"),
        "recommendations": Blocks("recommendation"),
        "history": Blocks("evaluation-entry"),
    },
    "quality": {"rating": Rating, "date": parse_date},
    "source": {"retrieved": parse_date},
    "management_response": {
        "required": bool,
        "due": parse_date,
        "submitted": parse_date,
        "approved_by": Block("approval"),
    },
    "approval": {"date": parse_date},
    "recommendation": {
        "id": str,
        "number": str,
        "part_of": str,
        "addressed_to": tuple,
        "title": str,
        "priority": str,
        "text": Prose,
        "response": Block("response"),
        "actions": Blocks("action"),
    },
    "response": {
        "decision": Decision,
        "date": parse_date,
        "text": Prose,
        "history": Blocks("response-entry"),
    },
    "action": {
        "id": str,
        "title": str,
        "text": Prose,
        "responsible": str,
        "supported_by": tuple,
        "serves": tuple,
        "due": parse_date,
        "timeline": str,
        "status": Status,
        "history": Blocks("action-entry"),
    },
    "evaluation-entry": {**_ENTRY, "status": EvaluationStatus, "planned_end": parse_date},
    "response-entry": {**_ENTRY, "decision": Decision},
    "action-entry": {
        **_ENTRY,
        "status": Status,
        "due": parse_date,
        "previous_due": parse_date,
        "responsible": str,
        "verdict": Verdict,
    },
    "document": {"title": str, "kind": str, "language": str, "url": str, "sha256": str},
}
_ABOUT = {"action-entry": "action", "response-entry": "response", "evaluation-entry": "evaluation"}


class Lean:
    """One block of a lean record; its attributes are worked out when they are asked for."""

    def __init__(self, kind: str, data: Data, content: Callable[[], bytes]) -> None:
        self._kind, self._data, self._content = kind, data, content
        if kind in _ABOUT:
            self.about = _ABOUT[kind]

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a value of any key
        form = KINDS[self._kind].get(name)
        if form is None:
            raise AttributeError(f"a lean {self._kind} tells nothing of {name}")
        value = self._value(self._data.get(name), form)
        self.__dict__[name] = value
        return value

    @property
    def model_fields_set(self) -> set[str]:
        """The keys that the record writes here."""
        return set(self._data)

    @property
    def clears_due(self) -> bool:
        """Whether an entry takes the due date away."""
        return "due" in self._data and self._data["due"] is None

    def model_dump(self, **_: Any) -> Data:  # noqa: ANN401 - as the model's own
        """The block as plain data."""
        return self._data

    def _value(self, value: Any, form: Form) -> Any:  # noqa: ANN401 - a value of any key
        if value is None:
            return None
        if form is Prose:
            return value if isinstance(value, str) else Cut(*value).of(self._content())
        if isinstance(form, Block):
            return Lean(form.kind, value, self._content)
        if isinstance(form, Blocks):
            return tuple(Lean(form.kind, item, self._content) for item in value)
        return cast("Callable[[Any], Any]", form)(value)


def lean_evaluation(data: Data, content: Callable[[], bytes]) -> Evaluation:
    """A lean record, to be asked what `Evaluation` is asked; `content` gives the bytes of its file."""
    return cast("Evaluation", Lean("evaluation", data, content))


def slimmed(data: Mapping[str, Any], cuts: Mapping[tuple[str | int, ...], Cut]) -> Data:
    """The data of a lean record: what KINDS names of a record's own, and `cuts` in place of prose.

    `data` is what the model writes (its JSON values, with the keys that are set).
    """
    return _slim("evaluation", data, cuts, ())


def _slim(
    kind: str,
    data: Mapping[str, Any],
    cuts: Mapping[tuple[str | int, ...], Cut],
    path: tuple[str | int, ...],
) -> Data:
    kept: Data = {}
    for key, form in KINDS[kind].items():
        if key not in data:
            continue
        value, here = data[key], (*path, key)
        if isinstance(form, Blocks):
            value = [_slim(form.kind, item, cuts, (*here, nth)) for nth, item in enumerate(value)]
        elif isinstance(form, Block):
            value = _slim(form.kind, value, cuts, here)
        elif form is Prose:
            value = cuts.get(here, value)
        kept[key] = value
    return kept
