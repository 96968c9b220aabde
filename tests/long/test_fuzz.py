"""The fuzzer as a person runs it: some seconds for each target, an account, and what was kept tried again."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Answer

pytestmark = pytest.mark.long

TARGETS = ("reader", "importer", "merge", "filters", "dates")
SECONDS = 20


def fuzz(*arguments: str) -> Answer:
    """Run the fuzzer from the root of the repository."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def test_some_seconds_of_fuzzing_break_no_law(tmp_path: Path) -> None:
    answer = fuzz(
        "--minutes", str(SECONDS / 60), "--seed", "1", "--engine", "hypothesis", "--keep", str(tmp_path)
    )
    told = answer.out + answer.err
    assert (answer.code, answer.err) == (0, ""), told
    assert re.findall(r"^(\w+) +[0-9,]+ +[0-9,]+ +0  ", answer.out, re.MULTILINE) == [*TARGETS], told
    assert answer.out.endswith("\nNo law was broken.\n")
    assert [*tmp_path.iterdir()] == []


def test_a_kept_file_is_tried_again(tmp_path: Path) -> None:
    kept = tmp_path / "dates-0.bin"
    kept.write_bytes(b"2021-07")
    answer = fuzz("--replay", str(kept))
    assert (answer.code, answer.out) == (0, "dates-0.bin breaks no law of dates.\n")
    named = fuzz("--replay", str(kept.rename(tmp_path / "0.bin")))
    assert (named.code, named.out) == (2, "")
    assert "--target" in named.err


def test_with_atheris_new_code_is_followed_up(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is not installed, and need not be")
    told = ("--minutes", "0.1", "--target", "dates", "--engine", "atheris", "--keep", str(tmp_path))
    answer = fuzz(*told, "--seed", "1")
    assert answer.code == 0, answer.out + answer.err
    assert any(not file.name.startswith("given-") for file in (tmp_path / "corpus" / "dates").iterdir())
