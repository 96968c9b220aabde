import hashlib
import sys
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.edit.refusal import Refused
from mrtrack.importers.formats.catalogue import READERS, read_page

TEXT = b"Evaluation of the water plan\n\nStatus: Completed\n"
HTML = b"<!DOCTYPE html><title>x</title><p>Status: Completed"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


def packed(*names: str, first: bytes = b"") -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def refusal(content: bytes, name: str) -> Refused:
    with pytest.raises(Refused) as refused:
        read_page(content, name)
    assert refused.value.hint
    return refused.value


@pytest.mark.parametrize("name", ["plan.txt", "folder.d/plan.TXT", "plan.md", "plan", "plan.log", "-"])
def test_text_is_read_whatever_its_name(name: str) -> None:
    page = read_page(TEXT, name)
    assert [line.text for line in page.lines if not line.blank] == [
        "Evaluation of the water plan",
        "Status: Completed",
    ]
    assert page.name == name
    assert page.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert page.repairs == ()


@pytest.mark.parametrize("name", ["page.html", "page.htm", "-", "page"])
def test_a_web_page_is_known_by_how_it_begins(name: str) -> None:
    assert read_page(HTML, name).format == "HTML"
    assert read_page(b"\xef\xbb\xbf\n<!-- a --> <HTML><p>a", name).format == "HTML"


def test_a_piece_of_a_web_page_is_known_by_its_name() -> None:
    assert read_page(b"<p>Status: Completed", "page.html").format == "HTML"


@pytest.mark.parametrize("name", ["page.txt", "page.docx", "page.pdf"])
def test_a_name_that_is_wrong_is_told(name: str) -> None:
    page = read_page(HTML, name)
    assert page.format == "HTML"
    assert f"its name ends in {name[4:]}" in page.repairs[0].what


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert "plan.txt is empty" in refusal(content, "folder/plan.txt").message
    assert "standard input is empty" in refusal(content, "-").message


@pytest.mark.parametrize(
    ("start", "kind"),
    [(b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff\xe0", "JPEG"), (b"GIF89a", "GIF"), (b"II*\x00", "TIFF")],
)
@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html", ".txt", ".xlsx"])
def test_a_picture_is_called_a_picture_whatever_its_name(start: bytes, kind: str, suffix: str) -> None:
    refused = refusal(start + bytes(60), f"scan{suffix}")
    assert f"scan{suffix} is a picture ({kind})" in refused.message
    assert "OCR" in refused.hint


def test_a_picture_named_as_a_pdf_is_told_so() -> None:
    assert refusal(PNG, "scan.pdf").message.startswith("scan.pdf is a picture (PNG), not a PDF")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"a,b\n1,2\n", "rows.csv"),
        (packed("xl/workbook.xml"), "rows.xlsx"),
        (packed("xl/workbook.xml"), "rows"),
        (packed(first=b"application/vnd.oasis.opendocument.spreadsheet"), "rows.ods"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "rows.xls"),
        (b"PK\x03\x04 cut", "rows.xlsx"),
    ],
)
def test_a_table_is_sent_to_its_mapping(content: bytes, name: str) -> None:
    refused = refusal(content, name)
    assert "mapping" in refused.message
    assert f"mrtrack import --guess {name}" in refused.hint


@pytest.mark.parametrize(
    ("content", "name", "said", "hint"),
    [
        (packed("a.txt"), "all.zip", "zip archive", "unpack"),
        (packed("ppt/presentation.xml"), "talk.pptx", "slides", "pdf"),
        (packed(first=b"application/vnd.oasis.opendocument.text"), "plan.odt", "OpenDocument", "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "plan.doc", "before 2007", "docx"),
        (b"{\\rtf1 Plan}", "plan.rtf", "Rich Text", "docx"),
        (b"\x1f\x8b\x08" + bytes(60), "plan.txt", "gzip", "save"),
        (b"PK\x03\x04 cut", "plan.docx", "damaged", "docx"),
        (TEXT, "plan.docx", "no Word document", ".txt"),
        (TEXT, "plan.pdf", "no PDF", ".txt"),
        (bytes(range(256)) * 8, "plan.txt", "plan.txt: this is no text", "save"),
        (b"<html><script>draw()</script>", "plan.html", "holds no text", "copy"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    content: bytes, name: str, said: str, hint: str
) -> None:
    refused = refusal(content, name)
    assert said in refused.message
    assert name in refused.message
    assert hint in refused.hint


@pytest.mark.parametrize(
    ("library", "content", "name", "extra"),
    [
        ("selectolax.lexbor", HTML, "page.html", "mrtrack[html]"),
        ("mammoth", packed("word/document.xml"), "plan.docx", "mrtrack[office]"),
    ],
)
def test_a_library_that_is_not_installed_is_named_by_its_extra(
    monkeypatch: pytest.MonkeyPatch, library: str, content: bytes, name: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    refused = refusal(content, name)
    assert extra in refused.message
    assert refused.hint == f'pip install "{extra}"'


def test_each_format_has_its_reader() -> None:
    assert set(READERS) == {"text", "html", "word", "pdf"}


@given(
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"{\\rtf"]),
    st.binary(max_size=200),
    st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a.xlsx", "a.doc", "a", "-"]),
)  # fmt: skip
def test_any_file_of_any_name_is_read_or_refused(start: bytes, rest: bytes, name: str) -> None:
    try:
        page = read_page(start + rest, name)
    except Refused:
        return
    assert page.lines
