"""The page benchmarks/RESULTS.md: what was measured, what it shall be, and on which machine."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

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
        f"Machine: {os.cpu_count()} cores ({platform.machine()}), {platform.system()}, "
        f"Python {platform.python_version()}, {', '.join(libraries)}; beside {', '.join(peers)}."
    )
    return "\n".join(
        [
            "# What was measured",
            "",
            f"Written by `python -m benchmarks check`: medians of {rounds} rounds, the programs in turn.",
            "",
            machine,
            "",
            *table(results),
            "",
        ]
    )


def table(results: Sequence[Result]) -> list[str]:
    """The results as the lines of a Markdown table."""
    rows = [
        f"| {one.what} | {one.found:.1f} {one.unit}".rstrip() + f" | {one.shall} | {one.told} |"
        for one in results
    ]
    return ["| what | found | shall be | from |", "| --- | --- | --- | --- |", *rows]
