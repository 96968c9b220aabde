"""Makes a document: contents and a template in, the bytes of one format out."""

import re
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from mrtrack.reports.documents.catalogue import Kind, Template
from mrtrack.reports.documents.contents import Contents
from mrtrack.reports.documents.pdf import pdf
from mrtrack.reports.documents.word import variables_in, word
from mrtrack.reports.templates import environment, rendered

_GAPS = re.compile(r"\n(?:[ \t]*\n){2,}")
Maker = Callable[[Template, Contents, Path], bytes]


def made(template: Template, kind: Kind, contents: Contents, folder: Path) -> bytes:
    """A document of a template in one format; `folder` holds the repository's own templates.

    Raises:
        Refused: where the template fails, or a part that the format needs is not installed.
    """
    return MAKERS[kind](template, contents, folder)


def makes_one_of_each(template: Template, kind: Kind, folder: Path) -> bool:
    """Whether a template makes one document of each evaluation: whether it speaks of `evaluation` at all."""
    file = template.file(kind)
    if kind is Kind.DOCX:
        return "evaluation" in variables_in(file)
    from jinja2 import TemplateSyntaxError, meta

    try:
        tree = environment(folder).parse(file.read_text(encoding="utf-8"))
        return "evaluation" in meta.find_undeclared_variables(tree)
    except TemplateSyntaxError:
        return False


def _text(template: Template, kind: Kind, contents: Contents, folder: Path) -> str:
    return rendered(template.file(kind).name, folder, **_variables(contents))


def _markdown(template: Template, contents: Contents, folder: Path) -> bytes:
    return _GAPS.sub("\n\n", _text(template, Kind.MD, contents, folder)).encode("utf-8")


def _html(template: Template, contents: Contents, folder: Path) -> bytes:
    return _text(template, Kind.HTML, contents, folder).encode("utf-8")


def _word(template: Template, contents: Contents, folder: Path) -> bytes:
    del folder
    return word(template.file(Kind.DOCX), _variables(contents), date.fromisoformat(contents.as_of))


def _pdf(template: Template, contents: Contents, folder: Path) -> bytes:
    return pdf(_text(template, Kind.PDF, contents, folder))


MAKERS: dict[Kind, Maker] = {Kind.MD: _markdown, Kind.HTML: _html, Kind.DOCX: _word, Kind.PDF: _pdf}


def _variables(contents: Contents) -> dict[str, Any]:
    return {field.name: getattr(contents, field.name) for field in fields(contents)}
