"""Tries mutants: each in a copy of the tree, until a test fails or none is left."""

import json
import os
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from .covering import Covering
from .drawing import Mutant
from .running import Chosen, pytest_run, started

PASSED, NOTHING_RAN = 0, 5


@dataclass(frozen=True)
class Result:
    """What became of a mutant: `killed`, `out-of-time`, `survived`, or `unseen` where no test runs its line."""

    id: str
    package: str
    path: str
    line: int
    outcome: str
    tests: int
    seconds: float

    @property
    def survived(self) -> bool:
        """Whether no test noticed."""
        return self.outcome in {"survived", "unseen"}


@dataclass(frozen=True)
class _Trial:
    mutant: Mutant
    copy: Path
    before: bytes
    changed: int
    tests: int
    begun: float
    until: float


def tried(
    mutants: Sequence[Mutant], coverings: Mapping[str, Covering], copies: Sequence[Path], kept: Path
) -> Iterator[Result]:
    """Try mutants side by side, one in each copy; every result is written down as soon as it is there."""
    running: dict[int, _Trial] = {}
    try:
        yield from _tried(mutants, coverings, list(copies), running, kept)
    finally:
        for number in running:
            os.killpg(number, signal.SIGKILL)


def _tried(
    mutants: Sequence[Mutant],
    coverings: Mapping[str, Covering],
    free: list[Path],
    running: dict[int, _Trial],
    kept: Path,
) -> Iterator[Result]:
    waiting = list(reversed(mutants))
    while waiting or running:
        while waiting and free:
            mutant = waiting.pop()
            tests = coverings[mutant.package].tests_of(
                mutant.path, mutant.first, mutant.last, at_import=mutant.at_import
            )
            if tests:
                number, trial = _begun(mutant, free.pop(), tests, coverings[mutant.package])
                running[number] = trial
            else:
                yield _written(
                    Result(mutant.id, mutant.package, mutant.path, mutant.first, "unseen", 0, 0), kept
                )
        for number, code in list(_ended(running)):
            trial = running.pop(number)
            place = trial.copy / trial.mutant.path
            place.write_bytes(trial.before)
            os.utime(place, ns=(trial.changed, trial.changed))
            free.append(trial.copy)
            yield _written(_result(trial, code), kept)
        time.sleep(0.02)


def _begun(mutant: Mutant, copy: Path, tests: list[str], covering: Covering) -> tuple[int, _Trial]:
    place = copy / mutant.path
    before, changed = place.read_bytes(), place.stat().st_mtime_ns
    place.write_text(mutant.text, encoding="utf-8", newline="")
    plugin = Chosen({name: nth for nth, name in enumerate(tests)}, covering.seconds.keys())
    files = list(dict.fromkeys(name.split("::")[0] for name in tests))
    limit = 20 + int(5 * sum(covering.seconds[name] for name in tests))
    number = started(copy, copy.with_suffix(".log"), limit, lambda: pytest_run(plugin, *files))
    now = time.monotonic()
    return number, _Trial(mutant, copy, before, changed, len(tests), now, now + 60 + 10 * limit)


def _ended(running: Mapping[int, _Trial]) -> Iterator[tuple[int, int | None]]:
    """Processes that have left, with their exit codes; none where a signal or we put an end to them."""
    for number, trial in running.items():
        left, status = os.waitpid(number, os.WNOHANG)
        if left == 0 and time.monotonic() > trial.until:
            os.killpg(number, signal.SIGKILL)
            left, status = os.waitpid(number, 0)
        if left:
            yield number, os.WEXITSTATUS(status) if os.WIFEXITED(status) else None


def _result(trial: _Trial, code: int | None) -> Result:
    outcome = "out-of-time" if code is None else "survived" if code in {PASSED, NOTHING_RAN} else "killed"
    mutant, seconds = trial.mutant, round(time.monotonic() - trial.begun, 1)
    return Result(mutant.id, mutant.package, mutant.path, mutant.first, outcome, trial.tests, seconds)


def _written(result: Result, kept: Path) -> Result:
    with kept.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(result)) + "\n")
    return result
