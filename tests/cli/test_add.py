"""`mrtrack add`: a recommendation to an evaluation, an action to a recommendation."""

from pathlib import Path

import pytest

from conftest import Run, git
from waterworks import begin, changed_files, changed_lines, item, whole

REFUSED = {
    "a taken id": ("water-2021:1|--text|x|--id|1.1", "water-2021 has an item 1.1 already", "--id"),
    "a taken id in other letters": ("water-2021|--text|x|--id|1.1A", "has an item 1.1A already"),
    "the id of a recommendation": ("water-2021:1|--text|x|--id|2", "has an item 2 already"),
    "an id that is none": ("water-2021:1|--text|x|--id|1 a", "“1 a” is no id", "letters, digits"),
    "something below an action": ("water-2021:1.1|--text|x", "water-2021:1.1 is an action", "mrtrack update"),
    "an unknown recommendation": ("water-2021:9|--text|x", "no recommendation or action “9”"),
    "options of an action for a recommendation": (
        "water-2021|--text|x|--due|2027|--lead|Director|--support|Team",
        "--lead, --support, --due are about an action",
        "water-2021",
    ),
    "one such option": ("water-2021|--text|x|--start|2027", "--start is about an action"),
    "options of a recommendation for an action": (
        "water-2021:1|--text|x|--addressed-to|Director|--part-of|2",
        "--addressed-to, --part-of are about a recommendation",
    ),
    "a part of nothing": ("water-2021|--text|x|--part-of|9", "“9” is no recommendation of this evaluation"),
    "serving nothing": ("water-2021:1|--text|x|--serves|9", "“9” is no recommendation of this evaluation"),
    "serving its own recommendation": (
        "water-2021:1|--text|x|--serves|1",
        "stands under recommendation 1 already",
    ),
    "a title of two lines": ("water-2021:1|--title|A\nB", "one line"),
}
WRONG_USAGE = {
    "no words": ("water-2021:1", "--text"),
    "empty words": ("water-2021:1|--text| ", "--text", "empty"),
    "no date": ("water-2021:1|--text|x|--due|soon", "--due", "2021-Q3"),
    "no day to start": ("water-2021:1|--text|x|--start|soon", "--start"),
    "an unknown status": ("water-2021:1|--text|x|--status|begun", "--status", "not-initiated, initiated"),
    "a day of recording that is none": ("water-2021:1|--text|x|--date|2026", "--date"),
    "no REF": ("--text|x", "REF"),
}


@pytest.fixture
def water(folder: Path) -> Path:
    return begin(folder)


def test_an_action_is_logged_with_what_it_was_added_with(water: Path, mrtrack: Run) -> None:
    told = mrtrack(
        "add",
        "water-2021:2",
        "--text",
        "Write the lessons down.",
        "--lead",
        "Director",
        "--support",
        "Team A",
        "--support",
        "Team B, and others",
        "--due",
        "2027-06",
        "--start",
        "2027",
        "--status",
        "not-init",
        "--serves",
        "1",
        "--number",
        "2 (a)",
        "--comment",
        "As promised.",
        "--by",
        "Evaluation office",
        "--date",
        "2026-11-01",
    )
    assert (told.code, told.err) == (0, "")
    assert told.out == "water-2021:2.1 action added\nNext: mrtrack status water-2021\n"
    assert item(water, "2.1") == {
        "id": "2.1",
        "number": "2 (a)",
        "text": "Write the lessons down.",
        "responsible": "Director",
        "supported_by": ["Team A", "Team B, and others"],
        "serves": ["1"],
        "start": "2027",
        "due": "2027-06",
        "status": "not-initiated",
        "history": [
            {
                "date": "2026-11-01",
                "by": "Evaluation office",
                "status": "not-initiated",
                "due": "2027-06",
                "responsible": "Director",
                "comment": "As promised.",
            }
        ],
    }
    assert all(line.startswith("+") for line in changed_lines())
    assert mrtrack("check").code == 0


def test_a_recommendation_comes_last_with_the_next_number(water: Path, mrtrack: Run) -> None:
    told = mrtrack(
        "add",
        "water-2021",
        "--text",
        "Share it.",
        "--title",
        "Share",
        "--priority",
        "high",
        "--addressed-to",
        "Director",
        "--addressed-to",
        "Team",
    )
    assert told.out == "water-2021:3 recommendation added\nNext: mrtrack respond water-2021:3 accepted\n"
    assert whole(water)["recommendations"][-1] == {
        "id": "3",
        "addressed_to": ["Director", "Team"],
        "title": "Share",
        "priority": "high",
        "text": "Share it.",
    }


def test_a_timeline_that_is_no_date_has_a_key_of_its_own(water: Path, mrtrack: Run) -> None:
    assert mrtrack("add", "water-2021:2", "--text", "Go on.", "--timeline", "ongoing, as requested").code == 0
    assert item(water, "2.1")["timeline"] == "ongoing, as requested"


def test_ids_count_on_and_take_no_number_again(water: Path, mrtrack: Run) -> None:
    for given, name in ((None, "1.5"), ("1.9", "1.9"), (None, "1.10"), ("1.a", "1.a"), (None, "1.11")):
        options = ("--id", given) if given else ()
        assert mrtrack("add", "water-2021:1", "--text", "x", *options).out.startswith(f"water-2021:{name} ")
    assert [action["id"] for action in whole(water)["recommendations"][0]["actions"]][-5:] == [
        "1.5",
        "1.9",
        "1.10",
        "1.a",
        "1.11",
    ]
    assert 'id: "1.10"\n' in water.read_text("utf-8")


@pytest.mark.usefixtures("water")
def test_parts_and_actions_share_one_range_of_ids(mrtrack: Run) -> None:
    assert mrtrack("add", "water-2021", "--text", "A part.", "--part-of", "2", "--id", "2.1").code == 0
    assert mrtrack("add", "water-2021:2", "--text", "An action.").out.startswith("water-2021:2.2 action")
    assert mrtrack("add", "water-2021:2", "--text", "An action.", "--id", "3").code == 0
    assert mrtrack("add", "water-2021", "--text", "More.").out.startswith("water-2021:4 recommendation")
    assert mrtrack("check").code == 0


def test_what_was_added_can_be_worked_on_at_once(water: Path, mrtrack: Run) -> None:
    mrtrack("add", "water-2021:2", "--text", "Do it.", "--due", "2026-06")
    assert mrtrack("update", "water-2021:2.1", "completed").code == 0
    assert mrtrack("respond", "water-2021:2", "accepted").code == 0
    assert [entry.get("status") for entry in item(water, "2.1")["history"]] == [None, "completed"]


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_fit_is_refused(water: Path, mrtrack: Run, case: str) -> None:
    command, *expected = REFUSED[case]
    text = water.read_text("utf-8").replace('id: "1.4"', 'id: "1.1a"')
    water.write_text(text, encoding="utf-8")
    told = mrtrack("add", *command.split("|"))
    assert (told.code, told.out) == (1, "")
    assert [words for words in expected if words not in told.err] == [], told.err
    assert water.read_text("utf-8") == text


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize("case", WRONG_USAGE)
def test_wrong_usage_names_the_option(mrtrack: Run, case: str) -> None:
    command, *expected = WRONG_USAGE[case]
    told = mrtrack("add", *command.split("|"))
    assert (told.code, told.out) == (2, "")
    assert [words for words in expected if words not in told.err] == [], told.err
    assert changed_files() == []


@pytest.mark.usefixtures("water")
def test_a_dry_run_shows_the_lines_and_commit_commits_them(mrtrack: Run) -> None:
    told = mrtrack("add", "water-2021", "--text", "Share it.", "--dry-run")
    assert "+      Share it.\n" in told.out
    assert changed_files() == []
    assert mrtrack("add", "water-2021", "--text", "Share it.", "--commit").code == 0
    assert git("log", "-1", "--format=%s") == "water-2021:3: recommendation added\n"
    assert changed_files() == []
