"""`mrtrack check`: whether every record is valid, and its present agrees with its history."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mrtrack.cli.session import Session
    from mrtrack.source.reader import Reading


def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]…", help="Files or folders; without any, all records."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Write the problems as JSON.")] = False,
    explain: Annotated[
        str | None, typer.Option(metavar="CODE|NAME", help="Explain one kind of problem, with examples.")
    ] = None,
) -> None:
    """Check that every record is valid.

    That is its shape, and that what it states agrees with what was recorded. Nothing is changed.
    """
    from mrtrack.cli import formats, problems, terminal
    from mrtrack.cli.session import open_session
    from mrtrack.config.settings_file import read_settings
    from mrtrack.problems import is_error
    from mrtrack.rules.catalogue import RULE_KINDS
    from mrtrack.rules.checking import check, check_together

    if explain is not None:
        _explain(explain)
        return
    session = open_session()
    readings = _chosen(session, paths) if paths else list(session.repository.readings)
    settings = session.repository.settings
    found = list(read_settings(session.repository.root, {kind.name for kind in RULE_KINDS})[1])
    for reading in readings:
        found += check(reading, settings)
    if not paths:
        found += check_together(readings, settings)
    if json:
        items = [problems.as_json(problem) for problem in found]
        terminal.emit(formats.json_document("problems", session.today, session.unread_of(readings), items))
    else:
        terminal.emit("".join(problems.shown(problem) + "\n" for problem in found))
        terminal.remark(problems.summary(found, len(readings)))
    if any(is_error(problem) for problem in found):
        terminal.leave(1)


def _explain(name: str) -> None:
    from mrtrack.cli import terminal
    from mrtrack.config.kinds import SETTINGS_KINDS
    from mrtrack.edit.refusal import Refused
    from mrtrack.rules.catalogue import KINDS, explained

    told = explained(name, (*KINDS, *SETTINGS_KINDS))
    if told is None:
        raise Refused(f"there is no rule “{name}”", "docs/rules.md lists them all")
    terminal.emit(told.rstrip() + "\n")


def _chosen(session: "Session", paths: list[Path]) -> list["Reading"]:
    from mrtrack.edit.refusal import Refused
    from mrtrack.store.records import record_paths

    root = session.repository.root
    chosen: list[Reading] = []
    for path in paths:
        files = sorted(record_paths(path)) if path.is_dir() else [path]
        if not path.exists():
            raise Refused(f"there is no file or folder {path}", "name a record, or nothing to check them all")
        for file in files:
            whole = file.resolve()
            name = whole.relative_to(root).as_posix() if whole.is_relative_to(root) else str(whole)
            chosen.append(session.repository.reading_of(name))
    return chosen
