"""How large a file may be to be read as a record: its bytes, its longest line and its lines, before it is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mrtrack.source import kinds

if TYPE_CHECKING:
    from mrtrack.model.settings import Limits
    from mrtrack.problems import Kind


class Beyond(NamedTuple):
    """What is too large: of which kind the problem is, its line (counted from 0; None: the file), and the words."""

    kind: Kind
    line: int | None
    message: str
    hint: str


def beyond(content: bytes, limits: Limits) -> Beyond | None:
    """What of a content is larger than a record may be; None where it can be read.

    A text of usual size is not looked through for this.
    """
    if len(content) > limits.bytes:
        return too_big(len(content), limits.bytes)
    if (start := _long_line(content, limits.line)) is not None:
        message = f"this line has more than {limits.line:,} bytes"
        hint = "break it into lines, after a |; or raise [limits] line in mrtrack.toml"
        return Beyond(kinds.LONG_LINE, content.count(b"\n", 0, start), message, hint)
    if len(content) > limits.lines and (ended := content.count(b"\n")) > limits.lines:
        message = f"the file has {ended:,} lines; a record has at most {limits.lines:,}"
        hint = "split it, or raise [limits] lines in mrtrack.toml"
        return Beyond(kinds.TOO_MANY_LINES, limits.lines, message, hint)
    return None


def too_big(size: int, limit: int) -> Beyond:
    """What is said of a file of so many bytes, where a record has at most `limit`."""
    message = f"the file has {size:,} bytes; a record has at most {limit:,}"
    return Beyond(kinds.TOO_BIG, None, message, "split it, or raise [limits] bytes in mrtrack.toml")


def _long_line(content: bytes, most: int) -> int | None:
    """Where the first line of more than `most` bytes begins; None where there is none."""
    start = 0
    while len(content) - start > most:
        end = content.rfind(b"\n", start, start + most + 1)
        if end < 0:
            return start
        start = end + 1
    return None
