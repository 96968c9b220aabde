"""What the columns of a table of recommendations or actions are called, and the field each holds; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from mrtrack.importers.outlining.spelled import spelled
from mrtrack.importers.page import Cell
from mrtrack.model.spellings import folded

_NAMES = """
number: no; no.; n°; nº; #; ref; ref.; reference; rec. no.; rec no; number; rec #
recommendation: recommendation; recommendations; evaluation recommendation; evaluation recommendations;
  evaluation recommendation or issue; recommendation or issue; recommandation; recommandations;
  recomendación; recomendaciones; rec.
response: management response; management's response; response; responses; management comments; management
  response and comments; réponse; réponse de la direction; réponse du management; respuesta; respuesta de
  la gerencia; respuesta de la dirección; respuesta de la administración
decision: decision; acceptance; accepted; accepted?; agreed; agree/disagree; accepted/rejected; accepted /
  partially accepted / rejected; accepted/partially accepted/rejected; management position; décision;
  acceptation; decisión; aceptación
action: key action; key actions; key action(s); action; actions; action plan; action(s); planned action;
  planned actions; action to be taken; actions to be taken; actions planned; proposed action; proposed
  actions; management action; management actions; follow-up action; follow-up actions; follow up actions;
  activities; mesure; mesures; mesures prises; actions clés; actions prévues; acción; acciones; acciones
  clave; medidas
deliverables: deliverable; deliverables; outputs; expected outputs; livrables; entregables
responsible: responsible; responsible unit; responsible units; responsible unit(s); responsible party;
  responsible parties; responsible office; responsible manager; responsible person; responsible officer;
  responsibility; responsibilities; unit responsible; unit(s) responsible; lead; lead unit; owner; action
  owner; office of primary interest; opi; who; responsable; responsables; unité responsable; unités
  responsables; unidad responsable; unidades responsables
when: duedate; due date; due; deadline; time frame; timeframe; timeline; time line; target date; target
  completion date; expected completion date; expected date of completion; completion date; planned
  completion date; planned start and completion dates; date; dates; implementation date; when; échéance;
  échéances; délai; délais; calendrier; date limite; date d'échéance; plazo; plazos; fecha; fecha límite;
  cronograma; fecha de vencimiento
start: start date; start; date de début; fecha de inicio
status: status; implementation status; status of implementation; current status; statut; état; état
  d'avancement; estado; situación
comment: comments; comment; remarks; progress; progress made; update; updates; tracking; commentaires;
  commentaire; observations; comentarios; observaciones; avances
documents: documents; document; evidence; supporting documents; means of verification; pièces jointes;
  documentos
priority: priority; priorité; prioridad
addressed_to: addressed to; recipient; addressee
"""

COLUMNS: Mapping[str, str] = MappingProxyType(
    {name: field for field, names in spelled(_NAMES) for name in names}
)
_WORDS = max(len(name.split()) for name in COLUMNS)
_LONGEST_HEAD = 160
_LONGEST_NAME = 60
_TELLING = {"responsible", "when", "status"}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: the field of each column, None for one that nobody knows."""

    fields: tuple[str | None, ...]

    def has(self, *fields: str) -> bool:
        """Whether the table has all these columns."""
        return all(field in self.fields for field in fields)

    @property
    def status_follows_date(self) -> bool:
        """Whether the status stands right behind the date, so that a row is known by the two together."""
        return ("when", "status") in pairwise(self.fields)


def column_field(text: str) -> str | None:
    """The field that a column holds by its name: whole, without what stands in brackets or behind a slash."""
    printed = folded(text).replace("\u2019", "'").strip("*: ")
    plain = printed.strip(".")
    if len(plain) > _LONGEST_NAME:
        plain = plain[:_LONGEST_NAME]
    for spelling in (printed, plain, re.sub(r"\s*\([^()]*\)", "", plain).strip("*:. ")):
        if spelling in COLUMNS:
            return COLUMNS[spelling]
    return None


def head_of_row(row: Sequence[Cell]) -> Head | None:
    """The head that a row of cells is: two columns known by name at least, one of them telling, few unknown."""
    fields = tuple(column_field(cell.text) if cell.text else None for cell in row)
    known = {field for field in fields if field}
    unknown = [cell for cell, field in zip(row, fields, strict=True) if cell.text and not field]
    if len(known) < 2 or not known & _TELLING or any(len(cell.text) > _LONGEST_NAME for cell in unknown):
        return None
    return Head(fields) if len(known) >= len(unknown) else None


def head_of_line(text: str) -> Head | None:
    """The head that a line is, where a capture has run its cells together: nothing but names of columns."""
    if len(text) > _LONGEST_HEAD:
        return None
    words = folded(text).split()
    fields: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_WORDS, len(words) - at), 0, -1):
            field = COLUMNS.get(" ".join(words[at : at + length]).strip("*:."))
            if field:
                fields += [field] if field not in fields else []
                at += length
                break
        else:
            return None
    return Head(tuple(fields)) if len(fields) >= 3 and set(fields) & _TELLING else None
