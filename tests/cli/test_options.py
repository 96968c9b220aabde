"""The options that reading commands share: all of them have them, and help mentions every one."""

import json
import re
from pathlib import Path

import pytest
from screens_of import promised, put, put_broken

from conftest import Run
from mrtrack.query.filters import CRITERIA

# DESIGN.md section 3, as it stands there.
SHARED = [
    "--evaluation",
    "--evaluation-status",
    "--organisation",
    "--type",
    "--country",
    "--tag",
    "--unit",
    "--lead",
    "--status",
    "--decision",
    "--priority",
    "--open",
    "--overdue",
    "--due-soon",
    "--stale",
    "--disputed",
    "--no-lead",
    "--no-evidence",
    "--no-response",
    "--due-before",
    "--due-after",
    "--completed-before",
    "--completed-after",
    "--updated-before",
    "--text",
    "--view",
    "--as-of",
    "--at",
    "--sort",
    "--limit",
    "--format",
    "--json",
    "--strict",
]
RECORDED = "--comment --date --by --dry-run --commit"
OWN = {
    "status": "",
    "list": "",
    "show": "",
    "history": "--since --until --by",
    "check": "--json --explain",
    "update": f"{RECORDED} --due --lead --reason --document --verdict --corrects --on --planned-end",
    "respond": f"{RECORDED} --text --document --corrects --on --submitted --due --approved-by",
    "add": f"{RECORDED} --text --title --id --lead --support --due --status --serves",
    "new": f"{RECORDED} --title --organisation --type --status --planned-end --completed",
    "edit": "--commit",
    "undo": "--dry-run",
}
READING = ("status", "list", "show", "history")


@pytest.mark.parametrize("command", OWN)
def test_help_mentions_every_option_with_what_it_does(mrtrack: Run, command: str) -> None:
    told = mrtrack(command, "--help").out.split("Options:\n")[1]
    mentioned = dict(re.findall(r"^  (?:-\w, )?(--[a-z-]+)(.*(?:\n {6,}.*)*)", told, re.MULTILINE))
    also = set(re.findall(r"--[a-z-]+", told))
    assert {*OWN[command].split(), *(SHARED if command in READING else ()), "--help"} - also == set()
    for option, text in mentioned.items():
        assert re.search(r" {2}\S.*[a-z]{2}", text, re.DOTALL), option


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("command", [["status"], ["list"], ["history"]])
def test_every_reading_command_takes_every_shared_option(mrtrack: Run, command: list[str]) -> None:
    values = {
        "--evaluation": "unossc-2020",
        "--evaluation-status": "completed",
        "--status": "initiated",
        "--decision": "not-stated",
        "--due-before": "2027",
        "--due-after": "2020",
        "--updated-before": "2027",
        "--view": "open",
        "--as-of": "2026-11-22",
        "--at": "HEAD",
        "--sort": "status" if command != ["history"] else "date",
        "--limit": "3",
        "--format": "json",
        "--organisation": "UN",
        "--lead": "Director",
        "--unit": "Director",
        "--text": "Theory of change",
        "--country": "global",
        "--type": "outcome",
    }
    contradicting = {
        "--tag",
        "--priority",
        "--due-soon",
        "--disputed",
        "--no-lead",
        "--no-evidence",
        "--no-response",
    }
    contradicting |= {"--completed-before", "--completed-after"}
    flags = {"--open", "--overdue", "--stale", "--json", "--strict"}
    assert {*values, *contradicting, *flags} == set(SHARED)
    arguments = [part for option, value in values.items() for part in (option, value)]
    answer = mrtrack(*command, *arguments, *flags)
    assert (answer.code, answer.err) == (0, "")
    document = json.loads(answer.out)
    if command == ["list"]:
        assert [item["ref"] for item in document["items"]] == ["unossc-2020:3.3"]
    elif command == ["history"]:
        assert {item["ref"] for item in document["items"]} == {"unossc-2020:3.3"}
    else:
        assert document["items"][0]["actions"]["total"] == 1


@pytest.mark.usefixtures("real")
def test_a_criterion_that_nothing_fits_empties_each_answer(mrtrack: Run) -> None:
    for option in (
        "--tag x",
        "--priority x",
        "--due-soon",
        "--disputed",
        "--no-lead",
        "--text zzz",
        "--completed-before 2019",
    ):
        document = json.loads(mrtrack("status", "--json", *option.split()).out)
        assert document["items"][0]["actions"]["total"] == 0, option
        assert json.loads(mrtrack("history", "--json", *option.split()).out)["items"] == [], option


def test_every_criterion_has_its_option() -> None:
    assert {"--" + name.replace("_", "-") for name in CRITERIA} <= set(SHARED)


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("command", [["status"], ["list"], ["show", "unossc-2020"], ["history"]])
def test_strict_leaves_with_1_only_where_something_could_not_be_read(
    real: Path, mrtrack: Run, command: list[str]
) -> None:
    assert mrtrack(*command, "--strict").code == 0
    put_broken(real)
    assert mrtrack(*command).code == 0
    answer = mrtrack(*command, "--strict")
    assert answer.code == 1
    assert answer.out == mrtrack(*command).out


def test_units_are_known_by_their_aliases(folder: Path, mrtrack: Run) -> None:
    (folder / "mrtrack.toml").write_text('[units."Field Operations"]\naliases = ["FO"]\n', encoding="utf-8")
    put(folder, "a-2021", promised(responsible="FO"), promised(responsible="Director"))
    for name in ("fo", "field operations"):
        items = json.loads(mrtrack("list", "--json", "--unit", name).out)["items"]
        assert [item["ref"] for item in items] == ["a-2021:1.1"], name


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    "arguments",
    [
        "status --view nosuch",
        "history --view nosuch",
        "status --status nosuch",
        "history --decision nosuch",
        "status --as-of nosuch",
        "show unossc-2020 --as-of nosuch",
        "history --sort nosuch",
        "show unossc-2020 --format nosuch",
    ],
)
def test_each_reading_command_refuses_unknown_words_alike(mrtrack: Run, arguments: str) -> None:
    answer = mrtrack(*arguments.split())
    assert (answer.code, answer.out) == (2, "")
    assert "nosuch" in answer.err
