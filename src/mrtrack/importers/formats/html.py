"""Web pages as a browser saves them: the text that a reader sees, its headings, lists and tables."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from mrtrack.edit.refusal import Refused
from mrtrack.importers.formats.decoding import decode_only
from mrtrack.importers.formats.markup import Reader
from mrtrack.importers.formats.signatures import is_web_archive
from mrtrack.importers.page import Page, Repair

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_HEAD = 8_192
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(https?://\S{1,2000}?)\s*-->")
_ADDRESSES = (
    ('link[rel="canonical"]', "href"),
    ('meta[property="og:url"]', "content"),
    ('meta[name="og:url"]', "content"),
)
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)

# What opens and closes an element; comments and scripts go as a whole, up to the end where nothing closes them.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title)\b.*?(?:</\1\b|\Z)|<(/?)([a-z][^\s/>]{0,40})",
    re.IGNORECASE | re.DOTALL,
)
_NEVER_DEEP = {
    "a", "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr", "html", "head", "body",
}  # fmt: skip
_DEEPEST = 400


def read_html(content: bytes, name: str) -> Page:
    """Read a web page, also one that was saved in one file with all that belongs to it (.mhtml).

    Raises:
        Refused: where the file is no text, or holds no page.
    """
    if is_web_archive(content):
        return _of_archive(content, name)
    charset = _CHARSET.search(content[:_HEAD])
    markup, repairs = decode_only(content, charset[1].decode("ascii", errors="replace") if charset else None)
    return page_of_html(markup, name, "HTML", repairs)


def _of_archive(content: bytes, name: str) -> Page:
    from email import message_from_bytes  # noqa: PLC0415 - heavy, and only this format needs it

    archive = message_from_bytes(content)
    for part in archive.walk():
        markup = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(markup, bytes):
            text, repairs = decode_only(markup, part.get_content_charset())
            page = page_of_html(text, name, "HTML", repairs)
            address = str(archive.get("Snapshot-Content-Location") or part.get("Content-Location") or "")
            return replace(page, url=page.url or (address if _WEB.fullmatch(address) else None))
    raise Refused(f"{name} holds no web page", "save the page anew, as “Web page, complete”")


def page_of_html(markup: str, name: str, kind: str, repairs: Sequence[Repair] = ()) -> Page:
    """The page that markup makes; `kind` names the format it came from, `repairs` what was mended before."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - heavy, and only this format needs it

    markup = markup.replace("\x00", "")
    shallow = "".join(_shallow(markup))
    if len(shallow) < len(markup):
        repairs = [
            *repairs,
            Repair(0, f"elements nested more than {_DEEPEST} deep are read for their words alone"),
        ]
    # The parser takes UTF-8, which has no halves of characters.
    parser = LexborHTMLParser(shallow.encode("utf-8", errors="replace").decode("utf-8"))
    url = _url(markup, parser)
    reader = Reader(_absolute(parser, url))
    if parser.root is not None:
        reader.read(parser.root)
    return Page(
        name,
        kind,
        tuple(reader.page.blocks),
        (*repairs, *reader.source.mender.repairs, *reader.repairs),
        tuple(reader.left_out),
        url,
    )


def _url(markup: str, parser: "LexborHTMLParser") -> str | None:
    """Where the page was saved from, as the browser noted it or the page says itself."""
    saved = _SAVED_FROM.search(markup[:_HEAD])
    if saved:
        return saved[1]
    for selector, attribute in _ADDRESSES:
        node = parser.css_first(selector)
        found = _WEB.fullmatch((node.attributes.get(attribute) or "").strip()) if node else None
        if found:
            return found[0]
    return None


def _absolute(parser: "LexborHTMLParser", url: str | None) -> Callable[[str], str | None]:
    node = parser.css_first("base[href]")
    base = (node.attributes.get("href") or "" if node else "") or url or ""

    def absolute(href: str) -> str | None:
        """The address on the web that a link of the page leads to; None where it leads nowhere else."""
        address = re.sub(r"[\t\r\n]", "", href.strip()).replace(" ", "%20")
        if not address or address.startswith("#"):
            return None
        try:
            address = urljoin(base, address)
            host = urlsplit(address).hostname
        except ValueError:
            return None
        return address if host and _WEB.fullmatch(address) else None

    return absolute


def _shallow(markup: str) -> Iterator[str]:
    """The markup without the tags that nest too deep: to find where one ends takes the parser ever longer."""
    opened: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    depth = at = 0
    for found in _TAG.finditer(markup):
        tag = (found[3] or "").lower()
        if not tag or tag in _NEVER_DEEP:
            continue
        if not found[2]:
            if depth < _DEEPEST:
                opened[tag] += 1
                depth += 1
                continue
            dropped[tag] += 1
        elif dropped[tag]:
            dropped[tag] -= 1
        else:
            if opened[tag]:
                opened[tag] -= 1
                depth -= 1
            continue
        end = markup.find(">", found.end())
        yield markup[at : found.start()]
        at = len(markup) if end < 0 else end + 1
    yield markup[at:]
