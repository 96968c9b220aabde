"""Addresses of the web and of mail that stand in the text of a Word document, made links that can be followed.

An address stays readable, since a document is printed too; what leads elsewhere stays text.
"""

import copy
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf"\bhttps?://{_HOST}(?::\d{{1,5}})?(?:[/?#][^\s<>\"]*)?|\bmailto:[A-Za-z0-9._+-]+@{_HOST}", re.IGNORECASE
)
_CLOSING = ".,;:!?'\u2019\u201d\u00bb\u2026"
_KEPT = "!#$%&'()*+,/:;=?@~-._"
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_STYLE = "Hyperlink"


def link_addresses(document: Any) -> None:  # noqa: ANN401 - a document of python-docx, which tells no types here
    """Make links of the addresses in the body of a document, in the document's own style “Hyperlink”."""
    from docx.oxml.ns import qn

    is_field = 0
    for run in list(document.element.body.iter(qn("w:r"))):
        for mark in run.iter(qn("w:fldChar")):
            is_field += {"begin": 1, "end": -1}.get(mark.get(qn("w:fldCharType")), 0)
        if not is_field and run.getparent().tag == qn("w:p"):
            for text in list(run.iter(qn("w:t"))):
                if _ADDRESS.search(text.text or ""):
                    _link(text, document)


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where in a text addresses begin and end; the full stop or bracket after one is not part of it."""
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_CLOSING)
        while address.endswith(")") and address.count("(") < address.count(")"):
            address = address[:-1].rstrip(_CLOSING)
        yield found.start(), found.start() + len(address)


def _link(text: Any, document: Any) -> None:  # noqa: ANN401 - elements of the document
    """Cut a run at the addresses of one of its texts: what is before and after stays, in runs of the same look."""
    run, said, place = text.getparent(), text.text, 0
    following = list(text.itersiblings())
    for begin, end in addresses(said):
        text.text = said[place:begin]
        _keep_spaces(text)
        link = _hyperlink(run, said[begin:end], document)
        run.addnext(link)
        run = _bare(run)
        link.addnext(run)
        text = _text_in(run, "")
        place = end
    text.text = said[place:]
    _keep_spaces(text)
    for other in following:
        run.append(other)


def _hyperlink(run: Any, address: str, document: Any) -> Any:  # noqa: ANN401 - elements of the document
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    target = _STRAY.sub("%25", quote(address, safe=_KEPT))
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    shown = _bare(run)
    shown.get_or_add_rPr().style = _style(document)
    _text_in(shown, address)
    link.append(shown)
    return link


def _bare(run: Any) -> Any:  # noqa: ANN401 - an element of the document
    """A run that looks like another one, without its text."""
    from docx.oxml import OxmlElement

    made = OxmlElement("w:r")
    if run.rPr is not None:
        made.append(copy.deepcopy(run.rPr))
    return made


def _text_in(run: Any, text: str) -> Any:  # noqa: ANN401 - elements of the document
    from docx.oxml import OxmlElement

    made = OxmlElement("w:t")
    made.text = text
    run.append(made)
    return made


def _keep_spaces(text: Any) -> None:  # noqa: ANN401 - an element of the document
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _style(document: Any) -> str:  # noqa: ANN401 - a document of python-docx
    """The style of links, by its id; one is added where the template has none."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    if _STYLE not in document.styles:
        made = document.styles.add_style(_STYLE, WD_STYLE_TYPE.CHARACTER, builtin=True)
        made.font.color.rgb, made.font.underline = RGBColor(0x0B, 0x4F, 0x79), True
    return str(document.styles[_STYLE].style_id)
