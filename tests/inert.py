"""What is printed must command nobody: no terminal that shows it, and no runner of a CI service that logs it."""

import os
import pty
import re
import select
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from mrtrack.cli.main import COMMANDS, HIDDEN, main
from mrtrack.model.harmless import HARMFUL

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_BAR = re.compile(r"\x1b\[(?:[0-9;]*[mAK]|\?25[lh])|\r")
_COMMAND = re.compile(r"^\s*::([^\s:]+)(?: ([^\n]*?))?::(.*)$", re.MULTILINE)
_MARKED = re.compile(r"##(?:vso)?\[")
_LATER = (
    "docxtpl", "jinja2.sandbox", "markdown_it", "rich.style", "rich.cells", "ruamel.yaml", "sqlite3", "xlsxwriter",
    "mrtrack.rules.catalogue", "mrtrack.store.records", "mrtrack.index.current", "mrtrack.cli.screens.whole",
    "mrtrack.reports.site.building", "mrtrack.reports.documents.making", "mrtrack.importers.importing",
    "mrtrack.importers.formats.catalogue", "mrtrack.reports.messages.mail",
)  # fmt: skip
COLUMNS = 80
_PATIENCE = 60  # seconds without a word; then the process is ended


@dataclass(frozen=True)
class Shown:
    """What a command left with, and all that it printed, on stdout and stderr alike."""

    code: int
    text: str


def preload() -> None:
    """Load what commands load when they run, once for all the processes that `run_apart` makes of this one."""
    for name in (*COMMANDS.values(), *HIDDEN.values(), *_LATER):
        import_module(name if name in _LATER else f"mrtrack.{name}")


def run_apart(arguments: Sequence[str], environment: Mapping[str, str], *, terminal: bool) -> Shown:
    """Run the command line in a process of its own, at a terminal or at the end of a pipe.

    The process is a copy of this one, so that it need not load the program again.
    """
    if terminal:
        child, end = pty.fork()
    else:
        end, other = os.pipe()
        child = os.fork()
    if child == 0:
        if not terminal:
            os.dup2(other, 1)
            os.dup2(other, 2)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        _leave(arguments, environment)
    if not terminal:
        os.close(other)
    told = _read(end, child)
    os.close(end)
    _, status = os.waitpid(child, 0)
    return Shown(os.waitstatus_to_exitcode(status), told.decode("utf-8", "replace").replace("\r\n", "\n"))


def plain(text: str, *, bar: bool = False) -> str:
    """The text without the colours that mrtrack itself puts there; with `bar`, without those of its bars either."""
    return (_BAR if bar else _COLOUR).sub("", text)


def harmful(text: str) -> list[str]:
    """The characters of a text that could command a terminal or hide words."""
    return sorted(set(re.findall(HARMFUL, text)))


def commands(text: str) -> list[str]:
    """What a runner would take for its commands in a log."""
    return [found[0] for found in (*_COMMAND.finditer(text), *_MARKED.finditer(text))]


def _leave(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    code: object = 1
    try:
        os.environ.update(environment)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as the process runs
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.argv = ["mrtrack", *arguments]
        try:
            main()
            code = 0
        except SystemExit as left:
            code = left.code
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException as error:  # noqa: BLE001 - told, as nothing may go on in the copy
        os.write(2, f"Traceback: {error!r}".encode())
        code = 99
    os._exit(code if isinstance(code, int) else 0)


def _read(end: int, child: int) -> bytes:
    told = b""
    while True:
        if not select.select([end], [], [], _PATIENCE)[0]:
            os.kill(child, signal.SIGKILL)
            break
        try:
            more = os.read(end, 1 << 16)
        except OSError:
            break
        if not more:
            break
        told += more
    return told
