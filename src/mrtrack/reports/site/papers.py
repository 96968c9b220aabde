"""Documents and sources as a page names them: a line each, and a link only where the address leads to the web."""

from collections.abc import Iterable

from mrtrack.model.harmless import clean
from mrtrack.model.record import Document
from mrtrack.reports.locale import Texts
from mrtrack.reports.site.addresses import web_address

Link = tuple[str, str | None]


def documents(given: Iterable[Document] | None, texts: Texts) -> list[Link]:
    """Documents as a line each, with its address where that leads to the web."""
    return [_document(one, texts) for one in given or ()]


def _document(one: Document, texts: Texts) -> Link:
    retrieved = getattr(one, "retrieved", None)
    seen = texts.gettext("retrieved %(day)s") % {"day": texts.when(retrieved)} if retrieved else None
    address = web_address(one.url)
    words = [
        one.title or one.url or one.kind or "–",
        one.kind if one.title or one.url else None,
        one.language,
        seen,
    ]
    if one.url and one.title and not address:
        words.append(one.url)
    return ", ".join(clean(word) for word in words if word), address
