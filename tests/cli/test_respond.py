"""`mrtrack respond`: decisions with their words and reasons, and the response as a whole."""

from pathlib import Path

import pytest

from conftest import Run, git
from waterworks import begin, changed_files, item, whole

REFUSED = {
    "an action": ("water-2021:1.1|accepted", "water-2021:1.1 is an action", "recommendation"),
    "an evaluation": ("water-2021|accepted", "water-2021 is an evaluation", "water-2021:1", "--submitted"),
    "an evaluation without words": ("water-2021", "water-2021:1", "--submitted"),
    "a decision beside the response as a whole": (
        "water-2021|accepted|--submitted|2026",
        "about one recommendation",
    ),
    "the response as a whole of a recommendation": (
        "water-2021:1|--submitted|2026",
        "about the response as a whole",
        "name the evaluation: water-2021",
    ),
    "the decision it has": ("water-2021:1|accepted", "recommendation 1 is accepted already", "--comment"),
    "another decision without a reason": (
        "water-2021:1|rejected",
        "the decision on 1 changes from accepted, and no reason is given",
        "--comment",
    ),
    "nothing": ("water-2021:2", "gets no decision and no text", "--text"),
    "a day before the last entry": ("water-2021:1|--comment|x|--date|2021-01-04", "--on"),
    "an unknown recommendation": ("water-2021:7|accepted", "no recommendation or action “7”"),
    "a correction without a reason": ("water-2021:1|--corrects|2021-01-05", "--comment"),
    "an answer given before it was recorded": ("water-2021:2|accepted|--on|2027", "--on 2027 lies after"),
    "what is known of the whole already": (
        "water-2021|--required",
        "says so already",
        "nothing would change",
    ),
    "a name of two lines": ("water-2021|--approved-by|A\nB", "one line"),
}
WRONG_USAGE = {
    "an unknown decision": ("water-2021:2|maybe", "“maybe”", "accepted, partially-accepted, rejected"),
    "an empty text": ("water-2021:2|accepted|--text| ", "--text"),
    "no date": ("water-2021|--submitted|soon", "--submitted", "2021-Q3"),
    "no day of approval": ("water-2021|--approved-by|Director|--approved|x", "--approved"),
    "no day it is due": ("water-2021|--due|x", "--due"),
}


@pytest.fixture
def water(folder: Path) -> Path:
    return begin(folder)


def test_a_decision_is_written_and_logged_with_its_words(water: Path, mrtrack: Run) -> None:
    told = mrtrack(
        "respond",
        "water-2021:2",
        "part",
        "--text",
        "Management agrees in part: # 1 only.",
        "--on",
        "2026-11-01",
        "--by",
        "Director",
        "--document",
        "Letter=https://example.org/letter",
    )
    assert (told.code, told.err) == (0, "")
    assert "water-2021:2 partially accepted, 1 document" in told.out
    assert item(water, "2")["response"] == {
        "decision": "partially-accepted",
        "text": "Management agrees in part: # 1 only.",
        "history": [
            {
                "date": "2026-11-22",
                "on": "2026-11-01",
                "by": "Director",
                "decision": "partially-accepted",
                "documents": [{"title": "Letter", "url": "https://example.org/letter"}],
            }
        ],
    }
    assert mrtrack("check").code == 0


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize(
    ("decision", "asked"), [("accepted", False), ("partially", True), ("rejected", True)]
)
def test_reasons_are_asked_for_where_a_decision_is_not_to_accept(
    mrtrack: Run, decision: str, *, asked: bool
) -> None:
    told = mrtrack("respond", "water-2021:2", decision)
    assert told.code == 0
    assert ("No reasons are given yet" in told.err) is asked
    mrtrack("undo")
    assert mrtrack("respond", "water-2021:2", decision, "--comment", "No money.").err == ""


def test_a_changed_decision_keeps_the_one_before_in_its_log(water: Path, mrtrack: Run) -> None:
    told = mrtrack("respond", "water-2021:1", "rejected", "--comment", "The money went elsewhere.")
    assert "rejected (was accepted): The money went elsewhere." in told.out
    response = item(water, "1")["response"]
    assert response["decision"] == "rejected"
    assert [entry["decision"] for entry in response["history"]] == ["accepted", "rejected"]


def test_a_decision_by_mistake_is_corrected(water: Path, mrtrack: Run) -> None:
    mrtrack("respond", "water-2021:1", "rejected", "--comment", "No.")
    assert (
        mrtrack("respond", "water-2021:1", "--corrects", "2026-11-22", "--comment", "2 was meant.").code == 0
    )
    assert item(water, "1")["response"]["decision"] == "accepted"
    mrtrack("respond", "water-2021:2", "rejected", "--comment", "No.")
    mrtrack("respond", "water-2021:2", "--corrects", "2026-11-22", "--comment", "3 was meant.")
    assert "decision" not in item(water, "2")["response"]
    assert mrtrack("check").code == 0


def test_a_response_may_state_no_decision_and_a_decision_no_response(water: Path, mrtrack: Run) -> None:
    mrtrack("respond", "water-2021:2", "--text", "Noted.")
    assert item(water, "2")["response"]["text"] == "Noted."
    assert "decision" not in item(water, "2")["response"]
    mrtrack("respond", "water-2021:2", "accepted")
    assert item(water, "2")["response"]["decision"] == "accepted"


def test_the_words_of_a_response_are_not_overwritten(water: Path, mrtrack: Run) -> None:
    mrtrack("respond", "water-2021:1", "--text", "Management agrees.")
    before = water.read_bytes()
    told = mrtrack("respond", "water-2021:1", "--text", "Management disagrees.")
    assert (told.code, "has a response already" in told.err) == (1, True)
    assert "mrtrack edit" in told.err
    assert water.read_bytes() == before


def test_the_response_as_a_whole_is_written_beside_what_is_known_of_it(water: Path, mrtrack: Run) -> None:
    told = mrtrack(
        "respond",
        "water-2021",
        "--submitted",
        "2026-11",
        "--due",
        "2026-10-31",
        "--prepared-by",
        "Planning unit",
        "--approved-by",
        "Director, a.i.",
        "--approved",
        "2026-11-20",
    )
    assert (told.code, told.err) == (0, "")
    assert told.out == (
        "water-2021 management response due 2026-10-31, submitted 2026-11, prepared by Planning unit, "
        "approved by Director, a.i., approved 2026-11-20\n"
    )
    assert whole(water)["management_response"] == {
        "required": True,
        "due": "2026-10-31",
        "submitted": "2026-11",
        "prepared_by": {"title": "Planning unit"},
        "approved_by": {"title": "Director, a.i.", "date": "2026-11-20"},
    }
    assert (
        mrtrack("respond", "water-2021", "--not-required").out
        == "water-2021 management response not required\n"
    )
    assert whole(water)["management_response"]["required"] is False
    assert mrtrack("check").code == 0


def test_the_response_as_a_whole_is_written_where_nothing_was_known_of_it(folder: Path, mrtrack: Run) -> None:
    begin(folder)
    assert mrtrack("respond", "harbour-2022", "--approved", "2026-11-20").code == 0
    harbour = folder / "records" / "harbour-2022.yaml"
    assert whole(harbour)["management_response"] == {"approved_by": {"date": "2026-11-20"}}
    assert harbour.read_text("utf-8").index("management_response:") < harbour.read_text("utf-8").index(
        "recommendations:"
    )


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_fit_is_refused(mrtrack: Run, case: str) -> None:
    command, *expected = REFUSED[case]
    told = mrtrack("respond", *command.split("|"))
    assert (told.code, told.out) == (1, "")
    assert [words for words in expected if words not in told.err] == [], told.err
    assert changed_files() == []


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize("case", WRONG_USAGE)
def test_wrong_usage_names_the_word_or_option(mrtrack: Run, case: str) -> None:
    command, *expected = WRONG_USAGE[case]
    told = mrtrack("respond", *command.split("|"))
    assert (told.code, told.out) == (2, "")
    assert [words for words in expected if words not in told.err] == [], told.err
    assert changed_files() == []


def test_the_organisations_own_word_for_a_decision_is_understood_and_shown(
    folder: Path, water: Path, mrtrack: Run
) -> None:
    (folder / "mrtrack.toml").write_text(
        '[labels.decision]\npartially-accepted = "Agreed with reservations"\n', encoding="utf-8"
    )
    told = mrtrack("respond", "water-2021:2", "agreed", "--comment", "No money.")
    assert told.out.startswith("water-2021:2 Agreed with reservations: No money.")
    assert item(water, "2")["response"]["decision"] == "partially-accepted"


@pytest.mark.usefixtures("water")
def test_a_dry_run_shows_the_lines_and_commit_commits_them(mrtrack: Run) -> None:
    for command in (("water-2021:2", "accepted"), ("water-2021", "--submitted", "2026-11")):
        assert "+" in mrtrack("respond", *command, "--dry-run").out
        assert changed_files() == []
        assert mrtrack("respond", *command, "--commit").code == 0
        assert changed_files() == []
    assert git("log", "-1", "--format=%s") == "water-2021  management response submitted 2026-11\n"
