"""The page benchmarks/RESULTS.md: what was measured, what it shall be, and on which machine."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("mrtrack", "pydantic", "PyYAML")


@dataclass(frozen=True, slots=True)
class Result:
    """One measurement: what was compared, the ratio or number found, and what it shall be at least or at most."""

    what: str
    found: float
    unit: str
    shall: str
    told: str


def page(results: Sequence[Result], peers: Sequence[str], rounds: int) -> str:
    """The page as Markdown."""
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    machine = (
        f"Machine: {os.cpu_count()} cores ({_processor()}), {_memory()}{platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {', '.join(libraries)}; beside {', '.join(peers)}."
    )
    return "\n".join(
        [
            "# What was measured",
            "",
            f"Written by `python -m benchmarks`: medians of {rounds} rounds, the programs in turn.",
            "",
            machine,
            "",
            *table(results),
            "",
        ]
    )


def _processor() -> str:
    """The name of the processor, where the system tells it; else its kind."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _memory() -> str:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return ""
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB, "


def table(results: Sequence[Result]) -> list[str]:
    """The results as the lines of a Markdown table."""
    rows = [
        f"| {one.what} | {one.found:.2f} {one.unit}".rstrip() + f" | {one.shall} | {one.told} |"
        for one in results
    ]
    return ["| what | found | shall be | from |", "| --- | --- | --- | --- |", *rows]
