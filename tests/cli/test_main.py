"""The command line as a whole: exit codes, streams, help, and every command where things are amiss."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from screens_of import BROKEN, promised, put, put_broken, put_text, snapshot, widest

from conftest import Run, git
from mrtrack import __version__
from mrtrack.cli.main import COMMANDS

READING = [
    ["status"],
    ["status", "--json"],
    ["status", "unossc-2020"],
    ["status", "--format", "md"],
    ["list"],
    ["list", "--json"],
    ["list", "recommendations", "--format", "csv"],
    ["list", "evaluations", "--format", "md"],
    ["list", "overdue", "--unit", "Director", "--sort", "-due"],
    ["show", "unossc-2020"],
    ["show", "unossc-2020:3.1", "--json"],
    ["history"],
    ["history", "unossc-2020", "--json"],
    ["diff"],
    ["diff", "--json"],
]
CHECKING = [["check"], ["check", "--json"]]
WRITING = [
    ["add", "broken-2021", "--text", "More."],
    ["respond", "broken-2021:1", "accepted"],
    ["respond", "broken-2021", "--submitted", "2021-05-01"],
    ["update", "broken-2021:1.1", "completed"],
    ["update", "broken-2021", "completed"],
    ["edit", "broken-2021"],
]
WITHOUT_REF = [["new", "--title", "Water"], ["undo"]]
HEAVY = {"rich", "pydantic", "ruamel", "jinja2", "sqlite3", "yaml"}


def named(arguments: list[str]) -> str:
    return " ".join(arguments)


def loaded_by(*arguments: str) -> set[str]:
    """The packages that a run of the command brings in, in a process of its own."""
    script = (
        "import sys; before = set(sys.modules)\n"
        f"sys.argv = ['mrtrack', *{list(arguments)!r}]\n"
        "from mrtrack.cli.main import main\n"
        "try: main()\nexcept SystemExit as left: assert not left.code\n"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before}, file=sys.stderr)\n"
    )
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-c", script], env=unmeasured, check=True, capture_output=True, text=True
    )
    return set(done.stderr.split())


def test_the_version_is_told_without_loading_what_it_does_not_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert loaded_by("--version") & HEAVY == set()


@pytest.mark.usefixtures("real")
def test_status_loads_nothing_that_only_writing_or_reports_need() -> None:
    cold = loaded_by("status")
    assert "pydantic" in cold
    assert cold & {"rich", "ruamel", "jinja2", "markdown_it", "pygments"} == set()
    assert loaded_by("status") & {"pydantic", "yaml", "rich", "ruamel", "jinja2", "filelock"} == set()
    assert "rich" not in loaded_by("list", "--json")


def test_help_on_a_writing_command_loads_nothing_that_writing_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert loaded_by("update", "--help") & HEAVY == set()


@pytest.mark.usefixtures("real")
def test_an_installed_package_has_no_say_in_how_records_are_read(
    tmp_path: Path, mrtrack_process: Run
) -> None:
    told = tmp_path / "packages" / "meddler-1.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text("Name: meddler\nVersion: 1\n")
    (told / "entry_points.txt").write_text("[pydantic]\nmeddler = meddler:plugin\n")
    (told.parent / "meddler.py").write_text("print('meddled')\nplugin = None\n")
    path = os.pathsep.join(filter(None, (str(told.parent), os.environ.get("PYTHONPATH"))))
    answer = mrtrack_process("check", PYTHONPATH=path)
    assert "meddled" not in answer.out + answer.err


def test_the_module_is_the_command(mrtrack_process: Run, mrtrack: Run) -> None:
    answer = mrtrack_process("--version")
    assert (answer.code, answer.out, answer.err) == (0, f"mrtrack {__version__}\n", "")
    assert mrtrack("--version").out == answer.out


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=named)
def test_help_leaves_with_0_and_fits_80_columns(mrtrack: Run, command: list[str]) -> None:
    answer = mrtrack(*command, "--help")
    assert (answer.code, answer.err) == (0, "")
    assert widest(answer.out) <= 80
    assert answer.out.startswith(f"Usage: mrtrack {named(command)}".rstrip())
    assert mrtrack(*command, "-h").out == answer.out


def test_help_names_every_command_with_what_it_is_for(mrtrack: Run) -> None:
    told = dict(line.split(maxsplit=1) for line in mrtrack("--help").out.split("Commands:\n")[1].splitlines())
    assert list(told) == list(COMMANDS)
    assert all(line.endswith(".") for line in told.values())


def test_alone_it_shows_what_it_can_do(mrtrack: Run) -> None:
    answer = mrtrack()
    assert "Commands:" in answer.out + answer.err
    assert answer.code in (0, 2)


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["--nosuch"],
        ["list", "--nosuch"],
        ["list", "a", "b"],
        ["-C", "nosuch", "list"],
        ["-C", "records/unece-2021.yaml", "list"],
    ],
    ids=named,
)
def test_wrong_usage_leaves_with_2_and_says_so_on_stderr(mrtrack: Run, arguments: list[str]) -> None:
    answer = mrtrack(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert "Error: " in answer.err


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    "arguments",
    [
        ["{}"],
        ["--{}"],
        ["-C", "{}", "list"],
        ["list", "{}"],
        ["list", "--{}"],
        ["list", "--sort", "{}"],
        ["list", "--status", "{}"],
        ["history", "--as-of", "{}"],
    ],
    ids=named,
)
def test_wrong_usage_is_told_without_obeying_it(mrtrack: Run, arguments: list[str]) -> None:
    answer = mrtrack(*(one.format("x\x1b]8;;http://x\x07\x9b\u202e") for one in arguments))
    assert answer.code == 2
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & {*answer.err}


@pytest.mark.parametrize("arguments", [*READING, *CHECKING, *WRITING, *WITHOUT_REF], ids=named)
def test_outside_of_any_repository_every_command_says_so(
    tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = mrtrack(*arguments)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("mrtrack: there are no records here\n  → ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [*READING, *CHECKING, *WRITING, ["undo"]], ids=named)
def test_in_an_empty_repository_there_is_nothing_yet_and_no_command_minds(
    folder: Path, mrtrack: Run, arguments: list[str]
) -> None:
    answer = mrtrack(*arguments)
    asks_for_one = any(word.startswith(("unossc", "broken")) for word in arguments)
    if asks_for_one:
        assert answer.err.startswith("mrtrack: there is no evaluation “")
        assert "mrtrack new" in answer.err
    assert answer.code == (1 if asks_for_one or arguments == ["undo"] else 0)
    assert [path.name for path in folder.iterdir()] == [".git"]


@pytest.mark.parametrize("arguments", READING, ids=named)
def test_beside_a_broken_record_the_good_ones_are_answered(
    real: Path, mrtrack: Run, arguments: list[str]
) -> None:
    good = mrtrack(*arguments)
    put_broken(real)
    answer = mrtrack(*arguments)
    assert (good.code, good.err, answer.code) == (0, "", 0)
    assert answer.err.startswith("records/broken-2021.yaml:3:9: “finished” is no status")
    if "--json" in arguments:
        assert '"complete": false' in answer.out
    elif "--format" in arguments:
        assert answer.out == good.out
    else:
        assert answer.out.startswith(good.out.rstrip("\n"))
        assert "broken-2021.yaml" in answer.out
    assert mrtrack(*arguments, "--strict").code == 1


@pytest.mark.parametrize("arguments", WRITING, ids=named)
def test_nothing_is_written_to_a_record_that_cannot_be_read(
    real: Path, mrtrack: Run, arguments: list[str]
) -> None:
    path = put_broken(real)
    answer = mrtrack(*arguments)
    assert (answer.code, answer.out) == (1, "")
    assert "broken-2021 cannot be read" in answer.err
    assert path.read_text(encoding="utf-8") == BROKEN


@pytest.mark.parametrize("content", ["[days\n", 'records = "/etc"\n', "\xff"], ids=repr)
def test_with_settings_that_cannot_be_read_every_reading_command_answers(
    real: Path, mrtrack: Run, content: str
) -> None:
    (real / "mrtrack.toml").write_text(content, encoding="latin-1")
    for arguments in READING:
        answer = mrtrack(*arguments)
        assert answer.code == 0
        assert answer.err.startswith("mrtrack.toml:1:")
    for arguments in CHECKING:
        answer = mrtrack(*arguments)
        assert answer.code == 1
        assert "mrtrack.toml" in answer.out


def test_reading_changes_nothing(real: Path, mrtrack: Run) -> None:
    put_broken(real)
    put_text(real, "crlf-2021.yaml", "\ufeffschema: 1\r\nid: crlf-2021\r\n")
    git("add", "--all")
    git("commit", "--quiet", "--message", "More")
    for path in (real / "records").iterdir():
        os.utime(path, ns=(0, 0))
    index = (real / ".git" / "index").read_bytes()
    before = snapshot(real)
    for arguments in [*READING, *CHECKING, ["list", "--at", "HEAD"], ["check", "records"]]:
        mrtrack(*arguments)
    assert snapshot(real) == before
    assert (real / ".git" / "index").read_bytes() == index
    assert git("status", "--porcelain") == ""
    kept = {path.name for path in Path(os.environ["MRTRACK_CACHE_DIR"]).rglob("*") if path.is_file()}
    assert kept <= {"index.sqlite", "index.mark", "index.lock", "checks.sqlite"}


AUDIT = """
import json, os, sys
commands = json.loads(sys.argv[1])
asked = []
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
def hook(event, given):
    if event == "open" and given[2] & WRITES and given[0] != os.devnull and not isinstance(given[0], int):
        asked.append(f"{event} {given[0]}")
    if event.removeprefix("os.") in "mkdir rename remove rmdir chmod utime link symlink truncate".split():
        asked.append(f"{event} {given}")
from mrtrack.cli.main import main
for command in commands:
    sys.argv = ["mrtrack", *command]
    try:
        main()
    except SystemExit as left:
        assert not left.code, command
    if command is commands[0]:
        sys.addaudithook(hook)
print(*asked, sep="\\n", file=sys.stderr)
"""


@pytest.mark.usefixtures("real")
def test_reading_asks_for_no_file_to_be_written_so_a_read_only_place_is_enough() -> None:
    commands = json.dumps([*READING, ["list", "--at", "HEAD"], ["check", "--json"]])
    done = subprocess.run(
        [sys.executable, "-B", "-c", AUDIT, commands],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_a_cache_folder_that_cannot_be_made_is_no_reason_not_to_read(
    real: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MRTRACK_CACHE_DIR", str(real / "records" / "unece-2021.yaml" / "cache"))
    for arguments in [*READING, *CHECKING]:
        assert mrtrack(*arguments).code == 0


def to_a_closed_pipe(*arguments: str) -> tuple[int, str]:
    end, start = os.pipe()
    os.close(end)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mrtrack", *arguments],
            stdout=start,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(start)
    return done.returncode, done.stderr


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("arguments", [["status", "--json"], ["check", "--explain", "A401"]], ids=named)
def test_a_pipe_that_was_closed_early_is_no_error(arguments: list[str]) -> None:
    assert to_a_closed_pipe(*arguments) == (0, "")


@pytest.mark.usefixtures("real")
def test_head_gets_its_line() -> None:
    command = f"'{sys.executable}' -m mrtrack list --json | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("{\n0\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full is made with /dev/full")
@pytest.mark.usefixtures("real")
def test_a_full_disk_is_told_with_what_to_do() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mrtrack", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    told, hint = done.stderr.splitlines()
    assert (done.returncode, told) == (1, "mrtrack: No space left on device")
    assert hint.startswith("  → look at the disk")


@pytest.mark.usefixtures("real")
def test_closed_streams_are_no_traceback() -> None:
    command = f"'{sys.executable}' -m mrtrack list >&- <&-; echo $?"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_a_folder_that_is_gone_is_told_in_two_lines(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    before = Path.cwd()
    os.chdir(gone)
    gone.rmdir()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mrtrack", "list"], capture_output=True, text=True, check=False
        )
    finally:
        os.chdir(before)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-2:-1] == ["mrtrack: No such file or directory"]
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("real")
def test_it_is_left_with_ctrl_c_without_a_traceback(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n: > '{tmp_path}/begun'\nexec sleep 30\n", encoding="utf-8")
    program.chmod(0o755)
    child = subprocess.Popen(
        [sys.executable, "-m", "mrtrack", "list", "--at", "HEAD"],
        env={**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + 20
    while not (tmp_path / "begun").exists() and time.monotonic() < until:
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=20)
    assert child.returncode not in (0, None)
    assert out == ""
    assert "Traceback" not in err


@pytest.mark.usefixtures("real")
def test_results_go_to_stdout_whatever_the_locale(mrtrack_process: Run) -> None:
    answer = mrtrack_process(
        "status", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="", PYTHONCOERCECLOCALE="0"
    )
    assert (answer.code, answer.err) == (0, "")
    assert "█" in answer.out


def test_every_command_answers_about_hostile_records_without_obeying_them(
    folder: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "[bold]x[/bold] [/] :smile: [link=http://x]y[/link] \\[z] 水の評価" + "W" * 200
    put(folder, "a-2021", promised(text, due="2022", responsible=text), title=text, organisation=text)
    put_text(folder, "esc-\x1b[31m-\u202e.yaml", "title: \x1b]8;;http://x\x1b\\\n")
    put_text(folder, "line\n::error::x.yaml", "x")
    for colour in ("0", "1"):
        monkeypatch.setenv("FORCE_COLOR", colour)
        for arguments in (
            ["status"],
            ["status", "a-2021"],
            ["list"],
            ["list", "evaluations"],
            ["show", "a-2021"],
            ["history"],
            ["list", "--json"],
        ):
            answer = mrtrack(*arguments)
            assert answer.code == 0
            told = answer.out + answer.err
            assert "\u202e" not in told
            assert "\x1b]" not in told
            assert "\x1b[31m-" not in told
            assert not any(line.lstrip().startswith("::") for line in told.splitlines())
            if arguments != ["history"]:
                assert "[bold]x" in told
            assert widest(answer.out) <= 80 or "--json" in arguments


@pytest.mark.usefixtures("real")
def test_what_other_packages_add_to_pydantic_is_not_loaded(
    tmp_path: Path, mrtrack_process: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = tmp_path / "added" / "loud_plugin-1.0.dist-info"
    about.mkdir(parents=True)
    (about.parent / "loud_plugin.py").write_text('raise SystemExit("the plugin was loaded")\n')
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: loud-plugin\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[pydantic]\nloud = loud_plugin\n")
    monkeypatch.delenv("PYDANTIC_DISABLE_PLUGINS", raising=False)
    added = os.pathsep.join([str(about.parent), os.environ.get("PYTHONPATH", "")])
    assert mrtrack_process("check", PYTHONPATH=added).code == 0
