"""The tree whose tests are tried, copies of it to spoil, and the sample of mutants."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent.parent
MUTMUT = "mutmut==3.8.1"
PACKAGES = ("model", "timeline", "rules", "changes", "edit", "merge", "indicators")
# Sentences for people, and nothing else.
LEFT_OUT = {"src/mrtrack/model/meanings.py"}


@dataclass(frozen=True)
class Mutant:
    """One fault in one module: the module's whole text, and the lines that run it."""

    id: str
    package: str
    path: str
    first: int
    last: int
    at_import: bool
    text: str


def read_lines(file: Path) -> list[dict[str, Any]]:
    """The values of a file of JSON lines; none where there is no file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def source(package: str) -> str:
    """Where the modules of a package are: a folder, or one module."""
    folder = f"src/mrtrack/{package}"
    return folder if (REPOSITORY / folder).is_dir() else f"{folder}.py"


def copies_of_the_tree(folder: Path, number: int) -> list[Path]:
    """So many copies of the tree as it stands, each brought up to date."""
    copies = [folder / f"copy-{nth}" for nth in range(number)]
    shared = folder / "shared"
    if not shared.exists():
        folder.mkdir(parents=True, exist_ok=True)
        shared.symlink_to(REPOSITORY.parent / "shared")
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        asked, cwd=REPOSITORY, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    names = [name for name in listed.stdout.splitlines() if (REPOSITORY / name).is_file()]
    for copy in copies:
        for place in [place for part in ("src", "tests") for place in (copy / part).rglob("*.py")]:
            if place.relative_to(copy).as_posix() not in names:
                place.unlink()
        for name in names:
            if not _same(REPOSITORY / name, copy / name):
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(REPOSITORY / name, copy / name)
    return copies


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def marked(copy: Path, package: str) -> str:
    """A mark of everything in a copy that decides which tests of a package run which line."""
    places = [*(copy / "src").rglob("*.py"), *(copy / "tests").glob("*.py")]
    places += (copy / "tests" / package).rglob("*.py")
    whole = hashlib.sha256()
    for place in sorted(places):
        whole.update(place.read_bytes())
    return whole.hexdigest()[:12]


def drawn(folder: Path, seed: int, number: int, least: int) -> list[Mutant]:
    """The sample that the seed stands for; kept, since it takes half a minute to draw."""
    modules = {
        name: sorted(
            path
            for place in [REPOSITORY / source(name)]
            for module in ([place] if place.is_file() else place.rglob("*.py"))
            if (path := module.relative_to(REPOSITORY).as_posix()) not in LEFT_OUT
        )
        for name in PACKAGES
    }
    texts = b"".join((REPOSITORY / path).read_bytes() for paths in modules.values() for path in paths)
    making = Path(__file__).with_name("making.py")
    mark = hashlib.sha256(texts + making.read_bytes()).hexdigest()[:12]
    kept = folder / f"drawn-{seed}-{number}-{least}-{mark}.jsonl"
    if not kept.exists():
        packages = [f"{name}={','.join(paths)}" for name, paths in modules.items()]
        numbers = [str(seed), str(number), str(least)]
        command = [str(_python_of_mutmut(folder)), str(making), *numbers, *packages]
        kept.write_bytes(subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE).stdout)
    return [Mutant(**line) for line in read_lines(kept)]


def _python_of_mutmut(folder: Path) -> Path:
    """A Python that finds mutmut, installed in a place of its own the first time."""
    place = folder / "mutmut"
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", MUTMUT]
        subprocess.run(install, check=True)
    return python
