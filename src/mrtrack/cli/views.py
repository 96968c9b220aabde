"""Named filters: those that are built in, and those that mrtrack.toml saves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

import typer

from mrtrack.query.filters import CRITERIA

if TYPE_CHECKING:
    from mrtrack.model.settings import Settings

Kind = Literal["actions", "recommendations", "evaluations"]
KINDS: tuple[Kind, ...] = ("actions", "recommendations", "evaluations")


@dataclass(frozen=True, slots=True)
class View:
    """What a name stands for: rows of a kind, the criteria they fit, their order and number."""

    kind: Kind
    criteria: Mapping[str, Any] = field(default_factory=dict)
    sort: str | None = None
    limit: int | None = None


BUILT_IN: dict[str, View] = {
    "actions": View("actions"),
    "recommendations": View("recommendations"),
    "evaluations": View("evaluations"),
    "overdue": View("actions", {"overdue": True}, "-days_overdue"),
    "due-soon": View("actions", {"due_soon": True}, "due"),
    "stale": View("actions", {"stale": True}, "updated"),
    "open": View("actions", {"open": True}, "due"),
    "disputed": View("actions", {"disputed": True}),
    "no-response": View("recommendations", {"no_response": True}),
    "no-evidence": View("actions", {"no_evidence": True}),
}


def view_of(name: str, settings: "Settings") -> View:
    """The view of a name; one of mrtrack.toml goes before a built-in one.

    Raises:
        typer.BadParameter: where there is none of that name.
    """
    saved = settings.views.get(name)
    if saved is not None:
        given = {key: value for key in CRITERIA if (value := getattr(saved, key))}
        return View(saved.kind, given, saved.sort, saved.limit)
    if name in BUILT_IN:
        return BUILT_IN[name]
    known = [*BUILT_IN, *settings.views]
    near = get_close_matches(name, known, n=1)
    told = f"did you mean {near[0]}?" if near else "there are: " + ", ".join(known)
    raise typer.BadParameter(f"there is no list or view “{name}”; {told}")
