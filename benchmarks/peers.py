"""The programs that mrtrack is measured beside, each in an environment of its own, apart from mrtrack's."""

import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.timing import Program

SCHEMA = Path(__file__).resolve().parent.parent / "schema" / "evaluation.schema.json"
PACKAGES = ("check-jsonschema", "yamllint")
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


def mrtrack_check(folder: Path) -> Program:
    """A cold check of all records of a repository: there is no index that it could answer from."""
    return Program("mrtrack check", (sys.executable, "-m", "mrtrack", "check"), folder)


def check_jsonschema(folder: Path, programs: Path) -> Program:
    """The same files against mrtrack's JSON Schema."""
    command = (str(programs / "check-jsonschema"), "--schemafile", str(SCHEMA), *_files(folder))
    return Program("check-jsonschema", command, folder)


def yamllint(folder: Path, programs: Path) -> Program:
    """The same files by yamllint's own rules, but for the length of lines, which it would report of each."""
    return Program("yamllint", (str(programs / "yamllint"), "-d", YAMLLINT_RULES, *_files(folder)), folder)


def _files(folder: Path) -> tuple[str, ...]:
    return tuple(str(file.relative_to(folder)) for file in sorted(folder.rglob("*.yaml")))
