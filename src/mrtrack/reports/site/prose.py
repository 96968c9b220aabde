"""A record's prose as HTML for the pages of a site; plain paragraphs, the most of all prose, take a short way."""

from markupsafe import Markup, escape

from mrtrack.reports.prose import prose_html

_SIGNS = ("*", "_", "[", "<", ">", "&", "`", "|", "~", "\\", "•", " \n", "\n\n\n")


def prose(text: object) -> Markup:
    """The same as `prose_html`, sooner where the text has no signs that could mean more than themselves."""
    words = str(text).rstrip("\n")
    if any(sign in words for sign in _SIGNS) or not _is_plain(words):
        return prose_html(text)
    paragraphs = str(escape(words)).split("\n\n")
    return Markup("".join(f"<p>{one}</p>\n" for one in paragraphs))  # noqa: S704 - escaped above


def _is_plain(words: str) -> bool:
    """Whether nothing is hidden in a text, and each line begins with a letter: none begins a list or a table."""
    lines = words.split("\n")
    return (
        all(line[0].isalpha() and line.isprintable() for line in lines if line)
        and bool(lines[0])
        and bool(words[-1].strip())
    )
