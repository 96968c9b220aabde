"""A message in words: one template gives the subject, the text at 72 columns, and the HTML."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from mrtrack.edit.refusal import Refused
from mrtrack.model.settings import Settings
from mrtrack.query.filters import Filter
from mrtrack.query.publishing import published_selection
from mrtrack.query.selection import select
from mrtrack.reports.messages.telling import Telling, tellings
from mrtrack.reports.messages.wording import Occasion, Wording, worded
from mrtrack.source.reader import read

AS_OF = date(2026, 11, 22)
OCCASION = Occasion(as_of=AS_OF, answer_by=AS_OF + timedelta(14), days=Settings().days)

RECORD = """\
schema: 1
id: wells-2024
title: Evaluation of the wells
recommendations:
  - id: "1"
    title: Keep the wells clean
    actions:
      - id: "1.1"
        text: |
          Test every well.
        responsible: Laboratory
        due: 2026-09
        status: initiated
        history:
          - date: 2024-02-01
            due: 2025-03
            status: initiated
          - date: 2025-04-01
            by: Laboratory
            due: 2026-03
            comment: |
              The kits came late.
          - date: 2026-04-01
            by: Laboratory
            due: 2026-09
            comment: |
              Again.
      - id: "1.2"
        text: |
          Publish the tests.
        responsible: laboratory
        due: 2026-12-01
        history:
          - date: 2026-10-01
            due: 2026-12-01
      - id: "1.3"
        text: |
          Train two testers.
        responsible: Laboratory
        due: 2027-12
        history:
          - date: 2024-02-01
            due: 2027-12
      - id: "1.4"
        text: |
          Buy the kits.
        responsible: Laboratory
        status: completed
        history:
          - date: 2024-02-01
            by: Laboratory
            status: completed
          - date: 2024-03-01
            by: Audit
            verdict: not-confirmed
            comment: |
              No invoice was found.
            internal: true
      - id: "1.5"
        text: |
          Store the kits.
        responsible: Laboratory
        due: 2027-12
        history:
          - date: 2026-10-01
            due: 2027-12
      - id: "1.6"
        text: |
          Nobody's work.
        due: 2020
"""


def told(text: str = RECORD, **settings: object) -> list[Telling]:
    evaluation = read(text.encode(), "records/wells-2024.yaml").evaluation
    assert evaluation
    known = Settings.model_validate(settings)
    selection = select([evaluation], Filter(), AS_OF, known.days)
    return tellings(selection, published_selection(selection, known.publish.omit), known)


def message(
    folder: Path, text: str = RECORD, *, attached: tuple[str, ...] = (), **settings: object
) -> Wording:
    return worded(told(text, units={"Laboratory": {}}, **settings)[0], OCCASION, folder, attached)


def test_each_action_is_told_once_under_what_matters_most() -> None:
    (one,) = told(units={"Laboratory": {}})
    found = {
        name: [item.ref for item in getattr(one, name)]
        for name in ("overdue", "due_soon", "stale", "disputed")
    }
    assert found == {
        "overdue": ["wells-2024:1.1"],
        "due_soon": ["wells-2024:1.2"],
        "stale": ["wells-2024:1.3"],
        "disputed": ["wells-2024:1.4"],
    }
    assert one.others == 1
    assert one.entries == {"wells-2024:1.1": 3, "wells-2024:1.2": 1, "wells-2024:1.3": 1, "wells-2024:1.4": 2}


def test_the_message_says_what_is_late_and_what_is_asked(tmp_path: Path) -> None:
    written = message(tmp_path, attached=("Lab.xlsx", "Lab.ics"))
    assert (
        written.subject
        == "Follow-up of evaluations: 1 overdue, 1 due soon, 1 without news, 1 not confirmed – Laboratory"
    )
    flat = " ".join(written.text.split())
    for words in (
        "Laboratory leads 4 actions",
        "by 2026-12-06, please fill in the attached workbook, Lab.xlsx, and send it back",
        "attached calendar, Lab.ics",
        "* wells-2024:1.1 · due 2026-09 · 53 days overdue · status initiated “Test every well.”",
        "For recommendation 1 (Keep the wells clean) of “Evaluation of the wells”.",
        "Originally due 2025-03, moved 2 times. Last news: 2026-04-01.",
        "* wells-2024:1.2 · due 2026-12-01 · in 9 days",
        "Without news for 180 days or more",
    ):
        assert words in flat


def test_without_files_it_asks_for_an_answer_in_words(tmp_path: Path) -> None:
    text = message(tmp_path).text
    assert "attached" not in text
    assert "please tell us" in text


def test_what_is_internal_or_not_published_is_not_told(tmp_path: Path) -> None:
    assert "No invoice" not in message(tmp_path).markdown
    hidden = message(
        tmp_path, publish={"omit": ["title", "recommendations.actions.due", "recommendations.title"]}
    )
    assert "Evaluation of the wells" not in hidden.markdown
    assert "Keep the wells" not in hidden.markdown
    assert "53 days" not in hidden.markdown
    assert "2026-09" not in hidden.markdown


def test_a_doubt_that_is_published_is_told_with_its_reason(tmp_path: Path) -> None:
    open_doubt = message(tmp_path, RECORD.replace("            internal: true\n", ""))
    assert "Not confirmed by Audit on 2024-03-01: No invoice was found." in " ".join(open_doubt.text.split())


def test_the_organisation_s_own_words_are_used(tmp_path: Path) -> None:
    assert "status Begun" in message(tmp_path, labels={"status": {"initiated": "Begun"}}).text


def test_the_text_is_never_wider_than_72_columns(tmp_path: Path) -> None:
    long = RECORD.replace("Test every well.", "Test every well of the district, and of the next one. " * 30)
    lines = message(tmp_path, long, attached=("Laboratory of the district.xlsx",)).text.splitlines()
    assert max(map(len, lines)) <= 72
    assert [line for line in lines if line != line.rstrip()] == []
    assert any(line.endswith("…”") for line in lines)


HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [press](javascript:alert(1)) ![i](http://x.example/i) "
    "*bold* _under_ `code` # head > quote {{ 7 * 7 }} {% raw %} &amp; \u202egnp.exe"
)


def test_record_text_stays_text_in_every_form(tmp_path: Path) -> None:
    text = RECORD.replace("          Test every well.\n", f"          {HOSTILE}\n").replace("\u202e", "")
    written = message(tmp_path, text)
    flat = " ".join(written.text.split())
    assert HOSTILE.replace("\u202e", "") in flat
    for markup in ("<script", "<img", "<a ", "<em>", "<code>"):
        assert markup not in written.html
    assert "{{ 7 * 7 }}" in written.html


def test_the_name_of_a_unit_stays_a_name(tmp_path: Path) -> None:
    unit = "# Lab <b>*1*</b> [x](http://x.example)"
    written = message(tmp_path, RECORD.replace("Laboratory", f"'{unit}'").replace("laboratory", f"'{unit}'"))
    assert written.subject.endswith(unit)
    assert "<b>" not in written.html
    assert "<a " not in written.html


def test_a_repository_s_own_template_gives_subject_text_and_html(tmp_path: Path) -> None:
    (tmp_path / "remind.md.j2").write_text(
        "# Rappel : {{ overdue | length }} en retard\n\nBonjour **{{ unit | md }}**,\n\n"
        "1. voir [le site](https://example.org/a)\n2. répondre\n\n   - vite\n\n"
        "> Merci\n> bien\n>\n> Deux\n\n---\n\nFin\\\nM&E\n",
        encoding="utf-8",
    )
    written = message(tmp_path)
    assert written.subject == "Rappel : 1 en retard"
    assert written.text == (
        "Bonjour Laboratory,\n\n1. voir le site <https://example.org/a>\n\n2. répondre\n   - vite\n\n"
        "> Merci bien\n>\n> Deux\n\n--------------------\n\nFin\nM&E\n"
    )
    assert '<a href="https://example.org/a">le site</a>' in written.html


def test_the_html_has_the_look_of_the_repository_s_own_page(tmp_path: Path) -> None:
    (tmp_path / "remind.html.j2").write_text("<main>{{ body }}</main>", encoding="utf-8")
    html = message(tmp_path).html
    assert html.startswith("<main><p>Dear colleagues,</p>")


def test_a_template_that_forgets_to_escape_lets_no_html_or_script_through(tmp_path: Path) -> None:
    template = (
        "# News\n\n{{ overdue[0].text }}\n\n[x](javascript:alert(1)) ![i](https://example.org/pixel.png)\n"
    )
    (tmp_path / "remind.md.j2").write_text(template, encoding="utf-8")
    html = message(tmp_path, RECORD.replace("Test every well.", "<img src=x onerror=alert(1)>")).html
    assert "<img" not in html
    assert 'href="javascript' not in html


@pytest.mark.parametrize("text", ["No heading", "", "- # not this one"])
def test_a_template_without_a_subject_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "remind.md.j2").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="does not begin with a heading") as refused:
        message(tmp_path)
    assert "subject" in refused.value.hint
