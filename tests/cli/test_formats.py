"""Rows as JSON, CSV and Markdown: everything is there, and nothing of it commands who opens it."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from screens_of import ACTION_KEYS, Keys, promised, put

from conftest import Run
from mrtrack.cli.formats import csv_text, json_document, markdown_table
from mrtrack.problems import Problem, Severity

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0", "\uff1d1", "\uff20x"]


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_csv_is_a_formula(text: str) -> None:
    _, (cell,) = rows_of(csv_text([{"title": text}], ["title"]))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff20"))
    assert cell.endswith(text[1:])


def test_numbers_flags_lists_and_absent_values_are_plain_cells() -> None:
    item: Keys = {"days": -3, "late": True, "open": False, "none": None, "units": ["A", "B"], "empty": []}
    item["documents"] = [{"title": "Plan", "url": "https://example.org/plan"}, {"title": "Minutes"}]
    _, row = rows_of(csv_text([item], list(item)))
    assert row == ["-3", "true", "false", "", "A; B", "", "Plan https://example.org/plan; Minutes"]


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z"))), min_size=1, max_size=5))
def test_any_text_comes_back_out_of_csv_but_for_the_mark_before_a_formula(texts: list[str]) -> None:
    keys = [f"column {number}" for number in range(len(texts))]
    header, row = rows_of(csv_text([dict(zip(keys, texts, strict=True))], keys))
    assert header == keys
    assert [cell.removeprefix("'") for cell in row] == [text.removeprefix("'") for text in texts]


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_a_markdown_row_has_the_columns_of_its_heading_whatever_its_text(texts: list[str]) -> None:
    columns = {str(number): f"Column {number}" for number in range(len(texts))}
    table = markdown_table([dict(zip(columns, texts, strict=True))], columns)
    assert table.count("\n") == 3
    head, rule, row = table.removesuffix("\n").split("\n")
    for line in (head, rule, row):
        bare = line.replace("\\\\", "").replace("\\|", "")
        assert bare.count("|") == len(texts) + 1


def cell_as_read(table: str) -> list[tuple[str, str]]:
    """The kinds and texts that a reader of Markdown, raw HTML and all, finds in the cell of the one row."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    *_, cell = (token for token in reader.parse(table) if token.type == "inline")
    return [(child.type, child.content) for child in cell.children or ()]


@pytest.mark.parametrize(
    "text",
    [
        "a|b",
        "a\\|b\\",
        "<b>c</b>",
        "[d](javascript:e)",
        "![d](https://example.org)",
        "*f* **g** _h_ `i`",
        "~~j~~",
        "&copy; &#42;",
        "<https://example.org>",
        "[k][l]",
    ],
)
def test_markdown_shows_the_markup_of_a_text_and_does_not_obey_it(text: str) -> None:
    found = cell_as_read(markdown_table([{"title": text}], {"title": "Title"}))
    assert {kind for kind, _ in found} == {"text"}
    assert "".join(content for _, content in found) == text


@given(st.text("ab1 \\`*_[]<>(){}|~&;#!-+.:/@'\"", min_size=1, max_size=30).filter(lambda text: text.strip()))
def test_any_text_is_read_out_of_markdown_as_it_is(text: str) -> None:
    found = cell_as_read(markdown_table([{"title": text}], {"title": "Title"}))
    assert "".join(content for kind, content in found if kind == "text") == " ".join(text.split())


def test_a_list_in_markdown_is_a_table_under_the_headings_of_the_screen(real: Path, mrtrack: Run) -> None:
    put(real, "a-2021", promised("One | two\n\n  three", due="2022"))
    head, rule, first, *rest = mrtrack("list", "--format", "md").out.splitlines()
    assert head.split(" | ")[:3] == ["| Ref", "Title", "Action"]
    assert set(rule) == {"|", "-"}
    assert "One \\| two three" in first
    assert len(rest) == 36
    assert all(line.startswith("| u") for line in rest)


def test_a_list_as_csv_has_the_columns_of_the_json_and_every_row(real: Path, mrtrack: Run) -> None:
    put(real, "a-2021", promised("=HYPERLINK(1)", responsible="@Unit", due="2022"))
    header, first, *rest = rows_of(mrtrack("list", "--format", "csv").out)
    assert header == ACTION_KEYS
    row = dict(zip(header, first, strict=True))
    assert (row["text"], row["responsible"], row["overdue"]) == ("'=HYPERLINK(1)", "'@Unit", "true")
    assert len(rest) == 36
    assert all(len(row) == len(header) for row in rest)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("kind", ["actions", "recommendations", "evaluations"])
def test_an_empty_csv_still_has_its_header(mrtrack: Run, kind: str) -> None:
    (header,) = rows_of(mrtrack("list", kind, "--format", "csv").out)
    assert len(header) > 10
    assert rows_of(mrtrack("history", "--format", "csv").out)[0][:2] == ["ref", "evaluation"]


def test_json_escapes_what_could_command_a_terminal_and_keeps_the_rest_readable() -> None:
    text = "é 水 \x1b[31m \x9b31m \x7f \u202e \udcff \U000e0041"
    problem = Problem(text, 3, 1, "Y201", "not-yaml", Severity.ERROR, text, "")
    document = json_document("actions", date(2026, 11, 22), [problem], [{"title": text}])
    assert "é 水" in document
    assert not {"\x1b", "\x9b", "\x7f", "\u202e", "\udcff", "\U000e0041"} & set(document)
    read = json.loads(document)
    assert read["items"][0]["title"].encode("utf-16", "surrogatepass") == text.encode(
        "utf-16", "surrogatepass"
    )
    assert read["complete"] is False


@given(st.recursive(st.none() | st.booleans() | st.text(), st.lists))
def test_any_item_comes_back_out_of_the_json(item: object) -> None:
    assert json.loads(json_document("actions", None, [], [item]))["items"] == [item]


@pytest.mark.usefixtures("real")
def test_json_is_one_document_whichever_way_it_is_asked_for(mrtrack: Run) -> None:
    assert mrtrack("list", "--json").out == mrtrack("list", "--format", "json").out
    assert mrtrack("list", "--json", "--format", "csv").out.startswith("{")
