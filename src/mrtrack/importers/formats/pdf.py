"""PDF files with a text layer: their lines in reading order and their ruled tables; a scan is refused."""

import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO

from mrtrack.edit.refusal import Refused
from mrtrack.importers.formats.decoding import clean_text
from mrtrack.importers.formats.pdf_pages import Sheets, read_sheets
from mrtrack.importers.formats.pdf_reading import Cells, Said, reading_order
from mrtrack.importers.formats.pdf_tables import Covered
from mrtrack.importers.formats.signatures import binary_kind, is_pdf
from mrtrack.importers.page import Block, Cell, Line, Page, Repair, Table

_END_WITHIN = 2_048
_WRONG_PASSWORD = 4
_BREAKS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_AGAIN = (
    "open the file in a PDF reader, print it to a new PDF and import that, or ask for the document itself"
)


def read_pdf(content: bytes, name: str) -> Page:
    """Read a PDF; every line tells the page it begins on.

    Raises:
        Refused: where the file is no PDF, is damaged, is locked by a password, or holds pictures of text.
    """
    if not is_pdf(content):
        raise Refused(f"{name} is not a PDF: {_kind(content)}", "give the file the ending of what it is")
    with _quiet():
        repairs = _refusals(content, name)
        try:
            sheets = read_sheets(BytesIO(content))
        except Exception as problem:
            raise Refused(f"{name} is damaged: its pages cannot be read", _AGAIN) from problem
    repairs += _without_text(sheets, name)
    said, apart = reading_order(sheets)
    return _numbered(name, said, apart, repairs)


def _kind(content: bytes) -> str:
    if not content:
        return "it is empty"
    kind = binary_kind(content)
    return f"it is {kind}" if kind else "it does not begin as one"


@contextmanager
def _quiet() -> Iterator[None]:
    """What the libraries have to say about a file is told by us, or not at all."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _refusals(content: bytes, name: str) -> list[Repair]:
    """Refuse a file that does not open; tell what of it cannot be read."""
    import pypdfium2  # type: ignore[import-untyped] # noqa: PLC0415 - heavy, and only this format needs it

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as problem:
        if problem.err_code == _WRONG_PASSWORD:
            raise Refused(
                f"{name} is locked by a password", "save it without the password and import the result"
            ) from None
        raise Refused(f"{name} is damaged: it does not open as a PDF", _AGAIN) from problem
    try:
        form = document.get_formtype()
    finally:
        document.close()
    repairs = []
    if form:
        what = "the file is a form, and what was filled into it is not read: print it to a new PDF to import that"
        repairs.append(Repair(0, what))
    if b"%%EOF" not in content[-_END_WITHIN:]:
        repairs.append(Repair(0, "the file ends before its end mark: the last pages may be missing"))
    return repairs


def _without_text(sheets: Sheets, name: str) -> list[Repair]:
    bare = [sheet.number for sheet in sheets if not sheet.lines and not sheet.tables and sheet.pictures]
    if not any(sheet.lines or sheet.tables for sheet in sheets):
        if not bare:
            raise Refused(f"{name} holds no text", "ask for the document itself")
        raise Refused(
            f"{name} is a scan: its pages are pictures without text",
            "run it through text recognition (OCR) and import the result, or ask for the document itself",
        )
    if not bare:
        return []
    pages = "page" if len(bare) == 1 else "pages"
    what = f"{pages} {', '.join(map(str, bare))} without text: only pictures, nothing of them is read"
    return [Repair(0, what)]


def _numbered(
    name: str, said: list[Said | Cells], apart: list[tuple[Said, str]], repairs: list[Repair]
) -> Page:
    """The page, its lines numbered in reading order; what is set apart is numbered where it stands."""
    order = list(_in_order(said, apart))
    text, mended = clean_text("\n".join(_BREAKS.sub(" ", one.text) for one in order))
    lines = {
        id(one): Line(number, words, one.level, f"page {one.page}")
        for number, (one, words) in enumerate(zip(order, text.split("\n"), strict=True), start=1)
    }
    blocks: list[Block] = []
    for block in said:
        if isinstance(block, Said):
            blocks.append(lines[id(block)])
        else:
            rows = [[_cell(cell, lines) for cell in row] for row in block]
            blocks.append(Table(tuple(map(tuple, rows))))
    left_out = tuple((lines[id(one)], why) for one, why in apart)
    return Page(name, "PDF", tuple(blocks), (*repairs, *mended), left_out)


def _cell(cell: list[Said] | Covered, lines: dict[int, Line]) -> Cell:
    if isinstance(cell, Covered):
        return Cell(spanned=True, from_above=cell is Covered.FROM_ABOVE)
    return Cell(tuple(lines[id(one)] for one in cell))


def _in_order(said: Iterable[Said | Cells], apart: Iterable[tuple[Said, str]]) -> Iterator[Said]:
    """All lines: those set apart go before the first line that stands on a later place."""
    waiting = sorted((one for one, _ in apart), key=lambda one: (one.page, one.top))
    for one in _each(said):
        while waiting and (waiting[0].page, waiting[0].top) <= (one.page, one.top):
            yield waiting.pop(0)
        yield one
    yield from waiting


def _each(said: Iterable[Said | Cells]) -> Iterator[Said]:
    for block in said:
        if isinstance(block, Said):
            yield block
        else:
            yield from (one for row in block for cell in row if isinstance(cell, list) for one in cell)
