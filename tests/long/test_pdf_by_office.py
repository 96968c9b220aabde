"""PDF files that LibreOffice makes of web pages with real tables: nothing is lost, split or joined wrongly."""

import os
import random
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from mrtrack.importers.formats.pdf import read_pdf
from mrtrack.importers.page import Line, Page, Table

pytestmark = pytest.mark.long

PATIENCE = 240
HEAD = ("Key Action", "Responsible", "DueDate", "Status", "Comments", "Documents")
UNITS = ("Water Unit", "Programme and Operations", "Office of the Director", "Planning", "Field teams")
STATUSES = ("Completed", "Initiated", "Not Initiated", "No Longer Applicable")
PROSE = (
    "the office reviewed its annual plan with partners and agreed on joint visits to remote villages where "
    "pumps had been repaired by local committees; a shared calendar, prepared in March 2021, lists each visit "
    "(see Annex B) so that well-known delays are seen early and follow-up is paid for from the same budget"
)
WORDS = [word.strip("();,") for word in PROSE.split()]


@dataclass(frozen=True)
class Sample:
    """A document as HTML, and what a reader must find in it: paragraphs and table rows."""

    html: str
    paragraphs: list[str]
    rows: list[list[list[str] | None]]


def sentences(chance: random.Random, words: int) -> str:
    text = []
    while words > 0:
        length = min(words, chance.randint(5, 18))
        words -= length
        sentence = " ".join(chance.choice(WORDS) for _ in range(length))
        text.append(f"{sentence[:1].upper()}{sentence[1:]}.")
    return " ".join(text)


def sample(seed: int) -> Sample:
    """A page like those of evaluation centres: a title, labels, prose, a list, a long table, prose again."""
    chance = random.Random(seed)  # noqa: S311 - only to have other words each time
    paragraphs = [
        "Review of the village pumps",
        "Evaluation Type: Outcome",
        "Management Response:",
        sentences(chance, 120),
        f"1. Recommendation: {sentences(chance, 25)}",
        sentences(chance, 80),
    ]
    bullets = [sentences(chance, chance.choice((3, 30, 12))) for _ in range(4)]
    html = [f"<h1>{paragraphs[0]}</h1>", *(f"<p>{text}</p>" for text in paragraphs[1:4])]
    html += [f"<h2>{paragraphs[4]}</h2>", f"<p>{paragraphs[5]}</p>", "<ul>"]
    html += [*(f"<li>{text}</li>" for text in bullets), "</ul>", "<p>Key Actions:</p>"]
    rows: list[list[list[str] | None]] = [[[title] for title in HEAD]]
    html += ["<table border=1 width=100% cellpadding=4 cellspacing=0><thead><tr>"]
    html += [*(f"<th>{title}</th>" for title in HEAD), "</tr></thead><tbody>"]
    covered = 0
    for number in range(1, 19):
        row: list[list[str] | None] = []
        html.append("<tr>")
        if covered:
            row.append(None)
            covered -= 1
        else:
            covered = chance.choice((0, 0, 0, 1, 2))
            action = f"{number}. {sentences(chance, chance.choice((9, 20, 45)))}"
            row.append([action])
            html.append(f"<td rowspan={covered + 1}><p>{action}</p></td>")
        comments = [sentences(chance, chance.choice((6, 40, 90))) for _ in range(chance.choice((1, 1, 2)))]
        row += [[chance.choice(UNITS)], [f"20{chance.randint(20, 26)}/{chance.randint(1, 12):02}"]]
        row += [[chance.choice(STATUSES)], comments, chance.choice(([], ["Annex B"]))]
        html += ["<td>" + "".join(f"<p>{text}</p>" for text in cell or ()) + "</td>" for cell in row[1:]]
        html.append("</tr>")
        rows.append(row)
    leftward = "توافق الإدارة على التوصية وستعمل مع 12 شريكا"
    after = ["Contact: the planning unit", sentences(chance, 60)]
    html += ["</tbody></table>", *(f"<p>{text}</p>" for text in after)]
    html.append(f"<p dir=rtl>{leftward}</p>")
    after.append(leftward)
    paragraphs += [*(f"• {text}" for text in bullets), "Key Actions:", *after]
    style = "@page {size: 29.7cm 21cm; margin: 2cm} body {font-family: 'Liberation Sans'; font-size: 10pt}"
    style += " h1, h2 {font-family: 'Liberation Sans'} h1 {font-size: 18pt} h2 {font-size: 14pt}"
    bands = "<div title=header><p>Register of evaluations</p></div>"
    bands += "<div title=footer><p>Page <sdfield type=PAGE subtype=RANDOM format=PAGE>1</sdfield></p></div>"
    page = f"<html><head><meta charset=utf-8><style>{style}</style></head><body>{bands}{''.join(html)}</body></html>"
    return Sample(page, paragraphs, rows)


def office(folder: Path, file: Path, to: str, *options: str) -> Path:
    """Convert a file by LibreOffice, with a profile of its own."""
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", *options, "--convert-to", to]
    subprocess.run(
        [*command, "--outdir", str(folder), str(file)],
        check=True,
        timeout=PATIENCE,
        capture_output=True,
    )
    return folder / f"{file.stem}.{to.partition(':')[0]}"


@pytest.fixture(autouse=True)
def _with_office() -> None:
    if shutil.which("soffice") is None:
        reason = "LibreOffice is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


def printed(folder: Path, html: str, way: str) -> Page:
    """The page that the PDF of an HTML is read as, made by way of .odt or .docx."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    middle = office(folder, file, "odt", "--infilter=HTML (StarWriter)")
    if way == "docx":
        middle = office(folder, middle, "docx:MS Word 2007 XML")
    return read_pdf(office(folder, middle, "pdf").read_bytes(), "page.pdf")


@pytest.mark.parametrize("way", ["odt", "docx"])
@pytest.mark.parametrize("seed", range(3))
def test_what_the_document_says_is_read_whole_though_the_table_breaks_over_pages(
    tmp_path: Path, seed: int, way: str
) -> None:
    document = sample(seed)
    page = printed(tmp_path, document.html, way)
    lines = [block.text for block in page.blocks if isinstance(block, Line) and not block.blank]
    assert sorted(lines) == sorted(document.paragraphs)
    tables = [block for block in page.blocks if isinstance(block, Table)]
    assert len(tables) == 1
    assert len(tables[0].rows) == len(document.rows)
    for row, expected in zip(tables[0].rows, document.rows, strict=True):
        assert [None if cell.spanned else [line.text for line in cell.lines] for cell in row] == expected
    reasons = {why.partition(",")[0] for _, why in page.left_out}
    assert reasons == {"page header", "page footer", "the head of the table"}
    assert [line.number for line in page.lines] == list(range(1, len(page.lines) + 1))


def test_a_locked_pdf_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<p>Evaluation Type: Outcome</p>", encoding="utf-8")
    wish = '{"EncryptFile":{"type":"boolean","value":"true"},'
    wish += '"DocumentOpenPassword":{"type":"string","value":"well"}}'
    locked = office(tmp_path, file, f"pdf:writer_web_pdf_Export:{wish}")
    with pytest.raises(Exception, match=r"locked by a password; save it without"):
        read_pdf(locked.read_bytes(), "page.pdf")
