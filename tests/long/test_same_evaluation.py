"""One evaluation as text, web page, Word document and PDF: the same record, and what differs is in the account."""

import html
import os
import random
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import SHARED
from mrtrack.importers.assembling.assembly import Assembled, Given
from mrtrack.importers.formats.catalogue import read_page
from mrtrack.importers.importing import import_page, terms_of
from mrtrack.model.settings import Settings

pytestmark = pytest.mark.long

PATIENCE = 240
HEAD = ("Key Action", "Responsible", "DueDate", "Status", "Comments", "Documents")
STATUSES = ("Completed", "Initiated", "Not Initiated", "No Longer Applicable")
SEED = SHARED / "seeds" / "000_9affc7f0a352c595.txt"
TALK = (
    "the keepers of every tower walked down to the harbour and looked at the lamps with people of the villages "
    "who had painted them before so that ropes and boats and oil could be counted early and paid for from one purse"
)
WORDS = TALK.split()
STYLE = "@page {size: 29.7cm 21cm; margin: 2cm} body {font-family: 'Liberation Sans'; font-size: 10pt}"
BANDS = (
    "<div title=header><p>Register of lighthouse reviews</p></div>"
    "<div title=footer><p>Sheet <sdfield type=PAGE subtype=RANDOM format=PAGE>1</sdfield></p></div>"
)


@dataclass(frozen=True)
class Row:
    """An action as an evaluation centre prints it."""

    number: str
    text: str
    unit: str
    due: str
    status: str
    comment: str
    stamp: str = "[Added: 2020/08/03] [Last Updated: 2021/02/15]"
    history: bool = True


@dataclass(frozen=True)
class Sample:
    """The same evaluation as the text of a page and as a web page with real tables."""

    text: str
    body: str


@dataclass(slots=True)
class Prose:
    """Sentences that are the same in every run."""

    chance: random.Random

    def words(self, number: int) -> str:
        text = []
        while number > 0:
            length = min(number, self.chance.randint(5, 16))
            number -= length
            sentence = " ".join(self.chance.choice(WORDS) for _ in range(length))
            text.append(f"{sentence[:1].upper()}{sentence[1:]}.")
        return " ".join(text)


def paragraphs(*lines: str) -> str:
    return "".join(f"<p>{html.escape(line)}</p>\n" for line in lines)


def head(titles: tuple[str, ...]) -> str:
    cells = "".join(f"<th>{title}</th>" for title in titles)
    return f'<table border="1" width="100%" cellpadding="4" cellspacing="0"><thead><tr>{cells}</tr></thead><tbody>\n'


def cell(*lines: str, rows: int = 1) -> str:
    span = f' rowspan="{rows}"' if rows > 1 else ""
    return f"<td{span}>{'<br>'.join(map(html.escape, lines))}</td>"


def centre_table(rows: list[Row]) -> tuple[str, str]:
    """The key actions of a recommendation as the lines of a page, and as a table.

    Its last cell spans all rows, or where their number is odd, the comments go over the last two columns.
    """
    lines, table = [" ".join(HEAD)], head(HEAD)
    for nth, row in enumerate(rows):
        last = " History" if row.history else ""
        lines += [f"{row.number} {row.text}", row.stamp]
        lines += [f"{row.unit} {row.due} {row.status} {row.comment}".rstrip() + last]
        wide = ' colspan="2"' if len(rows) % 2 else ""
        comment = (
            f"<td{wide}>{html.escape(row.comment)}{' <a href=#h>History</a>' if row.history else ''}</td>"
        )
        documents = cell(rows=len(rows)) if nth == 0 and not wide else ""
        first = cell(f"{row.number} {row.text}", row.stamp)
        table += f"<tr>{first}{cell(row.unit)}{cell(row.due)}{cell(row.status)}{comment}{documents}</tr>\n"
    return "\n".join(lines) + "\n", table + "</tbody></table>\n"


def centre_page() -> Sample:
    """A response page of an evaluation centre whose tables break over pages."""
    prose = Prose(random.Random(3))  # noqa: S311 - the same words in every run
    top = [
        "Review of the lighthouse programme",
        "Commissioning Unit: Benin",
        "Evaluation Plan: 2018-2022, Benin",
        "Evaluation Type: Project",
        "Completion Date: 06/2020",
        "Unit Responsible for providing Management Response: Benin",
        "Documents Related to overall Management Response:",
    ]
    text, body = "\n".join(top) + "\n\n", paragraphs(*top)
    for number in range(1, 5):
        asked, answered, also = prose.words(35), prose.words(60), prose.words(25)
        rows = []
        for nth in range(1, 6 + number % 2):
            unit, status = f"Port office {nth}, supported by the school", STATUSES[(nth + number) % 4]
            due, comment = f"2021/{nth + number:02}", prose.words(10 + 15 * nth)
            rows.append(Row(f"{number}.{nth}", prose.words(25), unit, due, status, comment))
        below = ["Management Response: [Added: 2020/08/03]", answered, also, "Key Actions:"]
        lines, table = centre_table(rows)
        title = f"{number}. Recommendation:"
        text += "\n\n".join([title, asked, *below, lines])
        body += f"<h3>{title}</h3>\n{paragraphs(asked, *below)}{table}"
    return Sample(text, body)


def response_document() -> Sample:
    """A response as one table in an order of its own; what is asked and answered spans the rows of its actions."""
    prose = Prose(random.Random(5))  # noqa: S311 - the same words in every run
    titles = (
        "Deadline",
        "No.",
        "Recommendation",
        "Management response",
        "Action",
        "Responsible unit",
        "Status",
    )
    top = "Management response to the review of the harbour schools"
    text = f"{top}\n\n| " + " | ".join(titles) + " |\n" + "|---" * len(titles) + "|\n"
    table = head(titles)
    for number, actions in enumerate((3, 1, 4, 2), 1):
        asked, answered = prose.words(50), f"Partially accepted. {prose.words(30 * number)}"
        for nth in range(actions):
            due, unit, status = (
                f"{nth + 1:02}/20{20 + number}",
                f"School board {nth}",
                STATUSES[(nth + number) % 4],
            )
            action = prose.words(15 + 20 * nth)
            shown = (str(number), asked, answered) if nth == 0 else ("", "", "")
            text += f"| {' | '.join((due, *shown, action, unit, status))} |\n"
            spanning = "".join(cell(words, rows=actions) for words in shown) if nth == 0 else ""
            table += f"<tr>{cell(due)}{spanning}{''.join(map(cell, (action, unit, status)))}</tr>\n"
    return Sample(text, f"{paragraphs(top)}{table}</tbody></table>\n")


def published_page() -> Sample:
    """The published evaluation page, with its lines as paragraphs, lists and tables."""
    if not SEED.exists():
        pytest.skip("the published page is not here")
    text = SEED.read_text("utf-8")
    return Sample(text, "".join(published_parts(text.split("\n"))))


def published_parts(lines: list[str]) -> Iterator[str]:
    tail = re.compile(r"(.*?) (\d{4}/\d\d) (Completed|Initiated) (.*)")
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        at += 1
        if line == " ".join(HEAD):
            rows = []
            while at + 2 < len(lines) and lines[at + 1].startswith("[Added"):
                found = tail.fullmatch(lines[at + 2])
                assert found
                number, _, action = lines[at].partition(" ")
                comment = found[4].removesuffix("History").strip()
                history = found[4].endswith("History")
                rows.append(
                    Row(number, action, found[1], found[2], found[3], comment, lines[at + 1], history)
                )
                at += 3
            yield centre_table(rows)[1]
        elif line.startswith("•"):
            yield f"<ul><li>{html.escape(line[1:].strip())}</li></ul>\n"
        elif re.fullmatch(r"\d+\. Recommendation:", line):
            yield f"<h3>{line}</h3>\n"
        elif line:
            yield paragraphs(line)


SAMPLES = {
    "an evaluation centre's page": centre_page,
    "a response as one table": response_document,
    "the published page": published_page,
}


@pytest.fixture(autouse=True)
def _with_office() -> None:
    if shutil.which("soffice") is None:
        reason = "LibreOffice is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


def office(folder: Path, file: Path, to: str, *options: str) -> Path:
    """Convert a file by LibreOffice, with a profile of its own."""
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", *options, "--convert-to", to]
    subprocess.run(
        [*command, "--outdir", str(folder), str(file)], check=True, timeout=PATIENCE, capture_output=True
    )
    return folder / f"{file.stem}.{to.partition(':')[0]}"


def files_of(sample: Sample, folder: Path) -> list[Path]:
    """The evaluation in every format; what is printed on each sheet of paper stands in the last two only."""
    page = "<!DOCTYPE html><html><head><meta charset=utf-8><title>Lighthouses</title><style>{}</style></head><body>{}"
    text, web, printed = folder / "page.txt", folder / "page.html", folder / "printed.html"
    text.write_text(sample.text, encoding="utf-8")
    web.write_text(page.format(STYLE, sample.body) + "</body></html>", encoding="utf-8")
    printed.write_text(page.format(STYLE, BANDS + sample.body) + "</body></html>", encoding="utf-8")
    odt = office(folder, printed, "odt:writer8", "--infilter=HTML (StarWriter)")
    return [text, web, office(folder, odt, "docx:MS Word 2007 XML"), office(folder, odt, "pdf")]


def imported(file: Path) -> Assembled:
    return import_page(
        read_page(file.read_bytes(), file.name), terms_of(Settings()), Given(2026, ids=["same"])
    )


def normalised(data: Any) -> Any:
    """What a record says, without what names the file, each text on one line."""
    if isinstance(data, dict):
        return {key: normalised(value) for key, value in data.items() if key != "sources"}
    if isinstance(data, (list, tuple)):
        return [normalised(value) for value in data]
    return re.sub(r"\s+", " ", data).strip() if isinstance(data, str) else data


def words_of_fields(assembled: Assembled) -> Counter[str]:
    """The words of the source that its account calls a field."""
    parts = [part for line in assembled.account.lines for part in line.stretches if part.fate == "field"]
    return Counter(word for part in parts for word in part.text.split())


@pytest.mark.parametrize("name", SAMPLES)
def test_every_format_gives_the_same_record_and_an_account_of_what_differs(tmp_path: Path, name: str) -> None:
    files = files_of(SAMPLES[name](), tmp_path)
    text, *others = map(imported, files)
    (expected,) = text.records
    assert len(expected["recommendations"]) >= 4
    assert sum(len(one["actions"]) for one in expected["recommendations"]) >= 10
    for file, assembled in zip(files, (text, *others), strict=True):
        account = assembled.account
        assert [(line.place, line.left_over) for line in account.left_over] == [], file.suffix
        assert all(part.where for line in account.lines for part in line.stretches), file.suffix
    for file, assembled in zip(files[1:], others, strict=True):
        (record,) = assembled.records
        assert normalised(record) == normalised(expected), file.suffix
        assert words_of_fields(assembled) == words_of_fields(text), file.suffix


@pytest.mark.parametrize("name", SAMPLES)
def test_what_every_sheet_of_paper_repeats_is_named_in_the_account(tmp_path: Path, name: str) -> None:
    word, paper = (imported(file).account for file in files_of(SAMPLES[name](), tmp_path)[2:])
    for account in (word, paper):
        told = [part for line in account.lines for part in line.stretches]
        assert any(
            part.text == "Register of lighthouse reviews" and part.fate == "furniture" for part in told
        )
    sheets = [
        part.where for line in paper.lines for part in line.stretches if re.fullmatch(r"Sheet \d+", part.text)
    ]
    assert len(sheets) >= 2
    assert {where.partition(",")[0] for where in sheets} == {"page footer"}
