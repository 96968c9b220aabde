"""The pages of a PDF as they are printed: lines, parts of tables, and whether there are pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from mrtrack.importers.formats.pdf_print import Char, Printed, printed_lines, printed_once
from mrtrack.importers.formats.pdf_tables import Fragment, ruled_tables

_MOST_MARKS = 20_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its lines outside tables, its tables, the lines printed at an angle, its size in points."""

    number: int
    width: float
    height: float
    lines: list[Printed]
    tables: list[Fragment]
    slanted: list[Printed]
    pictures: bool


Sheets = Sequence[Sheet]


def read_sheets(file: BytesIO) -> list[Sheet]:
    """All pages of a file; whatever is wrong inside is raised as the library raises it."""
    import pdfplumber  # noqa: PLC0415 - heavy, and only this format needs it

    sheets: list[Sheet] = []
    with pdfplumber.open(file) as document:
        for number, page in enumerate(document.pages, start=1):
            before = sheets[-1].tables[-1].box if sheets and sheets[-1].tables else None
            chars = printed_once(page.chars)
            upright: list[Char] = [char for char in chars if char["upright"]]
            tables: list[Fragment] = []
            if len(page.edges) <= _MOST_MARKS:
                tables, upright = ruled_tables(page, upright, number, before)
            sheets.append(
                Sheet(
                    number,
                    float(page.width),
                    float(page.height),
                    printed_lines(upright, number),
                    tables,
                    printed_lines([char for char in chars if not char["upright"]], number),
                    pictures=bool(page.images or page.rects or page.curves),
                )
            )
            page.close()
    return sheets
