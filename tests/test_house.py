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

UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")) + r")\b")
MACHINES = re.compile(r"(?<![\w./~])/(" + "|".join(("work", "farm", "root", "home", "Users")) + r")/\w")
REGISTRIES = re.compile(r"\b(" + "|".join(("py" + "pi", "pythonhosted", "npm" + "js", "crates")) + r")\.(org|com|io)\b")


def texts() -> Iterator[tuple[str, str]]:
    """Every text file that belongs to the repository, by its path."""
    for place in ("src", "tests", "docs", "records", ".ci", "*.*", ".git[ai]*"):
        for path in REPOSITORY.glob(place):
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".coverage"):
                    yield file.relative_to(REPOSITORY).as_posix(), file.read_text("utf-8", errors="replace")


@pytest.mark.parametrize(
    ("pattern", "what"), [(UNFINISHED, "is unfinished"), (MACHINES, "names a machine"), (REGISTRIES, "names a registry")]
)
def test_nothing_stands_here_that_is_unfinished_or_of_one_machine(pattern: re.Pattern[str], what: str) -> None:
    lines = [(path, line) for path, text in texts() for line in text.splitlines()]
    assert len(lines) > 10_000
    assert [f"{path} {what}: {line.strip()}" for path, line in lines if pattern.search(line)] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.relative_to(REPOSITORY / "src").as_posix())
def test_a_module_fits_a_few_screens(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


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
    several = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else [value]
    return [one for one in several if isinstance(one, Kind)]


def test_every_dependency_is_argued_for() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"], *sum(extras, [])]
    names = {re.split(r"[^\w.-]", line)[0] for line in wanted} - {"mrtrack"}
    page = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Dependencies")[1]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)[1:]
    told = {name for row in rows if all(cell.strip() for cell in row) for name in row[0].split(", ")}
    assert told - {"---"} == names


def test_the_layers_that_are_told_are_those_there_are() -> None:
    page = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## How it is built")[1].split("\n## ")[0]
    told = {name for row in re.findall(r"^\| ([a-z, ]+) \|", page, re.MULTILINE) for name in row.split(", ")}
    there = {path.stem for path in (REPOSITORY / "src" / "mrtrack").iterdir() if not path.name.startswith("_")}
    assert told - {"layers"} == there - {"py"}
