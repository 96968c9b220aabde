"""The package: its metadata, and what lies in the wheel and the source archive that are built of it."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from hashlib import sha256
from pathlib import Path, PurePosixPath

import pytest

import mrtrack

REPOSITORY = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]


def test_everything_that_is_always_installed_is_bounded_above() -> None:
    assert [
        line for line in PROJECT["dependencies"] if not re.fullmatch(r"[\w.-]+>=[\d.]+,<[\d.]+", line)
    ] == []


def test_the_versions_of_python_that_are_promised_are_those_listed() -> None:
    listed = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    first, after_last = (int(minor) for minor in re.findall(r"3\.(\d+)", PROJECT["requires-python"]))
    assert listed == [f"3.{minor}" for minor in range(first, after_last)]
    assert f"Python {listed[0]} to {listed[-1]}" in (REPOSITORY / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and the wheel that is built of it."""
    folder = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(REPOSITORY)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.long
def test_the_wheel_holds_the_program_and_nothing_else(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = [name for name in wheel.namelist() if ".dist-info/" not in name]
        about = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(wheel.read(about).decode("utf-8"))
        licences = [name for name in wheel.namelist() if name.endswith("/licenses/LICENSE")]
    sources = [file for file in (REPOSITORY / "src").rglob("*") if file.is_file()]
    expected = [file.relative_to(REPOSITORY / "src").as_posix() for file in sources if file.suffix != ".pyc"]
    shipped = [file for file in (REPOSITORY / "templates").rglob("*") if file.is_file()]
    templates = [f"mrtrack/{file.relative_to(REPOSITORY).as_posix()}" for file in shipped]
    assert templates
    assert sorted(names) == sorted(expected + templates)
    assert "mrtrack/py.typed" in names
    assert licences
    assert (metadata["Name"], metadata["Version"]) == ("mrtrack", mrtrack.__version__)
    assert metadata["License-Expression"] == "Apache-2.0"


@pytest.mark.long
def test_the_source_archive_holds_what_belongs_and_nothing_beside_it(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = [PurePosixPath(name).relative_to(PurePosixPath(name).parts[0]) for name in archive.getnames()]
    wanted = {*PYPROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"], "pyproject.toml"}
    assert {name.parts[0] for name in names} == {*wanted, "PKG-INFO", ".gitignore"}
    assert [name for name in names if name.suffix in {".pyc", ".whl"} or "__pycache__" in name.parts] == []


@pytest.mark.long
def test_the_source_archive_holds_nothing_that_git_does_not_know(built: Path) -> None:
    if not (REPOSITORY / ".git").exists():
        pytest.skip("this is no clone")
    told = ["git", "-C", str(REPOSITORY), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    known = subprocess.run(told, check=True, capture_output=True, text=True, encoding="utf-8").stdout.split(
        "\0"
    )
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = [one.name.partition("/")[2] for one in archive.getmembers() if one.isfile()]
    assert {*names} - {*known} == {"PKG-INFO"}


@pytest.mark.long
def test_built_again_elsewhere_later_and_by_another_person_every_byte_is_the_same(
    built: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "another" / "place"
    hidden = shutil.ignore_patterns(
        "__pycache__", ".git", ".venv", ".*_cache", ".hypothesis", ".coverage*", ".fuzz"
    )
    shutil.copytree(REPOSITORY, elsewhere, ignore=hidden)
    for nth, place in enumerate(sorted(elsewhere.rglob("*"))):
        place.chmod(place.stat().st_mode & 0o700)  # what git knows stays: whether it can be run
        os.utime(place, (1_000_000_000 + nth, 1_000_000_000 + nth))
    command = [sys.executable, "-m", "build", "--outdir", str(tmp_path / "built"), str(elsewhere)]
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        umask=0o077,
        env={**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    )
    sums = [
        {file.name: sha256(file.read_bytes()).hexdigest() for file in place.iterdir()}
        for place in (built, tmp_path / "built")
    ]
    assert len(sums[0]) == 2
    assert sums[0] == sums[1]
