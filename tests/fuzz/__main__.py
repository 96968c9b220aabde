"""`python -m tests.fuzz`: looks for bytes that break a law, keeps what it finds, and gives an account."""

import argparse
import atexit
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from fuzz.findings import Search

KEPT = Path(__file__).resolve().parent.parent.parent / ".fuzz"


def main() -> int:
    """Search in each target for its share of the time, or replay a file; 1 where a law is broken."""
    if sys.argv[1:2] == ["--inside"]:
        from fuzz.by_atheris import inside  # noqa: PLC0415 - instruments what it imports

        name, seconds, seed, folder, told = sys.argv[2:]
        inside(name, float(seconds), int(seed), Path(folder), Path(told))
    from fuzz.targets import TARGETS  # noqa: PLC0415 - not before they can be instrumented

    asked = _options(sorted(TARGETS))
    _alone()
    if asked.replay:
        return _replay(asked.replay, asked.target[0] if asked.target else "")
    names = asked.target or list(TARGETS)
    engine = asked.engine or _engine()
    _say(f"{len(names)} targets, {asked.minutes:g} minutes, {engine}, seed {asked.seed}")
    _say(f"{'target':<10}{'runs':>10}{'a minute':>11}{'findings':>10}  what")
    searches = []
    for name in names:
        began = time.monotonic()
        found = _search(name, engine, asked.minutes * 60 / len(names), asked.seed, asked.keep)
        searches.append(found)
        pace = found.runs * 60 / max(1.0, time.monotonic() - began)
        _say(f"{name:<10}{found.runs:>10,}{pace:>11,.0f}{len(found.told):>10}  {found.target.what}")
    _tell(searches)
    return int(any(found.told for found in searches))


def _options(names: list[str]) -> argparse.Namespace:
    told = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    told.add_argument("--minutes", type=float, default=1.0, help="for all targets together; 1, if left out")
    told.add_argument("--target", action="append", choices=names, help="only this one; may be given again")
    told.add_argument("--seed", type=int, default=int(time.time()), help="the same seed tries the same bytes")
    told.add_argument("--engine", choices=("atheris", "hypothesis"), help="atheris, where it is installed")
    told.add_argument(
        "--keep", type=Path, default=KEPT, help="the folder for what is found; .fuzz, if left out"
    )
    told.add_argument(
        "--replay", type=Path, metavar="FILE", help="try the bytes of a file, and show what breaks"
    )
    return told.parse_args()


def _alone() -> None:
    """Nothing of this machine reaches a target: not its cache, not its day, not its settings of git."""
    folder = tempfile.TemporaryDirectory(prefix="mrtrack-fuzz-home-")
    atexit.register(folder.cleanup)
    home = Path(folder.name)
    for name in ("MRTRACK_BY", "MRTRACK_INDEX", "NO_COLOR", "FORCE_COLOR"):
        os.environ.pop(name, None)
    os.environ |= {
        "MRTRACK_CACHE_DIR": str(home / "cache"),
        "MRTRACK_DATA_DIR": str(home / "data"),
        "MRTRACK_TODAY": "2026-11-22",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "COLUMNS": "80",
        "LINES": "40",
    }


def _engine() -> str:
    from fuzz.by_atheris import is_installed  # noqa: PLC0415 - as above

    return "atheris" if is_installed() else "hypothesis"


def _search(name: str, engine: str, seconds: float, seed: int, folder: Path) -> "Search":
    from fuzz import by_atheris, by_hypothesis  # noqa: PLC0415 - as above
    from fuzz.findings import Search  # noqa: PLC0415 - as above
    from fuzz.targets import TARGETS  # noqa: PLC0415 - as above

    found = Search(TARGETS[name], folder)
    (by_atheris if engine == "atheris" else by_hypothesis).search(found, seconds, seed)
    return found


def _tell(searches: "list[Search]") -> None:
    for found in searches:
        for where, told in found.told.items():
            _say(f"\n{found.target.name}: {where}\n  {told}")
            if where in found.found:
                file = found.found[where]
                _say(f"  kept: {file}\n  again: python -m tests.fuzz --replay {file}")
    if not any(found.told for found in searches):
        _say("No law was broken.")


def _replay(file: Path, name: str) -> int:
    from fuzz.findings import broken_by  # noqa: PLC0415 - as above
    from fuzz.targets import TARGETS  # noqa: PLC0415 - as above

    target = TARGETS.get(name or file.name.partition("-")[0])
    if target is None:
        sys.stderr.write(f"{file.name} does not say of which target it is; name it with --target\n")
        return 2
    broken = broken_by(target, file.read_bytes())
    _say(broken.trace if broken else f"{file.name} breaks no law of {target.name}.")
    return int(broken is not None)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
