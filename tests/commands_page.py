"""The page docs/commands.md: every command with its options, written from the help of the commands."""

from collections.abc import Iterator
from typing import Any

import typer

from mrtrack.cli.main import COMMANDS, app
from mrtrack.cli.options import reading

TEXT_COLUMNS = 78  # what help fills of 80

_BEGINNING = """\
# The commands

`mrtrack --help` lists the commands, and `mrtrack COMMAND --help` prints what stands here about one of them.
What each of them is for shows in [a year's work](year.md).

**REF** names one thing: an evaluation (`unossc-2020`), or a recommendation or an action of one
(`unossc-2020:3.1`). On a terminal the beginning of an evaluation's id is enough, where no other begins so.

**Dates** are as precise as you know them: `2021`, `2021-Q3`, `2021-07` or `2021-07-31`. A period is over
after its last day: what is due in `2021-07` is overdue from 1 August.

**Words** for statuses and decisions may be typed in any case, and their beginning is enough; your own words
for them stand in [mrtrack.toml](settings.md#your-own-words).

**Who records** an entry is said by `--by`, else the environment variable `MRTRACK_BY`, else `[write] by` in
mrtrack.toml, else git's `user.name`.

"""

_SHARED = """\
## What reading commands share

{commands} share these options. One option given twice means or, two different ones mean and.

"""

_END = """\
## What comes back

Results go to the standard output, all else (remarks, refusals, progress) to the standard error. `--json`
writes [a document for programs](json.md). Colour is used on a terminal only; `NO_COLOR=1` turns it off,
`FORCE_COLOR=1` on. Nothing is asked unless both ends are a terminal.

| exit code | means |
| --- | --- |
| 0 | done |
| 1 | bad news: `check` found errors, a REF names nothing, a write was refused, `--strict` met a bad record |
| 2 | the command line was not understood |
| 129 | `merge`, as git's driver, could read or write no file: git stops, and both sides stay |

A record that cannot be read is named on the standard error and at the end of what is printed; the others are
answered all the same.

## Environment

| variable | means |
| --- | --- |
| `MRTRACK_BY` | who records, where `--by` does not say |
| `MRTRACK_TODAY` | the day to take for today: `2026-11-22` |
| `MRTRACK_CACHE_DIR` | the folder, not the user's cache folder, for locks, indexes and what `undo` takes back |
| `MRTRACK_DATA_DIR` | the folder, not the user's data folder, for who was asked and for units' addresses |
| `MRTRACK_INDEX` | `off`: read every record each time, without the index |
| `VISUAL`, `EDITOR` | the editor that `mrtrack edit` opens |
| `NO_COLOR`, `FORCE_COLOR` | colour off, on |
| `COLUMNS` | how wide to print, where the terminal does not say |
"""


def commands_page() -> str:
    """The text of docs/commands.md."""
    shared = shared_options()
    readers = [name for name in COMMANDS if shared <= set(options(command(name)))]
    chapters = "".join(_chapter(name, shared if name in readers else set()) for name in COMMANDS)
    listed = " and ".join(", ".join(f"`{name}`" for name in readers).rsplit(", ", 1))
    options_block = "\n".join(_shared_help(command(readers[0]), shared))
    return (
        _BEGINNING + chapters + _SHARED.format(commands=listed) + f"```text\n{options_block}\n```\n\n" + _END
    )


def command(name: str) -> Any:
    """A command of mrtrack, as the command line library holds it."""
    return typer.main.get_command(app).get_command(None, name)  # type: ignore[attr-defined]


def options(of: Any) -> list[str]:
    """The names of a command's options, in order, each under its first spelling."""
    return [one.opts[0] for one in of.params if one.opts[0].startswith("-")]


def shared_options() -> set[str]:
    """The options that every reading command has, `--help` apart."""

    def run() -> None:
        """Nothing of its own."""

    bare = typer.Typer(rich_markup_mode=None, add_completion=False)
    bare.command()(reading(run))
    return set(options(typer.main.get_command(bare)))


def _chapter(name: str, shared: set[str]) -> str:
    own = command(name)
    own.params = [one for one in own.params if one.opts[0] not in shared]
    text = "\n".join(_help_lines(own, name))
    more = "It takes [the shared options](#what-reading-commands-share) as well.\n\n" if shared else ""
    return f"## mrtrack {name}\n\n```text\n{text}\n```\n\n{more}"


def _shared_help(of: Any, shared: set[str]) -> Iterator[str]:
    of.params = [one for one in of.params if one.opts[0] in shared]
    lines = _help_lines(of, "")
    start = lines.index("Options:")
    yield from (line for line in lines[start + 1 :] if not line.lstrip().startswith("-h, --help"))


def _help_lines(of: Any, name: str) -> list[str]:
    context = of.make_context(f"mrtrack {name}", [], resilient_parsing=True, terminal_width=TEXT_COLUMNS)
    return [line.rstrip() for line in of.get_help(context).splitlines()]
