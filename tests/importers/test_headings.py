"""How a page heads its recommendations: its own way counts, and no heading inside the prose."""

import pytest
from imported_pages import Data, assembled, record_of

from mrtrack.importers.outlining.headings import Way, list_item, number_alone, way_of
from mrtrack.importers.page import Line


def way(*texts: str, erc: bool = False) -> Way:
    return way_of([Line(1, text) for text in texts], erc=erc)


def read(text: str, page: Way) -> tuple[str, str] | None:
    """The number and the rest of the line of a heading."""
    heading = page.heading(Line(1, text))
    return ((heading.number.text if heading.number else ""), heading.rest.text) if heading else None


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1. Recommendation:", "1", ""),
        ("12. Recommendation: Dig", "12", "Dig"),
        ("Recommendation 3: Dig", "3", "Dig"),
        ("Recommendation No. 4 - Dig", "4", "Dig"),
        ("RECOMMENDATION 5", "5", ""),
        ("Evaluation Recommendation or Issue 6: Dig", "6", "Dig"),
        ("Recommandation n° 7 : Creuser", "7", "Creuser"),
        ("Recomendación 8. Cavar", "8", "Cavar"),
        ("Rec. No.: 9", "9", ""),
        ("Recommendation 1.2a: Dig", "1.2a", "Dig"),
        ("Recommendation: Dig", "", "Dig"),
    ],
)
def test_a_heading_gives_its_number_and_the_text_on_its_line(text: str, number: str, rest: str) -> None:
    assert read(text, way(text)) == (number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "8. Recommendations",
        "4.2.1 Gardens",
        "Recommendation 3 is costly",
        "Recommendations 1 to 3",
        "The recommendation: dig",
    ],
)
def test_prose_is_no_heading(text: str) -> None:
    assert read(text, way("Recommendation 1: Dig")) is None
    assert way(text).pattern is None


def test_only_the_way_of_the_page_itself_counts() -> None:
    page = way("As asked:", "Recommendation 3: dig", "2. Recommendation: Plant", erc=True)
    assert read("2. Recommendation: Plant", page) == ("2", "Plant")
    assert read("Recommendation 3: dig", page) is None
    assert way("Recommendation 3: dig", erc=True).pattern is None


def test_a_number_that_is_printed_again_is_known() -> None:
    assert number_alone(Line(1, " Recommendation 3. "), "3")
    assert not number_alone(Line(1, "Recommendation 3."), "4")
    assert not number_alone(Line(1, "Recommendation 3. Dig"), "3")


def test_an_item_of_a_list_is_the_next_number_in_the_same_manner() -> None:
    def item(text: str, expected: int, *, alone: bool | None) -> tuple[str, str] | None:
        found = list_item(Line(1, text), expected, alone=alone)
        return (found[0].text, found[1].text) if found else None

    assert item("2 Dig", 2, alone=None) == ("2", "Dig")
    assert item("2.", 2, alone=True) == ("2", "")
    assert item("2 Dig", 2, alone=True) is None
    assert item("2", 2, alone=False) is None
    assert item("4 Dig", 2, alone=False) is None
    assert item("2nd", 2, alone=None) is None


HEAD = "Evaluation Plan: 2019-2023\nCommissioning Unit: Fiji\nEvaluation Title: Review of gardens\n"


def recommendations(body: str) -> list[Data]:
    found = record_of(HEAD + body)["recommendations"]
    assert isinstance(found, list)
    return found


def test_a_list_printed_before_the_answers_is_not_counted_twice() -> None:
    body = (
        "Recommendations\n1 Dig.\n2 Plant.\n3 Water.\n1. Recommendation: Dig.\n\nManagement Response: Agreed.\n"
        "2. Recommendation: Plant.\n"
    )
    found = recommendations(body)
    assert [(one["id"], one["text"]) for one in found] == [("1", "Dig."), ("2", "Plant."), ("3", "Water.")]
    assert found[0]["response"]["decision"] == "accepted"
    account = assembled(HEAD + body).account
    assert account.counts["repeated"] == 2
    assert account.left_over == ()


def test_a_text_that_stands_in_the_list_only_is_taken_from_there() -> None:
    found = recommendations("Recommendations\n1 Dig.\n1. Recommendation:\n\nManagement Response: Agreed.\n")
    assert [(one["id"], one["text"]) for one in found] == [("1", "Dig.")]


def test_other_words_in_the_list_are_left_over_not_merged() -> None:
    body = "Recommendations\n1 Dig deep holes.\n1. Recommendation: Plant trees.\n\nManagement Response: Agreed.\n"
    (one,) = recommendations(body)
    assert one["text"] == "Plant trees."
    assert [line.left_over for line in assembled(HEAD + body).account.left_over] == ["Dig deep holes."]


def test_a_list_that_was_renumbered_is_matched_by_its_words() -> None:
    first, second = (
        "Dig holes that are deep enough for the largest trees",
        "Plant the largest trees of the garden again",
    )
    listed = f"Recommendations\n1 {first}.\n2 {second}.\n"
    body = f"{listed}1. Recommendation: {second}.\n2. Recommendation: {first}, please.\n"
    assert [one["text"] for one in recommendations(body)] == [f"{second}.", f"{first}, please."]
    assert len(assembled(HEAD + body).account.left_over) == 0


def test_a_footer_in_the_middle_of_a_text_is_taken_out_of_it() -> None:
    text = (
        "MANAGEMENT RESPONSE\n\nReview of gardens\n\nRecommendation 1:\n\nDig.\n\nManagement Response, Garden Unit\n\n"
        "Then plant.\n\nManagement Response:\n\nAgreed.\n\nManagement Response, Garden Unit\n\nIt is begun.\n"
    )
    (one,) = record_of(text)["recommendations"]
    assert one["text"].split() == ["Dig.", "Then", "plant."]
    assert one["response"]["text"].split() == ["Agreed.", "It", "is", "begun."]
    assert "Garden Unit" not in str(one)
