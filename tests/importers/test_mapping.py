"""Mapping files: what they say, and what is said about those that are wrong."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mrtrack.edit.refusal import Refused
from mrtrack.importers.tables.mapping import TableMapping, known_targets, target_of, valid_id
from mrtrack.importers.tables.mapping_file import read_mapping, see_to_columns
from mrtrack.model.words import Decision, Status

GOOD = """
rows = "actions"
fill_down = ["No"]

[evaluations]
by = "Report"
id = "water-{Report}"
title = "{Report}"
without = "water-others"

[evaluations.fields]
organisation = "Example Agency"

[columns]
"No" = "recommendation.number"
"What is asked" = "recommendation.text"
"Risk" = "recommendation.extra.risk"
"Status" = "action.status"
"Furniture" = "ignore"

[status]
"Closed  OK" = "completed"
"Open" = ""
"Unknown" = "not-stated"
"Begun" = "Initiated"

[decision]
"Agreed" = "accepted"
"""


def mapping(text: str = GOOD) -> TableMapping:
    return read_mapping(text.encode(), "water.toml")


def refused(text: str) -> str:
    with pytest.raises(Refused) as found:
        mapping(text)
    return str(found.value)


def test_a_mapping_says_what_its_file_states() -> None:
    read = mapping()
    assert (read.rows, read.by, read.id_pattern, read.without) == (
        "actions",
        ("Report",),
        "water-{Report}",
        "water-others",
    )
    assert read.fixed == {"organisation": "Example Agency"}
    assert read.status_words == {
        "closed ok": Status.COMPLETED,
        "open": None,
        "unknown": None,
        "begun": Status.INITIATED,
    }
    assert read.decision_words == {"agreed": Decision.ACCEPTED}
    assert ("Report", "evaluation.title") in list(read.fields())


def test_a_column_that_only_groups_rows_is_kept_under_extra() -> None:
    read = mapping(GOOD.replace('title = "{Report}"\n', ""))
    assert dict(read.fields())["Report"] == "evaluation.extra.report"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rows =", "row =", "line 2: “row” is no key of the file; did you mean “rows”?"),
        ('"actions"', '"lines"', "line 2: rows = 'lines' is not known"),
        ('id = "water-{Report}"\n', "", "line 5: no id says what the records are called"),
        ("water-{Report}", "water-{Repor}", "line 7: id names “Repor”"),
        ("water-{Report}", "water", "line 7: every evaluation would get the same id"),
        (
            "water-others",
            "Water others",
            'line 9: “Water others” is no id of an evaluation; write "water-others"',
        ),
        (
            "organisation",
            "organization",
            "line 12: “organization” is no field of an evaluation; did you mean",
        ),
        ("recommendation.text", "recommendation.txt", "did you mean “recommendation.text”?"),
        (
            '"recommendation.text"',
            '"text"',
            "did you mean “recommendation.text” or “response.text” or “action.text”?",
        ),
        ('"recommendation.text"', '"nonsense.here"', "fields begin with evaluation., recommendation."),
        ('"recommendation.text"', '"recommendation.budgetary"', "write recommendation.extra.NAME"),
        ('"recommendation.text"', "7", "“What is asked” leads to no field"),
        ('"recommendation.text"', '"recommendation.number"', "“No” and “What is asked” both lead to"),
        ('"completed"', '"complete"', "line 22: “complete” is no status; did you mean “completed”?"),
        ('"Unknown" =', '"closed ok" =', "“closed ok” stands above already, with another status"),
        ("[columns]", "[colums]", "[columns] is missing"),
        ('"accepted"', '"yes"', "“yes” is no decision; write one of: accepted"),
        ('rows = "actions"', 'rows = "actions', "line 2: "),
        ('"No"]', "7]", "line 3: fill_down names no column"),
    ],
)
def test_a_slip_is_told_with_its_line_and_what_to_write(old: str, new: str, said: str) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    assert said in refused(text)


def test_every_slip_is_told_at_once() -> None:
    told = refused(GOOD.replace("rows =", "row =").replace('"accepted"', '"yes"'))
    assert "3 problems" in told
    assert "“row”" in told
    assert "“yes”" in told


def test_a_top_key_below_a_heading_is_sent_back_up() -> None:
    told = refused(
        GOOD.replace('fill_down = ["No"]\n', "").replace("[columns]", 'fill_down = ["No"]\n[columns]')
    )
    assert "“fill_down” is no field" in told


def test_a_mapping_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(Refused, match="UTF-8"):
        read_mapping("rows = 'é'".encode("latin-1"), "water.toml")


def test_a_column_that_the_table_has_not_is_told_with_the_one_that_comes_near() -> None:
    columns = ["No", "what is  asked", "Risk", "Statuss", "Furniture", "Report"]
    with pytest.raises(Refused, match=r"t\.csv has not: “Status”; did you mean “Statuss”"):
        see_to_columns(mapping(), columns, "t.csv")
    see_to_columns(mapping(), [*columns, "STATUS"], "t.csv")


def test_every_field_of_a_mapping_is_one_of_a_record_or_of_its_stamps() -> None:
    assert {"recommendation.text", "response.decision", "action.closed", "evaluation.countries"} <= set(
        known_targets()
    )
    assert target_of("response.text") == target_of("response.text")
    assert target_of("evaluation.id") is None
    assert target_of("action.extra.cost centre") is None


@given(st.text(max_size=120))
def test_any_text_gives_an_id_that_a_record_takes_or_none(text: str) -> None:
    found = valid_id(text)
    assert found == valid_id(found)
    assert not found or (found[0].isalnum() and found[-1].isalnum() and found == found.lower())


@given(st.text(max_size=200))
def test_any_text_is_a_mapping_or_is_refused(text: str) -> None:
    with contextlib.suppress(Refused):
        assert read_mapping(text.encode(), "any.toml").columns
