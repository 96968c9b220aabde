"""All indicators, family by family, and how a person's word for one is understood."""

from collections.abc import Sequence
from difflib import get_close_matches

from mrtrack.indicators.ageing import AGEING
from mrtrack.indicators.closure import CLOSURE
from mrtrack.indicators.decisions import DECISIONS
from mrtrack.indicators.definition import Family, Indicator
from mrtrack.indicators.evidence import EVIDENCE
from mrtrack.indicators.implementation import IMPLEMENTATION
from mrtrack.indicators.recommendations import RECOMMENDATIONS
from mrtrack.indicators.timeliness import TIMELINESS
from mrtrack.indicators.undp import UNDP

FAMILIES: tuple[Family, ...] = (
    DECISIONS,
    IMPLEMENTATION,
    RECOMMENDATIONS,
    TIMELINESS,
    AGEING,
    CLOSURE,
    EVIDENCE,
    UNDP,
)
INDICATORS: tuple[Indicator, ...] = tuple(one for family in FAMILIES for one in family.indicators)
BY_ID = {indicator.id: indicator for indicator in INDICATORS}


def indicator_named(text: str) -> Indicator:
    """The indicator of an id, typed in any case; any unique beginning is enough.

    Where all that begin so are variants of one, it is that one: `overdue` is `overdue-rate`.

    Raises:
        ValueError: where it is none, or the beginning of several; the message is for people.
    """
    name = text.strip().casefold()
    if name in BY_ID:
        return BY_ID[name]
    begun = [one for one in INDICATORS if name and one.id.startswith(name)]
    plainest = min(begun, key=lambda one: len(one.id), default=None)
    if plainest and all(one.id.startswith(plainest.id) for one in begun):
        return plainest
    if begun:
        raise ValueError(f"“{text}” begins several indicators: {_listed(begun)}")
    near = get_close_matches(name, BY_ID, n=1)
    told = f"did you mean {near[0]}?" if near else f"there are: {_listed(INDICATORS)}"
    raise ValueError(f"there is no indicator “{text}”; {told}")


def _listed(indicators: Sequence[Indicator]) -> str:
    return ", ".join(one.id for one in indicators)
