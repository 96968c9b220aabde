"""What each key of a record means, in one plain line with an example; no types and no checks."""

from enum import StrEnum
from typing import NamedTuple

from mrtrack.model.words import Decision, EvaluationStatus, Rating, Status, Verdict


class Meaning(NamedTuple):
    """What a key means, and a value that could stand there; a block of keys has no example."""

    text: str
    example: str = ""


def _one_of(words: type[StrEnum]) -> str:
    return ", ".join(words)


_BY_BLOCK: dict[str, dict[str, tuple[str, str]]] = {
    "evaluation": {
        "schema": ("The version of the record's form.", "1"),
        "id": ("Its short name, in lower case: the file's name without .yaml.", "harbour-2024"),
        "title": ("The title, as the report has it.", "Evaluation of the harbour programme"),
        "description": ("What was evaluated, and what for.", "A review of five years of work on ports."),
        "organisation": (
            "Who answers the evaluation; each organisation has a file of its own.",
            "Coast Agency",
        ),
        "partners": ("Other organisations that took part.", "River Agency"),
        "same_evaluation": ("The records in which others answer the same evaluation.", "harbour-2024-river"),
        "commissioned_by": ("The unit that ordered the evaluation.", "Evaluation Office"),
        "type": ("The kind of evaluation, in your own list of types.", "Outcome"),
        "status": (f"Where the evaluation itself stands: {_one_of(EvaluationStatus)}.", "completed"),
        "reason": ("Why it stands so: why it was cancelled, for instance.", "The programme ended early."),
        "period": ("The time that the evaluation looks at.", "{from: 2019, to: 2023}"),
        "plan": ("The evaluation plan in which it stands.", "2022-2025, Coast Agency"),
        "planned_end": ("When it is planned to end.", "2024-Q1"),
        "completed": ("When it was completed.", "2024-04"),
        "report_date": ("The date of the report.", "2024-04-02"),
        "budget": ("What it may cost.", "{amount: 45000, currency: EUR}"),
        "expenditure": ("What it did cost.", "{amount: 43200, currency: EUR}"),
        "funding": ("Where the money comes from.", "Regular resources"),
        "project_numbers": ("The numbers of the projects evaluated, as printed.", '"00104233"'),
        "joint_programme": ("Whether what was evaluated is a programme of several organisations.", "false"),
        "joint_evaluation": ("Whether several organisations evaluated together.", "false"),
        "gef": ("What is told of a project of the Global Environment Facility.", ""),
        "classification": ("What the evaluation is filed under.", ""),
        "countries": ("Three-letter codes, GLOBAL, REGIONAL, or words of your own list.", "[KEN, TZA]"),
        "team": ("Who evaluated.", ""),
        "stakeholders": ("Who has a stake in it.", "Port authorities"),
        "tags": ("Words of your own, to find it by.", "[ports, safety]"),
        "quality": ("How good the report was found to be.", ""),
        "sources": ("Where the record comes from.", ""),
        "documents": ("The report and what belongs to it.", ""),
        "management_response": ("The answer to the evaluation as a whole.", ""),
        "lessons": (
            "What is learnt beyond this programme, one text a lesson.",
            "Repairs need a budget line.",
        ),
        "findings": ("What the evaluators found, one text a finding.", "Two lights of three were out."),
        "recommendations": ("What the evaluators ask for.", ""),
        "history": ("What happened to the evaluation itself: postponed, cancelled.", ""),
        "accepted": ("Findings of `check` that a person accepts.", ""),
        "extra": ("Data of your own, under keys of your own.", "{region: North}"),
    },
    "period": {
        "from": ("When it begins.", "2019"),
        "to": ("When it ends.", "2023"),
    },
    "money": {
        "amount": ("The number, without separators.", "45000"),
        "currency": ("The currency's three letters.", "EUR"),
    },
    "gef": {
        "title": ("The project's title.", "Clean coasts"),
        "type": ("The kind of evaluation the project calls for.", "Terminal Evaluation"),
        "focal_area": ("The focal area.", "International Waters"),
        "project_type": ("The size of the project.", "FSP"),
        "phase": ("The phase of the Facility.", "GEF-6"),
        "project_id": ("The Facility's number of the project.", '"5771"'),
        "pims": ("The number in UNDP's system for the project.", '"5263"'),
    },
    "classification": {
        "sdg_goals": ("Sustainable Development Goals.", "Goal 14. Life below water"),
        "sdg_targets": ("Targets of these goals.", "14.2"),
        "focus_areas": ("The organisation's areas of work.", "Sustainable development"),
        "outcomes": ("Outcomes and outputs of its plan.", "Output 1.4"),
    },
    "quality": {
        "rating": (f"One of six levels: {_one_of(Rating)}.", "satisfactory"),
        "date": ("When it was assessed.", "2024-05"),
    },
    "management_response": {
        "required": ("Whether the evaluation calls for a response.", "true"),
        "unit": ("The unit that has to give it.", "Port Office"),
        "due": ("By when; without it, 42 days after the evaluation was completed.", "2024-05-31"),
        "submitted": ("When it was handed in.", "2024-05-28"),
        "prepared_by": ("Who wrote it.", ""),
        "approved_by": ("Who approved it.", ""),
        "text": ("What is said to the evaluation as a whole.", "Management welcomes the evaluation."),
        "documents": ("The response as published.", ""),
    },
    "recommendation": {
        "id": ("Its number, in quotes.", '"1"'),
        "number": ("What the source prints, where that is no id.", "002/24"),
        "part_of": ("The recommendation of which this is a part.", '"1"'),
        "addressed_to": ("The units that it asks.", "Port Office"),
        "title": ("A heading, where the source has one.", "Light the harbour entrance"),
        "priority": ("How urgent the evaluators call it.", "high"),
        "text": ("What is recommended.", "Repair the lights at the entrance."),
        "response": ("What management answers.", ""),
        "actions": ("What management will do.", ""),
        "accepted": ("Findings of `check` that a person accepts.", ""),
        "extra": ("Data of your own, under keys of your own.", "{theme: Safety}"),
    },
    "response": {
        "decision": (f"What it comes to: {_one_of(Decision)}; absent where none is stated.", "accepted"),
        "date": ("When it was given.", "2024-05-28"),
        "updated": ("When it was last changed.", "2024-06-03"),
        "text": ("What management says.", "Management agrees."),
        "positions": ("The answers of several units, where several answer.", ""),
        "history": ("How the decision changed.", ""),
    },
    "position": {
        "unit": ("The unit that answers.", "Finance Unit"),
        "decision": ("Its own decision.", "partially-accepted"),
        "text": ("What it says.", "The money is there from 2025."),
        "date": ("When it said so.", "2024-05-20"),
    },
    "action": {
        "id": ("Its number, in quotes.", '"1.1"'),
        "number": ("What the source prints, where that is no id.", "1 (a)"),
        "title": ("A heading, where the source has one.", "Repairs"),
        "text": ("What will be done.", "Repair the three lights."),
        "responsible": ("The unit or role that answers for it: its lead.", "Port Office"),
        "supported_by": ("The units that help.", "Finance Unit"),
        "responsibility": ("Who does it, word for word, where the source says it otherwise.", "PO with FU"),
        "serves": ("Other recommendations that the same action answers.", "[5, other-evaluation:2]"),
        "start": ("When the work begins.", "2024-07"),
        "due": ("By when it is to be done.", "2025-03"),
        "timeline": ("A time that is no date.", "ongoing, as requested"),
        "status": (f"How far it is: {_one_of(Status)}; absent where none is stated.", "completed"),
        "history": ("What was recorded, the oldest entry first.", ""),
        "accepted": ("Findings of `check` that a person accepts.", ""),
        "extra": ("Data of your own, under keys of your own.", "{cost: 1200}"),
    },
    "entry": {
        "date": ("The day it was recorded.", "2025-03-19"),
        "on": (
            "The day it happened, where that is another; `until` where it is only known to be over.",
            "2025-03-12",
        ),
        "by": ("The role or unit that reports it.", "Port Office"),
        "status": ("The status from then on.", "completed"),
        "decision": ("The decision from then on.", "accepted"),
        "due": ("The new due date; `null` takes the date away.", "2025-03"),
        "previous_due": ("The date before, where no entry above shows it.", "2024-12"),
        "responsible": ("The new lead.", "Port Office"),
        "planned_end": ("The new planned end.", "2024-Q2"),
        "comment": ("What happened, and why.", "The lamps come in January."),
        "documents": ("What proves it.", ""),
        "verdict": (f"What an independent reader found: {_one_of(Verdict)}.", "confirmed"),
        "corrects": (
            "The day of an entry that counts for nothing now; `#2`: the second then.",
            "2024-11-04",
        ),
        "internal": ("Whether the entry stays in the house.", "true"),
        "extra": ("Data of your own, under keys of your own.", "{ticket: 88}"),
    },
    "person": {
        "name": ("The name, where a role is not enough.", "A. Writer"),
        "title": ("The role or post.", "Director, Port Office"),
        "date": ("The day of approval.", "2024-05-28"),
        "nationality": ("The country's three-letter code.", "KEN"),
    },
    "document": {
        "title": ("Its title.", "Inspection report"),
        "kind": ("What kind of document it is.", "report"),
        "language": ("Its language.", "English"),
        "url": ("Its address.", "https://example.org/inspection"),
        "sha256": (
            "Its SHA-256, to tell whether it was changed.",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ),
        "retrieved": ("When it was read there.", "2024-06-20"),
    },
    "accepted": {
        "rule": ("The code or the name of the finding.", "key-order"),
        "reason": ("Why it is accepted.", "The order of the source document."),
        "by": ("Who accepts it.", "Evaluation Office"),
        "date": ("When.", "2024-06-20"),
    },
}

_OPENS = {
    "": "evaluation",
    "budget": "money",
    "expenditure": "money",
    "team": "person",
    "prepared_by": "person",
    "approved_by": "person",
    "sources": "document",
    "documents": "document",
    "recommendations": "recommendation",
    "positions": "position",
    "actions": "action",
    "history": "entry",
}

KEY_MEANINGS = {
    f"{block}.{key}": Meaning(*words) for block, keys in _BY_BLOCK.items() for key, words in keys.items()
}


def block_of(path: str) -> str:
    """The block that a key opens: `recommendations.actions` an action, the empty path an evaluation."""
    key = path.rpartition(".")[2]
    return _OPENS.get(key, key)


def meaning_of(path: str) -> Meaning:
    """What a key means, named by its whole path: `recommendations.actions.due`.

    Raises:
        KeyError: where no record has such a key.
    """
    above, _, key = path.rpartition(".")
    return KEY_MEANINGS[f"{block_of(above)}.{key}"]
