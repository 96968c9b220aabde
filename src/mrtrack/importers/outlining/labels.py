"""The labels that institutions print before a value, and the field each of them announces; pure.

A label counts at the beginning of a line, with its colon, or alone on its line. What stands in brackets
behind its words (“(US $)”, “(UNDP Strategic Plan 2018-2021)”) belongs to it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from mrtrack.importers.outlining.spelled import spelled
from mrtrack.importers.page import Line, Piece
from mrtrack.model.spellings import folded

Form = Literal["line", "prose", "list", "person", "rows"]
Table = Mapping[str, tuple[str, Form]]

_LONGEST_LABEL = 90
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
_FOOTNOTE = re.compile(r"[*†‡¹²³]+$")


def _table(form: Form, text: str) -> dict[str, tuple[str, Form]]:
    """Lines of `field: label; label` as a table of labels; a line that is indented further goes on."""
    return {label: (field, form) for field, labels in spelled(text) for label in labels}


EVALUATION: Table = MappingProxyType(
    {
        **_table(
            "line",
            """
            title: evaluation title; title of evaluation; title of the evaluation; evaluation; project
              title; titre de l'évaluation; título de la evaluación; name of evaluation
            commissioned_by: commissioning unit; commissioned by
            plan: evaluation plan
            type: evaluation type; type of evaluation; type
            status: status; evaluation status
            planned_end: planned end date; plan date
            completed: completion date; evaluation completion date; actual completion date
            report_date: date of evaluation report; date of report; report date; report approved by
              evaluation committee; date du rapport; fecha del informe
            period: period of review; period covered; review period; evaluation period; plan period
            budget: evaluation budget; budget
            expenditure: evaluation expenditure; expenditure
            funding: source of funding
            project_numbers: atlas project number; project number; project id
            joint_programme: joint programme
            joint_evaluation: joint evaluation
            gef: gef evaluation
            countries: countries; country
            stakeholders: key stakeholders; stakeholders
            quality: quality assessment; quality assessment rating
            management_response.required: management response
            management_response.unit: unit responsible for providing management response; cfia lead
              program area; lead program area; responsible office; unit providing management response
            management_response.submitted: date of management response; management response date; date
              submitted
            management_response.due: management response due date
            organisation: organisation; organization
            team: evaluator; evaluators
            """,
        ),
        **_table(
            "prose",
            """
            management_response.text: overall management response; overall response; general comments;
              overall comments; general response
            management_response.documents: documents related to overall management response
            reason: justification; justification for cancellation; reason for cancellation; cancellation
              justification
            description: description; summary; brief description
            extra.comments: comments
            """,
        ),
        **_table(
            "list",
            """
            classification.focus_areas: focus area; focus areas
            classification.outcomes: corporate outcome and output; corporate outcome; country programme
              outcome
            classification.sdg_goals: sdg goal; sdg goals
            classification.sdg_targets: sdg target; sdg targets
            """,
        ),
        **_table("person", "approved_by: approved by; cleared by; endorsed by\nprepared_by: prepared by"),
        **_table("rows", "team: evaluation team members"),
    }
)

GEF: Table = MappingProxyType(
    _table(
        "line",
        """
        gef.title: gef project title
        gef.type: evaluation type
        gef.focal_area: focal area
        gef.project_type: project type
        gef.phase: gef phase
        gef.project_id: gef project id
        gef.pims: pims number
        """,
    )
)

ERC_ITEM: Table = MappingProxyType(
    {
        **_table(
            "prose",
            """
            response.text: management response
            actions: key actions
            """,
        ),
    }
)

ITEM: Table = MappingProxyType(
    {
        **_table(
            "prose",
            """
            response.text: management response; management's response; response; management comments;
              agency response; réponse de la direction; réponse du management; réponse; respuesta de la
              gerencia; respuesta de la dirección; respuesta
            actions: key actions; key action; follow up actions and responsibilities; follow-up actions
              and responsibilities; follow up actions; follow-up actions; action plan; planned actions;
              planned action; actions; action; corrective action; corrective actions; actions to be taken;
              management action; management actions; proposed actions; mesures; actions clés; actions
              prévues; acciones clave; acciones; medidas
            comment: comments; comment; progress; progress update; commentaires; comentarios; remarks
            """,
        ),
        **_table(
            "line",
            """
            title: description
            response.decision: management response category; decision; acceptance; management position;
              décision; decisión; accepted/partially accepted/rejected
            responsible: responsibility; responsible; responsible unit; responsible units; responsible
              party; responsible office; lead; lead unit; unit responsible; owner; action owner;
              responsable; responsables; unité responsable; unidad responsable
            when: timeline; timeframe; time frame; due date; duedate; deadline; target date; expected
              completion date; target completion date; completion date; échéance; calendrier; plazo; fecha
              límite
            status: status; implementation status; statut; état; estado
            priority: priority; priorité; prioridad
            addressed_to: addressed to; recipient
            extra.thematic_area: thematic area
            extra.operating_principles: operating principles
            extra.organizational_priorities: organizational priorities
            extra.uneg_criteria: uneg criteria
            extra.monetary_benefits: monetary benefits
            """,
        ),
        "corrective action: taken or planned": ("actions", "prose"),
        "resolved:a yes or no": ("extra.resolved", "line"),
        "open or closedb": ("extra.open_or_closed", "line"),
    }
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label that a line begins with: its words, the field it announces, and the rest of the line."""

    field: str
    form: Form
    words: Piece
    brackets: Piece
    value: Piece
    alone: bool


def label_of(line: Line, *tables: Table) -> Label | None:
    """The longest label of these tables that a line begins with; earlier tables go first."""
    text = line.text
    start = len(text) - len(text.lstrip())
    ends = [at for at, letter in enumerate(text[:_LONGEST_LABEL]) if letter == ":"]
    whole = len(text.rstrip())
    if whole - start <= _LONGEST_LABEL and whole not in [end + 1 for end in ends]:
        ends.append(whole)
    for table in tables:
        for end in reversed(ends):
            found = _known(text[start:end], table)
            if found:
                brackets = _BRACKETS.search(text[start:end])
                inside = line.piece(start + brackets.start(1), start + brackets.end(1)) if brackets else None
                return Label(
                    found[0],
                    found[1],
                    line.piece(start, min(end + 1, len(text))),
                    inside or line.piece(start, start),
                    line.piece(min(end + 1, len(text))),
                    alone=end == whole,
                )
    return None


def _known(words: str, table: Table) -> tuple[str, Form] | None:
    plain = folded(words).strip("*_ ").replace("\u2019", "'")
    for spelling in (plain, _FOOTNOTE.sub("", plain), _BRACKETS.sub("", plain)):
        if spelling in table:
            return table[spelling]
    return None
