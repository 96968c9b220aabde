"""`mrtrack update`: what it writes."""

from pathlib import Path

import pytest

from conftest import Run, git
from waterworks import begin, changed_files, changed_lines, item, last, whole

TODAY = "2026-11-22"


@pytest.fixture
def water(folder: Path) -> Path:
    return begin(folder)


@pytest.mark.usefixtures("water")
def test_an_update_adds_its_entry_and_brings_the_present_into_line(mrtrack: Run) -> None:
    told = mrtrack(
        "update",
        "water-2021:1.1",
        "completed",
        "--on",
        "2021-07-15",
        "--by",
        "M&E unit",
        "--comment",
        "Held; the minutes are attached.",
        "--document",
        "Minutes=https://example.org/minutes",
    )
    assert (told.code, told.err) == (0, "")
    assert "water-2021:1.1 completed (was initiated), 1 document" in told.out
    assert f"Held; the minutes are attached. (recorded {TODAY} by M&E unit)" in told.out
    assert changed_lines() == [
        "-        status: initiated",
        "+        status: completed",
        f"+          - date: {TODAY}",
        "+            on: 2021-07-15",
        "+            by: M&E unit",
        "+            status: completed",
        "+            comment: |",
        "+              Held; the minutes are attached.",
        "+            documents:",
        "+              - title: Minutes",
        "+                url: https://example.org/minutes",
    ]


def test_an_item_of_an_evaluation_is_found_in_any_case_of_its_letters(folder: Path, mrtrack: Run) -> None:
    water = begin(folder)
    water.write_text(water.read_text("utf-8").replace('"1.3"', '"1.3b"'), encoding="utf-8")
    assert mrtrack("update", "water-2021:1.3B", "water-2021:1.3b", "init").code == 0
    assert len(item(water, "1.3b")["history"]) == 1


@pytest.mark.parametrize(
    "word",
    ["completed", "c", "COMP", "Done", "do", "Fulfilled"],
    ids=["whole", "beginning", "capitals", "label", "beginning of label", "alias"],
)
def test_a_status_is_typed_as_its_beginning_or_as_the_organisation_calls_it(
    folder: Path, water: Path, mrtrack: Run, word: str
) -> None:
    (folder / "mrtrack.toml").write_text(
        '[labels.status]\ncompleted = "Done"\n[aliases.status]\nFulfilled = "completed"\n', encoding="utf-8"
    )
    told = mrtrack("update", "water-2021:1.1", word)
    assert item(water, "1.1")["status"] == "completed"
    assert told.out.startswith("water-2021:1.1 Done (was initiated)")


def test_a_moved_date_names_the_one_before_only_where_the_log_does_not(water: Path, mrtrack: Run) -> None:
    mrtrack("update", "water-2021:1.1", "water-2021:1.2", "--due", "2027-06", "--comment", "No money yet.")
    assert "previous_due" not in last(water, "1.1")
    assert last(water, "1.2")["previous_due"] == "2022-Q1"
    assert (item(water, "1.1")["due"], item(water, "1.2")["due"]) == ("2027-06", "2027-06")
    mrtrack("update", "water-2021:1.2", "--due", "2027-07", "--comment", "Still none.")
    assert "previous_due" not in last(water, "1.2")


def test_a_first_due_date_needs_no_reason(water: Path, mrtrack: Run) -> None:
    assert mrtrack("update", "water-2021:1.3", "--due", "2027-Q2").code == 0
    assert (item(water, "1.3")["due"], last(water, "1.3")["due"]) == ("2027-Q2", "2027-Q2")
    assert "previous_due" not in last(water, "1.3")


@pytest.mark.parametrize(("action", "before"), [("1.1", None), ("1.2", "2022-Q1")])
def test_due_none_takes_the_date_away(water: Path, mrtrack: Run, action: str, before: str | None) -> None:
    assert (
        mrtrack("update", f"water-2021:{action}", "--due", "none", "--comment", "No date is known.").code == 0
    )
    assert "due" not in item(water, action)
    assert "            due: null\n" in water.read_text("utf-8")
    assert last(water, action).get("previous_due") == before


def test_a_status_that_no_entry_names_is_logged_when_it_is_said_again(water: Path, mrtrack: Run) -> None:
    assert mrtrack("update", "water-2021:1.2", "not-init").code == 0
    assert last(water, "1.2") == {"date": TODAY, "by": "A. Officer", "status": "not-initiated"}


def test_what_stands_already_is_not_written_again_beside_news(water: Path, mrtrack: Run) -> None:
    mrtrack(
        "update",
        "water-2021:1.1",
        "initiated",
        "--lead",
        "Director",
        "--due",
        "2021-07",
        "--comment",
        "On it.",
    )
    assert last(water, "1.1") == {"date": TODAY, "by": "A. Officer", "comment": "On it."}


def test_the_day_it_happened_is_not_written_where_it_is_the_day_of_recording(
    water: Path, mrtrack: Run
) -> None:
    mrtrack("update", "water-2021:1.1", "completed", "--on", TODAY)
    assert "on" not in last(water, "1.1")
    mrtrack("update", "water-2021:1.2", "completed", "--on", f"until {TODAY}")
    assert last(water, "1.2")["on"] == f"until {TODAY}"


def test_several_entries_of_one_day_stand_in_the_order_they_came(water: Path, mrtrack: Run) -> None:
    for comment in ("First.", "Second.", "Third."):
        assert mrtrack("update", "water-2021:1.1", "--comment", comment, "--date", "2021-03-02").code == 0
    assert [entry.get("comment") for entry in item(water, "1.1")["history"]][2:] == [
        "First.",
        "Second.",
        "Third.",
    ]


def test_long_comments_are_wrapped_and_lists_keep_their_lines(water: Path, mrtrack: Run) -> None:
    comment = (
        "The meeting was held. " * 9 + "\n\n- the first point\n  goes on\n- the second point # not a comment"
    )
    mrtrack("update", "water-2021:1.1", "--comment", comment)
    written = last(water, "1.1")["comment"]
    assert max(map(len, written.splitlines())) <= 80
    assert " ".join(written.split()) == " ".join(comment.split())
    assert written.endswith("\n\n- the first point\n  goes on\n- the second point # not a comment")


@pytest.mark.parametrize(
    ("document", "title", "url"),
    [
        ("https://example.org/x?a=b&c=d", None, "https://example.org/x?a=b&c=d"),
        ("Minutes=https://example.org/x?a=b", "Minutes", "https://example.org/x?a=b"),
        ("Minutes, 2 = https://example.org/x", "Minutes, 2", "https://example.org/x"),
        ("shared/minutes.pdf", None, "shared/minutes.pdf"),
        ("page?id=7", None, "page?id=7"),
    ],
)
def test_a_document_is_an_address_with_or_without_a_title(
    water: Path, mrtrack: Run, document: str, title: str | None, url: str
) -> None:
    mrtrack("update", "water-2021:1.1", "--document", document)
    assert last(water, "1.1")["documents"] == [{"title": title, "url": url} if title else {"url": url}]


def test_who_records_is_asked_of_option_variable_settings_and_git_in_this_order(
    folder: Path, water: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recorded_by(*options: str) -> str:
        assert mrtrack("update", "water-2021:1.3", "--comment", "News.", *options).code == 0
        return str(last(water, "1.3")["by"])

    assert recorded_by() == "A. Officer"
    (folder / "mrtrack.toml").write_text('[write]\nby = "M&E unit"\n', encoding="utf-8")
    assert recorded_by() == "M&E unit"
    monkeypatch.setenv("MRTRACK_BY", "Field office")
    assert recorded_by() == "Field office"
    assert recorded_by("--by", " Evaluation office ") == "Evaluation office"


def test_a_write_by_nobody_is_refused_with_the_ways_to_say_who(
    water: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = water.read_bytes()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    told = mrtrack("update", "water-2021:1.1", "completed")
    assert told.code == 1
    assert "nobody is named who records this" in told.err
    assert all(way in told.err for way in ("--by", "MRTRACK_BY", "[write] by", "user.name"))
    assert water.read_bytes() == before


@pytest.mark.usefixtures("water")
def test_a_dry_run_shows_the_lines_and_writes_nothing(mrtrack: Run) -> None:
    told = mrtrack("update", "water-2021:1.1", "completed", "--comment", "Held.", "--dry-run", "--commit")
    assert told.code == 0
    assert "-        status: initiated\n+        status: completed\n" in told.out
    assert "--- a/records/water-2021.yaml\n+++ b/records/water-2021.yaml\n" in told.out
    assert "Nothing was written" in told.err
    assert changed_files() == []
    assert mrtrack("undo").code == 1


@pytest.mark.usefixtures("water")
def test_commit_takes_this_file_only_and_leaves_what_else_is_staged(folder: Path, mrtrack: Run) -> None:
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    git("add", "notes.txt")
    harbour = folder / "records" / "harbour-2022.yaml"
    harbour.write_text(harbour.read_text("utf-8") + "# mine\n", encoding="utf-8")
    git("add", "records/harbour-2022.yaml")
    told = mrtrack("update", "water-2021:1.1", "completed", "--comment", "Held.", "--commit")
    assert told.code == 0
    assert f"Committed as {git('rev-parse', '--short', 'HEAD').strip()}" in told.err
    assert git("show", "--name-only", "--format=", "HEAD").split() == ["records/water-2021.yaml"]
    assert git("log", "-1", "--format=%s").startswith("water-2021:1.1  completed (was initiated): Held.")
    assert changed_files() == ["A  notes.txt", "M  records/harbour-2022.yaml"]


def test_a_refused_commit_leaves_the_entry_written(folder: Path, water: Path, mrtrack: Run) -> None:
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho no commits on Sundays >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    told = mrtrack("update", "water-2021:1.1", "completed", "--commit")
    assert (told.code, "no commits on Sundays" in told.err) == (1, True)
    assert last(water, "1.1")["status"] == "completed"


def test_several_actions_of_one_record_get_their_entries_in_one_write(water: Path, mrtrack: Run) -> None:
    told = mrtrack(
        "update", "water-2021:1.1", "water-2021:1.3", "water-2021:1.1", "completed", "--comment", "Done."
    )
    assert told.code == 0
    assert [line.split()[0] for line in told.out.splitlines()] == ["water-2021:1.1", "water-2021:1.3"]
    assert [last(water, ref)["comment"] for ref in ("1.1", "1.3")] == ["Done.", "Done."]
    assert len(item(water, "1.1")["history"]) == 3
    assert mrtrack("undo").code == 0
    assert changed_files() == []


def test_actions_of_several_records_are_updated_together(folder: Path, water: Path, mrtrack: Run) -> None:
    told = mrtrack(
        "update", "harbour-2022:1.1", "water-2021:1.3", "completed", "--comment", "Done.", "--commit"
    )
    assert told.code == 0
    assert last(water, "1.3")["status"] == "completed"
    assert last(folder / "records" / "harbour-2022.yaml", "1.1")["status"] == "completed"
    assert git("show", "--name-only", "--format=", "HEAD").split() == [
        "records/harbour-2022.yaml",
        "records/water-2021.yaml",
    ]


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize(
    "refs", [("harbour-2022:1.1", "water-2021:1.4"), ("water-2021:1.1", "water-2021:1.4")]
)
def test_where_one_of_several_is_refused_none_is_written(mrtrack: Run, refs: tuple[str, str]) -> None:
    told = mrtrack("update", *refs, "completed")
    assert (told.code, told.out) == (1, "")
    assert "1.4 is completed already" in told.err
    assert changed_files() == []


def test_the_course_of_an_evaluation_is_logged_too(water: Path, mrtrack: Run) -> None:
    steps = (
        ("--planned-end", "2022-06", "--comment", "The team came late."),
        ("--planned-end", "2022-12", "--comment", "Travel is barred."),
        ("completed", "--on", "2022-11"),
    )
    for step in steps:
        assert mrtrack("update", "water-2021", *step).code == 0
    data = whole(water)
    assert (data["status"], data["planned_end"], data["completed"]) == ("completed", "2022-12", "2022-11")
    assert [entry.get("planned_end") for entry in data["history"]] == ["2021-12", "2022-06", "2022-12", None]


def test_an_evaluation_completed_today_ended_today_unless_it_says_otherwise(
    water: Path, mrtrack: Run
) -> None:
    mrtrack("update", "water-2021", "completed")
    assert whole(water)["completed"] == TODAY
    mrtrack("update", "water-2021", "ongoing", "--comment", "The report was sent back.")
    assert "completed" not in whole(water)
    assert mrtrack("update", "water-2021", "cancelled", "--comment", "The programme ended.").code == 0
    assert (whole(water)["status"], "completed" in whole(water)) == ("cancelled", False)
