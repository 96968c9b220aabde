"""Rows that were made ahead stand in a workbook as the usual way writes them."""

import datetime as dt
import io
import re
import zipfile
from itertools import pairwise
from typing import Any

import pytest

from mrtrack.reports.exports.rows_markup import RowMarkup
from mrtrack.reports.exports.workbook import Column, Sheet, workbook

KIND = RowMarkup("Actions", [Column("A"), Column("B & C", 60), Column("D"), Column("E")])
ROWS: list[list[Any]] = [
    ['a <b> & "c"', "=SUM(1)", 3, dt.date(2021, 2, 3)],
    [None, "long " * 10_000, True, 2.5],
    ["x", "one\nbroken line\n\nand more", "-1", None],
    ["", "+", "é 日本", ("a", "b")],
]


def cells(content: bytes) -> tuple[list[str], dict[str, str]]:
    """The cells of a workbook's sheet, each with the look it has, and all its other parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    looks = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", parts.pop("xl/styles.xml").partition("<cellXfs")[2])
    sheet = parts.pop("xl/worksheets/sheet1.xml")
    return re.split("(?=<)", re.sub(r'(?:s|style)="(\d+)"', lambda one: looks[int(one[1])], sheet)), parts


@pytest.mark.parametrize("count", range(5))
def test_a_workbook_of_rows_made_ahead_is_the_usual_one(count: int) -> None:
    rows = ROWS[:count]
    made = [KIND.row(row) or "" for row in rows]
    assert cells(KIND.book(made)) == cells(workbook([Sheet("Actions", KIND.columns, rows)]))
    assert KIND.book(made) == KIND.book(made)


@pytest.mark.parametrize("cuts", [(0, 4), (1, 2), (2, 2, 3), (1, 1, 1)])
def test_a_workbook_of_parts_packed_ahead_is_the_usual_one(cuts: tuple[int, ...]) -> None:
    made = [(KIND.row(row) or "").encode() for row in ROWS]
    ends = [*cuts, len(made)]
    parts = [KIND.packed(made[:end], 2) for end in ends[:1]]
    parts += [KIND.packed(made[begin:end], 2 + begin) for begin, end in pairwise(ends)]
    assert cells(KIND.book_of(parts, len(made))) == cells(workbook([Sheet("Actions", KIND.columns, ROWS)]))


@pytest.mark.parametrize("text", [" begins with a space", "ends with one ", "_x0041_ is no letter"])
def test_what_needs_more_care_is_left_to_the_usual_way(text: str) -> None:
    assert KIND.row([text, None, None, None]) is None
