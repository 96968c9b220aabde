"""Where each key and value of a TOML text stands; only for text that a TOML parser has accepted."""

import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field

Path = tuple[str | int, ...]
Span = tuple[int, int]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_TO_LINE_END = re.compile(r"[^\n]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_STRING = re.compile(
    r'''"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'''
    r"""|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'""",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text: line and column from 0, and how many characters of the line belong to it."""

    line: int
    column: int
    width: int


@dataclass(slots=True)
class Places:
    """The keys and values of a TOML text by their paths, as spans of characters."""

    text: str
    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)

    def at(self, path: Path, *, at_key: bool = False) -> Place:
        """The place of a value or its key, else that of the nearest table around it, else the beginning."""
        for length in range(len(path), 0, -1):
            above = path[:length]
            first, second = (self.keys, self.values) if at_key else (self.values, self.keys)
            span = first.get(above) or second.get(above)
            if span:
                return self._place(span)
        return Place(0, 0, 1)

    def _place(self, span: Span) -> Place:
        start, end = span
        line_end = self.text.find("\n", start, end)
        return place_of(self.text, start, (line_end if line_end >= 0 else end) - start)


def place_of(text: str, offset: int, width: int = 1) -> Place:
    """The place of a character of a text."""
    column = offset - text.rfind("\n", 0, offset) - 1
    return Place(text.count("\n", 0, offset), column, max(1, width))


def locate(text: str) -> Places:
    """The places of all keys and values; of those before the trouble, where the text is nested too deeply."""
    scanner = _Scanner(text)
    with suppress(RecursionError):
        scanner.document()
    return scanner.places


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.offset = 0
        self.places = Places(text)
        self.tables: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        while self._goes_on():
            if self._take("["):
                table = self._heading()
            else:
                self._pair(table)
            self._skip(_TO_LINE_END)

    def _heading(self) -> Path:
        repeated = self._take("[")
        path: Path = ()
        parts = self._key()
        for place, (name, span) in enumerate(parts):
            path = (*path, name)
            self.places.keys.setdefault(path, span)
            if repeated and place == len(parts) - 1:
                self.tables[path] = self.tables.get(path, 0) + 1
            if path in self.tables:
                path = (*path, self.tables[path] - 1)
                self.places.keys.setdefault(path, span)
        return path

    def _pair(self, table: Path) -> None:
        path = table
        for name, span in self._key():
            path = (*path, name)
            self.places.keys.setdefault(path, span)
        self._skip(_SPACE)
        self._take("=")
        self._skip(_SPACE)
        self._value(path)

    def _key(self) -> list[tuple[str, Span]]:
        parts = []
        while True:
            self._skip(_SPACE)
            start = self.offset
            self._skip(_KEY)
            parts.append((_name(self.text[start : self.offset]), (start, self.offset)))
            self._skip(_SPACE)
            if not self._take("."):
                return parts

    def _value(self, path: Path) -> None:
        start = self.offset
        if self._take("["):
            self._list(path)
        elif self._take("{"):
            self._inline_table(path)
        elif not self._skip(_STRING):
            self._skip(_BARE)
        end = start + len(self.text[start : self.offset].rstrip())
        self.places.values[path] = (start, end)

    def _list(self, path: Path) -> None:
        index = 0
        while self._goes_on() and not self._take("]"):
            self._value((*path, index))
            self._skip(_BLANK)
            self._take(",")
            index += 1

    def _inline_table(self, path: Path) -> None:
        while self._goes_on() and not self._take("}"):
            self._pair(path)
            self._skip(_BLANK)
            self._take(",")

    def _goes_on(self) -> bool:
        self._skip(_BLANK)
        return self.offset < len(self.text)

    def _take(self, char: str) -> bool:
        if self.text.startswith(char, self.offset):
            self.offset += 1
            return True
        return False

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.offset)
        if found:
            self.offset = found.end()
        return bool(found)


def _name(token: str) -> str:
    if token.startswith('"') and "\\" in token:
        return str(tomllib.loads(f"key = {token}")["key"])
    return token[1:-1] if token[:1] in ('"', "'") else token
