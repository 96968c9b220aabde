"""A record's prose as HTML for the pages of a site; plain paragraphs, the most of all prose, take a short way."""

from markupsafe import Markup, escape

from mrtrack.reports.prose import prose_html

_SIGNS = ("*", "_", "[", "<", ">", "&", "`", "|", "~", "\\", "•", " \n", "\n\n\n")


def prose(text: object) -> Markup:
    """The same as `prose_html`, sooner where the text has no signs that could mean more than themselves."""
    words = str(text).rstrip("\n")
    if not _is_plain(words):
        return prose_html(text)
    paragraphs = str(escape(words)).replace("\n\n", "</p>\n<p>")
    return Markup(f"<p>{paragraphs}</p>\n")  # noqa: S704 - escaped above


def _is_plain(words: str) -> bool:
    """Whether a text has no such sign, nothing is hidden in it, and each of its lines begins with a letter.

    None begins a list or a table then.
    """
    for sign in _SIGNS:
        if sign in words:
            return False
    lines = words.split("\n")
    for line in lines:
        if line and not line[0].isalpha():
            return False
    return bool(lines[0]) and not words[-1].isspace() and "".join(lines).isprintable()
