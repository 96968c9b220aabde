"""Texts of records, names of files and words that were typed: each is shown as text, and columns stay in line."""

import csv
import io
import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from conftest import Run, git
from hostile_fields import BEGINNINGS, CONTROLS, hostile_records
from inert import COLUMNS, commands, harmful, plain, run_apart
from mrtrack.cli import terminal
from mrtrack.cli.screens.parts import Text
from waterworks import begin

TYPED = "\x1b[31m\n::error::x ##[error] \u202e"
ROWS = 4
TELLING = (
    "show @, list @, list --limit @, list --@, @, -C @ status, list --due-before @, diff @, check @, "
    "check --base @, check --explain @, list --sort @, stats --by @, import @, update water-2021:1.1 --due @, "
    "setup --completion @, export csv -o @/x, verify @, take @, render @, remind --forget @, history @"
)
SEARCHED = (
    "' OR 1=1 --",
    '" OR "1"="1',
    "'; DROP TABLE actions; --",
    "%",
    "_",
    "*",
    "NEAR(x",
    "title:x",
    "\\",
)
LOG = {"GITHUB_ACTIONS": "true"}


@pytest.fixture
def water(folder: Path) -> Path:
    """A committed record."""
    return begin(folder)


@pytest.fixture
def records(folder: Path) -> list[str]:
    """The ids of hostile records, of one action each."""
    return hostile_records(folder, ROWS)


def in_columns(line: str, start: int, width: int) -> str:
    """What stands in some columns of a line, as a terminal shows it."""
    begun = next(nth for nth in range(len(line) + 1) if cell_len(line[:nth]) >= start)
    assert cell_len(line[:begun]) == start, line
    return line[begun : begun + width]


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("colour", ["0", "1"])
def test_columns_stay_in_line_whatever_the_script(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch, colour: str
) -> None:
    monkeypatch.setenv("FORCE_COLOR", colour)
    head, *rows = plain(mrtrack("list").out).splitlines()
    assert len(rows) == ROWS + 1
    for row in rows[:-1]:
        assert in_columns(row, cell_len(head[: head.index("due")]), 9) == "2021-07  "
    _, *figures = plain(mrtrack("stats", "overdue-rate", "--by", "lead").out).splitlines()
    ends = {cell_len(line[: line.rindex(" %")]) for line in figures if " % " in line}
    assert len(ends) == 1
    for name in ("status", "list evaluations", "list recommendations", "show hostile-1", "history"):
        shown = plain(mrtrack(*name.split()).out)
        assert max(cell_len(line) for line in shown.splitlines()) <= COLUMNS, name
        assert harmful(shown) == []


@pytest.mark.usefixtures("records")
def test_in_a_ci_log_no_line_is_a_command() -> None:
    for asked in ("list --format csv", "export csv", "show hostile-1 --format md", "list --json"):
        shown = run_apart(asked.split(), LOG, terminal=False)
        assert "error::" in shown.text, asked
        assert commands(shown.text) == [], asked


@pytest.mark.usefixtures("records")
def test_a_file_gets_what_the_records_say_in_ci_too(mrtrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = mrtrack("list", "--format", "csv")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert mrtrack("list", "--format", "csv") == before
    assert commands(before.out)


@pytest.mark.usefixtures("records")
def test_json_says_the_same_in_a_ci_log_as_elsewhere(mrtrack: Run) -> None:
    here = mrtrack("list", "--json").out
    assert commands(here) == []
    assert json.loads(run_apart(["list", "--json"], LOG, terminal=False).text) == json.loads(here)
    assert any("##[error]" in str(item) for item in json.loads(here)["items"])


def test_what_check_tells_a_runner_are_annotations_alone(folder: Path) -> None:
    folder.joinpath("records").mkdir()
    for nth, beginning in enumerate(("::error::x", "a%0A::warning::x", "a,file=b:c", "##[error]")):
        name = f"{beginning}-{nth}.yaml"
        (folder / "records" / name).write_text(f"schema: 1\nid: {beginning}\n{beginning}: x\n", "utf-8")
    told = run_apart(["check"], LOG, terminal=False)
    assert told.code == 1
    assert {line.partition(" ")[0] for line in commands(told.text)} <= {"::error", "::warning"}
    for line in commands(told.text):
        properties = line.partition(" ")[2].partition("::")[0].split(",")
        assert [one.partition("=")[0] for one in properties] in (
            ["file", "line", "col", "title"],
            ["file", "title"],
        )
        assert all(one.count(":") == 0 for one in properties)
        assert "\n" not in line


def test_a_control_character_is_told_and_not_obeyed(folder: Path, mrtrack: Run) -> None:
    folder.joinpath("records").mkdir()
    names = [f"odd-{nth}" for nth in range(len(CONTROLS))]
    for name, control in zip(names, CONTROLS, strict=True):
        text = f'schema: 1\nid: {name}\ntitle: "Odd {control} title"\nstatus: {control}gone\n'
        (folder / "records" / f"{name}.yaml").write_bytes(text.encode())
    for asked in ("check", "check --format gitlab", "check --format github", "status", "list --json"):
        told = mrtrack(*asked.split())
        assert harmful(told.out + told.err) == []
        assert all(f"records/{name}.yaml" in told.out + told.err for name in names)


def test_words_that_were_typed_are_told_harmlessly(water: Path, mrtrack: Run) -> None:
    assert water.exists()
    for asked in TELLING.split(", "):
        told = mrtrack(*(word.replace("@", TYPED) for word in asked.split(" ")))
        assert told.code in (1, 2), asked
        assert harmful(told.err) == [], asked
        assert commands(told.err) == [], asked


def test_a_revision_is_never_an_option_of_git(water: Path, folder: Path, mrtrack: Run) -> None:
    assert water.exists()
    for revision in ("--output=taken", "--upload-pack=touch taken", "--help", "..--output=taken", "@{-1}"):
        for asked in ("list --at", "check --base", "diff --", "status --at", "site out --at"):
            told = mrtrack(*asked.split(), revision)
            assert told.code == 1, asked
            assert revision.lstrip(".") in told.err, asked
    assert not (folder / "taken").exists()


def test_files_named_like_options_are_records_like_others(folder: Path, mrtrack: Run) -> None:
    folder.joinpath("records").mkdir()
    for name in ("--help", "-rf", "--output=taken"):
        (folder / "records" / f"{name}.yaml").write_text("schema: 1\nid: odd\ntitle: Odd\n", "utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "One")
    (folder / "records" / "--help.yaml").write_text("schema: 1\nid: odd\ntitle: New\n", "utf-8")
    told = mrtrack("check", "--base", "HEAD")
    assert told.code == 1
    assert "records/--help.yaml" in told.out
    assert mrtrack("diff").code in (0, 1)
    assert not (folder / "taken").exists()


def test_what_is_searched_for_is_no_command_to_a_database(water: Path, mrtrack: Run) -> None:
    assert water.exists()
    every = len(json.loads(mrtrack("list", "--json").out)["items"])
    assert every > 1
    for words in SEARCHED:
        for option in ("--lead", "--text", "--unit", "--tag", "--organisation", "--country", "--priority"):
            found = mrtrack("list", option, words, "--json")
            assert json.loads(found.out)["items"] == [], (option, words)
        assert mrtrack("list", "--evaluation", words).code == 1
    assert len(json.loads(mrtrack("list", "--json").out)["items"]) == every


@pytest.mark.usefixtures("records")
def test_no_cell_of_a_csv_is_a_formula(mrtrack: Run) -> None:
    told = [mrtrack("list", "--format", "csv").out, mrtrack("export", "csv").out]
    told += [
        mrtrack("history", "--format", "csv").out,
        mrtrack("stats", "--by", "lead", "--format", "csv").out,
    ]
    cells = [cell for text in told for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\uff1d")] == []
    guarded = {cell[1:4] for cell in cells if cell.startswith("'")}
    assert {begun[:3] for begun in BEGINNINGS if begun[0] in "=+-@\uff1d"} <= guarded


def test_a_line_that_was_coloured_is_no_command_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert commands(plain(terminal.render(Text("::error::x", style="red")))) == []
