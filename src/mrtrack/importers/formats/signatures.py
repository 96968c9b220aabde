"""What a file is by its first bytes, or for a zip by the names within, whatever its own name says; no reading."""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Literal

Packed = Literal["word", "table", "slides", "odt", "archive", "damaged"]


_STARTS: Sequence[tuple[bytes, str]] = (
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)"),
    (b"Rar!\x1a\x07", "a compressed file (RAR)"),
    (b"{\\rtf", "a document in Rich Text Format"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"%!PS", "a PostScript file"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1_024
_HTML_WITHIN = 8_192
_ARCHIVE_WITHIN = 2_048
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_pdf(content: bytes) -> bool:
    """Whether the file is a PDF; its mark may stand a little below the start."""
    return b"%PDF-" in content[:_PDF_WITHIN]


def is_zip(content: bytes) -> bool:
    """Whether the file is a zip, which the documents and workbooks of Office are too."""
    return content.startswith(_ZIP)


def is_old_office(content: bytes) -> bool:
    """Whether the file is as Office wrote them before 2007, or as it writes encrypted ones."""
    return content.startswith(_OLE)


def packed_kind(content: bytes) -> Packed:
    """What a zip holds: a document, workbook or slides of an office program, or just files."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "damaged"
    office: Sequence[tuple[str, Packed]] = (("word/", "word"), ("xl/", "table"), ("ppt/", "slides"))
    for folder, kind in office:
        if any(name.startswith(folder) for name in names):
            return kind
    open_document: Sequence[tuple[bytes, Packed]] = (
        (b"opendocument.text", "odt"),
        (b"opendocument.spreadsheet", "table"),
        (b"opendocument.presentation", "slides"),
    )
    # Its first part says what it is, and is never compressed.
    return next((kind for mark, kind in open_document if mark in content[:200]), "archive")


def is_html(content: bytes) -> bool:
    """Whether the file begins as a web page does."""
    return _HTML.match(content[:_HTML_WITHIN]) is not None


def is_web_archive(content: bytes) -> bool:
    """Whether the file is a page with all that belongs to it, as browsers save it in one file (.mhtml)."""
    start = content[:_ARCHIVE_WITHIN].lower()
    return b"mime-version:" in start and b"multipart/related" in start


def is_picture(content: bytes) -> bool:
    """Whether the file is a picture."""
    return (binary_kind(content) or "").startswith("a picture")


def binary_kind(content: bytes) -> str | None:
    """What a file is that holds no text, in words; None where its first bytes do not say."""
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "a picture (WebP)"
    if content.startswith(b"BM") and content[6:10] == b"\x00\x00\x00\x00":
        return "a picture (BMP)"
    if is_zip(content):
        return "a zip archive"
    if is_old_office(content):
        return "a document of an old or encrypted Office format"
    if content.startswith(b"%PDF-"):
        return "a PDF"
    return next((kind for start, kind in _STARTS if content.startswith(start)), None)
