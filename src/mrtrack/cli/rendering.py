"""What `mrtrack render` gathers for its documents, what they are called, and where they go."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from mrtrack.cli import terminal
from mrtrack.cli.options import Asked, Question
from mrtrack.edit.refusal import Refused
from mrtrack.reports.documents.catalogue import Kind, Template

if TYPE_CHECKING:
    from mrtrack.cli.found import Target
    from mrtrack.query.selection import Selection
    from mrtrack.reports.documents.contents import Contents
    from mrtrack.reports.documents.gathering import Wanted

BINARY = (Kind.DOCX, Kind.PDF)


def contents_of_each(question: Question, targets: "Sequence[Target]", wanted: "Wanted") -> "list[Contents]":
    """The contents of one document of each evaluation: of those that were named, else of those the filters choose.

    Raises:
        Refused: where one was not there yet on the day.
    """
    from mrtrack.query.filters import Filter
    from mrtrack.query.selection import select
    from mrtrack.reports.documents.gathering import for_each, gathered

    repository = question.session.repository
    settings = repository.settings
    if targets:
        return [
            one
            for target in targets
            for one in for_each(
                gathered(_of(question, target), settings, replace(wanted, part=_part(target)))
            )
        ]
    chosen = {row.evaluation for row in _selected(question).evaluations}
    whole = [one for one in repository.evaluations if one.id in chosen]
    return for_each(gathered(select(whole, Filter(), question.as_of, settings.days), settings, wanted))


def contents_of_all(question: Question, targets: "Sequence[Target]", wanted: "Wanted") -> "Contents":
    """The contents of one document about all that were named, else about what the filters choose."""
    from mrtrack.query.selection import Selection
    from mrtrack.reports.documents.gathering import gathered

    parts = [_of(question, target) for target in targets] or [_selected(question)]
    selection = Selection(
        question.as_of,
        *(
            tuple({row.ref: row for part in parts for row in getattr(part, rows)}.values())
            for rows in ("evaluations", "recommendations", "actions")
        ),
    )
    told = "; ".join(
        filter(None, (", ".join(target.ref for target in targets), chosen_in_words(question.asked)))
    )
    return gathered(selection, question.session.repository.settings, replace(wanted, chosen=told))


def is_filtered(asked: Asked) -> bool:
    """Whether any filter was given."""
    return bool(asked.view or any(asked.criteria.values()))


def chosen_in_words(asked: Asked) -> str:
    """The filters as they were given, for a document to say what it is about."""
    told = [f"view: {asked.view}"] if asked.view else []
    for key, value in asked.criteria.items():
        name = key.replace("_", " ")
        if value is True:
            told.append(name)
        elif value:
            told.append(f"{name}: {', '.join(value) if isinstance(value, (list, tuple)) else value}")
    return "; ".join(told)


def file_name(contents: "Contents", template: Template, kind: Kind) -> str:
    """What a document's file is called."""
    about = f"{contents.evaluation.id}-" if contents.evaluation else ""
    part = f"{contents.part.partition(':')[2]}-" if contents.part else ""
    return f"{about}{part}{template.name}.{kind.value}"


def write_documents(
    documents: Iterable[tuple[str, Callable[[], bytes]]], count: int, output: Path | None, kind: Kind
) -> None:
    """Write documents: one to stdout or to the file that is named, several into a folder. Nothing if one fails.

    Raises:
        Refused: where something cannot be written.
        typer.BadParameter: where there is no place for what is asked.
    """
    from mrtrack.store.outputs import write_output

    if output is None:
        if count > 1:
            raise typer.BadParameter(f"{count} documents need a folder", param_hint="-o")
        if kind in BINARY and terminal.is_terminal():
            raise typer.BadParameter(f"{kind} is nothing to read here: name a file", param_hint="-o")
        _to_stdout(next(iter(documents))[1](), kind)
        return
    is_folder = count > 1 or output.is_dir() or str(output).endswith(("/", "\\"))
    if is_folder and output.suffix and not output.is_dir():
        raise typer.BadParameter(
            f"{count} documents need a folder, and {output} names a file", param_hint="-o"
        )
    made = [(name, make()) for name, make in documents]
    if is_folder:
        output.mkdir(parents=True, exist_ok=True)
    for name, content in made:
        path = output / name if is_folder else output
        write_output(path, content)
        terminal.remark(f"Wrote {path}")


def _to_stdout(content: bytes, kind: Kind) -> None:
    if kind not in BINARY:
        terminal.emit(content.decode("utf-8"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _selected(question: Question) -> "Selection":
    from mrtrack.cli.views import view_of

    asked = question.asked
    view = view_of(asked.view, question.session.repository.settings) if asked.view else None
    return question.selection(view.criteria if view else {})


def _part(target: "Target") -> str:
    return target.ref if target.path else ""


def _of(question: Question, target: "Target") -> "Selection":
    """The rows of what a REF names: of an item, those it stands in and those below it."""
    selection = question.selection({}, target)
    if not selection.evaluations and not is_filtered(question.asked):
        raise Refused(f"{target.ref} was not there yet on {question.as_of}", "ask about a later day: --as-of")
    if not target.path:
        return selection
    inside = {f"{target.evaluation.id}:{target.item.id}"}
    actions = tuple(
        row
        for row in selection.actions
        if row.ref in inside or (len(target.path) == 2 and row.parent.ref in inside)
    )
    kept = inside | {row.parent.ref for row in actions}
    return selection._replace(
        recommendations=tuple(row for row in selection.recommendations if row.ref in kept),
        actions=actions,
    )
