"""What the template of a document can show: plain values, in the words of the organisation (docs/templates.md).

A text that a record does not state is empty here, a date too; lists may be empty. Dates are written as in the record
(2021, 2021-Q3, 2021-07, 2021-07-31); the filter `date` puts them into words.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A named value, as the head of a document lists them."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that proves or explains something; `url` is empty where its address is none of the web."""

    title: str
    kind: str
    language: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person or role; `role` says what for: Approved by, Prepared by, or nothing."""

    role: str
    name: str
    title: str
    date: str
    nationality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a history. `item` names what it is about; `change` says in words what it changed."""

    ref: str
    item: str
    date: str
    on: str
    by: str
    change: str
    comment: str
    documents: list[Document]
    corrected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The answer of one unit, where several answer one recommendation."""

    unit: str
    decision: str
    text: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A key action as of the day. `status` is the organisation's word, `state` the record's own, for a template's ifs.

    `comment` is the last one; `days_overdue` is 0 where the action is not overdue. `standing` joins what there is to
    say about the status: how late it is, whether a reader confirmed it.
    """

    ref: str
    evaluation: str
    recommendation: str
    id: str
    number: str
    title: str
    text: str
    lead: str
    support: list[str]
    responsibility: str
    serves: list[str]
    start: str
    due: str
    original_due: str
    postponements: int
    timeline: str
    status: str
    state: str
    standing: str
    open: bool
    overdue: bool
    long_overdue: bool
    due_soon: bool
    stale: bool
    disputed: bool
    days_overdue: int
    completed: str
    verdict: str
    comment: str
    documents: list[Document]
    added: str
    updated: str
    extra: list[Fact]
    history: list[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A recommendation as of the day, with the answer to it and its actions.

    `answered` tells whether there is any response, `decision` is the organisation's word for it ("not stated" where
    there is none), `decided` the record's own.
    """

    ref: str
    id: str
    number: str
    part_of: str
    addressed_to: list[str]
    title: str
    priority: str
    text: str
    answered: bool
    decision: str
    decided: str
    response: str
    response_date: str
    response_updated: str
    positions: list[Position]
    actions: list[Action]
    extra: list[Fact]
    history: list[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """An evaluation as of the day, whole. `facts` are all that its head says, in the order of the record."""

    id: str
    title: str
    description: str
    organisation: str
    type: str
    status: str
    period: str
    report_date: str
    completed: str
    facts: list[Fact]
    team: list[Person]
    approval: list[Person]
    response_facts: list[Fact]
    response: str
    response_documents: list[Document]
    documents: list[Document]
    sources: list[Document]
    lessons: list[str]
    findings: list[str]
    recommendations: list[Recommendation]
    actions: list[Action]
    history: list[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many there are of something, and how large a part of all that is, in percent."""

    name: str
    value: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An evaluation or a lead with the counts of its actions; the worst come first."""

    ref: str
    name: str
    total: int
    completed: int
    open: int
    overdue: int
    long_overdue: int
    due_soon: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An indicator: its name, its value in words, and what it was made of."""

    id: str
    name: str
    value: str
    made_of: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How much there is of everything."""

    evaluations: int
    responses_required: int
    responses_submitted: int
    responses_overdue: int
    recommendations: int
    decisions: list[Count]
    actions: int
    statuses: list[Count]
    open: int
    overdue: int
    long_overdue: int
    due_soon: int
    stale: int
    disputed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """All that a template can show. Lists of actions come with the most urgent first, `changes` with the latest.

    `evaluation` is there in a template that makes one document of each evaluation, else None. `since` and `until`
    are the period asked about; `done` are the actions completed in it, `changes` the entries recorded in it.
    `part` says which part was asked for, where a document does not show an evaluation whole.
    """

    evaluation: Evaluation | None
    evaluations: list[Evaluation]
    actions: list[Action]
    overdue: list[Action]
    due_soon: list[Action]
    upcoming: list[Action]
    undated: list[Action]
    done: list[Action]
    changes: list[Entry]
    totals: Totals
    by_evaluation: list[Ranked]
    by_lead: list[Ranked]
    figures: list[Figure]
    as_of: str
    since: str
    until: str
    commit: str
    with_history: bool
    chosen: str
    part: str
    unread: list[str]
