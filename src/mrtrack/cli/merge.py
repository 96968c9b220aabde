"""`mrtrack merge`: the git merge driver, and the same for a merge that has stopped."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mrtrack.git.merging import Stopped
    from mrtrack.merge.merging import Merged
    from mrtrack.store.records import Repository

MARKER = 7
EXIT_BROKEN = 129
"""What git takes for a driver that broke: it stops, and loses neither side. From 1 to 128 is a conflict."""


def run(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[%O %A %B %L %P | PATH…]", help="What git passes; with --resolve, records."),
    ] = None,
    resolve: Annotated[
        bool, typer.Option("--resolve", help="Merge what a stopped merge left, all of it or these paths.")
    ] = False,
) -> None:
    """Merge two changes of a record: by ids, histories by their days.

    git calls it as its merge driver, once mrtrack setup has told it to. Hosting sites and clones without it stop
    the merge instead; then mrtrack merge --resolve does the same.
    """
    if resolve:
        _resolve(files or [])
        return
    if files is None or len(files) != 5:
        raise typer.BadParameter(
            "git passes %O %A %B %L %P; in a merge that has stopped, say mrtrack merge --resolve",
            param_hint="merge",
        )
    base, ours, theirs, marker, path = files
    _drive(base, ours, theirs, int(marker) if marker.isdecimal() else MARKER, path)


def _drive(base: str, ours: str, theirs: str, marker: int, path: str) -> None:
    """Write the merge of three files into the second; whatever goes wrong, that has the lines of both sides.

    Where the files cannot be read or written, the second stays as it is.
    """
    from mrtrack.cli import terminal
    from mrtrack.config.root import find_root
    from mrtrack.config.settings_file import read_settings
    from mrtrack.edit.refusal import Refused
    from mrtrack.git.merging import merge_lines
    from mrtrack.merge.merging import merge
    from mrtrack.store.outputs import write_output

    here = Path.cwd()
    try:
        contents = [Path(name).read_bytes() for name in (base, ours, theirs)]
    except OSError as error:
        terminal.complain(error)
        terminal.leave(EXIT_BROKEN)
    content = None
    try:
        root = find_root((here / path).parent)
        settings = read_settings(root)[0] if root else None
        result = merge(contents[0] or None, contents[1], contents[2], path, settings=settings, marker=marker)
        content = result.content
    finally:
        if content is None:
            merge_lines(here, (base, ours, theirs), marker)
    if content is not None:
        try:
            write_output(Path(ours), content)
        except (Refused, OSError) as error:
            terminal.complain(error)
            terminal.leave(EXIT_BROKEN)
    if result.conflicts:
        _tell(path, result)
        terminal.leave(1)


def _resolve(chosen: list[str]) -> None:
    from mrtrack.cli import terminal
    from mrtrack.cli.session import open_session
    from mrtrack.edit.refusal import Refused
    from mrtrack.git.merging import stopped

    repository = open_session().repository
    below = f"{repository.settings.records}/"
    waiting = [one for one in stopped(repository.root) if one.path.startswith(below)]
    if chosen:
        wanted = {_inside(repository, name) for name in chosen}
        unknown = sorted(wanted - {one.path for one in waiting})
        if unknown:
            raise Refused(f"no stopped merge left {unknown[0]}", "git status names the files that wait")
        waiting = [one for one in waiting if one.path in wanted]
    if not waiting:
        terminal.remark("No record waits for a merge.")
        return
    left = [one for one in waiting if not _settle(repository, one)]
    if left:
        names = " ".join(one.path for one in left)
        terminal.remark(f"Settle what is left in an editor, then: mrtrack check; git add -- {names}")
        terminal.leave(1)
    terminal.remark("All records are merged; git commit (or git rebase --continue) goes on.")


def _settle(repository: "Repository", one: "Stopped") -> bool:
    """Merge one record and tell git and the person; whether nothing is left to do."""
    from mrtrack.cli import terminal
    from mrtrack.git.merging import stage
    from mrtrack.merge.merging import merge
    from mrtrack.store.contents import file_content
    from mrtrack.store.resolving import put_merged

    root, path = repository.root, one.path
    present = file_content(root / path)
    base, ours, theirs = one.contents(root)
    if ours is None or theirs is None:
        terminal.remark(
            f"{path}: one side deletes it, the other changes it; git add or git rm says which holds"
        )
        return False
    if isinstance(present, OSError):
        terminal.remark(f"{path}: it cannot be read, so it is left alone: {present.strerror or present}")
        return False
    result = merge(base, ours, theirs, path, settings=repository.settings)
    if b"\n<<<<<<<" not in b"\n" + present and present not in (ours, theirs, result.content):
        terminal.remark(f"{path}: it was changed since the merge stopped, so it is left alone")
        return False
    if result.content is not None and result.content != present:
        put_merged(repository, path, present, result.content)
    if result.conflicts:
        _tell(path, result)
        return False
    stage(root, path)
    terminal.emit(f"{terminal.told(f'{path}: merged')}\n")
    return True


def _tell(path: str, result: "Merged") -> None:
    from mrtrack.cli import terminal

    if result.content is None:
        why = terminal.one_line(result.conflicts[0].message)
        terminal.remark(f"{path}: merged by git line by line, look at all of it: {why}")
        return
    for conflict in result.conflicts:
        terminal.remark(terminal.one_line(f"{path}: {conflict.place}: {conflict.message}"))
    terminal.remark(
        f"{path}: markers stand around what is left; keep the entries of both sides, and record what holds from now on"
    )


def _inside(repository: "Repository", name: str) -> str:
    whole = Path(name).resolve()
    root = repository.root.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else name
