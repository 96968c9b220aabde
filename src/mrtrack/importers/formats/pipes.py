"""Tables written with bars: as Markdown has them, and as captures of web pages leave them.

In a capture a row may run over several lines, and ends where as many bars have passed as its head has columns.
"""

import re
from collections.abc import Iterator, Sequence

from mrtrack.importers.page import Block, Cell, Line, Table

_RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?)?\s*")
_DASHES = re.compile("-{3,}")
_BAR = re.compile(r"(?<!\\)\|")
_NUMBERED = re.compile(r"\s*[0-9]{1,3}(?:\.[0-9]{1,3})*[.)]\s+\S")
_LONGEST_RULE = 2_000


def with_tables(lines: Sequence[Line]) -> Iterator[Block]:
    """The lines, those that make up tables with bars put into tables; the rules under heads go."""
    rules = [index for index, line in enumerate(lines) if index and _is_rule(lines, index)]
    at = 0
    for nth, rule in enumerate(rules):
        head = rule - 1
        yield from lines[at:head]
        end = rules[nth + 1] - 1 if nth + 1 < len(rules) else len(lines)
        table, at = _table(lines, head, end)
        yield table
    yield from lines[at:]


def _is_rule(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text
    return (
        "---" in text
        and "|" in lines[index - 1].text
        and len(text) < _LONGEST_RULE
        and _RULE.fullmatch(text) is not None
    )


def _table(lines: Sequence[Line], head: int, end: int) -> tuple[Table, int]:
    """The table whose head stands there, and where the text goes on after it."""
    columns = len(_DASHES.findall(lines[head + 1].text))
    framed = lines[head].text.lstrip().startswith("|") and lines[head].text.rstrip().endswith("|")
    bars = columns + 1 if framed else columns if lines[head].text.rstrip().endswith("|") else columns - 1
    rows = [_row([lines[head]], framed=framed)]
    at = head + 2
    while at < end:
        length = _row_length(lines, at, end, bars, one_line=bars != columns)
        if not length:
            break
        rows.append(_row(lines[at : at + length], framed=framed))
        at += length
    width = max(columns, *map(len, rows))
    return Table(tuple((*row, *[Cell()] * (width - len(row))) for row in rows)), at


def _row_length(lines: Sequence[Line], at: int, end: int, bars: int, *, one_line: bool) -> int:
    """How many lines the row that begins here has; 0 where none does."""
    if one_line:
        return int(bool(_BAR.search(lines[at].text)))
    passed = 0
    for length, line in enumerate(lines[at:end], start=1):
        if line.blank and not passed:
            break
        passed += len(_BAR.findall(line.text))
        if passed >= bars:
            return length
    if end < len(lines):
        return 0
    return end - at if passed or _is_cut_row(lines, at) else 0


def _is_cut_row(lines: Sequence[Line], at: int) -> bool:
    """Whether the last line of a page begins a row that was cut off: numbered as rows above it are."""
    rest = [line for line in lines[at:] if not line.blank]
    return not lines[at].blank and len(rest) == 1 and _NUMBERED.match(rest[0].text) is not None


def _row(lines: Sequence[Line], *, framed: bool) -> list[Cell]:
    cells: list[list[Line]] = [[]]
    for line in lines:
        for nth, text in enumerate(_BAR.split(line.text)):
            if nth:
                cells.append([])
            if text.strip():
                cells[-1].append(Line(line.number, text.strip(), line.level, line.place))
    if framed and not cells[0]:
        cells = cells[1:]
    if not cells[-1]:
        cells.pop()
    return [Cell(tuple(cell)) for cell in cells]
