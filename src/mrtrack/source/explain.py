"""From pydantic's errors to findings in a person's words: what is wrong at which path, and what to write."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mrtrack.model.dates import quoted
from mrtrack.model.shape import Items, Keys, Path, Shape, Value, shape_at
from mrtrack.problems import Kind
from mrtrack.source import kinds
from mrtrack.source.tree import Mapping, Node, Scalar, Sequence, find

_KINDS = {kind.name: kind for kind in kinds.READING_KINDS}
_FAMILIAR = {
    "deadline": ("due",),
    "due_date": ("due",),
    "duedate": ("due",),
    "lead": ("responsible",),
    "owner": ("responsible",),
    "responsibility": ("responsible",),
    "support": ("supported_by",),
    "description": ("text", "comment"),
    "text": ("comment", "reason"),
    "comments": ("comment",),
    "reason": ("comment",),
    "start_date": ("start",),
    "country": ("countries",),
    "organization": ("organisation",),
    "management_responses": ("management_response",),
    "key_actions": ("actions",),
    "tag": ("tags",),
    "name": ("title",),
}
_BLOCKS = {
    "recommendations": "a recommendation",
    "response": "a response",
    "positions": "a position",
    "actions": "an action",
    "history": "an entry",
    "documents": "a document",
    "sources": "a source",
    "accepted": "an accepted finding",
    "team": "a person",
    "approved_by": "a person",
    "prepared_by": "a person",
}
_PLACES: tuple[tuple[int, str, Path], ...] = (
    (0, "under management_response", ("management_response",)),
    (0, "to the evaluation, at the left margin", ()),
    (0, "under classification", ("classification",)),
    (1, "under a recommendation's response", ("recommendations", 0, "response")),
    (1, "to a recommendation", ("recommendations", 0)),
    (2, "to an action", ("recommendations", 0, "actions", 0)),
    (3, "to an entry of an action's history", ("recommendations", 0, "actions", 0, "history", 0)),
    (4, "to an item of documents", ("documents", 0)),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One error of a record's shape, before it is given its position in the text."""

    kind: Kind
    path: Path
    message: str
    hint: str
    at_key: bool = False


def explain(error: ValidationError, tree: Node) -> Iterator[Finding]:
    """The findings of a record that does not fit its models, in words.

    A record of a newer schema has that one finding: what its keys mean is not known here.
    """
    details = error.errors(include_url=False, include_input=False)
    newer = [detail for detail in details if detail["type"] == kinds.NEWER_SCHEMA.name]
    for detail in newer or details:
        path = tuple(detail["loc"])
        found = find(tree, path)
        if not (isinstance(found, Scalar) and found.is_alias):
            yield _finding(detail, path, found)


def _finding(detail: ErrorDetails, path: Path, found: Node | None) -> Finding:
    code = detail["type"]
    if code == "extra_forbidden":
        return _unknown_key(path)
    if code == "missing":
        hint = f"write {path[-1]}: and its value"
        return Finding(kinds.MISSING_KEY, path[:-1], f"“{path[-1]}” is missing here", hint)
    if code in _KINDS:
        return Finding(_KINDS[code], path, detail["msg"], detail["ctx"]["hint"])
    belongs = shape_at(path)
    if isinstance(found, Scalar) and found.is_null:
        hint = "write the value, or leave the key out"
        return Finding(kinds.NULL_VALUE, path, "there is no value here", hint, at_key=True)
    expected = "a list" if isinstance(belongs, Items) else "a block of keys"
    message = f"{_stands(found)} stands here, where {expected} belongs"
    return Finding(kinds.WRONG_TYPE, path, message, _how_to_write(path, belongs))


def _stands(node: Node | None) -> str:
    match node:
        case Mapping():
            return "a block of keys"
        case Sequence():
            return "a list"
        case _:
            return "one value"


def _unknown_key(path: Path) -> Finding:
    key = str(path[-1])
    shape = shape_at(path[:-1])
    known = list(shape.keys) if isinstance(shape, Keys) else []
    familiar = [word for word in _FAMILIAR.get(key.casefold(), ()) if word in known]
    near = familiar or get_close_matches(key.casefold(), known, n=1, cutoff=0.7)
    if near:
        hint = f"did you mean “{near[0]}”?"
    elif elsewhere := _where(key, path):
        hint = f"it belongs {elsewhere}"
    else:
        listed = (
            f"the keys here are {', '.join(known)}" if len(known) < 12 else "docs/record.md lists the keys"
        )
        hint = listed + ("; data of your own goes under extra" if "extra" in known else "")
    return Finding(
        kinds.UNKNOWN_KEY, path, f"{quoted(key)} is no key of {_block(path[:-1])}", hint, at_key=True
    )


def _block(path: Path) -> str:
    named = [step for step in path if isinstance(step, str)]
    return _BLOCKS.get(named[-1], named[-1]) if named else "an evaluation"


def _where(key: str, path: Path) -> str:
    """The block that has such a key: below the place where it was written, before above it."""
    depth = sum(isinstance(step, int) for step in path)
    below = [place for place in _PLACES if place[0] >= depth]
    above = [place for place in reversed(_PLACES) if place[0] < depth]
    for _, words, block in below + above:
        shape = shape_at(block)
        if isinstance(shape, Keys) and key in shape.keys:
            return words
    return ""


def _how_to_write(path: Path, belongs: Shape | None) -> str:
    name = next((step for step in reversed(path) if isinstance(step, str)), "key")
    match belongs:
        case Items(Value()):
            return f"write {name}: and below it one “- item” a line"
        case Items():
            return f"write {name}: and below it “- ” before the first key of each item"
        case Keys(keys):
            return f"write {name}: and below it, indented: {', '.join(list(keys)[:4])} …"
        case _:
            return f"write {name}: and below it, indented, keys of your own"
