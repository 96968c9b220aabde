"""HTML as PDF, for paper and for readers that speak: tagged, with bookmarks; nothing is fetched from anywhere."""

import hashlib
import re
from collections.abc import Mapping

from mrtrack.edit.refusal import Refused

_MISSING = "the part that makes PDF is not installed"
_TEXT = re.compile(r">[^<]+<")
_ENDLESS = re.compile(r"[^\s<>&;]{200,}")
_PIECE, _BREAK = 20, "\u200b"
_SYSTEM = "the part that makes PDF needs Pango, which this system lacks"


def pdf(html: str) -> bytes:
    """A page of HTML, with all it needs in itself, as PDF/UA; the same bytes for the same page.

    Raises:
        Refused: where WeasyPrint, or Pango of the system, is missing, or the page asks for another file.
    """
    try:
        from weasyprint import HTML  # type: ignore[import-untyped]
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]
    except ImportError:
        raise Refused(_MISSING, "pip install 'mrtrack[pdf]'") from None
    except OSError:
        raise Refused(
            _SYSTEM,
            "install it, on Debian: apt install libpango-1.0-0 libpangoft2-1.0-0; or ask for --format html",
        ) from None
    refused: list[str] = []

    class OnlyWithin(URLFetcher):  # type: ignore[misc]
        """Gives out what the page carries in itself, and nothing else."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            refused.append(url)
            raise ValueError(url)

    identifier = hashlib.sha256(html.encode("utf-8", "replace")).digest()[:16]
    page = HTML(string=_with_breaks(html), url_fetcher=OnlyWithin())
    made = page.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    if refused:
        raise Refused(
            f"the template asks for {refused[0][:200]}, and a document fetches nothing",
            "write its style and pictures (data:) into the template itself",
        )
    return bytes(made)


def _with_breaks(html: str) -> str:
    """The page with places to break in words of hundreds of letters: to lay them out would take minutes."""
    head, body, rest = html.partition("<body")
    return head + body + _TEXT.sub(lambda text: _ENDLESS.sub(_broken, text[0]), rest)


def _broken(word: re.Match[str]) -> str:
    return _BREAK.join(word[0][start : start + _PIECE] for start in range(0, len(word[0]), _PIECE))
