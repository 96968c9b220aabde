"""A record's text made harmless for whoever shows it: the signs that could command a terminal or hide words."""

import re

HARMFUL = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
"""A pattern, compiled where something is not printable, which is seldom."""

_ITEM = r"^\s*(?:[-*•–]|\(?[0-9a-z]{1,3}[.)])\s"


def clean(text: str) -> str:
    """A text in which control, direction and invisible characters have become a replacement mark."""
    return text if text.isprintable() else re.sub(HARMFUL, "\ufffd", text)


def flowing(text: str) -> str:
    """A record's prose with each paragraph and each item of a list on one line, for wrapping anew."""
    lines: list[str] = []
    for line in clean(text).split("\n"):
        goes_on = lines and lines[-1].strip() and line.strip() and not re.match(_ITEM, line)
        if goes_on:
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line.rstrip())
    return "\n".join(lines)
