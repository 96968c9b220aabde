"""A cache that CI restores serves a fresh clone: what was checked before is not read again."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.corpus import build

from conftest import git

pytestmark = pytest.mark.long

RECORDS = 150
OBSERVED = """\
import os, sys
from mrtrack.source import reader
from mrtrack.store import records

log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
sound = reader.read

def read(content, path, limits):
    os.write(log, os.fsencode(path) + b"\\n")
    return sound(content, path, limits)

reader.read = records.read = read
sys.argv[1:] = sys.argv[2:]
from mrtrack.cli.main import main
main()
"""


class Runner:
    """A machine that clones the repository into the same folder each time, and finds nothing else from before."""

    def __init__(self, folder: Path, origin: Path) -> None:
        self.folder, self.origin = folder, origin
        self.work = folder / "work"

    def check(self, cache: str, *arguments: str, **environment: str) -> tuple[list[str], str]:
        """Check in a fresh clone; the records that were read by any process, and what was told."""
        shutil.rmtree(self.work, ignore_errors=True)
        subprocess.run(["git", "clone", "--quiet", str(self.origin), str(self.work)], check=True)
        log = self.folder / "read.txt"
        log.unlink(missing_ok=True)
        done = subprocess.run(
            [sys.executable, "-c", OBSERVED, str(log), "check", *arguments],
            cwd=self.work,
            env={**os.environ, "MRTRACK_CACHE_DIR": str(self.folder / cache), **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return sorted(log.read_text("utf-8").splitlines()), done.stdout + done.stderr

    def restore(self, cache: str, restored: str) -> None:
        """Bring back what a run left, as a service does: other files on the disk, of another time."""
        shutil.copytree(self.folder / cache, self.folder / restored, copy_function=shutil.copyfile)


@pytest.fixture
def runner(folder: Path, tmp_path: Path) -> Runner:
    """A runner for a repository of many records, each with a warning."""
    build(folder / "records", RECORDS, warned=True)
    (folder / "mrtrack.toml").write_text("", encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "All records")
    return Runner(tmp_path, folder)


def test_a_fresh_clone_with_a_restored_cache_reads_no_record_and_tells_the_same(runner: Runner) -> None:
    read, told = runner.check("first", "--json")
    assert len(read) == RECORDS
    assert told.count('"rule": "completed-without-evidence"') >= RECORDS
    runner.restore("first", "second")
    assert runner.check("second", "--json") == ([], told)
    assert runner.check("second", "--json", MRTRACK_INDEX="off") == (read, told)


def test_of_a_change_only_the_changed_records_are_read(runner: Runner) -> None:
    runner.check("first")
    record = runner.origin / "records" / "0000" / "evaluation-000007.yaml"
    record.write_text(record.read_text("utf-8").replace("title: ", "title: Final "), encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "A title")
    runner.restore("first", "second")
    read, told = runner.check("second", "--json")
    assert read == ["records/0000/evaluation-000007.yaml"]
    assert runner.check("second", "--json", MRTRACK_INDEX="off")[1] == told
    assert runner.check("second", "--json", MRTRACK_TODAY="2026-12-24")[0] == []


def test_of_a_pull_request_too_and_it_is_told_the_same(runner: Runner) -> None:
    runner.check("first", "--base", "HEAD")
    record = runner.origin / "records" / "0000" / "evaluation-000007.yaml"
    record.write_text(record.read_text("utf-8").replace("title: ", "title: Final "), encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "A title")
    runner.restore("first", "second")
    read, told = runner.check("second", "--base", "HEAD~1", "--json")
    assert set(read) == {"records/0000/evaluation-000007.yaml"}
    assert runner.check("second", "--base", "HEAD~1", "--json", MRTRACK_INDEX="off")[1] == told
