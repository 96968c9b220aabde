"""A crowd at work for `tests/long/test_crowd`: processes that use the program again and again until time is up.

`python tests/crowd.py FOLDER SECONDS` forks them in the repository it is started in; each writes what it did into a
file of its own in the folder, a line of JSON for each run. All of the program is loaded once, before.
"""

import gc
import json
import os
import pkgutil
import random
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import mrtrack
from mrtrack.cli.main import main

WRITERS = 100
READERS = 6
RECORDS = 20


def name_of(record: int) -> str:
    """The evaluation of a number."""
    return f"water-{record:02}"


def crowd(folder: Path, seconds: float) -> None:
    """Fork writers and readers, and wait for all of them."""
    for module in pkgutil.walk_packages(mrtrack.__path__, "mrtrack."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.freeze()
    until = time.monotonic() + seconds
    workers = [(f"writer-{number}", _writes(number)) for number in range(WRITERS)]
    workers += [(f"reader-{number}", _readings(number)) for number in range(READERS)]
    for name, runs in workers:
        if not os.fork():
            _work(folder / name, runs, until)
    while workers:
        os.wait()
        workers.pop()


def _writes(number: int) -> Iterator[list[str]]:
    """Updates with a comment that no other has, now of this record, now of that one."""
    chance = random.Random(number)  # noqa: S311 - which record comes next is no secret
    turn = 0
    while True:
        turn += 1
        ref = f"{name_of(chance.randrange(RECORDS))}:1.1"
        yield ["update", ref, "--by", f"Unit {number}", "--comment", f"News {turn} of {number}."]


def _readings(number: int) -> Iterator[list[str]]:
    """Questions of four kinds, of which each reader begins with another one."""
    turn = number
    while True:
        ref = name_of(turn % RECORDS)
        yield (
            ["status", "--json"],
            ["show", ref, "--json"],
            ["check", "--format", "json"],
            ["list", "--json"],
        )[turn % 4]
        turn += 1


def _work(place: Path, runs: Iterator[list[str]], until: float) -> None:
    """Be one of the crowd."""
    try:
        out, err = place.with_suffix(".out"), place.with_suffix(".err")
        with place.with_suffix(".jsonl").open("w", encoding="utf-8") as told:
            while time.monotonic() < until:
                arguments = next(runs)
                for number, path in ((1, out), (2, err)):
                    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
                    os.dup2(handle, number)
                    os.close(handle)
                sys.argv = ["mrtrack", *arguments]
                code = 0
                try:
                    main()
                except SystemExit as left:
                    code = int(left.code or 0)
                sys.stdout.flush()
                sys.stderr.flush()
                line = {
                    "arguments": arguments,
                    "code": code,
                    "out": out.read_text("utf-8"),
                    "err": err.read_text("utf-8"),
                }
                told.write(f"{json.dumps(line)}\n")
    finally:
        os._exit(0)


if __name__ == "__main__":
    crowd(Path(sys.argv[1]), float(sys.argv[2]))
