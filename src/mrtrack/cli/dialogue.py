"""Asking a person at the terminal what they would otherwise say with options; nothing is written here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import typer

from mrtrack.cli import terminal
from mrtrack.cli.cells import clipped
from mrtrack.cli.found import Target
from mrtrack.cli.news import NO_DUE, News
from mrtrack.cli.session import Session
from mrtrack.cli.writing import Told
from mrtrack.edit.refusal import Refused
from mrtrack.model.dates import DATE_FORMS, parse_date, parse_happened
from mrtrack.model.record import Action, Evaluation, Recommendation
from mrtrack.model.settings import Settings
from mrtrack.model.wording import label
from mrtrack.model.words import Decision, EvaluationStatus, Status, Verdict, is_open
from mrtrack.query.filters import Filter
from mrtrack.query.matching import action_says
from mrtrack.query.rows import ActionRow
from mrtrack.query.selection import select

SHOWN = 12
ENDED = (EvaluationStatus.COMPLETED, EvaluationStatus.CANCELLED)


def ask_for_progress(session: Session, refs: Sequence[str], told: Told) -> tuple[list[str], News, Told]:
    """Ask which action, what happened, when, and what proves it.

    Raises:
        Refused: where there is nothing to update.
        typer.Abort: where the person leaves.
    """
    chosen = list(refs) or [_ask_which(session)]
    target = session.find(chosen[0])
    if isinstance(target.item, Recommendation):
        chosen = [_ask_below(target)]
        target = session.find(chosen[0])
    settings = session.repository.settings
    terminal.remark(f"\n{target.ref}  {_as_it_stands(target, session)}")
    news = _ask_course(settings) if isinstance(target.item, Evaluation) else _ask_what(settings)
    when = (
        ""
        if told.on or news.due or news.planned_end
        else _ask_until_read(
            "When did it happen? (Enter: today)", partial(_happened, today=session.today), optional=True
        )
    )
    why = told.comment or _ask_text(
        "Why, or what was done? (one or two sentences)", optional=not _needs_reason(news, target.item)
    )
    proof = (
        ""
        if told.documents
        else _ask_text("What proves it? Address of a document (Enter: nothing)", optional=True)
    )
    if not typer.confirm("Record this?", default=True):
        raise typer.Abort
    return (
        chosen,
        news,
        replace(
            told,
            on=told.on or when or None,
            comment=why or None,
            documents=told.documents or ([proof] if proof else None),
        ),
    )


def ask_for_evaluation(session: Session) -> dict[str, str | None]:
    """Ask for what a new evaluation begins with."""
    organisations = sorted(
        {evaluation.organisation for evaluation in session.repository.evaluations if evaluation.organisation}
    )
    usual = organisations[0] if len(organisations) == 1 else None
    return {
        "title": _ask_text("Title of the evaluation"),
        "organisation": _ask_text("Organisation that answers it", optional=True, default=usual) or None,
        "type": _ask_text("Type (Outcome, Project, Thematic …; Enter: not stated)", optional=True) or None,
        "planned_end": _ask_until_read("Planned end (2027-06; Enter: not stated)", parse_date, optional=True)
        or None,
    }


def ask_for_item(target: Target) -> dict[str, str | list[str] | None]:
    """Ask for what a new recommendation or action says."""
    if isinstance(target.item, Evaluation):
        return {
            "text": _ask_text("What is recommended?"),
            "title": _ask_text("A short title (Enter: none)", optional=True) or None,
        }
    return {
        "text": _ask_text("What will be done?"),
        "responsible": _ask_text("Who leads? (Enter: not stated)", optional=True) or None,
        "supported_by": list(filter(None, [_ask_text("Who helps? (Enter: nobody)", optional=True)])),
        "due": _ask_until_read("Due when? (2027-06, 2027-Q2; Enter: not stated)", parse_date, optional=True)
        or None,
    }


def ask_for_answer(target: Target) -> tuple[str | None, str | None]:
    """Ask for the decision on a recommendation and its words; a response that has words keeps them."""
    item = target.item
    if isinstance(item, Recommendation):
        terminal.remark(f"\n{target.ref}  {terminal.one_line(item.title or item.text)}")
    word = _choose(
        "Decision",
        [(decision.value.replace("-", " "), decision.value) for decision in Decision]
        + [("no decision stated", "")],
    )
    answered = isinstance(item, Recommendation) and item.response and item.response.text
    words = (
        None
        if answered
        else _ask_text("The response in words (say why, if not accepted)", optional=bool(word))
    )
    return word or None, words or None


def ask_for_answers(session: Session, target: Target) -> Iterator[tuple[Target, str | None, str | None]]:
    """Walk through the recommendations without an answer, one at a time.

    Raises:
        Refused: where all are answered.
    """
    waiting = [item for item in target.evaluation.recommendations or () if item.response is None]
    if not waiting:
        raise Refused(
            f"every recommendation of {target.ref} has an answer",
            f"change one: mrtrack respond {target.ref}:1 …",
        )
    terminal.remark(f"{len(waiting)} without an answer; leave with Ctrl-C, what is recorded stays.")
    for item in waiting:
        recommendation = session.find(f"{target.ref}:{item.id}")
        word, words = ask_for_answer(recommendation)
        if word or words:
            yield recommendation, word, words


def _ask_which(session: Session) -> str:
    repository = session.repository
    rows = select(repository.evaluations, Filter(), session.today, repository.settings.days).actions
    if not rows:
        raise Refused("there is no action to update yet", "begin with mrtrack new, then mrtrack add")
    while True:
        words = _ask_text("Which action? Type its REF, or words to search for")
        found = [row for row in rows if row.ref == words] or [row for row in rows if _fits(words, row)]
        found.sort(key=lambda row: (not row.open, -(row.days_overdue or 0), row.ref))
        if not found:
            terminal.remark("Nothing fits; try other words.")
            continue
        if len(found) > SHOWN:
            terminal.remark(f"{len(found)} fit; here are {SHOWN}. Other words find fewer.")
        options = [
            (f"{row.ref}  {terminal.one_line(row.title or row.text)}", row.ref) for row in found[:SHOWN]
        ]
        picked = _choose("Which one", [*options, ("search again", "")])
        if picked:
            return picked


def _as_it_stands(target: Target, session: Session) -> str:
    settings = session.repository.settings
    wanted = Filter(evaluation=(target.evaluation.id,))
    selection = select([target.evaluation], wanted, session.today, settings.days)
    row = next((row for row in selection.actions if row.ref == target.ref), None)
    if row is None:
        return terminal.one_line(target.item.title)
    late = f", {row.days_overdue:,} days overdue" if row.days_overdue else ""
    lead = terminal.one_line(row.responsible) or "not stated"
    return f"{label(row.status, settings)}, due {row.due or 'not stated'}{late}, lead {lead}"


def _ask_below(target: Target) -> str:
    actions = target.item.actions or () if isinstance(target.item, Recommendation) else ()
    if not actions:
        raise Refused(f"{target.ref} has no action yet", f"add one: mrtrack add {target.ref}")
    options = [
        (
            f"{action.id}  {terminal.one_line(action.title or action.text)}",
            f"{target.evaluation.id}:{action.id}",
        )
        for action in actions
    ]
    return _choose("Which action", options)


def _fits(words: str, row: ActionRow) -> bool:
    return all(
        action_says(Filter(text=word), row) or word.casefold() in row.ref.casefold() for word in words.split()
    )


def _ask_what(settings: Settings) -> News:
    happened = [
        (label(status, settings), status.value)
        for status in (Status.COMPLETED, Status.INITIATED, Status.NOT_INITIATED, Status.NO_LONGER_APPLICABLE)
    ]
    more = [
        ("a new due date", "due"),
        ("a new lead", "lead"),
        ("a verdict on its completion", "verdict"),
        ("news, with nothing else changed", "news"),
    ]
    chosen = _choose("What happened", [*happened, *more])
    if chosen == "due":
        return News(due=_ask_until_read("New due date (2027-06; none: no date)", _date_or_none))
    if chosen == "lead":
        return News(lead=_ask_text("New lead"))
    if chosen == "verdict":
        return News(
            verdict=_choose(
                "Verdict", [(verdict.value.replace("-", " "), verdict.value) for verdict in Verdict]
            )
        )
    return News() if chosen == "news" else News(status=chosen)


def _ask_course(settings: Settings) -> News:
    words = [(label(status, settings), status.value) for status in EvaluationStatus]
    chosen = _choose(
        "What happened",
        [*words, ("a new planned end", "planned_end"), ("news, with nothing else changed", "news")],
    )
    if chosen == "planned_end":
        return News(planned_end=_ask_until_read("New planned end (2027-06)", parse_date))
    return News() if chosen == "news" else News(status=chosen)


def _needs_reason(news: News, item: Evaluation | Recommendation | Action) -> bool:
    """Whether the record would refuse the news without a reason, or they would say nothing."""
    if news.is_empty or news.status in (Status.NO_LONGER_APPLICABLE, EvaluationStatus.CANCELLED):
        return True
    if isinstance(item, Action):
        reopened = news.status is not None and is_open(Status(news.status)) and not is_open(item.status)
        return bool(reopened or (news.due and item.due))
    if isinstance(item, Evaluation):
        return bool((news.status and item.status in ENDED) or (news.planned_end and item.planned_end))
    return False


def _happened(text: str, today: date) -> None:
    if parse_happened(text).date.first > today:
        raise ValueError(f"{text} lies ahead")


def _date_or_none(text: str) -> object:
    return None if text == NO_DUE else parse_date(text)


def _choose(question: str, options: Sequence[tuple[str, str]]) -> str:
    columns = terminal.width()
    for number, (shown, _) in enumerate(options, 1):
        typer.echo(clipped(f"  {number:>2}  {terminal.clean(shown)}", columns))
    while True:
        answer: str = typer.prompt(f"{question}? [1-{len(options)}]").strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(options):
            return options[int(answer) - 1][1]
        begun = [
            value for shown, value in options if answer and shown.casefold().startswith(answer.casefold())
        ]
        if len(begun) == 1:
            return begun[0]
        terminal.remark(f"Type a number from 1 to {len(options)}.")


def _ask_text(question: str, *, optional: bool = False, default: str | None = None) -> str:
    while True:
        answer: str = typer.prompt(
            question, default=default or ("" if optional else None), show_default=bool(default)
        ).strip()
        if answer or optional:
            return answer


def _ask_until_read(question: str, read: Callable[[str], object], *, optional: bool = False) -> str:
    while True:
        answer = _ask_text(question, optional=optional)
        try:
            if answer:
                read(answer)
        except ValueError as error:
            terminal.remark(f"{error}; a date looks like {DATE_FORMS}.")
            continue
        return answer
