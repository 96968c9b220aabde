"""The columns of the form that units fill: which are shown and locked, which are theirs, how they are found; pure.

A workbook carries the keys of its columns in a hidden row, so that headings may be renamed and columns moved;
where that row is gone, and in CSV, the headings tell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mrtrack.model.plain import plain
from mrtrack.model.spellings import joined

MARK = "mrtrack."


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its heading, how wide it is in characters, and other headings it is known by."""

    key: str
    heading: str
    width: int
    names: str = ""


LOCKED = (
    Column("ref", "Ref", 15, "reference; referencia; id; action ref; action id"),
    Column("evaluation", "Evaluation", 20, "evaluacion; evaluation title"),
    Column("recommendation", "Recommendation", 34, "recommandation; recomendacion"),
    Column("action", "Action", 38, "key action; mesure; accion; action text"),
    Column("part", "Your part", 10, "part; role; lead or support"),
    Column("due", "Due", 14, "due date; present due date; echeance; plazo; timeline"),
    Column("status_now", "Status now", 14, "current status; present status; statut actuel; estado actual"),
    Column("last_comment", "Last comment", 30, "latest comment; dernier commentaire; ultimo comentario"),
)
ANSWERS = (
    Column(
        "status", "New status", 17, "status; updated status; nouveau statut; statut; nuevo estado; estado"
    ),
    Column(
        "comment",
        "What was done",
        38,
        "comment; comments; update; progress; commentaire; commentaires; comentario",
    ),
    Column(
        "on",
        "Happened on",
        13,
        "on; date; day; date done; happened; completed on; date de realisation; fecha",
    ),
    Column("evidence", "Evidence: title", 22, "evidence; evidence title; document; titre; preuve; evidencia"),
    Column(
        "link", "Evidence: web address", 28, "link; url; evidence link; address; web address; lien; enlace"
    ),
    Column(
        "new_due",
        "New due date",
        14,
        "new date; revised due date; nouvelle echeance; nueva fecha; nuevo plazo",
    ),
    Column(
        "reason", "Why the new date", 30, "reason; reason for the new date; why; raison; motif; razon; motivo"
    ),
)
CARRIED = (
    Column("unit", "Asked of", 18, "unit"),
    Column("key", "Key (please leave)", 20, "key"),
)
REASONS = Column("reasons", "Why it was not taken", 44)

FINGERPRINTED = tuple(column.key for column in LOCKED)
ANSWERED = tuple(column.key for column in ANSWERS)
HEADINGS: Mapping[str, str] = {
    column.key: column.heading for column in (*LOCKED, *ANSWERS, *CARRIED, REASONS)
}


def keyed(row: Sequence[str]) -> dict[str, int]:
    """The columns that a row of keys names, with their places; empty where it is no such row."""
    found: dict[str, int] = {}
    for place, text in enumerate(row):
        key = text.strip().removeprefix(MARK)
        if text.strip().startswith(MARK) and key in HEADINGS:
            found.setdefault(key, place)
    return found if "ref" in found else {}


def headed(row: Sequence[str]) -> dict[str, int]:
    """The columns that a row of headings names, with their places; empty where it is no such row.

    A heading of the form itself goes before the other names by which a column is known.
    """
    words = [joined(plain(text)) for text in row]
    found: dict[str, int] = {}
    for names in (_OWN, _OTHER):
        for place, word in enumerate(words):
            key = names.get(word)
            if key and key not in found and place not in found.values():
                found[key] = place
    return found if "ref" in found and found.keys() & set(ANSWERED) else {}


_ALL = (*LOCKED, *ANSWERS, *CARRIED, REASONS)
_OWN = {joined(plain(column.heading)): column.key for column in _ALL}
_OTHER = {
    joined(plain(name)): column.key for column in _ALL for name in (*column.names.split(";"), column.key)
}
