"""Rows of actions that a capture has run together: text, stamps, and the tail with date and status."""

import pytest
from imported_pages import Data, actions_of, assembled, record_of

from mrtrack.importers.assembling.assembly import Given
from mrtrack.importers.draft import Draft, Outline
from mrtrack.importers.formats.catalogue import read_page
from mrtrack.importers.importing import import_page, terms_of
from mrtrack.importers.outlining.stamps import has_stamp, take_stamps
from mrtrack.importers.page import Line, Page
from mrtrack.model.settings import Settings

HEAD = (
    "Commissioning Unit: Fiji\nEvaluation Plan: 2019-2023\nEvaluation Title: Review of gardens\n\n"
    "1. Recommendation: Plant.\n\nManagement Response: [Added: 2020/01/02]\n\nAgreed.\n\nKey Actions:\n\n"
    "Key Action Responsible DueDate Status Comments Documents\n"
)
OLD = (
    "Commissioning Unit: Fiji\nEvaluation Plan: 2008-2012\n1.\n\nRecommendation: Plant.\nManagement Response: Agreed.\n"
    "Key Actions:\nResponsible DueDate Status Comments\n"
)
STAMPS = "[Added: 2020/01/02] [Last Updated: 2020/06/07]"


def actions(rows: str, head: str = HEAD) -> list[Data]:
    return list(actions_of(record_of(head + rows)).values())


def only(rows: str, head: str = HEAD) -> Data:
    (action,) = actions(rows, head)
    return action


def comment_of(action: Data) -> str:
    entries = action.get("history", [])
    return str((entries[-1] if entries else action.get("extra", {})).get("comment", ""))


@pytest.mark.parametrize(
    ("tail", "facts"),
    [
        (
            "Garden Unit 2020/05 Completed",
            {"responsible": "Garden Unit", "due": "2020-05", "status": "completed"},
        ),
        (
            "Garden Unit 2020/05 Overdue-Initiated",
            {"responsible": "Garden Unit", "due": "2020-05", "status": "initiated"},
        ),
        (
            "Garden Unit 2020/05 Not Initiated",
            {"responsible": "Garden Unit", "due": "2020-05", "status": "not-initiated"},
        ),
        ("2020/05 No Longer Applicable", {"due": "2020-05", "status": "no-longer-applicable"}),
        (
            "Unit of 2019/20 and Completed works 2020/05 Initiated",
            {"responsible": "Unit of 2019/20 and Completed works", "due": "2020-05", "status": "initiated"},
        ),
        (
            "Garden Unit No due date No deadline established",
            {"responsible": "Garden Unit", "timeline": "No due date No deadline established"},
        ),
        (
            "Garden\nUnit 2020/05 Completed",
            {"responsible": "Garden Unit", "due": "2020-05", "status": "completed"},
        ),
    ],
)
def test_a_tail_gives_who_when_and_how_far(tail: str, facts: Data) -> None:
    action = only(f"1.1 Dig\n{STAMPS}\n{tail}\n")
    said = {key: action[key] for key in ("responsible", "due", "status", "timeline") if key in action}
    assert said == facts
    assert action["text"] == "Dig"


@pytest.mark.parametrize(
    ("behind", "comment", "documents"),
    [
        ("", "", []),
        (" Dug by hand. History", "Dug by hand.", []),
        (" Dug by hand.\nIt took a day. History", "Dug by hand.\nIt took a day.", []),
        (" Dug. https://example.org/a History", "Dug.", [{"url": "https://example.org/a"}]),
        (" https://example.org/a", "", [{"url": "https://example.org/a"}]),
        (" The History of the garden", "The History of the garden", []),
        (" In 2020/07 it was Completed", "In 2020/07 it was Completed", []),
    ],
)
def test_a_comment_follows_the_status_and_ends_with_a_link_or_a_button(
    behind: str, comment: str, documents: list[Data]
) -> None:
    action = only(f"1.1 Dig\n{STAMPS}\nGarden Unit 2020/05 Completed{behind}\n")
    assert comment_of(action) == comment
    assert action["history"][-1].get("documents", []) == documents


def test_rows_out_of_order_stand_in_the_order_of_their_numbers() -> None:
    rows = "".join(f"1.{n} Dig {n}\n{STAMPS}\nUnit 2020/05 Initiated\n" for n in (3, 10, 1))
    assert [(one["id"], one["text"]) for one in actions(rows)] == [
        ("1.1", "Dig 1"),
        ("1.3", "Dig 3"),
        ("1.10", "Dig 10"),
    ]


def test_a_date_and_a_status_in_prose_are_no_tail_of_a_row() -> None:
    action = only(
        f"1.1 Dig what was due 2019/05 and is not Completed\nin 2019/06\n{STAMPS}\nUnit 2020/05 Initiated\n"
    )
    assert action["text"] == "Dig what was due 2019/05 and is not Completed\nin 2019/06"
    assert (action["due"], action["status"]) == ("2020-05", "initiated")


def test_two_stamps_are_two_entries_and_one_stamp_is_one() -> None:
    both = only(f"1.1 Dig\n{STAMPS}\nUnit 2020/05 Completed Dug. History\n")
    assert both["history"] == [
        {"date": "2020-01-02"},
        {"date": "2020-06-07", "on": "until 2020-06-07", "status": "completed", "comment": "Dug."},
    ]
    one = only("1.1 Dig\n[Added: 2020/01/02]\nUnit 2020/05 Completed\n")
    assert one["history"] == [{"date": "2020-01-02", "on": "until 2020-01-02", "status": "completed"}]


def test_a_status_without_a_day_is_a_present_without_an_entry() -> None:
    action = only("Dig the garden. Garden Unit 2010/03 Completed Well dug.\n", OLD)
    assert "history" not in action
    assert (action["status"], action["responsible"], action["extra"]) == (
        "completed",
        "Garden Unit",
        {"comment": "Well dug."},
    )


def test_a_stamp_that_is_no_day_makes_no_entry_and_is_kept() -> None:
    text = HEAD + "1.1 Dig\n[Added: last year]\nUnit 2020/05 Completed\n"
    action = only("1.1 Dig\n[Added: last year]\nUnit 2020/05 Completed\n")
    assert "history" not in action
    assert (action["status"], action["extra"]) == ("completed", {"added": "last year"})
    assert any("is no day" in note.what for note in assembled(text).account.notes)


def test_a_row_whose_tail_is_missing_is_left_over_not_guessed() -> None:
    text = (
        HEAD
        + "1.1 Dig\n[Added: 2020/01/02]\nperhaps the Unit\n1.2 Plant\n[Added: 2020/01/02]\nUnit 2020/05 Initiated\n"
    )
    first, second = actions_of(record_of(text)).values()
    assert ("responsible" in first, "status" in first) == (False, False)
    assert (second["responsible"], second["status"]) == ("Unit", "initiated")
    account = assembled(text).account
    assert "perhaps the Unit" in [line.left_over for line in account.left_over]


def test_an_answer_without_a_table_has_no_action_and_the_next_recommendation_is_whole() -> None:
    record = record_of(
        HEAD.rpartition("Key Action Resp")[0] + "2. Recommendation:\n\nManagement Response:\n\nKey Actions:\n"
    )
    assert [(one["id"], "actions" in one, "text" in one) for one in record["recommendations"]] == [
        ("1", False, True),
        ("2", False, False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Added: 2020/01/02]", True),
        ("x [last  updated : 2020]", True),
        ("[Added]", False),
        ("Added: 2020/01/02", False),
    ],
)
def test_a_stamp_is_known_by_its_brackets_and_words(text: str, expected: bool) -> None:
    assert has_stamp(text) is expected


def test_the_words_around_stamps_are_told_from_their_days() -> None:
    outline, draft = Outline(Page("page.txt", "text", ()), "a page"), Draft("action")
    piece = Line(1, f"Dig {STAMPS.replace('] [', '] moved [')} Unit").piece()
    before, behind = take_stamps(piece, draft, outline, "added", "updated")
    assert (before.text, behind.text) == ("Dig", "Unit")
    assert {key: draft.text(key) for key in draft.fields} == {
        "added": "2020/01/02", "comment": "moved", "updated": "2020/06/07",
    }  # fmt: skip
    assert [claim.piece.text for claim in outline.claims] == ["[Added:", "]", "[Last Updated:", "]"]


def test_a_text_without_stamps_stays_as_it_is() -> None:
    outline, draft = Outline(Page("page.txt", "text", ()), "a page"), Draft("action")
    before, behind = take_stamps(Line(1, "Dig").piece(), draft, outline, "added", "updated")
    assert (before.text, behind.text, draft.fields) == ("Dig", "", {})


def test_a_last_row_without_a_tail_is_named() -> None:
    account = assembled(HEAD + "1.1 Dig\n[Added: 2020/01/02]\nperhaps the Unit\n").account
    assert [line.left_over for line in account.left_over] == ["perhaps the Unit"]
    assert any("without date and status" in note.what for note in account.notes)


def test_a_row_of_a_table_that_lost_its_covered_cell_is_read_under_its_heads() -> None:
    text = (
        "Management response\n\n| Recommendation | Action | Responsible | Deadline | Status |\n|---|---|---|---|---|\n"
        "| 1. Tend it. | 1.1 Dig | Unit | 2020/05 | Completed |\n| 1.2 Plant | Team | 2020/06 | Initiated |\n"
    )
    found = actions_of(record_of(text, "page.md"))
    keys = ("text", "responsible", "due", "status")
    assert {name: tuple(one[key].strip() for key in keys) for name, one in found.items()} == {
        "1.1": ("Dig", "Unit", "2020-05", "completed"),
        "1.2": ("Plant", "Team", "2020-06", "initiated"),
    }


def test_the_address_behind_the_button_of_a_saved_page_is_no_document() -> None:
    markup = (
        "<p>Commissioning Unit: Benin</p><p>Evaluation Plan: 2018-2022</p><p>1. Recommendation: Dig.</p>"
        "<p>Key Actions:</p><table><tr><th>Key Action</th><th>Responsible</th><th>DueDate</th><th>Status</th>"
        "<th>Comments</th><th>Documents</th></tr><tr><td>Dig wells</td><td>Unit</td><td>2020/05</td>"
        '<td>Completed</td><td>Dug. <a href="https://example.org/history/1">History</a></td>'
        '<td><a href="https://example.org/wells.pdf">Wells</a></td></tr></table>'
    )
    page = read_page(f"<html><body>{markup}</body></html>".encode(), "page.html")
    (record,) = import_page(page, terms_of(Settings()), Given(year=2026)).records
    (action,) = record["recommendations"][0]["actions"]
    assert action["extra"]["comment"] == "Dug."
    assert action["extra"]["documents"] == [{"title": "Wells", "url": "https://example.org/wells.pdf"}]
