"""The elements of a web page turned into lines and tables, without recursion: pages nest as deep as they like."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mrtrack.importers.formats.flow import Flow, List, Source
from mrtrack.importers.formats.grid import Written, ruled
from mrtrack.importers.page import Line, Repair

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MARKER = "data-mrtrack-marker"
"""The attribute by which another reader says what stands before an item of a list."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = {"ul", "ol", "menu", "dir"}
_CELLS = {"td", "th"}
_APART = {"p", "blockquote", "pre", "figure", "hr", "fieldset", "dl", "listing", "xmp", *_LISTS, *_HEADINGS}
_BLOCKS = _APART | {
    "address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "div", "dt",
    "figcaption", "footer", "form", "header", "hgroup", "html", "legend", "li", "main", "nav", "option",
    "optgroup", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
_NO_TEXT = {
    "script", "style", "template", "head", "title", "iframe", "object", "embed", "video", "audio", "canvas",
    "img", "input", "noframes",
}  # fmt: skip
_UNSEEN = {
    "noscript": "shown only where scripts are off",
    "select": "choices of a form",
    "datalist": "choices of a form",
    "svg": "words in a drawing",
}
_VERBATIM = {"pre", "textarea", "listing", "xmp"}
_LAYOUT_ROLES = {"presentation", "none"}
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_KEEPING = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid)", re.IGNORECASE)
_DIGITS = re.compile(r"-?[0-9]{1,9}")

_After = Callable[[], None]


@dataclass(slots=True)
class _Grid:
    """A table as far as it is read."""

    number: int
    rows: list[list[Written]] = field(default_factory=list)


class Reader:
    """Walks over a page and fills `page`, the flow of its text; `left_out` and `repairs` tell of the rest."""

    def __init__(self, absolute: Callable[[str], str | None]) -> None:
        """A reader; `absolute` gives the address a link leads to, None where it leads to no document."""
        self.source = Source()
        self.page = Flow(self.source)
        self.left_out: list[tuple[Line, str]] = []
        self.repairs: list[Repair] = []
        self._absolute = absolute
        self._flows = [self.page]
        self._grids: list[_Grid | None] = []
        self._tables = 0
        self._verbatim = 0

    def read(self, root: "LexborNode") -> None:
        """Read an element with all that is in it."""
        todo: list[LexborNode | _After] = [root]
        while todo:
            node = todo.pop()
            if callable(node):
                node()
            elif node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node and node.tag not in _NO_TEXT:
                todo.extend(reversed(self._enter(node)))
                todo.extend(_children_from_last(node))
        self.page.end_line()

    @property
    def _flow(self) -> Flow:
        return self._flows[-1]

    def _text(self, text: str) -> None:
        if self._verbatim:
            self._flow.verbatim(text)
        else:
            self._flow.words(text)

    def _enter(self, node: "LexborNode") -> list[_After]:
        """Begin an element; the answer is what to do when it ends, in order."""
        tag = node.tag or ""
        attributes = node.attributes
        style = attributes.get("style") or ""
        unseen = _unseen(tag, attributes, style)
        if unseen:
            return [self._begin_unseen(unseen)]
        after: list[_After] = []
        if tag in _VERBATIM or (style and _KEEPING.search(style)):
            self._verbatim += 1
            after.append(self._end_verbatim)
        if tag == "br":
            if not self._flow.end_line():
                self._flow.gap()
        elif tag == "a" and self._flow.cell:
            after.extend(self._begin_link(node, attributes.get("href") or ""))
        elif tag in _BLOCKS or (style and _SHOWN_AS_BLOCK.search(style)):
            after.extend(self._begin_block(node, tag, attributes))
        return after

    def _begin_unseen(self, why: str) -> _After:
        self._flows.append(Flow(self.source, cell=True))
        self._grids.append(None)

        def end() -> None:
            flow = self._flows.pop()
            self._grids.pop()
            flow.end_line()
            self.left_out.extend((line, why) for line in flow.lines)

        return end

    def _end_verbatim(self) -> None:
        self._verbatim -= 1

    def _begin_link(self, node: "LexborNode", href: str) -> Iterator[_After]:
        """In a table a link's address follows its words, since a row's documents are told so."""
        address = self._absolute(href)
        if address and address.rstrip("/") not in node.text():
            yield lambda: self._flow.words(f" {address} ")

    def _begin_block(
        self, node: "LexborNode", tag: str, attributes: dict[str, str | None]
    ) -> Iterator[_After]:
        if tag in _CELLS and self._grids and (grid := self._grids[-1]):
            yield self._begin_cell(grid, attributes)
            return
        self._break(tag)
        flow = self._flow
        if tag in _HEADINGS:
            flow.level = _HEADINGS[tag]
            yield lambda: self._end_heading(flow)
        elif tag in _LISTS:
            flow.lists.append(_list(node, tag, attributes))
            yield lambda: self._end_list(flow)
        elif tag == "li":
            items = flow.lists[-1] if flow.lists else List()
            depth = max(len(flow.lists), 1)
            known = attributes.get(MARKER)
            if known is None:
                flow.marker = items.marker(depth, _whole(attributes.get("value")))
            else:
                flow.marker = "  " * (depth - 1) + f"{known} " if known else ""
            yield lambda: self._end_item(flow)
        elif tag == "table":
            yield self._begin_table(node, attributes)
        elif tag == "tr" and self._grids and (grid := self._grids[-1]):
            grid.rows.append([])
        yield lambda: self._break(tag)

    def _break(self, tag: str) -> None:
        self._flow.end_line()
        if tag in _APART and not self._flow.lists:
            self._flow.gap()

    @staticmethod
    def _end_heading(flow: Flow) -> None:
        flow.end_line()
        flow.level = 0

    @staticmethod
    def _end_list(flow: Flow) -> None:
        flow.end_line()
        flow.lists.pop()

    @staticmethod
    def _end_item(flow: Flow) -> None:
        flow.end_line()
        flow.marker = ""

    def _begin_table(self, node: "LexborNode", attributes: dict[str, str | None]) -> _After:
        outer = self._flow
        outer.gap()
        if outer.cell or attributes.get("role") in _LAYOUT_ROLES or _is_layout(node):
            self._grids.append(None)
            return lambda: self._end_layout(outer)
        outer.settle()
        self._tables += 1
        grid = _Grid(self._tables)
        self._grids.append(grid)
        return lambda: self._end_table(outer, grid)

    def _end_layout(self, outer: Flow) -> None:
        outer.end_line()
        outer.gap()
        self._grids.pop()

    def _end_table(self, outer: Flow, grid: _Grid) -> None:
        self._grids.pop()
        outer.end_line()
        rows = [row for row in grid.rows if row]
        table = ruled(rows)
        if table is None:
            lines = [line for row in rows for cell in row for line in cell.lines]
            outer.extend(lines)
            number = lines[0].number if lines else 0
            self.repairs.append(
                Repair(number, f"table {grid.number} is no grid; its cells are read as lines")
            )
        elif rows:
            outer.add(table)

    def _begin_cell(self, grid: _Grid, attributes: dict[str, str | None]) -> _After:
        if not grid.rows:
            grid.rows.append([])
        flow = Flow(self.source, f"table {grid.number}, row {len(grid.rows)}", cell=True)
        self._flows.append(flow)
        columns, rows = _whole(attributes.get("colspan")), _whole(attributes.get("rowspan"))

        def end() -> None:
            self._flows.pop()
            flow.end_line()
            written = Written(
                flow.lines, 1 if columns is None else columns, 1 if rows is None else max(rows, 0)
            )
            grid.rows[-1].append(written)

        return end


def _children_from_last(node: "LexborNode") -> Iterator["LexborNode"]:
    """The children of an element, the last first; the caption of a table counts as its first child."""
    captions = []
    child = node.last_child
    is_table = node.tag == "table"
    while child is not None:
        if is_table and child.tag == "caption":
            captions.append(child)
        else:
            yield child
        child = child.prev
    yield from captions


def _unseen(tag: str, attributes: dict[str, str | None], style: str) -> str:
    """Why a browser does not show an element's text; empty where it does."""
    if "hidden" in attributes or (style and _HIDING.search(style)):
        return "hidden on the page"
    if attributes.get("aria-hidden") == "true":
        return "marked as mere decoration"
    return _UNSEEN.get(tag, "")


def _is_layout(table: "LexborNode") -> bool:
    """Whether a table only arranges text on the page; tables within it are not looked into."""
    cells = rows_of_cells = 0
    headed = nested = sectioned = False
    todo = list(_children_from_last(table))
    while todo:
        node = todo.pop()
        tag = node.tag or ""
        if tag == "th":
            headed = True
        if tag == "table":
            nested = True
            continue
        sectioned = sectioned or tag in _HEADINGS or tag in {"section", "article", "form", "nav", "main"}
        children = list(_children_from_last(node))
        if tag == "tr":
            count = sum(child.tag in _CELLS for child in children)
            cells += count
            rows_of_cells += count > 1
        todo.extend(children)
    if cells <= 1:
        return True
    return not headed and (nested or (sectioned and rows_of_cells < 2))


def _list(node: "LexborNode", tag: str, attributes: dict[str, str | None]) -> List:
    if tag != "ol":
        return List()
    numbering = attributes.get("type") or "1"
    start = _whole(attributes.get("start"))
    if "reversed" in attributes:
        items = sum(child.tag == "li" for child in _children_from_last(node))
        return List(numbering, items if start is None else start, -1)
    return List(numbering, 1 if start is None else start)


def _whole(value: str | None) -> int | None:
    found = _DIGITS.match((value or "").strip())
    return int(found[0]) if found else None
