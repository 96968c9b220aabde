"""`mrtrack render`: documents for people, in four formats, from the record and nothing else."""

import io
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

import waterworks
from conftest import Run


def test_a_management_response_shows_the_whole_record(folder: Path, mrtrack: Run) -> None:
    waterworks.begin(folder)
    answer = mrtrack("render", "water-2021")
    assert answer.code == 0
    for text in (
        "## Evaluation of the water programme",
        "| Approved by |",
        "## Recommendation 1: Plan together",
        "**Management response: Accepted**",
        "| 1.1    | July 2021 | Director     | Initiated, overdue by 1,940 days     |",
        "**1.2** Publish the plan.",
        "- Comment: The meeting was moved to follow the budget.",
        "**Management response: None yet**",
    ):
        assert text in answer.out, answer.out
    assert "## History" not in answer.out
    assert "2 March 2021, 1.1: Initiated" in mrtrack("render", "water-2021", "--history").out


def test_a_part_can_be_rendered_alone(folder: Path, mrtrack: Run) -> None:
    waterworks.begin(folder)
    text = mrtrack("render", "water-2021:1.2").out
    assert "Only a part is shown here: water-2021:1.2" in text
    assert "Publish the plan" in text
    assert "Hold one planning meeting" not in text


def test_the_ending_of_the_file_says_the_format_and_many_go_into_a_folder(folder: Path, mrtrack: Run) -> None:
    waterworks.begin(folder)
    assert mrtrack("render", "water-2021", "-o", "water.html").code == 0
    assert Path("water.html").read_text("utf-8").startswith("<!doctype html>")
    both = ("render", "water-2021", "harbour-2022", "--format", "docx")
    assert mrtrack(*both).code == 2
    assert mrtrack(*both, "-o", "one.docx").code == 2
    assert mrtrack(*both, "-o", "out").code == 0
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "harbour-2022-management-response.docx",
        "water-2021-management-response.docx",
    ]


def test_word_has_repeating_headings_a_landscape_part_and_real_styles(folder: Path, mrtrack: Run) -> None:
    waterworks.begin(folder)
    assert mrtrack("render", "water-2021", "-o", "water.docx").code == 0
    document = Document("water.docx")
    assert [section.orientation for section in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
    ]
    actions = next(one for one in document.tables if one.rows[0].cells[0].text == "Key action")
    assert actions.rows[0]._tr.findall(f".//{qn('w:tblHeader')}")
    assert len(actions.rows) == 5
    headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings[:3] == ["Evaluation", "Recommendation 1: Plan together", "Recommendation 2"]
    assert document.core_properties.title == "Management response: Evaluation of the water programme"


@pytest.mark.parametrize("kind", ["md", "html", "docx"])
def test_the_same_record_and_day_give_the_same_bytes(folder: Path, mrtrack: Run, kind: str) -> None:
    waterworks.begin(folder)
    for name in ("a", "b"):
        assert mrtrack("render", "water-2021", "-o", f"{name}.{kind}").code == 0
    assert Path(f"a.{kind}").read_bytes() == Path(f"b.{kind}").read_bytes()
    if kind == "docx":
        parts = zipfile.ZipFile(io.BytesIO(Path("a.docx").read_bytes()))
        assert {entry.date_time[0] for entry in parts.infolist()} == {1980}


def test_what_is_not_to_be_published_is_in_no_document(folder: Path, mrtrack: Run) -> None:
    water = waterworks.begin(folder)
    record = water.read_text("utf-8").replace(
        "            status: initiated\n            due: 2021-07\n",
        "            status: initiated\n            due: 2021-07\n            internal: true\n",
    )
    water.write_text(record.replace("follow the budget.\n", "follow the budget.\n", 1), "utf-8")
    (folder / "mrtrack.toml").write_text(
        '[publish]\nomit = ["recommendations.actions.responsible", "recommendations.actions.history.responsible"]\n',
        "utf-8",
    )
    text = mrtrack("render", "water-2021", "--history").out
    assert "Hold one planning meeting" in text
    assert "follow the budget" not in text
    assert "Field office" not in text


def test_a_brief_tells_what_is_overdue_and_what_was_done_since(folder: Path, mrtrack: Run) -> None:
    waterworks.begin(folder)
    text = mrtrack("render", "--template", "brief", "--since", "2021-05").out
    overdue, _, rest = text.partition("## Open, by due date")
    stands_open, _, done = rest.partition("## Done since 1 May 2021")
    assert "water-2021:1.1" in overdue
    assert "water-2021:1.3" in stands_open
    assert "Name a planner." in done
    assert "Name a planner." not in mrtrack("render", "--template", "brief", "--since", "2021-06").out


def test_a_portfolio_counts_ranks_and_tells_the_changes_of_a_period(folder: Path, mrtrack: Run) -> None:
    waterworks.begin(folder)
    asked = ("render", "--template", "portfolio", "--since", "2021-02", "--until", "2021-03")
    text = mrtrack(*asked).out
    assert "# Portfolio of 2 evaluations" in text
    assert "2 March 2021, water-2021:1.1" in text
    assert "4 May 2021" not in text
    filtered = mrtrack(*asked, "--unit", "Field office").out
    assert "# Portfolio of 1 evaluation\n" in filtered
    assert "chosen: unit: Field office" in filtered


def test_a_document_is_refused_where_a_record_cannot_be_read_unless_partial(
    folder: Path, mrtrack: Run
) -> None:
    waterworks.begin(folder)
    (folder / "records" / "broken-2020.yaml").write_text("schema: 1\nid: [\n", "utf-8")
    refused = mrtrack("render", "water-2021")
    assert (refused.code, refused.out) == (1, "")
    assert "--partial" in refused.err
    told = mrtrack("render", "--template", "brief", "--partial")
    assert told.code == 0
    assert "Not read, and not counted: records/broken-2020.yaml" in told.out


def test_an_own_template_goes_first_and_says_where_it_fails(folder: Path, mrtrack: Run) -> None:
    waterworks.begin(folder)
    (folder / "templates").mkdir()
    own = folder / "templates" / "agenda.md.j2"
    own.write_text(
        "{# the agenda #}\n{% for action in overdue %}\n- {{ action.ref }}\n{% endfor %}\n", "utf-8"
    )
    assert mrtrack("render", "--template", "agenda").out == "- water-2021:1.1\n- water-2021:1.2\n"
    assert "the agenda (own)" in mrtrack("render", "--list").out
    own.write_text("{% for action in overdue %}\n- {{ action.titel }}\n{% endfor %}\n", "utf-8")
    failed = mrtrack("render", "--template", "agenda", "-o", "agenda.md")
    assert (failed.code, Path("agenda.md").exists()) == (1, False)
    assert "agenda.md.j2, line 2: an action has no “titel”" in failed.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 2, "name it"),
        (("nothing",), 1, "there is no evaluation"),
        (("water-2021", "--template", "breif"), 1, "did you mean brief?"),
        (("water-2021", "--open"), 2, "whole"),
        (("--organisation", "nobody"), 1, "choose no evaluation"),
        (("water-2021", "--as-of", "2020-01-01"), 1, "was not there yet"),
        (("water-2021", "--since", "2027", "--until", "2026"), 2, "before it begins"),
        (("water-2021", "-o", "missing/water.md"), 1, "there is no folder"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(
    folder: Path, mrtrack: Run, arguments: tuple[str, ...], code: int, told: str
) -> None:
    waterworks.begin(folder)
    answer = mrtrack("render", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert told in " ".join(answer.err.split())


@pytest.mark.parametrize(
    ("library", "kind", "extra"), [("docxtpl", "docx", "office"), ("weasyprint", "pdf", "pdf")]
)
def test_a_missing_extra_is_named(
    folder: Path, mrtrack: Run, monkeypatch: pytest.MonkeyPatch, library: str, kind: str, extra: str
) -> None:
    waterworks.begin(folder)
    monkeypatch.setitem(sys.modules, library, None)
    answer = mrtrack("render", "water-2021", "-o", f"water.{kind}")
    assert answer.code == 1
    assert f"mrtrack[{extra}]" in answer.err
    assert not Path(f"water.{kind}").exists()
