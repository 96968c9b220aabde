"""What `mrtrack take` does with what comes back: entries by the unit, or refusals that name the cell."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pexpect
import pytest

from conftest import Run, git
from mrtrack.importers.answers.columns import HEADINGS
from returning import Formula, Grid, columns_of, filled, filled_csv, grids, saved
from waterworks import begin, changed_files, changed_lines, item, last

Fill = Callable[..., Path]


@pytest.fixture
def water(folder: Path) -> Path:
    return begin(folder)


@pytest.fixture
def back(water: Path, mrtrack: Run) -> Fill:
    """Fill in the workbook of a unit, by ref below water-2021 and column, and put it where it came back."""

    def fill(
        edits: dict[tuple[str, str], Any], unit: str = "Director", name: str = "back.xlsx", **how: Any
    ) -> Path:
        if not list((water.parent.parent / "asked").glob(f"{unit.lower().replace(' ', '-')}*.xlsx")):
            mrtrack("ask", "--unit", unit, "-o", "asked")
        (sent,) = (water.parent.parent / "asked").glob(f"{unit.lower().replace(' ', '-')}*.xlsx")
        answers = {(f"water-2021:{ref}", column): value for (ref, column), value in edits.items()}
        path = water.parent.parent / "back" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(filled(sent.read_bytes(), answers, **how))
        return path

    return fill


def items(mrtrack: Run, *arguments: str) -> list[dict[str, Any]]:
    return list(json.loads(mrtrack("take", *arguments, "--json").out)["items"])


def objections(mrtrack: Run, path: Path, *arguments: str) -> list[tuple[str, str]]:
    """The cells that are named and what is said of them; nothing may have been written."""
    found = items(mrtrack, str(path), *arguments)
    assert changed_lines() == []
    return [(one["cell"], one["message"]) for row in found for one in row["objections"]]


def test_an_answer_becomes_an_entry_by_the_unit(water: Path, back: Fill, mrtrack: Run) -> None:
    path = back(
        {
            ("1.1", "status"): "Completed",
            ("1.1", "comment"): "The meeting was held.",
            ("1.1", "on"): date(2026, 10, 2),
            ("1.1", "evidence"): "Minutes",
            ("1.1", "link"): "https://example.org/minutes",
        }
    )
    done = mrtrack("take", str(path))
    assert done.code == 0
    assert "taken      water-2021:1.1  completed (was initiated), done 1,889 days after" in done.out
    assert ", 1 document: The meeting was held\n" in done.out
    assert "1 taken, 0 unchanged, 0 refused, 0 unanswered. 1 record written." in done.out
    assert item(water, "1.1")["status"] == "completed"
    assert last(water, "1.1") == {
        "date": "2026-11-22",
        "on": "2026-10-02",
        "by": "Director",
        "status": "completed",
        "comment": "The meeting was held.",
        "documents": [{"title": "Minutes", "url": "https://example.org/minutes"}],
    }


def test_a_workbook_taken_twice_changes_nothing_the_second_time(
    water: Path, back: Fill, mrtrack: Run
) -> None:
    long = (
        "The meeting was held, and what was agreed there was sent to all who had been asked to come to it. "
        * 3
    )
    path = back({("1.1", "comment"): long, ("1.1", "new_due"): "March 2027", ("1.1", "reason"): "No room."})
    assert mrtrack("take", str(path)).code == 0
    once = water.read_bytes()
    done = mrtrack("take", str(path))
    assert done.code == 0
    assert "unchanged  water-2021:1.1  recorded on 2026-11-22 already" in done.out
    assert water.read_bytes() == once
    assert last(water, "1.1")["due"] == "2027-03"
    assert last(water, "1.1")["comment"].endswith("\n\nNo room.")


def test_rows_and_columns_may_move_and_headings_be_renamed(water: Path, back: Fill, mrtrack: Run) -> None:
    def turn(grid: Grid, first: int) -> Grid:
        grid[first - 1] = [f"Our word {number}" for number in range(len(grid[first - 1]))]
        turned = [list(reversed(row)) for row in grid]
        return [[""] * len(turned[0]), *turned[:first], *reversed(turned[first:])]

    path = back(
        {("1.2", "status"): "in progress", ("1.2", "comment"): "Begun."}, "Field office", reshape=turn
    )
    assert mrtrack("take", str(path)).code == 0
    assert last(water, "1.2") == {
        "date": "2026-11-22",
        "by": "Field office",
        "status": "initiated",
        "comment": "Begun.",
        "extra": {"previous_status": "not-initiated"},
    }


def test_headings_are_enough_where_the_hidden_row_is_gone(water: Path, back: Fill, mrtrack: Run) -> None:
    def without(grid: Grid, first: int) -> Grid:
        head = ["Comments" if text == "What was done" else text for text in grid[first - 1]]
        return [head, *grid[first:]]

    path = back({("1.1", "comment"): "Begun."}, reshape=without)
    assert mrtrack("take", str(path)).code == 0
    assert last(water, "1.1")["comment"] == "Begun."


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"status": "not initiated"}, "I6", "goes back from “initiated” to “not initiated” without a reason"),
    ({"status": "no longer applicable"}, "I6", "without a reason"),
    ({"status": "finito"}, "I6", "is no status of an action"),
    ({"status": "Completed", "on": date(2026, 11, 23)}, "K6", "2026-11-23 lies ahead"),
    ({"status": "Completed", "on": "soon"}, "K6", "no date that can be read"),
    ({"on": date(2026, 10, 2)}, "K6", "not what happened on it"),
    ({"new_due": "March 2027"}, "N6", "the date moves from 2021-07 without a reason"),
    ({"new_due": "March 2022", "reason": "Late."}, "N6", "is over already"),
    ({"reason": "Late."}, "O6", "and no date"),
    ({"status": "Completed", "new_due": "2027", "reason": "x"}, "N6", "gets a new due date as well"),
    ({"evidence": "Minutes"}, "L6", "without a web address"),
    ({"link": "on my desk"}, "M6", "“on my desk” is no web address"),
    ({"link": "javascript://x"}, "M6", "no web address"),
    ({"comment": Formula("=1/0", "#DIV/0!")}, "J6", "a formula failed here"),
    ({"comment": "left \u202e right"}, "J6", "invisible character U+202E"),
    ({"comment": "x", "due": "2027-03"}, "F6", "this cell is locked, and was changed"),
    ({"status_now": "Completed"}, "G6", "this cell is locked, and was changed"),
    ({"comment": "x", "ref": "water-2021:1.2"}, "A6", "was not asked in this file"),
    ({"comment": "x", "ref": "water-2021:9"}, "A6", "the records have no action “water-2021:9”"),
    ({"comment": "x", "ref": ""}, "A6", "no ref beside it"),
]


def test_what_cannot_be_right_is_refused_with_its_cell(water: Path, back: Fill, mrtrack: Run) -> None:
    before = water.read_bytes()
    for number, (cells, _, _) in enumerate(FAULTS):
        back({("1.1", column): value for column, value in cells.items()}, name=f"{number:02}.xlsx")
    found = items(mrtrack, "back")
    assert [row["fate"] for row in found] == ["refused"] * len(FAULTS)
    told = [[(one["cell"], one["message"]) for one in row["objections"]] for row in found]
    assert [[cell for cell, _ in row] for row in told] == [[cell] for _, cell, _ in FAULTS]
    assert [
        words for (_, _, words), [(_, message)] in zip(FAULTS, told, strict=True) if words not in message
    ] == []
    assert water.read_bytes() == before


def test_every_fault_of_a_row_is_told_at_once(back: Fill, mrtrack: Run) -> None:
    path = back({("1.1", "status"): "finito", ("1.1", "on"): "soon", ("1.1", "link"): "x"})
    assert [cell for cell, _ in objections(mrtrack, path)] == ["I6", "K6", "M6"]


def test_an_action_that_changed_meanwhile_is_shown_side_by_side(
    water: Path, back: Fill, mrtrack: Run
) -> None:
    path = back({("1.1", "comment"): "We are at it."})
    mrtrack("update", "water-2021:1.1", "completed", "--comment", "Held.", "--by", "M&E unit")
    before = water.read_bytes()
    done = mrtrack("take", str(path))
    assert done.code == 1
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "in the file in the record" in lines
    assert "Status now initiated completed" in lines
    assert "Last comment The meeting was moved to Held." in lines
    assert water.read_bytes() == before


def test_the_refused_rows_come_back_with_their_reasons_and_can_be_mended(
    water: Path, back: Fill, mrtrack: Run
) -> None:
    path = back({("1.1", "status"): "Completed", ("1.1", "on"): date(2027, 1, 5)})
    done = mrtrack("take", str(path))
    copy = path.parent / "refused" / "back.xlsx"
    assert "Refused rows, with the reasons: " in done.out
    grid = grids(copy.read_bytes())["Actions"]
    head, places = columns_of(grid)
    (row,) = grid[head + 2 :]
    assert row[places["reasons"]].startswith("• Happened on: 2027-01-05 lies ahead")
    assert (row[places["ref"]], row[places["status"]]) == ("water-2021:1.1", "Completed")
    mended = path.parent / "mended.xlsx"
    mended.write_bytes(filled(copy.read_bytes(), {("water-2021:1.1", "on"): date(2026, 1, 5)}))
    assert mrtrack("take", str(mended)).code == 0
    assert last(water, "1.1")["on"] == "2026-01-05"


def test_taking_a_folder_again_makes_no_more_copies(back: Fill, mrtrack: Run) -> None:
    path = back({("1.1", "status"): "finito"})
    for _ in range(2):
        assert mrtrack("take", str(path.parent)).code == 1
    assert sorted(one.name for one in path.parent.rglob("*.xlsx")) == ["back.xlsx", "back.xlsx"]


def test_copies_of_what_is_refused_go_where_one_says(folder: Path, back: Fill, mrtrack: Run) -> None:
    path = back({("1.1", "status"): "finito"})
    mrtrack("take", str(path), "-o", "elsewhere")
    assert (folder / "elsewhere" / "back.xlsx").is_file()
    assert not (path.parent / "refused").exists()


def test_a_dry_run_tells_and_writes_nothing(back: Fill, mrtrack: Run) -> None:
    path = back({("1.1", "comment"): "Held."})
    before = changed_files()
    done = mrtrack("take", str(path), "--dry-run")
    assert done.code == 0
    assert "taken      water-2021:1.1  comment" in done.out
    assert "1 would be taken" in done.out
    assert changed_files() == before


def test_good_answers_are_taken_where_others_are_refused(water: Path, back: Fill, mrtrack: Run) -> None:
    text = water.read_text("utf-8").replace("responsible: Field office", "responsible: Director")
    water.write_text(text, "utf-8")
    path = back({("1.1", "comment"): "Held.", ("1.2", "status"): "finito"})
    fates = {row["ref"]: row["fate"] for row in items(mrtrack, str(path))}
    assert fates == {"water-2021:1.1": "taken", "water-2021:1.2": "refused"}
    assert last(water, "1.1")["comment"] == "Held."


def test_two_rows_that_differ_about_one_action_are_both_refused(
    water: Path, back: Fill, mrtrack: Run
) -> None:
    def twice(grid: Grid, first: int) -> Grid:
        other = list(grid[first])
        other[columns_of(grid)[1]["comment"]] = "Not held."
        return [*grid, other]

    path = back({("1.1", "comment"): "Held."}, reshape=twice)
    found = objections(mrtrack, path)
    assert [cell for cell, _ in found] == ["A6", "A7"]
    same = back(
        {("1.1", "comment"): "Held."}, name="same.xlsx", reshape=lambda grid, first: [*grid, grid[first]]
    )
    assert [row["fate"] for row in items(mrtrack, str(same))] == ["taken", "unchanged"]
    assert last(water, "1.1")["comment"] == "Held."


def test_contact_details_are_withheld_and_named(water: Path, back: Fill, mrtrack: Run) -> None:
    path = back({("1.1", "comment"): "Ask jo@example.org for it."})
    done = mrtrack("take", str(path))
    assert "an e-mail address in J6 was withheld" in done.out
    assert last(water, "1.1")["comment"] == "Ask [withheld] for it."
    assert items(mrtrack, str(path))[0]["fate"] == "unchanged"


def test_several_documents_stand_one_a_line(water: Path, back: Fill, mrtrack: Run) -> None:
    path = back(
        {("1.1", "evidence"): "One\nTwo", ("1.1", "link"): "https://example.org/1\nhttps://example.org/2"}
    )
    assert mrtrack("take", str(path)).code == 0
    assert [one["title"] for one in last(water, "1.1")["documents"]] == ["One", "Two"]


def test_what_stands_beside_the_form_is_named_and_not_taken(back: Fill, mrtrack: Run) -> None:
    def beside(grid: Grid, first: int) -> Grid:
        grid[first - 1].append("Notes")
        grid[first].append("See above")
        return grid

    path = back({("1.1", "comment"): "Held."}, reshape=beside)
    assert (
        "1 cell in a column that is not of the form (Notes), from P6: not taken"
        in mrtrack("take", str(path)).out
    )


def test_csv_does_the_same_with_semicolons_and_without_its_accents(
    water: Path, folder: Path, mrtrack: Run
) -> None:
    water.write_text(
        water.read_text("utf-8").replace("Publish the plan.", "Publish the plan – naïvely."), "utf-8"
    )
    mrtrack("ask", "--unit", "Field office", "--format", "csv", "-o", "asked")
    sent = (folder / "asked" / "field-office-2026-11-22.csv").read_bytes()
    edits = {("water-2021:1.2", "status"): "Initiated", ("water-2021:1.2", "on"): "03/04/2026"}
    back = filled_csv(sent, edits, HEADINGS, ";").decode("utf-8").replace("–", "?").replace("ï", "i")
    (folder / "back.csv").write_bytes(back.replace("naive", "na?ve").encode("cp1252"))
    (row,) = items(mrtrack, "back.csv")
    assert "can be read two ways" in row["objections"][0]["message"]
    assert mrtrack("take", "back.csv", "--dates", "dmy").code == 0
    assert (last(water, "1.2")["on"], last(water, "1.2")["by"]) == ("2026-04-03", "Field office")
    bad = filled_csv(sent, {**edits, ("water-2021:1.2", "on"): "soon"}, HEADINGS)
    (folder / "bad.csv").write_bytes(bad)
    assert [row["fate"] for row in items(mrtrack, "bad.csv")] == ["refused"]
    assert "soon" in (folder / "refused" / "bad.csv").read_text("utf-8-sig")


def test_statuses_are_read_in_the_organisations_words(water: Path, back: Fill, mrtrack: Run) -> None:
    (water.parent.parent / "mrtrack.toml").write_text('[labels.status]\ncompleted = "Wrapped up"\n', "utf-8")
    path = back({("1.1", "status"): "wrapped up"})
    assert "Wrapped up" in str(
        grids((water.parent.parent / "asked" / "director-2026-11-22.xlsx").read_bytes())
    )
    assert mrtrack("take", str(path)).code == 0
    assert item(water, "1.1")["status"] == "completed"


@pytest.mark.parametrize("lost", ["keys", "form", "file"])
def test_a_file_without_its_keys_is_refused_whole(back: Fill, mrtrack: Run, lost: str) -> None:
    path = back({("1.1", "comment"): "Held."})
    sheets = grids(path.read_bytes())
    del sheets["mrtrack keys" if lost == "keys" else "Actions"]
    path.write_bytes(b"PK\x03\x04 nothing" if lost == "file" else saved(sheets))
    done = mrtrack("take", str(path))
    assert done.code == 1
    assert "not read" in done.out
    assert items(mrtrack, str(path))[0]["fate"] == "unreadable"


def test_one_record_is_written_once_for_all_its_answers_and_undone_at_once(
    water: Path, back: Fill, mrtrack: Run
) -> None:
    before = water.read_bytes()
    first = back({("1.1", "comment"): "Held."})
    second = back({("1.2", "comment"): "Begun."}, "Field office", "other.xlsx")
    assert "2 taken" in mrtrack("take", str(first), str(second)).out
    assert mrtrack("undo").code == 0
    assert water.read_bytes() == before


def test_the_records_are_committed_with_what_was_taken(back: Fill, mrtrack: Run) -> None:
    path = back({("1.1", "comment"): "Held."})
    assert mrtrack("take", str(path), "--commit").code == 0
    assert git("log", "-1", "--format=%s%n%b").startswith("Take 1 answer of units\n")


def test_a_record_that_cannot_be_read_is_named(water: Path, back: Fill, mrtrack: Run) -> None:
    path = back({("1.1", "comment"): "Held."})
    water.write_text(water.read_text("utf-8").replace("schema: 1", "schema: [1"), "utf-8")
    (row,) = items(mrtrack, str(path))
    assert "water-2021 cannot be read (records/water-2021.yaml" in row["objections"][0]["message"]


def test_at_a_terminal_it_shows_the_answers_and_asks(water: Path, back: Fill) -> None:
    path = back({("1.1", "comment"): "Held."})
    before = water.read_bytes()
    terminal = pexpect.spawn(
        sys.executable,
        ["-m", "mrtrack", "take", str(path)],
        encoding="utf-8",
        timeout=60,
        dimensions=(40, 80),
    )
    terminal.expect("comment: Held")
    terminal.expect_exact("Enter 1 answer? [Y/n]")
    terminal.sendline("n")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 1
    assert water.read_bytes() == before


def test_who_answers_can_be_said(water: Path, back: Fill, mrtrack: Run) -> None:
    path = back({("1.1", "comment"): "Held."})
    assert mrtrack("take", str(path), "--by", "Deputy director").code == 0
    assert last(water, "1.1")["by"] == "Deputy director"
