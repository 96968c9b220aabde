"""From a sheet and its mapping to evaluations, recommendations and actions, with every line accounted for."""

import io
from collections import Counter
from collections.abc import Iterator

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from conftest import ROOT, SHARED
from mrtrack.edit.refusal import Refused
from mrtrack.importers.assembling.assembly import Given, assemble
from mrtrack.importers.assembling.placing import Terms
from mrtrack.importers.draft import Draft, Fate
from mrtrack.importers.page import Piece
from mrtrack.importers.tables.grid import Grid, outline_sheet
from mrtrack.importers.tables.mapping import known_targets
from mrtrack.importers.tables.mapping_file import read_mapping
from mrtrack.importers.tables.sheets import Sheet, read_sheet
from mrtrack.model.spellings import folded
from mrtrack.model.words import Status

HEAD = """
[evaluations]
by = "Report"
id = "w-{Report}"
without = "w-others"
[evaluations.fields]
organisation = "Example Agency"
[columns]
"No" = "recommendation.number"
"Asked" = "recommendation.text"
"Reply" = "response.text"
"State" = "action.status"
"""
RECOMMENDATIONS = f'rows = "recommendations"{HEAD}'
ACTIONS = f'rows = "actions"\nfill_down = ["Report", "No", "Asked"]{HEAD}"Step" = "action.text"\n"By" = "action.due"\n'


def grid(table: str, mapping: str) -> Grid:
    return outline_sheet(read_sheet(table.encode(), "t.csv"), read_mapping(mapping.encode(), "m.toml"))


def told(grid: Grid) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Each evaluation with the numbers of its recommendations and the texts of their actions."""
    return [
        (
            name,
            [
                (one.text("number"), [action.text("text") for action in one.of("action")])
                for one in found.of("recommendation")
            ],
        )
        for name, found in zip(grid.ids, grid.outline.evaluations, strict=True)
    ]


def pieces(drafts: list[Draft]) -> Iterator[Piece]:
    for draft in drafts:
        for part in draft.walk():
            for several in part.fields.values():
                yield from several


def left_over(found: Grid) -> list[str]:
    """The places of all lines that are in no field and in no claim."""
    held = {piece.line for piece in pieces(found.outline.evaluations)}
    held |= {claim.piece.line for claim in found.outline.claims}
    return [line.place for line in found.outline.page.lines if not line.blank and line not in held]


def test_rows_group_into_evaluations_and_those_that_name_none_stand_in_a_record_of_their_own() -> None:
    found = grid(
        "Report,No,Asked,Reply,State\nA 1,1,Plan,Yes,Open\n,2,Act,,\na 1,3,Look,,Done\n", RECOMMENDATIONS
    )
    assert told(found) == [("w-a-1", [("1", [""]), ("3", [""])]), ("w-others", [("2", [""])])]
    assert found.fixed == [{"organisation": "Example Agency"}] * 2
    assert found.outline.evaluations[0].text("extra.report") == "A 1"


def test_a_tracked_recommendation_gets_one_action_without_text_even_where_its_cells_are_blank() -> None:
    found = grid("Report,No,Asked,Reply,State\nA,1,Plan,Yes,Open\nA,2,Act,,\n", RECOMMENDATIONS)
    first, second = found.outline.evaluations[0].of("recommendation")
    assert [action.fields.keys() for action in first.parts] == [{"status"}]
    assert [action.fields for action in second.parts] == [{}]
    assert first.text("response.text") == "Yes"


def test_rows_that_name_no_evaluation_are_refused_where_the_mapping_gives_them_no_place() -> None:
    mapping = RECOMMENDATIONS.replace('without = "w-others"\n', "")
    with pytest.raises(Refused, match=r"row 3 of t\.csv has nothing under “Report”"):
        grid("Report,No,Asked,Reply,State\nA,1,Plan,Yes,Open\n,2,Act,,\n", mapping)


def test_rows_of_the_same_recommendation_are_its_actions() -> None:
    table = (
        "Report,No,Asked,Reply,State,Step,By\n"
        "A,1,Plan,Yes,Open,Draft,2021\n"
        "A,1,Plan,Yes,Done,Print,2022\n"
        "A,2,Act,,,,\n"
        "B,1,Plan,,,Meet,\n"
    )
    found = grid(table, ACTIONS)
    assert told(found) == [("w-a", [("1", ["Draft", "Print"]), ("2", [])]), ("w-b", [("1", ["Meet"])])]
    assert left_over(found) == []
    repeated = [claim.piece.line.place for claim in found.outline.claims if claim.fate is Fate.REPEATED]
    assert repeated == ["row 3, Report", "row 3, No", "row 3, Asked", "row 3, Reply", "row 4, Report"]


def test_blank_cells_go_on_with_the_row_above_only_where_the_mapping_says_so() -> None:
    table = "Report,No,Asked,Reply,State,Step,By\nA,1,Plan,,,Draft,\n,,,,,Print,\nB,,Look,,,Meet,\n"
    assert told(grid(table, ACTIONS)) == [("w-a", [("1", ["Draft", "Print"])]), ("w-b", [("", ["Meet"])])]
    assert {claim.fate for claim in grid(table, ACTIONS).outline.claims} == {Fate.FURNITURE}
    apart = grid(table, ACTIONS.replace('fill_down = ["Report", "No", "Asked"]', ""))
    assert told(apart)[1] == ("w-others", [("", ["Print"])])
    assert any("fill_down" in note.what for note in apart.outline.notes)


def test_one_number_with_two_texts_is_two_recommendations() -> None:
    table = "Report,No,Asked,Reply,State,Step,By\nA,1,Plan,,,x,\nA,1,Build,,,y,\nA,1,,,,z,\n"
    mapping = ACTIONS.replace('fill_down = ["Report", "No", "Asked"]', "")
    assert told(grid(table, mapping)) == [("w-a", [("1", ["x", "z"]), ("1", ["y"])])]


def test_a_repeated_row_that_answers_differently_is_left_over_and_named() -> None:
    table = "Report,No,Asked,Reply,State,Step,By\nA,1,Plan,Yes,,x,\nA,1,Plan,No,,y,\n"
    found = grid(table, ACTIONS)
    assert left_over(found) == ["row 3, Reply"]
    assert any("row 3" in note.what and "“Reply” differs" in note.what for note in found.outline.notes)


def test_a_column_without_a_field_is_left_over_and_one_to_ignore_is_furniture() -> None:
    table = "Report,No,Asked,Reply,State,Mood,Seq\nA,1,Plan,Yes,Open,fine,77\n"
    found = grid(table, f'{RECOMMENDATIONS}"Seq" = "ignore"\n')
    assert left_over(found) == ["row 2, Mood"]


def test_two_evaluations_with_the_same_id_are_told_apart_and_named() -> None:
    found = grid("Report,No,Asked,Reply,State\nA-1,1,Plan,,\nA/1,1,Act,,\n", RECOMMENDATIONS)
    assert found.ids == ["w-a-1", "w-a-1-2"]
    assert any("w-a-1-2" in note.what for note in found.outline.notes)


def test_a_title_of_one_column_is_a_field_and_one_that_is_put_together_a_fixed_value() -> None:
    table = "Report,No,Asked,Reply,State\nWater,1,Plan,,\n"
    whole = grid(table, RECOMMENDATIONS.replace("without", 'title = "{Report}"\nwithout'))
    assert (whole.outline.evaluations[0].text("title"), whole.fixed[0].get("title")) == ("Water", None)
    made = grid(table, RECOMMENDATIONS.replace("without", 'title = "Report on {Report}"\nwithout'))
    assert (made.outline.evaluations[0].text("title"), made.fixed[0]["title"]) == ("", "Report on Water")


def test_a_table_without_a_column_for_evaluations_is_one_evaluation() -> None:
    mapping = RECOMMENDATIONS.replace('by = "Report"\nid = "w-{Report}"', 'id = "water"')
    assert told(grid("No,Asked,Reply,State\n1,Plan,,\n2,Act,,\n", mapping)) == [
        ("water", [("1", [""]), ("2", [""])])
    ]


def test_an_address_in_a_column_without_a_field_is_withheld() -> None:
    table = "Report,No,Asked,Reply,State,Mood\nA,1,Plan,,Open,Ask b@example.org soon\n"
    claims = grid(table, RECOMMENDATIONS).outline.claims
    assert [one.piece.text for one in claims if one.fate is Fate.WITHHELD] == ["b@example.org"]


# What fits each field that does not take any words.
WORDS = {
    "status": "completed",
    "countries": "Peru",
    "quality": "Satisfactory",
    "budget": "USD 30,000",
    "expenditure": "USD 20,000",
    "required": "Yes",
    "joint_programme": "Yes",
    "joint_evaluation": "No",
    "decision": "Accepted",
    **dict.fromkeys(
        ["period", "planned_end", "completed", "report_date", "due", "submitted", "date"], "2021"
    ),
    **dict.fromkeys(["start", "added", "updated", "closed"], "2021-03-04"),
}


@pytest.mark.parametrize("name", known_targets())
def test_every_field_that_a_mapping_may_name_arrives_in_the_record(name: str) -> None:
    word = WORDS.get(name.rpartition(".")[2], "Words")
    if name == "evaluation.status":
        word = "Completed"
    columns = f'[columns]\n"No" = "recommendation.extra.no"\n"It" = "{name}"\n'
    mapping = f'rows = "recommendations"\n[evaluations]\nid = "w"\n{columns}'
    found = grid(f'No,It\n1,"{word}"\n', mapping)
    made = assemble(found.outline, Terms(), Given(2021, found.ids, found.fixed))
    assert [line.text for line in made.account.left_over] == []
    assert made.account.counts["field"] == 2
    assert "extra" not in made.records[0]


def test_a_cell_that_spans_rows_of_a_workbook_belongs_to_each_of_them() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Report", "No", "Asked", "Reply", "State", "Step", "By"])
        page.merge_range("A2:A4", "A")
        page.merge_range("B2:B3", "1")
        page.merge_range("C2:C3", "Plan")
        page.write_row("D2", ["Yes", "Open", "Draft", 2021])
        page.write_row("E3", ["Done", "Print", 2022])
        page.write_row("B4", [2, "Act"])
    mapping = read_mapping(ACTIONS.replace('fill_down = ["Report", "No", "Asked"]', "").encode(), "m.toml")
    found = outline_sheet(read_sheet(out.getvalue(), "t.xlsx"), mapping)
    assert told(found) == [("w-a", [("1", ["Draft", "Print"]), ("2", [])])]


def taic() -> Sheet:
    file = SHARED / "data" / "taic-recommendations.csv"
    if not file.is_file():
        pytest.skip(f"{file} is not here: the source tables are not part of this repository")
    return read_sheet(file.read_bytes(), file.name)


def test_the_example_mapping_takes_the_whole_table_it_was_made_for() -> None:
    sheet = taic()
    mapping = read_mapping((ROOT / "docs" / "examples" / "taic.toml").read_bytes(), "taic.toml")
    found = outline_sheet(sheet, mapping)

    evaluations = found.outline.evaluations
    recommendations = [one for each in evaluations for one in each.of("recommendation")]
    actions = [one for each in recommendations for one in each.of("action")]
    assert (len(evaluations), len(recommendations), len(actions)) == (613, 2192, 2192)
    assert len(dict(zip(found.ids, evaluations, strict=True))["taic-no-inquiry"].parts) == 61
    assert len(set(found.ids)) == 613
    assert left_over(found) == []
    assert found.outline.notes == []
    assert {folded(action.text("status")) for action in actions} == set(mapping.status_words)
    assert Counter(mapping.status_words[folded(action.text("status"))] for action in actions) == {
        Status.COMPLETED: 1178,
        Status.NO_LONGER_APPLICABLE: 404,
        None: 610,
    }
    told = [repair.what for repair in sheet.page.repairs]
    assert any("_x000D_" in what for what in told)
    assert any("mis-encoded" in what for what in told)
    assert "_x000D_" not in "".join(piece.text for piece in pieces(evaluations))
