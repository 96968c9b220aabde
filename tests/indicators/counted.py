"""Small repositories to count by hand, and their figures."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from mrtrack.indicators.catalogue import BY_ID
from mrtrack.indicators.dimensions import Dimension
from mrtrack.indicators.figures import Figure
from mrtrack.indicators.measuring import measure
from mrtrack.model.record import Evaluation
from mrtrack.model.settings import Settings
from mrtrack.query.filters import Filter
from mrtrack.query.selection import Selection, select

Keys = dict[str, Any]

TODAY = date(2022, 1, 1)


def entered(first: Keys | None = None, *later: Keys, **keys: Any) -> Keys:
    """An action with a first entry on 2021-01-10, unless it says another day, and later ones."""
    return {"history": [{"date": "2021-01-10", **(first or {})}, *later], **keys}


def done(due: str, day: str, on: str | None = None, **first: Any) -> Keys:
    """An action due in a period, whose completion was entered on a day; `on` tells when it happened."""
    return entered({"due": due, **first}, {"date": day, "status": "completed", **({"on": on} if on else {})})


def pending(due: str | None = None, status: str | None = "initiated") -> Keys:
    """An open action."""
    return entered({key: value for key, value in {"due": due, "status": status}.items() if value})


def evaluation(*actions: Keys, name: str = "water-2021", **keys: Any) -> Evaluation:
    """An evaluation with one recommendation and these actions, 1.1 and so on; or with the recommendations given."""
    listed = [{"id": f"1.{number}", **action} for number, action in enumerate(actions, 1)]
    asked = {"recommendations": [{"id": "1", "actions": listed}]} if listed else {}
    return Evaluation.model_validate({"schema": "1", "id": name, **asked, **keys})


def chosen(evaluations: Iterable[Evaluation], as_of: date = TODAY) -> Selection:
    """All rows of the evaluations."""
    return select(evaluations, Filter(), as_of, Settings().days)


def figure(name: str, *evaluations: Evaluation, as_of: date = TODAY) -> Figure:
    """One indicator over all rows."""
    (found,) = measure(chosen(evaluations, as_of), [BY_ID[name]])
    return found


def groups(
    name: str, by: Dimension, *evaluations: Evaluation, as_of: date = TODAY
) -> dict[str | None, Figure]:
    """One indicator over all rows (None), and over those of each group."""
    return {one.group: one for one in measure(chosen(evaluations, as_of), [BY_ID[name]], by)}


def counts(found: Figure) -> tuple[int | None, int | None, int, int]:
    """Numerator, denominator, left out, uncertain."""
    return found.numerator, found.denominator, found.left_out_count, len(found.uncertain)


def reasons(found: Figure) -> dict[str, int]:
    """How many are left out, by the reason."""
    return {one.reason: len(one.refs) for one in found.left_out}
