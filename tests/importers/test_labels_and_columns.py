"""Labels before values, names of columns, footers and buttons: what announces something, and what does not."""

import pytest

from mrtrack.importers.outlining.columns import COLUMNS, column_field, head_of_line, head_of_row
from mrtrack.importers.outlining.furniture import begins_a_legend, ends_the_page, footers, known_furniture
from mrtrack.importers.outlining.labels import EVALUATION, GEF, ITEM, label_of
from mrtrack.importers.page import Cell, Line


def row(*cells: str) -> list[Cell]:
    return [Cell((Line(1, text),)) if text else Cell() for text in cells]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Evaluation Title: Review: part two", "title", "Review: part two"),
        ("  STATUS :  Completed ", "status", "Completed"),
        ("Evaluation Budget(US $): 30,000", "budget", "30,000"),
        ("Corporate Outcome and Output (Plan 2018-2021)", "classification.outcomes", ""),
        ("Planned End Date", "planned_end", ""),
        ("Titre de l\u2019évaluation: Puits", "title", "Puits"),
        ("Approved by Evaluation Committee", None, ""),
        ("The status: it is unclear", None, ""),
        ("Statuses: Completed", None, ""),
    ],
)
def test_a_line_begins_with_a_label_or_with_none(text: str, field: str | None, value: str) -> None:
    label = label_of(Line(1, text), EVALUATION)
    assert (label.field if label else None) == field
    if label:
        assert label.value.text == value
        assert label.words.text + label.value.text == "".join(
            [text.strip()[: -len(value) or None].strip(), value]
        )


def test_what_stands_in_brackets_behind_a_label_is_told() -> None:
    label = label_of(Line(1, "Evaluation Expenditure(US $): 1"), EVALUATION)
    assert label
    assert label.brackets.text == "US $"


def test_the_block_of_the_facility_has_its_own_type() -> None:
    line = Line(1, "Evaluation Type: Terminal")
    label, other = label_of(line, GEF, EVALUATION), label_of(line, EVALUATION)
    assert label
    assert other
    assert (label.field, other.field) == ("gef.type", "type")


def test_the_longest_label_counts() -> None:
    label = label_of(Line(1, "Corrective Action: Taken or Planned: Mend it"), ITEM)
    assert label
    assert (label.field, label.value.text) == ("actions", "Mend it")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Key Action(s)", "action"),
        ("Responsible Manager (Title / Sector)", "responsible"),
        ("DUE DATE:", "when"),
        ("Échéance", "when"),
        ("Unidad responsable", "responsible"),
        ("Management\u2019s response", "response"),
        ("Weather", None),
        ("", None),
    ],
)
def test_a_column_is_known_by_its_usual_names(name: str, field: str | None) -> None:
    assert column_field(name) == field


def test_no_name_stands_for_two_fields() -> None:
    assert len(COLUMNS) > 120
    assert all(column_field(name) == field for name, field in COLUMNS.items())


def test_a_row_is_a_head_where_it_tells_who_or_when_or_how_far() -> None:
    head = head_of_row(row("Recommendations", "Actions", "Deadline", ""))
    assert head
    assert head.fields == ("recommendation", "action", "when", None)
    assert head.has("action", "when")
    assert not head.has("status")
    assert head_of_row(row("Recommendation", "Response")) is None
    assert head_of_row(row("Status", "Completed")) is None
    assert head_of_row(row("Action", "Status", "Weather", "Wind", "Rain")) is None
    assert (
        head_of_row(
            row("Action", "Status", "This cell says much more than a name of a column ever would, at length")
        )
        is None
    )


def test_a_flat_head_is_nothing_but_names_of_columns() -> None:
    head = head_of_line("Key Action Responsible DueDate Status Comments Documents")
    assert head
    assert head.fields == ("action", "responsible", "when", "status", "comment", "documents")
    assert head_of_line("Action Plan Deliverables Expected Completion Date Lead")
    for text in ("Key Action", "Status and actions", "Responsible for the status of comments", "x" * 200, ""):
        assert head_of_line(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Success message", "banner of the site"),
        ("**Management Response**", "heading"),
        ("Page 3 of 12", "page number"),
        ("12 | Page", "page number"),
        ("PDF Version (31 Kb, 4 pages)", "button"),
        ("Page 3 of the report", None),
        ("Share the results", None),
    ],
)
def test_furniture_is_known_by_its_words(text: str, kind: str | None) -> None:
    assert known_furniture(text) == kind


def test_what_ends_a_page_and_what_explains_it() -> None:
    assert ends_the_page("Latest Evaluations")
    assert ends_the_page("© 2022 An office")
    assert not ends_the_page("Contact us before you plan the next evaluation")
    assert begins_a_legend("Glossary:")
    assert not begins_a_legend("Glossary of the delta")


def numbers(text: str, announced: tuple[int, ...] = ()) -> list[int]:
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    return sorted(footers(lines, frozenset(announced)))


def test_a_footer_is_printed_again_alone_and_is_no_sentence() -> None:
    page = "Coast Unit, review\n\ntext\n\nCoast Unit, review\n\nAgreed.\n\nAgreed.\n\nMaps\nof it\n\nMaps"
    assert numbers(page) == [1, 5]


def test_a_line_that_a_label_announces_is_no_footer() -> None:
    page = "Responsible\n\nCoast Unit\n\nx\n\nCoast Unit\n"
    assert numbers(page) == [3, 7]
    assert numbers(page, announced=(3,)) == []


def test_one_that_stands_within_a_paragraph_once_is_text_everywhere() -> None:
    assert numbers("Coast Unit\n\nx\n\nCoast Unit\nwill do it\n\nCoast Unit\n") == []
