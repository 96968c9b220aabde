"""Many people write at once, and others read beside them: nothing is lost without a word, and nothing is torn."""

import json
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from conftest import git
from mrtrack.model.settings import Settings
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import read

pytestmark = pytest.mark.long

WRITERS = 50
READERS = 4
PATIENCE = 240


def begin(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "mrtrack", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_of_50_updates_at_once_every_entry_is_there_or_was_refused(real: Path) -> None:
    record = real / "records" / "unossc-2020.yaml"
    over = threading.Event()
    seen: Counter[bool] = Counter()

    def look() -> None:
        while not over.is_set():
            reading = read(record.read_bytes(), "records/unossc-2020.yaml")
            seen[reading.evaluation is not None] += 1
            over.wait(0.01)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        writers = {
            f"News {number}.": begin(
                "update", "unossc-2020:1.1", "--by", f"Unit {number}", "--comment", f"News {number}."
            )
            for number in range(WRITERS)
        }
        readers = [begin("status", "--json") for _ in range(READERS)]
        answers = {
            comment: (*writer.communicate(timeout=PATIENCE), writer.returncode)
            for comment, writer in writers.items()
        }
        shown = [(*reader.communicate(timeout=PATIENCE), reader.returncode) for reader in readers]
    finally:
        over.set()
        watcher.join()

    reading = read(record.read_bytes(), "records/unossc-2020.yaml")
    assert not [problem for problem in check(reading, Settings()) if is_error(problem)]
    history = reading.data["recommendations"][0]["actions"][0]["history"]
    found = Counter(entry.get("comment", "").strip() for entry in history)
    for comment, (_, err, code) in answers.items():
        assert found[comment] == (code == 0), (comment, err)
        assert code == 0 or (code == 1 and err.startswith("mrtrack: ") and "try again" in err), err
    assert sum(code == 0 for _, _, code in answers.values()) > WRITERS / 2
    assert seen[True] > WRITERS
    assert seen[False] == 0
    for out, err, code in shown:
        assert (code, json.loads(out)["complete"]) == (0, True), err
    git("checkout", "--quiet", "records/unece-2021.yaml")
    assert git("status", "--porcelain") == " M records/unossc-2020.yaml\n"


def test_of_many_who_begin_the_same_evaluation_one_does(real: Path) -> None:
    beginners = [
        begin("new", "roads", "--title", f"Roads {number}", "--by", "Director") for number in range(12)
    ]
    answers = [(*one.communicate(timeout=PATIENCE), one.returncode) for one in beginners]
    assert sorted(code for _, _, code in answers) == [0] + [1] * 11
    assert all("already" in err for _, err, code in answers if code)
    assert read((real / "records" / "roads.yaml").read_bytes(), "records/roads.yaml").evaluation
