"""Word documents (.docx): their text, headings, lists and tables, by way of the HTML that mammoth makes of them."""

import html
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from mrtrack.edit.refusal import Refused
from mrtrack.importers.formats.html import page_of_html
from mrtrack.importers.formats.mending import Mender
from mrtrack.importers.formats.signatures import is_old_office
from mrtrack.importers.formats.word_numbers import numbers_shown, with_numbers
from mrtrack.importers.page import Line, Page, Repair

_LARGEST = 200_000_000
_LARGEST_PART = 50_000_000
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_BACK = re.compile(r'<a href="#(?:foot|end)note-ref-[^"]*">↑</a>')
_HARMLESS = re.compile("style|[Ii]mage|imagedata|complex field")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PARTS = (
    (re.compile(r"word/header\d*\.xml"), "page header"),
    (re.compile(r"word/footer\d*\.xml"), "page footer"),
    (re.compile(r"word/comments\.xml"), "comment in the margin"),
)
_WORDS = re.compile("<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:tab/>|<w:br/>)")


def read_word(content: bytes, name: str) -> Page:
    """Read a Word document; tracked insertions are read, deletions and pictures are not.

    Raises:
        Refused: where the file is damaged, encrypted, of the Word before 2007, or far too large.
    """
    if is_old_office(content):
        if _ENCRYPTED in content:
            raise Refused(
                f"{name} is encrypted", "open it in Word with its password, and save it without one"
            )
        raise Refused(
            f"{name} is a document of Word before 2007 (.doc)",
            "open it in Word or LibreOffice, and save it as .docx",
        )
    apart = _parts_apart(content, name)
    markup, told = _converted(content, name)
    page = page_of_html(_BACK.sub("", markup), name, "Word", told)
    last = page.lines[-1].number if page.lines else 0
    mender = Mender()
    set_apart = tuple(
        (Line(number, mender.mend(text, number), place=why), why)
        for number, (text, why) in enumerate(apart, start=last + 1)
    )
    return replace(page, repairs=(*page.repairs, *mender.repairs), left_out=(*page.left_out, *set_apart))


def _converted(content: bytes, name: str) -> tuple[str, Sequence[Repair]]:
    import mammoth  # type: ignore[import-untyped]  # noqa: PLC0415 - heavy, and only this format needs it

    try:
        # A style map within the document could hide any of its text.
        result = mammoth.convert_to_html(
            BytesIO(with_numbers(content)),
            convert_image=_no_image,
            style_map=_STYLES,
            include_embedded_style_map=False,
        )
    except Exception as wrong:
        # A damaged file fails in as many ways as it has parts.
        raise _damaged(name) from wrong
    lost = dict.fromkeys(
        message.message for message in result.messages if not _HARMLESS.search(message.message)
    )
    repairs = [Repair(0, f"of the Word document: {message}") for message in lost]
    return numbers_shown(result.value), repairs


def _no_image(_image: object) -> list[Any]:
    return []


def _parts_apart(content: bytes, name: str) -> Sequence[tuple[str, str]]:
    """What stands in the page headers, page footers and comments, each text once, with the reason."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            _refuse_bombs(parts, name)
            found = {
                (text, why): None
                for pattern, why in _PARTS
                for part in parts
                if pattern.fullmatch(part.filename)
                for text in _paragraphs(packed.read(part).decode("utf-8", errors="replace"))
            }
    except Refused:
        raise
    except Exception as wrong:
        # A damaged file fails in as many ways as it has parts.
        raise _damaged(name) from wrong
    return list(found)


def _refuse_bombs(parts: Sequence[zipfile.ZipInfo], name: str) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(f"{name} is encrypted", "open it with its password, and save it without one")
    largest = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if sum(part.file_size for part in parts) > _LARGEST or largest > _LARGEST_PART:
        raise Refused(
            f"{name} would unpack to far more than any document holds, and is not read",
            "if it is genuine, take the pictures out or split it",
        )


def _paragraphs(markup: str) -> Iterator[str]:
    for paragraph in markup.split("</w:p>"):
        words = "".join(word or " " for word, _ in _WORDS.findall(paragraph))
        text = " ".join(html.unescape(words).split())
        if text:
            yield text


def _damaged(name: str) -> Refused:
    return Refused(
        f"{name} is damaged, or no Word document",
        "open it in Word or LibreOffice, which may mend it, and save it as .docx",
    )
