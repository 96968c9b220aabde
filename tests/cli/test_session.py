"""What a command works on: which repository and day, which item a REF names, what could not be read."""

import json
import os
import sys
from pathlib import Path

import pexpect
import pytest
from screens_of import promised, put, put_broken, put_text

from conftest import Run, git


def on_a_terminal(*arguments: str) -> tuple[int, str]:
    """Run the command where a person would see it: its exit code, and what the terminal got."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "mrtrack", *arguments],
        env={**os.environ, "NO_COLOR": "1"},
        encoding="utf-8",
        dimensions=(40, 120),
        timeout=30,
    )
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus or 0), str(child.before).replace("\r\n", "\n")


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("ref", ["unossc-2020", "unossc-2020:3", "unossc-2020:3.1"])
def test_an_exact_ref_names_its_item(mrtrack: Run, ref: str) -> None:
    answer = mrtrack("show", ref)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(ref)


def test_ids_within_an_evaluation_are_found_in_any_case(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", recommendations=[{"id": "R-1", "actions": [{"id": "R-1.a", "text": "Do it."}]}])
    assert mrtrack("show", "a-2021:r-1.A").out.startswith("a-2021:R-1.a")


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("ref", "told"),
    [
        ("unos", "did you mean unossc-2020?"),
        ("unossc-2021", "did you mean unossc-2020"),
        ("UNOSSC-2020", "did you mean unossc-2020?"),
        ("water", "there are: unece-2021, unossc-2020"),
        ("", "there are: unece-2021, unossc-2020"),
        (":1.1", "there are: unece-2021, unossc-2020"),
        ("unossc-2020:3.11", "did you mean 3.1"),
        ("unossc-2020:99", "there are: 1, 1.1, 1.2"),
        ("../unossc-2020", "did you mean unossc-2020"),
        ("records/unossc-2020.yaml", "there is no evaluation"),
    ],
)
def test_a_ref_that_names_nothing_is_bad_news_and_says_what_was_meant(
    mrtrack: Run, ref: str, told: str
) -> None:
    for command in ("show", "status", "history"):
        if command == "show" or ref:
            answer = mrtrack(command, ref)
            assert (answer.code, answer.out) == (1, "")
            assert told in answer.err


@pytest.mark.usefixtures("real")
def test_on_a_terminal_a_unique_beginning_is_enough() -> None:
    code, screen = on_a_terminal("show", "unos:3.1")
    assert code == 0
    assert screen.startswith("unossc-2020:3.1")
    code, screen = on_a_terminal("list", "--evaluation", "UNOS")
    assert code == 0
    assert "28 actions" in screen


def test_on_a_terminal_a_beginning_of_several_is_refused_and_an_exact_id_wins(real: Path) -> None:
    put(real, "unossc-2020-b", promised(due="2022"))
    code, screen = on_a_terminal("show", "un")
    assert code == 1
    assert "did you mean unece-2021 or unossc-2020" in screen
    code, screen = on_a_terminal("show", "unossc-2020")
    assert code == 0
    assert screen.startswith("unossc-2020 ")


def test_a_ref_into_a_record_that_cannot_be_read_tells_why(real: Path, mrtrack: Run) -> None:
    put_broken(real)
    for command in ("show", "status", "history"):
        answer = mrtrack(command, "broken-2021")
        assert (answer.code, answer.out) == (1, "")
        assert (
            "broken-2021 cannot be read (records/broken-2021.yaml:3:9: “finished” is no status" in answer.err
        )


def test_an_evaluation_is_known_by_its_id_also_where_the_file_is_named_otherwise(
    folder: Path, mrtrack: Run
) -> None:
    put_text(folder, "renamed.yaml", "schema: 1\nid: water-2021\ntitle: Water\n")
    assert mrtrack("show", "water-2021").out.startswith("water-2021  Water")
    assert mrtrack("show", "renamed").code == 1


@pytest.mark.usefixtures("real")
def test_at_a_revision_the_files_of_that_commit_answer(real: Path, mrtrack: Run) -> None:
    put(real, "water-2021", promised("First.", due="2022"))
    git("add", "--all")
    git("commit", "--quiet", "--message", "Water")
    git("tag", "before")
    put(real, "water-2021", promised("Second.", due="2022"))
    git("commit", "--quiet", "--all", "--message", "Changed")
    put(real, "water-2021", promised("Third.", due="2022"))

    def text(*options: str) -> str:
        (item,) = json.loads(mrtrack("show", "water-2021:1.1", "--json", *options).out)["items"]
        return str(item["text"])

    assert text() == "Third."
    assert text("--at", "HEAD") == "Second."
    assert (
        text("--at", "before")
        == text("--at", "HEAD~1")
        == text("--at", git("rev-parse", "--short", "before").strip())
    )
    assert text("--at", "before") == "First."
    answer = mrtrack("show", "water-2021", "--at", "HEAD~2")
    assert (answer.code, answer.out) == (1, "")
    assert json.loads(mrtrack("status", "--json", "--at", "HEAD~2").out)["items"][0]["actions"]["total"] == 36


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    "revision", ["nosuch", "--output=stolen", "-h", "^HEAD", "HEAD..HEAD", "HEAD:records", ""]
)
def test_a_revision_that_names_no_commit_is_refused(real: Path, mrtrack: Run, revision: str) -> None:
    answer = mrtrack("list", f"--at={revision}")
    assert (answer.code, answer.out) == (1, "")
    assert f"git knows no commit “{revision}”" in answer.err
    assert not (real / "stolen").exists()


def test_a_repository_within_a_larger_one_answers_from_its_own_folder(real: Path, mrtrack: Run) -> None:
    put(real / "inner", "water-2021", promised(due="2022"))
    git("add", "--all")
    git("commit", "--quiet", "--message", "Inner")
    answer = mrtrack("-C", "inner", "list", "--at", "HEAD", "--json")
    assert [item["ref"] for item in json.loads(answer.out)["items"]] == ["water-2021:1.1"]


def test_without_git_around_a_commit_cannot_be_asked(
    tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "water-2021", promised(due="2022"))
    monkeypatch.chdir(tmp_path)
    assert mrtrack("list").code == 0
    answer = mrtrack("list", "--at", "HEAD")
    assert (answer.code, answer.out) == (1, "")
    assert "not a git repository" in answer.err


@pytest.mark.usefixtures("real")
def test_today_is_what_the_variable_says(mrtrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MRTRACK_TODAY", "2023-01-01")
    assert json.loads(mrtrack("status", "--json").out)["items"][0]["actions"]["overdue"] == 3
    assert json.loads(mrtrack("check", "--json").out)["as_of"] == "2023-01-01"
    monkeypatch.setenv("MRTRACK_TODAY", "")
    assert json.loads(mrtrack("status", "--json").out)["as_of"] != "2023-01-01"


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("day", ["tomorrow", "2023", "2023-01", "2023-02-30", "01.02.2023"])
def test_a_today_that_is_no_day_is_wrong_usage(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setenv("MRTRACK_TODAY", day)
    for command in (["status"], ["check"], ["list", "--as-of", "2021"]):
        answer = mrtrack(*command)
        assert (answer.code, answer.out) == (2, "")
        assert "MRTRACK_TODAY" in answer.err


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021", "2021-12-31"),
        ("2021-Q2", "2021-06-30"),
        ("2021-02", "2021-02-28"),
        ("2021-02-03", "2021-02-03"),
    ],
)
def test_as_of_a_period_is_as_of_its_last_day(mrtrack: Run, text: str, day: str) -> None:
    assert json.loads(mrtrack("list", "--json", "--as-of", text).out)["as_of"] == day


@pytest.mark.usefixtures("real")
def test_it_works_from_any_folder_below_and_for_a_folder_that_is_named(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "repository" / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "repository" / "deep" / "down")
    assert "36 actions" in mrtrack("list").out
    monkeypatch.chdir(tmp_path)
    assert mrtrack("list").code == 1
    assert "36 actions" in mrtrack("-C", "repository", "list").out
    assert "36 actions" in mrtrack("-C", str(tmp_path / "repository"), "list").out


def test_where_mrtrack_toml_puts_the_records_they_are_read(folder: Path, mrtrack: Run) -> None:
    put(folder / "data", "water-2021", promised(due="2022"))
    put(folder, "other-2021", promised(due="2022"))
    (folder / "mrtrack.toml").write_text('records = "data/records"\n', encoding="utf-8")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Elsewhere")
    for options in ([], ["--at", "HEAD"]):
        items = json.loads(mrtrack("list", "--json", *options).out)["items"]
        assert [item["ref"] for item in items] == ["water-2021:1.1"]
    (folder / "mrtrack.toml").write_text('records = "."\n', encoding="utf-8")
    for options in ([], ["--at", "HEAD"]):
        items = json.loads(mrtrack("list", "--json", *options).out)["items"]
        assert [item["ref"] for item in items] == ["water-2021:1.1", "other-2021:1.1"]


def test_several_files_that_cannot_be_read_are_counted_and_the_first_are_named(
    real: Path, mrtrack: Run
) -> None:
    for name in "abcd":
        put_text(real, f"{name}.yaml", "x: [\n")
    answer = mrtrack("list")
    assert " ".join(answer.out.split()).endswith(
        "4 files could not be read and are not counted here: a.yaml, b.yaml, c.yaml … "
        "(mrtrack check tells why)"
    )
    assert [line.split(":")[0] for line in answer.err.splitlines()] == [
        f"records/{name}.yaml" for name in "abcd"
    ]


def test_settings_that_cannot_be_read_are_named_like_a_record_and_the_rest_holds(
    real: Path, mrtrack: Run
) -> None:
    (real / "mrtrack.toml").write_text('[days]\nstale = "soon"\ndue_soon = 5\n', encoding="utf-8")
    answer = mrtrack("list", "--json")
    document = json.loads(answer.out)
    assert (answer.code, document["complete"], len(document["items"])) == (0, False, 36)
    assert [item["path"] for item in document["unread"]] == ["mrtrack.toml"]
    assert answer.err.startswith("mrtrack.toml:2:9: ")
    assert mrtrack("list", "--strict").code == 1
