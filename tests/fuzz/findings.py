"""What is found: bytes that break a law, made small, told apart by where they break it, and kept."""

import contextlib
import hashlib
import signal
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from fuzz.target import Target

LONGEST_RUN = 30.0  # seconds; what takes longer is a finding
LONGEST_SHRINKING = 20.0  # seconds


class TooLong(Exception):  # noqa: N818 - it is told to people by its name
    """A run did not end in its time."""


@dataclass(frozen=True, slots=True)
class Broken:
    """How a law was broken: where in the code, in which words, and the whole trace."""

    where: str
    told: str
    trace: str


@dataclass
class Search:
    """One search for bytes that break a target's law: how many were tried, and what was found where."""

    target: Target
    folder: Path
    runs: int = 0
    found: dict[str, Path] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    def look(self, content: bytes) -> None:
        """Try bytes; what they break is kept, the first of each place."""
        self.runs += 1
        broken = broken_by(self.target, content)
        if broken and broken.where not in self.found:
            self.keep(shrunk(self.target, content, broken.where), broken)

    def keep(self, content: bytes, broken: Broken) -> None:
        """Write bytes into the folder, and beside them what became of them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{self.target.name}-{hashlib.sha256(content).hexdigest()[:12]}.bin"
        file.write_bytes(content)
        file.with_suffix(".txt").write_text(broken.trace, encoding="utf-8", errors="backslashreplace")
        self.found[broken.where] = file
        self.told[broken.where] = broken.told


def broken_by(target: Target, content: bytes) -> Broken | None:
    """How bytes break a target's law; None where they keep it."""
    try:
        with _limited():
            target.run(content)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever it is; what a library in Rust raises is no Exception
        frames = traceback.extract_tb(error.__traceback__)
        ours = [one for one in frames if "/mrtrack/" in one.filename.replace("\\", "/")]
        # A law of ours is broken in the target; what is raised, where it is raised.
        last = frames[-1] if isinstance(error, AssertionError) or not ours else ours[-1]
        if isinstance(error, AssertionError) and len(frames) > 1:
            last = frames[-2]
        words = str(error).splitlines() or [""]
        where = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        if isinstance(error, TooLong):
            where = "TooLong"
        return Broken(where, words[0][:200], "".join(traceback.format_exception(error)))
    return None


def shrunk(target: Target, content: bytes, where: str) -> bytes:
    """Fewer bytes that break the same law at the same place."""
    until = time.monotonic() + LONGEST_SHRINKING
    size = len(content) // 2
    while size and time.monotonic() < until:
        at = 0
        while at < len(content) and time.monotonic() < until:
            less = content[:at] + content[at + size :]
            broken = broken_by(target, less)
            if broken and broken.where == where:
                content = less
            else:
                at += size
        size //= 2
    return content


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    if not hasattr(signal, "setitimer"):
        yield
        return

    def over(_: int, __: FrameType | None) -> None:
        raise TooLong(f"it took more than {LONGEST_RUN:.0f} seconds")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_RUN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
