"""Other people's programs that judge our files: each is installed in a place of its own, apart from the tests."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT

LOCKED = Path(__file__).resolve().parent / "node"
BIN = "Scripts" if os.name == "nt" else "bin"


def python_program(place: Path, package: str, program: str) -> Path:
    """A program of a Python package, installed into an environment of its own as pyproject.toml bounds it."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    (requirement,) = (one for group in groups.values() for one in group if one.startswith(f"{package}>"))
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    python = place / BIN / "python"
    asked = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
    subprocess.run(asked, check=True, cwd=place)
    return place / BIN / program


def node_package(place: Path, package: str) -> Path:
    """A folder in which Node finds a package, as the folder `node` locks it; skips without npm, but in CI fails."""
    if shutil.which("npm") is None:
        reason = "npm is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    place.mkdir(exist_ok=True)
    for file in sorted((LOCKED / package).iterdir()):
        shutil.copy(file, place)
    asked = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(asked, check=True, cwd=place, capture_output=True)
    return place


def judged(*command: str | Path, **environment: str) -> str:
    """What a program says against us: empty where it leaves with 0, else all it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr + f"[left with {done.returncode}]" if done.returncode else ""


def mrtrack_on_path(place: Path) -> str:
    """A PATH on which `mrtrack` is the program under test."""
    place.mkdir(exist_ok=True)
    program = place / "mrtrack"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mrtrack "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return f"{place}{os.pathsep}{os.environ['PATH']}"
