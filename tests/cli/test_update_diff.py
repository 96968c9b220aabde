"""What git shows of commands on a record that people and other programs wrote: what changed, and nothing else."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run, git

ODD = """\
# The record of the harbour – kept by hand since 2020 (日本語, العربية, naïve)

schema:   1
id: 'harbour-2021'      # as in the plan
title: 'Évaluation du programme "Port" – phase 2'
organisation: "Coast: Agency # 1"
status: 'ongoing'   # since May
countries: [ KEN,TZA ]
period: { from: 2019,
          to: 2021 }

recommendations:
- id: '1'
  text: >-
    Folded text that
    goes on, with a # sign
    and a final – dash.

  # What management said
  response: {decision: accepted}
  actions:
  -   id: "1.1"   # the first
      text: |
        Literal text.

          Indented: « déjà vu ».

      responsible: "Port Office"
      supported_by:
      -   "Finance Unit"
      - 'Crane, and lift'   # both
      serves: [ "2",'other:5' ]   # counted once
      due: '2022-01'   # agreed by letter
      # the status as of the last meeting
      status: "initiated"   # see the minutes
      history:
      - {date: 2021-05-01, by: Port Office, due: 2022-01}
      - date: 2021-06-01
        status: initiated
        comment: >
          Folded
          comment.
      # the end of the log

      # and a last word
  -   id: "1.2"
      text: "Quoted, \\u00e9scaped."
      due: 2022
- id: "2"
  text: |+
    Kept lines.


# The end of the record
"""

COMMANDS: dict[str, tuple[list[str], list[str]]] = {
    "complete an action": (
        [
            "update",
            "harbour-2021:1.1",
            "completed",
            "--comment",
            "Réparé – enfin.",
            "--document",
            "PV=https://example.org/?a=b#c",
        ],
        [
            '-      status: "initiated"   # see the minutes',
            '+      status: "completed"   # see the minutes',
            "+      - date: 2026-11-22",
            "+        by: A. Officer",
            "+        status: completed",
            "+        comment: |",
            "+          Réparé – enfin.",
            "+        documents:",
            "+        - title: PV",
            "+          url: https://example.org/?a=b#c",
        ],
    ),
    "move its date": (
        ["update", "harbour-2021:1.1", "--due", "2027", "--comment", "x: y # z", "--by", "Port: Office"],
        [
            "-      due: '2022-01'   # agreed by letter",
            "+      due: '2027'   # agreed by letter",
            "+      - date: 2026-11-22",
            '+        by: "Port: Office"',
            "+        due: 2027",
            "+        comment: |",
            "+          x: y # z",
        ],
    ),
    "give another lead": (
        ["update", "harbour-2021:1.1", "--lead", "Direction « Port »"],
        [
            '-      responsible: "Port Office"',
            '+      responsible: "Direction « Port »"',
            "+      - date: 2026-11-22",
            "+        by: A. Officer",
            "+        responsible: Direction « Port »",
            "+        extra:",
            "+          previous_responsible: Port Office",
        ],
    ),
    "take the first date away": (
        ["update", "harbour-2021:1.2", "--due", "none", "--comment", "None is known."],
        [
            "-      due: 2022",
            "+      history:",
            "+      - date: 2026-11-22",
            "+        by: A. Officer",
            "+        due: null",
            "+        previous_due: 2022",
            "+        comment: |",
            "+          None is known.",
        ],
    ),
    "cancel the evaluation": (
        ["update", "harbour-2021", "cancelled", "--comment", "No funds."],
        [
            "-status: 'ongoing'   # since May",
            "+status: 'cancelled'   # since May",
            "+history:",
            "+- date: 2026-11-22",
            "+  by: A. Officer",
            "+  status: cancelled",
            "+  comment: |",
            "+    No funds.",
            "+  extra:",
            "+    previous_status: ongoing",
        ],
    ),
    "add an action": (
        ["add", "harbour-2021:1", "--text", "Sell the old lamps.", "--lead", "Finance Unit"],
        [
            '+  -   id: "1.3"',
            "+      text: |",
            "+        Sell the old lamps.",
            "+      responsible: Finance Unit",
            "+      history:",
            "+      -   date: 2026-11-22",
            "+          by: A. Officer",
            "+          responsible: Finance Unit",
        ],
    ),
    "answer in words": (
        ["respond", "harbour-2021:2", "rejected", "--text", "Too dear."],
        [
            "+  response:",
            "+    decision: rejected",
            "+    text: |",
            "+      Too dear.",
            "+    history:",
            "+    - date: 2026-11-22",
            "+      by: A. Officer",
            "+      decision: rejected",
        ],
    ),
}

FORMS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda content: content,
    "CRLF": lambda content: content.replace(b"\n", b"\r\n"),
    "no final newline": lambda content: content.rstrip(b"\n"),
    "BOM": lambda content: b"\xef\xbb\xbf" + content,
    "BOM and CRLF": lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"),
}


def difference() -> tuple[list[str], str]:
    """The changed lines as git shows them, their ends aside, and git's count of them."""
    shown = subprocess.run(["git", "diff", "--unified=0"], check=True, capture_output=True).stdout
    lines = [line.decode("utf-8") for line in shown.split(b"\n")]
    changed = [
        line.removesuffix("\r") for line in lines if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")
    ]
    return changed, git("diff", "--numstat")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", COMMANDS)
def test_git_shows_the_changed_and_added_lines_only(folder: Path, mrtrack: Run, name: str, form: str) -> None:
    command, expected = COMMANDS[name]
    record = folder / "records" / "harbour-2021.yaml"
    record.parent.mkdir()
    record.write_bytes(FORMS[form](ODD.encode()))
    git("add", "--all")
    git("commit", "--quiet", "--message", "The record")
    told = mrtrack(*command)
    assert (told.code, told.err) == (0, ""), told.err
    changed, counted = difference()
    added, deleted = (sum(line.startswith(sign) for line in expected) for sign in "+-")
    if form == "no final newline" and name in ("cancel the evaluation", "answer in words"):
        changed = [line for line in changed if line[1:] != "# The end of the record"]
    assert changed == expected
    assert counted.split("\t")[:2] in ([str(added), str(deleted)], [str(added + 1), str(deleted + 1)])
    ends = {line.endswith(b"\r") for line in record.read_bytes().split(b"\n")[:-1]}
    assert ends == {"CRLF" in form}
    checked = mrtrack("check")
    assert checked.code == 0, checked.out
    assert mrtrack("undo").code == 0
    assert git("status", "--porcelain") == ""
