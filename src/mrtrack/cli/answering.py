"""Writing an answer: to one recommendation, or what is known of the management response as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import typer

from mrtrack.cli import terminal, writing
from mrtrack.cli.found import Target, inside
from mrtrack.cli.session import Session, date_option
from mrtrack.edit.answering import answer, whole_response
from mrtrack.edit.operations import Operation
from mrtrack.edit.refusal import Refused
from mrtrack.model.record import Recommendation
from mrtrack.model.wording import read_decision
from mrtrack.model.words import Decision
from mrtrack.source.reader import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What a person said about the response as a whole, as typed."""

    required: bool | None
    due: str | None
    submitted: str | None
    prepared_by: str | None
    approved_by: str | None
    approved: str | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return all(getattr(self, item.name) is None for item in fields(self))


def respond(
    session: Session,
    target: Target,
    decision: str | None,
    text: str | None,
    told: writing.Told,
    *,
    dry_run: bool,
    commit: bool,
) -> None:
    """Record the answer to one recommendation, and tell what was recorded.

    Raises:
        Refused: as `edit.answering.answer` and `store.writing.rewrite` do.
        typer.BadParameter: where a word or a date cannot be read.
    """
    try:
        chosen = read_decision(decision, session.repository.settings) if decision else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="DECISION") from None
    words = writing.given_text(text, "--text")
    entry = writing.recorded(session, told)

    def operations(reading: Reading) -> Sequence[Operation]:
        now = inside(reading, target.item.id)
        return answer(now.path, _recommendation(now), chosen, words, entry)

    write = writing.apply_to(session.repository, target.reading.path, [operations], dry_run=dry_run)
    line = writing.last_change(write.after, target.ref, session)
    writing.tell([write], [line], dry_run=dry_run)
    response = _recommendation(inside(write.after, target.item.id)).response
    unreasoned = chosen in (Decision.PARTIALLY_ACCEPTED, Decision.REJECTED) and not entry.comment
    if unreasoned and not (response and response.text):
        terminal.remark("No reasons are given yet: add them with --text.")
    if commit and not dry_run:
        writing.commit(session, [write], line)


def respond_as_a_whole(
    session: Session, target: Target, whole: Whole, *, dry_run: bool, commit: bool
) -> None:
    """Write what is known of the management response as a whole, and tell it.

    Raises:
        Refused: as `store.writing.rewrite` does.
        typer.BadParameter: where a date cannot be read.
    """
    operations = whole_response(
        required=whole.required,
        due=date_option(whole.due, "--due"),
        submitted=date_option(whole.submitted, "--submitted"),
        prepared_by=whole.prepared_by,
        approved_by=whole.approved_by,
        approved=date_option(whole.approved, "--approved"),
    )
    write = writing.apply_to(session.repository, target.reading.path, [lambda _: operations], dry_run=dry_run)
    named = ((item.name.replace("_", " "), getattr(whole, item.name)) for item in fields(whole))
    said = [
        ("not required" if value is False else name if value is True else f"{name} {value}")
        for name, value in named
        if value is not None
    ]
    line = f"{target.ref}  management response {', '.join(said)}"
    writing.tell([write], [line], dry_run=dry_run)
    if commit and not dry_run:
        writing.commit(session, [write], line)


def _recommendation(target: Target) -> Recommendation:
    if isinstance(target.item, Recommendation):
        return target.item
    raise Refused(f"{target.ref} is no recommendation any more", "look at the record again")
