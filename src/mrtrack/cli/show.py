"""`mrtrack show`: one evaluation, recommendation or action, whole."""

from typing import Annotated, Any

import typer

from mrtrack.cli.options import Asked, Format, reading


@reading
def run(
    ref: Annotated[str, typer.Argument(metavar="REF", help="An evaluation, or EVALUATION:ID.")],
    *,
    asked: Asked,
) -> None:
    """Show one item whole, as the record holds it."""
    from mrtrack.cli import formats, terminal
    from mrtrack.cli.results import page
    from mrtrack.cli.screens.whole import whole
    from mrtrack.query.whole import whole_record

    if asked.view or any(asked.criteria.values()):
        raise typer.BadParameter(
            "show shows one item whole; to choose among many: mrtrack list with these options"
        )
    question = asked.open()
    settings = question.session.repository.settings
    target = question.session.find(ref)
    selection = question.selection({}, target)
    if asked.format is Format.JSON:
        record = whole_record(target.evaluation, selection)
        terminal.emit(
            formats.json_document(
                "records", question.as_of, question.session.unread, [_at(record, target.path)]
            )
        )
    elif asked.format is Format.TABLE:
        parts = whole(target.evaluation, target.path, selection, settings, question.as_of, terminal.width())
        terminal.emit(page(question.session, parts))
    elif asked.format is Format.MD:
        terminal.emit(terminal.clean(_markdown(question, target, selection)))
    else:
        raise typer.BadParameter("one item is no table; for csv: mrtrack list", param_hint="--format")
    question.finish()


def _markdown(question: Any, target: Any, selection: Any) -> str:  # noqa: ANN401 - imported where used
    from mrtrack.changes import history_rows
    from mrtrack.model.wording import label
    from mrtrack.model.words import Status
    from mrtrack.query.rows import as_json
    from mrtrack.query.whole import whole_record
    from mrtrack.reports.templates import rendered

    repository = question.session.repository
    settings = repository.settings
    record = whole_record(target.evaluation, selection)
    history = history_rows(target.evaluation, question.as_of, lambda word: label(word, settings))
    return rendered(
        "show.md.j2",
        repository.root / settings.templates,
        evaluation=record,
        item=_at(record, target.path),
        history=[as_json(row) for row in history],
        decisions={row.recommendation: label(row.decision, settings) for row in selection.recommendations},
        label=lambda word: label(Status(word) if word else None, settings),
        as_of=question.as_of.isoformat(),
    )


def _at(record: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - plain data
    for step in path:
        record = record[step]
    return record
