"""The pages that show commands with their answers: each page is run from top to bottom, and written anew.

A page is Markdown. In a block marked `console`, a line `# 12 January 2026` sets the day, a line `$ mrtrack …`
or `$ git …` is typed, and what follows is the answer; in `console refused` every command leaves with 1. A
block marked with a file's name, such as `toml mrtrack.toml`, is written to that file.
"""

import contextlib
import difflib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from mrtrack.cli.main import main

REPOSITORY = Path(__file__).resolve().parent.parent
FIRST_DAY = "2026-11-22"
RUN_PAGES = (
    *("README.md", "docs/year.md", "docs/import.md", "docs/review.md", "docs/json.md"),
    *("docs/auditing.md", "docs/reminding.md"),
)
EMPTY = {"docs/year.md", "docs/import.md", "docs/review.md"}

_DAY = re.compile(r"# (\d{1,2} [A-Z][a-z]+ \d{4})")
_MISLEADING = re.compile(rf"^(?:\$ |```|{_DAY.pattern}$)", re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_REMOVED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "FORCE_COLOR", "MRTRACK_BY", "PYTHONPATH")

Program = Callable[[Sequence[str]], tuple[int, str]]


def written_anew(page: str, mrtrack: Program | None = None) -> str:
    """The text of a page with the answers that its commands give now.

    Every page but those in EMPTY is run in a committed copy of this repository's records.

    Raises:
        AssertionError: where a command is refused that the page does not mark so, or the other way round.
    """
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    with _place(with_records=page not in EMPTY):
        return run_page(text, mrtrack or _in_this_process)


def run_page(text: str, mrtrack: Program) -> str:
    """Run the blocks of a page in the current folder, and answer with the page as it then reads."""

    def block(found: re.Match[str]) -> str:
        language, info, content = found.groups()
        if language == "console":
            content = "".join(_typed(content, mrtrack, refused=info == "refused"))
        elif info:
            Path(info).write_text(content, encoding="utf-8", newline="\n")
        opening = f"```{language} {info}".rstrip()
        return f"{opening}\n{content}```"

    return _BLOCK.sub(block, text)


def installed(program: Path) -> Program:
    """A mrtrack that is installed elsewhere, run as a process."""
    return lambda arguments: _process([str(program), *arguments])


def _typed(content: str, mrtrack: Program, *, refused: bool) -> Iterator[str]:
    answered = False
    for line in content.splitlines():
        if day := _DAY.fullmatch(line):
            _set_day(datetime.strptime(day[1], "%d %B %Y").date().isoformat())  # noqa: DTZ007 - a day has no zone
            yield f"{line}\n"
        elif line.startswith("$ "):
            program, *arguments = shlex.split(line.removeprefix("$ "))
            code, answer = mrtrack(arguments) if program == "mrtrack" else _process([program, *arguments])
            assert code == int(refused), f"{line}\nleft with {code}:\n{answer}"
            assert not _MISLEADING.search(answer), (
                f"{line}\nanswers with what the page reads otherwise:\n{answer}"
            )
            yield ("\n" if answered else "") + f"{line}\n{answer}"
            answered = bool(answer)


def _in_this_process(arguments: Sequence[str]) -> tuple[int, str]:
    shown = io.StringIO()
    before = sys.argv, Path.cwd()
    sys.argv = ["mrtrack", *arguments]
    code: int | str | None = 0
    try:
        with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
            main()
    except SystemExit as left:
        code = left.code
    finally:
        sys.argv = before[0]
        os.chdir(before[1])
    return int(code or 0), shown.getvalue()


def _process(command: Sequence[str]) -> tuple[int, str]:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@contextlib.contextmanager
def _place(*, with_records: bool) -> Iterator[None]:
    """A folder of its own, entered; nothing of the person's machine reaches it."""
    surroundings, here = dict(os.environ), Path.cwd()
    with tempfile.TemporaryDirectory(prefix="mrtrack-page-") as temporary:
        home = Path(temporary)
        (home / "gitconfig").write_text(
            "[user]\n\tname = A. Officer\n\temail = officer@example.org\n", encoding="utf-8"
        )
        (home / "here").mkdir()
        try:
            for name in _REMOVED:
                os.environ.pop(name, None)
            os.environ |= {
                "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
                "GIT_CONFIG_NOSYSTEM": "1",
                "MRTRACK_CACHE_DIR": str(home / "cache"),
                "MRTRACK_DATA_DIR": str(home / "data"),
                "NO_COLOR": "1",
                "COLUMNS": "80",
                "LINES": "40",
            }
            _set_day(FIRST_DAY)
            os.chdir(home / "here")
            if with_records:
                _copy_records()
            yield
        finally:
            os.chdir(here)
            os.environ.clear()
            os.environ.update(surroundings)


def _copy_records() -> None:
    shutil.copytree(REPOSITORY / "records", "records")
    shutil.copy(REPOSITORY / "mrtrack.toml", "mrtrack.toml")
    for arguments in ("init --quiet", "add --all", "commit --quiet --message Records"):
        assert _process(["git", *arguments.split()]) == (0, "")


def _set_day(day: str) -> None:
    os.environ |= {
        "MRTRACK_TODAY": day,
        "GIT_AUTHOR_DATE": f"{day}T09:00:00Z",
        "GIT_COMMITTER_DATE": f"{day}T09:00:00Z",
    }


def compare_with(program: Path) -> int:
    """Run every page with an installed mrtrack and print where it differs; 1 if any does."""
    code = 0
    for page in RUN_PAGES:
        stands = (REPOSITORY / page).read_text(encoding="utf-8")
        now = written_anew(page, installed(program))
        difference = difflib.unified_diff(stands.splitlines(), now.splitlines(), page, "now", lineterm="")
        sys.stdout.writelines(f"{line}\n" for line in difference)
        code |= stands != now
    return code


if __name__ == "__main__":
    sys.exit(compare_with(Path(sys.argv[1]).resolve()))
