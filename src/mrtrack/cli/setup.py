"""`mrtrack setup`: make one clone ready: the merge driver, a hook, completion for the shell."""

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from mrtrack.store.records import Repository

HOOK = "pre-commit"
_MARK = "# Written by mrtrack setup; mrtrack setup --remove takes it away."
_HOOKED = "installed: records are checked before each commit"
_HOOK = """\
#!/bin/sh
{mark}
command -v mrtrack >/dev/null || {{ echo "mrtrack is not found: the records go unchecked" >&2; exit 0; }}
git rev-parse --quiet --verify HEAD >/dev/null || exec mrtrack{folder} check
exec mrtrack{folder} check --base HEAD
"""


class Shell(StrEnum):
    """A shell that there is completion for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def run(
    remove: Annotated[bool, typer.Option("--remove", help="Take driver and hook out of this clone.")] = False,
    completion: Annotated[
        Shell | None, typer.Option(help="Print the completion script for this shell instead.")
    ] = None,
) -> None:
    """Make this clone ready.

    git merges records by ids and days (the driver), and checks them before each commit (the hook). Every clone
    is made ready once; a second time changes nothing, and what is not mrtrack's stays as it is.
    """
    from mrtrack import git
    from mrtrack.cli import terminal
    from mrtrack.cli.completion import known_commands, script
    from mrtrack.cli.session import open_session
    from mrtrack.edit.refusal import Refused

    if completion:
        terminal.emit(script(completion, known_commands()))
        return
    repository = open_session().repository
    top = git.top(repository.root)
    if top is None:
        raise Refused("this is no git repository, so there is nothing to set up", "git init begins one")
    lines = _removed(repository) if remove else _installed(repository, top)
    terminal.emit("".join(f"{line}\n" for line in lines))
    if not remove:
        _remark_on_program()


def _installed(repository: "Repository", top: Path) -> Iterator[str]:
    from mrtrack.cli.completion import PLACES
    from mrtrack.git.merging import DRIVER, driver, install_driver

    present = driver(repository.root)
    if present is None:
        install_driver(repository.root)
        yield "merge driver      installed: git merges records by ids and days"
    elif present == DRIVER:
        yield "merge driver      it was there already"
    else:
        yield f"merge driver      another one is there and stays: {present}"
    yield _attributes(repository)
    yield _hook(repository, top)
    for shell, place in PLACES.items():
        yield f"{f'completion, {shell}':<16}  mrtrack setup --completion {shell}, put into {place}"


def _attributes(repository: "Repository") -> str:
    """See to it that .gitattributes asks for the driver; other people's clones need that line too."""
    from mrtrack.store.clone import ATTRIBUTE
    from mrtrack.store.outputs import write_output

    file = repository.root / ".gitattributes"
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        content = b""
    if ATTRIBUTE.encode() in content:
        return ".gitattributes    it asks for the driver already"
    line = f"{repository.settings.records}/**/*.yaml {ATTRIBUTE}"
    ended = b"\n" if content and not content.endswith(b"\n") else b""
    write_output(file, content + ended + f"{line}\n".encode())
    return f".gitattributes    got the line “{line}”: commit it, every clone needs it"


def _hook(repository: "Repository", top: Path) -> str:
    import shutil

    from mrtrack.git.merging import common_folder, hook_file

    file = hook_file(repository.root, HOOK)
    text = _hook_text(repository, top)
    framework = top / ".pre-commit-config.yaml"
    if file.is_file() or file.is_symlink():
        return _present_hook(file, text)
    if framework.is_file() and b"mrtrack" in framework.read_bytes() and shutil.which("pre-commit"):
        return "hook              .pre-commit-config.yaml has it: pre-commit install"
    if not file.parent.resolve().is_relative_to(common_folder(repository.root)):
        return f"hook              hooks lie outside of this clone, in {file.parent}; add there: {_last_command(text)}"
    _write_hook(file, text)
    return f"hook              {_HOOKED}"


def _present_hook(file: Path, text: str) -> str:
    """What becomes of a hook that is there: an older one of ours is renewed, any other stays."""
    present = file.read_bytes() if file.is_file() else b""
    if present == text.encode() and os.access(file, os.X_OK):
        return "hook              it was there already"
    if _MARK.encode() in present:
        _write_hook(file, text)
        return f"hook              {_HOOKED}"
    more = "" if b"mrtrack" in present or b"pre-commit.com" in present else f"; add: {_last_command(text)}"
    return f"hook              {file.name} is there and stays as it is{more}"


def _removed(repository: "Repository") -> Iterator[str]:
    from mrtrack.git.merging import DRIVER, driver, hook_file, remove_driver

    present = driver(repository.root)
    if present == DRIVER:
        remove_driver(repository.root)
        yield "merge driver      removed; .gitattributes stays, it is for all clones"
    else:
        yield (
            "merge driver      none of mrtrack's is here"
            if present is None
            else "merge driver      another one stays"
        )
    file = hook_file(repository.root, HOOK)
    if file.is_file() and _MARK.encode() in file.read_bytes():
        file.unlink()
        yield "hook              removed"
    else:
        yield "hook              none of mrtrack's is here"


def _hook_text(repository: "Repository", top: Path) -> str:
    import shlex

    below = repository.root.resolve().relative_to(top.resolve()).as_posix()
    return _HOOK.format(mark=_MARK, folder="" if below == "." else f" -C {shlex.quote(below)}")


def _last_command(text: str) -> str:
    return text.splitlines()[-1].removeprefix("exec ")


def _write_hook(file: Path, text: str) -> None:
    from mrtrack.store.outputs import whole_file

    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(file) as beside:
        beside.write_bytes(text.encode())
        beside.chmod(0o755)
    file.chmod(0o755)


def _remark_on_program() -> None:
    import shutil

    from mrtrack.cli import terminal

    if shutil.which("mrtrack") is None:
        terminal.remark("git will not find mrtrack: put the folder of its program on the PATH.")
