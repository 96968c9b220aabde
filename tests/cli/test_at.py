"""`--at REV` on every reading command: what the files of a past commit say."""

import json
from pathlib import Path

import pytest
from screens_of import promised, put

from conftest import Run, git


@pytest.fixture
def past(folder: Path) -> Path:
    """A repository whose only action was initiated in its first commit, and completed since."""
    put(folder, "water-2021", promised("Do it.", status="initiated"))
    git("add", "--all")
    git("commit", "--quiet", "--message", "First")
    git("tag", "before")
    put(folder, "water-2021", promised("Do it.", status="completed"))
    put(folder, "harbour-2022", promised("Light it."))
    return folder


@pytest.mark.usefixtures("past")
@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["status", "water-2021"],
        ["list"],
        ["list", "recommendations"],
        ["list", "evaluations"],
        ["show", "water-2021:1.1"],
        ["history"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("form", ["table", "md", "json"])
def test_every_reading_command_answers_from_the_files_of_a_past_commit(
    mrtrack: Run, command: list[str], form: str
) -> None:
    now = mrtrack(*command, "--format", form)
    then = mrtrack(*command, "--at", "before", "--format", form)
    assert (now.code, then.code, then.err) == (0, 0, "")
    assert "harbour-2022" not in then.out
    if command[-1] in ("list", "history", "water-2021:1.1"):
        assert ("completed" in now.out, "initiated" in then.out) == (True, True)
    if command[-1] in ("status", "list", "recommendations", "evaluations", "history"):
        assert now.out != then.out


@pytest.mark.usefixtures("past")
def test_the_counts_of_a_past_commit_are_its_own(mrtrack: Run) -> None:
    def counts(*options: str) -> tuple[int, int]:
        (item,) = json.loads(mrtrack("status", "--json", *options).out)["items"]
        return item["actions"]["total"], item["actions"]["completed"]

    assert (counts(), counts("--at", "before")) == ((2, 1), (1, 0))


@pytest.mark.usefixtures("past")
@pytest.mark.parametrize("command", [["status"], ["list"], ["show", "water-2021"], ["history"]], ids=" ".join)
def test_a_commit_that_git_does_not_know_is_named(mrtrack: Run, command: list[str]) -> None:
    answer = mrtrack(*command, "--at", "nowhere")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == "mrtrack: git knows no commit “nowhere”\n"
