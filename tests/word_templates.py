"""Builds the Word templates that ship, tag by tag: `python tests/word_templates.py`.

They are ordinary Word files: an organisation can open one, put its letterhead in, and save it into its own templates/.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import etree  # type: ignore[import-untyped]

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
ACCENT = RGBColor(0x0B, 0x4F, 0x79)
SOFT = RGBColor(0x51, 0x60, 0x6F)
FONT = "Arial"
DAY = datetime(2026, 1, 1, tzinfo=UTC)
NARROW = 176
DOCUMENT = (
    '{{ document.title }}{{ " (" ~ document.kind ~ ")" if document.kind }}'
    '{{ ": " ~ document.url if document.url and document.url != document.title }}'
)
LEAD = 'action.lead ~ (" with " if action.lead and action.support else "") ~ action.support | join("; ")'


def new(title: str, footer: str) -> Any:
    """A document with the styles, the page and the footer that all templates share."""
    document = Document()
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", title, ""
    properties.created = properties.modified = DAY
    properties.language = "en-GB"
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(17)
    section.top_margin = section.bottom_margin = Mm(18)
    _footer(section, footer)
    return document


def turned(document: Any, *, wide: bool) -> None:
    """Begin a section on a new page, lying on its side or upright."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    sides = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.page_width, section.page_height = sides
    section.left_margin = section.right_margin = Mm(15 if wide else 17)


def tag(place: Any, text: str, style: str | None = None) -> None:
    """A paragraph that holds only a tag, and vanishes."""
    place.add_paragraph(f"{{%p {text} %}}", style=style)


def prose(place: Any, text: str, style: str = "Body Text") -> None:
    """The paragraphs and lists of a text of the record."""
    tag(place, f"for block in {text} | blocks")
    tag(place, 'if block.kind == "item"')
    place.add_paragraph("{{ block.text }}", style="List Bullet")
    tag(place, "else")
    place.add_paragraph("{{ block.text }}", style=style)
    tag(place, "endif")
    tag(place, "endfor")


def table(
    document: Any, headings: Sequence[str], widths: Sequence[int], *, numbers: Sequence[int] = ()
) -> Any:
    """A table with a heading that repeats on every page; widths in millimetres."""
    made = document.add_table(rows=1, cols=len(headings))
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = False
    for cell, heading in zip(made.rows[0].cells, headings, strict=True):
        cell.paragraphs[0].style = "Table Heading"
        cell.paragraphs[0].add_run(heading)
        _shade(cell)
    row = made.rows[0]._tr.get_or_add_trPr()
    row.append(OxmlElement("w:tblHeader"))
    row.append(OxmlElement("w:cantSplit"))
    _widths(made, widths)
    _borders(made)
    for column in numbers:
        made.rows[0].cells[column].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return made


def rows(
    made: Any,
    loop: str,
    cells: Sequence[str | Callable[[Any], None]],
    widths: Sequence[int],
    *,
    numbers: Sequence[int] = (),
) -> None:
    """A row for each item of a loop: the row of the tag, the row that is repeated, the row of its end.

    `numbers` are the columns that stand to the right.
    """
    made.add_row().cells[0].text = f"{{%tr for {loop} %}}"
    repeated = made.add_row()
    repeated._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for column, (cell, content) in enumerate(zip(repeated.cells, cells, strict=True)):
        cell.paragraphs[0].style = "Table Number" if column in numbers else "Table Text"
        if callable(content):
            content(cell)
        else:
            cell.paragraphs[0].add_run(content)
    made.add_row().cells[0].text = "{%tr endfor %}"
    _widths(made, widths)


def facts(document: Any, loop: str) -> None:
    """Names and values in two columns."""
    widths: tuple[int, ...] = (50, NARROW - 50)
    made = document.add_table(rows=0, cols=2)
    made.autofit = False
    rows(made, f"fact in {loop}", ("{{ fact.name }}", "{{ fact.value | date }}"), widths)


def management_response() -> Any:
    """The whole record, to be approved and signed."""
    document = new(
        "Management response: {{ evaluation.title | short(150) }}", "Management response, {{ evaluation.id }}"
    )
    document.add_paragraph("Management response", style="Subtitle")
    document.add_paragraph("{{ evaluation.title }}", style="Title")
    tag(document, "if part")
    document.add_paragraph("Only a part is shown here: {{ part }}.", style="Note")
    tag(document, "endif")
    widths: tuple[int, ...] = (30, 66, 34, 46)
    approval = table(document, ("Approval", "Title and name", "Date", "Signature"), widths)
    rows(
        approval,
        "one in evaluation.approval",
        ("{{ one.role }}", '{{ [one.title, one.name] | select | join(", ") }}', "{{ one.date | date }}", ""),
        widths,
    )
    _tall(approval.rows[2])
    document.add_heading("Evaluation", 1)
    prose(document, "evaluation.description")
    facts(document, "evaluation.facts + evaluation.response_facts")
    tag(document, "if evaluation.team")
    document.add_heading("Evaluation team", 2)
    widths = (70, 66, 40)
    team = table(document, ("Name", "Title", "Nationality"), widths)
    rows(
        team, "one in evaluation.team", ("{{ one.name }}", "{{ one.title }}", "{{ one.nationality }}"), widths
    )
    tag(document, "endif")
    tag(document, "if evaluation.response or evaluation.response_documents")
    document.add_heading("Management response as a whole", 1)
    prose(document, "evaluation.response")
    _documents(document, "evaluation.response_documents")
    tag(document, "endif")
    for name, key in (("Findings", "findings"), ("Lessons", "lessons")):
        tag(document, f"if evaluation.{key}")
        document.add_heading(name, 1)
        tag(document, f"for text in evaluation.{key}")
        prose(document, "text")
        tag(document, "endfor")
        tag(document, "endif")
    turned(document, wide=True)
    _recommendations(document)
    for name, key in (("Documents", "documents"), ("Sources", "sources")):
        tag(document, f"if evaluation.{key}")
        document.add_heading(name, 1)
        _documents(document, f"evaluation.{key}")
        tag(document, "endif")
    tag(document, "if with_history")
    document.add_heading("History", 1)
    widths = (28, 22, 82, 40, 95)
    log = table(document, ("Recorded", "About", "Change", "By", "Comment"), widths)
    change = (
        '{{ entry.change }}{{ " (happened " ~ entry.on ~ ")" if entry.on }}'
        '{{ " (corrected later)" if entry.corrected }}'
    )
    rows(
        log,
        "entry in evaluation.history",
        (
            "{{ entry.date | date }}",
            "{{ entry.item }}",
            change,
            "{{ entry.by }}",
            lambda cell: _cell_prose(cell, "entry.comment", "entry.documents"),
        ),
        widths,
    )
    tag(document, "endif")
    _as_of(document)
    return document


def brief() -> Any:
    """One page: what is overdue, open, and done."""
    document = new("Brief, {{ as_of | date }}", "Brief, {{ as_of | date }}")
    document.add_paragraph("Brief, {{ as_of | date }}", style="Subtitle")
    about = (
        "{{ (evaluations[0].title if evaluations | length == 1 "
        'else totals.evaluations ~ " evaluations") | short(200) }}'
    )
    document.add_paragraph(about, style="Title")
    document.add_paragraph(
        "{{ totals.recommendations }} recommendations, {{ totals.actions }} actions: {{ totals.open }} open, "
        "{{ totals.overdue }} of them overdue; {{ done | length }} done since {{ since | date }}.",
        style="Body Text",
    )
    parts = (
        ("Overdue", "overdue", 8, "Late since", "{{ action.due | date }}", "Nothing is overdue."),
        (
            "Open, by due date",
            "(upcoming + undated)",
            6,
            "Due",
            '{{ action.due | date or "no date" }}',
            "Nothing else is open.",
        ),
        (
            "Done since {{ since | date }}",
            "done",
            6,
            "Completed",
            "{{ action.completed | date }}",
            "Nothing was completed.",
        ),
    )
    for name, key, most, heading, value, nothing in parts:
        document.add_heading(name, 1)
        tag(document, f"if {key}")
        widths: tuple[int, ...] = (32, 72, 40, 32)
        listed = table(document, ("Action", "What", "Responsible", heading), widths)
        cells = (
            "{{ action.ref if evaluations | length > 1 else action.number }}",
            '{{ (action.title or action.text or "(no text)") | short(90) }}',
            '{{ action.lead | short(50) or "–" }}',
            value,
        )
        rows(listed, f"action in {key}[:{most}]", cells, widths)
        tag(document, f"if {key} | length > {most}")
        document.add_paragraph(f"and {{{{ {key} | length - {most} }}}} more", style="Note")
        tag(document, "endif")
        tag(document, "else")
        document.add_paragraph(nothing, style="Body Text")
        tag(document, "endif")
    _as_of(document)
    return document


def portfolio() -> Any:
    """Many evaluations: totals, ranked lists, changes."""
    document = new("Portfolio of evaluations, {{ as_of | date }}", "Portfolio, {{ as_of | date }}")
    document.add_paragraph("Portfolio, {{ since | date }} to {{ until | date }}", style="Subtitle")
    document.add_paragraph(
        '{{ totals.evaluations }} evaluation{{ "s" if totals.evaluations != 1 }} and what became of the answers',
        style="Title",
    )
    document.add_paragraph(
        "{{ totals.recommendations }} recommendations, {{ totals.actions }} actions: {{ totals.open }} open, "
        "{{ totals.overdue }} overdue, {{ totals.long_overdue }} long overdue. "
        "{{ totals.responses_overdue }} management "
        "responses are overdue.",
        style="Body Text",
    )
    document.add_heading("Where things stand", 1)
    for name, key in (("Actions", "statuses"), ("Decisions", "decisions")):
        widths: tuple[int, ...] = (96, 40, 40)
        counted = table(document, (name, "Number", "Share"), widths, numbers=(1, 2))
        rows(
            counted,
            f"one in totals.{key}",
            ("{{ one.name }}", "{{ one.value }}", "{{ one.share }} %"),
            widths,
            numbers=(1, 2),
        )
        document.add_paragraph("", style="Body Text")
    widths = (96, 40, 40)
    figures = table(document, ("Indicator", "Value", "Made of"), widths, numbers=(1, 2))
    rows(
        figures,
        "one in figures",
        ("{{ one.name }}", "{{ one.value }}", "{{ one.made_of }}"),
        widths,
        numbers=(1, 2),
    )
    for name, heading, key in (
        ("Evaluations, most overdue first", "Evaluation", "by_evaluation"),
        ("Leads, most overdue first", "Lead", "by_lead"),
    ):
        document.add_heading(name, 1)
        widths = (86, 18, 18, 18, 18, 18)
        ranked = table(
            document,
            (heading, "Actions", "Done", "Open", "Overdue", "Long overdue"),
            widths,
            numbers=range(1, 6),
        )
        cells: tuple[str, ...] = (
            '{{ one.name | short(160) or "no lead named" }}{{ " (" ~ one.ref ~ ")" if one.ref }}',
            "{{ one.total }}",
            "{{ one.completed }}",
            "{{ one.open }}",
            "{{ one.overdue }}",
            "{{ one.long_overdue }}",
        )
        rows(ranked, f"one in {key}", cells, widths, numbers=range(1, 6))
    turned(document, wide=True)
    document.add_heading("Overdue longest", 1)
    widths = (42, 115, 55, 35, 20)
    late = table(document, ("Action", "What", "Responsible", "Due", "Days"), widths, numbers=(4,))
    cells = (
        "{{ action.ref }}",
        '{{ (action.title or action.text or "(no text)") | short(160) }}',
        f"{{{{ ({LEAD}) | short(90) or '–' }}}}",
        "{{ action.due | date }}",
        '{{ "{:,}".format(action.days_overdue) }}',
    )
    rows(late, "action in overdue[:40]", cells, widths, numbers=(4,))
    tag(document, "if overdue | length > 40")
    document.add_paragraph("and {{ overdue | length - 40 }} more", style="Note")
    tag(document, "endif")
    document.add_heading("What changed from {{ since | date }} to {{ until | date }}", 1)
    tag(document, "if changes")
    document.add_paragraph(
        '{{ "1 entry" if changes | length == 1 else changes | length ~ " entries" }}, '
        '{{ "1 action" if done | length == 1 else done | length ~ " actions" }} completed.',
        style="Body Text",
    )
    widths = (30, 42, 160, 35)
    log = table(document, ("Recorded", "About", "Change", "By"), widths)
    told = '{{ entry.change }}{{ ". " ~ entry.comment | short(200) if entry.comment }}'
    rows(
        log,
        "entry in changes[:200]",
        ("{{ entry.date | date }}", "{{ entry.ref }}", told, "{{ entry.by }}"),
        widths,
    )
    tag(document, "if changes | length > 200")
    document.add_paragraph("and {{ changes | length - 200 }} earlier entries", style="Note")
    tag(document, "endif")
    tag(document, "else")
    document.add_paragraph("Nothing was recorded in this period.", style="Note")
    tag(document, "endif")
    _as_of(document)
    return document


MADE: dict[str, Callable[[], Any]] = {
    "management-response.docx": management_response,
    "brief.docx": brief,
    "portfolio.docx": portfolio,
}


def content(name: str) -> bytes:
    """The bytes of a template: the same whenever they are made."""
    saved = io.BytesIO()
    MADE[name]().save(saved)
    packed = io.BytesIO()
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(packed, "w") as after:
        for part in before.namelist():
            if part == "docProps/thumbnail.jpeg":
                continue
            entry = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, _without_thumbnail(part, before.read(part)))
    return packed.getvalue()


def _without_thumbnail(part: str, text: bytes) -> bytes:
    if part != "_rels/.rels":
        return text
    tree = etree.fromstring(text)
    for relation in list(tree):
        if relation.get("Target") == "docProps/thumbnail.jpeg":
            tree.remove(relation)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _recommendations(document: Any) -> None:
    tag(document, "for one in evaluation.recommendations")
    document.add_heading(
        '{{ "Part" if one.part_of else "Recommendation" }} {{ one.number }}{{ ": " ~ one.title if one.title }}',
        1,
    )
    tag(document, "if one.addressed_to or one.priority or one.part_of")
    document.add_paragraph(
        '{{ ["Part of recommendation " ~ one.part_of if one.part_of, '
        '"Addressed to: " ~ one.addressed_to | join("; ") if one.addressed_to, '
        '"Priority: " ~ one.priority if one.priority] | select | join(". ") }}',
        style="Note",
    )
    tag(document, "endif")
    prose(document, "one.text")
    tag(document, "for fact in one.extra")
    document.add_paragraph("{{ fact.name }}: {{ fact.value }}", style="Note")
    tag(document, "endfor")
    document.add_heading(
        'Management response: {{ one.decision if one.answered else "None yet" }}'
        '{{ " (" ~ one.response_date | date if one.response_date }}'
        '{{ ", updated " ~ one.response_updated | date '
        "if one.response_date and one.response_updated and one.response_updated != one.response_date }}"
        '{{ ")" if one.response_date }}',
        2,
    )
    prose(document, "one.response")
    tag(document, "for position in one.positions")
    document.add_paragraph(
        '{{ position.unit }}{{ ": " ~ position.decision if position.decision }}'
        '{{ " (" ~ position.date | date ~ ")" if position.date }}',
        style="Note",
    )
    prose(document, "position.text")
    tag(document, "endfor")
    tag(document, "if one.actions")
    document.add_heading("Key actions", 2)
    widths: tuple[int, ...] = (76, 26, 38, 30, 71, 26)
    made = table(document, ("Key action", "Due", "Responsible", "Status", "Comments", "Documents"), widths)
    rows(
        made,
        "action in one.actions",
        (
            _action,
            (
                '{{ action.due | date or action.timeline or "–" }}'
                '{{ " (first due " ~ action.original_due | date ~ ")" '
                "if action.original_due and action.original_due != action.due }}"
            ),
            f"{{{{ {LEAD} }}}}",
            (
                '{{ action.status }}{{ ", " ~ action.standing if action.standing }}'
                '{{ ", " ~ action.completed | date if action.completed }}'
            ),
            lambda cell: _cell_prose(cell, "action.comment"),
            lambda cell: _cell_prose(cell, "", "action.documents"),
        ),
        widths,
    )
    tag(document, "else")
    document.add_paragraph("No actions are recorded.", style="Note")
    tag(document, "endif")
    tag(document, "else")
    document.add_paragraph("No recommendations are recorded.", style="Note")
    tag(document, "endfor")


def _action(cell: Any) -> None:
    cell.paragraphs[0].add_run("{{ action.number }}").bold = True
    cell.paragraphs[0].add_run('{{ " " ~ action.title if action.title }}').bold = True
    _blocks(cell, "action.text")
    tag(cell, "if action.serves")
    cell.add_paragraph('Also answers {{ action.serves | join(", ") }}', style="Table Text")
    tag(cell, "endif")
    tag(cell, "if action.start")
    cell.add_paragraph("Begins {{ action.start | date }}", style="Table Text")
    tag(cell, "endif")
    tag(cell, "for fact in action.extra")
    cell.add_paragraph("{{ fact.name }}: {{ fact.value }}", style="Table Text")
    tag(cell, "endfor")


def _cell_prose(cell: Any, text: str, documents: str = "") -> None:
    """Paragraphs in a cell, and one that stays, since a cell must not be without any."""
    paragraph = cell.paragraphs[0]
    if text:
        _blocks(cell, text)
    if documents:
        tag(cell, f"for document in {documents}")
        cell.add_paragraph(
            DOCUMENT,
            style="Table Text",
        )
        tag(cell, "endfor")
    cell._tc.remove(paragraph._p)
    cell._tc.append(paragraph._p)
    paragraph.style = "Table End"


def _blocks(cell: Any, text: str) -> None:
    tag(cell, f"for block in {text} | blocks")
    tag(cell, 'if block.kind == "item"')
    cell.add_paragraph("{{ block.text }}", style="Table Bullet")
    tag(cell, "else")
    cell.add_paragraph("{{ block.text }}", style="Table Text")
    tag(cell, "endif")
    tag(cell, "endfor")


def _documents(document: Any, key: str) -> None:
    tag(document, f"for document in {key}")
    document.add_paragraph(
        DOCUMENT,
        style="List Bullet",
    )
    tag(document, "endfor")


def _as_of(document: Any) -> None:
    document.add_paragraph(
        'As of {{ as_of | date }}{{ ", commit " ~ commit[:12] if commit }}{{ "; chosen: " ~ chosen if chosen }}.'
        '{{ " Not read, and not counted: " ~ unread | join(", ") ~ "." if unread }}',
        style="Note",
    )


def _styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"]
    _font(normal, 10)
    normal.paragraph_format.space_after = Pt(4)
    for name, size, before in (
        ("Title", 20, 0),
        ("Subtitle", 10, 0),
        ("Heading 1", 14, 16),
        ("Heading 2", 11, 10),
    ):
        style = styles[name]
        _font(style, size)
        style.font.bold, style.font.italic = True, False
        style.font.color.rgb = SOFT if name == "Subtitle" else ACCENT
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
        style.paragraph_format.keep_with_next = True
        borders = style.element.find(f".//{qn('w:pBdr')}")
        if borders is not None:
            borders.getparent().remove(borders)
    styles["Title"].paragraph_format.space_after = Pt(12)
    _font(styles["Body Text"], 10)
    styles["Body Text"].paragraph_format.space_after = Pt(6)
    _font(styles["List Bullet"], 10)
    for name, based_on, size in (
        ("Table Text", "Normal", 9),
        ("Table Heading", "Normal", 9),
        ("Table Number", "Table Text", 9),
        ("Table Bullet", "List Bullet", 9),
        ("Table End", "Normal", 2),
        ("Note", "Normal", 9),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles[based_on]
        _font(style, size)
        style.paragraph_format.space_after = Pt(0 if name == "Table End" else 2)
    styles["Note"].paragraph_format.space_before = Pt(4)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.color.rgb, link.font.underline = ACCENT, True
    styles["Table Heading"].font.bold = True
    styles["Table Heading"].paragraph_format.keep_with_next = True
    styles["Table Number"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    styles["Table Bullet"].paragraph_format.left_indent = Mm(4)
    styles["Table Bullet"].paragraph_format.first_line_indent = Mm(-4)
    styles["Note"].font.color.rgb = SOFT


def _font(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)


def _footer(section: Any, text: str) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.style.font.size, paragraph.style.font.name = Pt(8), FONT
    paragraph.style.font.color.rgb = SOFT
    paragraph.add_run(f"{text}, page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E8EFF5")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _borders(made: Any) -> None:
    """Thin lines, and room around the text of a cell."""
    properties = made._tbl.tblPr
    lines = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "9FB0BF")):
            line.set(qn(f"w:{name}"), value)
        lines.append(line)
    room = OxmlElement("w:tblCellMar")
    for side, width in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(width))
        edge.set(qn("w:type"), "dxa")
        room.append(edge)
    look = properties.find(qn("w:tblLook"))
    layout = properties.find(qn("w:tblLayout"))
    (layout if layout is not None else look).addprevious(lines)
    look.addprevious(room)


def _tall(row: Any) -> None:
    row.height = Mm(16)


def _widths(made: Any, widths: Sequence[int]) -> None:
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for row in made.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def main() -> None:
    """Write every Word template."""
    for name in MADE:
        (TEMPLATES / name).write_bytes(content(name))


if __name__ == "__main__":
    main()
