"""`mrtrack init`: a new repository of records."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mrtrack.reports.new_repository import BeginningFile

USUAL_MAIN = "main"


def run(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Where; the current folder unless given.")
    ] = None,
) -> None:
    """Begin a repository of records.

    Settings, a sample, the schema for editors, and checks for git, GitHub and GitLab. What is there already
    stays as it is.
    """
    from mrtrack import git
    from mrtrack.cli import terminal
    from mrtrack.config.settings_file import read_settings
    from mrtrack.git.beginning import begin, main_branch_to_be
    from mrtrack.reports.new_repository import beginning_files
    from mrtrack.store.records import record_paths

    root = (folder or Path()).resolve()
    _demand_free(root)
    root.mkdir(parents=True, exist_ok=True)
    settings, problems = read_settings(root)
    if any(problem.severity == "error" for problem in problems):
        _refuse_settings(root)
    has_records = any(record_paths(root / settings.records))
    is_new = git.top(root) is None
    if is_new:
        begin(root, USUAL_MAIN)
    written: list[BeginningFile] = []
    kept: list[BeginningFile] = []
    for file in beginning_files(settings.records, main_branch_to_be(root)):
        if file.is_sample and has_records:
            continue
        (written if _create(root / file.path, file.text) else kept).append(file)
    terminal.emit("".join(f"{line}\n" for line in _told(root, written, kept, is_new=is_new)))
    for line in _cautions(root, kept):
        terminal.remark(line)


def _demand_free(root: Path) -> None:
    from mrtrack.config.root import SETTINGS_FILE, find_root
    from mrtrack.edit.refusal import Refused

    if root.exists() and not root.is_dir():
        raise Refused(f"{root} is a file", "name a folder")
    around = find_root(root)
    if around not in (None, root) and (around / SETTINGS_FILE).is_file():
        raise Refused(
            f"{root} lies inside a repository of records, {around}",
            "go there, or begin in a folder outside of it",
        )


def _refuse_settings(root: Path) -> None:
    from mrtrack.edit.refusal import Refused

    raise Refused(f"the mrtrack.toml of {root} has errors", "mrtrack check names them; mend them first")


def _create(path: Path, text: str) -> bool:
    from mrtrack.store.outputs import write_output

    if os.path.lexists(path):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_output(path, text.encode())
    return True


def _told(
    root: Path, written: Sequence["BeginningFile"], kept: Sequence["BeginningFile"], *, is_new: bool
) -> list[str]:
    width = max(len(file.path) for file in (*written, *kept))
    lines = [
        f"{'This folder' if root == Path.cwd().resolve() else root}: "
        + ("begun, with a git repository" if is_new else "begun" if written else "nothing to add")
    ]
    lines += [f"  written  {file.path:{width}}  {file.purpose}" for file in written]
    lines += [f"  kept     {file.path:{width}}  it was there already" for file in kept]
    if not written:
        return lines
    return [
        *lines,
        "",
        "Next:",
        "  look around       mrtrack status; the sample may be deleted",
        "  say your words    edit mrtrack.toml",
        '  begin a record    mrtrack new --title "Evaluation of …"',
        "  ready this clone  mrtrack setup",
        '  keep it           git add --all && git commit --message "Begin the records"',
        "  on the web        push it, and let only checked pull requests change the main branch",
    ]


def _cautions(root: Path, kept: Sequence["BeginningFile"]) -> list[str]:
    from mrtrack import git
    from mrtrack.reports.new_repository import ATTRIBUTES, SCHEMA

    lines = []
    standing = {file.path: (file, (root / file.path).read_bytes()) for file in kept}
    if ATTRIBUTES in standing:
        file, content = standing[ATTRIBUTES]
        line = next(line for line in file.text.splitlines() if "merge=mrtrack" in line)
        if b"merge=mrtrack" not in content:
            lines.append(f"{ATTRIBUTES} does not say how records are merged; add the line: {line}")
    if SCHEMA in standing and standing[SCHEMA][1] != standing[SCHEMA][0].text.encode():
        lines.append(f"{SCHEMA} is of another version; renew it: mrtrack schema -o {SCHEMA}")
    top = git.top(root)
    if top and top.resolve() != root:
        lines.append(
            f"the git repository begins at {top}: GitHub, GitLab and pre-commit look for their files there, so "
            "move .github, .gitlab-ci.yml and .pre-commit-config.yaml up, and say in them where the records lie"
        )
    return lines
