"""The closed words of a record; what a source words otherwise is normalised to these."""

from enum import StrEnum

NOT_STATED = "not-stated"


class Status(StrEnum):
    """How far an action is: the words of UNDP's Evaluation Resource Centre."""

    NOT_INITIATED = "not-initiated"
    INITIATED = "initiated"
    COMPLETED = "completed"
    NO_LONGER_APPLICABLE = "no-longer-applicable"


class Decision(StrEnum):
    """Management's answer to a recommendation."""

    ACCEPTED = "accepted"
    PARTIALLY_ACCEPTED = "partially-accepted"
    REJECTED = "rejected"


class EvaluationStatus(StrEnum):
    """Where an evaluation itself stands."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Verdict(StrEnum):
    """An independent reader's finding about a status as it stands."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not-confirmed"


class Rating(StrEnum):
    """The six levels of an evaluation's quality."""

    HIGHLY_SATISFACTORY = "highly-satisfactory"
    SATISFACTORY = "satisfactory"
    MODERATELY_SATISFACTORY = "moderately-satisfactory"
    MODERATELY_UNSATISFACTORY = "moderately-unsatisfactory"
    UNSATISFACTORY = "unsatisfactory"
    HIGHLY_UNSATISFACTORY = "highly-unsatisfactory"


CLOSED = frozenset({Status.COMPLETED, Status.NO_LONGER_APPLICABLE})


def is_open(status: Status | None) -> bool:
    """Whether an action still asks for work; one whose status is not stated does."""
    return status not in CLOSED
