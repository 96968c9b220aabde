"""What a person says is new about an action or an evaluation: from typed words to operations on its record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import typer

from mrtrack.cli.found import Target, inside
from mrtrack.cli.session import Session, date_option
from mrtrack.cli.writing import given_line
from mrtrack.edit.answering import course
from mrtrack.edit.log import Recorded
from mrtrack.edit.operations import Operation
from mrtrack.edit.progress import ActionChange, action_progress
from mrtrack.edit.refusal import Refused
from mrtrack.model.record import Action, Evaluation
from mrtrack.model.settings import Settings
from mrtrack.model.wording import read_evaluation_status, read_status, read_word
from mrtrack.model.words import Verdict
from mrtrack.source.reader import Reading

NO_DUE = "none"
Word = TypeVar("Word")
Change = Callable[[Reading], Sequence[Operation]]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new, as typed; `due` is a date or `none`."""

    status: str | None = None
    due: str | None = None
    lead: str | None = None
    verdict: str | None = None
    planned_end: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing of this was said."""
        return not (self.status or self.due or self.lead or self.verdict or self.planned_end)


def split_status(words: Sequence[str], session: Session) -> tuple[list[str], str | None]:
    """The REFs and, where the last word is none of them, the status."""
    *before, last = words or ("",)
    names_one = ":" in last or session.repository.named(last) is not None
    return (before, last) if before and not names_one else (list(words), None)


def change_of(target: Target, news: News, entry: Recorded, session: Session) -> Change:
    """What to do to a target's record, to be worked out on the record as it is when it is written.

    Raises:
        Refused: where the news does not fit the target.
        typer.BadParameter: where a word or a date cannot be read.
    """
    settings = session.repository.settings
    if isinstance(target.item, Evaluation):
        return _of_evaluation(target, news, entry, settings)
    if isinstance(target.item, Action):
        return _of_action(target, news, entry, settings)
    actions = [f"{target.evaluation.id}:{action.id}" for action in target.item.actions or ()]
    listed = ", ".join(actions) or "none yet; add one with mrtrack add " + target.ref
    raise Refused(
        f"{target.ref} is a recommendation; progress is recorded on its actions",
        f"its actions: {listed}. A decision is recorded with mrtrack respond",
    )


def _of_action(target: Target, news: News, entry: Recorded, settings: Settings) -> Change:
    if news.planned_end:
        raise Refused(f"{target.ref} is an action, and has no planned end", "move its due date: --due")
    due = date_option(news.due, "--due") if news.due != NO_DUE else None
    change = ActionChange(
        status=_typed(read_status, news.status, settings, "STATUS"),
        due=due,
        no_due=news.due == NO_DUE,
        responsible=None if news.lead is None else given_line(news.lead, "--lead"),
        verdict=_typed(
            lambda text, known: read_word(text, Verdict, known), news.verdict, settings, "--verdict"
        ),
    )

    def operations(reading: Reading) -> Sequence[Operation]:
        now = inside(reading, target.item.id)
        if not isinstance(now.item, Action):
            raise Refused(f"{target.ref} is no action any more", "look at the record again")
        return action_progress(now.path, now.item, change, entry)

    return operations


def _of_evaluation(target: Target, news: News, entry: Recorded, settings: Settings) -> Change:
    for value, option in ((news.due, "--due"), (news.lead, "--lead"), (news.verdict, "--verdict")):
        if value:
            raise Refused(
                f"{option} is about actions, and {target.ref} is an evaluation",
                f"name an action: {target.ref}:1.1; of an evaluation: a status, --planned-end, --comment",
            )
    status = _typed(read_evaluation_status, news.status, settings, "STATUS")
    planned_end = date_option(news.planned_end, "--planned-end")
    return lambda reading: course(inside(reading, "").evaluation, status, planned_end, entry)


def _typed(
    read: Callable[[str, Settings], Word], text: str | None, settings: Settings, option: str
) -> Word | None:
    if text is None:
        return None
    try:
        return read(text, settings)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
