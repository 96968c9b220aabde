"""A check that has no index to answer from: beside programs that validate files, and of many records beside few."""

from collections.abc import Iterator

from benchmarks import peers
from benchmarks.bench import Bench
from benchmarks.results import Result
from benchmarks.timing import Timing, whole_memory

_TIMES = {False: 30, True: 28}
_TIMES_YAMLLINT = 40


def measure(bench: Bench) -> Iterator[Result]:
    """A cold check beside check-jsonschema, yamllint and doorstop; then how it grows."""
    yield from _beside_peers(bench)
    yield from _growth(bench)


def _beside_peers(bench: Bench) -> Iterator[Result]:
    size = bench.beside
    for warned, least in _TIMES.items():
        records = bench.records(size, warned=warned)
        others = [peers.check_jsonschema(records, bench.programs)]
        if not warned:
            items = peers.doorstop_items(bench.folder / f"doorstop-{size}", size)
            others += [peers.yamllint(records, bench.programs), peers.doorstop(items, bench.programs)]
        ours, *theirs = bench.run(peers.mrtrack_check(records), *others).items()
        what = f"cold check of {size:,} records, {'a warning in each' if warned else 'nothing to report'}"
        shall = {
            "check-jsonschema": f"at least {least}",
            "yamllint": f"at least {_TIMES_YAMLLINT}",
            "doorstop": "",
        }
        for name, timing in theirs:
            of_items = f" on {size:,} items" if name == "doorstop" else ""
            yield _faster(f"{what}, against {name}{of_items}", ours[1], timing, shall[name])


def _growth(bench: Bench) -> Iterator[Result]:
    programs = {size: peers.mrtrack_check(bench.records(size), f"check {size}") for size in bench.sizes}
    found = bench.run(*programs.values())
    memory = {size: whole_memory(program) for size, program in programs.items()}
    least = bench.beside if bench.beside in programs else min(programs)
    for size, program in programs.items():
        few, here = found[programs[least].name], found[program.name]
        each = f"{here.seconds / size * 1000:.2f} ms a record"
        yield Result(f"cold check of {size:,} records", here.seconds, "s", "", each)
        if size > least:
            limit = 1.1 * size / least
            what = f"cold check, {size:,} against {least:,} records"
            told = f"{here.seconds:.2f} s against {few.seconds:.2f} s"
            yield Result(what, here.seconds / few.seconds, "times the time", f"at most {limit:,.0f}", told)
            shall = "at most 1.5, under 150 MB"
            told = f"{here.megabytes:.0f} MB against {few.megabytes:.0f} MB, in the largest process"
            yield Result(what, here.megabytes / few.megabytes, "times the memory", shall, told)
            told = f"{memory[size]:.0f} MB against {memory[least]:.0f} MB, in all processes together"
            yield Result(what, memory[size] / memory[least], "times the memory", shall, told)


def _faster(what: str, ours: Timing, theirs: Timing, shall: str) -> Result:
    told = f"{ours.seconds:.2f} s against {theirs.seconds:.2f} s"
    return Result(what, theirs.seconds / ours.seconds, "times faster", shall, told)
