"""How far a thing is, in the words that documents print in a cell: statuses, ratings, yes and no."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from mrtrack.model.plain import plain
from mrtrack.model.spellings import joined
from mrtrack.model.words import EvaluationStatus, Rating, Status

_WORDS: Mapping[Status, str] = {
    Status.NOT_INITIATED: (
        "not initiated; not started; not yet started; not yet initiated; not begun; to be started; to be initiated; "
        "overdue not initiated; no action taken; non commence; non commencee; pas commence; non demarre; non demarree; "
        "non initie; non initiee; no iniciado; no iniciada; sin iniciar; por iniciar; no comenzado; no comenzada"
    ),
    Status.INITIATED: (
        "initiated; in progress; ongoing; on going; under way; underway; started; partially implemented; "
        "partly implemented; partially completed; partly completed; implementation in progress; "
        "implementation ongoing; under implementation; being implemented; overdue initiated; overdue in progress; "
        "overdue ongoing; en cours; en cours de realisation; en cours de mise en oeuvre; en cours d'execution; "
        "initie; initiee; commence; commencee; partiellement realise; partiellement realisee; "
        "partiellement mise en oeuvre; en curso; en proceso; en ejecucion; en marcha; iniciado; iniciada; "
        "parcialmente implementado; parcialmente implementada"
    ),
    Status.COMPLETED: (
        "completed; complete; implemented; fully implemented; fully completed; done; achieved; finished; "
        "closed implemented; closed completed; implemented closed; completed closed; realise; realisee; termine; "
        "terminee; acheve; achevee; execute; executee; accompli; accomplie; mis en oeuvre; mise en oeuvre; "
        "completado; completada; terminado; terminada; concluido; concluida; finalizado; finalizada; realizado; "
        "realizada; implementado; implementada; cumplido; cumplida; ejecutado; ejecutada"
    ),
    Status.NO_LONGER_APPLICABLE: (
        "no longer applicable; not applicable any more; not applicable anymore; cancelled; canceled; "
        "closed cancelled; closed canceled; withdrawn; superseded; obsolete; no longer relevant; no longer valid; "
        "overtaken by events; annule; annulee; abandonne; abandonnee; sans objet; n'est plus applicable; "
        "plus applicable; ya no es aplicable; ya no aplica; cancelado; cancelada; anulado; anulada"
    ),
}
_STATUSES = {word.strip(): status for status, words in _WORDS.items() for word in words.split(";")}
_EVALUATION_STATUSES: Mapping[str, EvaluationStatus] = {
    word: status
    for status, words in {
        EvaluationStatus.PLANNED: "planned; planifie; planifiee; planificado; planificada",
        EvaluationStatus.ONGOING: "ongoing; on going; in progress; initiated; started; underway; en cours; en curso",
        EvaluationStatus.COMPLETED: "completed; complete; termine; terminee; acheve; achevee; completado; completada",
        EvaluationStatus.CANCELLED: "cancelled; canceled; annule; annulee; cancelado; cancelada",
    }.items()
    for word in words.split("; ")
}
_LETTERS = ("hs", "s", "ms", "mu", "u", "hu")
_RATINGS = {rating.replace("-", " "): rating for rating in Rating} | dict(zip(_LETTERS, Rating, strict=True))
_FLAGS = {"yes": True, "oui": True, "si": True, "true": True, "no": False, "non": False, "false": False}
_PRINTED_STATUSES = (
    "No deadline established",
    "Overdue-Not Initiated",
    "Overdue - Not Initiated",
    "Overdue-Initiated",
    "Overdue - Initiated",
    "No Longer Applicable",
    "Not Initiated",
    "Not Started",
    "Not started",
    "Completed",
    "Implemented",
    "Initiated",
    "In Progress",
    "In progress",
    "On-going",
    "Ongoing",
    "Overdue",
    "Delayed",
    "Cancelled",
    "Canceled",
)

TAIL = re.compile(
    r"(?<![\w/-])(?P<due>[0-9]{4}[/-][0-9]{2}(?:[/-][0-9]{2})?|[0-9]{1,2}/[0-9]{4}|No due date)\s{1,4}"
    rf"(?P<status>{'|'.join(sorted(_PRINTED_STATUSES, key=len, reverse=True))})(?![\w-])"
)
"""Where a flattened row of a table prints its date (`due`) and directly behind it its status (`status`)."""


def status_word(text: str, aliases: Mapping[str, Status] = MappingProxyType({})) -> Status | None:
    """The status that a whole cell names; None where it names none clearly (“Open”, “Closed”, “Overdue”).

    `aliases` are an organisation's own words, and go before the usual ones.
    """
    own = {joined(alias): status for alias, status in aliases.items()}
    return own.get(joined(text.strip(" ."))) or _STATUSES.get(_word(text))


def evaluation_status_word(text: str) -> EvaluationStatus | None:
    """The status of an evaluation that a whole cell names; None where it names none (“Overdue”)."""
    return _EVALUATION_STATUSES.get(_word(text))


def rating_word(text: str) -> Rating | None:
    """The level of quality that a whole cell names (“HS”, “5 - Satisfactory”)."""
    return _RATINGS.get(re.sub(r"^[1-6] | ?\((?:[1-6]|[hm]?[su])\)$| [1-6]$", "", _word(text)))


def flag_word(text: str) -> bool | None:
    """Yes or no, also in French and Spanish; None for anything else (“N/A”)."""
    return _FLAGS.get(_word(text))


def _word(text: str) -> str:
    if len(text) > 200:
        return ""
    return " ".join(re.sub(r"[-_/:.,;]+", " ", plain(text).strip(" .;,")).split())
