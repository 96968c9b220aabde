"""What no warm command can be faster than: a program that prints one line, and `git status` of the same files."""

from collections.abc import Iterator

from benchmarks import peers
from benchmarks.bench import Bench
from benchmarks.results import Result


def measure(bench: Bench) -> Iterator[Result]:
    """The one-line program, and git on each size."""
    line = peers.one_line(bench.folder)
    of_git = {size: peers.git_status(bench.records(size), f"git status {size}") for size in bench.sizes}
    found = bench.run(line, *of_git.values())
    least = found[line.name].seconds
    yield Result("a Typer program that prints one line", least, "s", "", "Python, Typer and its imports")
    for size, program in of_git.items():
        seconds = found[program.name].seconds
        told = f"{seconds:.3f} s against {least:.3f} s"
        yield Result(f"git status, {size:,} files", seconds / least, "times the one-line program", "", told)
