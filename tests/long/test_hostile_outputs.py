"""What is made of records whose every text tries to be more than text: nothing in it runs, links or adds itself."""

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from icalendar import Calendar
from markdown_it import MarkdownIt

from conftest import Run, git
from hostile_fields import hostile_records
from inert import harmful
from parsed import Page

pytestmark = pytest.mark.long

COMPUTED = str(1234 * 1234)
TAG = "{{1234*1234}}"
FORMULA = re.compile(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
HEADERS = {"X-Unsent", "Date", "Subject", "Message-ID", "MIME-Version", "Content-Type", "To"}
EVENT = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP", "BEGIN", "END"}
CALENDAR = {"VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME"}
LOADING = {"img", "iframe", "object", "embed", "base", "form", "svg", "math", "link", "meta"}


@pytest.fixture
def out(folder: Path, mrtrack: Run) -> Path:
    """A folder with all that mrtrack makes of hostile records."""
    (name, _) = hostile_records(folder, 2)
    git("add", "--all")
    git("commit", "--quiet", "--message", "One")
    made = folder.parent / "out"
    made.mkdir()
    for asked in (
        f"site {made}/site",
        f"ask -o {made}/asked",
        f"ask -o {made}/asked-csv --format csv",
        f"remind -o {made}/reminded",
        f"render {name} -o {made}/full.md --history",
        f"render {name} -o {made}/full.html --history",
        f"render {name} -o {made}/full.docx --history",
        f"render -o {made}/portfolio.html --template portfolio",
        f"render {name} -o {made}/brief.md --template brief",
        f"export csv -o {made}/rows.csv",
        f"export ics -o {made}/due.ics",
        f"export xlsx -o {made}/book.xlsx",
        f"export sqlite -o {made}/book.sqlite",
        f"export json -o {made}/rows.json",
    ):
        told = mrtrack(*asked.split())
        assert told.code == 0, (asked, told.err)
    for name, asked in {"digest.md": "--format md", "digest.html": "--html"}.items():
        told = mrtrack("history", "--digest", "--since", "2021", *asked.split())
        (made / name).write_text(told.out, encoding="utf-8")
    return made


def found(out: Path, suffix: str) -> Iterator[Path]:
    """The files of a kind, of which there is one at least."""
    paths = sorted(out.rglob(f"*{suffix}"))
    assert paths, suffix
    yield from paths


def check_page(path: Path) -> None:
    page = Page(path)
    assert COMPUTED not in page.text
    assert not [tag for tag, given in page.tags if tag == "script" and set(given) - {"src", "defer"}]
    assert not [key for _, given in page.tags for key in given if key.startswith("on")]
    assert not [
        given
        for tag, given in page.tags
        if tag in LOADING
        and any("evil" in str(value) or "javascript" in str(value) for value in given.values())
    ]
    assert not [
        link for link in page.all("href") if re.match(r"\s*(javascript|data|vbscript):", link, re.IGNORECASE)
    ]


def test_nothing_that_is_made_of_hostile_records_is_more_than_their_text(out: Path) -> None:
    for path in found(out, ".html"):
        check_page(path)
    assert any(TAG in Page(path).text for path in found(out, ".html"))

    for path in found(out, ".md"):
        text = path.read_text(encoding="utf-8")
        assert harmful(text) == [], path
        assert COMPUTED not in text
        html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
        assert "<script" not in html, path
        assert not re.search(r"<b |<w:p", html), path
        assert 'href="https://evil.example' not in html, path

    for path in found(out, ".csv"):
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
        assert not [cell for row in rows for cell in row if FORMULA.match(cell)], path

    for path in found(out, ".xlsx"):
        with ZipFile(path) as package:
            parts = {name: package.read(name).decode() for name in package.namelist()}
        assert not [name for name in parts if re.search("external|vba|embed|queries", name)], path
        sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
        assert not [text for text in sheets if re.search(r"<f[\s>/]", text)], path
        assert not [name for name, text in parts.items() if name.endswith(".rels") and "evil" in text], path
        assert any("evil.example" in text for text in parts.values()), path

    for path in found(out, ".ics"):
        content = path.read_bytes()
        events = Calendar.from_ical(content).walk("VEVENT")
        lines = content.decode().replace("\r\n ", "").split("\r\n")
        assert len(events) == content.count(b"BEGIN:VEVENT") > 0
        assert {re.split("[:;]", line)[0] for line in lines if line} <= EVENT | CALENDAR

    for path in found(out, ".eml"):
        mail = message_from_bytes(path.read_bytes(), policy=default)
        assert set(mail.keys()) <= HEADERS, path
        assert len(mail.keys()) == len(set(mail.keys()))
        assert mail["To"] is None
        assert not mail.defects
        assert harmful(str(mail["Subject"])) == []
        assert COMPUTED not in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]

    (path,) = found(out, ".docx")
    with ZipFile(path) as package:
        inside = package.read("word/document.xml").decode()
        links = package.read("word/_rels/document.xml.rels").decode()
    assert not re.search("<w:instrText[^>]*>[^<]*(DDE|evil)", inside)
    assert "<script" not in inside
    assert not re.search('oleObject|attachedTemplate|Target="file', links)
    text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert TAG in text
    assert COMPUTED not in text

    (path,) = found(out, ".sqlite")
    database = sqlite3.connect(path)
    assert database.execute("SELECT count(*) FROM actions").fetchone()[0] == 2
    assert database.execute("SELECT count(*) FROM actions WHERE text LIKE '%DROP TABLE%'").fetchone()[0] == 2
    database.close()
