"""The locked sets of CI: what pyproject.toml asks for is in them, within its bounds, each file with its hash."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
PYTHONS = tuple(re.findall(r"Python :: (3\.\d+)", "\n".join(PYPROJECT["project"]["classifiers"])))
WHEELS, SOURCES = ".ci/locked.txt", ".ci/locked-sources.txt"
RENEW = "write the locked sets anew: bash .ci/lock"
PIN = re.compile(r"(?P<name>[a-z0-9.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+))?")

Pins = dict[str, list[tuple[str, Marker | None]]]


def pins(file: str) -> Pins:
    """The locked versions of each package, and where each holds."""
    found: Pins = {}
    for block in blocks(file):
        line = block[0].removesuffix(" \\")
        match = PIN.fullmatch(line)
        assert match, f"{file} does not lock: {line}"
        marker = Marker(match["marker"]) if match["marker"] else None
        found.setdefault(match["name"], []).append((match["version"], marker))
    return found


def blocks(file: str) -> list[list[str]]:
    """The lines of each package."""
    text = (REPOSITORY / file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    starts = [at for at, line in enumerate(lines) if not line.startswith(" ")]
    return [lines[at:after] for at, after in zip(starts, [*starts[1:], len(lines)], strict=True)]


def asked(*groups: str) -> list[Requirement]:
    """What pyproject.toml asks for, of everything that is not in a group and of these groups."""
    project = PYPROJECT["project"]
    lines = [*PYPROJECT["build-system"]["requires"], *project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        lines += extra
    for group in groups:
        lines += PYPROJECT["dependency-groups"][group]
    return [one for one in map(Requirement, lines) if one.name != project["name"]]


def unmet(requirements: list[Requirement], locked: Pins, python: str) -> list[str]:
    """The requirements for which a Python would not get a version within the bounds."""
    here = {"python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    found = []
    for one in requirements:
        name = re.sub(r"[-_.]+", "-", one.name).lower()
        if one.marker and not one.marker.evaluate(here):
            continue
        versions = [
            version for version, marker in locked.get(name, []) if not marker or marker.evaluate(here)
        ]
        if len(versions) != 1 or not one.specifier.contains(versions[0]):
            found.append(f"{one} is locked as {versions or 'nothing'}")
    return found


@pytest.mark.parametrize("python", PYTHONS)
def test_whatever_is_asked_for_is_locked_within_its_bounds(python: str) -> None:
    assert unmet(asked("apart", "audit"), pins(WHEELS), python) == [], RENEW
    built = [Requirement(line) for line in PYPROJECT["dependency-groups"]["apart-built"]]
    assert unmet(built, pins(SOURCES), python) == [], RENEW


def test_every_locked_file_is_known_by_its_hash() -> None:
    for file in (WHEELS, SOURCES):
        for first, *hashes in blocks(file):
            assert hashes, f"{file}: {first} has no hash"
            odd = [
                line for line in hashes if not re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line)
            ]
            assert odd == []


def test_what_node_runs_is_locked_with_its_hash_and_names_no_registry() -> None:
    folders = [folder for folder in (REPOSITORY / "tests" / "long" / "node").iterdir() if folder.is_dir()]
    assert folders
    for folder in folders:
        wanted = json.loads((folder / "package.json").read_text("utf-8"))["dependencies"]
        locked = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
        assert locked.pop("")["dependencies"] == wanted, RENEW
        assert {f"node_modules/{name}" for name in wanted} <= {*locked}, RENEW
        assert [name for name, told in locked.items() if not told["integrity"].startswith("sha512-")] == []
        assert [name for name, told in locked.items() if "resolved" in told] == []


def test_a_bound_that_the_lock_does_not_keep_is_told() -> None:
    locked: Pins = {"a-b": [("1.5", Marker("python_version < '3.12'")), ("2.0", None)]}
    wanted = [Requirement("A_b>=1,<2"), Requirement("c>=1"), Requirement("d; python_version > '4'")]
    assert unmet(wanted, {"a-b": locked["a-b"][:1], "c": [("1", None)]}, "3.11") == []
    assert unmet(wanted, {"a-b": locked["a-b"][1:]}, "3.13") == [
        "A_b<2,>=1 is locked as ['2.0']",
        "c>=1 is locked as nothing",
    ]
