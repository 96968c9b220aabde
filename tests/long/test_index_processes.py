"""Many ask the index at once, some are killed while they renew it: answers stay right, and nobody is blocked."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from both_ways import promised, put
from conftest import Run
from mrtrack.store.place import cache_folder

pytestmark = pytest.mark.long

READERS = 8
ROUNDS = 4
KILLS = 15
RECORDS = 40
PATIENCE = 60

Process = subprocess.Popen[str]


def begin(*arguments: str) -> Process:
    return subprocess.Popen(
        [sys.executable, "-m", "mrtrack", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture
def many(folder: Path) -> Path:
    """Records enough for renewing the index to take a while."""
    for number in range(RECORDS):
        due = str(2020 + number % 12)
        actions = [
            promised(f"News {number}, {nth}.", due=due, responsible=f"Unit {nth}") for nth in range(25)
        ]
        put(folder, f"e-{number:03}", *actions, title=f"Evaluation {number}")
    return folder


def rewritten(folder: Path, number: int, news: str) -> None:
    """Replace a record as a whole, as mrtrack writes it."""
    path = folder / "records" / f"e-{number:03}.yaml"
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(path.read_text(encoding="utf-8").replace("News ", f"{news} "), encoding="utf-8")
    beside.replace(path)


def test_many_who_ask_while_records_are_written_get_an_answer_that_was_true(
    many: Path, mrtrack_process: Run
) -> None:
    mrtrack_process("status")
    for turn in range(ROUNDS):
        readers = [begin("status", "--json") for _ in range(READERS // 2)]
        readers += [begin("list", "--json", "--text", "Fresh", "--limit", "900") for _ in range(READERS // 2)]
        for number in range(turn * 5, turn * 5 + 5):
            rewritten(many, number, "Fresh")
            time.sleep(0.02)
        for place, reader in enumerate(readers):
            out, err = reader.communicate(timeout=PATIENCE)
            assert (reader.returncode, err) == (0, "")
            told = json.loads(out)
            assert told["complete"]
            if place < READERS // 2:
                assert told["items"][0]["actions"]["total"] == RECORDS * 25
            else:
                assert turn * 125 <= len(told["items"]) <= (turn + 1) * 125
                assert all(item["text"].startswith("Fresh ") for item in told["items"])
    for arguments in (["status", "--json"], ["list", "--json", "--text", "Fresh"]):
        assert mrtrack_process(*arguments) == mrtrack_process(*arguments, MRTRACK_INDEX="off")


def test_killed_at_any_moment_of_renewing_the_next_answer_is_right_and_nothing_blocks_it(
    many: Path, mrtrack_process: Run
) -> None:
    place = cache_folder(many)
    chance = random.Random(5)  # noqa: S311 - when to kill is no secret
    start = time.monotonic()
    begin("status").communicate(timeout=PATIENCE)
    anew = time.monotonic() - start
    rewritten(many, 0, "First")
    start = time.monotonic()
    begin("status").communicate(timeout=PATIENCE)
    renewed = time.monotonic() - start
    killed = 0
    for turn in range(KILLS):
        if turn % 3 == 0:
            shutil.rmtree(place)
        for number in chance.sample(range(RECORDS), 20):
            rewritten(many, number, f"Turn {turn}")
        process = begin(*(("status",), ("list", "--text", f"Turn {turn}"))[turn % 2])
        time.sleep(chance.uniform(0.15, 1.1) * (renewed if turn % 3 else anew))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=PATIENCE)
        killed += process.returncode == -signal.SIGKILL
        if turn % 5 == 4:
            start = time.monotonic()
            arguments = (["status", "--json"], ["list", "--json", "--text", f"Turn {turn}"])[turn % 2]
            by_index = mrtrack_process(*arguments)
            assert time.monotonic() - start < 15
            assert by_index == mrtrack_process(*arguments, MRTRACK_INDEX="off")
    assert killed > KILLS / 3
    assert mrtrack_process("status", "--json").code == 0
    left = {path.name for path in place.iterdir() if path.name.startswith("index")}
    assert left <= {"index.sqlite", "index.mark", "index.lock"}


def test_a_reader_that_waits_for_its_pipe_keeps_nobody_from_renewing_the_index(
    many: Path, mrtrack_process: Run
) -> None:
    mrtrack_process("status")
    slow = begin("list", "--json")
    try:
        assert slow.stdout
        first = os.read(slow.stdout.fileno(), 1).decode()
        rewritten(many, 3, "Fresh")
        start = time.monotonic()
        answer = mrtrack_process("list", "--json", "--text", "Fresh")
        assert time.monotonic() - start < 10
        assert len(json.loads(answer.out)["items"]) == 25
    finally:
        out, err = slow.communicate(timeout=PATIENCE)
    assert (slow.returncode, err) == (0, "")
    assert len(json.loads(first + out)["items"]) == RECORDS * 25


def test_many_who_find_no_index_at_once_all_answer_and_leave_a_good_one(many: Path) -> None:
    readers = [begin("status", "--json") for _ in range(READERS)]
    told = [(*one.communicate(timeout=PATIENCE), one.returncode) for one in readers]
    assert {(out, err, code) for out, err, code in told} == {told[0]}
    assert told[0][2] == 0
    names = {path.name for path in cache_folder(many).iterdir() if path.name.startswith("index")}
    assert names == {"index.sqlite", "index.mark", "index.lock"}
