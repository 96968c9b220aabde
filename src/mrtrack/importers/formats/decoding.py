"""Bytes to text: which encoding a file has, and a refusal of what is no text; the mending is in `mending`."""

import codecs
import re

from mrtrack.edit.refusal import Refused
from mrtrack.importers.formats.mending import clean_text
from mrtrack.importers.formats.signatures import binary_kind
from mrtrack.importers.page import Repair

__all__ = ["clean_text", "decode", "decode_only"]

# The longer mark goes first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D})
_MOST_CONTROLS = 0.3
_MOST_CONTROLS_UNLESS_UTF8 = 0.05
_SAMPLE = 65_536
_LATIN = {"iso8859-1", "ascii", "cp1252"}
_NO_TEXT = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs", "oem"}
_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœß€£§°«»©®™ªº¿¡"
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2022\u00a0\u00b4\u00b7"
)
_FOREIGN_WORD = re.compile(rb"[\xc0-\xff]{4}")
_LETTERS = b"abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789"
_NOT_ASCII = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")


def decode(content: bytes, declared: str | None = None) -> tuple[str, list[Repair]]:
    """The text of a file, cleaned, and every way in which it is not simply the file's UTF-8.

    Args:
        content: the file.
        declared: the encoding that the file itself names, believed only where it is no UTF-8.

    Raises:
        Refused: where the file is no text.
    """
    text, repairs = decode_only(content, declared)
    text, mended = clean_text(text)
    return text, [*repairs, *mended]


def decode_only(content: bytes, declared: str | None = None) -> tuple[str, list[Repair]]:
    """The text of a file as it stands, for formats whose marks are read before the words are cleaned."""
    kind = binary_kind(content)
    if kind:
        raise Refused(f"this is {kind}, not text", "save the document as .txt, .html, .docx or .pdf")
    for mark, codec, called in _MARKS:
        if content.startswith(mark):
            return _marked(content[len(mark) :], codec, called)
    wide = _codec_of_zeros(content)
    if wide:
        return content.decode(wide, errors="replace"), [Repair(0, "read as UTF-16, as its bytes 0 suggest")]
    controls = _share_of_controls(content)
    if controls <= _MOST_CONTROLS:
        try:
            return content.decode("utf-8"), []
        except UnicodeDecodeError:
            if controls <= _MOST_CONTROLS_UNLESS_UTF8:
                return _not_utf8(content, declared)
    raise Refused(
        "this is no text: it is full of control characters",
        "open it in the program that made it, and save it as .txt, .html, .docx or .pdf",
    )


def _marked(content: bytes, codec: str, called: str) -> tuple[str, list[Repair]]:
    try:
        text, repairs = content.decode(codec), []
    except UnicodeDecodeError as wrong:
        text = content.decode(codec, errors="replace")
        line = text.count("\n", 0, text.find("\ufffd")) + 1
        repairs = [Repair(line, f"not all of it is {called} ({wrong.reason}): what is not became \ufffd")]
    if called != "UTF-8":
        repairs.insert(0, Repair(0, f"read as {called}, as its byte order mark says"))
    return text, repairs


def _codec_of_zeros(content: bytes) -> str | None:
    """UTF-16 without a mark: spaces and Western letters have a byte 0, all on the same side."""
    sample = content[: _SAMPLE // 2 * 2]
    half = len(sample) // 2
    if half < 2 or len(content) % 2:
        return None
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if second > half * 0.1 and first < half * 0.01:
        return "utf-16-le"
    if first > half * 0.1 and second < half * 0.01:
        return "utf-16-be"
    return None


def _share_of_controls(content: bytes) -> float:
    return 1 - len(content.translate(None, _CONTROLS)) / len(content) if content else 0.0


def _not_utf8(content: bytes, declared: str | None) -> tuple[str, list[Repair]]:
    codec = _known(declared)
    if codec:
        try:
            return content.decode(codec), [_repair(codec, ", as it declares, since it is not UTF-8")]
        except UnicodeDecodeError:
            pass
    codec = "cp1252" if _is_western(content) else _guessed(content)
    try:
        return content.decode(codec), [_repair(codec, ", since it is not UTF-8")]
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        why = (
            f", since it is not UTF-8; {text.count(chr(0xFFFD))} bytes that mean nothing there became \ufffd"
        )
        return text, [_repair("cp1252", why)]


def _repair(codec: str, why: str) -> Repair:
    called = codec.upper().replace("_", "-")
    return Repair(0, f"read as {re.sub('^CP125', 'Windows-125', called)}{why}")


def _known(declared: str | None) -> str | None:
    """The codec of an encoding's name; browsers take Latin-1 for Windows-1252, and so do we."""
    try:
        codec = codecs.lookup((declared or "").strip()).name
        "".encode(codec)
    except (LookupError, ValueError):
        return None
    if codec in _NO_TEXT or codec.startswith("utf-8"):
        return None
    return "cp1252" if codec in _LATIN else codec


def _is_western(content: bytes) -> bool:
    """Whether the text makes sense as Windows-1252: usual letters with accents, and never many in a row."""
    beyond = content.translate(None, bytes(range(0x80)))
    return not _FOREIGN_WORD.search(content) and _WESTERN.issuperset(
        beyond.decode("cp1252", errors="replace")
    )


def _guessed(content: bytes) -> str:
    try:
        from charset_normalizer import from_bytes  # noqa: PLC0415 - heavy, and few sources need it
    except ModuleNotFoundError:
        return "cp1252"
    telling: list[bytes] = []
    size = 0
    for found in _NOT_ASCII.finditer(content):
        telling.append(found[0][:_SAMPLE])
        size += len(telling[-1])
        if size > _SAMPLE:
            break
    best = from_bytes(b"\n".join(telling)).best()
    return best.encoding if best and _holds_ascii(best.encoding) else "cp1252"


def _holds_ascii(codec: str) -> bool:
    """Whether plain letters are what they are everywhere, which they are not on mainframes."""
    return _LETTERS.decode(codec, errors="replace") == _LETTERS.decode("ascii")
