"""What reaches a person: text without anything that could command a terminal, results apart from remarks."""

import io
import os
import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, NoReturn

import typer

from mrtrack.model import harmless

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

HARMFUL = harmless.HARMFUL
clean = harmless.clean
flowing = harmless.flowing
_COMMAND = re.compile(r"^(\s*)::")
_SPACES = re.compile(r"\s+")
PIPED_WIDTH = 120
_PLAIN = str.maketrans("█▓▒░·…–", "#=+-..-")


def one_line(text: str | None) -> str:
    """A record's text on one line, made harmless."""
    return _SPACES.sub(" ", clean(text or "")).strip()


def clipped(text: str, width: int) -> str:
    """A text cut at a width in columns of the terminal, with … where something was cut."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def is_terminal() -> bool:
    """Whether a person reads what is printed."""
    return sys.stdout.isatty()


def is_dialogue() -> bool:
    """Whether a person can be asked: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def width() -> int:
    """The columns to lay a screen out for."""
    return shutil.get_terminal_size((PIPED_WIDTH, 40)).columns


def height() -> int:
    """The lines that a person sees at once."""
    return shutil.get_terminal_size((PIPED_WIDTH, 40)).lines


def colour() -> bool:
    """Whether to use colour: on a terminal, unless NO_COLOR says no or FORCE_COLOR says otherwise."""
    forced = os.environ.get("FORCE_COLOR", "")
    if forced:
        return forced not in ("0", "false")
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return is_terminal()


def told(line: str) -> str:
    """A line about what was done, broken between words where a person reads it."""
    text = one_line(line)
    return (
        textwrap.fill(text, width(), subsequent_indent="  ", break_on_hyphens=False)
        if is_terminal()
        else text
    )


def has_blocks() -> bool:
    """Whether what is written to can show the signs that charts are drawn with."""
    if not is_terminal() or os.name == "nt":
        return True
    named = next(
        (os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), "UTF-8"
    )
    return os.environ.get("TERM") != "dumb" and "utf8" in named.lower().replace("-", "")


def emit(text: str) -> None:
    """Write a result to stdout; a pipe that was closed early is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None


def emit_bytes(content: bytes) -> None:
    """Write a result that is a file to stdout; a pipe that was closed early is no error."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None


def remark(text: str) -> None:
    """Write a line for the person to stderr."""
    sys.stderr.write(f"{clean(text)}\n")


def complain(error: Exception) -> None:
    """Tell why something was refused, or failed on the way to a file, and what to do, on stderr."""
    message = getattr(error, "message", str(error))
    if isinstance(error, OSError) and error.strerror:
        message = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    hint = getattr(error, "hint", "")
    remark(f"mrtrack: {one_line(message)}")
    if hint:
        remark(f"  → {one_line(hint)}")


def leave(code: int) -> NoReturn:
    """Leave the command with an exit code."""
    raise typer.Exit(code)


def console(columns: int | None = None) -> "Console":
    """A console that lays out for the terminal's width and takes no markup from what it prints."""
    from rich.console import Console

    return Console(
        file=io.StringIO(),
        width=columns or width(),
        force_terminal=colour(),
        no_color=not colour(),
        color_system="standard" if colour() else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def render(*parts: "RenderableType", columns: int | None = None) -> str:
    """The text of a screen, with or without colour as the terminal wants it; no line ends in spaces.

    Charts are drawn with signs of ASCII where the terminal knows no others. A line that would begin with `::`,
    which a CI runner takes for a command, begins with `∷` instead.
    """
    screen = console(columns)
    with screen.capture() as captured:
        for part in parts:
            screen.print(part, soft_wrap=False)
    told = captured.get() if has_blocks() else captured.get().translate(_PLAIN)
    lines = (_COMMAND.sub(r"\1∷", line.rstrip()) for line in told.splitlines())
    return "".join(f"{line}\n" for line in lines)
