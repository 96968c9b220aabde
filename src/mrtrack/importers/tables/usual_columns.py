"""Which field the usual names of a table's columns stand for, in English, French and Spanish; pure.

Only names are judged here. What a tracking table calls its columns goes beyond what documents do
(`importers.outlining.columns`), whose names are asked first.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from mrtrack.importers.outlining.columns import column_field
from mrtrack.model.plain import plain

# The field of a name that documents use too.
_OF_DOCUMENTS: Mapping[str, str] = MappingProxyType(
    {
        "number": "recommendation.number",
        "recommendation": "recommendation.text",
        "response": "response.text",
        "decision": "response.decision",
        "action": "action.text",
        "deliverables": "action.extra.deliverables",
        "responsible": "action.responsible",
        "when": "action.due",
        "start": "action.start",
        "status": "action.status",
        "comment": "action.comment",
        "documents": "action.document",
        "priority": "recommendation.priority",
        "addressed_to": "recommendation.addressed_to",
    }
)

_RECOMMENDATION = r"(?:recs?|reco|recommendations?|recommandations?|recomendacion(?:es)?)"
_EVALUATION = (
    r"(?:evaluations?|evaluacion(?:es)?|reports?|rapports?|informes?|audits?|auditorias?|inquiry|inquiries|"
    r"enquetes?|reviews?|projects?|projets?|proyectos?|studies|study)"
)
_ACTION = r"(?:actions?|accion(?:es)?|mesures?|medidas?|activit(?:y|ies))"
_NUMBER = r"(?:no|nr|num|number|numero|numeros|id|ref|reference|referencia|code|codigo|#)"
_TITLE = r"(?:title|titre|titulo|name|nom|nombre|heading|subject|objet|asunto)"
_DATE = r"(?:date|day|fecha|when)"

# A line is a field and the names it goes by; behind ~ stand words that tell it wherever they are in the name.
# The first line that a name fits counts: telling words come before those that many names share.
_NAMES = rf"""
evaluation.extra.number: {_NUMBER} ((of|de|d) )?((the|la|l) )?{_EVALUATION}; {_EVALUATION} {_NUMBER}
evaluation.title: .*\b{_EVALUATION}\b.* {_TITLE}; {_TITLE}\b.*\b{_EVALUATION}; {_EVALUATION}
evaluation.type: {_EVALUATION} types?; types? ((of|de|d) )?{_EVALUATION}
evaluation.report_date: {_EVALUATION} {_DATE}; {_DATE} ((of|du|de|del) )?((the|la|l) )?{_EVALUATION}
evaluation.countries: (countries|country|pays|pais|paises)( name| office)?
evaluation.organisation: organi[sz]ation; organisme; organizacion; agency; agence; agencia
recommendation.number: {_RECOMMENDATION} {_NUMBER}; {_NUMBER} ((of|de|d) )?((the|la) )?{_RECOMMENDATION}
action.number: {_ACTION} {_NUMBER}; {_NUMBER} ((of|de|d) )?((the|la|l) )?{_ACTION}
action.updated: ((last|date|latest) )+(updated?|modified|revised); updated (on|at); (date de )?mise a jour
action.updated: (fecha de )?(ultima )?actualizacion
action.closed: (actual|real) (completion|implementation) {_DATE}; ({_DATE} )?(closed|closure)( on| {_DATE})?
action.closed: {_DATE} (completed|implemented|finished|of closure|of completion)
action.closed: (completed|implemented) (on|{_DATE}); (date de )?(cloture|realisation); (fecha de )?cierre
action.added: ({_DATE} )?(made|issued|opened|raised|added|created|entered)( on| {_DATE})?
action.added: (issue|entry|creation) {_DATE}; {_DATE} of (issue|{_RECOMMENDATION})
action.added: date d (emission|ajout); fecha de (emision|creacion)
response.date: (response|reply|answer) ({_DATE}|received); {_DATE} (of )?(response|reply|answer)
action.due: ~due; ~deadline; ~target; ~time ?(line|frame|scale); ~echeances?; ~delais?; ~plazos?; ~limite
action.due: ~(expected|planned|revised|agreed) (completion|implementation|end); ~prevue?; ~prevista
action.start: ~start; ~begin; ~debut; ~inicio
action.status: ~status; ~statut; ~etat; ~estado; ~situacion; ~avancement
response.decision: ~accept(ed|ance|ation)?; ~agree(d|ment)?; ~decision; ~position; ~aceptacion; ~aceptada
action.extra.supported_by: ~supported by; ~supporting; ~support units?; ~partners?; ~partenaires?; ~socios; ~apoyo
recommendation.addressed_to: ~recipients?; ~addressees?; ~(addressed|directed) to; ~destinat(aire|ario)s?
action.responsible: ~responsib\w+; ~responsab\w+; ~lead; ~owners?; ~units?; ~unite; ~unidad; ~focal points?
action.responsible: ~assigned to; ~assignee; ~who; ~officer; ~department; ~directorate; ~division
action.url: ~url; ~links?; ~liens?; ~enlaces?; ~web ?page
recommendation.priority: ~priorit\w+; ~prioridad; ~critical\w*; ~criticite; ~criticidad; ~importance
action.comment: ~comments?; ~commentaires?; ~comentarios?; ~remarks?; ~remarques?; ~progress; ~progres; ~progreso
action.comment: ~updates?; ~observations?; ~observaciones; ~avances?; ~notes?; ~notas?; ~suivi; ~seguimiento
response.text: ~responses?; ~reply; ~replies; ~answers?; ~reponses?; ~respuestas?
recommendation.title: {_RECOMMENDATION} {_TITLE}; {_TITLE} ((of|de) )?((the|la) )?{_RECOMMENDATION}
action.text: ~{_ACTION}
recommendation.text: ~{_RECOMMENDATION}
recommendation.number: {_NUMBER}
recommendation.title: {_TITLE}
"""


def _pattern(name: str) -> str:
    return rf".*\b(?:{name[1:]})\b.*" if name.startswith("~") else f"(?:{name})"


_PATTERNS = tuple(
    (re.compile("|".join(map(_pattern, names.split("; ")))), field)
    for field, _, names in (line.partition(": ") for line in _NAMES.strip().splitlines())
)


def usual_field(name: str) -> str | None:
    """The field that a column of this name usually holds, as mappings name it; None where nobody knows."""
    known = column_field(name)
    if known and known in _OF_DOCUMENTS:
        return _OF_DOCUMENTS[known]
    words = " ".join(re.findall(r"[a-z0-9]+|#", plain(name)))
    return next((field for pattern, field in _PATTERNS if pattern.fullmatch(words)), None)
