"""The record of one evaluation: its keys, in the order in which a record writes them.

Required is only what has no default. Nothing derived is stored: what follows from the entries is in
`mrtrack.timeline`.
"""

from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from mrtrack.model.fields import (
    NON_EMPTY,
    Amount,
    Checksum,
    Corrects,
    Currency,
    Date,
    Day,
    DecisionWord,
    EvaluationId,
    EvaluationStatusWord,
    Extra,
    Flag,
    Id,
    Line,
    On,
    Prose,
    RatingWord,
    SchemaVersion,
    Serves,
    StatusWord,
    VerdictWord,
)

T = TypeVar("T")

Some = Annotated[tuple[T, ...], NON_EMPTY]


class Part(BaseModel):
    """A frozen block of keys; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Period(Part):
    """The years or days that an evaluation looks at."""

    start: Date | None = Field(None, alias="from")
    end: Date | None = Field(None, alias="to")


class Money(Part):
    """An amount in a currency."""

    amount: Amount | None = None
    currency: Currency | None = None


class Person(Part):
    """A person as a source names them; roles and units come before names."""

    name: Line | None = None
    title: Line | None = None
    date: Date | None = None
    nationality: Line | None = None


class Document(Part):
    """A document that proves or explains something."""

    title: Line | None = None
    kind: Line | None = None
    language: Line | None = None
    url: Line | None = None
    sha256: Checksum | None = None


class Source(Document):
    """Where the record came from, and when it was read there."""

    retrieved: Date | None = None


class Gef(Part):
    """The block of an evaluation for the Global Environment Facility."""

    title: Line | None = None
    type: Line | None = None
    focal_area: Line | None = None
    project_type: Line | None = None
    phase: Line | None = None
    project_id: Line | None = None
    pims: Line | None = None


class Classification(Part):
    """What an evaluation is filed under."""

    sdg_goals: Some[Line] | None = None
    sdg_targets: Some[Line] | None = None
    focus_areas: Some[Line] | None = None
    outcomes: Some[Line] | None = None


class Quality(Part):
    """The quality assessment of an evaluation report."""

    rating: RatingWord | None = None
    date: Date | None = None


class Accepted(Part):
    """A finding of `check` that a person has accepted, with the reason."""

    rule: Line
    reason: Prose
    by: Line | None = None
    date: Day | None = None


class Entry(Part):
    """What was recorded on one day; the parts that every history shares."""

    about: ClassVar[Literal["action", "response", "evaluation"]]

    date: Day
    on: On | None = None
    by: Line | None = None


class ActionEntry(Entry):
    """An entry in the history of an action. `due: null` takes the date away; see `clears_due`."""

    about: ClassVar[Literal["action"]] = "action"

    status: StatusWord | None = None
    due: Date | None = None
    previous_due: Date | None = None
    responsible: Line | None = None
    comment: Prose | None = None
    documents: Some[Document] | None = None
    verdict: VerdictWord | None = None
    corrects: Corrects | None = None
    internal: Flag | None = None
    extra: Extra | None = None

    @property
    def clears_due(self) -> bool:
        """Whether this entry takes the due date away."""
        return self.due is None and "due" in self.model_fields_set


class ResponseEntry(Entry):
    """An entry in the history of the response to one recommendation."""

    about: ClassVar[Literal["response"]] = "response"

    decision: DecisionWord | None = None
    comment: Prose | None = None
    documents: Some[Document] | None = None
    corrects: Corrects | None = None
    internal: Flag | None = None
    extra: Extra | None = None


class EvaluationEntry(Entry):
    """An entry in the history of the evaluation itself."""

    about: ClassVar[Literal["evaluation"]] = "evaluation"

    status: EvaluationStatusWord | None = None
    planned_end: Date | None = None
    comment: Prose | None = None
    documents: Some[Document] | None = None
    corrects: Corrects | None = None
    internal: Flag | None = None
    extra: Extra | None = None


Logged = ActionEntry | ResponseEntry | EvaluationEntry


class Action(Part):
    """A key action: what management will do, who leads, by when, how far it is."""

    id: Id
    number: Line | None = None
    title: Line | None = None
    text: Prose | None = None
    responsible: Line | None = None
    supported_by: Some[Line] | None = None
    responsibility: Line | None = None
    serves: Some[Serves] | None = None
    start: Date | None = None
    due: Date | None = None
    timeline: Line | None = None
    status: StatusWord | None = None
    history: Some[ActionEntry] | None = None
    accepted: Some[Accepted] | None = None
    extra: Extra | None = None


class Position(Part):
    """The answer of one unit, where several answer one recommendation."""

    unit: Line | None = None
    decision: DecisionWord | None = None
    text: Prose | None = None
    date: Date | None = None


class Response(Part):
    """Management's answer to one recommendation; without a decision, none was stated."""

    decision: DecisionWord | None = None
    date: Date | None = None
    updated: Date | None = None
    text: Prose | None = None
    positions: Some[Position] | None = None
    history: Some[ResponseEntry] | None = None


class Recommendation(Part):
    """What the evaluators ask for, the answer to it, and the actions promised."""

    id: Id
    number: Line | None = None
    part_of: Id | None = None
    addressed_to: Some[Line] | None = None
    title: Line | None = None
    priority: Line | None = None
    text: Prose | None = None
    response: Response | None = None
    actions: Some[Action] | None = None
    accepted: Some[Accepted] | None = None
    extra: Extra | None = None


class ManagementResponse(Part):
    """The organisation's answer to the evaluation as a whole."""

    required: Flag | None = None
    unit: Line | None = None
    due: Date | None = None
    submitted: Date | None = None
    prepared_by: Person | None = None
    approved_by: Person | None = None
    text: Prose | None = None
    documents: Some[Document] | None = None


class Evaluation(Part):
    """One independent assessment, with what was answered and done: the whole of a record file."""

    schema_: SchemaVersion = Field(alias="schema")
    id: EvaluationId
    title: Line | None = None
    description: Prose | None = None
    organisation: Line | None = None
    partners: Some[Line] | None = None
    same_evaluation: Some[EvaluationId] | None = None
    commissioned_by: Line | None = None
    type: Line | None = None
    status: EvaluationStatusWord | None = None
    reason: Prose | None = None
    period: Period | None = None
    plan: Line | None = None
    planned_end: Date | None = None
    completed: Date | None = None
    report_date: Date | None = None
    budget: Money | None = None
    expenditure: Money | None = None
    funding: Line | None = None
    project_numbers: Some[Line] | None = None
    joint_programme: Flag | None = None
    joint_evaluation: Flag | None = None
    gef: Gef | None = None
    classification: Classification | None = None
    countries: Some[Line] | None = None
    team: Some[Person] | None = None
    stakeholders: Some[Line] | None = None
    tags: Some[Line] | None = None
    quality: Quality | None = None
    sources: Some[Source] | None = None
    documents: Some[Document] | None = None
    management_response: ManagementResponse | None = None
    lessons: Some[Prose] | None = None
    findings: Some[Prose] | None = None
    recommendations: Some[Recommendation] | None = None
    history: Some[EvaluationEntry] | None = None
    accepted: Some[Accepted] | None = None
    extra: Extra | None = None
