"""The `mrtrack` command: finds the command that was asked for, and turns refusals into exit codes."""

import os
import sys
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from mrtrack import __version__

COMMANDS = {
    "status": "cli.status",
    "list": "cli.list",
    "show": "cli.show",
    "history": "cli.history",
    "stats": "cli.stats",
    "verify": "cli.verify",
    "new": "cli.new",
    "add": "cli.add",
    "respond": "cli.respond",
    "update": "cli.update",
    "edit": "cli.edit",
    "undo": "cli.undo",
    "import": "cli.import_files",
    "ask": "cli.ask",
    "take": "cli.take",
    "remind": "cli.remind",
    "check": "cli.check",
    "diff": "cli.diff",
    "propose": "cli.propose",
    "render": "cli.render",
    "site": "cli.site",
    "export": "cli.export",
    "init": "cli.init",
    "setup": "cli.setup",
    "schema": "cli.schema",
}

# What git calls, or a person whom a message tells to.
HIDDEN = {"merge": "cli.merge"}

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXIT_BAD_NEWS = 1
_NO_PLUGINS = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""What other packages add to pydantic has no say in what a record is; looking for it takes a tenth of the start."""


class CommandGroup(TyperGroup):
    """The group of commands; each is imported when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - the library's signature
        """The commands, in the order of a year's work."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - the library's signature
        """Import and build one command."""
        module = COMMANDS.get(cmd_name) or HIDDEN.get(cmd_name)
        if module is None:
            return None
        run: Callable[..., None] = import_module(f"mrtrack.{module}").run
        app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
        app.command(cmd_name, context_settings={"help_option_names": ["-h", "--help"]})(run)
        command = typer.main.get_command(app)
        command.name = cmd_name
        return command

    def make_context(self, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - the library's signature
        """Read the arguments; what is wrong with them is told without commanding the terminal."""
        with _told_harmlessly():
            return super().make_context(*given, **more)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the library's signature
        """Run the command; what is wrong with its arguments is told without commanding the terminal."""
        with _told_harmlessly():
            return super().invoke(ctx)


@contextmanager
def _told_harmlessly() -> "Iterator[None]":
    try:
        yield
    except typer.TyperException as error:
        from mrtrack.cli.terminal import no_command, one_line

        if hasattr(error, "message"):
            error.message = no_command(one_line(error.message))
        raise


app = typer.Typer(
    cls=CommandGroup,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mrtrack {__version__}")
        raise typer.Exit


@app.callback()
def mrtrack(
    folder: Annotated[
        Path | None, typer.Option("-C", metavar="DIR", help="Work as if started in DIR.")
    ] = None,
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Follow what became of the answers to evaluations.

    REF is an evaluation (unossc-2020), or a recommendation or action of one (unossc-2020:3.1).
    """
    if folder is not None:
        try:
            os.chdir(folder)
        except OSError as error:
            raise typer.BadParameter(f"{folder}: {error.strerror}", param_hint="-C") from None


def main() -> None:
    """Run the command line and leave with its exit code."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("r+"))  # noqa: SIM115 - open for as long as the process runs
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    os.environ.update(_NO_PLUGINS)
    try:
        app(prog_name="mrtrack")
    except Exception as error:
        from mrtrack.cli.terminal import complain
        from mrtrack.edit.refusal import Refused
        from mrtrack.git import GitError

        if not isinstance(error, (Refused, GitError, OSError)):
            raise
        complain(error)
        sys.exit(EXIT_BAD_NEWS)
