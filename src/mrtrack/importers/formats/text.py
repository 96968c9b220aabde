"""Plain text and Markdown: lines of a file, with the tables that tabs and bars make of them."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from mrtrack.importers.formats.decoding import decode
from mrtrack.importers.formats.pipes import with_tables
from mrtrack.importers.page import Block, Cell, Line, Page, Table

_MARKDOWN = (".md", ".markdown")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)[\s#]*")
_MARKS = re.compile(r"[*_`\\\[<&~]")
_BULLET = re.compile(r"[•▪◦‣·*o–-]|[0-9a-zA-Z]{1,3}[.)]")
_BEGIN = "# --- begin ---"
_LONGEST_HEAD = 20
_SOURCE = "# source: "


def read_text(content: bytes, name: str) -> Page:
    """Read a text or, by its name, a Markdown file.

    A capture may begin with lines of its own about where it was taken, up to `# --- begin ---`.
    """
    text, repairs = decode(content)
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    head = next((n for n, line in enumerate(lines[:_LONGEST_HEAD], 1) if line.text == _BEGIN), 0)
    about, lines = lines[:head], lines[head:]
    url = next((line.text.removeprefix(_SOURCE) for line in about if line.text.startswith(_SOURCE)), None)
    markdown = name.lower().endswith(_MARKDOWN)
    if markdown:
        lines = list(_without_marks(lines))
    blocks = tuple(_with_tabs(list(with_tables(lines))))
    left_out = tuple((line, "what the capture says of itself") for line in about)
    return Page(name, "Markdown" if markdown else "text", blocks, tuple(repairs), left_out, url)


def _without_marks(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of a Markdown file without the marks of headings, emphasis and links."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - heavy, and only this format needs it

    inline = MarkdownIt("commonmark", {"html": False})
    for line in lines:
        heading = _HEADING.fullmatch(line.text)
        text = heading[2] if heading else line.text
        if _MARKS.search(text):
            indent = text[: len(text) - len(text.lstrip())]
            tokens = inline.parseInline(text.strip())[0].children or []
            text = indent + "".join(_words(token.type, token.content) for token in tokens)
        yield Line(line.number, text, len(heading[1]) if heading else 0)


def _words(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak") else content


def _with_tabs(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, lines with tabs between their words put into tables."""
    for tabbed, group in groupby(blocks, key=lambda block: isinstance(block, Line) and _has_cells(block)):
        if not tabbed:
            yield from group
            continue
        rows = [
            [_cell(line, text) for text in line.text.split("\t")] for line in group if isinstance(line, Line)
        ]
        width = max(map(len, rows))
        yield Table(tuple((*row, *[Cell()] * (width - len(row))) for row in rows))


def _has_cells(line: Line) -> bool:
    first, tab, rest = line.text.strip().partition("\t")
    return bool(tab) and not (_BULLET.fullmatch(first.strip()) and "\t" not in rest.strip())


def _cell(line: Line, text: str) -> Cell:
    return Cell((Line(line.number, text.strip()),)) if text.strip() else Cell()
