"""What a person is asked at a terminal of 80 columns, and what becomes of the answers; and who is asked nothing."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pexpect
import pytest

from waterworks import begin, changed_files, item, last, whole

Terminal: TypeAlias = "pexpect.spawn[str]"
Start = Callable[..., Terminal]


@pytest.fixture
def water(folder: Path) -> Path:
    return begin(folder)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Start]:
    """Start mrtrack at a terminal of its own."""
    started: list[Terminal] = []
    screen = (tmp_path / "screen.txt").open("w", encoding="utf-8", buffering=1)

    def start(*arguments: str, **environment: str) -> Terminal:
        surroundings = {**os.environ, "TERM": "xterm", **environment}
        for name in ("COLUMNS", "LINES"):
            surroundings.pop(name, None)
        spawned: Terminal = pexpect.spawn(
            sys.executable,
            ["-m", "mrtrack", *arguments],
            env=surroundings,
            encoding="utf-8",
            timeout=30,
            dimensions=(40, 80),
        )
        spawned.logfile_read = screen
        started.append(spawned)
        return spawned

    yield start
    for spawned in started:
        spawned.close(force=True)
    screen.close()


@pytest.fixture
def screen(tmp_path: Path) -> Callable[[], str]:
    """All that stood on the terminal."""
    return lambda: re.sub("\x1b\\[[0-9;]*m", "", (tmp_path / "screen.txt").read_text("utf-8"))


def say(terminal: Terminal, *exchanges: tuple[str, str]) -> None:
    """Wait for each question and answer it."""
    for question, answer in exchanges:
        terminal.expect(question)
        terminal.sendline(answer)


def leave(terminal: Terminal) -> int:
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.signalstatus is None
    assert terminal.exitstatus is not None
    return terminal.exitstatus


def test_update_asks_which_action_what_when_why_and_what_proves_it(
    water: Path, terminal: Start, screen: Callable[[], str]
) -> None:
    asking = terminal("update")
    say(
        asking,
        ("Which action", "no such words"),
        ("Nothing fits.*Which action", "plan"),
        (r"4  water-2021:1\.4.*Which one\? \[1-5\]", "search again"),
        ("Which action", "planning meeting"),
        (r"1 +water-2021:1\.1 +Hold one planning meeting.*Which one\? \[1-2\]", "7"),
        (r"Type a number from 1 to 2.*Which one", "1"),
        ("initiated, due 2021-07.*What happened", ""),
        ("What happened", "comp"),
        ("When did it happen", "soon"),
        ("“soon” is not a date.*When did it happen", "2030"),
        ("2030 lies ahead.*When did it happen", "2021-07-15"),
        ("Why, or what was done", "Held – enfin."),
        ("What proves it", "https://example.org/?a=b"),
        ("Record this", "y"),
    )
    assert leave(asking) == 0
    assert "water-2021:1.1 completed (was initiated), 1 document: Held – enfin." in " ".join(screen().split())
    assert max(map(len, screen().splitlines())) <= 80
    assert last(water, "1.1") == {
        "date": "2026-11-22",
        "on": "2021-07-15",
        "by": "A. Officer",
        "status": "completed",
        "comment": "Held – enfin.",
        "documents": [{"url": "https://example.org/?a=b"}],
    }


def test_a_moved_date_is_not_taken_without_a_reason(water: Path, terminal: Start) -> None:
    asking = terminal("update", "water-2021:1.1")
    say(
        asking,
        ("What happened", "a new due date"),
        ("New due date", "next year"),
        ("is not a date.*New due date", "2027-Q2"),
        ("Why, or what was done", ""),
        ("Why, or what was done", "  "),
        ("Why, or what was done", "No money yet."),
        ("What proves it", ""),
        ("Record this", ""),
    )
    assert leave(asking) == 0
    assert item(water, "1.1")["due"] == "2027-Q2"
    assert last(water, "1.1")["comment"] == "No money yet."


def test_a_first_date_needs_no_reason_and_none_takes_one_away(water: Path, terminal: Start) -> None:
    asking = terminal("update", "water-2021:1.3")
    say(
        asking,
        ("What happened", "5"),
        ("New due date", "2027"),
        ("Why", ""),
        ("What proves it", ""),
        ("Record", ""),
    )
    assert leave(asking) == 0
    assert item(water, "1.3")["due"] == "2027"
    asking = terminal("update", "water-2021:1.3")
    say(asking, ("What happened", "5"), ("New due", "none"), ("Why", "x"), ("proves", ""), ("Record", ""))
    assert leave(asking) == 0
    assert "due" not in item(water, "1.3")


def test_an_action_is_not_opened_again_without_a_reason(water: Path, terminal: Start) -> None:
    asking = terminal("update", "water-2021:1.4")
    say(
        asking,
        ("What happened", "initiated"),
        ("When", ""),
        ("Why", ""),
        ("Why", "It came to nothing."),
        ("proves", ""),
        ("Record", ""),
    )
    assert leave(asking) == 0
    assert last(water, "1.4")["comment"] == "It came to nothing."


def test_a_verdict_and_a_lead_are_asked_for_too(water: Path, terminal: Start) -> None:
    asking = terminal("update", "water-2021:1.4", MRTRACK_BY="Evaluation office")
    say(
        asking,
        ("What happened", "a verdict"),
        ("Verdict", "2"),
        ("When", ""),
        ("Why", "No."),
        ("proves", ""),
        ("Record", ""),
    )
    assert leave(asking) == 0
    assert last(water, "1.4")["verdict"] == "not-confirmed"
    asking = terminal("update", "water-2021:1")
    say(
        asking,
        (r"Which action\? \[1-4\]", "1.3"),
        (r"water-2021:1\.3  .*What happened", "a new lead"),
        ("New lead", "Director"),
        ("When", ""),
        ("Why", ""),
        ("proves", ""),
        ("Record", ""),
    )
    assert leave(asking) == 0
    assert item(water, "1.3")["responsible"] == "Director"


def test_an_evaluation_is_postponed_and_cancelled_in_a_dialogue(water: Path, terminal: Start) -> None:
    asking = terminal("update", "water-2021")
    say(
        asking,
        ("What happened", "a new planned end"),
        ("New planned end", "2027"),
        ("Why", "Late."),
        ("proves", ""),
        ("Record", ""),
    )
    assert leave(asking) == 0
    asking = terminal("update", "water-2021")
    say(
        asking,
        ("What happened", "cancelled"),
        ("When", ""),
        ("Why", ""),
        ("Why", "No funds."),
        ("proves", ""),
        ("Record", ""),
    )
    assert leave(asking) == 0
    assert (whole(water)["planned_end"], whole(water)["status"]) == ("2027", "cancelled")


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize("how", ["Ctrl-C", "Ctrl-D", "no"])
def test_leaving_writes_nothing(terminal: Start, screen: Callable[[], str], how: str) -> None:
    asking = terminal("update", "water-2021:1.1")
    say(asking, ("What happened", "completed"), ("When", ""), ("Why", "Held."), ("proves", ""))
    asking.expect("Record this")
    if how == "no":
        asking.sendline("n")
    else:
        asking.sendcontrol("c" if how == "Ctrl-C" else "d")
    assert leave(asking) not in (0, 2)
    assert "Traceback" not in screen()
    assert "Aborted" in screen()
    assert changed_files() == []


@pytest.mark.usefixtures("real")
def test_where_much_fits_the_most_urgent_is_shown_and_other_words_are_asked_for(
    terminal: Start, screen: Callable[[], str]
) -> None:
    asking = terminal("update")
    say(asking, ("Which action", "u"), (r"fit; here are 12\. .*Which one\? \[1-13\]", "13"))
    asking.expect("Which action")
    asking.sendcontrol("c")
    leave(asking)
    shown = [line for line in screen().splitlines() if re.match(r" +\d+  un", line)]
    assert len(shown) == 12
    assert shown[0].strip().startswith("1  unece-2021:6.1")
    assert max(map(len, shown)) <= 80


@pytest.mark.parametrize(
    ("command", "words"),
    [((), "there is no action to update yet"), (("water-2021:2",), "water-2021:2 has no action yet")],
)
def test_where_there_is_no_action_the_way_to_one_is_shown(
    water: Path, terminal: Start, screen: Callable[[], str], command: tuple[str, ...], words: str
) -> None:
    if not command:
        for record in water.parent.iterdir():
            record.unlink()
    assert leave(terminal("update", *command)) == 1
    assert words in screen()
    assert "mrtrack add" in screen()


def test_respond_walks_through_what_is_unanswered_and_keeps_what_was_answered(
    water: Path, terminal: Start, screen: Callable[[], str]
) -> None:
    text = water.read_text("utf-8").replace(
        "history:\n  - date: 2021-01-04",
        '  - id: "3"\n    text: |\n      Share it.\n'
        '  - id: "4"\n    text: |\n      Go on.\nhistory:\n  - date: 2021-01-04',
    )
    water.write_text(text, encoding="utf-8")
    walking = terminal("respond", "water-2021")
    say(
        walking,
        (r"3 without an answer.*water-2021:2  Learn from the plan\..*Decision", "partially"),
        ("The response in words", "Only the first part."),
        (r"water-2021:3 .*Decision", "no decision stated"),
        ("The response in words", ""),
        ("The response in words", "Noted."),
        (r"water-2021:4 ", ""),
    )
    walking.expect("Decision")
    walking.sendcontrol("c")
    assert leave(walking) not in (0, 2)
    assert "Traceback" not in screen()
    responses = [one.get("response", {}) for one in whole(water)["recommendations"]]
    assert [one.get("decision") for one in responses] == ["accepted", "partially-accepted", None, None]
    assert [one.get("text") for one in responses] == [None, "Only the first part.", "Noted.", None]


@pytest.mark.usefixtures("water")
def test_respond_asks_for_one_decision_and_refuses_where_all_are_answered(
    folder: Path, terminal: Start, screen: Callable[[], str]
) -> None:
    asking = terminal("respond", "harbour-2022:1")
    say(asking, (r"Light the harbour entrance.*Decision\? \[1-4\]", "1"), ("The response in words", ""))
    assert leave(asking) == 0
    assert item(folder / "records" / "harbour-2022.yaml", "1")["response"]["decision"] == "accepted"
    assert leave(terminal("respond", "harbour-2022")) == 1
    assert "every recommendation of harbour-2022 has an answer" in screen()


def test_new_asks_for_what_a_record_begins_with(folder: Path, water: Path, terminal: Start) -> None:
    water.write_text(
        water.read_text("utf-8").replace(
            "status: ongoing\np", "organisation: Example Agency\nstatus: ongoing\np", 1
        ),
        encoding="utf-8",
    )
    asking = terminal("new", "--type", "Outcome")
    say(
        asking,
        ("Title of the evaluation", ""),
        ("Title of the evaluation", "Roads: a review"),
        (r"Organisation.*\[Example Agency\]", ""),
        ("Type", ""),
        ("Planned end", "soon"),
        ("is not a date.*Planned end", "2027-06"),
    )
    assert leave(asking) == 0
    data = whole(folder / "records" / "roads-2026.yaml")
    assert (data["title"], data["planned_end"]) == ("Roads: a review", "2027-06")
    assert (data["organisation"], data["type"]) == ("Example Agency", "Outcome")


def test_add_asks_what_is_recommended_and_what_will_be_done(water: Path, terminal: Start) -> None:
    asking = terminal("add", "water-2021")
    say(asking, ("What is recommended", "Share it."), ("A short title", "Share"))
    assert leave(asking) == 0
    asking = terminal("add", "water-2021:3", "--lead", "Director", "--support", "Team A")
    say(
        asking,
        ("What will be done", "Write a letter."),
        ("Who leads", ""),
        ("Who helps", ""),
        ("Due when", "2027-Q2"),
    )
    assert leave(asking) == 0
    action = item(water, "3.1")
    assert (action["text"], action["due"]) == ("Write a letter.", "2027-Q2")
    assert (action["responsible"], action["supported_by"]) == ("Director", ["Team A"])


def test_an_invalid_edit_can_be_mended_in_another_turn(
    water: Path, terminal: Start, tmp_path: Path, screen: Callable[[], str]
) -> None:
    program = tmp_path / "turns.sh"
    program.write_text(
        '#!/bin/sh\nif grep -q "status: begun" "$1"\n'
        'then sed -i "s/^status: begun/status: initiated/; s/Hold/Keep/" "$1"\n'
        'else sed -i "s/^status: initiated/status: begun/" "$1"; fi\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    editing = terminal("edit", "water-2021:1.1", EDITOR=str(program))
    say(editing, ("“begun” is no status.*Edit again", "y"))
    assert leave(editing) == 0
    assert item(water, "1.1")["text"] == "Keep one planning meeting a year."
    editing = terminal("edit", "water-2021:1.1", EDITOR=str(program))
    say(editing, ("Edit again", "n"))
    assert leave(editing) == 1
    found = re.search(r"your text is in\s+(\S+)", screen())
    assert found
    Path(found[1]).unlink()


@pytest.mark.usefixtures("water")
@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("update",), 2),
        (("update", "water-2021:1.1"), 1),
        (("respond", "water-2021"), 1),
        (("respond", "water-2021:2"), 1),
        (("new",), 2),
        (("add", "water-2021"), 2),
    ],
)
@pytest.mark.parametrize("end", ["stdin", "stdout"])
def test_nobody_is_asked_where_one_end_is_no_terminal(command: tuple[str, ...], code: int, end: str) -> None:
    other, terminal = os.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mrtrack", *command],
            stdin=terminal if end == "stdin" else subprocess.DEVNULL,
            stdout=terminal if end == "stdout" else subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(terminal)
        os.close(other)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert changed_files() == []
