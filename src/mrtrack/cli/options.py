"""The options that all reading commands share, declared once and handed over as one value."""

import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NoReturn

import typer

from mrtrack.cli.session import Session, Target, date_option, open_session, report_unread
from mrtrack.cli.terminal import leave
from mrtrack.model import settings as wording
from mrtrack.model.words import Decision, EvaluationStatus, Status
from mrtrack.query.filters import CRITERIA, Filter
from mrtrack.query.selection import Selection, select

Many = list[str] | None


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    CSV = "csv"
    MD = "md"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the shared options say, not yet measured against a repository's settings."""

    criteria: dict[str, Any]
    view: str | None
    as_of: str | None
    at: str | None
    sort: str | None
    limit: int | None
    format: Format = Format.TABLE
    strict: bool = False

    def open(self) -> "Question":
        """Open the repository that is asked, and read the words and dates as its settings have them."""
        session = open_session(self.at)
        as_of = date_option(self.as_of, "--as-of")
        return Question(session, as_of.last if as_of else session.today, self)


@dataclass(frozen=True, slots=True)
class Question:
    """A session with what was asked of it."""

    session: Session
    as_of: date
    asked: Asked

    def selection(self, view: Mapping[str, Any], target: Target | None = None) -> Selection:
        """The rows that the filters let through, of a target's evaluation or of all.

        A view's criteria hold where an option says nothing else.
        """
        repository = self.session.repository
        evaluations = [target.evaluation] if target else repository.evaluations
        wanted = self._filter({**view, **{key: value for key, value in self.asked.criteria.items() if value}})
        return select(evaluations, wanted, self.as_of, repository.settings.days)

    def finish(self) -> None:
        """Name what could not be read; with --strict, leave with 1 if there was any."""
        report_unread(self.session)
        if self.asked.strict and self.session.unread:
            leave(1)

    def _filter(self, criteria: dict[str, Any]) -> Filter:
        settings = self.session.repository.settings
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
            given["evaluation"] = tuple(self.session.find(name).evaluation.id for name in given["evaluation"])
        return Filter(**given, spellings=lambda name: wording.same_unit(name, settings))


def _word(text: str, words: type[StrEnum], settings: wording.Settings, key: str) -> str:
    try:
        return wording.read_wanted(text, words, settings)
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


def reading(command: Callable[..., None], without: Collection[str] = ()) -> Callable[..., None]:
    """Give a command the shared options but those named; it receives them as its parameter `asked`."""
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
        command(**given, asked=Asked(criteria=criteria, **rest))

    every = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in (*own, *shared)]
    run.__signature__ = inspect.Signature(every)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in every}
    run.__doc__ = command.__doc__
    return run
