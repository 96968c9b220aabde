"""Running programs beside each other: how long each takes, and the most memory it had; nothing is judged here."""

import os
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TO_MEGABYTES = 1_000_000 if sys.platform == "darwin" else 1_000


@dataclass(frozen=True, slots=True)
class Program:
    """A program to run in a folder, and the exit codes with which it has done its work."""

    name: str
    command: tuple[str, ...]
    folder: Path
    done: frozenset[int] = frozenset({0})


@dataclass(frozen=True, slots=True)
class Timing:
    """The median of the seconds, and the most memory in megabytes of any one process."""

    seconds: float
    megabytes: float


def side_by_side(programs: Sequence[Program], rounds: int) -> Mapping[str, Timing]:
    """Run all programs in turn, so many rounds, so that what slows the machine slows them all.

    Raises:
        RuntimeError: where a program fails.
    """
    seen: dict[str, list[Timing]] = {program.name: [] for program in programs}
    for _ in range(rounds):
        for program in programs:
            seen[program.name].append(_run(program))
    return {
        name: Timing(statistics.median(one.seconds for one in runs), max(one.megabytes for one in runs))
        for name, runs in seen.items()
    }


def _run(program: Program) -> Timing:
    output = os.open(os.devnull, os.O_WRONLY)
    begun = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            os.chdir(program.folder)
            os.dup2(output, 1)
            os.dup2(output, 2)
            os.execv(program.command[0], program.command)  # noqa: S606 - programs named in peers.py
        finally:
            os._exit(127)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - begun
    os.close(output)
    if os.waitstatus_to_exitcode(status) not in program.done:
        message = f"{program.name} failed: {' '.join(program.command[:4])} …"
        raise RuntimeError(message)
    return Timing(seconds, usage.ru_maxrss / TO_MEGABYTES)
