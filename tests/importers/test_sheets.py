"""Reading tables: CSV as institutions save it, and workbooks, cell by cell."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.edit.refusal import Refused
from mrtrack.importers.page import Table
from mrtrack.importers.tables.sheets import Sheet, read_sheet


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet.rows]


def workbook(fill: Callable[[Any, Any], None], *others: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(book, book.add_worksheet("Actions"))
    for name in others:
        book.add_worksheet(name).write(0, 0, "aside")
    book.close()
    return out.getvalue()


def simple(_: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, ["No", "Text"])
    sheet.write_row(1, 0, [1, "Buy a pump"])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_is_read_whatever_separates_its_cells_and_in_whatever_encoding(
    separator: str, encoding: str
) -> None:
    lines = ["No|Recommandation", "1|Réparer la pompe près du marché, puis la payer", "2|Vérifier le débit"]
    content = "\r\n".join(line.replace(", puis", " puis").replace("|", separator) for line in lines)
    sheet = read_sheet(content.encode(encoding), "t.csv")
    assert sheet.columns == ("No", "Recommandation")
    assert texts(sheet) == [
        ["1", "Réparer la pompe près du marché puis la payer"],
        ["2", "Vérifier le débit"],
    ]


def test_a_comma_in_a_quoted_header_is_no_separator() -> None:
    sheet = read_sheet(b'"Who, when, where";Status\nA;Done\n', "t.csv")
    assert sheet.columns == ("Who, when, where", "Status")


def test_the_line_that_names_the_separator_is_believed_and_is_no_row() -> None:
    sheet = read_sheet(b"sep=;\nNo;Text\n1;a,b,c\n", "t.csv")
    assert (sheet.columns, texts(sheet), sheet.rows[0].number) == (("No", "Text"), [["1", "a,b,c"]], 2)


def test_each_line_of_a_cell_is_a_line_of_the_source_at_the_place_a_spreadsheet_shows() -> None:
    sheet = read_sheet(b'No,Text\n1,"First\n\nThird"\n\n2,Last\n', "t.csv")
    lines = sheet.page.lines
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert [(line.text, line.place) for line in sheet.rows[0].cells[1].lines] == [
        ("First", "row 2, Text"),
        ("", "row 2, Text"),
        ("Third", "row 2, Text"),
    ]
    assert [row.number for row in sheet.rows] == [2, 4]


def test_a_long_cell_is_read_whole() -> None:
    long = "word " * 60_000
    assert read_sheet(f'No,Text\n1,"{long}"\n'.encode(), "t.csv").rows[0].cells[1].text == long.strip()


def test_a_day_at_midnight_is_the_day_and_an_hour_that_says_something_stays() -> None:
    sheet = read_sheet(b"Made,Text\n2024-02-22 00:00:00,x\n2024-02-22 09:30:00,y\n", "t.csv")
    assert [row[0] for row in texts(sheet)] == ["2024-02-22", "2024-02-22 09:30:00"]
    assert any("00:00:00" in repair.what for repair in sheet.page.repairs)


def test_marks_of_excel_and_mis_encoded_words_are_mended_and_named() -> None:
    sheet = read_sheet("No,Text\n1,The unit’s plan\n2,One_x000D_\n3,The councilâ€™s plan\n".encode(), "t.csv")
    assert [row[1] for row in texts(sheet)] == ["The unit’s plan", "One", "The council’s plan"]
    told = [repair.what for repair in sheet.page.repairs]
    assert any("_x000D_" in what for what in told)
    assert any("mis-encoded" in what for what in told)


def test_what_was_guarded_against_being_a_formula_is_itself_again() -> None:
    sheet = read_sheet(b"No,Text\n1,'=1+1\n2,'-5%\n3,'tis so\n", "t.csv")
    assert [row[1] for row in texts(sheet)] == ["=1+1", "-5%", "'tis so"]
    assert any("formula" in repair.what for repair in sheet.page.repairs)


def test_columns_without_a_name_and_with_the_same_name_are_told_apart() -> None:
    sheet = read_sheet(b"No,Status,status,,\n1,Open,Done,x,\n2,,,,,y\n", "t.csv")
    assert sheet.columns == ("No", "Status", "status (2)", "column D", "column F")
    assert any("status (2)" in note for note in sheet.notes)
    assert sheet.position("STATUS  (2)") == 2


def test_lines_above_the_table_are_kept_beside_it() -> None:
    sheet = read_sheet(b"Follow-up of 2024\n\nNo,Text\n1,x\n", "t.csv")
    assert sheet.columns == ("No", "Text")
    assert [getattr(block, "text", "table") for block in sheet.page.blocks] == ["Follow-up of 2024", "table"]


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    sheet = read_sheet(b'No,Text\n1,"one\n2,two\n3,three\n', "t.csv")
    assert any("quotation mark" in note and "row 2" in note for note in sheet.notes)


def test_values_of_a_workbook_are_those_that_people_see() -> None:
    def fill(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["No", "Share", "Sum", "Done", "Day", "Hour", "Text"])
        sheet.write_row(1, 0, [1.0, 0.1 + 0.2, 12345678901234, True])
        sheet.write_datetime(1, 4, dt.datetime(2024, 2, 22), day)  # noqa: DTZ001 - a spreadsheet knows no zone
        sheet.write_datetime(1, 5, dt.datetime(2024, 2, 22, 9, 30), day)  # noqa: DTZ001 - the same
        sheet.write_string(1, 6, "'=SUM(A1)")

    sheet = read_sheet(workbook(fill), "t.xlsx")
    assert sheet.page.format == "xlsx"
    assert texts(sheet) == [
        ["1", "0.3", "12345678901234", "TRUE", "2024-02-22", "2024-02-22 09:30:00", "=SUM(A1)"]
    ]


def test_a_sheet_is_chosen_by_name_and_the_others_are_named() -> None:
    content = workbook(simple, "Notes")
    assert any("“Notes”" in note for note in read_sheet(content, "t.xlsx").notes)
    assert read_sheet(content, "t.xlsx", sheet="Actions").columns == ("No", "Text")
    with pytest.raises(Refused, match=r"no sheet “Plans”.*“Actions”, “Notes”"):
        read_sheet(content, "t.xlsx", sheet="Plans")


def test_a_table_that_begins_further_down_and_to_the_right_keeps_its_row_numbers() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(3, 2, ["No", "Text"])
        sheet.write_row(5, 2, [7, "Repair"])

    sheet = read_sheet(workbook(fill), "t.xlsx")
    assert (sheet.columns, sheet.rows[0].number, texts(sheet)) == (("No", "Text"), 6, [["7", "Repair"]])


def test_a_cell_that_spans_rows_covers_those_below_it() -> None:
    def fill(_: Any, sheet: Any) -> None:
        simple(None, sheet)
        sheet.merge_range("A3:A5", "2")
        sheet.write_column("B3", ["a", "b", "c"])

    sheet = read_sheet(workbook(fill), "t.xlsx")
    assert [row.cells[0].spanned for row in sheet.rows] == [False, False, True, True]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b" \n\n", "empty"),
        (b"No,Text\n", "no rows below"),
        (b",,\n,,\n", "no cell with words"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "picture"),
        (b"No,Text\n1,\x00\x01\x02\n", "no text"),
        (b"PK\x03\x04 and nothing", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, what: str) -> None:
    with pytest.raises(Refused, match=what) as refused:
        read_sheet(content, "t.csv")
    assert refused.value.hint


def test_a_workbook_cut_anywhere_is_refused() -> None:
    content = workbook(simple)
    for end in range(8, len(content) - 1, 97):
        with pytest.raises(Refused):
            read_sheet(content[:end], "t.xlsx")


def test_a_sheet_with_a_cell_at_the_far_corner_is_refused_and_not_unfolded() -> None:
    def fill(_: Any, sheet: Any) -> None:
        simple(None, sheet)
        sheet.write(1_048_575, 16_383, "far")

    with pytest.raises(Refused, match="too wide and too long"):
        read_sheet(workbook(fill), "t.xlsx")


def test_a_sheet_name_for_a_csv_is_refused() -> None:
    with pytest.raises(Refused, match="no workbook"):
        read_sheet(b"No,Text\n1,x\n", "t.csv", sheet="Actions")


@given(st.binary(max_size=400))
def test_any_bytes_give_a_sheet_or_a_refusal(content: bytes) -> None:
    try:
        sheet = read_sheet(content, "t.csv")
    except Refused:
        return
    assert isinstance(sheet.page.blocks[-1], Table)
    assert all(len(row.cells) == len(sheet.columns) for row in sheet.rows)
