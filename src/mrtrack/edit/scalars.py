"""How one text is written in YAML so that every reader takes it for the same: plain, quoted, as a block.

This decides the style only; `mrtrack.edit.layout` has it written.
"""

import re
from typing import Literal

from mrtrack.model.fields import MarkKind
from mrtrack.source.tree import INVISIBLE

Style = Literal["'", '"', "|"] | None

_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
_NUMBER_LIKE = re.compile(r"[0-9+][0-9a-fA-FxXoOtTzZ_.,:+\- ]*")
_SAME_EVERYWHERE = re.compile(r"true|false|-?(?:0|[1-9][0-9]{0,14})|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_FIRST = re.compile(r"[A-Za-z0-9(/$+]|[^\x00-\x7f]")
_CUT_SHORT = re.compile(r":(?:\s|$)|\s#|[\t\r\n]")
_FLOW_SIGNS = re.compile(r"[,:\[\]{}]")


def style_of(text: str, kind: MarkKind, *, flow: bool = False) -> Style:
    """The style of a text of this kind; None is plain. In flow style, no block can stand.

    Texts are judged without the line breaks at their end.
    """
    if kind == "typed" and _is_plain(text, flow=flow):
        return None
    if kind == "free" and _SAME_EVERYWHERE.fullmatch(text):
        return None
    if kind == "prose" and not flow:
        return "|" if _fits_a_block(text) else '"'
    if kind == "free" and "\n" in text and not flow and _fits_a_block(text):
        return "|"
    if kind in ("id", "typed"):
        return '"'
    return None if reads_as_text(text, flow=flow) else _quotes(text)


def reads_as_text(text: str, *, flow: bool = False) -> bool:
    """Whether readers of YAML 1.1 and 1.2 all take the text, unquoted, for the text it is."""
    return _is_plain(text, flow=flow) and text.casefold() not in _WORDS and not _NUMBER_LIKE.fullmatch(text)


def can_be_quoted(text: str, quotes: str) -> bool:
    """Whether the text can stand in these quotes on one line."""
    return quotes == '"' or not (re.search(r"[\t\r\n]", text) or INVISIBLE.search(text))


def _quotes(text: str) -> Style:
    has_escapes = '"' in text or "\\" in text
    return "'" if has_escapes and "'" not in text and can_be_quoted(text, "'") else '"'


def _is_plain(text: str, *, flow: bool) -> bool:
    return not (
        text != text.strip()
        or not _FIRST.match(text)
        or _CUT_SHORT.search(text)
        or INVISIBLE.search(text)
        or (flow and _FLOW_SIGNS.search(text))
    )


def _fits_a_block(text: str) -> bool:
    lines = text.split("\n")
    return bool(
        lines[0]
        and not lines[0].startswith((" ", "\t"))
        and not any(line.endswith((" ", "\t", "\r")) for line in lines)
        and not INVISIBLE.search(text)
    )
