"""The law of the account: every letter of a source is in a field of the record, or is named with a reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from imported_pages import (
    assembled,
    faults,
    invented,
    leaves,
    misplaced,
    page_of,
    reading_of,
    record_of,
    uncovered,
    unread,
)

from mrtrack.edit.refusal import Refused
from mrtrack.importers import told
from mrtrack.importers.account import FATES, Account

SMALL = (
    "Commissioning Unit: Fiji\nEvaluation Plan: 2019-2023\nEvaluation Title: Review of gardens\n\n"
    "1. Recommendation: Plant trees.\n\nManagement Response: [Added: 2020/01/02]\n\nAgreed.\n\nKey Actions:\n\n"
    "Key Action Responsible DueDate Status Comments Documents\n1.1 Buy spades\n[Added: 2020/01/02]\n"
    "Garden Unit 2020/05 Completed\n"
)
KNOWN = [
    *SMALL.splitlines(),
    "MANAGEMENT RESPONSE", "Recommendation 2:", "Recommendation: Water them", "3", "Recommendation 3.",
    "2. x", "Management Response: Rejected", "Status: Completed", "Status:", "Title Review of gardens",
    "Lessons", "Findings", "Recommendations", "1 Plant", "2", "Evaluation Team members:",
    "Name Title Nationality", "Ana Ruiz Consultant PERU",
    "Approved by: Director Ana Ruiz 01/02/2020 Ruiz", "Prepared by:",
    "Approved by\tHead\t01/02/2020\tAR", "Responsibility: Unit, supported by others",
    "Timeline: 31 December 2023", "Deadline: soon", "Comments: well",
    "[Added: 2020/01/02] [Last Updated: soon]", "Unit 2020/07 Not Initiated later History", "- dash",
    "• bullet", "1.2.", "Unit No due date No deadline established", "Garden Unit, 2021/13 Completed",
    "Follow up actions:", "Latest Evaluations", "Responsible DueDate Status Comments",
    "Action Plan Deliverables Expected Completion Date Lead", "1) Do it. A list. CC",
    "Action | Status | Due |", "---|---|---|", "| --- | --- |", "a | Completed | 2020/01 |", "|",
    "Action\tDue\tStatus", "x\ty", "ana@example.org", "Tel. +1 646 555 0100",
    "Responsible: ana@example.org", "Atlas Project Number: +1 646 555 0100",
    "Corporate Outcome and Output", "  • 1. Output", "Joint Evaluation: Yes", "Countries: FIJI, NOWHERE",
    "GEF Evaluation: Yes", "Evaluation Type: Final", "Evaluation Budget(US $): 12,000",
    "Evaluation Budget(US $): plenty", "Planned End Date: never",
    "Documents Related to overall Management Response:", "write to ana@example.org.docx", "Rec. No.: 4",
    ": Fiji", ": 2019-2020, x", "Cancelled", "Justification: no money", "Terminology", "Share",
    "History", "Page 1 of 2", "Decision: Perhaps", "Quality Assessment: Satisfactory",
    "Quality Assessment: call +1 646 555 0100", "Period of Review: 2017-2019",
    "Stakeholders: ana@example.org", "SDG Goal:", "  • ana@example.org", "# Review", "**Status:** x",
    "1.1 a 1.2 b",
]  # fmt: skip
letters = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\n\r"), max_size=30)
lines = st.lists(st.one_of(st.sampled_from(KNOWN), st.just(""), letters), min_size=1, max_size=30)
CONTACTS = ("ana@example.org", "+1 646 555 0100", "ana [at] example.org")


def account_of(text: str, name: str = "page.txt") -> Account:
    return assembled(text, name).account


@settings(max_examples=60)
@given(lines, st.sampled_from(["page.txt", "page.md"]))
def test_every_letter_is_in_one_stretch_and_every_record_is_valid(parts: list[str], name: str) -> None:
    content = "\n".join(parts).encode()
    try:
        result = assembled(content, name)
    except Refused:
        return
    page = page_of(content, name)
    assert uncovered(page, result.account) == []
    assert name == "page.md" or unread(page, content.decode()) == ""
    (record,) = result.records
    assert misplaced(record, result.account) == []
    assert reading_of(record).evaluation
    assert faults(record) == []


@settings(max_examples=60)
@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=30))
def test_what_is_left_over_is_in_the_record_word_for_word(parts: list[str]) -> None:
    result = assembled("\n".join(["x", *parts]))
    (record,) = result.records
    left = "\n".join(line.left_over for line in result.account.left_over)
    assert record.get("extra", {}).get("unplaced", "") == left
    assert invented(record, "\n".join(["x", *parts])) == []


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([*KNOWN, *CONTACTS]), max_size=12),
    st.sampled_from(KNOWN),
    st.sampled_from(CONTACTS),
)
def test_how_people_are_reached_is_nowhere(parts: list[str], line: str, contact: str) -> None:
    label, colon, _ = line.partition(":")
    result = assembled(
        "\n".join(["Review", *parts, f"{label}{colon} {contact}", f"{line} {contact}", *parts])
    )
    texts = [text for record in result.records for _, text in leaves(record)]
    texts += [text for _, text in leaves(result.account.as_data())]
    texts += [told.whole(result.account), *told.summary(result.account)]
    assert [text for text in texts for known in CONTACTS if known in text] == []
    assert any(one.fate == "withheld" for line in result.account.lines for one in line.stretches)


def test_a_signature_is_withheld_and_the_name_and_day_kept() -> None:
    text = (
        "MANAGEMENT RESPONSE\n\nEvaluation Title:\tReview of gardens\n\t\tDate\tSignature\n"
        "Approved by\tDirector Ana Ruiz\t22/12/2021\tA~Rz\n"
    )
    result = assembled(text)
    (record,) = result.records
    assert record["management_response"]["approved_by"] == {
        "name": "Ana Ruiz", "title": "Director", "date": "2021-12-22",
    }  # fmt: skip
    (withheld,) = [one for line in result.account.lines for one in line.stretches if one.fate == "withheld"]
    assert withheld.where == "signature"
    assert "A~Rz" not in told.whole(result.account) + str(result.account.as_data()) + str(record)


def test_each_line_says_which_field_it_is_in_or_why_it_is_in_none() -> None:
    account = account_of(SMALL + "Contact us\n1 Garden Road\n")
    assert {line.number: told.became(line) for line in account.lines} == {
        1: "commissioned_by",
        2: "plan",
        3: "title",
        5: "1 number, 1 text",
        7: "1 response date",
        9: "1 response",
        11: "(label)",
        13: "(head of the table)",
        14: "1.1 number, 1.1 text",
        15: "1.1 history",
        16: "1.1 responsible, 1.1 due, 1.1 status",
        17: "(below the page: news, address, rights)",
        18: "(below the page: news, address, rights)",
    }


def test_a_line_counts_once_and_what_is_left_over_of_it_counts_first() -> None:
    account = account_of(SMALL + "A line that nobody knows\n")
    assert sum(account.counts.values()) == len(account.lines) == 12
    assert set(account.counts) <= set(FATES)
    assert [line.text for line in account.left_over] == ["A line that nobody knows"]
    assert told.became(account.left_over[0]) == "LEFT OVER"
    assert "left over 1" in told.summary(account)[1]
    assert any("line 17: A line that nobody knows" in line for line in told.summary(account))


def test_a_summary_is_short_and_the_whole_account_is_not() -> None:
    account = account_of(SMALL + "".join(f"Line {n} that nobody knows\n" for n in range(9)))
    assert any("and 4 more: see --report" in line for line in told.summary(account))
    whole = told.whole(account)
    assert all(f"Line {n} that nobody knows" in whole for n in range(9))
    assert "Repaired\n  nothing" in whole


def test_the_account_as_data_has_every_line_with_its_parts() -> None:
    data = account_of(SMALL).as_data()
    assert (data["page"], data["format"], data["source"]) == (
        "ERC management response page",
        "text",
        "page.txt",
    )
    account = data["account"]
    assert isinstance(account, list)
    assert account[0] == {
        "line": 1,
        "place": "",
        "text": "Commissioning Unit: Fiji",
        "parts": [
            {"text": "Commissioning Unit:", "fate": "furniture", "where": "label"},
            {"text": "Fiji", "fate": "field", "where": "commissioned_by"},
        ],
    }


@pytest.mark.parametrize("mark", ["-----", "* * *", "|"])
def test_marks_alone_are_no_words_that_are_left_over(mark: str) -> None:
    account = account_of(f"{SMALL}{mark}\n")
    assert account.left_over == ()
    assert told.became(account.lines[-1]) == "(punctuation)"


def test_a_value_that_cannot_be_read_is_kept_as_printed_and_named() -> None:
    result = assembled(
        SMALL.replace("\n\n1.", "\nStatus: half way\nEvaluation Budget(US $): plenty\n\n1.", 1)
    )
    (record,) = result.records
    assert record["extra"] == {"status": "half way", "budget": "plenty"}
    assert {note.line for note in result.account.notes} == {4, 5}
    assert record_of(SMALL).get("extra") is None


@pytest.mark.parametrize(
    "text",
    [
        f"{SMALL.partition('1. Rec')[0]}SDG Goal:\n  • 1. ask ana@example.org\n",
        f"{SMALL.partition('1. Rec')[0]}Documents Related to overall Management Response: from ana@example.org\n",
        f"{SMALL.partition('1. Rec')[0]}Atlas Project Number: 00012, +1 646 555 0100\n",
        "Review\n\nRecommendation 1: Dig.\n\nAction: Dig\n\nTimeline: ongoing, ask ana@example.org\n",
        "Review\n\nRecommendation 1: Dig.\n\nAction: Dig\n\nStatus: ask ana@example.org\n",
        "Review\n\nAction | Status | Due | Documents\n---|---|---|---\nDig | Completed | 2020/01 | ana@example.org\n",
    ],
)
def test_an_address_is_withheld_from_every_kind_of_field(text: str) -> None:
    result = assembled(text)
    said = f"{result.records}{result.account.as_data()}{told.whole(result.account)}"
    assert "ana@example.org" not in said
    assert "555" not in said
    assert "[withheld]" in str(result.records)
