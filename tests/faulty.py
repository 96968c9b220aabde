"""Runs of mrtrack in which one call to the file system fails: each in a process of its own, the failure real.

A shim between the program and the C library (`faulty_calls.c`) counts the calls that reach below one folder, the
database's among them, and has the one of a number fail. `faulty_host.py` runs the program beneath it.
"""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

KILL = "kill"
FULL = "full"
FAULTS: Mapping[str, tuple[int, bool]] = {
    "ENOSPC": (errno.ENOSPC, False),
    "EIO": (errno.EIO, False),
    "EACCES": (errno.EACCES, False),
    "EINTR": (errno.EINTR, False),
    KILL: (0, False),
    FULL: (errno.ENOSPC, True),
}
"""The errno of each fault, none where the process dies; a full disk stays full until the process ends."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a run ended (a negative code names the signal), what it printed, and its calls, in order."""

    code: int
    out: str
    err: str
    calls: tuple[str, ...]

    @property
    def hit(self) -> str | None:
        """The call that failed; None where the run made fewer calls."""
        return next((call[1:] for call in self.calls if call.startswith("!")), None)


class Host:
    """What runs mrtrack below a folder, with the calls that reach below that folder counted."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(
        self,
        sandbox: Path,
        folder: Path,
        *arguments: str,
        call: int = 0,
        fault: str = KILL,
        **environment: str,
    ) -> Told:
        """Run mrtrack in a folder; the call of this number, if there is one, fails."""
        error, lasting = FAULTS[fault]
        asked = {
            "below": str(sandbox),
            "folder": str(folder),
            "arguments": arguments,
            "environment": {**surroundings(sandbox), **environment},
            "call": call,
            "error": error,
            "lasting": int(lasting),
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{json.dumps(asked)}\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        return Told(told["code"], told["out"], told["err"], tuple(told["calls"].splitlines()))


def surroundings(sandbox: Path) -> dict[str, str]:
    """The environment of a run: whatever it writes lies below the sandbox."""
    return {
        "MRTRACK_CACHE_DIR": str(sandbox / "cache"),
        "MRTRACK_DATA_DIR": str(sandbox / "data"),
        "TMPDIR": str(sandbox / "tmp"),
        "MRTRACK_BY": "Director",
    }


@contextmanager
def host(place: Path) -> Iterator[Host]:
    """Compile the shim into a folder, and start what runs beneath it; skips where it cannot be, but in CI fails."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or compiler is None:
        reason = "calls are made to fail by a shim for Linux, which a C compiler (cc) compiles"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    shim = place / "faulty_calls.so"
    source = str(HERE / "faulty_calls.c")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", str(shim), source, "-ldl"], check=True)
    process = subprocess.Popen(
        [sys.executable, str(HERE / "faulty_host.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "LD_PRELOAD": str(shim)},
    )
    try:
        yield Host(process)
    finally:
        process.communicate()
