import subprocess
from pathlib import Path

import pytest

from conftest import Run, git
from mrtrack.git.merging import DRIVER, install_driver
from mrtrack.model.settings import Settings
from mrtrack.problems import is_error
from mrtrack.rules.checking import check
from mrtrack.source.reader import read
from waterworks import WATER, begin, item

ATTRIBUTES = "records/**/*.yaml merge=mrtrack text eol=lf\n"
RECORD = "records/water-2021.yaml"
DONE = ("update", "water-2021:1.1", "completed", "--by", "M&E unit")
VOID = ("update", "water-2021:1.1", "no-longer-applicable", "--comment", "No money.", "--by", "Director")
NEWS = ("update", "water-2021:1.2", "initiated", "--by", "Field office")


@pytest.fixture
def water(folder: Path, on_path: Path) -> Path:  # noqa: ARG001 - git finds the program there
    """A record under git, which finds mrtrack as a program."""
    (folder / ".gitattributes").write_text(ATTRIBUTES, encoding="utf-8")
    return begin(folder)


def write(mrtrack: Run, *words: str) -> None:
    answer = mrtrack(*words)
    assert answer.code == 0, answer.err
    git("commit", "--all", "--quiet", "--message", "News")


def two_branches(mrtrack: Run, here: tuple[str, ...], there: tuple[str, ...]) -> None:
    """Two branches, each with what it writes; we are on the first."""
    git("checkout", "--quiet", "-b", "there")
    write(mrtrack, *there)
    git("checkout", "--quiet", "-b", "here", "main")
    write(mrtrack, *here)


def merge(branch: str) -> tuple[int, str]:
    """Merge a branch into this one, with git; its exit code and all that was said."""
    done = subprocess.run(
        ["git", "merge", "--no-edit", branch], capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_branches_about_different_actions_merge_both_ways(water: Path, mrtrack: Run) -> None:
    install_driver(Path())
    two_branches(mrtrack, (*DONE, "--date", "2026-03-01"), (*NEWS, "--date", "2026-02-01"))
    write(mrtrack, "update", "water-2021:1.1", "--comment", "Seen.", "--date", "2026-04-01", "--by", "Reader")
    git("checkout", "--quiet", "there")
    write(mrtrack, "update", "water-2021:1.1", "--comment", "Half.", "--date", "2026-03-15", "--by", "Reader")
    contents = []
    for onto, other in (("here", "there"), ("there", "here")):
        git("checkout", "--quiet", "--detach", onto)
        code, told = merge(other)
        assert code == 0, told
        contents.append(read(water.read_bytes(), RECORD))
        assert [entry["date"] for entry in item(water, "1.1")["history"][2:]] == [
            *("2026-03-01", "2026-03-15", "2026-04-01")
        ]
        assert item(water, "1.1")["status"] == "completed"
        assert item(water, "1.2")["status"] == "initiated"
        checked = mrtrack("check", "--base", "main")
        assert checked.code == 0, checked.out
    assert contents[0].evaluation == contents[1].evaluation
    assert not [problem for problem in check(contents[0], Settings()) if is_error(problem)]


def test_one_action_with_two_statuses_stops_the_merge_with_markers_around_it(
    water: Path, mrtrack: Run
) -> None:
    install_driver(Path())
    two_branches(mrtrack, DONE, VOID)
    code, told = merge("there")
    assert code == 1
    assert f"{RECORD}: 1.1: status is “completed” on our side and “no-longer-applicable” on theirs" in told
    lines = water.read_text(encoding="utf-8").splitlines()
    first, last = lines.index("<<<<<<< ours"), lines.index(">>>>>>> theirs")
    assert lines[first + 1] == '      - id: "1.1"'
    assert lines[last + 1] == '      - id: "1.2"'
    assert git("diff", "--name-only", "--diff-filter=U") == f"{RECORD}\n"


def test_a_stopped_merge_is_resolved_without_the_driver(water: Path, mrtrack: Run) -> None:
    done = (*DONE, "--date", "2026-03-01")
    half = ("update", "water-2021:1.1", "--comment", "Half.", "--date", "2026-02-01", "--by", "Reader")
    two_branches(mrtrack, done, half)
    assert merge("there")[0] == 1
    with_markers = water.read_bytes()
    assert b"<<<<<<< HEAD" in with_markers
    answer = mrtrack("merge", "--resolve")
    assert (answer.code, answer.out) == (0, f"{RECORD}: merged\n")
    assert [entry["date"] for entry in item(water, "1.1")["history"][2:]] == ["2026-02-01", "2026-03-01"]
    assert git("ls-files", "--unmerged") == ""
    assert mrtrack("merge", "--resolve").err == "No record waits for a merge.\n"
    assert mrtrack("undo").code == 0
    assert water.read_bytes() == with_markers


def test_a_record_that_was_merged_and_not_yet_told_to_git_is_told_by_the_next_run(
    water: Path, mrtrack: Run
) -> None:
    half = ("update", "water-2021:1.1", "--comment", "Half.", "--date", "2026-02-01", "--by", "Reader")
    two_branches(mrtrack, (*DONE, "--date", "2026-03-01"), half)
    assert merge("there")[0] == 1
    assert mrtrack("merge", "--resolve").code == 0
    merged = water.read_bytes()
    git("checkout", "--merge", "--", RECORD)
    water.write_bytes(merged)
    answer = mrtrack("merge", "--resolve")
    assert (answer.code, answer.out) == (0, f"{RECORD}: merged\n")
    assert git("ls-files", "--unmerged") == ""
    assert water.read_bytes() == merged


def test_what_cannot_be_resolved_is_told_and_waits(water: Path, mrtrack: Run) -> None:
    two_branches(mrtrack, DONE, VOID)
    (Path("records") / "harbour-2022.yaml").write_text("id: x\n", encoding="utf-8")
    git("commit", "--all", "--quiet", "--message", "Broken")
    assert merge("there")[0] == 1
    answer = mrtrack("merge", "--resolve", RECORD)
    assert answer.code == 1
    assert f"{RECORD}: 1.1: status is" in answer.err
    assert answer.err.endswith(f"mrtrack check; git add -- {RECORD}\n")
    assert water.read_text(encoding="utf-8").count("<<<<<<< ours") == 1
    water.write_text(WATER, encoding="utf-8")
    answer = mrtrack("merge", "--resolve")
    assert "it was changed since the merge stopped" in answer.err
    assert water.read_text(encoding="utf-8") == WATER
    answer = mrtrack("merge", "--resolve", "records/harbour-2022.yaml")
    assert (answer.code, answer.err.splitlines()[0]) == (
        1,
        "mrtrack: no stopped merge left records/harbour-2022.yaml",
    )


def test_a_side_that_is_no_record_gets_the_markers_of_git(tmp_path: Path, mrtrack: Run) -> None:
    for name, text in (
        ("base", WATER),
        ("ours", WATER.replace("Plan together", "Plan")),
        ("theirs", "id: [\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [str(tmp_path / name) for name in ("base", "ours", "theirs")]
    answer = mrtrack("merge", *files, "9", RECORD)
    assert answer.code == 1
    assert "merged by git line by line, look at all of it: their side cannot be read (line 2" in answer.err
    assert "<<<<<<<<< ours\n" in (tmp_path / "ours").read_text(encoding="utf-8")


def test_a_record_that_both_branches_add_gets_an_empty_base(tmp_path: Path, mrtrack: Run) -> None:
    texts = {
        "base": "",
        "ours": WATER,
        "theirs": WATER.replace("required: true", "required: true\n  unit: Front"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [str(tmp_path / name) for name in texts]
    assert mrtrack("merge", *files, "7", RECORD).code == 0
    assert (tmp_path / "ours").read_text(encoding="utf-8") == texts["theirs"]


def test_a_record_that_one_branch_deletes_is_left_to_a_person(water: Path, mrtrack: Run) -> None:
    git("checkout", "--quiet", "-b", "there")
    water.unlink()
    git("commit", "--all", "--quiet", "--message", "Gone")
    git("checkout", "--quiet", "main")
    write(mrtrack, *DONE)
    assert merge("there")[0] == 1
    answer = mrtrack("merge", "--resolve")
    assert answer.code == 1
    assert answer.err.startswith(f"{RECORD}: one side deletes it, the other changes it")


def test_git_runs_the_driver_and_people_do_not_see_it(mrtrack: Run) -> None:
    assert DRIVER == "mrtrack merge %O %A %B %L %P"
    assert "merge" not in mrtrack("--help").out.replace("merged", "")
    answer = mrtrack("merge", "one", "two")
    assert answer.code == 2
    assert "mrtrack merge --resolve" in " ".join(answer.err.split())
