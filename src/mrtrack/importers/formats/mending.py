"""Text made fit for a record: line ends, odd spaces, invisible characters and mis-encoded words are mended.

Words are never changed otherwise, and whatever is mended is told. Nothing here knows of bytes or of formats.
"""

import re
from collections.abc import Callable, Sequence

from mrtrack.importers.page import Repair

_SHOWN = 10
_EXCEL_BREAKS = re.compile("(?:_x000[DdAa]_)+(\n|$)?")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u202a-\u202f\u205f-\u2069\u3000"
    "\ud800-\udfff\ufeff\ufffe\uffff]|_x00|[ÃÂâÄÅÐÑØÙÎÏ]"
)
_MIS_ENCODED = re.compile("[ÃÂâÄÅÐÑØÙÎÏ][\x80-\xbf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122 ]")
_FAR = "[\u0600-\uffff\U00010000-\U0010ffff]"

_Change = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str], str]


def _as_windows(found: re.Match[str]) -> str:
    """What Windows-1252 has in the place of a control character; itself where it has nothing."""
    return found[0].encode("latin-1").decode("cp1252", errors="ignore") or found[0]


_CHANGES: Sequence[_Change] = (
    (
        re.compile("[\x80\x82-\x84\x86-\x8c\x8e\x91-\x9c\x9e\x9f]"),
        _as_windows,
        "characters of Windows-1252 mended",
    ),
    (re.compile("_x0009_"), " ", "marks of Excel for a tab (_x0009_) became spaces"),
    (
        re.compile("_x00(?:0[0-8BCEFbcef]|1[0-9A-Fa-f]|7[Ff])_"),
        "",
        "marks of Excel for control characters removed",
    ),
    (
        re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]"),
        " ",
        "non-breaking or other special spaces became plain spaces",
    ),
    (re.compile("\xad(?=\\s*$)"), "-", "soft hyphens at the end of a line became hyphens"),
    (re.compile("\xad"), "", "soft hyphens, which cannot be seen, removed"),
    (re.compile("[\ud800-\udfff]"), "\ufffd", "halves of characters became \ufffd"),
    (
        re.compile(f"(?<!{_FAR})[\u200c\u200d]|[\u200c\u200d](?!{_FAR})"),
        "",
        "characters without width removed",
    ),
    (re.compile("[\u180e\u200b\u2060-\u2065\ufeff]"), "", "characters without width removed"),
    (
        re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"),
        "",
        "characters that turn the direction of writing removed",
    ),
    (re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]"), "", "control characters removed"),
)


def clean_text(text: str) -> tuple[str, list[Repair]]:
    """A text fit for a record, its lines ended by LF, and what was mended in it."""
    mender = Mender()
    lines = [mender.mend(line, number) for number, line in enumerate(mender.split(text), start=1)]
    return "\n".join(lines), mender.repairs


class Mender:
    """Mends lines one by one, and remembers what it did so as to tell it once for the whole source."""

    def __init__(self) -> None:
        self._words: list[Repair] = []
        self._times: dict[str, int] = {}
        self._where: dict[str, list[int]] = {}
        self._no_ftfy = False

    @property
    def repairs(self) -> list[Repair]:
        """What was mended so far: each kind once, mis-encoded words line by line."""
        return [*(Repair(0, self._told(what)) for what in self._times), *self._words]

    def split(self, text: str) -> list[str]:
        """The lines of a text, whatever its writer ended them with."""
        if "\r" in text:
            self._count("line ends of Windows or old Macs read as line ends", text.count("\r"))
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "_x000" in text:
            text, times = _EXCEL_BREAKS.subn(lambda found: "" if found[1] == "" else "\n", text)
            self._count("marks of Excel for a line break (_x000D_) became line breaks", times)
        text, times = _BREAKS.subn("\n", text)
        self._count("line separators and form feeds became line breaks", times)
        return text.split("\n")

    def mend(self, line: str, number: int) -> str:
        """One line made fit for a record; `number` is where it stands."""
        if not _ODD.search(line):
            return line
        if _MIS_ENCODED.search(f"{line} "):
            line = self._decoded_again(line, number)
        for pattern, instead, what in _CHANGES:
            line, times = pattern.subn(instead, line)
            self._count(what, times, number)
        return line

    def _decoded_again(self, line: str, number: int) -> str:
        try:
            from ftfy import fix_encoding  # noqa: PLC0415 - heavy, and few sources need it
        except ModuleNotFoundError:
            if not self._no_ftfy:
                self._no_ftfy = True
                self._words.append(
                    Repair(number, "looks mis-encoded; left as it is, since ftfy is not installed")
                )
            return line
        mended = fix_encoding(line)
        if mended != line:
            pairs = zip(line.split(" "), mended.split(" "), strict=False)
            old, new = next((pair for pair in pairs if pair[0] != pair[1]), (line, mended))
            self._words.append(
                Repair(number, f"mis-encoded text mended, such as “{old[:40]}” to “{new[:40]}”")
            )
        return mended

    def _count(self, what: str, times: int, number: int = 0) -> None:
        if not times:
            return
        self._times[what] = self._times.get(what, 0) + times
        where = self._where.setdefault(what, [])
        if number and len(where) <= _SHOWN:
            where.append(number)

    def _told(self, what: str) -> str:
        where = [str(number) for number in self._where[what][:_SHOWN]]
        more = " and others" if len(self._where[what]) > _SHOWN else ""
        lines = f" (line{'s' if len(where) > 1 else ''} {', '.join(where)}{more})" if where else ""
        return f"{what}: {self._times[what]}{lines}"
