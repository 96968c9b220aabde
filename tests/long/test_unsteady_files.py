"""Files that change, vanish and turn into something else while commands read them, and files nobody may read."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from both_ways import answered

pytestmark = pytest.mark.long

ROUNDS = 6
SOUND = "schema: 1\nid: sound\ntitle: Sound\n"
RACER = """
import os, random, sys
from pathlib import Path

records, chance = Path(sys.argv[1]), random.Random(8)
path, beside, folder = records / "torn.yaml", records / ".torn", records / "folder"

def clear():
    path.unlink(missing_ok=True) if path.is_symlink() or not path.is_dir() else path.rmdir()

def written(content):
    path.write_bytes(content)

def replaced(content):
    beside.write_bytes(content)
    os.replace(beside, path)

def moved():
    (folder / "inner").mkdir(parents=True, exist_ok=True)
    (folder / "inner" / "far.yaml").write_text("schema: 1\\nid: far\\n")
    os.replace(folder, records / "gone")
    (records / "gone" / "inner" / "far.yaml").unlink()
    (records / "gone" / "inner").rmdir()
    (records / "gone").rmdir()

DEEDS = [
    clear,
    moved,
    lambda: (clear(), written(b"schema: 1\\nid: torn\\n" + b"# " * chance.randrange(30_000))),
    lambda: (clear(), written(b"schema: 1\\nid: torn\\ntitle: [")),
    lambda: (clear(), written(b"")),
    lambda: (clear(), written(b"\\xff" * chance.randrange(1, 9_000_000))),
    lambda: (clear(), replaced(b"schema: 1\\nid: torn\\n")),
    lambda: (clear(), os.mkfifo(path)),
    lambda: (clear(), path.symlink_to("/dev/zero")),
    lambda: (clear(), path.symlink_to("sound.yaml")),
    lambda: (clear(), path.mkdir()),
]
print("begun", flush=True)
while True:
    try:
        chance.choice(DEEDS)()
    except OSError:
        pass
"""
WITHOUT_RIGHTS = ("--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all")


@pytest.fixture
def records(folder: Path) -> Path:
    """The records folder of a repository with one sound record."""
    place = folder / "records"
    place.mkdir()
    (place / "sound.yaml").write_text(SOUND, encoding="utf-8")
    return place


@pytest.fixture
def racing(records: Path) -> Iterator[Path]:
    """The same, while another process makes, changes and deletes a file there as fast as it can."""
    racer = subprocess.Popen([sys.executable, "-c", RACER, str(records)], stdout=subprocess.PIPE)
    assert racer.stdout
    assert racer.stdout.readline() == b"begun\n"
    try:
        yield records
        assert racer.poll() is None
    finally:
        racer.kill()
        racer.communicate()


def test_whatever_happens_to_a_file_meanwhile_the_others_are_answered(racing: Path) -> None:
    root = racing.parent
    met: set[str] = set()
    for _ in range(ROUNDS):
        for index in ("on", "off"):
            found = json.loads(answered(root, ["check", "--json"], index).out)
            assert not any("sound" in item["path"] for item in found["items"])
            listed = json.loads(answered(root, ["list", "evaluations", "--json"], index).out)
            named = [item["evaluation"] for item in listed["items"]]
            assert named.count("sound") == 1
            assert set(named) <= {"sound", "torn", "far"}
            told = json.loads(answered(root, ["status", "--json"], index).out)
            assert told["items"][0]["evaluations"]["total"] in (1, 2, 3)
            met |= {one["problem"] for one in told["unread"]}
            shown = json.loads(answered(root, ["show", "sound", "--json"], index).out)
            assert shown["items"][0]["title"] == "Sound"
    assert met


def test_a_file_and_a_folder_that_nobody_may_read_are_named(records: Path) -> None:
    root = os.geteuid() == 0
    if root and shutil.which("setpriv") is None:
        pytest.skip("root may read everything, and there is no setpriv to take that away")
    (records / "secret.yaml").write_text("schema: 1\nid: secret\n", encoding="utf-8")
    (records / "secret.yaml").chmod(0)
    (records / "locked").mkdir()
    (records / "locked" / "inner.yaml").write_text("schema: 1\nid: inner\n", encoding="utf-8")
    (records / "locked").chmod(0)
    denied = "the file cannot be read: Permission denied"
    try:
        for index in ("on", "on", "off"):
            for command, code in (("status", 0), ("check", 1)):
                done = subprocess.run(
                    [
                        *(("setpriv", *WITHOUT_RIGHTS) if root else ()),
                        *(sys.executable, "-m", "mrtrack", command, "--json"),
                    ],
                    env={**os.environ, "MRTRACK_INDEX": index},
                    capture_output=True,
                    check=False,
                )
                assert done.returncode == code, done.stderr
                told = json.loads(done.stdout)
                assert {one["path"]: one["problem"] for one in told["unread"]} == {
                    "records/locked": denied,
                    "records/secret.yaml": denied,
                }
    finally:
        (records / "locked").chmod(0o755)
