"""Running programs beside each other: how long each takes, and the most memory it had; nothing is judged here."""

import os
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
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


def whole_memory(program: Program) -> float:
    """The most memory in megabytes that a program had together with the processes it started, in one run.

    What processes share is counted once (`Pss`); looked at from outside, so that the run is no measure of time.
    Where the system does not tell, it is that of the largest process.
    """
    child = _started(program)
    most = 0.0
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        most = max(most, sum(map(_shared_out, _family(child))))
        time.sleep(0.02)
    _, _, usage = os.wait4(child, 0)
    return most / 1000 or usage.ru_maxrss / TO_MEGABYTES


def _family(process: int) -> Iterator[int]:
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _shared_out(process: int) -> int:
    """The kilobytes of a process, what it shares divided by those who share it; 0 where the system does not tell."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")), 0)


def _started(program: Program) -> int:
    """Start a program without its output; the number of its process."""
    output = os.open(os.devnull, os.O_WRONLY)
    child = os.fork()
    if child == 0:
        try:
            os.chdir(program.folder)
            os.dup2(output, 1)
            os.dup2(output, 2)
            os.execv(program.command[0], program.command)  # noqa: S606 - programs named in peers.py
        finally:
            os._exit(127)
    os.close(output)
    return child


def _run(program: Program) -> Timing:
    begun = time.perf_counter()
    _, status, usage = os.wait4(_started(program), 0)
    seconds = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) not in program.done:
        message = f"{program.name} failed: {' '.join(program.command[:4])} …"
        raise RuntimeError(message)
    return Timing(seconds, usage.ru_maxrss / TO_MEGABYTES)
