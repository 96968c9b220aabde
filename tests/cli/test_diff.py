"""`mrtrack diff`: what a change means, in words, between the states that git knows and the files here."""

import json
import re
from pathlib import Path

import pytest
from screens_of import DOCUMENT_KEYS, Keys, plain, promised, put, put_broken, put_text, snapshot, widest

from conftest import Answer, Run, git
from mrtrack.cli.terminal import HARMFUL
from waterworks import begin


@pytest.fixture
def water(folder: Path) -> Path:
    """Two committed records on the main branch, and a branch for work on them."""
    record = begin(folder)
    git("switch", "--quiet", "--create", "work")
    return record


def commit(message: str = "A change") -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


def lines(mrtrack: Run, *arguments: str) -> list[str]:
    answer = mrtrack("diff", *arguments)
    assert (answer.code, answer.err) == (0, "")
    return answer.out.splitlines()


def items(mrtrack: Run, *arguments: str) -> list[Keys]:
    answer = mrtrack("diff", "--json", *arguments)
    assert (answer.code, answer.err) == (0, "")
    document = json.loads(answer.out)
    assert list(document) == DOCUMENT_KEYS
    assert (document["kind"], document["as_of"], document["complete"]) == ("changes", "2026-11-22", True)
    found = document["items"]
    assert isinstance(found, list)
    return found


def texts(mrtrack: Run, *arguments: str) -> list[str]:
    return [str(item["text"]) for item in items(mrtrack, *arguments) if item["change"] != "count"]


def complete(mrtrack: Run) -> None:
    done = ("--comment", "Held. All came.", "--document", "Minutes=https://example.org/minutes")
    assert mrtrack("update", "water-2021:1.1", "completed", "--by", "M&E unit", *done).code == 0


@pytest.mark.usefixtures("water")
def test_without_a_name_it_tells_what_the_branch_changed_committed_or_not(mrtrack: Run) -> None:
    complete(mrtrack)
    commit()
    assert mrtrack("update", "water-2021:1.2", "--due", "2027", "--comment", "Late.", "--by", "U").code == 0
    git("branch", "--force", "elsewhere", "main")
    assert plain(mrtrack("diff").out).splitlines()[1:] == [
        "overdue 2 → 0 · open 4 → 3 · completed 1 → 2",
        "",
        "water-2021  Evaluation of the water programme",
        "  1.1  completed (was initiated), recorded 1,940 days after it was due, 1",
        "       document: Held",
        "  1.2  due moved 2022-Q1 → 2027: Late",
    ]


def test_what_main_gained_meanwhile_is_not_told(water: Path, mrtrack: Run) -> None:
    git("switch", "--quiet", "main")
    put(water.parent.parent, "lights-2023", promised("Light it."))
    commit()
    git("switch", "--quiet", "work")
    complete(mrtrack)
    assert texts(mrtrack) == [
        "1.1 completed (was initiated), recorded 1,940 days after it was due: Held",
        "1.1 1 document: Held",
    ]
    assert "evaluation removed" in mrtrack("diff", "main").out
    assert texts(mrtrack, "main...work") == []


@pytest.mark.usefixtures("water")
def test_one_commit_is_compared_with_the_files_here_and_two_with_each_other(mrtrack: Run) -> None:
    complete(mrtrack)
    commit()
    git("tag", "done")
    assert lines(mrtrack, "HEAD") == ["No record changes.", "HEAD to the files here"]
    assert len(texts(mrtrack, "main..done")) == 2
    assert len(texts(mrtrack, "main..")) == 2
    assert [item["text"] for item in items(mrtrack, "done..main")] == [
        "1.1 initiated (was completed), without an entry",
        "1.1 entry of 2026-11-22 changed or removed",
        "overdue 1 → 2",
        "open 3 → 4",
        "completed 2 → 1",
    ]


@pytest.mark.usefixtures("water")
def test_the_items_are_those_of_the_contract(mrtrack: Run) -> None:
    complete(mrtrack)
    found = items(mrtrack)
    assert {tuple(item) for item in found} == {("ref", "change", "before", "after", "text")}
    assert found[0] == {
        "ref": "water-2021:1.1",
        "change": "status",
        "before": "initiated",
        "after": "completed",
        "text": "1.1 completed (was initiated), recorded 1,940 days after it was due: Held",
    }
    assert found[-1] == {
        "ref": None,
        "change": "count",
        "before": 1,
        "after": 2,
        "text": "completed 1 → 2",
    }


def test_a_new_evaluation_and_one_that_is_gone(water: Path, mrtrack: Run) -> None:
    (water.parent / "harbour-2022.yaml").unlink()
    put(water.parent.parent, "lights-2023", promised("Light it.", due="2027"))
    assert texts(mrtrack) == [
        "evaluation removed, with 1 recommendation and 1 action",
        "new evaluation: Evaluation lights-2023",
        "1 recommendation: 1 not stated",
        "1 action: 1 open, next due 2027",
    ]


def test_a_file_that_moved_holds_the_same_record(water: Path, mrtrack: Run) -> None:
    (water.parent / "old").mkdir()
    water.rename(water.parent / "old" / water.name)
    assert lines(mrtrack)[0] == "No record changes."


def test_a_record_that_became_unreadable_is_named_and_is_not_removed(water: Path, mrtrack: Run) -> None:
    water.write_text("schema: 1\nid: water-2021\nstatus: finished\n", encoding="utf-8")
    put_broken(water.parent.parent)
    answer = mrtrack("diff")
    assert answer.code == 0
    assert answer.out.startswith("No record changes.\n")
    assert "broken-2021.yaml, water-2021.yaml" in " ".join(answer.out.split())
    assert [line.split(":")[0] for line in answer.err.splitlines()] == [
        "records/broken-2021.yaml",
        "records/water-2021.yaml",
    ]
    document = json.loads(mrtrack("diff", "--json").out)
    assert (document["complete"], document["items"]) == (False, [])
    assert [one["path"] for one in document["unread"]] == [
        "records/broken-2021.yaml",
        "records/water-2021.yaml",
    ]
    assert "water-2021.yaml" in mrtrack("diff", "--format", "md").out
    assert mrtrack("diff", "--strict").code == 1


def test_a_record_that_was_unreadable_before_is_named_and_is_not_new(water: Path, mrtrack: Run) -> None:
    good = water.read_text(encoding="utf-8")
    water.write_text("id: [", encoding="utf-8")
    commit()
    put_text(water.parent.parent, "moved.yaml", good)
    water.write_text(good, encoding="utf-8")
    answer = mrtrack("diff", "HEAD", "--json")
    assert [one["text"] for one in json.loads(answer.out)["items"]] == []
    assert answer.err.startswith("records/water-2021.yaml")


def test_an_unreadable_file_stands_for_the_record_that_it_held(water: Path, mrtrack: Run) -> None:
    water.rename(water.with_name("other-name.yaml"))
    commit()
    water.with_name("other-name.yaml").write_text("id: [", encoding="utf-8")
    answer = mrtrack("diff", "HEAD", "--json")
    assert (answer.code, json.loads(answer.out)["items"]) == (0, [])


def test_the_day_of_the_counts_can_be_chosen(water: Path, mrtrack: Run) -> None:
    water.write_text(water.read_text(encoding="utf-8").replace("due: 2022-Q1", "due: 2027"), encoding="utf-8")

    def counts(*arguments: str) -> list[str]:
        found = json.loads(mrtrack("diff", "--json", *arguments).out)["items"]
        return [str(item["text"]) for item in found if item["change"] == "count"]

    assert counts() == ["overdue 2 → 1"]
    assert counts("--as-of", "2022-01") == []
    assert mrtrack("diff", "--as-of", "soon").code == 2


def test_markdown_is_headed_by_the_counts_and_has_a_section_an_evaluation(water: Path, mrtrack: Run) -> None:
    complete(mrtrack)
    put(water.parent.parent, "lights-2023", promised("Light it.", due="2027"))
    assert lines(mrtrack, "--format", "md") == [
        "## What changes in the records",
        "",
        (
            "2 evaluations: overdue 2 → 1 · completed 1 → 2 · evaluations 2 → 3 · recommendations 3 → 4 · "
            "actions 5 → 6"
        ),
        "",
        "### lights-2023 (new)",
        "",
        "- new evaluation: Evaluation lights-2023",
        "- 1 recommendation: 1 not stated",
        "- 1 action: 1 open, next due 2027",
        "",
        "### water-2021: Evaluation of the water programme",
        "",
        "- 1.1 completed (was initiated), recorded 1,940 days after it was due, 1 document: Held",
    ]


@pytest.mark.usefixtures("water")
def test_markdown_of_nothing_is_one_line(mrtrack: Run) -> None:
    assert lines(mrtrack, "--format", "md") == ["No record changes."]


def test_a_hostile_record_puts_nothing_into_a_pull_request_but_its_words(water: Path, mrtrack: Run) -> None:
    title = "<img src=x> [a](http://b) **c** @team/all closes #12 GH-9 | `d`"
    hostile = f"title: {json.dumps(title)}"
    text = water.read_text(encoding="utf-8").replace("title: Evaluation of the water programme", hostile)
    text = text.replace(
        "    responsible: Director\n        due", f"    responsible: {json.dumps(title)}\n        due"
    )
    water.write_text(text, encoding="utf-8")
    put(water.parent.parent, "hostile-2023", promised("x"), title=title)
    out = mrtrack("diff", "--format", "md").out
    written = (
        "\\<img src=x> \\[a](http://b) \\*\\*c\\*\\* @\u2060team/all closes #\u206012 GH-\u20609 \\| \\`d\\`"
    )
    assert out.count(written) == out.count("<img") == out.count("team/all") == 3
    assert f"### water-2021: {written}\n" in out
    assert f"- new evaluation: {written}\n" in out
    assert f"- 1.1 lead {written} (was Director), without an entry\n" in out
    for arguments in ((), ("--json",)):
        assert re.search(HARMFUL, mrtrack("diff", *arguments).out) is None


def test_very_many_changes_are_told_up_to_a_length_that_hosts_take(water: Path, mrtrack: Run) -> None:
    for number in range(70):
        put(water.parent.parent, f"many-{number:02}", promised("x"))
    out = mrtrack("diff", "--format", "md").out
    assert out.count("\n- ") == 200
    assert "… and 10 more lines: `mrtrack diff` tells them all." in out


@pytest.mark.parametrize("columns", ["80", "50", "140"])
def test_the_screen_keeps_to_its_columns(
    water: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    complete(mrtrack)
    put(water.parent.parent, "lights-2023", promised("Light it. " * 20), title="A long title " * 20)
    text = water.read_text(encoding="utf-8")
    water.write_text(text.replace("of the water programme", "of the water programme " * 9), encoding="utf-8")
    monkeypatch.setenv("COLUMNS", columns)
    answer = mrtrack("diff")
    assert answer.code == 0
    assert widest(answer.out) <= int(columns)
    assert "\n  1.1  completed (was initiated)" in answer.out
    (heading,) = [line for line in answer.out.splitlines() if line.startswith("water-2021")]
    assert heading.endswith("…")
    counts = answer.out.split("\n\n")[0].splitlines()[1:]
    told = [count for line in counts for count in line.removesuffix(" ·").split(" · ") if "→" in line]
    assert [count for count in told if not re.fullmatch(r"[a-z ]+ \d+ → \d+", count)] == []


def test_before_the_first_commit_everything_is_new(folder: Path, mrtrack: Run) -> None:
    put(folder, "lights-2023", promised("Light it."))
    assert plain(mrtrack("diff").out).splitlines()[0].endswith("nothing is committed yet")
    assert texts(mrtrack)[0] == "new evaluation: Evaluation lights-2023"


def refused(answer: Answer) -> str:
    assert (answer.code, answer.out) == (1, "")
    return answer.err


def test_the_main_branch_is_the_one_that_the_settings_name(water: Path, mrtrack: Run) -> None:
    complete(mrtrack)
    commit()
    git("branch", "trunk")
    (water.parent.parent / "mrtrack.toml").write_text('[git]\nmain = "trunk"\n', encoding="utf-8")
    assert lines(mrtrack) == [
        "No record changes.",
        f"since {git('rev-parse', 'HEAD')[:7]}, where this work left trunk",
    ]


@pytest.mark.usefixtures("water")
def test_what_git_does_not_know_is_refused_by_name(mrtrack: Run) -> None:
    assert refused(mrtrack("diff", "nowhere")) == "mrtrack: git knows no commit “nowhere”\n"
    assert refused(mrtrack("diff", "main..nowhere")) == "mrtrack: git knows no commit “nowhere”\n"
    git("branch", "--move", "main", "trunk")
    assert refused(mrtrack("diff")) == (
        "mrtrack: git knows no main branch\n"
        "  → say what to compare with: mrtrack diff HEAD, mrtrack diff A..B\n"
    )


def test_outside_of_git_it_says_that_git_is_needed(
    tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mrtrack.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for arguments in ((), ("HEAD",)):
        assert "not a git repository" in refused(mrtrack("diff", *arguments))


@pytest.mark.usefixtures("water")
def test_it_changes_nothing(mrtrack: Run) -> None:
    complete(mrtrack)
    before = snapshot(Path.cwd())
    for arguments in ((), ("HEAD",), ("main..work", "--json"), ("--format", "md")):
        assert mrtrack("diff", *arguments).code == 0
    assert snapshot(Path.cwd()) == before
    assert git("status", "--porcelain") == " M records/water-2021.yaml\n"
