"""`history --digest`: on the screen, as Markdown, as a page and as JSON."""

import json
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from screens_of import plain, promised, put, put_broken, widest

from conftest import ROOT, Run

PERIOD = ("--since", "2021-09-01", "--until", "2022-06-30")


@pytest.fixture
def life(folder: Path) -> Path:
    """A repository with the evaluation whose one action lived through everything."""
    (folder / "records").mkdir()
    shutil.copy(ROOT / "tests" / "life" / "borehole-2020.yaml", folder / "records")
    return folder


@pytest.mark.usefixtures("life")
def test_the_screen_tells_a_meeting_what_changed_and_why(mrtrack: Run) -> None:
    answer = mrtrack("history", "--digest", *PERIOD)
    assert (answer.code, answer.err) == (0, "")
    assert plain(answer.out) == (
        "What changed from 1 September 2021 to 30 June 2022\n"
        "1 completed, 1 with a document · 1 date moved\n"
        "\n"
        "Evaluations that moved on  1\n"
        "  borehole-2020  cancelled (was planned)  by Evaluation office\n"
        "      Evaluation of the borehole programme\n"
        "      The programme was handed to the district.\n"
        "\n"
        "Completed, with a document  1\n"
        "  borehole-2020:1.1  completed by 2022-05-06, 6 days after it was due  by Field\n"
        "  operations\n"
        "      Train two caretakers for each borehole and hand over a box of spare parts.\n"
        "      The delivery notes of all districts are in.\n"
        "      Delivery notes https://example.org/deliveries\n"
        "\n"
        "Dates moved  1\n"
        "  borehole-2020:1.1  due 2021-02 → 2022-04-30  by Programme unit\n"
        "      Train two caretakers for each borehole and hand over a box of spare parts.\n"
        "      Opened again until the boxes are delivered.\n"
        "\n"
        "Verdicts  2\n"
        "  borehole-2020:1.1  not confirmed  by Evaluation office\n"
        "      Train two caretakers for each borehole and hand over a box of spare parts.\n"
        "      No spare parts were handed over.\n"
        "  borehole-2020:1.1  confirmed  by Audit unit\n"
        "      Train two caretakers for each borehole and hand over a box of spare parts.\n"
    )


@pytest.mark.usefixtures("life")
def test_markdown_and_the_page_tell_the_same(mrtrack: Run) -> None:
    markdown = mrtrack("history", "--digest", *PERIOD, "--format", "md").out
    assert markdown.startswith("# What changed from 1 September 2021 to 30 June 2022\n")
    page = mrtrack("history", "--digest", *PERIOD, "--format", "html").out
    assert page.startswith("<!doctype html>")
    for words in (
        "completed by 2022-05-06, 6 days after it was due",
        "Opened again until the boxes are delivered.",
        "due 2021-02 → 2022-04-30",
        "Delivery notes",
        "recorded by Audit unit",
    ):
        assert words in markdown
        assert words in page
    assert "\n\n\n" not in markdown


@pytest.mark.usefixtures("life")
def test_json_has_an_item_for_each_change(mrtrack: Run) -> None:
    document = json.loads(mrtrack("history", "--digest", *PERIOD, "--json").out)
    assert document["kind"] == "digest"
    assert [item["section"] for item in document["items"]] == [
        "Evaluations that moved on",
        "Completed, with a document",
        "Dates moved",
        "Verdicts",
        "Verdicts",
    ]
    assert document["items"][2]["reason"] == "Opened again until the boxes are delivered."
    assert mrtrack("history", "--digest", *PERIOD, "--format", "csv").out.startswith("section,ref,title,text")


def test_without_a_period_it_is_the_last_three_months_and_that_is_said(folder: Path, mrtrack: Run) -> None:
    put(folder, "a-2021", promised(due="2026-09", status="initiated"), report_date="2021")
    answer = mrtrack("history", "--digest")
    assert answer.out.startswith("What changed from 23 August 2026 to 22 November 2026\n1 became overdue\n")
    assert answer.err == "The last three months; --since and --until say otherwise.\n"
    answer = mrtrack("history", "--digest", "--since", "2026-11", "--as-of", "2026-11-20")
    assert answer.out == (
        "What changed from 1 November 2026 to 20 November 2026\nNothing of note was recorded in this time.\n"
    )


@pytest.mark.usefixtures("life")
def test_filters_and_a_ref_choose_what_is_told(mrtrack: Run) -> None:
    below = mrtrack("history", "borehole-2020:1", "--digest", *PERIOD).out
    assert "borehole-2020:1.1" in below
    assert "cancelled" not in below
    assert "Nothing of note" in mrtrack("history", "--digest", *PERIOD, "--lead", "Nobody").out


def test_what_is_kept_back_does_not_leave_in_a_document(folder: Path, mrtrack: Run) -> None:
    action = promised(due="2021-12", status="initiated")
    action["history"].append({"date": "2022-01-10", "due": "2023", "comment": "Secret.", "internal": "true"})
    action["due"] = "2023"
    put(folder, "a-2021", action, report_date="2021")
    period = ("--since", "2022", "--until", "2022")
    assert "Secret." in mrtrack("history", "--digest", *period).out
    for form in ("md", "html"):
        document = mrtrack("history", "--digest", *period, "--format", form).out
        assert "Secret." not in document
        assert "due 2021-12 → 2023" in document


class Tags(HTMLParser):
    """The tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


def test_words_of_a_record_are_only_words(folder: Path, mrtrack: Run) -> None:
    evil = "<script>alert(1)</script> {{ 7 * 7 }} [bold]x[/bold] # h"
    action = promised(evil, due="2021-12", status="initiated")
    moved = {"date": "2022-01-10", "by": evil, "due": "2023", "comment": f"{evil}\n<img src=x onerror=y>"}
    action["history"].append(moved)
    action["due"] = "2023"
    put(folder, "a-2021", action, report_date="2021")
    period = ("--since", "2022", "--until", "2022")
    page = mrtrack("history", "--digest", *period, "--format", "html").out
    assert Tags(page).found.isdisjoint({"script", "img", "a", "iframe"})
    assert "{{ 7 * 7 }}" in page
    assert "<script>" not in mrtrack("history", "--digest", *period, "--format", "md").out.replace("\\<", "")
    assert "[bold]x" in mrtrack("history", "--digest", *period).out


def test_a_template_of_the_repository_goes_before(life: Path, mrtrack: Run) -> None:
    (life / "templates").mkdir()
    (life / "templates" / "digest.md.j2").write_text(
        "{% for section in sections %}{{ section.heading }};{% endfor %}", encoding="utf-8"
    )
    answer = mrtrack("history", "--digest", *PERIOD, "--format", "md")
    assert answer.out == "Evaluations that moved on;Completed, with a document;Dates moved;Verdicts;\n"


@pytest.mark.usefixtures("life")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--digest", "--since", "2022", "--until", "2021"),
        ("--digest", "--by", "Audit"),
        ("--digest", "--limit", "2"),
        ("--format", "html"),
    ],
    ids=" ".join,
)
def test_what_makes_no_sense_is_refused(mrtrack: Run, arguments: tuple[str, ...]) -> None:
    answer = mrtrack("history", *arguments)
    assert (answer.code, answer.out) == (2, "")


def test_a_record_that_cannot_be_read_is_named_in_every_form(life: Path, mrtrack: Run) -> None:
    put_broken(life)
    for form in ("table", "md", "html"):
        answer = mrtrack("history", "--digest", *PERIOD, "--format", form)
        assert "broken-2021" in answer.out
        assert "broken-2021" in answer.err


@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("columns", ["60", "80", "120"])
def test_no_line_is_wider_than_the_terminal(
    mrtrack: Run, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert widest(mrtrack("history", "--digest", "--since", "2021").out) <= int(columns)
