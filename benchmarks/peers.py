"""The programs that mrtrack is measured beside, each in an environment of its own, apart from mrtrack's."""

import random
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.bench import commit
from benchmarks.corpus import vocabulary
from benchmarks.timing import Program

SCHEMA = Path(__file__).resolve().parent.parent / "schema" / "evaluation.schema.json"
PACKAGES = ("check-jsonschema", "yamllint", "doorstop")
ONE_LINE = Path(__file__).resolve().parent / "one_line.py"
YAMLLINT_RULES = "{extends: default, rules: {line-length: disable}}"


def installed(folder: Path) -> Path:
    """The folder of the peers' programs; they are installed below `folder` where they are not there yet."""
    programs = folder / "peers" / "bin"
    if not all((programs / name).exists() for name in PACKAGES):
        venv.create(folder / "peers", with_pip=True)
        subprocess.run([programs / "pip", "install", "--quiet", *PACKAGES], check=True)  # noqa: S603 - fixed names
    return programs


def versions(programs: Path) -> list[str]:
    """The name and version of each peer."""
    listed = subprocess.run(  # noqa: S603 - fixed names
        [programs / "pip", "list", "--format", "freeze"], check=True, capture_output=True, text=True
    )
    return [line.replace("==", " ") for line in listed.stdout.splitlines() if line.startswith(PACKAGES)]


def mrtrack(folder: Path, *arguments: str, name: str = "") -> Program:
    """A command of mrtrack, in a repository of records."""
    command = (sys.executable, "-m", "mrtrack", *arguments)
    return Program(name or f"mrtrack {' '.join(arguments)}", command, folder)


def mrtrack_check(folder: Path, name: str = "mrtrack check") -> Program:
    """A cold check of all records of a repository: nothing that was kept answers."""
    program = mrtrack(folder, "check", name=name)
    return Program(name, ("/usr/bin/env", "MRTRACK_INDEX=off", *program.command), folder)


def one_line(folder: Path) -> Program:
    """The least that a program with commands costs: Python, Typer, and a line that is printed."""
    return Program("one line", (sys.executable, str(ONE_LINE), "hello"), folder)


def git_status(folder: Path, name: str = "git status") -> Program:
    """What git needs to tell that none of the files has changed."""
    return Program(name, (shutil.which("git") or "git", "status", "--porcelain"), folder)


def check_jsonschema(folder: Path, programs: Path) -> Program:
    """The same files against mrtrack's JSON Schema."""
    command = (str(programs / "check-jsonschema"), "--schemafile", str(SCHEMA), *_files(folder))
    return Program("check-jsonschema", command, folder)


def yamllint(folder: Path, programs: Path) -> Program:
    """The same files by yamllint's own rules, but for the length of lines, which it would report of each."""
    return Program("yamllint", (str(programs / "yamllint"), "-d", YAMLLINT_RULES, *_files(folder)), folder)


def doorstop(folder: Path, programs: Path) -> Program:
    """Doorstop's own check of its items, which it is kept from rewriting."""
    return Program("doorstop", (str(programs / "doorstop"), "--no-reformat", "--quiet"), folder)


def doorstop_items(folder: Path, size: int) -> Path:
    """So many items of Doorstop, in git, each with a paragraph; built where they are not there yet."""
    if (folder / ".git").exists():
        return folder
    items = folder / "items"
    items.mkdir(parents=True, exist_ok=True)
    settings = "settings:\n  digits: 6\n  prefix: REQ\n  sep: ''\n"
    (items / ".doorstop.yml").write_text(settings, encoding="utf-8", newline="\n")
    rnd = random.Random(1)  # noqa: S311 - made-up items, no secret
    for number in range(1, size + 1):
        text = f"  {' '.join(vocabulary().some(rnd, 60))}"
        item = (
            f"active: true\nderived: false\nheader: ''\nlevel: {number}\nlinks: []\nnormative: true\nref: ''\n"
            f"reviewed: null\ntext: |\n{text}\n"
        )
        (items / f"REQ{number:06}.yml").write_text(item, encoding="utf-8", newline="\n")
    commit(folder)
    return folder


def _files(folder: Path) -> tuple[str, ...]:
    return tuple(str(file.relative_to(folder)) for file in sorted(folder.rglob("*.yaml")))
