"""`mrtrack diff`: what a change of the records means, in words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mrtrack.changes.differences import Differences
    from mrtrack.cli.session import Session
    from mrtrack.problems import Problem
    from mrtrack.source.reader import Reading


class DiffFormat(StrEnum):
    """How the differences are written."""

    TABLE = "table"
    MD = "md"
    JSON = "json"


@dataclass(frozen=True)
class Sides:
    """The records before and after; before is None where nothing was committed yet. `between` names both."""

    before: "Session | None"
    after: "Session"
    between: str

    @property
    def unread(self) -> list["Problem"]:
        """The first problem of each file that could not be read on either side, each file once."""
        found = {problem.path: problem for problem in self.before.unread} if self.before else {}
        return list((found | {problem.path: problem for problem in self.after.unread}).values())

    def differences(self, as_of: "date") -> "Differences":
        """What differs, but for the evaluations of which one side could not be read."""
        from mrtrack.changes.differences import differences

        after = self.after.repository
        before = self.before.repository if self.before else None
        old, new = before.readings if before else (), after.readings
        aside = {*_unread_names(old, new), *_unread_names(new, old)}
        earlier = before.evaluations if before else []
        return differences(earlier, after.evaluations, as_of, after.settings, aside)


def run(
    compare: Annotated[
        str | None,
        typer.Argument(
            metavar="[A[..B]]",
            help="A commit, compared with the files here, or two commits; "
            "without any, from where this work left the main branch to the files here.",
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of the counts; today unless said.")
    ] = None,
    format: Annotated[DiffFormat, typer.Option(help="How to write the result.")] = DiffFormat.TABLE,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Leave with 1 if a record could not be read.")
    ] = False,
) -> None:
    """Tell in words what changed between two states of the records.

    Items are matched by their ids, wherever they stand. Nothing is checked out, nothing is changed.
    """
    from mrtrack.cli import formats, terminal
    from mrtrack.cli.session import date_option

    sides = open_sides(compare)
    day = date_option(as_of, "--as-of")
    asked = day.last if day else sides.after.today
    found, unread = sides.differences(asked), sides.unread
    if json or format is DiffFormat.JSON:
        terminal.emit(formats.json_document("changes", asked, unread, items(found)))
    elif format is DiffFormat.MD:
        terminal.emit(markdown(sides, found))
    else:
        from mrtrack.cli.screens.compared import compared
        from mrtrack.cli.screens.parts import Text

        note = [Text(_left_out(unread), style="bold red")] if unread else []
        parts = compared(found, sides.between, terminal.width())
        terminal.emit(terminal.render(*parts, *note))
    for problem in unread:
        terminal.remark(terminal.one_line(f"{problem.place}: {problem.message}"))
    if strict and unread:
        terminal.leave(1)


def items(found: "Differences") -> list[dict[str, object]]:
    """The items of the JSON document: each change, then each count that differs, which has no ref."""
    changes: list[dict[str, object]] = [
        {
            "ref": one.ref,
            "change": one.change,
            "before": one.before,
            "after": one.after,
            "text": one.text,
        }
        for one in found.changes
    ]
    counts: list[dict[str, object]] = [
        {"ref": None, "change": "count", "before": one.before, "after": one.after, "text": one.text}
        for one in found.counts
    ]
    return changes + counts


def markdown(sides: Sides, found: "Differences") -> str:
    """The differences as the text of a pull request, or a comment below it."""
    from mrtrack.reports.pull_request import pull_request

    repository = sides.after.repository
    places = [f"{problem.place}: {problem.message}" for problem in sides.unread]
    return pull_request(found, repository.root / repository.settings.templates, places)


def open_sides(compare: str | None) -> Sides:
    """The two states that `A`, `A..B`, `A...B` (from where they parted) or nothing name.

    Raises:
        Refused: outside of any repository, or where there is no main branch to compare with.
        git.GitError: where git knows no such commit.
    """
    from mrtrack.cli.session import open_session
    from mrtrack.git.branches import merge_base

    here = open_session()
    if compare is None:
        return _since_main(here)
    one, dots, other = compare.partition("..")
    if not dots:
        return Sides(_earlier(one, here), here, f"{one} to the files here")
    parted = other.startswith(".")
    one, other = one or "HEAD", other.removeprefix(".") or "HEAD"
    base = merge_base(here.repository.root, one, other) if parted else one
    after = open_session(other)
    return Sides(_earlier(base, after), after, f"{one} to {other}")


def _earlier(revision: str, later: "Session") -> "Session":
    """The records of a commit; those that are the same later are not read twice."""
    from dataclasses import replace

    from mrtrack.cli.session import Session, open_session

    repository = open_session(revision).repository
    known = {reading.path: reading for reading in later.repository.readings}
    return Session.of(replace(repository, known=known), later.today)


def _since_main(here: "Session") -> Sides:
    from mrtrack import git
    from mrtrack.edit.refusal import Refused
    from mrtrack.git.branches import main_branch, merge_base

    root = here.repository.root
    named = here.repository.settings.git.main
    try:
        git.resolve(root, "HEAD")
    except git.GitError:
        if git.top(root) is None:
            raise
        return Sides(None, here, "nothing is committed yet")
    try:
        main = main_branch(root, named)
    except git.GitError as error:
        raise Refused(str(error), "say what to compare with: mrtrack diff HEAD, mrtrack diff A..B") from None
    base = merge_base(root, main)
    return Sides(_earlier(base, here), here, f"since {base[:7]}, where this work left {main}")


def _unread_names(unread: "Sequence[Reading]", others: "Sequence[Reading]") -> "Iterator[str]":
    """The evaluations of unreadable files: by the files' names, and by what the other side has in their place."""
    from pathlib import PurePosixPath

    for reading in unread:
        if reading.evaluation is not None:
            continue
        yield PurePosixPath(reading.path).stem
        for other in others:
            below = other.path == reading.path or other.path.startswith(f"{reading.path}/")
            if below and other.evaluation:
                yield other.evaluation.id


def _left_out(unread: "Sequence[Problem]") -> str:
    from pathlib import PurePosixPath

    from mrtrack.cli.terminal import one_line

    paths = [one_line(PurePosixPath(problem.path).name) for problem in unread]
    named = ", ".join(paths[:3]) + (" …" if len(paths) > 3 else "")
    return f"\nCould not be read, so that its changes are not told: {named} (mrtrack check tells why)"
