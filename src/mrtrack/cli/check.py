"""`mrtrack check`: whether every record is valid, and its present agrees with its history."""

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mrtrack.cli.collecting import spared_collector

if TYPE_CHECKING:
    from mrtrack.cli.problem_formats.report import Report
    from mrtrack.cli.session import Session
    from mrtrack.problems import Problem
    from mrtrack.source.reader import Reading

SUMMARY_FILE = "GITHUB_STEP_SUMMARY"


class ProblemFormat(StrEnum):
    """How problems are written; auto chooses by where mrtrack runs."""

    AUTO = "auto"
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"


@spared_collector()
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]…", help="Files or folders; without any, all records."),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(metavar="REF", help="Check what changed since this branch: history too, and only that."),
    ] = None,
    all: Annotated[
        bool, typer.Option("--all", help="List every warning, instead of one line a rule.")
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Repair what is safe: quotes, order, the present from the log.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --fix: show the change, write nothing.")
    ] = False,
    format: Annotated[ProblemFormat, typer.Option(help="How to write the problems.")] = ProblemFormat.AUTO,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    explain: Annotated[
        str | None, typer.Option(metavar="CODE|NAME", help="Explain one kind of problem, with examples.")
    ] = None,
) -> None:
    """Check that every record is valid.

    That is its shape, that what it states agrees with what was recorded, and what deserves a look. With --base,
    that no entry of the base was changed or removed. Nothing is changed, except by --fix.
    """
    from mrtrack.cli import problems, terminal
    from mrtrack.cli.problem_formats import FORMATS, auto_format
    from mrtrack.cli.session import open_session
    from mrtrack.problems import is_error

    if explain is not None:
        _explain(explain)
        return
    if base and paths:
        raise typer.BadParameter("checks what changed, wherever it is; name no PATH", param_hint="--base")
    if dry_run and not fix:
        raise typer.BadParameter("belongs to --fix; check alone writes nothing", param_hint="--dry-run")
    session = open_session()
    if fix:
        _fix(session, _chosen(session, paths), dry_run=dry_run)
        session = open_session()
    report = _against(session, base) if base else _whole(session, paths, all=all)
    name = "json" if json else format.value
    name = auto_format(os.environ) if name == ProblemFormat.AUTO else name
    terminal.emit(FORMATS[name](report), for_runner=name == "github")
    if name == ProblemFormat.GITHUB:
        _summarise(report)
    if name != ProblemFormat.JSON:
        terminal.remark(problems.summary(report.problems, report.records))
    if any(is_error(problem) for problem in report.problems):
        terminal.leave(1)


def _whole(session: "Session", paths: "list[Path] | None", *, all: bool) -> "Report":
    from mrtrack.cli.progress import progress
    from mrtrack.config.settings_file import read_settings
    from mrtrack.rules.catalogue import RULE_KINDS
    from mrtrack.store.whole_check import check_records

    repository = session.repository
    found = list(read_settings(repository.root, {kind.name for kind in RULE_KINDS})[1])
    names = _names(session, paths)
    with progress("Checking", len(names)) as advance:
        checked = check_records(repository, names, session.today, together=not paths, progress=advance)
    unread = [*session.unread_of(()), *checked.unread]
    return _report(session, [*found, *checked.problems], checked.records, unread=unread, all=all)


def _against(session: "Session", base: str) -> "Report":
    from mrtrack.store.against import check_against

    change = check_against(session.repository.root, base, session.today)
    unread = [*session.unread_of(()), *change.unread]
    return _report(session, change.problems, change.records_checked, unread=unread, base=change.base_names)


def _report(
    session: "Session",
    problems: "Sequence[Problem]",
    records: int,
    *,
    unread: "Sequence[Problem]",
    all: bool = False,
    base: Sequence[str] = (),
) -> "Report":
    from mrtrack.cli import terminal
    from mrtrack.cli.problem_formats.report import Report

    return Report(
        problems=problems,
        records=records,
        today=session.today,
        unread=unread,
        all=all,
        base=base,
        columns=terminal.width(),
        folder=_folder_in_git(session.repository.root) if problems else "",
    )


def _folder_in_git(root: Path) -> str:
    from mrtrack import git

    top = git.top(root)
    folder = root.resolve().relative_to(top.resolve()).as_posix() if top else ""
    return "" if folder == "." else folder


def _summarise(report: "Report") -> None:
    """Add the summary of the job to the page that the CI service shows, where it names one."""
    from mrtrack.cli.problem_formats.github import job_summary

    path = os.environ.get(SUMMARY_FILE)
    if path:
        with Path(path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(job_summary(report))


def _fix(session: "Session", readings: "list[Reading]", *, dry_run: bool) -> None:
    from mrtrack.cli import terminal, writing
    from mrtrack.cli.fixing import fix_all

    mended = fix_all(session.repository, readings, dry_run=dry_run)
    lines = [f"{one.written.path}  {told}" for one in mended for told in one.told]
    writing.tell([one.written for one in mended], lines, dry_run=dry_run)
    if not mended:
        terminal.remark("There was nothing to repair.")


def _explain(name: str) -> None:
    from mrtrack.cli import terminal
    from mrtrack.config.kinds import SETTINGS_KINDS
    from mrtrack.edit.refusal import Refused
    from mrtrack.rules.catalogue import KINDS, explained
    from mrtrack.rules.history_kinds import HISTORY_KINDS

    told = explained(name, (*KINDS, *SETTINGS_KINDS, *HISTORY_KINDS))
    if told is None:
        raise Refused(f"there is no rule “{name}”", "docs/rules.md lists them all")
    terminal.emit(told.rstrip() + "\n")


def _chosen(session: "Session", paths: "list[Path] | None") -> "list[Reading]":
    if not paths:
        return list(session.repository.readings)
    return [session.repository.reading_of(name) for name in _names(session, paths)]


def _names(session: "Session", paths: "list[Path] | None") -> list[str]:
    from mrtrack.edit.refusal import Refused
    from mrtrack.store.records import record_paths

    if not paths:
        return session.repository.names
    root = session.repository.root
    chosen: list[str] = []
    for path in paths:
        files = sorted(record_paths(path)) if path.is_dir() else [path]
        if not path.exists():
            raise Refused(f"there is no file or folder {path}", "name a record, or nothing to check them all")
        for file in files:
            whole = file.resolve()
            chosen.append(whole.relative_to(root).as_posix() if whole.is_relative_to(root) else str(whole))
    return chosen
