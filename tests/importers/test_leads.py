"""Who is responsible, told apart from the text that it was printed behind; nobody where nothing tells."""

import pytest

from mrtrack.importers.draft import Draft, Outline
from mrtrack.importers.outlining.leads import Unsplit, split_leads
from mrtrack.importers.page import Line, Page


def told(*rows: str) -> list[tuple[str, str, str]]:
    """The text and the lead of each row, and by what they were told apart."""
    outline = Outline(Page("page.txt", "text", ()), "a page")
    actions = [Unsplit(Draft("action"), (Line(number, row).piece(),)) for number, row in enumerate(rows, 1)]
    split_leads(actions, outline)
    whys = {note.line: note.what for note in outline.notes}
    return [
        (one.action.text("text"), one.action.text("responsible"), whys.get(number, ""))
        for number, one in enumerate(actions, 1)
    ]


@pytest.mark.parametrize(
    ("row", "text", "lead", "why"),
    [
        ("Dig the garden. Ministry of parks", "Dig the garden.", "Ministry of parks", "end of a sentence"),
        ("Creuser le jardin. Écoles", "Creuser le jardin.", "Écoles", "end of a sentence"),
        ("Dig the garden UNDP/FAO", "Dig the garden", "UNDP/FAO", "capitals"),
        ("Dig the garden UNDP and FAO", "Dig the garden", "UNDP and FAO", "capitals"),
        ("Dig the garden Garden Team", "Dig the garden", "Garden Team", "name of a unit"),
        ("Dig the garden Ministry of Parks", "Dig the garden", "Ministry of Parks", "name of a unit"),
        ("Cavar el jardín Unidad de Parques", "Cavar el jardín", "Unidad de Parques", "name of a unit"),
        ("Dig the garden", "Dig the garden", "", "nobody is named"),
        (
            "Dig. Then plant the trees that were bought in the spring of the year before last",
            "",
            "",
            "nobody is named",
        ),
        ("UNDP", "UNDP", "", "nobody is named"),
    ],
)
def test_text_and_lead_are_told_by_what_they_are(row: str, text: str, lead: str, why: str) -> None:
    ((said, responsible, note),) = told(row)
    assert (said, responsible) == (text or row, lead)
    assert why in note


def test_words_that_end_several_rows_are_who_is_responsible() -> None:
    rows = told("Dig the garden Green hands", "Plant a tree Green hands", "Water the tree")
    assert [(text, lead) for text, lead, _ in rows] == [
        ("Dig the garden", "Green hands"),
        ("Plant a tree", "Green hands"),
        ("Water the tree", ""),
    ]
    assert "end several rows" in rows[0][2]


def test_an_action_without_words_gets_neither() -> None:
    assert told("  ") == [("", "", "")]


def test_the_number_of_an_action_is_told_from_its_text_as_well() -> None:
    outline = Outline(Page("page.txt", "text", ()), "a page")
    action = Draft("action")
    split_leads(
        [Unsplit(action, (Line(1, "1.2 Dig").piece(), Line(2, "the garden. Garden Team").piece()))], outline
    )
    assert (action.text("number"), action.text("text"), action.text("responsible")) == (
        "1.2",
        "Dig the garden.",
        "Garden Team",
    )
