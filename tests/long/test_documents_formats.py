"""Documents as other programs see them: a CommonMark parser, the Nu HTML checker, LibreOffice, PDF readers."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from apart import node_package
from markdown_it import MarkdownIt
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from conftest import RECORDS, Run
from waterworks import begin

pytestmark = pytest.mark.long

EVIL = "<script>alert(1)</script> {{7*7}} {%p if x %} [press](javascript:alert(1)) &amp; ]]> \\ | *b* `c`"
MIXED = "مرحبا \u05e9\u05dc\u05d5\u05dd 漢字"
ENDLESS = "W" * 20_000
ACTIONS = 300
TEMPLATES = ("management-response", "brief", "portfolio")


def program(name: str) -> str:
    """A program of the system; skips where it is missing, but in CI fails."""
    if shutil.which(name) is None:
        reason = f"{name} is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return name


def hostile() -> str:
    said = json.dumps(EVIL)
    lines = [
        "schema: 1",
        "id: hostile-2024",
        f"title: {said}",
        "description: |",
        f"  {EVIL}",
        "",
        f"  {ENDLESS}",
    ]
    lines += ["report_date: 2024-01-01", "management_response:", "  required: true", "  approved_by:"]
    lines += [f"    name: {said}", "recommendations:", '  - id: "1"', f"    title: {said}", "    text: |"]
    lines += [f"      {EVIL}", "      # no heading", "      - item", "    actions:"]
    for number in range(1, ACTIONS + 1):
        lines += [f'      - id: "1.{number}"', "        text: |", f"          MARK{number:03} {EVIL} {MIXED}"]
        lines += [f"        responsible: {said}", "        due: 2025-01", "        history:"]
        lines += ["          - date: 2024-03-01", "            due: 2025-01", f"            by: {said}"]
        lines += [
            f"            responsible: {said}",
            "            comment: |",
            f"              NOTE{number:03} {EVIL}",
        ]
        lines += ["            documents:", f"              - title: {said}"]
        lines += [
            f"                url: {'javascript:alert(1)' if number % 2 else 'https://example.org/?a=<b>'}"
        ]
    return "\n".join([*lines, "  - id: empty", "    title: Nothing below", ""])


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real records and the hostile one."""
    place = tmp_path_factory.mktemp("corpus")
    shutil.copytree(RECORDS, place / "records")
    (place / "records" / "hostile-2024.yaml").write_text(hostile(), "utf-8")
    return place


Make = Callable[[str], list[Path]]


@pytest.fixture
def make(corpus: Path, tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Every document of every template in one format."""
    monkeypatch.chdir(corpus)

    def run(kind: str) -> list[Path]:
        for name, *more in (("unossc-2020", "--history"), ("unece-2021",), ("hostile-2024",)):
            done = mrtrack("render", name, *more, "-o", str(tmp_path / f"{name}.{kind}"))
            assert done.code == 0, done.err
        for name in TEMPLATES[1:]:
            done = mrtrack(
                "render", "--template", name, "--since", "2021", "-o", str(tmp_path / f"{name}.{kind}")
            )
            assert done.code == 0, done.err
        return sorted(tmp_path.glob(f"*.{kind}"))

    return run


def test_markdown_is_commonmark_that_holds_everything_and_no_html(make: Make) -> None:
    for path in make("md"):
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(path.read_text("utf-8"))
        inner = [child for token in tokens for child in token.children or ()]
        kinds = {token.type for token in (*tokens, *inner)}
        assert not kinds & {"html_block", "html_inline", "image", "code_block", "fence"}, path
        links = [str(child.attrGet("href")) for child in inner if child.type == "link_open"]
        assert [link for link in links if not link.startswith("https://")] == []
        if path.stem == "hostile-2024":
            shown = "".join(child.content for child in inner)
            assert complete(shown)


def test_the_nu_html_checker_finds_nothing(make: Make, tmp_path: Path) -> None:
    program("java")
    jar = node_package(tmp_path / "nu", "vnu-jar") / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    pages = make("html")
    assert len(pages) == 5
    # Which language a text seems to be in is a guess of the checker, and made-up text is in none.
    command = ["java", "-jar", str(jar), "--no-langdetect", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    text = (tmp_path / "hostile-2024.html").read_text("utf-8")
    assert complete(text)
    assert "<script" not in text
    assert 'href="javascript' not in text


def test_word_opens_in_libreoffice_with_everything_in_it(make: Make, tmp_path: Path) -> None:
    program("soffice")
    program("pdftotext")
    documents = make("docx")
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), *map(str, documents)], check=True, capture_output=True
    )
    for document in documents:
        assert document.with_suffix(".pdf").is_file(), document
    assert complete(text_of(tmp_path / "hostile-2024.pdf"))
    assert pages_of(tmp_path / "brief.pdf") == 1


def test_pdf_is_tagged_and_bookmarked_and_holds_everything(make: Make, tmp_path: Path) -> None:
    program("pdftotext")
    for path in make("pdf"):
        about = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
        assert re.search(r"^Tagged: +yes$", about, re.MULTILINE), path
        assert re.search(r"^JavaScript: +no$", about, re.MULTILINE), path
        with PdfDocument(path) as document:
            assert len(list(document.get_toc())) >= 4, path
    assert complete(text_of(tmp_path / "hostile-2024.pdf"))
    assert pages_of(tmp_path / "brief.pdf") == 1


def test_a_row_longer_than_a_page_has_the_head_of_its_table_on_each(
    folder: Path, tmp_path: Path, mrtrack: Run
) -> None:
    water = begin(folder)
    before = "              The meeting was moved to follow the budget."
    text = water.read_text(encoding="utf-8")
    assert text.count(before) == 1
    water.write_text(text.replace(before, f"              {'Many words of it. ' * 300}"), encoding="utf-8")
    made = tmp_path / "water.pdf"
    assert mrtrack("render", "water-2021", "-o", str(made)).code == 0
    pages = [page for page in text_of(made).split("\f") if "Many words" in page]
    assert len(pages) > 1
    assert all("Responsible" in page for page in pages)


def test_the_same_record_and_day_give_the_same_pdf(
    corpus: Path, tmp_path: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus)
    made = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    for path in made:
        assert mrtrack("render", "unece-2021", "-o", str(path)).code == 0
    assert made[0].read_bytes() == made[1].read_bytes()


def complete(text: str) -> bool:
    """Whether all actions and comments are there, and nothing was computed."""
    words = re.sub(r"[\s\u200b-]", "", text)
    wanted = [f"{mark}{number:03}" for mark in ("MARK", "NOTE") for number in range(1, ACTIONS + 1)]
    missing = [mark for mark in wanted if mark not in words]
    assert missing == []
    assert words.count("W") >= len(ENDLESS)
    return "7*7" in words or "7\\*7" in words


def text_of(path: Path) -> str:
    """The text of a PDF."""
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


def pages_of(path: Path) -> int:
    """How many pages a PDF has."""
    about = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    return int(re.findall(r"^Pages: +(\d+)$", about, re.MULTILINE)[0])
