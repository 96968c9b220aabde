"""`mrtrack render`: documents of evaluations, to be signed, discussed and published."""

import inspect
from collections.abc import Callable
from datetime import date
from functools import partial as with_arguments
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mrtrack.cli.options import Asked, Question, reading
from mrtrack.reports.documents.catalogue import DEFAULT, Kind

if TYPE_CHECKING:
    from mrtrack.reports.documents.gathering import Wanted

_NOT_SHARED = ("format", "json", "sort", "limit", "strict")


def _render(
    refs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REF]...", help="Evaluations, or recommendations or actions of them."),
    ] = None,
    template: Annotated[str, typer.Option(metavar="NAME", help="The template to fill in.")] = DEFAULT,
    listing: Annotated[bool, typer.Option("--list", help="Name the templates there are.")] = False,
    kind: Annotated[
        Kind | None,
        typer.Option("--format", help="What to write; without it what -o ends in, else md."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="The file to write; for several, the folder."),
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="With all that was recorded.")] = False,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="The period begins here; without it, with the year.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="The period ends here; without it, on the day.")
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Even though a record cannot be read; the document says so.")
    ] = False,
    *,
    asked: Asked,
) -> None:
    """Make a document as Markdown, HTML, Word or PDF, from a template.

    Without REF, brief and portfolio are about all evaluations, or what the filters choose.
    """
    from mrtrack.cli.rendering import (
        contents_of_all,
        contents_of_each,
        file_name,
        is_filtered,
        write_documents,
    )
    from mrtrack.reports.documents.catalogue import template_named
    from mrtrack.reports.documents.making import made, makes_one_of_each

    question = asked.open()
    repository = question.session.repository
    folder = repository.root / repository.settings.templates
    if listing:
        _list(folder)
        return
    chosen = template_named(template, folder)
    wanted_kind = kind or _kind_of(output)
    one_of_each = makes_one_of_each(chosen, wanted_kind, folder)
    if one_of_each and not (refs or is_filtered(asked)):
        raise typer.BadParameter(f"{chosen.name} is about one evaluation: name it", param_hint="REF")
    if one_of_each and refs and is_filtered(asked):
        raise typer.BadParameter(
            f"{chosen.name} shows an evaluation whole: name it, or leave it to the filters"
        )
    targets = [question.session.find(ref) for ref in refs or ()]
    _refuse_unread(question, partial=partial)
    wanted = _wanted(question, since, until, history=history)
    contents = (
        contents_of_each(question, targets, wanted)
        if one_of_each
        else [contents_of_all(question, targets, wanted)]
    )
    if not contents:
        _refuse_nothing()
    documents = [
        (file_name(one, chosen, wanted_kind), with_arguments(made, chosen, wanted_kind, one, folder))
        for one in contents
    ]
    write_documents(documents, len(documents), output, wanted_kind)
    question.finish()


def without(command: Callable[..., None], *names: str) -> Callable[..., None]:
    """A reading command without some of the options that all of them share."""
    signature = inspect.signature(command)
    left_out = {name: signature.parameters[name].default for name in names}
    kept = [parameter for name, parameter in signature.parameters.items() if name not in left_out]

    def run(**given: Any) -> None:  # noqa: ANN401 - the options of the signature below
        command(**given, **left_out)

    run.__signature__ = inspect.Signature(kept)  # type: ignore[attr-defined]
    run.__annotations__ = {}
    run.__doc__ = command.__doc__
    return run


run = without(reading(_render), *_NOT_SHARED)


def _kind_of(output: Path | None) -> Kind:
    ending = output.suffix.removeprefix(".").casefold() if output else ""
    return Kind(ending) if ending in set(Kind) else Kind.MD


def _refuse_unread(question: Question, *, partial: bool) -> None:
    from mrtrack.cli.session import report_unread
    from mrtrack.edit.refusal import Refused

    if question.session.unread and not partial:
        report_unread(question.session)
        raise Refused(
            "a document needs every record, and not all could be read",
            "mend them (mrtrack check tells more), or make it without them: --partial",
        )


def _refuse_nothing() -> None:
    from mrtrack.edit.refusal import Refused

    raise Refused("the filters choose no evaluation", "mrtrack list evaluations shows which there are")


def _wanted(question: Question, since: str | None, until: str | None, *, history: bool) -> "Wanted":
    from mrtrack.cli.session import date_option
    from mrtrack.reports.documents.gathering import Wanted

    first, last = date_option(since, "--since"), date_option(until, "--until")
    ends = min(last.last, question.as_of) if last else question.as_of
    begins = first.first if first else date(ends.year, 1, 1)
    if begins > ends:
        raise typer.BadParameter(f"the period would end on {ends}, before it begins", param_hint="--since")
    return Wanted(
        since=begins,
        until=ends,
        with_history=history,
        commit=question.session.repository.commit or "",
        unread=tuple(problem.path for problem in question.session.unread),
    )


def _list(folder: Path) -> None:
    from mrtrack.cli import terminal
    from mrtrack.cli.screens.style import grid
    from mrtrack.reports.documents.catalogue import templates

    shown = grid([("template", "<"), ("makes", "<"), ("for", "~")], header=True)
    for one in templates(folder):
        about = terminal.one_line(one.about)
        shown.add_row(one.name, " ".join(one.files), f"{about} (own)" if one.is_own else about)
    terminal.emit(terminal.render(shown))
