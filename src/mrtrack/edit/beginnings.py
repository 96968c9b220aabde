"""The data of new evaluations, recommendations and actions, and the ids they get; pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mrtrack.edit.log import Recorded, entry_data
from mrtrack.edit.operations import Append, Operation
from mrtrack.edit.refusal import Refused
from mrtrack.model.record import Evaluation

_GENERIC = {"assessment", "evaluation", "final", "independent", "mid", "midterm", "review", "term"}
_WORDLESS = {
    "a",
    "an",
    "and",
    "de",
    "des",
    "du",
    "el",
    "et",
    "for",
    "in",
    "la",
    "le",
    "of",
    "on",
    "the",
    "to",
    "y",
}


def new_evaluation(evaluation: str, given: Mapping[str, Any], recorded: Recorded) -> dict[str, Any]:
    """The data of a new evaluation; its status and planned end are its history's first entry."""
    logged = {key: given[key] for key in ("status", "planned_end") if given.get(key)}
    kept = {key: value for key, value in given.items() if value}
    return {"schema": "1", "id": evaluation, **kept, "history": [entry_data(recorded, logged)]}


def new_recommendation(evaluation: Evaluation, given: Mapping[str, Any]) -> tuple[str, list[Operation]]:
    """The id and the operations of a new recommendation at the end of an evaluation.

    Raises:
        Refused: where the id is taken.
    """
    chosen = given.get("id") or _next(_ids(evaluation), "")
    _demand_free(evaluation, chosen)
    kept = {key: value for key, value in given.items() if value}
    return chosen, [Append(("recommendations",), {**kept, "id": chosen})]


def new_action(
    evaluation: Evaluation, recommendation: str, given: Mapping[str, Any], recorded: Recorded
) -> tuple[str, list[Operation]]:
    """The id and the operations of a new action; what it is added with is its history's first entry.

    Raises:
        Refused: where the id is taken.
    """
    items = evaluation.recommendations or ()
    index = next(index for index, item in enumerate(items) if item.id == recommendation)
    chosen = given.get("id") or _next(_ids(evaluation), f"{recommendation}.")
    _demand_free(evaluation, chosen)
    logged = {key: given[key] for key in ("status", "due", "responsible") if given.get(key)}
    kept = {key: value for key, value in given.items() if value}
    data = {**kept, "id": chosen, "history": [entry_data(recorded, logged)]}
    return chosen, [Append(("recommendations", index, "actions"), data)]


def suggested_id(title: str, year: int, taken: Iterable[str]) -> str:
    """An id for an evaluation made of the first telling words of its title and a year, not yet taken."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = [word for word in re.findall(r"[a-z0-9]+", bare) if word not in _WORDLESS and word != str(year)]
    telling = [word for word in words if word not in _GENERIC]
    chosen = telling if any(not word.isdecimal() for word in telling) else words
    stem = "-".join([*chosen[:3], str(year)])
    used = set(taken)
    return next(
        name for name in (stem, *(f"{stem}-{nth}" for nth in range(2, len(used) + 3))) if name not in used
    )


def _next(ids: Iterable[str], prefix: str) -> str:
    form = re.compile(rf"{re.escape(prefix)}([0-9]{{1,9}})", re.IGNORECASE)
    numbers = [int(found[1]) for found in map(form.fullmatch, ids) if found]
    return f"{prefix}{max(numbers, default=0) + 1}"


def _ids(evaluation: Evaluation) -> Iterator[str]:
    """The ids of all recommendations and actions, which share one range of names."""
    for recommendation in evaluation.recommendations or ():
        yield recommendation.id
        yield from (action.id for action in recommendation.actions or ())


def _demand_free(evaluation: Evaluation, chosen: str) -> None:
    if chosen.casefold() in map(str.casefold, _ids(evaluation)):
        raise Refused(f"{evaluation.id} has an item {chosen} already", "choose another --id, or leave it out")
