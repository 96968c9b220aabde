"""Which reader reads a file, by what the file holds and then by its name, and a clear no to what is no page."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath

from mrtrack.edit.refusal import Refused
from mrtrack.importers.formats.signatures import (
    binary_kind,
    is_html,
    is_old_office,
    is_pdf,
    is_picture,
    is_web_archive,
    is_zip,
    packed_kind,
)
from mrtrack.importers.page import Page, Repair

Reader = Callable[[bytes, str], Page]

_STANDARD_INPUT = "-"
_FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mht": "html",
    ".mhtml": "html",
    ".docx": "word",
    ".docm": "word",
    ".pdf": "pdf",
}
_TABLES = {".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"}
_CALLED = {"pdf": "PDF", "word": "Word document", "html": "web page", "text": "text"}
_EXTRAS = {"html": "html", "word": "office", "pdf": "pdf"}
_OCR = "run text recognition (OCR) over it and import the result, or ask for the document itself"
_SAVE_AS = "open it in the program that made it, and save it as .docx, .pdf, .html or .txt"


def _text(content: bytes, name: str) -> Page:
    from mrtrack.importers.formats.text import read_text  # noqa: PLC0415 - only this format needs it

    return read_text(content, name)


def _html(content: bytes, name: str) -> Page:
    from mrtrack.importers.formats.html import read_html  # noqa: PLC0415 - only this format needs it

    return read_html(content, name)


def _word(content: bytes, name: str) -> Page:
    from mrtrack.importers.formats.word import read_word  # noqa: PLC0415 - only this format needs it

    return read_word(content, name)


def _pdf(content: bytes, name: str) -> Page:
    from mrtrack.importers.formats.pdf import read_pdf  # noqa: PLC0415 - heavy, and only this format needs it

    return read_pdf(content, name)


READERS: Mapping[str, Reader] = {"text": _text, "html": _html, "word": _word, "pdf": _pdf}
"""The formats of pages, and what reads each."""


def read_page(content: bytes, name: str) -> Page:
    """Read a file, whatever it is; `name` is what it is called, “-” for standard input.

    Raises:
        Refused: where it holds no text that can be read, or what reads it is not installed.
    """
    called = "standard input" if name == _STANDARD_INPUT else PurePath(name).name
    if not content.strip():
        raise Refused(f"{called} is empty", "there is nothing to import; look whether it was saved whole")
    suffix = PurePath(name).suffix.lower()
    kind = _format(content, called, suffix)
    page = _read(kind, content, name, called)
    if all(line.blank for line in page.lines):
        raise Refused(
            f"{called} holds no text", "open it in a browser or reader, copy the text, and save it as .txt"
        )
    repairs = page.repairs
    if _FORMATS.get(suffix, kind) != kind:
        repairs = (
            Repair(0, f"read as a {_CALLED[kind]}, which it is, though its name ends in {suffix}"),
            *repairs,
        )
    return replace(page, name=name, repairs=repairs, sha256=hashlib.sha256(content).hexdigest())


def _read(kind: str, content: bytes, name: str, called: str) -> Page:
    try:
        return READERS[kind](content, name)
    except ModuleNotFoundError as missing:
        if kind not in _EXTRAS or (missing.name or "").split(".")[0] == "mrtrack":
            raise
        extra = f"mrtrack[{_EXTRAS[kind]}]"
        raise Refused(
            f"{called} is a {_CALLED[kind]}, and to read one {extra} is needed", f'pip install "{extra}"'
        ) from None
    except Refused as refused:
        if called in refused.message:
            raise
        raise Refused(f"{called}: {refused.message}", refused.hint) from refused


def _format(content: bytes, called: str, suffix: str) -> str:
    """The format that a file has: by its first bytes, then by the end of its name."""
    if is_pdf(content):
        return "pdf"
    if is_zip(content):
        return _packed(content, called, suffix)
    if is_picture(content):
        raise Refused(
            f"{called} is {binary_kind(content)}{_not_what_it_says(suffix)}: it holds no text", _OCR
        )
    if suffix in _TABLES:
        raise _table(called)
    if is_old_office(content):
        return "word"
    if binary_kind(content):
        raise Refused(f"{called} is {binary_kind(content)}{_not_what_it_says(suffix)}", _SAVE_AS)
    if is_html(content) or is_web_archive(content):
        return "html"
    kind = _FORMATS.get(suffix, "text")
    if kind in {"pdf", "word"}:
        raise Refused(
            f"{called} is no {_CALLED[kind]}, whatever its name says",
            "look whether it was downloaded whole; if it is text or a web page, let its name end in .txt or .html",
        )
    return kind


def _packed(content: bytes, called: str, suffix: str) -> str:
    kind = packed_kind(content)
    if kind == "word" or (kind == "damaged" and _FORMATS.get(suffix) == "word"):
        return "word"
    if kind == "table" or (kind == "damaged" and suffix in _TABLES):
        raise _table(called)
    if kind == "odt":
        raise Refused(f"{called} is an OpenDocument text", "open it in LibreOffice, and save it as .docx")
    if kind == "slides":
        raise Refused(f"{called} holds slides", "save them as .pdf, and import that")
    raise Refused(f"{called} is a zip archive", "unpack it, and import the files that are in it")


def _table(called: str) -> Refused:
    return Refused(
        f"{called} is a table, and what its columns mean must be told by a mapping",
        f"write one to start from with `mrtrack import --guess {called}`",
    )


def _not_what_it_says(suffix: str) -> str:
    kind = _FORMATS.get(suffix)
    return f", not a {_CALLED[kind]}" if kind and kind != "text" else ""
