"""Which templates there are to make documents of: those that ship, and a repository's own, with their formats.

NAME.md.j2 makes Markdown, NAME.html.j2 makes HTML and PDF, NAME.docx makes Word. A file whose name begins with an
underscore, or that other commands use, makes no document.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from mrtrack.edit.refusal import Refused
from mrtrack.reports.templates import SHIPPED, lies_in

_ABOUT = {
    "management-response": "one evaluation whole: to be approved, signed and published",
    "brief": "one page: what is overdue, open, and done since a date",
    "portfolio": "many evaluations: totals, ranked lists, what changed in a period",
}
DEFAULT = "management-response"
_COMMENT = re.compile(r"\A\s*\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)


class Kind(StrEnum):
    """What a document can be written as."""

    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


_FILES = {Kind.MD: ".md.j2", Kind.HTML: ".html.j2", Kind.DOCX: ".docx", Kind.PDF: ".html.j2"}


@dataclass(frozen=True, slots=True)
class Template:
    """A template by its name: the file of each format that it can make, and what it is for."""

    name: str
    files: dict[Kind, Path]
    about: str
    is_own: bool

    def file(self, kind: Kind) -> Path:
        """The file that makes one format.

        Raises:
            Refused: where there is none.
        """
        if kind in self.files:
            return self.files[kind]
        there = ", ".join(self.files)
        raise Refused(
            f"the template {self.name} makes no {kind}",
            f"it makes {there}; for {kind}, put {self.name}{_FILES[kind]} into the folder of templates",
        )


def templates(folder: Path) -> list[Template]:
    """The templates for documents, those that ship first; files in the repository's `folder` go before theirs."""
    own = [] if _ships(folder) else _names(folder)
    names = dict.fromkeys((*_ABOUT, *own))
    return [_template(name, folder) for name in names]


def template_named(name: str, folder: Path) -> Template:
    """The template of a name.

    Raises:
        Refused: where there is none.
    """
    known = {one.name: one for one in templates(folder)}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1)
    there = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
    raise Refused(f"there is no template “{name}”", there)


def _template(name: str, folder: Path) -> Template:
    files: dict[Kind, Path] = {}
    is_own = False
    for kind, ending in _FILES.items():
        places = (place / f"{name}{ending}" for place in (folder, *SHIPPED))
        file = next((place for place in places if place.is_file() and lies_in(place.parent, place)), None)
        if file:
            files[kind] = file
            is_own |= file.parent == folder and not _ships(folder)
    return Template(name, files, _ABOUT.get(name) or _about(files.values()), is_own)


def _about(files: Iterable[Path]) -> str:
    """What an own template says of itself: the comment at the beginning of one of its files."""
    for file in files:
        if file.suffix == ".j2":
            found = _COMMENT.match(file.read_text(encoding="utf-8", errors="replace"))
            if found:
                return " ".join(found[1].split())
    return "of this repository"


def _names(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    taken = {file.name for place in SHIPPED if place.is_dir() for file in place.iterdir()}
    found = []
    for file in sorted(file for file in folder.iterdir() if lies_in(folder, file)):
        ending = next((ending for ending in _FILES.values() if file.name.endswith(ending)), None)
        if ending and file.is_file() and file.name not in taken and not file.name.startswith(("_", "~", ".")):
            found.append(file.name.removesuffix(ending))
    return [name for name in found if name]


def _ships(folder: Path) -> bool:
    return any(place.is_dir() and folder.is_dir() and place.samefile(folder) for place in SHIPPED)
