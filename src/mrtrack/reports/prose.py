"""A record's prose, which may hold a little Markdown, as HTML that can do nothing, or as plain blocks for Word.

Paragraphs, lists, quotations, tables, emphasis and links to the web come out as such; HTML, images, headings and
all other links stay the characters they are. Nothing of the text is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup, escape

from mrtrack.model.harmless import clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
_LINK = re.compile(r"(?:https?://[^\s/]|mailto:[^\s/])", re.IGNORECASE)
_DEEPEST = 40
_SHOWN_AS_TYPED = ["image", "code", "fence", "heading", "lheading", "reference", "html_block", "html_inline"]
_PRINTED_BULLET = re.compile(r"^([ \t]*)[•◦▪●][ \t]+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of plain text, or an item of a list; `level` counts from 1 how deeply an item lies."""

    kind: Literal["paragraph", "item", "row"]
    level: int
    text: str


def harmless(text: object) -> str:
    """A text in which control, direction and invisible characters became a replacement mark."""
    return _NO_CHARACTERS.sub("\ufffd", clean(str(text).replace("\r\n", "\n").replace("\r", "\n")))


def is_web_link(url: object) -> bool:
    """Whether an address leads to the web or to a mailbox, so that it may be made a link."""
    return bool(_LINK.match(str(url)))


def prose_html(text: object) -> Markup:
    """A record's prose as HTML: safe to stand in any page, for its own characters as for its links."""
    source = _PRINTED_BULLET.sub(r"\1- ", harmless(text))
    tokens = _parser().parse(source)
    if _too_deep(tokens):
        paragraphs = (escape(part) for part in re.split(r"\n{2,}", source) if part.strip())
        return Markup("").join(Markup("<p>{}</p>\n").format(part) for part in paragraphs)
    parser = _parser()
    rendered: str = parser.renderer.render(tokens, parser.options, {})
    return Markup(harmless(rendered))  # noqa: S704 - the parser escapes all that is not its own


def prose_blocks(text: object) -> list[Block]:
    """A record's prose as plain paragraphs, items and rows; a link is followed by its address in brackets."""
    source = _PRINTED_BULLET.sub(r"\1- ", harmless(text))
    tokens = _parser().parse(source)
    if _too_deep(tokens):
        return [Block("paragraph", 0, line.strip()) for line in source.split("\n") if line.strip()]
    return list(_blocks(tokens))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST, "xhtmlOut": False})
    parser.enable("table")
    parser.disable(_SHOWN_AS_TYPED)
    parser.validateLink = is_web_link  # type: ignore[method-assign]
    parser.add_render_rule("link_open", _link_open)
    return parser


def _link_open(renderer: object, tokens: "Sequence[Token]", index: int, options: object, env: object) -> str:
    del renderer, options, env
    link = tokens[index]
    title = f' title="{escape(link.attrGet("title"))}"' if link.attrGet("title") else ""
    return f'<a href="{escape(link.attrGet("href"))}"{title} rel="noopener noreferrer">'


def _too_deep(tokens: "Iterable[Token]") -> bool:
    return any(token.level >= _DEEPEST - 1 for token in tokens)


def _blocks(tokens: "Iterable[Token]") -> Iterator[Block]:
    marks: list[int | None] = []
    mark = ""
    row: list[str] | None = None
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            is_numbered = token.type == "ordered_list_open"
            marks.append(int(token.attrGet("start") or 1) if is_numbered else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            marks.pop()
        elif token.type == "list_item_open":
            number = marks[-1]
            mark = "" if number is None else f"{number}. "
            marks[-1] = None if number is None else number + 1
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield Block("row", len(marks), " | ".join(row or ()))
            row = None
        elif token.type == "inline" and row is not None:
            row.append(_plain(token.children or ()))
        elif token.type == "inline":
            yield Block("item" if marks else "paragraph", len(marks), mark + _plain(token.children or ()))
            mark = ""


def _plain(children: "Iterable[Token]") -> str:
    written: list[str] = []
    address, begun = "", 0
    for token in children:
        if token.type == "link_open":
            address, begun = str(token.attrGet("href")), len(written)
        elif token.type == "link_close":
            shown = "".join(written[begun:])
            written += [] if address in (shown, f"mailto:{shown}") else [f" ({address})"]
        elif token.type in ("softbreak", "hardbreak"):
            written.append(" " if token.type == "softbreak" else "\n")
        else:
            written.append(token.content)
    return "".join(written)
