"""What proves that completed actions are completed: documents, and an independent reader's verdict."""

from mrtrack.indicators.definition import Family, Indicator, Judged, hit, share
from mrtrack.indicators.facts import ActionFacts
from mrtrack.model.words import Verdict


def _with_document(facts: ActionFacts) -> Judged | None:
    return hit(bool(facts.row.documents)) if facts.completed else None


def _confirmed(facts: ActionFacts) -> Judged | None:
    return hit(facts.row.verdict is Verdict.CONFIRMED) if facts.completed else None


EVIDENCE = Family(
    "Evidence",
    "What stands behind a completion.",
    (
        Indicator(
            id="evidence-rate",
            name="Evidence rate",
            about="actions",
            formula="completed with a document ÷ completed",
            numerator="completed actions with a document recorded since they were last re-opened",
            denominator="completed actions",
            judge=_with_document,
            total=share,
        ),
        Indicator(
            id="confirmed-rate",
            name="Confirmed rate",
            about="actions",
            formula="completed and confirmed ÷ completed",
            numerator="completed actions that an independent reader confirmed",
            denominator="completed actions",
            judge=_confirmed,
            total=share,
        ),
    ),
)
