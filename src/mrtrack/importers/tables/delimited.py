"""The rows of a table kept as text with a separator (CSV), cell by cell as they were written.

What the cells mean is for others; decoding the bytes is for `formats.decoding`.
"""

import csv
import io
import re
from dataclasses import dataclass

from mrtrack.edit.refusal import Refused

SEPARATORS = (",", ";", "\t")

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_NAMED_SEPARATOR = re.compile(r"sep=(?P<separator>.)\r?\n", re.IGNORECASE)
_LARGEST_CELL = 2**31 - 1
_HEAD = 65_536
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of text as a spreadsheet shows them, the first being row 1, and what a person should know.

    `covered` are the cells, by row and column from 0, that a cell above them spans.
    """

    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    covered: frozenset[tuple[int, int]] = frozenset()


def read_delimited(text: str, name: str) -> Rows:
    """The rows of a text whose cells are separated by commas, semicolons or tabs.

    Raises:
        Refused: where the text is no table: control characters, or nothing that separates.
    """
    if _UNREADABLE.search(text[:_HEAD]):
        raise Refused(f"{name} holds no text", "save the table as CSV (UTF-8) or as .xlsx, and import that")
    named = _NAMED_SEPARATOR.match(text)
    text = text[named.end() :] if named else text
    separator = named["separator"] if named else _separator(text)
    csv.field_size_limit(_LARGEST_CELL)
    try:
        rows = tuple(map(tuple, csv.reader(io.StringIO(text, newline=""), delimiter=separator)))
    except csv.Error as error:
        hint = "open it in a spreadsheet, see to that place, and save it again as CSV"
        raise Refused(f"{name} is no CSV that can be read: {error}", hint) from None
    return Rows(rows, tuple(_unclosed(text, rows)))


def _separator(text: str) -> str:
    head = _QUOTED.sub("", text[:_HEAD])
    lines = (line for line in head.splitlines() if any(separator in line for separator in SEPARATORS))
    line = next(lines, "")
    return max(SEPARATORS, key=line.count)


def _unclosed(text: str, rows: tuple[tuple[str, ...], ...]) -> list[str]:
    if text.count('"') % 2 == 0:
        return []
    longest = max(range(len(rows)), key=lambda index: max(map(len, rows[index]), default=0))
    where = f"look at row {longest + 1}, which has the longest cell"
    return [f"a quotation mark is not closed, so that rows below it may stand in one cell; {where}"]
