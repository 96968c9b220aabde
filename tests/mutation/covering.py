"""Which tests of a package run which of its lines, found out once by running them all."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import coverage

from .running import Watched, pytest_run, started

_MOST_SECONDS = 900


@dataclass(frozen=True)
class Covering:
    """The tests of a package, with the seconds each takes, and for each line of a module those that run it.

    The tests of a line are numbers, by their place in `seconds`; -1 stands for the loading of modules.
    """

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[str, Sequence[int]]]

    def tests_of(self, path: str, first: int, last: int, *, at_import: bool) -> list[str]:
        """The tests that can tell whether these lines are right: the nearest by name, then the quickest."""
        of_module = self.lines.get(path, {})
        numbers = {number for line in range(first, last + 1) for number in of_module.get(str(line), ())}
        every = list(self.seconds)
        found = every if at_import or -1 in numbers else [every[number] for number in numbers]
        near = Path(path).stem.rstrip("s")
        return sorted(found, key=lambda test: (near not in test.split("::")[0], self.seconds[test], test))


def covering(copy: Path, kept: Path, source: str, tests: str) -> Covering:
    """What the tests of one package run; kept in a file for the next time."""
    if not kept.exists():
        log = kept.with_suffix(".log")
        number = started(copy, log, _MOST_SECONDS, lambda: _watch(copy, kept, source, tests))
        if os.waitpid(number, 0)[1] != 0:
            sys.exit(f"The tests in {tests} fail as they stand; see {log}")
    return Covering(**json.loads(kept.read_text(encoding="utf-8")))


def _watch(copy: Path, kept: Path, source: str, tests: str) -> int:
    sys.dont_write_bytecode = False
    watch = coverage.Coverage(
        data_file=None, config_file=False, include=[str(copy / source), str(copy / source / "*")]
    )
    plugin = Watched({}, (), watch=watch)
    watch.start()
    code = pytest_run(plugin, tests)
    watch.stop()
    data = watch.get_data()
    numbers = {"": -1} | {name: nth for nth, name in enumerate(plugin.seconds)}
    lines = {
        Path(module).relative_to(copy).as_posix(): {
            str(line): sorted(numbers[name] for name in names)
            for line, names in data.contexts_by_lineno(module).items()
        }
        for module in data.measured_files()
    }
    kept.write_text(json.dumps({"seconds": plugin.seconds, "lines": lines}), encoding="utf-8")
    return code
