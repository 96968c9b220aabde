"""One run of pytest in a forked process: on a copy of the tree, without the program loaded before."""

import os
import resource
import signal
import sys
import traceback
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import coverage
import hypothesis
import hypothesis.extra
import hypothesis.strategies
import jinja2
import pydantic
import pytest
import rich.console
import rich.table
import ruamel.yaml
import typer
import yaml

# Loaded once, so that each of the many processes finds them there.
LOADED = (coverage, hypothesis, jinja2, pydantic, rich, ruamel.yaml, typer, yaml)

_MOST_MEMORY = 4 * 1024**3
_PLUGINS_LEFT_OUT = ("cacheprovider", "randomly", "xdist", "pytest_cov", "playwright", "base_url")


@dataclass
class Chosen:
    """A plugin that runs only the tests asked for, in the order asked for, alike in every run.

    A test that nobody knew when the lines were told apart is run, too: a fault can change what is collected.
    """

    order: Mapping[str, int]
    known: Collection[str]

    def pytest_configure(self) -> None:
        """Try the same examples every time, and spend no time on making a failing one small."""
        phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate, hypothesis.Phase.target]
        now = hypothesis.settings.default
        hypothesis.settings.register_profile("alike", now, derandomize=True, database=None, phases=phases)
        hypothesis.settings.load_profile("alike")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what cannot tell."""
        items[:] = [item for item in items if item.nodeid in self.order or item.nodeid not in self.known]
        items.sort(key=lambda item: self.order.get(item.nodeid, len(self.order)))


@dataclass
class Watched(Chosen):
    """A plugin that notes which test runs which line, and how long it takes."""

    watch: coverage.Coverage | None = None
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Count lines for this test, also those whose answer an earlier test left behind in a cache."""
        _forget()
        if self.watch:
            self.watch.switch_context(item.nodeid)
        yield
        if self.watch:
            self.watch.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what a test and its fixtures took."""
        self.seconds[report.nodeid] += report.duration


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("mrtrack"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def started(copy: Path, log: Path, seconds: int, work: Callable[[], int]) -> int:
    """Start work in a process of its own that has `seconds` of the processor; answer with its number."""
    number = os.fork()
    if number:
        return number
    code = 70
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.chdir(copy)
        sys.path.insert(0, str(copy / "src"))
        os.environ["PYTHONPATH"] = str(copy / "src")
        sys.dont_write_bytecode = True  # two faults of one size, put in within a second, look alike to Python
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        code = work()
    except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on as its parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def pytest_run(plugin: Chosen, *files: str) -> int:
    """Run tests until the first fails; answer with pytest's exit code."""
    left_out = [part for name in _PLUGINS_LEFT_OUT for part in ("-p", f"no:{name}")]
    asked = ["-x", "-q", "--tb=line", "-W", "ignore::pytest.PytestAssertRewriteWarning", *left_out, *files]
    return int(pytest.main(asked, plugins=[plugin]))
