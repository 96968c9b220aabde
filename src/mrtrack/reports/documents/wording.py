"""The filters of documents: dates in words, texts cut to a length, rows as a Markdown table that reads well raw."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mrtrack.model.dates import parse_date
from mrtrack.reports.markdown import inline

if TYPE_CHECKING:
    from jinja2 import Environment

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WIDEST = 72


def add_filters(environment: "Environment") -> None:
    """Give the templates of documents their filters."""
    environment.filters |= {"date": date_in_words, "short": shortened, "table": table, "indented": indented}


def date_in_words(text: object) -> str:
    """2021-07-31 as 31 July 2021, 2021-07 as July 2021, 2021-Q3 as Q3 2021; what is no date stays as it is."""
    said = str(text)
    try:
        parse_date(said)
    except ValueError:
        return said
    year, *rest = said.split("-")
    if not rest:
        return year
    if rest[0].startswith("Q"):
        return f"{rest[0]} {year}"
    month = f"{_MONTHS[int(rest[0]) - 1]} {year}"
    return f"{int(rest[1])} {month}" if len(rest) > 1 else month


def shortened(text: object, length: int = 140) -> str:
    """A text on one line, of at most so many characters: cut between words, with … where something was cut."""
    line = " ".join(str(text).split())
    if len(line) <= length:
        return line
    kept = line[: length - 1]
    between = kept.rfind(" ")
    return (kept[:between] if between > length // 2 else kept).rstrip(" ,;:") + "…"


def indented(text: object, width: int = 2) -> str:
    """A text of several lines below an item of a list: each line but the first moved to the right."""
    first, *others = str(text).strip().split("\n")
    return "\n".join([first, *(" " * width + line if line.strip() else "" for line in others)])


def table(rows: Iterable[Sequence[object]], headings: Sequence[str]) -> str:
    """Rows as a Markdown table whose columns stand below each other; numbers stand to the right."""
    cells = [[inline(cell) if str(cell) else "–" for cell in row] for row in rows]
    raw = [list(row) for row in rows] if isinstance(rows, list) else []
    right = [
        bool(raw) and all(isinstance(row[column], int) for row in raw) for column in range(len(headings))
    ]
    widths = [
        max(3, _width(heading), *(min(_width(row[column]), _WIDEST) for row in cells))
        for column, heading in enumerate(headings)
    ]
    rule = [
        "-" * (width - 1) + ":" if is_number else "-" * width
        for width, is_number in zip(widths, right, strict=True)
    ]
    return "\n".join(_row(row, widths, right) for row in (list(headings), rule, *cells))


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = [
        " " * (width - _width(cell)) + cell if is_number else cell + " " * (width - _width(cell))
        for cell, width, is_number in zip(cells, widths, right, strict=True)
    ]
    return f"| {' | '.join(padded)} |"


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
