"""A message's Markdown as plain text of 72 columns, for mail programs and readers that show no HTML."""

import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

WIDTH = 72
_BULLETS = "*-+"


def plain_text(tokens: Iterable["Token"]) -> str:
    """The text of a parsed message: headings underlined, lists with their marks, links with their addresses."""
    page = _Page()
    for token in tokens:
        step = _STEPS.get(token.type)
        if step:
            step(page, token)
    return "".join(f"{line.rstrip()}\n" for line in page.lines)


def inline_text(children: Sequence["Token"]) -> str:
    """The words of one block without their emphasis; a link is followed by its address."""
    written: list[str] = []
    address, begun = "", 0
    for token in children:
        if token.type == "link_open":
            address, begun = str(token.attrGet("href") or ""), len(written)
        elif token.type == "link_close":
            shown = "".join(written[begun:])
            written += [] if address in (shown, f"mailto:{shown}") else [f" <{address}>"]
        elif token.type in ("softbreak", "hardbreak"):
            written.append(" " if token.type == "softbreak" else "\n")
        else:
            written.append(token.content)
    return "".join(written)


@dataclass
class _Page:
    """The lines so far, and where the next one begins.

    `numbers` has the number of the next item of each open list, None for bullets; `mark` is that of an item whose
    text is still to come; `gap` is the empty line before what comes next; `is_first` tells that it begins a list.
    """

    lines: list[str] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    indents: list[str] = field(default_factory=list)
    mark: str = ""
    gap: str = ""
    is_first: bool = False
    is_tight: bool = False
    heading: str = ""

    def open_list(self, token: "Token") -> None:
        is_numbered = token.type == "ordered_list_open"
        self.numbers.append(int(token.attrGet("start") or 1) if is_numbered else None)
        self.is_first = len(self.numbers) == 1

    def close_list(self, _: "Token") -> None:
        self.numbers.pop()

    def open_item(self, _: "Token") -> None:
        number = self.numbers[-1]
        bullet = _BULLETS[(len(self.numbers) - 1) % len(_BULLETS)]
        self.mark = f"{bullet} " if number is None else f"{number}. "
        self.numbers[-1] = None if number is None else number + 1
        self.indents.append(" " * len(self.mark))

    def open_quotation(self, _: "Token") -> None:
        self.gap = "".join(self.indents)
        self.indents.append("> ")

    def close_block(self, _: "Token") -> None:
        self.indents.pop()
        self.mark, self.gap = "", "".join(self.indents)

    def open_heading(self, token: "Token") -> None:
        self.heading, self.is_tight = token.tag, False

    def open_paragraph(self, token: "Token") -> None:
        self.is_tight = token.hidden

    def words(self, token: "Token") -> None:
        self.write(inline_text(token.children or ()))
        if self.heading:
            sign = "=" if self.heading == "h1" else "-"
            self.lines.append(sign * min(WIDTH, len(self.lines[-1])))
            self.heading = ""

    def as_typed(self, token: "Token") -> None:
        self.is_tight = False
        self.write(token.content.rstrip("\n"))

    def rule(self, _: "Token") -> None:
        self.is_tight = False
        self.write("-" * 20)

    def write(self, text: str) -> None:
        rest = "".join(self.indents)
        first = rest[: len(rest) - len(self.mark)] + self.mark
        if self.lines and (self.is_first or not self.is_tight):
            self.lines.append(self.gap)
        for part in text.split("\n"):
            wrapped = textwrap.wrap(
                part,
                WIDTH,
                initial_indent=first,
                subsequent_indent=rest,
                break_long_words=False,
                break_on_hyphens=False,
            )
            self.lines += wrapped or [first]
            first = rest
        self.mark, self.is_first, self.gap = "", False, rest


_STEPS: dict[str, Callable[[_Page, "Token"], None]] = {
    "bullet_list_open": _Page.open_list,
    "ordered_list_open": _Page.open_list,
    "bullet_list_close": _Page.close_list,
    "ordered_list_close": _Page.close_list,
    "list_item_open": _Page.open_item,
    "list_item_close": _Page.close_block,
    "blockquote_open": _Page.open_quotation,
    "blockquote_close": _Page.close_block,
    "heading_open": _Page.open_heading,
    "paragraph_open": _Page.open_paragraph,
    "inline": _Page.words,
    "fence": _Page.as_typed,
    "code_block": _Page.as_typed,
    "hr": _Page.rule,
}
