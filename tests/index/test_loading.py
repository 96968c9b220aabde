"""A warm answer imports neither models nor readers, nor what only writing or colours need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Answer

WARM = [
    ["status"],
    ["status", "--json"],
    ["status", "unece-2021", "--json"],
    ["list", "overdue", "--limit", "5"],
    ["list", "--text", "Director", "--json"],
    ["list", "--text", "meeting"],
    ["history", "--limit", "5"],
]
MODELS = {"pydantic", "pydantic_core", "yaml", "ruamel", "jinja2"}
COLOURS = {"rich", "pygments", "markdown_it"}
WRITING = {"filelock", "multiprocessing", "tomllib"}

LOADED = """
import sys
sys.argv = ["mrtrack", *{arguments!r}]
from mrtrack.cli.main import main
try: main()
except SystemExit as left: code = left.code or 0
print(*sorted({{name.partition(".")[0] for name in sys.modules}}), file=sys.stderr)
sys.exit(code)
"""


def run(*arguments: str, **environment: str) -> tuple[Answer, set[str]]:
    """What a process of its own answers, and what it has loaded at its end."""
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(arguments=list(arguments))],
        env=unmeasured | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    *told, loaded = done.stderr.splitlines()
    return Answer(done.returncode, done.stdout, "\n".join(told)), set(loaded.split())


@pytest.fixture
def warm(real: Path) -> Path:
    """The real records, older than the index that knows them."""
    for path in real.rglob("*.yaml"):
        os.utime(path, ns=(10**18, 10**18))
    run("status")
    run("list", "--text", "Director")
    return real


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("arguments", WARM, ids=" ".join)
def test_a_warm_answer_loads_no_models_no_reader_and_no_colours(arguments: list[str]) -> None:
    _, loaded = run(*arguments)
    assert loaded & (MODELS | COLOURS | WRITING) == set()


@pytest.mark.usefixtures("warm")
def test_colours_are_loaded_where_they_are_wanted_and_still_no_models() -> None:
    answer, loaded = run("status", FORCE_COLOR="1")
    assert "\x1b[" in answer.out
    assert "rich" in loaded
    assert loaded & MODELS == set()


@pytest.mark.usefixtures("warm")
def test_rows_as_data_load_no_colours_even_where_they_are_wanted() -> None:
    assert run("list", "--json", FORCE_COLOR="1")[1] & (MODELS | COLOURS) == set()


@pytest.mark.usefixtures("real")
def test_without_an_index_records_are_read_by_their_models() -> None:
    assert "pydantic" in run("status", MRTRACK_INDEX="off")[1]
