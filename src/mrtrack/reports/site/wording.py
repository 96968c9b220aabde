"""The words of a site for statuses, decisions and the like: an organisation's own label, else the language's."""

from enum import StrEnum

from mrtrack.model.settings import Settings
from mrtrack.model.wording import label
from mrtrack.model.words import NOT_STATED, Decision, EvaluationStatus, Rating, Status, Verdict
from mrtrack.query.rows import ActionRow
from mrtrack.reports.locale import Texts, marked

WORDS = {
    Status.NOT_INITIATED: marked("not initiated"),
    Status.INITIATED: marked("initiated"),
    Status.COMPLETED: marked("completed"),
    Status.NO_LONGER_APPLICABLE: marked("no longer applicable"),
    Decision.ACCEPTED: marked("accepted"),
    Decision.PARTIALLY_ACCEPTED: marked("partially accepted"),
    Decision.REJECTED: marked("rejected"),
}
OF_EVALUATIONS = {
    EvaluationStatus.PLANNED: marked("planned"),
    EvaluationStatus.ONGOING: marked("ongoing"),
    EvaluationStatus.COMPLETED: marked("completed (evaluation)"),
    EvaluationStatus.CANCELLED: marked("cancelled"),
}
VERDICTS = {Verdict.CONFIRMED: marked("confirmed"), Verdict.NOT_CONFIRMED: marked("not confirmed")}
RATINGS = {
    Rating.HIGHLY_SATISFACTORY: marked("highly satisfactory"),
    Rating.SATISFACTORY: marked("satisfactory"),
    Rating.MODERATELY_SATISFACTORY: marked("moderately satisfactory"),
    Rating.MODERATELY_UNSATISFACTORY: marked("moderately unsatisfactory"),
    Rating.UNSATISFACTORY: marked("unsatisfactory"),
    Rating.HIGHLY_UNSATISFACTORY: marked("highly unsatisfactory"),
}


def word(value: StrEnum | None, texts: Texts, settings: Settings) -> str:
    """What a closed word is called; None reads “not stated”."""
    if value is None:
        return texts.gettext("not stated")
    if isinstance(value, (Status, Decision)):
        own = label(value, settings)
        return own if own != value.replace("-", " ") else texts.gettext(WORDS[value])
    for table in (OF_EVALUATIONS, VERDICTS, RATINGS):
        if value in table and type(next(iter(table))) is type(value):
            return texts.gettext(table[value]).removesuffix(" (evaluation)")  # type: ignore[index]
    return value.replace("-", " ")


def tone(row: ActionRow) -> str:
    """The word that gives an action its colour and pattern: overdue, else its status."""
    return "overdue" if row.overdue else key(row.status)


def key(value: StrEnum | None) -> str:
    """A closed word as a key, `not-stated` where there is none."""
    return value.value if value else NOT_STATED


def lateness(row: ActionRow, texts: Texts) -> str:
    """How late an open action is, or how soon it is due, in words; empty where neither asks for attention."""
    if row.days_overdue:
        told = texts.ngettext("%(count)s day overdue", "%(count)s days overdue", row.days_overdue)
        return told % {"count": texts.number(row.days_overdue)}
    return texts.gettext("due soon") if row.due_soon else ""
