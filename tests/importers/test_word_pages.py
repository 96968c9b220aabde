import zipfile
from io import BytesIO

import pytest

from mrtrack.edit.refusal import Refused
from mrtrack.importers.formats.word import read_word
from mrtrack.importers.page import Page, Table

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
STYLES = (
    f'<w:styles {SPACE}><w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>'
)
NUMBERING = (
    f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="Recommendation %1:"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="8"/></w:lvlOverride></w:num></w:numbering>'
)


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def item(text: str, number: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def document(body: str, **parts: str) -> bytes:
    """A Word document; `parts` are further parts of it by their names."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("_rels/.rels", RELATIONS)
        packed.writestr("word/document.xml", f"<w:document {SPACE}><w:body>{body}</w:body></w:document>")
        packed.writestr("word/styles.xml", STYLES)
        packed.writestr("word/numbering.xml", NUMBERING)
        for name, text in parts.items():
            packed.writestr(f"word/{name}.xml", f"<w:part {SPACE}>{text}</w:part>")
    return file.getvalue()


def page(body: str, **parts: str) -> Page:
    return read_word(document(body, **parts), "plan.docx")


def texts(body: str) -> list[str]:
    return [line.text for line in page(body).lines if not line.blank]


def test_headings_and_paragraphs_are_read() -> None:
    read = page(paragraph("Water plan", '<w:pStyle w:val="T"/>') + paragraph("First &amp; second."))
    assert [(line.text, line.level) for line in read.lines if not line.blank] == [
        ("Water plan", 1),
        ("First & second.", 0),
    ]
    assert read.format == "Word"


def test_a_table_is_read_with_the_cells_that_span() -> None:
    down, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        cell("Action") + cell("Plan", '<w:gridSpan w:val="2"/>'),
        cell("Meet", down) + cell("Unit") + cell("2021"),
        cell("", more) + cell("Office") + cell("2022"),
    ]
    (table,) = [
        block
        for block in page("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>").blocks
        if isinstance(block, Table)
    ]
    assert [[None if cell.spanned else cell.text for cell in row] for row in table.rows] == [
        ["Action", "Plan", None],
        ["Meet", "Unit", "2021"],
        [None, "Office", "2022"],
    ]


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    inserted = f'<w:ins w:id="1">{run.format("in June")}</w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>in May</w:delText></w:r></w:del>'
    assert texts(f"<w:p>{run.format('Meet ')}{inserted}{deleted}</w:p>") == ["Meet in June"]


def test_a_choice_from_a_list_is_read() -> None:
    choice = "<w:sdt><w:sdtContent><w:r><w:t>Accepted</w:t></w:r></w:sdtContent></w:sdt>"
    assert texts(f"<w:p><w:r><w:t>Decision: </w:t></w:r>{choice}</w:p>") == ["Decision: Accepted"]


def test_page_headers_and_comments_are_set_apart_once() -> None:
    same = paragraph("Water plan &amp; more")
    read = page(
        paragraph("Text"), header1=same, header2=same, footer1=paragraph("Page"), comments=paragraph("Why?")
    )
    assert [(line.text, why) for line, why in read.left_out] == [
        ("Water plan & more", "page header"),
        ("Page", "page footer"),
        ("Why?", "comment in the margin"),
    ]
    assert [line.number for line in read.lines] == [1, 2, 3, 4]


def test_a_document_cannot_say_which_of_its_text_is_read() -> None:
    file = BytesIO(document(paragraph("Text")))
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr("mammoth/style-map", "p => !")
    assert [line.text for line in read_word(file.getvalue(), "plan.docx").lines] == ["Text"]


def test_what_word_holds_and_cannot_be_read_is_told() -> None:
    read = page(paragraph("Text") + "<w:riddle/><w:riddle/>")
    (repair,) = read.repairs
    assert "w:riddle" in repair.what


def test_lists_are_numbered_as_word_shows_them() -> None:
    assert texts(
        item("c", 1)
        + item("deep", 1, 1)
        + item("deeper", 1, 1)
        + paragraph("Between.")
        + item("d", 1)
        + item("e", 1, 1)
    ) == ["3. c", "  3.a) deep", "  3.b) deeper", "Between.", "4. d", "  4.a) e"]


def test_headings_have_the_numbers_that_their_style_counts() -> None:
    heading = '<w:pStyle w:val="H2"/>'
    read = page(
        paragraph("Meet", heading) + paragraph("Text") + paragraph("", heading) + paragraph("Write", heading)
    )
    assert [(line.text, line.level) for line in read.lines if line.level] == [
        ("Recommendation 1: Meet", 2),
        ("Recommendation 3: Write", 2),
    ]


def test_a_list_that_begins_anew_is_numbered_anew() -> None:
    assert texts(item("c", 1) + paragraph("Text") + item("h", 4) + item("i", 4)) == [
        "3. c",
        "Text",
        "8. h",
        "9. i",
    ]


def test_bullets_of_word_are_bullets() -> None:
    assert texts(item("One", 3) + item("Two", 3)) == ["  • One", "  • Two"]


@pytest.mark.parametrize("kept", [10, 300, 900])
def test_a_damaged_document_is_refused_with_what_to_do(kept: int) -> None:
    with pytest.raises(Refused, match=r"plan\.docx is damaged") as refused:
        read_word(document(paragraph("Text"))[:kept], "plan.docx")
    assert "save it as .docx" in refused.value.hint


def test_a_document_whose_text_is_no_xml_is_refused() -> None:
    with pytest.raises(Refused, match="damaged"):
        page("<w:p><w:r>")


def test_old_and_encrypted_documents_are_refused_with_what_to_do() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(Refused, match="before 2007") as old:
        read_word(ole, "plan.doc")
    assert "save it as .docx" in old.value.hint
    with pytest.raises(Refused, match="encrypted") as locked:
        read_word(ole + "EncryptedPackage".encode("utf-16-le"), "plan.docx")
    assert "password" in locked.value.hint


def test_a_document_that_unpacks_without_end_is_refused() -> None:
    file = BytesIO(document(paragraph("Text")))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/media/picture.bin", bytes(201_000_000))
    assert len(file.getvalue()) < 1_000_000
    with pytest.raises(Refused, match="unpack"):
        read_word(file.getvalue(), "plan.docx")


def test_a_document_nested_without_end_is_refused_or_read() -> None:
    depth = 20_000
    body = "<w:tbl><w:tr><w:tc>" * depth + "</w:tc></w:tr></w:tbl>" * depth
    with pytest.raises(Refused):
        page(body)
