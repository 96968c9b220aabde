"""`history --digest`: what changed in a period, on the screen and as a document for a meeting."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import typer

from mrtrack.cli.options import Asked, Format, Question

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mrtrack.changes.digest import Digest, Item
    from mrtrack.cli.screens.parts import Piece

HEADINGS = {
    "section": "Section",
    "ref": "Ref",
    "title": "Title",
    "text": "Change",
    "reason": "Reason",
    "by": "By",
    "documents": "Documents",
}


def tell(asked: Asked, ref: str | None, since: str | None, until: str | None, *, html: bool) -> None:
    """Print the digest of a period; without `since`, of the three months that end with its last day.

    Raises:
        typer.BadParameter: where a day is none, or the period ends before it begins.
    """
    from mrtrack.cli import terminal
    from mrtrack.cli.results import Rows, emit_rows
    from mrtrack.reports.digest import digest_document

    if asked.sort or asked.limit:
        raise typer.BadParameter(
            "leave out --sort and --limit: a digest has its own order", param_hint="--digest"
        )
    question, first = _period(asked.open(), since, until)
    leaves = html or asked.format is Format.MD
    found = _digest(question, ref, first, leaves=leaves)
    if leaves:
        repository, session = question.session.repository, question.session
        folder = repository.root / repository.settings.templates
        unread = [f"{problem.place}: {problem.message}" for problem in session.unread]
        terminal.emit(terminal.clean(digest_document(found, "html" if html else "md", folder, unread)))
        question.finish()
        return

    def screen() -> "Iterable[Piece]":
        from mrtrack.cli.screens.digest import meeting

        return meeting(found, terminal.width())

    items = [_json(item) for item in found.items]
    emit_rows(question, Rows(kind="digest", items=items, keys=list(HEADINGS), headings=HEADINGS), screen)
    question.finish()


def _period(question: Question, since: str | None, until: str | None) -> "tuple[Question, date]":
    from mrtrack.changes.digest import three_months_to
    from mrtrack.cli.session import date_option
    from mrtrack.cli.terminal import remark

    end, begin = date_option(until, "--until"), date_option(since, "--since")
    last = min(end.last, question.as_of) if end else question.as_of
    if begin is None:
        remark("The last three months; --since and --until say otherwise.")
    first = begin.first if begin else three_months_to(last)
    if first > last:
        raise typer.BadParameter("the period ends before it begins", param_hint="--since")
    return question._replace(as_of=last), first


def _digest(question: Question, ref: str | None, since: "date", *, leaves: bool) -> "Digest":
    """The digest; what leaves the repository does so without what `[publish]` keeps back."""
    from mrtrack.changes.digest import digest
    from mrtrack.cli.views import view_of
    from mrtrack.model.wording import label
    from mrtrack.query.filters import Filter
    from mrtrack.query.publishing import published_selection
    from mrtrack.query.selection import Selection, select

    session = question.session
    settings = session.repository.settings
    target = session.find(ref) if ref else None
    view = view_of(question.asked.view, settings) if question.asked.view else None
    after = question.selection(view.criteria if view else {}, target)
    if target and target.path:
        below = {target.ref, *(f"{target.evaluation.id}:{one.id}" for one in _actions_of(target.item))}
        after = Selection(
            after.as_of,
            (),
            tuple(row for row in after.recommendations if row.ref in below),
            tuple(row for row in after.actions if row.ref in below),
        )
    before = select(session.repository.evaluations, Filter(), since - timedelta(1), settings.days)
    if leaves:
        omit = settings.publish.omit
        before, after = published_selection(before, omit), published_selection(after, omit)
    return digest(before, after, since, lambda word: label(word, settings))


def _actions_of(item: Any) -> Any:  # noqa: ANN401 - an evaluation, a recommendation or an action
    return getattr(item, "actions", None) or ()


def _json(item: "Item") -> dict[str, Any]:
    from mrtrack.query.rows import json_value

    return {
        "section": item.about.value,
        "ref": item.ref,
        "title": item.title,
        "text": item.text,
        "reason": item.reason or None,
        "by": list(item.by),
        "documents": json_value(item.documents),
    }
