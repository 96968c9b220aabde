"""A process that is killed at any moment of a write leaves the old record or the new one, and blocks nobody."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mrtrack.model.settings import Settings
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import read
from mrtrack.store.place import cache_folder

pytestmark = pytest.mark.long

KILLS = 200
PATIENCE = 30

Process = subprocess.Popen[bytes]


def begin(comment: str) -> Process:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "mrtrack",
            "update",
            "unossc-2020:1.1",
            "--by",
            "Director",
            "--comment",
            comment,
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def comments(record: Path) -> tuple[Any, list[str]]:
    """The record without the entries of these tests, and their comments; it has to be whole and valid."""
    reading = read(record.read_bytes(), f"records/{record.name}")
    assert not [problem for problem in check(reading, Settings()) if is_error(problem)]
    data = reading.data
    history = data["recommendations"][0]["actions"][0]["history"]
    ours = [entry["comment"].strip() for entry in history if entry.get("by") == "Director"]
    del history[len(history) - len(ours) :]
    return data, ours


def measured(record: Path) -> float:
    """How long a run takes here and now, in seconds, with all that it takes to write."""
    start = time.monotonic()
    assert begin("Measured.").wait(PATIENCE) == 0
    assert comments(record)[1][-1] == "Measured."
    return time.monotonic() - start


def after(seconds: float) -> Callable[[Process], None]:
    return lambda _: time.sleep(seconds)


def at_sight_of(place: Path, names: str, seconds: float) -> Callable[[Process], None]:
    """Wait until something new of such a name stands in a folder, and a moment longer."""
    known = set(place.glob(names))

    def wait(process: Process) -> None:
        while process.poll() is None and not set(place.glob(names)) - known:
            pass
        time.sleep(seconds)

    return wait


def test_killed_200_times_the_record_is_the_old_or_the_new_one_whole(real: Path) -> None:
    record = real / "records" / "unossc-2020.yaml"
    notes = cache_folder(real) / "undo"
    duration = min(measured(record) for _ in range(3))
    unchanged, known = comments(record)
    chance = random.Random()  # noqa: S311 - when to kill is no secret
    outcomes: Counter[str] = Counter()
    for number in range(KILLS):
        comment = f"Kill {number}."
        wait = (
            after(chance.uniform(0, 1.2 * duration)),
            at_sight_of(notes, "*", chance.uniform(0, 0.004)),
            after(chance.uniform(0.5 * duration, 1.1 * duration)),
            at_sight_of(record.parent, ".*.mrtrack-tmp", chance.uniform(0, 0.002)),
        )[number % 4]
        process = begin(comment)
        wait(process)
        process.send_signal(signal.SIGKILL)
        code = process.wait(PATIENCE)
        data, now = comments(record)
        assert data == unchanged
        assert now in (known, [*known, comment])
        outcomes["done" if code == 0 else "killed, new" if now != known else "killed, old"] += 1
        assert code != 0 or now != known
        known = now
        if number % 20 == 19:
            assert begin("Not blocked.").wait(PATIENCE) == 0
            known = [*known, "Not blocked."]
            assert comments(record) == (unchanged, known)
            assert {path.name for path in record.parent.iterdir()} == {"unece-2021.yaml", record.name}
    assert outcomes["killed, old"] > KILLS / 10, outcomes
    assert outcomes["killed, new"] + outcomes["done"] > KILLS / 20, outcomes
