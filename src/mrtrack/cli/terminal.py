"""What reaches a person: text without anything that could command a terminal, results apart from remarks."""

import os
import re
import shutil
import stat
import sys
import textwrap
from typing import TYPE_CHECKING, NoReturn

import typer

from mrtrack.model import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from mrtrack.cli.screens.parts import Line, Piece

HARMFUL = harmless.HARMFUL
clean = harmless.clean
flowing = harmless.flowing
_COMMAND = r"^((?:\s|\x1b\[[0-9;]*m)*)::"
_MARKED = r"##(?=(?:vso)?\[)"
_COLONS, _HASHES = "∶:", "#♯"  # noqa: RUF001 - they look alike, and take as many columns
_RUNNERS = ("GITHUB_ACTIONS", "TF_BUILD")
PIPED_WIDTH = 120
_PLAIN = str.maketrans("█▓▒░·…–", "#=+-..-")


def one_line(text: str | None) -> str:
    """A record's text on one line, made harmless."""
    return " ".join(clean(text or "").split())


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


def no_command(text: str) -> str:
    """A text in whose lines the runner of a CI service finds no command: `::` at their beginning, `##[` anywhere."""
    return "\n".join(_without_marks(_without_colons(line)) for line in text.split("\n"))


def emit(text: str, *, for_runner: bool = False) -> None:
    """Write a result to stdout; a pipe that was closed early is no error.

    In the log of a CI service it holds no command, unless it is meant `for_runner`; a file gets it as it is.
    """
    told = text if for_runner or not _is_log(sys.stdout) else no_command(text)
    try:
        sys.stdout.write(told)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None


def emit_bytes(content: bytes, *, is_text: bool = False) -> None:
    """Write a result that is a file to stdout; a pipe that was closed early is no error. Text is as in `emit`."""
    safe = is_text and _is_log(sys.stdout)
    told = no_command(content.decode("utf-8")).encode("utf-8") if safe else content
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(told)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None


def remark(text: str) -> None:
    """Write a line for the person to stderr."""
    sys.stderr.write(f"{no_command(clean(text))}\n")


def complain(error: Exception) -> None:
    """Tell why something was refused, or failed on the way to a file, and what to do, on stderr."""
    message = getattr(error, "message", str(error))
    if isinstance(error, OSError) and error.strerror:
        message = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    failed = isinstance(error, OSError)
    hint = getattr(error, "hint", "look at the disk and at the permissions, and try again" if failed else "")
    remark(f"mrtrack: {one_line(message)}")
    if hint:
        remark(f"  → {one_line(hint)}")


def leave(code: int) -> NoReturn:
    """Leave the command with an exit code."""
    raise typer.Exit(code)


def render(*parts: "Piece", columns: int | None = None) -> str:
    """The text of a screen, with or without colour as the terminal wants it; no line ends in spaces.

    Charts are drawn with signs of ASCII where the terminal knows no others. A line that would begin with `::`,
    which a CI runner takes for a command, begins with two signs that look alike.
    """
    lines = (line for part in parts for line in part.lines(columns or width()))
    styled = _coloured(lines) if colour() else ("".join(text for text, _ in line) for line in lines)
    told = "".join(_without_colons(line.rstrip()) + "\n" for line in styled)
    return told if has_blocks() else told.translate(_PLAIN)


def _without_colons(line: str) -> str:
    return re.sub(_COMMAND, rf"\1{_COLONS}", line) if "::" in line else line


def _without_marks(line: str) -> str:
    return re.sub(_MARKED, _HASHES, line) if "##" in line else line


def _is_log(stream: "TextIO") -> bool:
    if not any(os.environ.get(name) for name in _RUNNERS):
        return False
    try:
        return not stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except OSError:
        return True


def _coloured(lines: "Iterable[Line]") -> "Iterator[str]":
    from rich.color import ColorSystem
    from rich.style import Style

    for line in lines:
        yield "".join(
            Style.parse(style).render(text, color_system=ColorSystem.STANDARD) if style else text
            for text, style in line
        )
