"""The page benchmarks/RESULTS.md: what was measured, what it shall be, and on which machine.

Each kind of measurement has a section, which is of one run; what was not measured again stands as it did.
"""

import os
import platform
from collections.abc import Mapping, Sequence
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


def page(sections: Mapping[str, str], peers: Sequence[str], rounds: int) -> str:
    """The page as Markdown, from the tables of its sections by their names."""
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    machine = (
        f"Machine: {os.cpu_count()} cores ({_processor()}), {_memory()}{platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {', '.join(libraries)}; beside {', '.join(peers)}."
    )
    written = (
        f"Written by `python -m benchmarks`: medians of {rounds} rounds, the programs in turn; each table is of "
        "one run."
    )
    return "\n".join(
        [
            "# What was measured",
            "",
            written,
            "",
            machine,
            "",
            *(f"## {name}\n\n{table}\n" for name, table in sections.items()),
        ]
    )


def sections_of(text: str) -> dict[str, str]:
    """The tables of a page that was written before, by the names of their sections."""
    parts = (part.partition("\n\n") for part in text.split("\n## ")[1:])
    return {name: table.strip() for name, _, table in parts}


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


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table."""
    rows = [
        f"| {one.what} | {one.found:.2f} {one.unit}".rstrip() + f" | {one.shall} | {one.told} |"
        for one in results
    ]
    return "\n".join(["| what | found | shall be | from |", "| --- | --- | --- | --- |", *rows])
