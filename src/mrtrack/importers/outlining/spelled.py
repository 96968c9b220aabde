"""Tables of spellings as they are written down: a field, a colon, and its names with semicolons between."""

import re
from collections.abc import Iterator
from textwrap import dedent

_NEXT = re.compile(r"\n(?=\S)")


def spelled(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each field with its names; a line that is indented goes on with the one above."""
    for entry in _NEXT.split(dedent(text).strip()):
        field, _, names = entry.partition(":")
        yield field.strip(), [" ".join(name.split()) for name in names.split(";")]
