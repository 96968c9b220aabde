"""A page of a site as tests read it."""

from html.parser import HTMLParser
from pathlib import Path


class Page(HTMLParser):
    """The elements, ids, links and the text of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, key: str) -> list[str]:
        return [found[key] or "" for _, found in self.tags if key in found]
