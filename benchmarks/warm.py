"""Warm commands, which the index answers, beside the one-line program; and what a change costs."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import peers
from benchmarks.bench import Bench
from benchmarks.results import Result
from benchmarks.timing import Program, Timing

_CACHE = "MRTRACK_CACHE_DIR"
_STATUS = ("status",)
_AT_MOST = "at most {}"
_ASKED: dict[str, tuple[tuple[str, ...], float]] = {
    "status": (_STATUS, 1.9),
    "status in colour, as a terminal gets it": (("FORCE_COLOR=1", *_STATUS), 2.5),
    "status --as-of a past day": (("status", "--as-of", "2019-06-30"), 4),
    "status --lead": (("status", "--lead", "Unit 10"), 4),
    "list actions --overdue --limit 20": (("list", "actions", "--overdue", "--limit", "20"), 2),
    "list --text WORD --limit 20": (("list", "--text", "reference", "--limit", "20"), 2.5),
    "list actions --overdue --limit 20 --json": (
        ("list", "actions", "--overdue", "--limit", "20", "--json"),
        2.5,
    ),
}
_CHANGED = "printf '# read again\\n' >> {record} && {status}"
_MORE = 1.8
_UPDATE = 4.5
_GROWTH = 2
_INDEX, _INDEX_WITH_TEXT = 0.25, 0.4
_MANY = 1_000
"""From so many records on, the index is mostly what it keeps of them, not the pages of empty tables."""


def measure(bench: Bench) -> Iterator[Result]:
    """Reading commands at the largest size, how status grows, and what a changed record and an update cost."""
    os.environ[_CACHE] = str(bench.folder / "cache")
    line, largest = peers.one_line(bench.folder), max(bench.sizes)
    records = bench.records(largest)
    yield from _building(bench)
    programs = {name: _program(records, arguments) for name, (arguments, _) in _ASKED.items()}
    found = _warmed(bench, line, *programs.values())
    for name, (_, most) in _ASKED.items():
        what = f"warm {name}, {largest:,} evaluations"
        yield _beside(what, found[programs[name].name], found[line.name], _AT_MOST.format(most))
    yield from _growth(bench, line)
    yield from _changing(bench, line, records)


def _building(bench: Bench) -> Iterator[Result]:
    """The index made from nothing, and its size beside that of the records, without full text and with it."""
    for size in bench.sizes:
        records = bench.records(size)
        bytes_of_records = sum(file.stat().st_size for file in records.rglob("*.yaml"))
        before = set(_indexes())
        made = bench.once(peers.mrtrack(records, *_STATUS, name=f"index {size}"))
        index = next(iter(set(_indexes()) - before), None)
        yield Result(f"index of {size:,} evaluations, built", made.seconds, "s", "", "once")
        if index is None:
            continue
        told = f"{index.stat().st_size / 1e6:.1f} MB of {bytes_of_records / 1e6:.1f} MB"
        share = index.stat().st_size / bytes_of_records
        shall, with_text = (
            _AT_MOST.format(most) if size >= _MANY else "" for most in (_INDEX, _INDEX_WITH_TEXT)
        )
        yield Result("bytes of the index against the records", share, "", shall, told)
        bench.once(peers.mrtrack(records, "list", "--text", "reference", "--limit", "1", name=f"text {size}"))
        share = index.stat().st_size / bytes_of_records
        told = f"{index.stat().st_size / 1e6:.1f} MB"
        yield Result("the same with full text", share, "", with_text, told)


def _growth(bench: Bench, line: Program) -> Iterator[Result]:
    sizes = {size: peers.mrtrack(bench.records(size), *_STATUS, name=f"warm {size}") for size in bench.sizes}
    found = _warmed(bench, line, *sizes.values())
    least = min(sizes)
    for size, program in sizes.items():
        if size > least:
            few, here = found[sizes[least].name].seconds, found[program.name].seconds
            shall = _AT_MOST.format(_GROWTH) if size == 10_000 else ""
            told = f"{here:.3f} s against {few:.3f} s"
            yield Result(
                f"warm status, {size:,} against {least:,}", here / few, "times the time", shall, told
            )


def _changing(bench: Bench, line: Program, records: Path) -> Iterator[Result]:
    """What a record that changed adds to status, and an update of one action."""
    status = peers.mrtrack(records, *_STATUS, name="unchanged")
    record, another = sorted((records / "records").rglob("*.yaml"))[:2]
    shell = _CHANGED.format(record=record, status=" ".join(status.command))
    changed = Program("changed", ("/bin/sh", "-c", shell), records)
    found = _warmed(bench, line, status, changed)
    least = found[line.name].seconds
    more = (found[changed.name].seconds - found[status.name].seconds) / least
    told = f"{found[changed.name].seconds:.3f} s against {found[status.name].seconds:.3f} s"
    what = "status after one record changed, over warm status"
    yield Result(what, more, "of the one-line program more", _AT_MOST.format(_MORE), told)
    news = ("update", f"{another.stem}:1.1", "--comment", "Looked at.", "--by", "Benchmark")
    update = peers.mrtrack(records, *news, name="update")
    found = bench.run(line, update)
    yield _beside(
        f"update of one action, {max(bench.sizes):,} evaluations",
        found[update.name],
        found[line.name],
        _AT_MOST.format(_UPDATE),
    )


def _warmed(bench: Bench, *programs: Program) -> Mapping[str, Timing]:
    for program in programs:
        bench.once(program)
    return bench.run(*programs)


def _program(records: Path, arguments: Sequence[str]) -> Program:
    program = peers.mrtrack(records, *(one for one in arguments if "=" not in one))
    told = tuple(one for one in arguments if "=" in one)
    command = ("/usr/bin/env", *told, *program.command) if told else program.command
    return Program(" ".join(arguments), command, records)


def _beside(what: str, timing: Timing, least: Timing, shall: str) -> Result:
    told = f"{timing.seconds:.3f} s against {least.seconds:.3f} s"
    return Result(what, timing.seconds / least.seconds, "times the one-line program", shall, told)


def _indexes() -> Iterator[Path]:
    return Path(os.environ[_CACHE]).glob("*/index.sqlite")
