"""What reaches a person: text without anything that could command a terminal, results apart from remarks."""

import io
import os
import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
_ITEM = re.compile(r"^\s*(?:[-*•–]|\(?[0-9a-z]{1,3}[.)])\s")
_COMMAND = re.compile(r"^(\s*)::")
_SPACES = re.compile(r"\s+")
PIPED_WIDTH = 120


def clean(text: str) -> str:
    """A record's text made harmless: control, direction and invisible characters become a replacement mark."""
    return HARMFUL.sub("\ufffd", text)


def one_line(text: str | None) -> str:
    """A record's text on one line, made harmless."""
    return _SPACES.sub(" ", clean(text or "")).strip()


def flowing(text: str) -> str:
    """A record's prose with each paragraph and each item of a list on one line, for wrapping anew."""
    lines: list[str] = []
    for line in clean(text).split("\n"):
        goes_on = lines and lines[-1].strip() and line.strip() and not _ITEM.match(line)
        if goes_on:
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line.rstrip())
    return "\n".join(lines)


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


def emit(text: str) -> None:
    """Write a result to stdout; a pipe that was closed early is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
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

    A line that would begin with `::`, which a CI runner takes for a command, begins with `∷` instead.
    """
    screen = console(columns)
    with screen.capture() as captured:
        for part in parts:
            screen.print(part, soft_wrap=False)
    lines = (_COMMAND.sub(r"\1∷", line.rstrip()) for line in captured.get().splitlines())
    return "".join(f"{line}\n" for line in lines)
