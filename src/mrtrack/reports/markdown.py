"""A record's text as Markdown that shows just that text: no HTML, no links, no headings come out of it."""

import re

_INLINE = re.compile(r"[\\`*_\[<|]|~(?=~)|&(?=#?[0-9A-Za-z]+;)")
_BLOCK = re.compile(r"^(\s*)(#|>|=|\+|-(?=-))", re.MULTILINE)


def inline(text: object) -> str:
    """A text for the inside of a line or a table cell, on one line."""
    return _INLINE.sub(r"\\\g<0>", " ".join(str(text).split()))


def prose(text: object) -> str:
    """A text of several lines; its paragraphs and lists stay what they are."""
    return _BLOCK.sub(r"\1\\\2", _INLINE.sub(r"\\\g<0>", str(text)))
