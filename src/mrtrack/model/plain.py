"""A text as words are compared here: without case, accents, kinds of dashes and quotes, and extra white space."""

import unicodedata

_SIGNS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u02bc\u00b4\u0060", "'")
    | {"\u00ba": "o", "\u00aa": "a", "\u00b0": "o", "\u00ad": None}
)


def plain(text: str) -> str:
    """The words of a text, so that two spellings of the same words are equal."""
    apart = text.translate(_SIGNS)
    if not apart.isascii():
        apart = unicodedata.normalize("NFKD", apart)
        apart = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(apart.casefold().split())
