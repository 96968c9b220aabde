"""Templates of documents: what there is, what they may not do, and how they say what is wrong with them."""

import io
import re
import zipfile
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import word_templates
from conftest import ROOT
from mrtrack.edit.refusal import Refused
from mrtrack.reports.documents import contents
from mrtrack.reports.documents.catalogue import Kind, template_named, templates
from mrtrack.reports.documents.links import link_addresses
from mrtrack.reports.documents.pdf import pdf
from mrtrack.reports.documents.word import word
from mrtrack.reports.documents.wording import date_in_words, shortened, table
from mrtrack.reports.templates import rendered

DAY = date(2026, 11, 22)


def word_template(folder: Path, text: str) -> Path:
    document = Document()
    document.add_paragraph(text)
    path = folder / "own.docx"
    document.save(str(path))
    return path


@pytest.mark.parametrize("name", word_templates.MADE)
def test_a_word_template_that_ships_is_the_one_its_script_makes(name: str) -> None:
    shipped = zipfile.ZipFile(ROOT / "templates" / name)
    made = zipfile.ZipFile(io.BytesIO(word_templates.content(name)))
    assert shipped.namelist() == made.namelist()
    assert [part for part in made.namelist() if shipped.read(part) != made.read(part)] == []


def test_all_that_a_template_can_show_is_told_in_the_docs() -> None:
    page = (ROOT / "docs" / "templates.md").read_text("utf-8")
    kinds = [kind for kind in vars(contents).values() if is_dataclass(kind) and isinstance(kind, type)]
    assert len(kinds) > 10
    for kind in kinds:
        whole = page.split("## What a template can show")[1]
        told = whole if kind is contents.Contents else whole.split(f"**{kind.__name__}**")[1].split("\n\n")[0]
        assert [field.name for field in fields(kind) if f"`{field.name}`" not in told] == [], kind


def test_an_own_template_is_listed_with_its_comment_and_its_formats(tmp_path: Path) -> None:
    (tmp_path / "agenda.md.j2").write_text("{# what to talk\n about #}\nhello", "utf-8")
    (tmp_path / "_part.md.j2").write_text("", "utf-8")
    (tmp_path / "show.md.j2").write_text("", "utf-8")
    (tmp_path / "brief.docx").write_bytes(b"")
    found = {one.name: one for one in templates(tmp_path)}
    assert list(found) == ["management-response", "brief", "portfolio", "agenda"]
    assert (found["agenda"].about, list(found["agenda"].files), found["agenda"].is_own) == (
        "what to talk about",
        [Kind.MD],
        True,
    )
    assert found["brief"].file(Kind.DOCX) == tmp_path / "brief.docx"
    with pytest.raises(Refused, match="agenda makes no pdf"):
        found["agenda"].file(Kind.PDF)
    with pytest.raises(Refused, match="did you mean agenda"):
        template_named("agend", tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ ''.__class__.__mro__ }}", "unsafe|has no"),
        ("{{ titel }}", "'titel' is undefined"),
        ("{{ fact.titel }}", "a fact has no “titel”"),
        ("{% if %}", "own.docx"),
        ("{{ fact.name | nonsense }}", "nonsense"),
    ],
)
def test_a_word_template_that_fails_says_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    fact = contents.Fact(name="a", value="b")
    with pytest.raises(Refused, match=told):
        word(word_template(tmp_path, text), {"fact": fact}, DAY)


def test_a_hostile_word_template_runs_no_command(tmp_path: Path) -> None:
    touched = tmp_path / "touched"
    attack = "{{ cycler.__init__.__globals__.os.system('touch " + str(touched) + "') }}"
    with pytest.raises(Refused):
        word(word_template(tmp_path, attack), {}, DAY)
    assert not touched.exists()


def test_text_in_word_is_shown_as_typed_and_never_run(tmp_path: Path) -> None:
    text = "<w:p> & {{ 7*7 }} {%p if x %} ]]>"
    made = word(word_template(tmp_path, "{{ text }}"), {"text": text}, DAY)
    assert Document(io.BytesIO(made)).paragraphs[0].text == text


def test_addresses_of_the_web_and_of_mail_are_links_in_word_and_others_stay_text(tmp_path: Path) -> None:
    text = "See (https://a.example/x_(y)), mailto:m@a.example; javascript:alert(1) ftp://b.example http://[."
    made = Document(io.BytesIO(word(word_template(tmp_path, "Read: {{ text }}"), {"text": text}, DAY)))
    paragraph = made.paragraphs[0]
    assert paragraph.text == f"Read: {text}"
    assert [(link.text, link.address) for link in paragraph.hyperlinks] == [
        ("https://a.example/x_(y)", "https://a.example/x_(y)"),
        ("mailto:m@a.example", "mailto:m@a.example"),
    ]
    styles = {run.style.name for link in paragraph.hyperlinks for run in link.runs if run.style}
    assert styles == {"Hyperlink"}


@given(
    st.lists(st.sampled_from(["https://a.example/%", "http://b.example", " ", "(", ")", ".", "\n", "w", "|"]))
)
@settings(max_examples=20, deadline=None)
def test_links_take_nothing_from_the_text_of_a_word_document(parts: list[str]) -> None:
    text = "".join(parts)
    document = Document()
    run = document.add_paragraph().add_run(text)
    run.bold = True
    before = document.paragraphs[0].text
    link_addresses(document)
    assert document.paragraphs[0].text == before
    assert all(one.bold for one in document.paragraphs[0].runs)


def test_a_link_that_leads_elsewhere_is_no_template(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "secret").write_text("{# classified #}", encoding="utf-8")
    (folder / "own.md.j2").symlink_to(tmp_path / "secret")
    (folder / "brief.md.j2").symlink_to(tmp_path / "secret")
    assert "own" not in [one.name for one in templates(folder)]
    assert template_named("brief", folder).file(Kind.MD).parent != folder


def test_what_is_no_word_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    path.write_bytes(b"PK no")
    with pytest.raises(Refused, match="no Word document"):
        word(path, {}, DAY)


def test_a_failing_part_is_named_with_its_own_line(tmp_path: Path) -> None:
    (tmp_path / "page.md.j2").write_text("one\n{% include '_part.md.j2' %}\n", "utf-8")
    (tmp_path / "_part.md.j2").write_text("a\nb\n{{ nothing }}\n", "utf-8")
    with pytest.raises(Refused, match=r"_part\.md\.j2, line 3: 'nothing' is undefined"):
        rendered("page.md.j2", tmp_path)


def test_a_template_that_calls_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.md.j2").write_text("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "utf-8")
    with pytest.raises(Refused, match="calls itself"):
        rendered("page.md.j2", tmp_path)


def test_a_pdf_fetches_nothing() -> None:
    with pytest.raises(Refused, match=r"asks for file:///etc/hostname"):
        pdf("<html lang=en><title>t</title><body><img alt=x src='file:///etc/hostname'>")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2021", "2021"),
        ("2021-Q3", "Q3 2021"),
        ("2021-07", "July 2021"),
        ("2021-07-31", "31 July 2021"),
        ("ongoing", "ongoing"),
        ("", ""),
    ],
)
def test_a_date_reads_as_people_write_it(text: str, told: str) -> None:
    assert date_in_words(text) == told


@given(st.text(max_size=300), st.integers(5, 100))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text: str, length: int) -> None:
    line = shortened(text, length)
    assert len(line) <= length
    assert line == " ".join(text.split()) or line.endswith("…")


@settings(max_examples=40)
@given(st.lists(st.tuples(st.text("ab|*\\\n漢 ", max_size=9), st.integers(0, 999)), min_size=1, max_size=4))
def test_a_markdown_table_has_every_row_and_even_columns(rows: list[tuple[str, int]]) -> None:
    text = table(rows, ("What", "Number"))
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<tr>") == len(rows) + 1
    assert len(re.findall(r"<t[dh][ >]", html)) == 2 * (len(rows) + 1)
