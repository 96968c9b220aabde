"""The search with atheris: changes that reach new code are followed up. It runs in a process of its own."""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from fuzz.findings import Broken, Search, broken_by

if TYPE_CHECKING:
    from fuzz.target import Target

MEMORY = 4_000  # MB
GRACE = 900.0  # seconds to load everything in and to finish, on a machine that has other work


def is_installed() -> bool:
    """Whether atheris is there; it need not be."""
    return importlib.util.find_spec("atheris") is not None


def search(found: Search, seconds: float, first_seed: int) -> None:
    """Search in another process, so that what kills it is a finding as well."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        asked = [
            sys.executable,
            "-m",
            "tests.fuzz",
            "--inside",
            found.target.name,
            str(seconds),
            str(first_seed),
        ]
        log = Path(folder) / "log"
        with log.open("wb") as output:
            try:
                done = subprocess.run(
                    [*asked, str(found.folder), str(told)],
                    env={**os.environ, "TMPDIR": folder},
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    timeout=seconds + GRACE,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                found.told["late"] = f"the process did not end in {seconds + GRACE:.0f} seconds"
                return
        said: dict[str, Any] = json.loads(told.read_text("utf-8")) if told.is_file() else {}
        found.runs += said.get("runs", 0)
        found.found |= {where: Path(file) for where, file in said.get("found", {}).items()}
        found.told |= said.get("told", {})
        if done.returncode:
            last = log.read_text("utf-8", "replace")[-2_000:]
            for file in sorted(found.folder.glob(f"{found.target.name}-died-*")):
                found.keep(
                    file.read_bytes(), Broken("died", f"the process left with {done.returncode}", last)
                )
                file.unlink()
            found.told.setdefault("died", f"the process left with {done.returncode}: {last[-300:]}")


def inside(target_of: str, seconds: float, chosen: int, folder: Path, told: Path) -> NoReturn:
    """Search within this process, until the time is over; it then leaves."""
    import atheris  # noqa: PLC0415 - it need not be installed

    with atheris.instrument_imports(include=["mrtrack"]):
        from fuzz.targets import TARGETS  # noqa: PLC0415 - instrumented here

        target: Target = TARGETS[target_of]
        for content in target.corpus():
            broken_by(target, content)  # loads what is loaded where it is used; it is judged below
    found = Search(target, folder)
    until = time.monotonic() + seconds
    corpus = folder / "corpus" / target.name
    corpus.mkdir(parents=True, exist_ok=True)
    for nth, content in enumerate(target.corpus()):
        (corpus / f"given-{nth}").write_bytes(content)
    words = told.with_name("words")
    words.write_text(
        "".join(f'"{"".join(f"{chr(92)}x{one:02x}" for one in word)}"\n' for word in target.words if word)
    )

    def one(content: bytes) -> None:
        if time.monotonic() > until:
            _tell(found, told)
            os._exit(0)
        found.look(content)

    options = [
        f"-dict={words}", f"-seed={chosen + 1}", f"-artifact_prefix={folder}/{target.name}-died-", "-timeout=0",
        f"-rss_limit_mb={MEMORY}", "-max_len=8000", "-print_final_stats=0", "-verbosity=0",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], one)
    atheris.Fuzz()
    raise AssertionError("atheris came to an end before its time")


def _tell(found: Search, told: Path) -> None:
    said = {
        "runs": found.runs,
        "found": {where: str(file) for where, file in found.found.items()},
        "told": found.told,
    }
    told.write_text(json.dumps(said), encoding="utf-8")
