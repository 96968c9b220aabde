"""The four tables of an export: what each is about, and for every column its kind, its width and what it means.

docs/export.md is written from here, and so are the read-me of a workbook and the comments in a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "flag", "number", "day", "date", "happened", "list", "documents"]


@dataclass(frozen=True, slots=True)
class Column:
    """A key of a row: the kind of its values, what it means, and the width of its cells in letters.

    A `day` is a whole day; a `date` may be a day, a month, a quarter or a year.
    """

    name: str
    kind: Kind
    meaning: str
    width: int = 12

    @property
    def heading(self) -> str:
        """The column's name for people."""
        return self.name.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row of it is, and its columns in the order of the row's fields."""

    row: str
    columns: tuple[Column, ...]


_EVALUATION = Column("evaluation", "text", "id of the evaluation", 18)

TABLES: Mapping[str, Table] = {
    "evaluations": Table(
        "an evaluation",
        (
            _EVALUATION,
            Column("title", "text", "as the record has it", 50),
            Column("organisation", "text", "whose evaluation it is", 24),
            Column("type", "text", "as the record has it", 14),
            Column("status", "text", "planned, ongoing, completed or cancelled"),
            Column("planned_end", "date", "by when it was to end"),
            Column("completed", "date", "when it was completed"),
            Column("report_date", "date", "the date of its report"),
            Column("overdue", "flag", "the planned end is past, and it is neither completed nor cancelled"),
            Column("response_required", "flag", "whether a management response is required"),
            Column("response_submitted", "day", "when that was submitted, else approved"),
            Column("response_due", "day", "the last day for it, where one is required"),
            Column("response_overdue", "flag", "required, not there, and the last day is past"),
            Column("countries", "list", "as the record has them", 16),
            Column("tags", "list", "as the record has them", 16),
            Column("updated", "day", "the day of the last entry anywhere in the record"),
        ),
    ),
    "recommendations": Table(
        "a recommendation",
        (
            Column("ref", "text", "evaluation and id, the name of the row", 20),
            _EVALUATION,
            Column("recommendation", "text", "id within the evaluation", 16),
            Column("number", "text", "what the source prints, where that is no id"),
            Column("title", "text", "as the record has it", 40),
            Column("text", "text", "what is asked for", 70),
            Column("addressed_to", "list", "the units that it asks", 24),
            Column("part_of", "text", "id of the recommendation that it is a part of"),
            Column("priority", "text", "as the record has it"),
            Column("decision", "text", "accepted, partially-accepted or rejected", 18),
            Column("responded", "flag", "whether there is an answer, be it a decision or a text"),
            Column("response", "text", "the text of the answer", 60),
            Column("actions", "number", "how many actions it has"),
        ),
    ),
    "actions": Table(
        "an action",
        (
            Column("ref", "text", "evaluation and id, the name of the row", 20),
            _EVALUATION,
            Column("recommendation", "text", "id of the recommendation it answers", 16),
            Column("action", "text", "id within the evaluation"),
            Column("title", "text", "as the record has it", 40),
            Column("text", "text", "what management will do", 70),
            Column("responsible", "text", "the lead: the unit that answers for it", 28),
            Column("supported_by", "list", "the units that help", 28),
            Column("serves", "list", "other recommendations that it answers", 16),
            Column("due", "date", "by when, as it stood on the day asked about"),
            Column("original_due", "date", "the first due date, where it is known"),
            Column("postponements", "number", "how often the due date was moved to a later day", 15),
            Column("timeline", "text", "a time that is no date", 18),
            Column("status", "text", "not-initiated, initiated, completed or no-longer-applicable", 18),
            Column("overdue", "flag", "open, and the last day of the due period is past"),
            Column("long_overdue", "flag", "overdue by more days than mrtrack.toml allows, 180 unless told"),
            Column("due_soon", "flag", "open, and due within the days of mrtrack.toml, 30 unless told"),
            Column(
                "stale", "flag", "open, and without an entry for the days of mrtrack.toml, 180 unless told"
            ),
            Column("disputed", "flag", "completed, and an independent reader did not confirm it"),
            Column(
                "days_overdue", "number", "days since the last day of the due period, where it is overdue"
            ),
            Column("completed_on", "date", "when it was completed, where it is"),
            Column(
                "completed_on_basis", "text", "stated, or recorded where only the day by which is known", 18
            ),
            Column("added", "day", "the day of its first entry"),
            Column("updated", "day", "the day of its last entry"),
            Column("decision", "text", "that on its recommendation", 18),
            Column("verdict", "text", "confirmed or not-confirmed, on the status as it stands", 14),
            Column("last_comment", "text", "the last comment of its history", 60),
            Column("documents", "documents", "what proves it", 40),
        ),
    ),
    "history": Table(
        "an entry of a history",
        (
            Column(
                "ref", "text", "what the entry is about: an evaluation, a recommendation or an action", 20
            ),
            _EVALUATION,
            Column("title", "text", "title or text of what it is about", 40),
            Column("entry", "text", "its name within that history: the day, and #2 for the second of a day"),
            Column("date", "day", "the day it was recorded"),
            Column("on", "happened", "when it happened, where that is known and differs"),
            Column("by", "text", "the unit or role that recorded it", 24),
            Column("status", "text", "the status it sets", 18),
            Column("decision", "text", "the decision it sets", 18),
            Column("due", "date", "the due date it sets"),
            Column("previous_due", "date", "the due date it moves, where no entry above shows that"),
            Column("responsible", "text", "the lead it names", 28),
            Column("planned_end", "date", "the planned end it sets"),
            Column("verdict", "text", "the finding of an independent reader", 14),
            Column("comment", "text", "why", 60),
            Column("documents", "documents", "what proves it", 40),
            Column("corrects", "text", "the entry that it corrects, by its name"),
            Column("corrected", "flag", "whether a later entry corrects it"),
            Column("text", "text", "what it changed, in words", 40),
        ),
    ),
}
