"""Word documents made of a Word template with Jinja tags, in the sandbox; the same contents give the same bytes."""

import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from mrtrack.edit.refusal import Refused
from mrtrack.reports.documents.links import link_addresses
from mrtrack.reports.templates import environment, what_is_wrong

_MISSING = "the part that writes Word documents is not installed"
_MEND = "mend the template in Word; docs/templates.md lists what a template can show"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def word(template: Path, variables: Mapping[str, Any], as_of: date) -> bytes:
    """A Word document of a template, its addresses links; its properties bear the day, not the hour it was made at.

    Raises:
        Refused: where docxtpl is missing, the template is no Word document, or it fails; with what is wrong.
    """
    from jinja2 import TemplateError

    document = _document(template)
    sandbox = environment(template.parent, word=True)
    try:
        document.render(dict(variables), jinja_env=sandbox, autoescape=True)
    except (
        TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise Refused(f"{template.name}{_near(error)}: {what_is_wrong(error)}", _MEND) from None
    link_addresses(document.docx)
    day = datetime.combine(as_of, time())
    properties = document.core_properties
    properties.created = properties.modified = day
    written = BytesIO()
    document.save(written)
    return _without_hours(written.getvalue())


def variables_in(template: Path) -> set[str]:
    """The variables that a Word template asks for and does not set itself; none where it cannot be told.

    Raises:
        Refused: where docxtpl is missing, or the template is no Word document.
    """
    from jinja2 import TemplateError

    document = _document(template)
    try:
        return set(document.get_undeclared_template_variables(environment(template.parent, word=True)))
    except TemplateError:
        return set()


def _document(template: Path) -> Any:  # noqa: ANN401 - the library has no types
    try:
        from docxtpl import DocxTemplate  # type: ignore[import-untyped]
    except ImportError:
        raise Refused(_MISSING, "pip install 'mrtrack[office]'") from None
    document = DocxTemplate(BytesIO(template.read_bytes()))
    try:
        document.init_docx()
    except Exception:  # noqa: BLE001 - whatever a damaged file makes the library say
        raise Refused(
            f"{template.name} is no Word document (.docx)", "save the template from Word as .docx"
        ) from None
    return document


def _near(error: BaseException) -> str:
    """The words of the template around the place that failed, as far as the library tells it."""
    lines = [" ".join(str(line).split()) for line in getattr(error, "docx_context", ())]
    told = next((line for line in lines[3:] + lines[:3] if line), "")
    return f", near “{told[:80]}”" if told else ""


def _without_hours(content: bytes) -> bytes:
    """The same package with every part dated alike."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(written, "w") as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            after.writestr(entry, before.read(name))
    return written.getvalue()
