"""Who leads and who helps, from the one line that documents print about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mrtrack.model.plain import plain
from mrtrack.model.spellings import folded

_SUPPORTS = (
    "with the support of",
    "with support from",
    "with supported of",
    "with supported by",
    "with support of",
    "with support by",
    "in collaboration with",
    "supported by",
    "support by",
    "with",
)
_SUPPORT = tuple(
    re.compile(rf",?\s+{words.replace(' ', chr(92) + 's+')}\s+(?=\S)", re.IGNORECASE) for words in _SUPPORTS
)
_ROLE = re.compile(
    r"\b(?:responsables?|chiefs?|chef(?:fe)?|directors?|directeurs?|directrices?|directora?|heads?|officers?|managers?|"
    r"coordinators?|coordinateurs?|coordinatrices?|coordonnateurs?|coordonnatrices?|coordinadora?|specialists?|"
    r"specialistes?|especialista|representatives?|representante?|jef[ea]|advisers?|advisors?|conseill(?:er|ere)|asesora?|"
    r"analysts?|analyste|analista|assistants?|asistente|leaders?|lead|gerente|oficial|charge|chargee|encargad[oa]|"
    r"secretary|secretaire|secretari[oa]|focal point|point focal|punto focal|administrat(?:or|eur)|associate|deputy)\b"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:etc|inc|ltd|co|corp|dept|div|jr|sr|min|gov|org|vs)|\b\w|\.\w)\.$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who leads, who helps, and the printed words wherever these two do not give them back."""

    lead: str
    support: tuple[str, ...]
    printed: str | None


def split_responsibility(text: str, members: Mapping[str, tuple[str, ...]]) -> Responsibility:
    """Lead and support, split once at the words between them; never at commas or “and”.

    The support is one unit, unless `members` knows it as the name of several.
    """
    printed = " ".join(text.split())
    whole = _without_full_stop(printed)
    lead, support = _split(whole)
    lead = _role_in(lead)
    known = {folded(unit): several for unit, several in members.items()}
    again = f"{lead}, supported by {support}" if support else lead
    helping = known.get(folded(support)) or ((support,) if support else ())
    given_back = again == whole and helping in {(), (support,)}
    return Responsibility(lead, helping, None if given_back else printed)


def _split(text: str) -> tuple[str, str]:
    for words in _SUPPORT:
        found = words.search(text)
        if found and text[: found.start()].strip(" ,"):
            return text[: found.start()], text[found.end() :]
    return text, ""


def _role_in(lead: str) -> str:
    """The role of “NAME ; ROLE”, where one of the two is a role and the other is not."""
    parts = [part.strip() for part in lead.split(";")]
    roles = [part for part in parts if _ROLE.search(plain(part))]
    return roles[0] if len(parts) == 2 and len(roles) == 1 and all(parts) else lead


def _without_full_stop(text: str) -> str:
    return text if _ABBREVIATED.search(text) else text.removesuffix(".").rstrip()
