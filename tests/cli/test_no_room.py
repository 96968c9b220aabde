"""Where the disk takes the beginning of a file and no more, what was there before stays, and no half file does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, Run
from waterworks import WATER

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a limit that POSIX shells set")

OLDER = "older\n"


def with_little_room(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command that can write no file of more than a kilobyte; it leaves no half byte code behind."""
    command = f"ulimit -f 1 && exec '{sys.executable}' -B -m mrtrack \"$@\""
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    return subprocess.run(
        ["bash", "-c", command, "mrtrack", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=unmeasured,
    )


def files(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def test_the_schema_that_was_there_stays(folder: Path) -> None:
    (folder / "schema.json").write_text(OLDER, encoding="utf-8")
    done = with_little_room("schema", "-o", "schema.json")
    assert done.returncode == 1
    assert "schema.json cannot be written: File too large\n  → look at the disk" in done.stderr
    assert files(folder) == {"schema.json": OLDER}


def test_a_merge_driver_that_breaks_leaves_our_side_and_tells_git_that_it_broke(folder: Path) -> None:
    texts = {"base": WATER, "ours": WATER.replace("Plan together", "Plan"), "theirs": WATER + "tags: [x]\n"}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = with_little_room("merge", *texts, "7", "records/water-2021.yaml")
    assert (done.returncode, done.stdout) == (129, "")
    assert "ours cannot be written: File too large" in done.stderr
    assert files(folder) == texts
    missing = with_little_room("merge", "base", "ours", "gone", "7", "records/water-2021.yaml")
    assert missing.returncode == 129
    assert files(folder) == texts


def test_a_repository_that_was_half_begun_is_begun_by_the_next_init(folder: Path, mrtrack: Run) -> None:
    whole = ROOT / "schema" / "evaluation.schema.json"
    done = with_little_room("init")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    begun = files(folder)
    assert mrtrack("init").code == 0
    made = files(folder)
    assert made["schema/evaluation.schema.json"] == whole.read_text(encoding="utf-8")
    assert {path: made[path] for path in begun} == begun
