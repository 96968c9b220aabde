"""What a cell of an answer says, whatever a spreadsheet made of it."""

import pytest

from mrtrack.importers.answers.cells import Cell, cell_name, date_in, order_in


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-07-31", "2026-07-31"),
        ("2026-07-31 14:30:00", "2026-07-31"),
        ("46234", "2026-07-31"),
        ("46234.6", "2026-07-31"),
        ("31/07/2026", "2026-07-31"),
        ("3/4/2026", "2026-04-03"),
        ("31.7.2026", "2026-07-31"),
        ("31 July 2026", "2026-07-31"),
        ("juillet 2026", "2026-07"),
        ("July 2026", "2026-07"),
        ("2026-Q3", "2026-Q3"),
        ("Q3 2026", "2026-Q3"),
        ("2026", "2026"),
    ],
)
def test_a_date_is_understood_as_a_day_a_number_or_words(typed: str, meant: str) -> None:
    assert date_in(Cell("K6", typed), "dmy") == meant


@pytest.mark.parametrize("typed", ["soon", "12", "31/02/2026", "next year, perhaps 2027", "TRUE"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="date"):
        date_in(Cell("K6", typed), "dmy")


def test_a_file_with_the_month_first_proves_it() -> None:
    assert order_in([Cell("K6", "03/04/2026"), Cell("K7", "07/31/2026")], loose=True) == "mdy"
    assert order_in([Cell("K6", "03/04/2026")], loose=False) == "dmy"


def test_in_csv_a_date_that_can_be_read_two_ways_is_refused() -> None:
    order = order_in([Cell("K6", "03/04/2026")], loose=True)
    with pytest.raises(ValueError, match="two ways"):
        date_in(Cell("K6", "03/04/2026"), order)


def test_a_formula_that_failed_is_seen() -> None:
    assert [Cell("J6", text).failed for text in ("#REF!", "#N/A", "Err:502", "# of meetings")] == [
        True,
        True,
        True,
        False,
    ]


def test_marks_of_spreadsheets_are_no_text() -> None:
    assert Cell("J6", "'=2 done_x000D_\r\n  and\u00a0more\ufeff ").text == "=2 done\nand more"


def test_cells_are_named_as_a_spreadsheet_does() -> None:
    assert [cell_name(0, 0), cell_name(5, 25), cell_name(9, 26), cell_name(0, 702)] == [
        "A1",
        "Z6",
        "AA10",
        "AAA1",
    ]
