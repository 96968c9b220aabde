"""`mrtrack update`: what it refuses, with a message that says what to do, and without writing anything."""

from pathlib import Path

import pytest

from conftest import Run, git
from waterworks import begin, changed_files, item

# The words of the command after `mrtrack update`, separated by |; then what the answer on stderr holds.
REFUSED = {
    "an unknown action": (
        "water-2021:1.9|completed",
        "no recommendation or action “1.9”",
        "did you mean 1.4",
    ),
    "an unknown evaluation": (
        "water-2012:1.1|completed",
        "no evaluation “water-2012”",
        "did you mean water-2021",
    ),
    "a recommendation": (
        "water-2021:1|completed",
        "progress is recorded on its actions",
        "water-2021:1.1, water-2021:1.2",
    ),
    "a recommendation without actions": ("water-2021:2|completed", "mrtrack add water-2021:2"),
    "the status it has": ("water-2021:1.1|initiated", "1.1 is initiated already", "--comment"),
    "the date it has": ("water-2021:1.1|--due|2021-07", "1.1 is due 2021-07 already", "say what is new"),
    "the lead it has": (
        "water-2021:1.1|--lead|Director",
        "1.1 is led by Director already",
        "say what is new",
    ),
    "no date where there is none": ("water-2021:1.3|--due|none", "1.3 has no due date"),
    "all it has": (
        "water-2021:1.1|initiated|--due|2021-07|--lead|Director",
        "1.1 is initiated already and is due 2021-07 already and is led by Director already",
    ),
    "nothing at all": ("water-2021:1.1", "1.1 gets nothing new", "say what is new"),
    "a day alone": ("water-2021:1.1|--on|2021-02-01", "1.1 gets nothing new"),
    "the course it has": ("water-2021|ongoing", "water-2021 is ongoing already", "say what changed"),
    "the planned end it has": ("water-2021|--planned-end|2021-12", "is planned to end in 2021-12 already"),
    "a day before the last entry": (
        "water-2021:1.1|completed|--date|2021-03-01",
        "the last entry of 1.1 was recorded on 2021-03-02, after 2021-03-01",
        "say --on for the day it happened",
    ),
    "an evaluation's day before its last entry": ("water-2021|completed|--date|2021-01-03", "say --on"),
    "a day of recording to come": (
        "water-2021:1.1|completed|--date|2026-11-23",
        "--date 2026-11-23 lies ahead; today is 2026-11-22",
    ),
    "what has not happened yet": (
        "water-2021:1.1|completed|--on|2026-11-23",
        "--on 2026-11-23 lies after the day of recording",
        "once it has happened",
    ),
    "what happened after it was recorded": (
        "water-2021:1.1|completed|--on|2021-06|--date|2021-05-31",
        "--on 2021-06 lies after the day of recording, 2021-05-31",
    ),
    "no longer applicable without a reason": (
        "water-2021:1.1|no-longer-applicable",
        "1.1 becomes no longer applicable, and no reason is given",
        "--comment",
    ),
    "a moved date without a reason": (
        "water-2021:1.1|--due|2027",
        "the due date of 1.1 moves from 2021-07, and no reason is given",
        "--comment",
    ),
    "an unlogged date moved without a reason": (
        "water-2021:1.2|--due|2027",
        "moves from 2022-Q1",
        "--comment",
    ),
    "a date taken away without a reason": ("water-2021:1.1|--due|none", "moves from 2021-07", "--comment"),
    "an action re-opened without a reason": (
        "water-2021:1.4|initiated",
        "1.4 was completed and is opened again, and no reason is given",
        "--comment",
    ),
    "a correction without a reason": (
        "water-2021:1.1|--corrects|2021-03-02",
        "the entry of 2021-03-02 is corrected, and no reason is given",
        "--comment",
    ),
    "a correction of nothing": (
        "water-2021:1.1|--corrects|2021-03-03|--comment|Wrong.",
        "1.1 has no entry of 2021-03-03 to correct",
        "2021-01-10, 2021-03-02",
    ),
    "a correction where there is no log": (
        "water-2021:1.3|--corrects|2021-03-03|--comment|Wrong.",
        "its entries are: none",
    ),
    "a correction after which nobody leads": (
        "water-2021:1.1|--corrects|2021-01-10|--comment|Another action was meant.",
        "the log does not say who led before",
        "--lead",
    ),
    "an evaluation cancelled without a reason": (
        "water-2021|cancelled",
        "water-2021 is cancelled, and no reason is given",
        "--comment",
    ),
    "an evaluation postponed without a reason": (
        "water-2021|--planned-end|2022-06",
        "the planned end of water-2021 moves from 2021-12, and no reason is given",
        "--comment",
    ),
    "a verdict on no status": (
        "water-2021:1.3|--verdict|confirmed",
        "1.3 has no status that a verdict could be about",
        "record its status first",
    ),
    "a verdict by who set the status": (
        "water-2021:1.4|--verdict|confirmed|--by|M&E unit",
        "the status of 1.4 was set by M&E unit",
        "somebody else's: say --by",
    ),
    "a verdict by who set the status, written otherwise": (
        "water-2021:1.4|--verdict|confirmed|--by|m&e  UNIT",
        "M&E unit",
        "another unit",
    ),
    "a verdict on the status that comes with it": (
        "water-2021:1.1|completed|--verdict|confirmed",
        "A. Officer",
    ),
    "a due date of an evaluation": ("water-2021|--due|2027", "--due is about actions", "water-2021:1.1"),
    "a lead of an evaluation": ("water-2021|--lead|Director", "--lead is about actions", "--planned-end"),
    "a verdict on an evaluation": ("water-2021|--verdict|confirmed", "--verdict is about actions"),
    "a planned end of an action": ("water-2021:1.1|--planned-end|2027", "1.1 is an action", "--due"),
}

WRONG_USAGE = {
    "an unknown status": (
        "water-2021:1.1|finished",
        "“finished” is no status of an action",
        "not-initiated, initiated, completed, no-longer-applicable",
    ),
    "the beginning of two statuses": ("water-2021:1.1|no", "“no”", "not-initiated", "no-longer-applicable"),
    "an empty status": ("water-2021:1.1|", "STATUS"),
    "an action's status for an evaluation": (
        "water-2021|initiated",
        "“initiated” is no status of an evaluation",
        "planned, ongoing, completed, cancelled",
    ),
    "an unknown verdict": ("water-2021:1.4|--verdict|fine", "--verdict", "confirmed, not-confirmed"),
    "no date": ("water-2021:1.1|--due|soon", "--due", "“soon” is not a date", "2021-Q3"),
    "an empty date": ("water-2021:1.1|--due|", "--due"),
    "a day that no calendar has": ("water-2021:1.1|--due|2027-02-30", "February 2027 has 28 days"),
    "a day of recording that is a month": (
        "water-2021:1.1|completed|--date|2026-11",
        "--date",
        "the whole day",
    ),
    "no day for when it happened": ("water-2021:1.1|completed|--on|yesterday", "--on", "until 2021-07-15"),
    "no name of an entry": ("water-2021:1.1|--corrects|first|--comment|x", "--corrects", "2021-10-08#2"),
    "an empty comment": ("water-2021:1.1|completed|--comment| ", "--comment", "the text is empty"),
    "an empty lead": ("water-2021:1.1|--lead| |--comment|x", "--lead", "the text is empty"),
    "a lead of two lines": ("water-2021:1.1|--lead|A\nB", "--lead", "runs over several lines"),
    "an author of two lines": ("water-2021:1.1|completed|--by|A\nB", "--by", "runs over several lines"),
    "a document's title of two lines": ("water-2021:1.1|--document|A\nB=x", "--document", "several lines"),
    "no address": ("water-2021:1.1|--document|Minutes=", "--document", "TITLE=URL"),
    "bytes that are no text": ("water-2021:1.1|--comment|\udcff", "--comment", "not UTF-8"),
    "a command to the terminal": ("water-2021:1.1|--comment|a\x1b[2Jb", "--comment", "U+001B"),
    "no REF": ("--comment|x", "REF", "mrtrack update water-2021:1.1 completed"),
    "nothing": ("", "REF"),
    "an option that is none": ("water-2021:1.1|--state|completed", "--state"),
}


@pytest.fixture
def water(folder: Path) -> Path:
    return begin(folder)


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_says_what_is_wrong_and_what_to_do(water: Path, mrtrack: Run, case: str) -> None:
    command, *expected = REFUSED[case]
    before = water.read_bytes()
    told = mrtrack("update", *command.split("|"))
    assert (told.code, told.out) == (1, "")
    assert told.err.startswith("mrtrack: ")
    assert [words for words in expected if words not in told.err] == [], told.err
    assert water.read_bytes() == before
    assert changed_files() == []


@pytest.mark.parametrize("case", WRONG_USAGE)
def test_wrong_usage_is_told_apart_from_a_refusal(water: Path, mrtrack: Run, case: str) -> None:
    command, *expected = WRONG_USAGE[case]
    before = water.read_bytes()
    told = mrtrack("update", *filter(None, [command.split("|")[0]]), *command.split("|")[1:])
    assert (told.code, told.out) == (2, "")
    assert [words for words in expected if words not in told.err] == [], told.err
    assert water.read_bytes() == before
    assert changed_files() == []


@pytest.mark.usefixtures("water")
def test_a_refusal_is_the_same_in_a_dry_run(mrtrack: Run) -> None:
    for case in ("the status it has", "a moved date without a reason", "a verdict on no status"):
        command, *expected = REFUSED[case]
        told = mrtrack("update", *command.split("|"), "--dry-run")
        assert (told.code, told.out) == (1, "")
        assert all(words in told.err for words in expected)


def test_an_entry_is_corrected_once(water: Path, mrtrack: Run) -> None:
    correct = (
        "update",
        "water-2021:1.4",
        "--corrects",
        "2021-05-04",
        "--comment",
        "Another action was meant.",
    )
    assert mrtrack(*correct).code == 0
    before = water.read_bytes()
    told = mrtrack(*correct)
    assert (told.code, "was corrected already" in told.err) == (1, True)
    assert "correct the correction" in told.err
    assert water.read_bytes() == before


def test_a_record_that_cannot_be_read_is_not_written_to(water: Path, mrtrack: Run) -> None:
    broken = water.read_text("utf-8").replace("status: initiated\n", "status: begun\n", 1).encode()
    water.write_bytes(broken)
    told = mrtrack("update", "water-2021:1.3", "completed")
    assert told.code == 1
    assert "records/water-2021.yaml:25:17" in told.err
    assert "begun" in told.err
    assert "mrtrack check" in told.err
    assert water.read_bytes() == broken


def test_errors_that_stood_before_do_not_keep_other_actions_from_going_on(water: Path, mrtrack: Run) -> None:
    text = water.read_text("utf-8").replace(
        "        due: 2021-07\n        status: initiated\n",
        "        due: 2021-08\n        status: initiated\n",
    )
    water.write_text(text, encoding="utf-8")
    assert mrtrack("check").code == 1
    assert mrtrack("update", "water-2021:1.3", "completed").code == 0
    assert item(water, "1.3")["status"] == "completed"


def test_settings_that_cannot_be_read_stop_a_write_since_they_say_where_and_by_whom(
    folder: Path, water: Path, mrtrack: Run
) -> None:
    (folder / "mrtrack.toml").write_text('records = "data"\n[write\nby = "M&E unit"\n', encoding="utf-8")
    before = water.read_bytes()
    for command in (
        ("update", "water-2021:1.1", "completed"),
        ("new", "--title", "Roads"),
        ("add", "water-2021", "--text", "x"),
    ):
        told = mrtrack(*command)
        assert (told.code, told.out) == (1, "")
        assert "mrtrack.toml:2:7" in told.err
    assert water.read_bytes() == before
    assert git("status", "--porcelain") == "?? mrtrack.toml\n"


@pytest.mark.usefixtures("water")
def test_a_unique_beginning_of_an_evaluation_is_enough_for_people_only(mrtrack: Run) -> None:
    told = mrtrack("update", "water:1.1", "completed")
    assert told.code == 1
    assert "did you mean water-2021?" in told.err
