"""The rules of the house that ruff does not know: sizes, what must be told, and what must not stand here."""

import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import mrtrack
from mrtrack.problems import Kind

REPOSITORY = Path(__file__).resolve().parent.parent
MODULES = sorted((REPOSITORY / "src").rglob("*.py"))
LONGEST_MODULE = 400
HIDDEN = {".ci", ".github", ".gitignore", ".gitattributes", ".pre-commit-hooks.yaml"}

# Each is written so that it does not find itself.
UNWANTED = {
    "is unfinished": re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X)\b"),
    "names a machine": re.compile(r"(?<![\w./~])/(work|farm|root|home|Users)/\w"),
    "names a registry": re.compile(r"\b(pypi|pythonhosted|npmjs|crates)\.(org|com|io)\b"),
}


def texts() -> Iterator[tuple[str, str]]:
    """Every text file that belongs to the repository, by its path."""
    for place in REPOSITORY.iterdir():
        if place.name == "dist" or (place.name.startswith(".") and place.name not in HIDDEN):
            continue
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.relative_to(REPOSITORY).as_posix(), file.read_text("utf-8", errors="replace")


@pytest.mark.parametrize("what", UNWANTED)
def test_nothing_stands_here_that_is_unfinished_or_of_one_machine(what: str) -> None:
    lines = [(path, line) for path, text in texts() for line in text.splitlines()]
    assert len(lines) > 10_000
    assert [f"{path} {what}: {line.strip()}" for path, line in lines if UNWANTED[what].search(line)] == []


def test_every_module_fits_a_few_screens() -> None:
    lines = {module.name: len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert lines
    assert {name: length for name, length in lines.items() if length > LONGEST_MODULE} == {}


def test_every_kind_of_problem_has_its_chapter_in_the_rules() -> None:
    kinds: dict[str, Kind] = {}
    for module in walk_packages(mrtrack.__path__, "mrtrack."):
        if not module.name.endswith("__main__"):
            for value in vars(import_module(module.name)).values():
                kinds |= {kind.code: kind for kind in _kinds(value)}
    page = (REPOSITORY / "docs" / "rules.md").read_text(encoding="utf-8")
    assert len(kinds) > 40
    assert [kind for kind in kinds.values() if f"### {kind.code} {kind.name}\n" not in page] == []


def _kinds(value: object) -> list[Kind]:
    if isinstance(value, dict):
        value = tuple(value.values())
    several = value if isinstance(value, (list, tuple)) else [value]
    return [one for one in several if isinstance(one, Kind)]


def chapter(title: str) -> str:
    """A chapter of CONTRIBUTING.md."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_every_dependency_is_argued_for() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for several in (project["project"]["optional-dependencies"], project["dependency-groups"]):
        wanted += [line for lines in several.values() for line in lines]
    names = {re.split(r"[^\w.-]", line)[0] for line in wanted} - {"mrtrack"}
    page = chapter("Dependencies")
    rows = re.findall(r"^\|" + r" ([^|]+) \|" * 5 + "$", page, re.MULTILINE)
    told = {name for row in rows if all(cell.strip() for cell in row) for name in row[0].split(", ")}
    assert told - {"---", "what"} == names


def test_the_layers_that_are_told_are_those_there_are() -> None:
    rows = re.findall(r"^\| ([a-z, ]+) \|", chapter("How it is built"), re.MULTILINE)
    told = {name for row in rows for name in row.split(", ")}
    there = {
        path.stem for path in (REPOSITORY / "src" / "mrtrack").iterdir() if not path.name.startswith("_")
    }
    assert told - {"layers"} == there - {"py"}
