"""A record's prose as HTML for the pages of a site; plain paragraphs, the most of all prose, take a short way."""

import re

from markupsafe import Markup, escape

from mrtrack.reports.prose import prose_html

_SIGNS = re.compile(r"[*_\[<>&`|~\\•]| \n|\n\n\n")
_BEGINS = re.compile(r"(?m)^(?![^\W\d_])(?!$)")


def prose(text: object) -> Markup:
    """The same as `prose_html`, sooner where the text has no signs that could mean more than themselves."""
    words = str(text).rstrip("\n")
    if _SIGNS.search(words) or not _is_plain(words):
        return prose_html(text)
    paragraphs = str(escape(words)).split("\n\n")
    return Markup("".join(f"<p>{one}</p>\n" for one in paragraphs))  # noqa: S704 - escaped above


def _is_plain(words: str) -> bool:
    """Whether nothing is hidden in a text, and each line begins with a letter: none begins a list or a table."""
    return bool(
        words
        and words[0] != "\n"
        and words[-1].strip()
        and words.replace("\n", "").isprintable()
        and not _BEGINS.search(words)
    )
