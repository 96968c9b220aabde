"""The options that all reading commands share, declared once and handed over as one value."""

import inspect
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack, nullcontext
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, NoReturn

import typer

from mrtrack.cli.collecting import spared_collector
from mrtrack.cli.session import Session, date_option, open_session, report_unread
from mrtrack.cli.terminal import leave
from mrtrack.model.words import Decision, EvaluationStatus, Status
from mrtrack.query.filters import CRITERIA, Filter

if TYPE_CHECKING:
    from mrtrack.cli.found import Found, Target
    from mrtrack.model.settings import Settings
    from mrtrack.problems import Problem
    from mrtrack.query.answers import Answers
    from mrtrack.query.selection import Selection

Many = list[str] | None

_NONE = ""  # no evaluation has this id


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    CSV = "csv"
    MD = "md"
    JSON = "json"


class Asked(NamedTuple):
    """What the shared options say, not yet measured against a repository's settings."""

    criteria: dict[str, Any]
    view: str | None
    as_of: str | None
    at: str | None
    sort: str | None
    limit: int | None
    format: Format = Format.TABLE
    strict: bool = False
    by_index: bool = True
    closing: ExitStack | None = None

    def open(self) -> "Question":
        """Open the repository that is asked, and read the words and dates as its settings have them."""
        session = open_session(self.at, by_index=self.by_index)
        if self.closing:
            self.closing.callback(session.close)
        as_of = date_option(self.as_of, "--as-of")
        return Question(session, as_of.last if as_of else session.today, self)


class Question(NamedTuple):
    """A session with what was asked of it.

    What needs records whole asks `selection`; what only needs what the index holds asks `answers`.
    """

    session: Session
    as_of: date
    asked: Asked

    @property
    def answers(self) -> "Answers":
        """Who answers: the index, else the records."""
        index = self.session.index
        return index.answers(self.as_of) if index else self.plain_answers

    @property
    def plain_answers(self) -> "Answers":
        """The records answer, read whole."""
        from mrtrack.query.plain import PlainAnswers

        repository = self.session.repository
        return PlainAnswers(repository.evaluations, self.as_of, repository.settings.days)

    @property
    def settings(self) -> "Settings":
        """The settings, as the index keeps them where it answers."""
        index = self.session.index
        return index.settings if index else self.session.repository.settings

    @property
    def unread(self) -> "list[Problem]":
        """The first problem of each file that could not be read."""
        return self.session.unread

    def selection(self, view: Mapping[str, Any], target: "Target | None" = None) -> "Selection":
        """The rows that the filters let through, of a target's evaluation or of all, with the records they are of.

        A view's criteria hold where an option says nothing else.
        """
        from mrtrack.query.selection import select

        repository = self.session.repository
        evaluations = [target.evaluation] if target else repository.evaluations
        return select(evaluations, self.wanted(view), self.as_of, repository.settings.days)

    def wanted(self, view: Mapping[str, Any], found: "Found | None" = None) -> Filter:
        """The filter that was asked for, of what was found or of all.

        A view's criteria hold where an option says nothing else.
        """
        asked = {key: value for key, value in self.asked.criteria.items() if value}
        wanted = self._filter({**view, **asked})
        if found is None:
            return wanted
        name = found.evaluation.id
        is_meant = not wanted.evaluation or name in wanted.evaluation
        return wanted._replace(evaluation=(name if is_meant else _NONE,))

    def finish(self) -> None:
        """Name what could not be read; with --strict, leave with 1 if there was any."""
        report_unread(self.session)
        if self.asked.strict and self.session.unread:
            leave(1)

    @property
    def empty(self) -> bool:
        """Whether there is no record at all."""
        index = self.session.index
        return index.empty if index else not self.session.repository.readings

    def keep_totals(self, wanted: Filter) -> None:
        """Let the index keep what tells the totals of the day, unless it is to come or not everything is wanted."""
        if self.session.index and self.as_of <= self.session.today and not wanted.asks(CRITERIA):
            self.session.index.keep_day(self.as_of)

    def keep_words(self) -> None:
        """Let the index complete its full text."""
        if self.session.index:
            from mrtrack.cli.progress import progress

            self.session.index.keep_words(progress)

    def find(self, ref: str) -> "Found":
        """What a REF names, to be asked what the index holds.

        Raises:
            Refused: where it names nothing, or a record that cannot be read.
        """
        from mrtrack.cli.found import found_in

        index = self.session.index
        name, _, inner = ref.partition(":")
        evaluation = index.evaluation(name) if index else None
        return found_in(evaluation, inner) if evaluation else self.session.find(ref)

    def named(self, name: str) -> str:
        """The id of the evaluation that a name stands for.

        Raises:
            Refused: where it is none, or its record cannot be read.
        """
        index = self.session.index if self.session.asks_index else None
        return name if index and index.evaluation(name) else self.session.find(name).evaluation.id

    def _filter(self, criteria: dict[str, Any]) -> Filter:
        settings = self.settings if self.session.asks_index else self.session.repository.settings
        given: dict[str, Any] = {}
        for key, value in criteria.items():
            if key.endswith(("_before", "_after")):
                given[key] = date_option(str(value), _flag(key))
            elif isinstance(value, (list, tuple)):
                given[key] = tuple(str(item) for item in value)
            elif isinstance(value, bool) or key == "text":
                given[key] = value
            else:
                given[key] = (str(value),)
        for key, words in _WORDS.items():
            if key in given:
                given[key] = tuple(_word(text, words, settings, key) for text in given[key])
        if "evaluation" in given:
            given["evaluation"] = tuple(self.named(name) for name in given["evaluation"])
        return Filter(**given, spellings=partial(_same_unit, settings))


def _came_from_index(error: Exception) -> bool:
    """Whether something went wrong in asking the index, so that the records must answer."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").startswith("mrtrack.index."):
            return True
        trace = trace.tb_next
    return False


def _same_unit(settings: "Settings", name: str) -> str:
    from mrtrack.model.wording import same_unit

    return same_unit(name, settings)


def _word(text: str, words: type[StrEnum], settings: "Settings", key: str) -> str:
    from mrtrack.model.wording import read_wanted

    try:
        return read_wanted(text, words, settings)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=_flag(key)) from None


_WORDS: dict[str, type[StrEnum]] = {
    "status": Status,
    "decision": Decision,
    "evaluation_status": EvaluationStatus,
}


def _flag(key: str) -> str:
    return "--" + key.replace("_", "-")


def _shared(
    evaluation: Annotated[Many, typer.Option(metavar="ID", help="Only this evaluation.")] = None,
    evaluation_status: Annotated[
        Many, typer.Option(metavar="WORD", help="Evaluations planned, ongoing, completed or cancelled.")
    ] = None,
    organisation: Annotated[
        Many, typer.Option(metavar="NAME", help="Organisation, or part of its name.")
    ] = None,
    type: Annotated[Many, typer.Option(metavar="NAME", help="Type of evaluation, or part of it.")] = None,
    country: Annotated[
        Many, typer.Option(metavar="CODE", help="Country, as the record writes it (KEN, GLOBAL).")
    ] = None,
    tag: Annotated[Many, typer.Option(metavar="TAG", help="Tag of the evaluation.")] = None,
    unit: Annotated[
        Many, typer.Option(metavar="NAME", help="Lead or support of the action, or part of the name.")
    ] = None,
    lead: Annotated[
        Many, typer.Option(metavar="NAME", help="Lead of the action, or part of the name.")
    ] = None,
    status: Annotated[
        Many, typer.Option(metavar="WORD", help="Status of the action; not-stated for none.")
    ] = None,
    decision: Annotated[
        Many, typer.Option(metavar="WORD", help="Decision on the recommendation; not-stated for none.")
    ] = None,
    priority: Annotated[Many, typer.Option(metavar="NAME", help="Priority of the recommendation.")] = None,
    open: Annotated[bool, typer.Option("--open", help="Neither completed nor no longer applicable.")] = False,
    overdue: Annotated[bool, typer.Option("--overdue", help="Open, and the due period is over.")] = False,
    due_soon: Annotated[bool, typer.Option("--due-soon", help="Open, and due within 30 days.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="Open, and nothing recorded for 180 days.")] = False,
    disputed: Annotated[
        bool, typer.Option("--disputed", help="Completed, and not confirmed by an independent reader.")
    ] = False,
    no_lead: Annotated[bool, typer.Option("--no-lead", help="Nobody leads.")] = False,
    no_evidence: Annotated[bool, typer.Option("--no-evidence", help="Completed without a document.")] = False,
    no_response: Annotated[
        bool, typer.Option("--no-response", help="The recommendation has no answer.")
    ] = False,
    due_before: Annotated[
        str | None, typer.Option(metavar="DATE", help="The due period ends before this date.")
    ] = None,
    due_after: Annotated[
        str | None, typer.Option(metavar="DATE", help="The due period begins after this date.")
    ] = None,
    completed_before: Annotated[
        str | None, typer.Option(metavar="DATE", help="Completed before this date.")
    ] = None,
    completed_after: Annotated[
        str | None, typer.Option(metavar="DATE", help="Completed after this date.")
    ] = None,
    updated_before: Annotated[
        str | None, typer.Option(metavar="DATE", help="Nothing recorded since before this date.")
    ] = None,
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help="The words stand in titles, texts, leads or comments.")
    ] = None,
    view: Annotated[
        str | None, typer.Option(metavar="NAME", help="A saved filter, built in or of mrtrack.toml.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="As it was on this day; entries recorded by then count."),
    ] = None,
    at: Annotated[str | None, typer.Option(metavar="REV", help="From the files of a past commit.")] = None,
    sort: Annotated[
        str | None, typer.Option(metavar="KEYS", help="Sort by these columns: due,-days_overdue.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="At most N rows.")] = None,
    format: Annotated[Format, typer.Option(help="How to write the result.")] = Format.TABLE,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Leave with 1 if a record could not be read.")
    ] = False,
) -> NoReturn:
    raise AssertionError


def reading(
    command: Callable[..., None], without: Collection[str] = (), *, brief: bool = True
) -> Callable[..., None]:
    """Give a command the shared options but those named; it receives them as its parameter `asked`.

    A `brief` one spares the garbage collector; one that loads what must be cleared away at the end is not.
    """
    own = [parameter for name, parameter in inspect.signature(command).parameters.items() if name != "asked"]
    taken = {parameter.name for parameter in own} | set(without)
    shared = [
        parameter for name, parameter in inspect.signature(_shared).parameters.items() if name not in taken
    ]

    def run(**given: Any) -> None:  # noqa: ANN401 - the options of the signature below
        rest = {parameter.name: given.pop(parameter.name) for parameter in shared}
        if rest.pop("json", False):
            rest["format"] = Format.JSON
        criteria = {name: rest.pop(name) for name in CRITERIA if name in rest}
        with spared_collector() if brief else nullcontext(), ExitStack() as closing:
            told = Asked(criteria=criteria, closing=closing, **rest)
            try:
                command(**given, asked=told)
            except Exception as error:
                if not _came_from_index(error):
                    raise
                command(**given, asked=told._replace(by_index=False))

    every = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in (*own, *shared)]
    run.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
    run.__annotations__ = {}
    run.__doc__ = command.__doc__
    return run
