"""The importer: any page or table is refused with a reason, or becomes records of which every line is accounted for."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from imported_pages import assembled, faults, invented, misplaced, page_of, uncovered, unread

from fuzz import TESTS
from fuzz.target import Target, demand
from mrtrack.edit.refusal import Refused
from mrtrack.importers.assembling.assembly import Given
from mrtrack.importers.assembling.placing import Terms
from mrtrack.importers.importing import import_sheet
from mrtrack.importers.tables.guess import guess_mapping
from mrtrack.importers.tables.mapping_file import read_mapping
from mrtrack.importers.tables.sheets import read_sheet

PAGES = TESTS / "importers" / "pages"
LAYOUTS = TESTS.parent.parent / "shared" / "layouts"
LONGEST_TEXT = 3_000  # of a page to begin with, so that a try takes milliseconds
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
BOOK = (
    f'<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}"><sheets><sheet name="Table" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>"
)


def related(kind: str, target: str) -> str:
    """The one relation of a part of an office file."""
    one = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{one}</Relationships>'


WORDS = (
    "Recommendation 1:", "Management Response:", "Key Actions:", "Key Action 1.1", "[Added: 2020/01/02]",
    "[Last Updated: 2021/02/03]", "Status: Completed", "Responsible Unit", "Timeline:", "Evaluation Title:",
    "Evaluation Plan:", "History", "|", "|---|---|", "• ", "1.1", "a) ", "Rejected", "a@example.org", "+41 22 123 45",
    "2020/01", "12/2020", "31 December 2020", "\t", "\r\n", "\f", "\u00a0", "\u202e", "\u00ad", "\0", "\x1b[31m",
    "<table><tr><td>", "</td><td colspan=9>", "</table>", "<script>", "&#0;", "&nbsp;", "<!--", "<ul><li>", "<p>",
    "<td rowspan=3>", ",", ";", '"', "=1+1", "<w:tbl>", "<w:p>", "<w:r><w:t>", "</w:t></w:r>", "<w:ins>", "<w:del>",
    "trailer", "endobj", "stream", "/Type /Page", "startxref", "xref", "%PDF-1.7", '<c r="XFD1048576"><v>1</v></c>',
    '<c t="s"><v>99</v></c>', 't="d"', "1e308", "<f>1+1</f>",
    "\ufeff", "é", "日本",
)  # fmt: skip


def run(content: bytes) -> None:
    """What holds of any file that is imported; its first byte says what it is called."""
    kind = tuple(KINDS)[content[0] % len(KINDS)] if content else "txt"
    KINDS[kind](content[1:])


def _page(suffix: str) -> Callable[[bytes], None]:
    def imported(content: bytes) -> None:
        name = f"page.{suffix}"
        try:
            result = assembled(content, name)
        except Refused as refused:
            _demand_reason(refused)
            return
        page = page_of(content, name)
        demand((lost := uncovered(page, result.account)) == [], f"the account: {lost}")
        text = _as_text(content)
        if suffix == "txt" and page.format == "text" and text is not None:
            demand((rest := unread(page, text)) == "", f"not on the page: {rest[:60]!a}")
        for record in result.records:
            demand((wrong := misplaced(record, result.account)) == [], f"not where it is said to be: {wrong}")
            demand((wrong := faults(record)) == [], f"the record is not valid: {wrong}")
            if suffix == "txt" and page.format == "text" and text is not None and not page.repairs:
                demand((wrong := invented(record, text)) == [], f"invented: {wrong}")

    return imported


def _as_text(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _table(suffix: str) -> Callable[[bytes], None]:
    def imported(content: bytes) -> None:
        try:
            sheet = read_sheet(content, f"table.{suffix}")
            mapping = read_mapping(guess_mapping(sheet).encode(), "table.toml")
            result = import_sheet(sheet, mapping, Terms(), Given(2026))
        except Refused as refused:
            _demand_reason(refused)
            return
        demand((lost := uncovered(sheet.page, result.account)) == [], f"the account: {lost}")
        for record in result.records:
            demand((wrong := faults(record)) == [], f"the record is not valid: {wrong}")

    return imported


def _mapping(content: bytes) -> None:
    try:
        read_mapping(content, "table.toml")
    except Refused as refused:
        demand(refused.message, "refused without a reason")  # each mistake with its remedy


def _document(content: bytes) -> None:
    """The text of a document, packed as Word packs it."""
    relations = {"_rels/.rels": related("officeDocument", "word/document.xml")}
    _page("docx")(_packed({**relations, "word/document.xml": content}))


def _workbook(content: bytes) -> None:
    """The cells of a sheet, packed as Excel packs them."""
    parts: dict[str, str | bytes] = {
        "_rels/.rels": related("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": related("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": content,
    }
    _table("xlsx")(_packed(parts))


def _packed(parts: Mapping[str, str | bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in {"[Content_Types].xml": TYPES, **parts}.items():
            file.writestr(name, content)
    return packed.getvalue()


def _demand_reason(refused: Refused) -> None:
    demand(refused.message and refused.hint, "refused without a reason, or without a remedy")


KINDS: Mapping[str, Callable[[bytes], None]] = {
    "txt": _page("txt"),
    "md": _page("md"),
    "html": _page("html"),
    "csv": _table("csv"),
    "toml": _mapping,
    "xml": _document,
    "docx": _page("docx"),
    "pdf": _page("pdf"),
    "cells": _workbook,
    "xlsx": _table("xlsx"),
}


def corpus() -> Iterator[bytes]:
    """Pages of the tests and of real layouts, tables, a document, and a file of print."""
    for file in sorted([*PAGES.iterdir(), *(LAYOUTS.iterdir() if LAYOUTS.is_dir() else [])]):
        if file.suffix[1:] in KINDS:
            for part in _parts(file):
                yield _called(file.suffix[1:], part)
    yield _called("csv", TABLE.encode())
    yield _called("csv", TABLE.replace(",", ";").encode("cp1252", "replace"))
    yield _called("csv", TABLE.replace(",", "\t").encode("utf-16"))
    yield _called("toml", guess_mapping(read_sheet(TABLE.encode(), "table.csv")).encode())
    yield _called("xml", DOCUMENT.encode())
    yield _called("pdf", PRINT.encode())
    yield _called("cells", CELLS.encode())


def _parts(file: Path) -> Iterator[bytes]:
    text = file.read_text(encoding="utf-8")
    for at in (0, len(text) // 2):
        yield text[at : at + LONGEST_TEXT].encode()


def _called(kind: str, content: bytes) -> bytes:
    return bytes([tuple(KINDS).index(kind)]) + content


TABLE = """\
Report,Year,No,Recommendation,Response,Action,Responsible,Due,Status
Water,2021,1,Plan together,Accepted,Hold a meeting,Director,31/12/2021,Completed
Water,2021,1,Plan together,Accepted,"Publish, soon",Field office,Q1 2022,Ongoing
Roads,2020,2,"Mend
them",Rejected,,,,
"""
DOCUMENT = (
    f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>Evaluation Title: Water</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>Recommendation 1: Plan together.</w:t></w:r></w:p><w:p><w:r><w:t>Management Response: Accepted"
    "</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Key Action</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>"
    "<w:t>Timeline</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>1.1 Meet</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:ins><w:r><w:t>2021/12</w:t></w:r></w:ins></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"
)
CELLS = (
    f'<worksheet xmlns="{SHEETS}"><sheetData>'
    + "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{column}{at}" t="inlineStr"><is><t>{told}</t></is></c>'
            for column, told in zip("ABCDEFGHI", line.split(","), strict=False)
        )
        + "</row>"
        for at, line in enumerate(TABLE.splitlines()[:3], 1)
    )
    + '<row r="4"><c r="A4"><v>44197</v></c><c r="B4" t="b"><v>1</v></c><c r="C4" t="e"><v>#REF!</v></c></row>'
    '</sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells></worksheet>'
)
PRINT = """\
%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>
endobj
4 0 obj
<< /Length 142 >>
stream
BT /F1 10 Tf 40 800 Td (Recommendation 1: Plan together.) Tj 0 -14 Td (Key Action 1.1: Meet by 2021/12.) Tj ET
40 700 300 40 re S
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>
endobj
trailer << /Root 1 0 R >>
"""

IMPORTER = Target(
    "importer", "pages, documents and tables", run, corpus, tuple(word.encode() for word in WORDS)
)
