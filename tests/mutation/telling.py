"""What a run says: a table by package, and every mutant that no test noticed, as a difference."""

import difflib
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from .drawing import REPOSITORY, Mutant
from .trying import Result

_COLUMNS = ("package", "tried", "killed", "out of time", "survived", "no test there", "killed, %")
_ARGUED = Path(__file__).with_name("argued.toml")

Argued = Mapping[tuple[str, str, str], str]


def argued() -> Argued:
    """Why a mutant that survives may, by module and by what became what."""
    told = tomllib.loads(_ARGUED.read_text(encoding="utf-8"))["survivor"] if _ARGUED.exists() else []
    return {(one["path"], one["was"], one["is"]): one["reason"] for one in told}


def survivors(mutants: Sequence[Mutant], results: Mapping[str, Result], argued: Argued) -> Iterator[str]:
    """Each survivor with its place and the lines that differ; the argued ones last, with their reason."""
    told = []
    for mutant in sorted(mutants, key=lambda one: (one.path, one.first)):
        was, now = _changed(mutant)
        reason = argued.get((mutant.path, " ".join(was), " ".join(now)))
        seen = results[mutant.id].outcome
        heading = (
            f"{mutant.path}:{mutant.first}: {reason or ('no test runs this' if seen == 'unseen' else seen)}"
        )
        told.append(
            (
                reason is not None,
                ["", heading, *(f"  - {line}" for line in was), *(f"  + {line}" for line in now)],
            )
        )
    for _, lines in sorted(told, key=lambda one: one[0]):
        yield from lines


def _changed(mutant: Mutant) -> tuple[list[str], list[str]]:
    before = (REPOSITORY / mutant.path).read_text(encoding="utf-8").splitlines()
    lines = list(difflib.unified_diff(before, mutant.text.splitlines(), n=0, lineterm=""))[2:]
    was, now = ([line[1:].strip() for line in lines if line.startswith(sign)] for sign in "-+")
    return was, now


def table(packages: Sequence[str], results: Collection[Result]) -> Iterator[str]:
    """How many were tried, killed and not, package by package."""
    rows = [_row(name, [one for one in results if one.package == name]) for name in packages]
    rows = [_COLUMNS, *rows, _row("all", results)]
    widths = [max(len(row[nth]) for row in rows) for nth in range(len(_COLUMNS))]
    yield ""
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells])


def _row(name: str, results: Collection[Result]) -> tuple[str, ...]:
    count = Counter(result.outcome for result in results)
    killed = count["killed"] + count["out-of-time"]
    share = f"{100 * killed / len(results):.1f}" if results else "–"
    numbers = (len(results), killed, count["out-of-time"], count["survived"], count["unseen"])
    return (name, *map(str, numbers), share)
