"""What all writing commands share: texts as typed, who records, what is shown of a change."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from hypothesis import given

from conftest import Run, git
from mrtrack.cli.writing import given_line, given_text, show_difference
from strategies import prose
from waterworks import begin, changed_files, item, last


@given(prose)
def test_wrapping_a_text_changes_nothing_but_where_its_lines_break(text: str) -> None:
    written = given_text(text, "--comment")
    assert written
    assert re.sub(r"\s+", " ", written).strip() == re.sub(r"\s+", " ", text.expandtabs()).strip()
    assert all(len(line) <= 80 or " " not in line.strip() for line in written.split("\n"))
    assert given_text(written, "--comment") == written


@pytest.mark.parametrize("given_by", [given_text, given_line])
@pytest.mark.parametrize("text", ["", "  ", "\n\t\n", "\u2028"])
def test_an_empty_text_is_wrong_usage(given_by: Callable[[str, str], str], text: str) -> None:
    with pytest.raises(typer.BadParameter, match="the text is empty"):
        given_by(text, "--comment")


def test_a_line_loses_the_spaces_around_it_and_keeps_those_inside() -> None:
    assert given_line("  Director,  a.i. \n", "--lead") == "Director,  a.i."


def test_line_breaks_of_every_system_are_line_breaks() -> None:
    assert given_text("One.\r\nTwo.\rThree.\u2028Four.", "--comment") == "One.\nTwo.\nThree.\nFour."


@pytest.mark.parametrize("sign", ["\x1b", "\x00", "\u202e", "\ufeff", "\x9b"])
def test_signs_that_nobody_sees_are_named_and_refused(sign: str) -> None:
    for given_by in (given_text, given_line):
        with pytest.raises(typer.BadParameter, match=f"U\\+{ord(sign):04X}"):
            given_by(f"a{sign}b", "--comment")


def test_a_shown_difference_cannot_command_the_terminal() -> None:
    shown = show_difference("records/a.yaml", b"a\nb\n", "a\n\x1b[2J\u202eé\r\n".encode())
    assert shown.splitlines()[3:] == [" a", "-b", "+\ufffd[2J\ufffdé"]


def test_a_file_without_a_final_newline_is_shown_line_by_line() -> None:
    assert show_difference("a", b"a\nb", b"a\nb\nc\n").splitlines()[-4:] == [" a", "-b", "+b", "+c"]


def test_every_writing_command_needs_somebody_who_records(
    folder: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begin(folder)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    for command in (
        ("new", "--title", "Roads"),
        ("add", "water-2021:1", "--text", "x"),
        ("update", "water-2021", "--comment", "x"),
        ("respond", "water-2021:2", "accepted"),
    ):
        told = mrtrack(*command)
        assert (told.code, told.out) == (1, ""), command
        assert "nobody is named who records this" in told.err
        assert mrtrack(*command, "--by", "  ").code == 1
    assert changed_files() == []


def test_the_name_that_git_knows_for_this_repository_is_taken(folder: Path, mrtrack: Run) -> None:
    water = begin(folder)
    git("config", "user.name", "Équipe eau")
    mrtrack("update", "water-2021:1.1", "--comment", "News.")
    assert last(water, "1.1")["by"] == "Équipe eau"


def test_a_command_works_from_any_folder_of_the_repository(
    folder: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    water = begin(folder)
    monkeypatch.chdir(folder / "records")
    assert mrtrack("update", "water-2021:1.1", "completed", "--commit").code == 0
    monkeypatch.chdir(tmp_path)
    assert mrtrack("-C", str(folder), "update", "water-2021:1.3", "completed", "--commit").code == 0
    assert [item(water, ref)["status"] for ref in ("1.1", "1.3")] == ["completed", "completed"]
    monkeypatch.chdir(folder)
    assert changed_files() == []


def test_a_repository_in_a_folder_of_another_is_committed_to_where_it_lies(
    folder: Path, mrtrack: Run
) -> None:
    (folder / "evaluations" / "records").mkdir(parents=True)
    told = mrtrack("-C", str(folder / "evaluations"), "new", "roads", "--title", "Roads", "--commit")
    assert told.code == 0
    assert git("show", "--name-only", "--format=", "HEAD") == "evaluations/records/roads.yaml\n"


def test_commit_outside_of_git_says_so_and_what_was_written_stays(
    tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "records").mkdir()
    monkeypatch.chdir(tmp_path)
    told = mrtrack("new", "roads", "--title", "Roads", "--by", "Director", "--commit")
    assert told.code == 1
    assert told.out.startswith("records/roads.yaml begun")
    assert "not a git repository" in told.err
    assert (tmp_path / "records" / "roads.yaml").exists()


def test_a_title_is_kept_without_the_spaces_around_it(folder: Path, mrtrack: Run) -> None:
    assert mrtrack("new", "roads-2026", "--title", "  Roads  ").code == 0
    assert mrtrack("add", "roads-2026", "--title", " Mend them ").code == 0
    text = (folder / "records" / "roads-2026.yaml").read_text(encoding="utf-8")
    assert "\ntitle: Roads\n" in text
    assert "\n    title: Mend them\n" in text
