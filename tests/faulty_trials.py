"""A command is tried with each of its calls failing once, and what is there afterwards is judged.

A sandbox holds all that a run can reach: `repository`, `cache`, `data`, `tmp`, `out`, and what the command is given.
"""

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from faulty import FAULTS, FULL, KILL, Host, Told

Files = Mapping[str, bytes]

_TEMPORARY = ".mrtrack-tmp"
_APART = {".git", "cache", "data", "tmp", "remote"}
_LOOKING = {"stat", "open", "opendir", "read", "access", "close"}
_BY_PATH = _LOOKING - {"read", "close"} | {"create", "mkdir", "rmdir", "unlink", "rename", "chmod", "link"}
_TAKING_ROOM = {"create", "write", "fsync", "ftruncate", "mkdir", "rename", "link"}
_WAITING = {"create", "open", "read", "write", "fsync", "ftruncate", "flock"}
FITTING: Mapping[str, Callable[[str], bool]] = {
    "ENOSPC": lambda call: call in _TAKING_ROOM or call == "close",
    "EIO": lambda call: call != "pipe",
    "EACCES": lambda call: call in _BY_PATH,
    "EINTR": lambda call: call in _WAITING,
    KILL: lambda call: call not in _LOOKING,
    FULL: lambda call: call in _TAKING_ROOM,
}
"""Which calls a system lets fail with which error. To die in a call that looks is to die before the next one that
changes something."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """What is tried, in a sandbox that `prepare` fills.

    `several` files are each whole, and not all of them together; `extra` tells which others may be there.
    """

    arguments: tuple[str, ...]
    prepare: Callable[[Path], object]
    several: bool = False
    extra: Callable[[str, bytes], bool] = lambda _path, _content: False


class Sandbox:
    """A folder that is brought back to what it was before each run, its cache apart."""

    def __init__(self, place: Path, host: Host, command: Command) -> None:
        self.place, self.command, self._host = place, command, host
        for name in ("repository/records", "cache", "data", "tmp", "out"):
            (place / name).mkdir(parents=True)
        command.prepare(place)
        self._kept = place.with_name(f"{place.name} as it was")
        shutil.copytree(place, self._kept, symlinks=True)

    def run(self, *arguments: str, call: int = 0, fault: str = KILL, **environment: str) -> Told:
        """Run the command, or another one, with or without a fault."""
        said = arguments or tuple(part.format(sandbox=self.place) for part in self.command.arguments)
        return self._host.run(
            self.place, self.place / "repository", *said, call=call, fault=fault, **environment
        )

    def reset(self) -> None:
        """Bring everything back but the cache, of which only the journal goes."""
        for one in sorted(self.place.rglob("*"), reverse=True):
            below = one.relative_to(self.place)
            if below.parts[0] != "cache" and not (self._kept / below).exists():
                one.rmdir() if one.is_dir() else one.unlink()
        for one in sorted(self._kept.rglob("*")):
            there = self.place / one.relative_to(self._kept)
            if one.is_dir():
                there.mkdir(exist_ok=True)
            elif not there.exists() or there.read_bytes() != one.read_bytes():
                shutil.copy2(one, there)
        for journal in self.place.glob("cache/*/undo"):
            shutil.rmtree(journal)

    def files(self) -> Files:
        """Every file that is a person's, by its path."""
        found = sorted(self.place.rglob("*"))
        below = {path: path.relative_to(self.place) for path in found if path.is_file()}
        return {
            place.as_posix(): path.read_bytes()
            for path, place in below.items()
            if not _APART.intersection(place.parts)
        }

    def grow_old(self) -> None:
        """Let an hour pass for what a process left half written."""
        for left in self.place.rglob(f"*{_TEMPORARY}"):
            os.utime(left, (0, 0))


def numbers(calls: Sequence[str], fault: str, most: int) -> list[int]:
    """The numbers of the calls that may fail so; of more than `most` some, spread over all of them."""
    fitting = [number for number, call in enumerate(calls, 1) if FITTING[fault](call.partition(" ")[0])]
    step = -(-len(fitting) // most) or 1
    return fitting[random.randrange(step) :: step]  # noqa: S311 - a sample, no secret


def without_temporary(files: Files) -> Files:
    """The files without those that are only begun."""
    return {path: content for path, content in files.items() if _TEMPORARY not in path}


class Trials:
    """The runs of one command, each with one fault, and what was found wrong."""

    def __init__(self, place: Path, host: Host, command: Command) -> None:
        self.sandbox = Sandbox(place, host, command)
        self.wrong: list[str] = []
        self.tried: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self._answers: dict[tuple[bytes, ...], str] = {}
        self._several, self._extra = command.several, command.extra
        self.before, self.first = self._run()
        self.after, self.second = self._run()
        self.later = self.sandbox.files()
        self.sandbox.reset()
        self._calls = self.sandbox.run().calls
        assert self.first.code == 0, self.first.err

    def _run(self) -> tuple[Files, Told]:
        return self.sandbox.files(), self.sandbox.run()

    def calls(self, fault: str, most: int) -> list[int]:
        """The numbers of the calls that may fail so; of more than `most` some, spread over all of them."""
        return numbers(self._calls, fault, most)

    def all(self, most: int) -> None:
        """Try every fault at every call, or at so many."""
        for fault in FAULTS:
            for number in self.calls(fault, most):
                self.one(fault, number)

    def one(self, fault: str, number: int) -> None:
        """Try one fault, look at what is there, and run the command once more."""
        self.sandbox.reset()
        told = self.sandbox.run(call=number, fault=fault)
        if told.hit is None or not FITTING[fault](told.hit.partition(" ")[0]):
            return
        self.tried[fault] += 1
        files = self.sandbox.files()
        self.wrong += [
            f"{fault} in call {number}, {told.hit}: {what}" for what in self._judged(fault, told, files)
        ]

    def _judged(self, fault: str, told: Told, files: Files) -> Iterator[str]:
        whole = without_temporary(files)
        left = files.keys() - whole.keys()
        torn = [path for path in whole if not self._is_whole(path, whole[path])]
        gone = [path for path in self.before if path not in whole and path in self.after]
        if torn or gone:
            yield f"torn {torn}, gone {gone}: {told.err}"
            return
        state = "new" if whole == self.after else "old" if whole == self.before else "between"
        self.ended[f"{fault}: {state}"] += 1
        if state == "between" and not self._several:
            yield f"neither the old nor the new: {sorted(whole)}"
        yield from (self._died(told) if fault == KILL else self._told(fault, told, state, left))
        yield from self._index(whole)
        yield from self._again(state)

    def _is_whole(self, path: str, content: bytes) -> bool:
        return content in (self.before.get(path), self.after.get(path)) or self._extra(path, content)

    def _died(self, told: Told) -> Iterator[str]:
        if told.code != -9:
            yield f"it did not die but left with {told.code}"

    def _told(self, fault: str, told: Told, state: str, left: set[str]) -> Iterator[str]:
        call, _, where = str(told.hit).partition(" ")
        reason = os.strerror(FAULTS[fault][0])
        if "Traceback" in told.err or told.code not in (0, 1, 2, 129):
            yield f"left with {told.code}: {told.err}"
        if told.code == 0 and state != "new" and not self._several:
            yield "it said that it was done"
        if told.code and state != "old" and not self._several:
            yield f"it said that it refused: {told.err}"
        refused_as_wrong_usage = told.code == 2 and call in ("access", "stat")
        why = (
            reason,
            "cannot be written: ",
            "cannot be read: ",
            "there are no records here",
            "records checked: 1 error",
        )
        if told.code and not refused_as_wrong_usage and not any(one in told.err + told.out for one in why):
            yield f"it did not say why: {told.err}"
        if told.err.startswith("mrtrack: ") and "\n  → " not in told.err:
            yield f"it did not say what to do: {told.err}"
        if told.code and fault == "EINTR" and not where.endswith(".parquet"):  # those are DuckDB's own calls
            yield f"it did not try again by itself: {told.err}"
        if left and not (_TEMPORARY in where and call in _BY_PATH | {"close"}):
            yield f"it left {sorted(left)}"
        if list((self.sandbox.place / "tmp").iterdir()) and not where.startswith("tmp/"):
            yield "it left something where programs keep things for a moment"

    def _index(self, files: Files) -> Iterator[str]:
        records = tuple(content for path, content in files.items() if path.startswith("repository/records/"))
        if self.before == self.after or not records:
            return
        if records not in self._answers:
            self._answers[records] = self.sandbox.run("list", "--json", MRTRACK_INDEX="off").out
        answer = self.sandbox.run("list", "--json")
        if (answer.code, answer.out) != (0, self._answers[records]):
            yield f"the index answers otherwise: {answer.err}"

    def _again(self, state: str) -> Iterator[str]:
        self.sandbox.grow_old()
        again = self.sandbox.run()
        files = {path: one for path, one in self.sandbox.files().items() if not self._extra(path, one)}
        done = (self.first.code, self.after), (self.second.code, self.later)
        wanted = {"old": done[:1], "new": done[1:], "between": done}[state]
        if (again.code, files) not in wanted:
            changed = [path for path in files.keys() | self.after if files.get(path) != self.after.get(path)]
            yield f"run again from {state}, it left with {again.code}: {again.err} {changed}"
