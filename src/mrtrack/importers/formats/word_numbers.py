"""The numbers that Word counts itself, written into a document's text: no converter of Word documents keeps them.

They stand between marks of their own, so that lists can be told from numbered headings after the conversion.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree as ET

from mrtrack.importers.formats.flow import numbered
from mrtrack.importers.formats.markup import MARKER

_BEGIN, _END = "\ufdd0", "\ufdd1"
_DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_FORMATS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_ITEM = re.compile(f"<li>{_BEGIN}([^{_END}<]*){_END}")
_LABEL = re.compile(f"{_BEGIN}([^{_END}<]*){_END}")
_LEVEL = re.compile("%([1-9])")
_MOST_STYLES = 20


@dataclass(slots=True)
class _Level:
    """One level of a numbering: where it begins to count, in which signs, and what it prints around them."""

    start: int
    form: str
    text: str
    style: str | None


@dataclass(slots=True)
class _Numbering:
    """A numbering, its levels by their depth from 0, and how far each has counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, begin: int | None) -> str | None:
        """What stands before the next paragraph at a depth; None for bullets. `begin` starts anew."""
        level = self.levels.get(depth)
        if level is None or level.form == "bullet":
            return None
        for other in range(depth):
            if other in self.levels:
                self.counts.setdefault(other, self.levels[other].start)
        last = self.counts.get(depth, level.start - 1)
        self.counts[depth] = last + 1 if begin is None else begin
        for deeper in [other for other in self.counts if other > depth]:
            del self.counts[deeper]
        return _LEVEL.sub(lambda found: self._printed(int(found[1]) - 1), level.text)

    def _printed(self, depth: int) -> str:
        level = self.levels.get(depth)
        if level is None or level.form == "none":
            return ""
        return numbered(self.counts.get(depth, level.start), _FORMATS.get(level.form, "1"))


@dataclass(slots=True)
class _Numberings:
    """The numberings of a document, by what a paragraph names them, and those that styles bring."""

    named: dict[str, _Numbering]
    begins: dict[tuple[str, int], int]
    styles: Mapping[str, tuple[str, int]]

    def label(self, paragraph: ET.Element) -> str | None:
        """What stands before a paragraph; None where nothing does, or a bullet."""
        style = _value(paragraph, "pPr", "pStyle")
        inherited = self.styles.get(style or "")
        name = _value(paragraph, "pPr", "numPr", "numId") or (inherited[0] if inherited else None)
        depth = _whole(_value(paragraph, "pPr", "numPr", "ilvl"), inherited[1] if inherited else 0)
        numbering = self.named.get(name or "")
        if name is None or numbering is None:
            return None
        return numbering.next(depth, self.begins.pop((name, depth), None))


def with_numbers(content: bytes) -> bytes:
    """The document with its numbers written out between marks; itself where it counts nothing.

    Raises:
        ParseError, BadZipFile and others: where the document is damaged.
    """
    with zipfile.ZipFile(BytesIO(content)) as packed:
        names = set(packed.namelist())
        if not {_DOCUMENT, "word/numbering.xml"} <= names:
            return content
        numbering = _parsed(packed.read("word/numbering.xml"))
        styles = _parsed(packed.read("word/styles.xml")) if "word/styles.xml" in names else ET.Element("none")
        document = _parsed(packed.read(_DOCUMENT))
        numberings = _numberings(numbering, styles)
        for paragraph in _paragraphs(document):
            label = numberings.label(paragraph)
            if label is not None and any(text.text for text in paragraph.iter(f"{_W}t")):
                _write(paragraph, label)
        written = BytesIO()
        with zipfile.ZipFile(written, "w") as copy:
            for name in [name for name in names if name.endswith((".xml", ".rels"))]:
                copy.writestr(name, ET.tostring(document) if name == _DOCUMENT else packed.read(name))
    return written.getvalue()


def numbers_shown(markup: str) -> str:
    """The HTML of such a document with its numbers where a reader sees them."""
    markup = _ITEM.sub(_item, markup)
    return _LABEL.sub(lambda found: f"{found[1]} " if found[1] else "", markup)


def _item(found: re.Match[str]) -> str:
    return f'<li {MARKER}="{found[1].replace(chr(34), "&quot;")}">'


def _parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 - expat itself refuses entities that expand without end


def _paragraphs(document: ET.Element) -> Iterator[ET.Element]:
    """The paragraphs in reading order; of a text box that stands there twice, the second."""
    todo = [document]
    while todo:
        element = todo.pop()
        if element.tag == f"{_W}p":
            yield element
        todo.extend(child for child in reversed(element) if child.tag != _CHOICE)


def _write(paragraph: ET.Element, label: str) -> None:
    run = ET.Element(f"{_W}r")
    ET.SubElement(run, f"{_W}t").text = f"{_BEGIN}{label}{_END}"
    paragraph.insert(1 if paragraph[0].tag == f"{_W}pPr" else 0, run)


def _numberings(numbering: ET.Element, styles: ET.Element) -> _Numberings:
    abstract = {
        definition.get(f"{_W}abstractNumId", ""): _Numbering(
            {_whole(level.get(f"{_W}ilvl"), 0): _level(level) for level in definition.iterfind(f"{_W}lvl")}
        )
        for definition in numbering.iterfind(f"{_W}abstractNum")
    }
    named: dict[str, _Numbering] = {}
    begins: dict[tuple[str, int], int] = {}
    for number in numbering.iterfind(f"{_W}num"):
        name = number.get(f"{_W}numId", "")
        definition = abstract.get(_value(number, "abstractNumId") or "")
        if definition is not None:
            named[name] = definition
        for override in number.iterfind(f"{_W}lvlOverride"):
            begin = _value(override, "startOverride")
            if begin is not None:
                begins[name, _whole(override.get(f"{_W}ilvl"), 0)] = _whole(begin, 1)
    return _Numberings(named, begins, dict(_of_styles(styles, named)))


def _level(level: ET.Element) -> _Level:
    return _Level(
        _whole(_value(level, "start"), 1),
        _value(level, "numFmt") or "decimal",
        _value(level, "lvlText") or "",
        _value(level, "pStyle"),
    )


def _of_styles(styles: ET.Element, named: Mapping[str, _Numbering]) -> Iterator[tuple[str, tuple[str, int]]]:
    """The numbering and depth that each style brings, its own or that of the style it is based on."""
    every = {style.get(f"{_W}styleId", ""): style for style in styles.iterfind(f"{_W}style")}
    for identifier, own in every.items():
        style: ET.Element | None = own
        for _ in range(_MOST_STYLES):
            name = _value(style, "pPr", "numPr", "numId") if style is not None else None
            if style is None or name is not None:
                break
            style = every.get(_value(style, "basedOn") or "")
        if style is None or name is None or name not in named:
            continue
        levels = named[name].levels.items()
        linked = next((depth for depth, level in levels if level.style == identifier), None)
        stated = _whole(_value(style, "pPr", "numPr", "ilvl"), 0)
        yield identifier, (name, stated if linked is None else linked)


def _value(element: ET.Element, *path: str) -> str | None:
    found = element.find("/".join(f"{_W}{step}" for step in path))
    return None if found is None else found.get(f"{_W}val")


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch("-?[0-9]{1,9}", value) else default
